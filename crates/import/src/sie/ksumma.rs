//! The checksum of a file: CRC-32 (polynomial EDB88320, as in the format's own example) over labels and what stands in the
//! fields, in the bytes of the file: without space, quotation marks, the backslash before one, braces and ends of lines.

use super::falt::{Falt, Fel, shown};
use super::las::Las;

/// One step of CRC-32 for every byte.
const TABLE: [u32; 256] = {
    let mut table = [0u32; 256];
    let mut at = 0;
    while at < 256 {
        let (mut sum, mut bit) = (at as u32, 0);
        while bit < 8 {
            sum = if sum & 1 == 1 { (sum >> 1) ^ 0xEDB8_8320 } else { sum >> 1 };
            bit += 1;
        }
        table[at] = sum;
        at += 1;
    }
    table
};

/// A checksum in the making.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ksumma(u32);

impl Ksumma {
    pub(super) fn new() -> Ksumma {
        Ksumma(u32::MAX)
    }

    pub(super) fn add(&mut self, field: &[u8]) {
        for byte in field {
            self.0 = (self.0 >> 8) ^ TABLE[((self.0 ^ u32::from(*byte)) & 0xFF) as usize];
        }
    }

    pub(super) fn value(self) -> u32 {
        !self.0
    }
}

/// How far the checksum has come.
pub(super) enum Summa {
    Ingen,
    Borjad(u32, Ksumma),
    Slut,
}

impl Las<'_> {
    /// The first `#KSUMMA` of a file begins the sum, the second has its value.
    pub(super) fn ksumma(&mut self, number: u32, fields: &mut Falt) -> Result<(), Fel> {
        let told = fields.text()?;
        match std::mem::replace(&mut self.summa, Summa::Slut) {
            Summa::Ingen if told.is_empty() => self.summa = Summa::Borjad(number, Ksumma::new()),
            Summa::Ingen => self.note(number, "Kontrollsumman kan inte prövas: #KSUMMA saknas i filens början."),
            Summa::Slut => self.note(number, "#KSUMMA står en gång för mycket."),
            Summa::Borjad(..) if told.is_empty() => self.note(number, "#KSUMMA har inget värde och prövas inte."),
            Summa::Borjad(_, sum) => {
                // Some programs write the same 32 bits as a number that may be negative.
                let right = told
                    .parse::<i64>()
                    .is_ok_and(|value| value == i64::from(sum.value()) || value == i64::from(sum.value() as i32));
                if !right {
                    return Err(Fel(
                        format!("Kontrollsumman är {}, men filens innehåll ger {}.", shown(&told), sum.value()),
                        "Filen har ändrats eller skadats sedan den skrevs. Exportera den igen.",
                    ));
                }
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_usual_crc_32() {
        let mut sum = Ksumma::new();
        sum.add(b"12345");
        sum.add(b"6789");
        assert_eq!(sum.value(), 0xCBF4_3926);
    }
}
