//! What is read of a spreadsheet, and how long it takes: `cargo run -p samsyn-import --example kalkylark FIL`.

use samsyn_import::grid::{self, Limits};

fn main() {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path).expect("a file to read");
        let began = std::time::Instant::now();
        let read = grid::read(&path, &bytes, &Limits::default());
        let took = began.elapsed();
        match read {
            Ok(book) => {
                println!("{:?}, 1904: {}", book.kind, book.epoch_1904);
                book.notes.iter().for_each(|note| println!("{note}"));
                for sheet in &book.sheets {
                    println!(
                        "{} hidden {} columns {:?} merged {:?}",
                        sheet.name, sheet.hidden, sheet.hidden_columns, sheet.merged
                    );
                    sheet.rows.iter().take(20).for_each(|row| println!("{row:?}"));
                    println!("{} rows", sheet.rows.len());
                }
            }
            Err(refused) => {
                println!("personal: {}", refused.personal);
                refused.findings.iter().for_each(|finding| println!("{finding}"));
            }
        }
        println!("{path}: {took:?}");
    }
}
