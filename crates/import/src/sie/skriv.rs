//! Writes a file as the format prescribes: records in its order, text in quotation marks, amounts with two decimals, lines
//! that end with CR LF.

use super::falt::belopp_text;
use super::kodning::{Kodning, cp437};
use super::{Ktyp, Objekt, Saldo, Saldoslag, Sie, Transaktion, Transaktionsslag, Typ, Verifikation};
use samsyn_document::{Belopp, Datum};

/// The bytes of a file. What [`super::read`] makes of them is the same [`Sie`] again, but for `notes` and `kodning`.
///
/// In CP437, as the format prescribes; in UTF-8 with a byte-order mark where CP437 lacks a letter, or where nobody could
/// tell that it is CP437, for no letter may be lost. A file of type 4I has no balances. No `#KSUMMA` is written: programs
/// differ in how they count it, and one that counts otherwise would refuse the file.
pub fn write(sie: &Sie) -> Vec<u8> {
    let text = text(sie);
    match cp437(&text) {
        Some(bytes) if Kodning::of(&bytes) == Kodning::Cp437 => bytes,
        _ => format!("\u{feff}{text}").into_bytes(),
    }
}

fn text(sie: &Sie) -> String {
    let mut out = Ut(String::new());
    out.rad("#FLAGGA").kod("0").slut();
    out.rad("#PROGRAM").text(&sie.program.0).text(&sie.program.1).slut();
    out.rad("#FORMAT").kod("PC8").slut();
    if let Some(day) = sie.genererad {
        out.rad("#GEN").datum(Some(day)).slut();
    }
    let typ = match sie.typ {
        Typ::Ett => "1",
        Typ::Tva => "2",
        Typ::Tre => "3",
        Typ::FyraE | Typ::FyraI => "4",
    };
    out.rad("#SIETYP").kod(typ).slut();
    out.only("#ORGNR", &sie.orgnr);
    out.rad("#FNAMN").text(&sie.foretagsnamn).slut();
    for (number, year) in sie.rakenskapsar.iter().rev() {
        out.rad("#RAR").kod(&number.to_string()).datum(Some(year.fran)).datum(Some(year.till)).slut();
    }
    if let Some(day) = sie.omfattn {
        out.rad("#OMFATTN").datum(Some(day)).slut();
    }
    out.only("#KPTYP", &sie.kptyp);
    out.only("#VALUTA", &sie.valuta);
    for (number, konto) in &sie.konton {
        out.rad("#KONTO").number(*number).text(&konto.namn).slut();
        if let Some(ktyp) = konto.ktyp {
            let ktyp = match ktyp {
                Ktyp::Tillgang => "T",
                Ktyp::Skuld => "S",
                Ktyp::Kostnad => "K",
                Ktyp::Intakt => "I",
            };
            out.rad("#KTYP").number(*number).kod(ktyp).slut();
        }
        for sru in &konto.sru {
            out.rad("#SRU").number(*number).text(sru).slut();
        }
    }
    for (number, dimension) in &sie.dimensioner {
        match dimension.over {
            None => out.rad("#DIM").number(*number).text(&dimension.namn).slut(),
            Some(over) => out.rad("#UNDERDIM").number(*number).text(&dimension.namn).number(over).slut(),
        }
    }
    for (objekt, namn) in &sie.objekt {
        out.rad("#OBJEKT").number(objekt.dimension).text(&objekt.objekt).text(namn).slut();
    }
    for saldo in sie.saldon.iter().filter(|_| sie.typ != Typ::FyraI) {
        out.saldo(saldo);
    }
    for ver in &sie.verifikationer {
        out.ver(ver);
    }
    out.0
}

/// A text that grows field by field.
struct Ut(String);

impl Ut {
    fn rad(&mut self, label: &str) -> &mut Ut {
        self.0.push_str(label);
        self
    }

    fn slut(&mut self) {
        self.0.push_str("\r\n");
    }

    fn kod(&mut self, code: &str) -> &mut Ut {
        self.0.push(' ');
        self.0.push_str(code);
        self
    }

    fn number(&mut self, number: u32) -> &mut Ut {
        self.kod(&number.to_string())
    }

    /// A backslash at the end gets a space after it, or the quotation mark would belong to the text; space around a text is
    /// not read.
    fn text(&mut self, text: &str) -> &mut Ut {
        self.0.push_str(" \"");
        for sign in text.chars() {
            match sign {
                '"' => self.0.push_str("\\\""),
                sign if sign.is_ascii_control() => self.0.push(' '),
                sign => self.0.push(sign),
            }
        }
        self.0.push_str(if text.ends_with('\\') { " \"" } else { "\"" });
        self
    }

    fn datum(&mut self, day: Option<Datum>) -> &mut Ut {
        match day {
            Some(day) => self.kod(&day.to_string().replace('-', "")),
            None => self.kod("\"\""),
        }
    }

    fn belopp(&mut self, belopp: Belopp) -> &mut Ut {
        self.kod(&belopp_text(i128::from(belopp.ore())))
    }

    fn objekt(&mut self, objekt: &[Objekt]) -> &mut Ut {
        self.0.push_str(" {");
        for (at, objekt) in objekt.iter().enumerate() {
            if at > 0 {
                self.0.push(' ');
            }
            self.0.push_str(&objekt.dimension.to_string());
            self.text(&objekt.objekt);
        }
        self.0.push('}');
        self
    }

    /// A record of one text, where there is one.
    fn only(&mut self, label: &str, text: &str) {
        if !text.is_empty() {
            self.rad(label).text(text).slut();
        }
    }

    fn saldo(&mut self, saldo: &Saldo) {
        let (label, has_objects) = match saldo.slag {
            Saldoslag::Ib => ("#IB", false),
            Saldoslag::Ub => ("#UB", false),
            Saldoslag::Res => ("#RES", false),
            Saldoslag::Oib => ("#OIB", true),
            Saldoslag::Oub => ("#OUB", true),
            Saldoslag::Psaldo => ("#PSALDO", true),
            Saldoslag::Pbudget => ("#PBUDGET", true),
        };
        self.rad(label).kod(&saldo.ar.to_string());
        if let Some(month) = saldo.manad {
            self.kod(&month.to_string().replace('-', ""));
        }
        self.number(saldo.konto);
        if has_objects {
            self.objekt(&saldo.objekt);
        }
        self.belopp(saldo.belopp);
        if let Some(kvantitet) = &saldo.kvantitet {
            self.kod(kvantitet);
        }
        self.slut();
    }

    fn ver(&mut self, ver: &Verifikation) {
        self.rad("#VER").text(&ver.serie).text(&ver.nummer).datum(Some(ver.datum)).text(&ver.text);
        if ver.regdatum.is_some() || !ver.sign.is_empty() {
            self.datum(ver.regdatum).text(&ver.sign);
        }
        self.slut();
        self.rad("{").slut();
        for row in &ver.transaktioner {
            self.transaktion(row);
        }
        self.rad("}").slut();
    }

    fn transaktion(&mut self, row: &Transaktion) {
        let label = match row.slag {
            Transaktionsslag::Trans => "   #TRANS",
            Transaktionsslag::Rtrans => "   #RTRANS",
            Transaktionsslag::Btrans => "   #BTRANS",
        };
        self.rad(label).number(row.konto).objekt(&row.objekt).belopp(row.belopp);
        if row.datum.is_some() || !(row.text.is_empty() && row.kvantitet.is_none() && row.sign.is_empty()) {
            self.datum(row.datum).text(&row.text);
        }
        if row.kvantitet.is_some() || !row.sign.is_empty() {
            self.kod(row.kvantitet.as_deref().unwrap_or("\"\"")).text(&row.sign);
        }
        self.slut();
    }
}
