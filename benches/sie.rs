//! How long it takes to read SIE 4E: a year of vouchers with cost centres and projects, made in memory, by size. The file
//! balances, so that everything which is asked of a file is asked. Prints the fastest and the median of the rounds.
//!
//! `cargo bench -p samsyn-import --bench sie`

use samsyn_document::{Belopp, Datum};
use samsyn_import::sie::{
    Konto, Ktyp, Objekt, Rakenskapsar, Saldo, Saldoslag, Sie, Transaktion, Transaktionsslag, Typ, Verifikation, read,
    write,
};
use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Accounts of costs, cost centres and projects.
const KONTON: u32 = 400;
const STALLEN: u32 = 40;
const PROJEKT: u32 = 300;

fn main() {
    let target = Duration::from_millis(1_500);
    for (megabytes, rounds) in [(1, 50), (10, 15), (100, 7)] {
        let bytes = file(megabytes * 1_000_000);
        let sie = read("a.se", &bytes).expect("a file that is right");
        let rows: usize = sie.verifikationer.iter().map(|ver| ver.transaktioner.len()).sum();
        drop(sie);
        let mut times: Vec<Duration> = (0..rounds).map(|_| once(&bytes)).collect();
        times.sort();
        let (least, median) = (times[0], times[times.len() / 2]);
        println!(
            "{:6.1} MB, {rows:>8} rows: {:8.1} ms, median {:8.1} ms, {:4.0} MB/s",
            bytes.len() as f64 / 1e6,
            least.as_secs_f64() * 1e3,
            median.as_secs_f64() * 1e3,
            bytes.len() as f64 / 1e6 / least.as_secs_f64()
        );
        if megabytes == 100 {
            println!("100 MB under {target:?}: {}", if median < target { "yes" } else { "NO" });
        }
    }
}

fn once(bytes: &[u8]) -> Duration {
    let start = Instant::now();
    let sie = read("a.se", black_box(bytes));
    let time = start.elapsed();
    // What has been read is let go outside of the time.
    drop(black_box(sie));
    time
}

/// Vouchers of four rows until the file is so large: costs on two accounts, with objects, a debt and the bank.
fn file(size: usize) -> Vec<u8> {
    let day = |month, day| Datum::new(2022, month, day).expect("a day");
    let mut sums: BTreeMap<u32, i64> = BTreeMap::new();
    let mut sie = Sie {
        typ: Typ::FyraE,
        program: ("Bokföring".to_owned(), "1".to_owned()),
        foretagsnamn: "Samordningsförbundet".to_owned(),
        rakenskapsar: [(0, Rakenskapsar { fran: day(1, 1), till: day(12, 31) })].into(),
        ..Sie::default()
    };
    for at in 0..KONTON {
        sie.konton.insert(4_000 + at, konto(&format!("Kostnader för slaget {at}"), Ktyp::Kostnad));
    }
    sie.konton.insert(1_930, konto("Bank", Ktyp::Tillgang));
    sie.konton.insert(2_440, konto("Leverantörsskulder", Ktyp::Skuld));
    for (dimension, count) in [(1, STALLEN), (6, PROJEKT)] {
        sie.objekt.extend((0..count).map(|at| (objekt(dimension, at), format!("Nummer {at}"))));
    }
    // A voucher is some 206 bytes.
    for at in 0..u32::try_from(size / 206).expect("a size") {
        let (cost, other) = (4_000 + at * 7 % KONTON, 4_000 + at * 13 % KONTON);
        let (much, little) = (i64::from(at * 37 % 1_000_000) + 100, i64::from(at * 11 % 90_000) + 1);
        let objects = vec![objekt(1, at % STALLEN), objekt(6, at * 3 % PROJEKT)];
        let rows = [
            (cost, objects.clone(), much),
            (other, objects, little),
            (2_440, Vec::new(), -much),
            (1_930, Vec::new(), -little),
        ];
        for (konto, _, ore) in &rows {
            *sums.entry(*konto).or_default() += ore;
        }
        sie.verifikationer.push(Verifikation {
            serie: "A".to_owned(),
            nummer: (at + 1).to_string(),
            datum: day((at % 12 + 1) as u8, (at % 28 + 1) as u8),
            text: format!("Faktura från leverantör {at}, åäö"),
            regdatum: None,
            sign: String::new(),
            transaktioner: rows.into_iter().map(|(konto, objekt, ore)| row(konto, objekt, ore)).collect(),
        });
    }
    sie.saldon = sums.iter().map(|(konto, ore)| saldo(*konto, *ore)).collect();
    write(&sie)
}

fn konto(namn: &str, ktyp: Ktyp) -> Konto {
    Konto { namn: namn.to_owned(), ktyp: Some(ktyp), sru: Vec::new() }
}

fn objekt(dimension: u32, at: u32) -> Objekt {
    Objekt { dimension, objekt: at.to_string() }
}

fn row(konto: u32, objekt: Vec<Objekt>, ore: i64) -> Transaktion {
    Transaktion {
        slag: Transaktionsslag::Trans,
        konto,
        objekt,
        belopp: Belopp::from_ore(ore),
        datum: None,
        text: String::new(),
        kvantitet: None,
        sign: String::new(),
    }
}

fn saldo(konto: u32, ore: i64) -> Saldo {
    let slag = if konto < 3_000 { Saldoslag::Ub } else { Saldoslag::Res };
    Saldo { slag, ar: 0, manad: None, konto, objekt: Vec::new(), belopp: Belopp::from_ore(ore), kvantitet: None }
}
