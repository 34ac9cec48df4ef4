//! How an organisation's documents look: its colour and its logo.

/// A colour, red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Color(pub u8, pub u8, pub u8);

impl Color {
    /// Reads `#0b5563`. `None` when the text is no such colour.
    pub fn parse(text: &str) -> Option<Color> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
        digits.bytes().all(|b| b.is_ascii_hexdigit()).then_some(())?;
        Some(Color(part(0)?, part(2)?, part(4)?))
    }

    /// `0b5563`, without the number sign.
    pub fn hex(self) -> String {
        format!("{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }

    /// Contrast against white paper, from 1 to 21 (WCAG 2.2, relative luminance). Text needs 4.5.
    pub fn contrast_on_white(self) -> f64 {
        let linear = |part: u8| {
            let share = f64::from(part) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        };
        let luminance = 0.2126 * linear(self.0) + 0.7152 * linear(self.1) + 0.0722 * linear(self.2);
        1.05 / (luminance + 0.05)
    }
}

/// What kind of picture a logo is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
}

/// A logo for the title page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logo {
    /// The file's bytes.
    pub bytes: Vec<u8>,
    /// What kind of picture.
    pub picture: Picture,
    /// Width in pixels, above zero.
    pub width: u32,
    /// Height in pixels, above zero.
    pub height: u32,
}

/// How documents look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// For titles, headings of tables and bars. Has contrast 4.5 against white at least.
    pub color: Color,
    /// On the title page.
    pub logo: Option<Logo>,
}

impl Default for Look {
    fn default() -> Look {
        Look { color: Color(0x0b, 0x55, 0x63), logo: None }
    }
}

/// Why a logo or a colour cannot be used, in Swedish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookError(pub &'static str);

/// The largest logo, in bytes and in pixels a side.
const MAX_BYTES: usize = 5 * 1024 * 1024;
const MAX_SIDE: u32 = 8_000;

impl Logo {
    /// Reads a PNG or JPEG picture: its kind and its size. The picture itself is not decoded here.
    pub fn read(bytes: Vec<u8>) -> Result<Logo, LookError> {
        if bytes.len() > MAX_BYTES {
            return Err(LookError("Logotypen är större än 5 MiB. Gör bilden mindre."));
        }
        let found = png_size(&bytes).map(|size| (Picture::Png, size));
        let found = found.or_else(|| jpeg_size(&bytes).map(|size| (Picture::Jpeg, size)));
        let (picture, (width, height)) = found.ok_or(LookError("Logotypen är ingen PNG- eller JPEG-bild."))?;
        if width == 0 || height == 0 || width > MAX_SIDE || height > MAX_SIDE {
            return Err(LookError("Logotypens sidor ska vara mellan 1 och 8 000 bildpunkter."));
        }
        Ok(Logo { bytes, picture, width, height })
    }
}

fn big_endian(bytes: &[u8]) -> u32 {
    bytes.iter().fold(0, |n, byte| n << 8 | u32::from(*byte))
}

/// The size that a PNG's first chunk tells.
fn png_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let head = bytes.strip_prefix(b"\x89PNG\r\n\x1a\n")?;
    (head.get(4..8)? == b"IHDR").then(|| Some((big_endian(head.get(8..12)?), big_endian(head.get(12..16)?))))?
}

/// The size that a JPEG's frame header tells.
fn jpeg_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut rest = bytes.strip_prefix(b"\xff\xd8")?;
    loop {
        let marker = *rest.get(1).filter(|_| rest[0] == 0xff)?;
        let length = big_endian(rest.get(2..4)?) as usize;
        if matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc) {
            return Some((big_endian(rest.get(7..9)?), big_endian(rest.get(5..7)?)));
        }
        rest = rest.get(2 + length..)?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_is_six_digits() {
        assert_eq!(Color::parse("#0b5563"), Some(Color(0x0b, 0x55, 0x63)));
        assert_eq!(Color(0x0b, 0x55, 0x63).hex(), "0b5563");
        for text in ["0b5563", "#0b556", "#0b55633", "#xyzxyz", "#+1+1+1", "röd"] {
            assert_eq!(Color::parse(text), None, "{text}");
        }
        assert!((Color(0, 0, 0).contrast_on_white() - 21.0).abs() < 0.01);
        assert!(Color::parse("#767676").unwrap().contrast_on_white() > 4.5);
        assert!(Color::parse("#777777").unwrap().contrast_on_white() < 4.5);
    }

    #[test]
    fn a_logo_is_a_picture_of_a_size() {
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\0\0\0\0\x80".to_vec();
        png.extend([8, 6, 0, 0, 0]);
        let logo = Logo::read(png).unwrap();
        assert_eq!((logo.picture, logo.width, logo.height), (Picture::Png, 256, 128));
        let jpeg = b"\xff\xd8\xff\xe0\0\x04\0\0\xff\xc0\0\x0b\x08\0\x40\0\x80\x01\x01\x11\0".to_vec();
        let logo = Logo::read(jpeg).unwrap();
        assert_eq!((logo.picture, logo.width, logo.height), (Picture::Jpeg, 128, 64));
        for bytes in [&b""[..], b"<svg/>", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"\xff\xd8\xff\xe0\xff\xff"] {
            assert!(Logo::read(bytes.to_vec()).is_err(), "{bytes:?}");
        }
    }
}
