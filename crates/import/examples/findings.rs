//! Findings of a package, and of a half-year.
fn main() {
    use samsyn_import::package::*;
    let dir = std::env::args().nth(1).unwrap();
    let today = samsyn_document::Datum::parse(&std::env::args().nth(2).unwrap_or("2026-11-22".into())).unwrap();
    match read_dir(std::path::Path::new(&dir), &Limits { max_file_bytes: 1 << 30 }) {
        Ok(files) => {
            let t = std::time::Instant::now();
            let p = parse(&files, &Limits { max_file_bytes: 1 << 30 }, today);
            eprintln!("{:?} deltagare {:?}", t.elapsed(), p.facts.as_ref().map(|f| f.deltagare.len()));
            for f in p.findings {
                println!("{f}")
            }
            if let (Some(h), Some(f)) = (std::env::args().nth(3), p.facts) {
                println!("-- {h}");
                for f in samsyn_core::kontroll::periodens(&f.known_at(today), h.parse().unwrap(), today) {
                    println!("{f}")
                }
            }
        }
        Err(e) => {
            for f in e {
                println!("{f}")
            }
        }
    }
}
