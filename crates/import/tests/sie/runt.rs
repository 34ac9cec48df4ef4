//! Written and read again: the same.

use proptest::prelude::*;
use samsyn_document::{Belopp, Datum, Manad};
use samsyn_import::sie::{
    Dimension, Konto, Ktyp, Objekt, Rakenskapsar, Saldo, Saldoslag, Sie, Transaktion, Transaktionsslag, Typ,
    Verifikation, read, write,
};

/// What the file says, without how it said it.
fn content(sie: Sie) -> Sie {
    Sie { notes: Vec::new(), kodning: Default::default(), ..sie }
}

fn comes_back(sie: Sie) {
    let sie = content(sie);
    let (bytes, name) = (write(&sie), if sie.typ == Typ::FyraI { "a.si" } else { "a.se" });
    let again = read(name, &bytes).unwrap_or_else(|errors| panic!("{errors:?}\n{}", String::from_utf8_lossy(&bytes)));
    assert!(content(again) == sie, "{}", String::from_utf8_lossy(&bytes));
}

#[test]
fn public_files_come_back() {
    for (name, bytes) in super::egna::public() {
        if let Ok(sie) = read(&name, &bytes) {
            comes_back(sie);
        }
    }
}

#[test]
fn the_files_of_the_forbund_come_back() {
    for name in ["2021-06-30.se", "2021-12-31.se", "2022-06-30.se"] {
        let path = format!("{}/../../demo/ekonomi/{name}", env!("CARGO_MANIFEST_DIR"));
        let sie = read(name, &std::fs::read(path).unwrap()).unwrap();
        assert_eq!(read(name, &write(&sie)), Ok(sie));
    }
}

/// The format has no control characters in texts.
#[test]
fn a_tab_in_a_text_is_a_space() {
    let sie = read("a.si", b"#SIETYP 4\n#FNAMN \"a\tb\"\n").unwrap();
    assert_eq!(sie.foretagsnamn, "a b");
    comes_back(sie);
}

/// In CP437 where its letters suffice and can be told; in UTF-8 otherwise.
#[test]
fn no_letter_is_lost() {
    let named = |text: &str| Sie { typ: Typ::FyraI, foretagsnamn: text.to_owned(), ..Sie::default() };
    for (text, mark) in
        [("Håbo", false), ("Håbo – Knivsta", true), ("├ñ", true), ("┼1", true), (r"C:\bok\", false), ("\"", false)]
    {
        assert_eq!(write(&named(text)).starts_with(b"\xef\xbb\xbf"), mark, "{text}");
        comes_back(named(text));
    }
}

fn text() -> impl Strategy<Value = String> {
    // Signs that mean something in the format, and letters of each encoding.
    let signs = prop::sample::select(r##"ab 01\"{}#	åäöÅÄÖÉ–ñ├"##.chars().collect::<Vec<_>>());
    prop::collection::vec(signs, 0..8).prop_map(|signs| {
        let text: String = signs.into_iter().collect();
        text.replace('\t', " ").trim().to_owned()
    })
}

fn name() -> impl Strategy<Value = String> {
    text().prop_filter("not empty", |text| !text.is_empty())
}

fn day() -> impl Strategy<Value = Datum> {
    (0i64..365).prop_map(|days| Datum::new(2022, 1, 1).unwrap().add_days(days))
}

fn amount() -> impl Strategy<Value = Belopp> {
    (-100_000_000_000_000i64..=100_000_000_000_000).prop_map(Belopp::from_ore)
}

fn quantity() -> impl Strategy<Value = Option<String>> {
    prop::option::of("-?[0-9]{1,4}(\\.[0-9]{1,3})?")
}

fn objects() -> impl Strategy<Value = Vec<Objekt>> {
    let objekt = (0u32..30, name()).prop_map(|(dimension, objekt)| Objekt { dimension, objekt });
    prop::collection::vec(objekt, 0..3)
}

const KONTON: [u32; 4] = [1, 1930, 4010, 999_999_999];

fn konto() -> impl Strategy<Value = u32> {
    prop::sample::select(&KONTON[..])
}

fn saldo() -> impl Strategy<Value = Saldo> {
    static SLAG: [Saldoslag; 4] = [Saldoslag::Oib, Saldoslag::Oub, Saldoslag::Psaldo, Saldoslag::Pbudget];
    (prop::sample::select(&SLAG[..]), -3i32..2, 1u8..13, konto(), objects(), amount(), quantity()).prop_map(
        |(slag, ar, manad, konto, objekt, belopp, kvantitet)| {
            let months = matches!(slag, Saldoslag::Psaldo | Saldoslag::Pbudget);
            let manad = Manad::new(2022, manad).filter(|_| months);
            Saldo { slag, ar, manad, konto, objekt, belopp, kvantitet }
        },
    )
}

/// A voucher that balances: its last row takes what the others leave.
fn ver() -> impl Strategy<Value = Verifikation> {
    static SLAG: [Transaktionsslag; 3] = [Transaktionsslag::Trans, Transaktionsslag::Rtrans, Transaktionsslag::Btrans];
    let row = (
        prop::sample::select(&SLAG[..]),
        konto(),
        objects(),
        (-1_000_000i64..1_000_000),
        prop::option::of(day()),
        text(),
        quantity(),
        text(),
    );
    let row = row.prop_map(|(slag, konto, objekt, ore, datum, text, kvantitet, sign)| Transaktion {
        slag,
        konto,
        objekt,
        belopp: Belopp::from_ore(ore),
        datum,
        text,
        kvantitet,
        sign,
    });
    let head = (text(), text(), day(), text(), prop::option::of(day()), text());
    (head, prop::collection::vec(row, 0..4)).prop_map(
        |((serie, nummer, datum, text, regdatum, sign), mut transaktioner)| {
            let counts = transaktioner.iter().filter(|row| row.slag == Transaktionsslag::Trans);
            let left = -counts.map(|row| row.belopp).sum::<Belopp>();
            transaktioner.push(Transaktion {
                slag: Transaktionsslag::Trans,
                konto: 1930,
                objekt: Vec::new(),
                belopp: left,
                datum: None,
                text: String::new(),
                kvantitet: None,
                sign: String::new(),
            });
            Verifikation { serie, nummer, datum, text, regdatum, sign, transaktioner }
        },
    )
}

fn sie() -> impl Strategy<Value = Sie> {
    let ktyp = prop::option::of(prop::sample::select(&[Ktyp::Tillgang, Ktyp::Skuld, Ktyp::Kostnad, Ktyp::Intakt][..]));
    let konto =
        (text(), ktyp, prop::collection::vec(text(), 0..3)).prop_map(|(namn, ktyp, sru)| Konto { namn, ktyp, sru });
    let dimension = (text(), prop::option::of(0u32..9)).prop_map(|(namn, over)| Dimension { namn, over });
    let objekt = (0u32..30, name()).prop_map(|(dimension, objekt)| Objekt { dimension, objekt });
    let typ = prop::sample::select(&[Typ::Ett, Typ::Tva, Typ::Tre, Typ::FyraE, Typ::FyraI][..]);
    let head = (typ, text(), text(), prop::option::of(day()), text(), text(), prop::option::of(day()), text(), text());
    let tables = (
        prop::collection::vec(konto, KONTON.len()),
        prop::collection::btree_map(0u32..30, dimension, 0..4),
        prop::collection::btree_map(objekt, text(), 0..4),
    );
    (head, tables, prop::collection::vec(saldo(), 0..5), prop::collection::vec(ver(), 0..4)).prop_map(
        |(
            (typ, program, version, genererad, foretagsnamn, orgnr, omfattn, kptyp, valuta),
            (konton, dimensioner, objekt),
            saldon,
            verifikationer,
        )| {
            let year =
                |year| Rakenskapsar { fran: Datum::new(year, 1, 1).unwrap(), till: Datum::new(year, 12, 31).unwrap() };
            let mut saldon = if typ == Typ::FyraI { Vec::new() } else { saldon };
            let sum = |konto: u32| {
                let last = omfattn.unwrap_or(year(2022).till);
                let vers = verifikationer.iter().filter(|ver: &&Verifikation| ver.datum <= last);
                let rows = vers.flat_map(|ver| &ver.transaktioner).filter(|row| row.slag == Transaktionsslag::Trans);
                rows.filter(|row| row.konto == konto).map(|row| row.belopp).sum::<Belopp>()
            };
            if typ == Typ::FyraE {
                // Beside `#OUB` an opening balance of the object must agree with the vouchers.
                saldon.retain(|row| row.slag != Saldoslag::Oib || row.ar != 0);
                let of = |slag, konto, belopp| Saldo {
                    slag,
                    ar: 0,
                    manad: None,
                    konto,
                    objekt: Vec::new(),
                    belopp,
                    kvantitet: None,
                };
                let ib = Belopp::from_kronor(7);
                let all = [
                    of(Saldoslag::Ib, 1930, ib),
                    of(Saldoslag::Ub, 1930, ib + sum(1930)),
                    of(Saldoslag::Res, 4010, sum(4010)),
                ];
                saldon.splice(0..0, all);
            }
            Sie {
                typ,
                program: (program, version),
                genererad,
                foretagsnamn,
                orgnr,
                rakenskapsar: [(0, year(2022)), (-1, year(2021))].into(),
                omfattn,
                kptyp,
                valuta,
                konton: KONTON.into_iter().zip(konton).collect(),
                dimensioner,
                objekt,
                saldon,
                verifikationer,
                ..Sie::default()
            }
        },
    )
}

proptest! {
    #[test]
    fn what_is_written_is_read(sie in sie()) {
        comes_back(sie);
    }

    /// A file that has been cut off or damaged anywhere is read or refused, never more.
    #[test]
    fn damage_is_no_panic(sie in sie(), at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
        let mut bytes = write(&sie);
        let at = at.index(bytes.len());
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        if let Err(findings) = read("a.se", &bytes) {
            prop_assert!(!findings.is_empty());
        }
    }
}
