//! The records, one function per kind: which fields each has, in the format's order.

use super::falt::{Falt, Fel, shown};
use super::las::Las;
use super::{Dimension, Konto, Ktyp, Objekt, Rakenskapsar, Saldo, Saldoslag};

type Svar = Result<(), Fel>;

impl Las<'_> {
    /// A record outside vouchers.
    pub(super) fn post(&mut self, line: u32, label: &[u8], f: &mut Falt) -> Svar {
        match label {
            // Nothing here that the economy needs; address and contact are somebody's.
            b"#FLAGGA" | b"#FORMAT" | b"#PROSA" | b"#FTYP" | b"#FNR" | b"#ADRESS" | b"#BKOD" | b"#TAXAR"
            | b"#ENHET" => {}
            b"#SIETYP" => {
                let typ = f.text()?;
                self.sietyp = match typ.as_bytes() {
                    [typ @ b'1'..=b'4'] => typ - b'0',
                    _ => return Err(Fel(format!("{} är ingen SIE-typ.", shown(&typ)), "Typerna är 1, 2, 3 och 4.")),
                };
            }
            b"#PROGRAM" => self.sie.program = (f.text()?, f.text()?),
            b"#GEN" => self.sie.genererad = f.datum()?,
            b"#FNAMN" => self.sie.foretagsnamn = f.text()?,
            b"#ORGNR" => self.sie.orgnr = f.text()?,
            b"#RAR" => return self.rar(line, f),
            b"#OMFATTN" => self.sie.omfattn = f.datum()?,
            b"#KPTYP" => self.sie.kptyp = f.text()?,
            b"#VALUTA" => self.sie.valuta = f.text()?,
            b"#KONTO" => return self.konto(line, f),
            b"#KTYP" => {
                let (konto, ktyp) = (f.konto()?, f.text()?);
                let found = match ktyp.as_str() {
                    "T" => Ktyp::Tillgang,
                    "S" => Ktyp::Skuld,
                    "K" => Ktyp::Kostnad,
                    "I" => Ktyp::Intakt,
                    _ => {
                        return Err(Fel(
                            format!("{} är ingen kontotyp.", shown(&ktyp)),
                            "Kontotyperna är T, S, K och I.",
                        ));
                    }
                };
                self.spar.ktyper.push((line, konto, found));
            }
            b"#SRU" => self.spar.sru.push((line, f.konto()?, f.text()?)),
            b"#DIM" | b"#UNDERDIM" => {
                let (nummer, namn) = (f.dimension()?, f.text()?);
                let over = if label == b"#UNDERDIM" { Some(f.dimension()?) } else { None };
                let new = Dimension { namn, over };
                let known = self.sie.dimensioner.entry(nummer).or_insert_with(|| new.clone());
                if *known != new {
                    self.note(line, format!("Dimension {nummer} står en gång till på annat sätt; det första gäller."));
                }
            }
            b"#OBJEKT" => {
                let key = Objekt { dimension: f.dimension()?, objekt: f.namn("Objektets nummer")? };
                let namn = f.text()?;
                let known = self.sie.objekt.entry(key).or_insert_with(|| namn.clone());
                if *known != namn {
                    self.note(line, "Objektet står en gång till med annat namn; det första gäller.");
                }
            }
            b"#IB" => return self.saldo(line, Saldoslag::Ib, f),
            b"#UB" => return self.saldo(line, Saldoslag::Ub, f),
            b"#RES" => return self.saldo(line, Saldoslag::Res, f),
            b"#OIB" => return self.saldo(line, Saldoslag::Oib, f),
            b"#OUB" => return self.saldo(line, Saldoslag::Oub, f),
            b"#PSALDO" => return self.saldo(line, Saldoslag::Psaldo, f),
            b"#PBUDGET" => return self.saldo(line, Saldoslag::Pbudget, f),
            b"#VER" => return self.ver(line, f),
            _ => self.okand(line, label),
        }
        Ok(())
    }

    fn rar(&mut self, line: u32, f: &mut Falt) -> Svar {
        let (ar, fran, till) = (f.ar()?, f.datum()?, f.datum()?);
        let (Some(fran), Some(till)) = (fran, till) else {
            self.note(line, format!("Räkenskapsår {ar} har inga datum."));
            return Ok(());
        };
        let new = Rakenskapsar { fran, till };
        if till < fran {
            return Err(Fel(
                format!("Räkenskapsåret slutar {till}, före sin början {fran}."),
                "Skriv första och sista dagen.",
            ));
        }
        if *self.sie.rakenskapsar.entry(ar).or_insert(new) != new {
            return Err(Fel(format!("Räkenskapsår {ar} står två gånger med olika datum."), "Ta bort det ena."));
        }
        Ok(())
    }

    fn konto(&mut self, line: u32, f: &mut Falt) -> Svar {
        let (konto, namn) = (f.konto()?, f.text()?);
        let known = self.sie.konton.entry(konto).or_insert_with(|| Konto { namn: namn.clone(), ..Konto::default() });
        if known.namn != namn {
            let told =
                format!("Konto {konto} heter här {}, men förut {}, som gäller.", shown(&namn), shown(&known.namn));
            self.note(line, told);
        }
        Ok(())
    }

    pub(super) fn kvantitet(&mut self, line: u32, f: &mut Falt) -> Result<Option<String>, Fel> {
        Ok(f.kvantitet()?.unwrap_or_else(|text| {
            self.note(line, format!("Kvantiteten {text} är inget tal och lästes inte."));
            None
        }))
    }

    fn saldo(&mut self, line: u32, slag: Saldoslag, f: &mut Falt) -> Svar {
        let ar = f.ar()?;
        let manad = match slag {
            Saldoslag::Psaldo | Saldoslag::Pbudget => Some(f.manad()?),
            _ => None,
        };
        let konto = f.konto()?;
        let objekt = match slag {
            Saldoslag::Ib | Saldoslag::Ub | Saldoslag::Res => Vec::new(),
            _ => f.objekt()?,
        };
        let belopp = f.belopp()?;
        let kvantitet = self.kvantitet(line, f)?;
        self.spar.konto(konto, line, &self.sie);
        self.spar.saldon.push(line);
        self.sie.saldon.push(Saldo { slag, ar, manad, konto, objekt, belopp, kvantitet });
        Ok(())
    }
}
