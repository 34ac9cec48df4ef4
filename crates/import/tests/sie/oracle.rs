//! The reader beside another one, the crate `sie-parser`, on whole files: the same accounts, dimensions, objects, balances,
//! vouchers and rows. Where the two differ stands in [`made_readable`] and [`squeezed`], and case by case in
//! `olika`, with who is right.

use super::egna;
use samsyn_document::Datum;
use samsyn_import::sie::{Ktyp, Objekt, Rakenskapsar, Saldoslag, Sie, Transaktionsslag, read};
use sie_parser::{FieldValue, Item, SieDocument, VoucherRowKind, document};

/// What a file says, a line for each fact, in an order that both can give.
pub type Fakta = Vec<String>;

fn objects(objects: &[Objekt]) -> Vec<(u32, &String)> {
    objects.iter().map(|of| (of.dimension, &of.objekt)).collect()
}

fn ours(sie: &Sie) -> Fakta {
    let mut out = Fakta::new();
    let day = |day: Option<Datum>| day.map_or_else(String::new, |day| day.to_string().replace('-', ""));
    out.push(format!("{} | {} | {:?}", sie.foretagsnamn, sie.orgnr.replace('-', ""), sie.program));
    out.push(format!("omfattn {} gen {}", day(sie.omfattn), day(sie.genererad)));
    for (nr, year) in &sie.rakenskapsar {
        out.push(format!("rar {nr} {} {}", day(Some(year.fran)), day(Some(year.till))));
    }
    for (nr, konto) in &sie.konton {
        let ktyp = konto.ktyp.map(|ktyp| match ktyp {
            Ktyp::Tillgang => "T",
            Ktyp::Skuld => "S",
            Ktyp::Kostnad => "K",
            Ktyp::Intakt => "I",
        });
        out.push(format!("konto {nr} {} {}", konto.namn, ktyp.unwrap_or_default()));
    }
    for (nr, dimension) in &sie.dimensioner {
        out.push(format!("dim {nr} {} {:?}", dimension.namn, dimension.over));
    }
    for (objekt, namn) in &sie.objekt {
        out.push(format!("objekt {} {} {namn}", objekt.dimension, objekt.objekt));
    }
    for (slag, label) in [(Saldoslag::Ib, "ib"), (Saldoslag::Ub, "ub"), (Saldoslag::Res, "res")] {
        let mut rows: Vec<_> = sie.saldon.iter().filter(|row| row.slag == slag).collect();
        rows.sort_by_key(|row| (row.ar, row.konto));
        out.extend(rows.iter().map(|row| format!("{label} {} {} {}", row.ar, row.konto, row.belopp.ore())));
    }
    for row in sie.saldon.iter().filter(|row| row.slag == Saldoslag::Psaldo) {
        let month = row.manad.map(|month| month.to_string().replace('-', "")).unwrap_or_default();
        let (ore, objects) = (row.belopp.ore(), objects(&row.objekt));
        out.push(format!("psaldo {} {month} {} {objects:?} {ore} {}", row.ar, row.konto, quantity(&row.kvantitet)));
    }
    for ver in &sie.verifikationer {
        let date = day(Some(ver.datum));
        out.push(format!("ver {} {} {date} {} {}", ver.serie, ver.nummer, ver.text, day(ver.regdatum)));
        for row in &ver.transaktioner {
            let label = match row.slag {
                Transaktionsslag::Trans => "trans",
                Transaktionsslag::Rtrans => "rtrans",
                Transaktionsslag::Btrans => "btrans",
            };
            let (ore, objects, date) = (row.belopp.ore(), objects(&row.objekt), day(row.datum));
            let (text, amount) = (&row.text, quantity(&row.kvantitet));
            out.push(format!("  {label} {} {objects:?} {ore} {date} {text} {amount}", row.konto));
        }
    }
    out
}

/// A quantity without zeros that say nothing; none is nought, as the other keeps it.
fn quantity(told: &Option<String>) -> String {
    let told = told.as_deref().unwrap_or("0");
    let short = if told.contains('.') { told.trim_end_matches('0').trim_end_matches('.') } else { told };
    if matches!(short, "-0" | "") { "0".to_owned() } else { short.to_owned() }
}

/// Öre of a decimal: its digits and how many of them are decimals.
fn ore(digits: i128, decimals: u32) -> i128 {
    match decimals {
        0..=2 => digits * 10i128.pow(2 - decimals),
        more => digits / 10i128.pow(more - 2),
    }
}

fn theirs(doc: &SieDocument) -> Fakta {
    let mut out = Fakta::new();
    let day = |day: Option<sie_parser::SieDate>| day.map_or_else(String::new, |day| day.to_string());
    let program = (&doc.header.program_name, &doc.header.program_version);
    out.push(format!("{} | {} | {program:?}", doc.company.name, doc.company.orgnr_raw));
    out.push(format!("omfattn {} gen {}", day(doc.header.extent_date), day(doc.header.generation_date)));
    let mut years = doc.years.clone();
    years.sort_by_key(|year| year.idx);
    out.extend(years.iter().map(|year| format!("rar {} {} {}", year.idx, year.start, year.end)));
    for (nr, account) in &doc.accounts {
        out.push(format!("konto {nr} {} {}", account.name, account.account_type.as_deref().unwrap_or_default()));
    }
    for (nr, dimension) in &doc.dimensions {
        out.push(format!("dim {nr} {} {:?}", dimension.name, dimension.super_dimension));
    }
    for ((dimension, nr), object) in &doc.objects {
        out.push(format!("objekt {dimension} {nr} {}", object.name));
    }
    for (rows, label) in [(&doc.ib, "ib"), (&doc.ub, "ub"), (&doc.res, "res")] {
        let told = rows.iter().map(|((year, account), sum)| (year, account, ore(sum.mantissa(), sum.scale())));
        out.extend(told.map(|(year, account, ore)| format!("{label} {year} {account} {ore}")));
    }
    for row in &doc.period_balances {
        let (ore, quantity) = (ore(row.amount.mantissa(), row.amount.scale()), row.quantity.normalize());
        out.push(format!("psaldo {} {} {} {:?} {ore} {quantity}", row.year, row.period, row.account, row.objects));
    }
    for ver in &doc.vouchers {
        let entered = day(ver.registration_date);
        out.push(format!("ver {} {} {} {} {entered}", ver.series, ver.number, ver.date, ver.text));
        for row in &ver.rows {
            let label = match row.kind {
                VoucherRowKind::Transaction => "trans",
                VoucherRowKind::Added => "rtrans",
                VoucherRowKind::Removed => "btrans",
            };
            let (ore, date) = (ore(row.amount.mantissa(), row.amount.scale()), day(row.transaction_date));
            let (text, quantity) = (&row.text, row.quantity.normalize());
            out.push(format!("  {label} {} {:?} {ore} {date} {text} {quantity}", row.account, row.objects));
        }
    }
    out
}

/// What the other makes of a file, with what it has no types for: balances of objects, and budgets.
pub fn their_answer(text: &str) -> Result<Fakta, String> {
    let mut out = theirs(&document::read(text).map_err(|fault| fault.to_string())?);
    for item in sie_parser::parse(text).items.iter().filter(|item| UNTYPED.contains(&item.label.as_str())) {
        out.push(format!("{} {}", item.label, fields(item).join(" ")));
    }
    Ok(out)
}

const UNTYPED: [&str; 3] = ["#OIB", "#OUB", "#PBUDGET"];

/// The fields, objects in brackets and the amount after them in öre.
fn fields(item: &Item) -> Vec<String> {
    let mut past = false;
    let field = |field: &FieldValue| match field {
        FieldValue::ObjectList { tokens } => {
            past = true;
            let pairs: Vec<_> = tokens.chunks(2).map(|pair| (pair[0].parse::<u32>().unwrap(), &pair[1])).collect();
            format!("{pairs:?}")
        }
        FieldValue::Bare { text } | FieldValue::Quoted { text } if std::mem::take(&mut past) => {
            let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
            format!("{}", ore(format!("{whole}{decimals}").parse().unwrap(), decimals.len() as u32))
        }
        FieldValue::Bare { text } | FieldValue::Quoted { text } => text.clone(),
    };
    let mut found: Vec<String> = item.fields.iter().map(|part| &part.value).map(field).collect();
    found.truncate(if item.label == "#PBUDGET" { 5 } else { 4 });
    found
}

pub fn our_answer(sie: &Sie) -> Fakta {
    let mut out = ours(sie);
    for row in &sie.saldon {
        let label = match row.slag {
            Saldoslag::Oib => "#OIB",
            Saldoslag::Oub => "#OUB",
            Saldoslag::Pbudget => "#PBUDGET",
            _ => continue,
        };
        let month = row.manad.map(|month| format!(" {}", month.to_string().replace('-', ""))).unwrap_or_default();
        let (ore, objects) = (row.belopp.ore(), objects(&row.objekt));
        out.push(format!("{label} {}{month} {} {objects:?} {ore}", row.ar, row.konto));
    }
    out
}

/// What is changed in a file so that the other reads it: it wants four fields in `#ADRESS`, an `#ORGNR`, days in every
/// `#RAR`, and takes UTF-8 for CP437 where `#FORMAT PC8` stands, which is everywhere. By the format's letter it is right;
/// but such files are written by programs that people have, and a reader must take them.
fn made_readable(name: &str, bytes: &[u8]) -> String {
    match name {
        "SIE4_Exempelfil_med_underdim.SE" => String::from_utf8(bytes.to_vec()).unwrap(),
        "MAMUT_SIE4_EXPORT.SE" => sie_parser::decode_cp437(bytes).replace("#ADRESS", "#OKAND"),
        "BL0001_typ4I.SI" => {
            sie_parser::decode_cp437(bytes).replace("#RAR", "#ORGNR 1\r\n#RAR 0 20000101 20991231\r\n#OKAND")
        }
        _ => sie_parser::decode_cp437(bytes),
    }
}

#[test]
fn both_read_the_same_in_whole_files() {
    let mut files = egna::public();
    for name in ["2021-06-30.se", "2021-12-31.se", "2022-06-30.se"] {
        let path = format!("{}/../../demo/ekonomi/{name}", env!("CARGO_MANIFEST_DIR"));
        files.push((name.to_owned(), std::fs::read(path).unwrap()));
    }
    for (name, bytes) in files {
        let text = made_readable(&name, &bytes);
        let (sie, other) = (read(&name, &bytes), their_answer(&text));
        match name.as_str() {
            // A page of a web site: neither reads it, and only ours says what it is.
            "TRANSAK.SE" => assert!(sie.is_err() && other.is_err()),
            // A voucher that does not balance. The other does not ask; a bookkeeping with it is wrong.
            "transaktioner_ovnbolag-bad-balance.se" => assert!(sie.is_err() && other.is_ok()),
            _ => {
                let mut sie = sie.unwrap_or_else(|errors| panic!("{name}: {errors:?}"));
                if name == "BL0001_typ4I.SI" {
                    sie.orgnr = "1".to_owned();
                    let day = |text| Datum::parse(text).unwrap();
                    sie.rakenskapsar.insert(0, Rakenskapsar { fran: day("2000-01-01"), till: day("2099-12-31") });
                }
                let (ours, theirs) = (squeezed(our_answer(&sie)), squeezed(other.unwrap()));
                println!("{name}: {} lines", ours.len());
                ours.iter().zip(&theirs).for_each(|(ours, theirs)| assert_eq!(ours, theirs, "{name}"));
                assert_eq!(ours.len(), theirs.len(), "{name}");
            }
        }
    }
}

/// Space at the end of a text is kept by the other; ours leaves it out, for it is seen by nobody.
pub fn squeezed(lines: Fakta) -> Fakta {
    lines.iter().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}
