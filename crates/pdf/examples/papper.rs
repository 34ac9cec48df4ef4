//! Writes a report of a package as PDF, to look at and to measure: `papper MAPP RAPPORT PERIOD PER UT`,
//! where the report is `pm` or `tjansteskrivelse`.

use samsyn_core::calc::Rakning;
use samsyn_core::rapport::{pm::pm, tjansteskrivelse::tjansteskrivelse};
use samsyn_core::underlag::Underlag;
use samsyn_document::Look;
use samsyn_import::package::{Limits, parse, read_dir};
use std::time::Instant;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [folder, report, period, per, out] = args.as_slice() else {
        return Err("papper MAPP RAPPORT PERIOD PER UT".into());
    };
    let files = read_dir(folder.as_ref(), &Limits::default()).map_err(|e| format!("{e:?}"))?;
    let per = per.parse().map_err(|e| format!("{e:?}"))?;
    let facts = parse(&files, &Limits::default(), per).facts.ok_or("inga uppgifter")?;
    let underlag = Underlag::new(facts.known_at(per), per);
    let rakning = Rakning::new(&underlag, period.parse().map_err(|e| format!("{e:?}"))?);
    let document = if report == "pm" { pm(&rakning) } else { tjansteskrivelse(&rakning) };
    for _ in 0..3 {
        let start = Instant::now();
        let bytes = samsyn_pdf::pdf(&document, &Look::default())?;
        println!("{} bytes in {:?}", bytes.len(), start.elapsed());
        std::fs::write(out, bytes)?;
        samsyn_pdf::forget();
    }
    Ok(())
}
