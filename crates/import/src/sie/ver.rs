//! Vouchers: `#VER`, its braces and the rows in them.

use super::falt::{Falt, Fel, belopp_text, shown};
use super::las::Las;
use super::{Transaktion, Transaktionsslag, Verifikation};
use samsyn_document::Datum;

/// A voucher that is being read.
pub(super) struct Oppen {
    pub(super) ver: Verifikation,
    /// Where its `#VER` stands.
    pub(super) line: u32,
    /// Whether its brace is open.
    pub(super) inne: bool,
    /// Whether a row of it could not be read, so that its sum says nothing.
    pub(super) fel: bool,
}

impl Las<'_> {
    pub(super) fn ver(&mut self, line: u32, f: &mut Falt) -> Result<(), Fel> {
        let (serie, nummer, datum, text) = (f.text()?, f.text()?, f.datum(), f.text()?);
        let (regdatum, sign) = (f.datum()?, f.text()?);
        // The rows that follow are read even so, or each of them would be an error as well.
        let fel = !matches!(datum, Ok(Some(_)));
        let day = datum.as_ref().ok().copied().flatten().unwrap_or_else(|| Datum::of_ms(0));
        let ver = Verifikation { serie, nummer, datum: day, text, regdatum, sign, transaktioner: Vec::new() };
        self.oppen = Some(Oppen { ver, line, inne: false, fel });
        match datum? {
            Some(_) => Ok(()),
            None => Err(Fel("Verifikationens datum saknas.".into(), "Skriv till exempel #VER A 1 20220630 \"Text\".")),
        }
    }

    /// A row of a voucher.
    pub(super) fn row(&mut self, line: u32, label: &[u8], f: &mut Falt) -> Result<(), Fel> {
        let slag = match label {
            b"#TRANS" => Transaktionsslag::Trans,
            b"#RTRANS" => Transaktionsslag::Rtrans,
            _ => Transaktionsslag::Btrans,
        };
        if self.oppen.is_none() {
            return Err(Fel("Raden hör inte till någon verifikation.".into(), "Rader står inom { } efter #VER."));
        }
        let (konto, objekt, belopp) = (f.konto()?, f.objekt()?, f.belopp()?);
        let (datum, text) = (f.datum()?, f.text()?);
        let (kvantitet, sign) = (self.kvantitet(line, f)?, f.text()?);
        self.spar.konto(konto, line, &self.sie);
        let row = Transaktion { slag, konto, objekt, belopp, datum, text, kvantitet, sign };
        if let Some(oppen) = &mut self.oppen {
            if let (Some(day), Transaktionsslag::Trans) = (datum.filter(|day| *day != oppen.ver.datum), slag) {
                self.spar.datum.push((line, day));
            }
            oppen.ver.transaktioner.push(row);
        }
        Ok(())
    }

    /// Something else than a voucher's row comes where the voucher has not ended.
    pub(super) fn left_open(&mut self, number: u32, label: &[u8], oppen: Oppen) {
        self.spar.olast = true;
        let (what, label) = (oppen.ver.kallad(), shown(&self.kodning.decode(label)));
        if oppen.inne {
            let told = format!("{label} står här innan klammern efter {what} (rad {}) har stängts.", oppen.line);
            self.error(number, told, "Efter sista raden i en verifikation står }. Är filen avklippt?");
        } else {
            let told = format!("{what} har inga rader: här står {label} där {{ väntades.");
            self.error(number, told, "Efter #VER följer {, raderna och }.");
        }
    }

    pub(super) fn close(&mut self, oppen: Oppen) {
        if oppen.fel {
            self.spar.olast = true;
            return;
        }
        let sum = oppen.ver.summa();
        if sum != 0 {
            self.spar.obalans.extend(oppen.ver.transaktioner.iter().map(|row| row.konto));
            let told = format!(
                "{} ({}) går inte jämnt ut: raderna summerar till {}, inte 0.",
                oppen.ver.kallad(),
                oppen.ver.datum,
                belopp_text(sum)
            );
            self.error(oppen.line, told, "Rätta verifikationen i bokföringsprogrammet och exportera igen.");
        }
        self.spar.verifikationer.push(oppen.line);
        self.sie.verifikationer.push(oppen.ver);
    }
}
