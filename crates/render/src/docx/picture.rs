//! Pictures: the logo as it is, and charts drawn as PNG from the same SVG that the page shows.

use super::body::Body;
use super::error::DocxError;
use super::text::run;
use super::xml::escape;
use resvg::{tiny_skia, usvg};
use samsyn_document::chart::{self, Chart};
use samsyn_document::look::Picture;
use samsyn_document::{Color, Logo, Look};
use std::fmt::Write;
use std::sync::{Arc, LazyLock};

/// The type that charts are drawn with: as wide as Calibri, which Word has, and free to pass on.
const FONT: &[u8] = include_bytes!("../../fonts/Carlito-Regular.ttf");
/// Pixels of the picture per pixel of the drawing: some 280 to an inch on paper.
const SHARPNESS: u32 = 3;
/// English Metric Units per twentieth of a point and per pixel of the drawing.
const EMU_TWIP: u32 = 635;
const EMU_PIXEL: u32 = 9_525;
/// The largest logo on paper: 60 by 22 millimetres.
const LOGO: (u32, u32) = (60 * 36_000, 22 * 36_000);

/// A picture's bytes and how large it is drawn.
pub(super) struct Drawing {
    pub(super) bytes: Vec<u8>,
    pub(super) ending: &'static str,
    /// Width and height in English Metric Units.
    pub(super) size: (u32, u32),
}

impl Body<'_> {
    /// A chart under its title.
    pub(super) fn chart(&mut self, chart: &Chart) {
        self.turn(false);
        let Some(drawing) = draw(chart, self.look) else {
            self.fail(DocxError::Chart(chart.title.clone()));
            return;
        };
        let mut words = String::new();
        run(&mut words, "", &chart.title);
        self.paragraph("Caption", "<w:keepNext/>", &words);
        let room = (self.pages.text_width(false) * EMU_TWIP, self.pages.text_height() * EMU_TWIP / 20 * 17);
        let drawing = Drawing { size: within(drawing.size, room), ..drawing };
        let content = self.picture(drawing, &chart.title, &format!("{}. {}", chart.title, chart.description));
        self.paragraph("Diagram", "", &content);
    }

    /// The logo, to stand in a paragraph.
    pub(super) fn logo(&mut self, logo: &Logo, name: &str) -> String {
        let ending = match logo.picture {
            Picture::Png => "png",
            Picture::Jpeg => "jpeg",
        };
        let size = (logo.width.saturating_mul(EMU_PIXEL), logo.height.saturating_mul(EMU_PIXEL));
        let drawing = Drawing { bytes: logo.bytes.clone(), ending, size: within(size, LOGO) };
        self.picture(drawing, "Logotyp", &format!("Logotyp för {name}"))
    }

    /// A picture in the line, with its alt text.
    fn picture(&mut self, drawing: Drawing, name: &str, alt: &str) -> String {
        let (width, height) = drawing.size;
        let relation = self.add_picture(drawing);
        let id = self.next_id();
        let (name, alt) = (escape(name), escape(alt));
        let mut out = String::new();
        let _ = write!(
            out,
            "<w:r><w:drawing><wp:inline distT=\"0\" distB=\"0\" distL=\"0\" distR=\"0\"><wp:extent cx=\"{width}\" \
             cy=\"{height}\"/><wp:docPr id=\"{id}\" name=\"{name}\" descr=\"{alt}\"/><wp:cNvGraphicFramePr>\
             <a:graphicFrameLocks noChangeAspect=\"1\"/></wp:cNvGraphicFramePr><a:graphic><a:graphicData \
             uri=\"http://schemas.openxmlformats.org/drawingml/2006/picture\"><pic:pic><pic:nvPicPr><pic:cNvPr \
             id=\"{id}\" name=\"{name}\" descr=\"{alt}\"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip \
             r:embed=\"{relation}\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm><a:off \
             x=\"0\" y=\"0\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></a:xfrm><a:prstGeom prst=\"rect\"><a:avLst/>\
             </a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
        );
        out
    }
}

/// The size scaled down, in proportion, to the room it has.
fn within((width, height): (u32, u32), room: (u32, u32)) -> (u32, u32) {
    let scaled = |part: u32, of: u32, to: u32| {
        u32::try_from(u64::from(part) * u64::from(to) / u64::from(of.max(1))).unwrap_or(to).max(1)
    };
    let (width, height) = if width > room.0 { (room.0, scaled(height, width, room.0)) } else { (width, height) };
    if height > room.1 { (scaled(width, height, room.1), room.1) } else { (width, height) }
}

/// A chart as a PNG picture.
fn draw(chart: &Chart, look: &Look) -> Option<Drawing> {
    static FONTS: LazyLock<Arc<usvg::fontdb::Database>> = LazyLock::new(|| {
        let mut fonts = usvg::fontdb::Database::new();
        fonts.load_font_data(FONT.to_vec());
        Arc::new(fonts)
    });
    let options = usvg::Options {
        fontdb: FONTS.clone(),
        // The one font, whatever the drawing asks for.
        font_resolver: usvg::FontResolver {
            select_font: Box::new(|_, fonts| fonts.faces().next().map(|face| face.id)),
            select_fallback: Box::new(|_, _, _| None),
        },
        style_sheet: Some(colors(look.color)),
        ..usvg::Options::default()
    };
    let tree = usvg::Tree::from_str(&chart::svg(chart), &options).ok()?;
    let size = tree.size().to_int_size();
    let mut pixels = tiny_skia::Pixmap::new(size.width() * SHARPNESS, size.height() * SHARPNESS)?;
    pixels.fill(tiny_skia::Color::WHITE);
    let scale = tiny_skia::Transform::from_scale(SHARPNESS as f32, SHARPNESS as f32);
    resvg::render(&tree, scale, &mut pixels.as_mut());
    let size = (size.width() * EMU_PIXEL, size.height() * EMU_PIXEL);
    Some(Drawing { bytes: png(&pixels)?, ending: "png", size })
}

/// The picture as PNG. A chart has few colours, so they are numbered: that takes a tenth of the time.
fn png(pixels: &tiny_skia::Pixmap) -> Option<Vec<u8>> {
    let (palette, picture) = [3, 4, 5, 6].into_iter().find_map(|bits| numbered(pixels, bits))?;
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, pixels.width(), pixels.height());
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette);
    encoder.set_compression(png::Compression::Fast);
    encoder.set_filter(png::Filter::Up);
    let mut writer = encoder.write_header().ok()?;
    writer.write_image_data(&picture).ok()?;
    writer.finish().ok()?;
    Some(out)
}

/// Colours, and for each pixel the number of its colour. Colours that differ in the lowest bits only
/// are one; `None` when there are more than 256 all the same.
fn numbered(pixels: &tiny_skia::Pixmap, bits: u32) -> Option<(Vec<u8>, Vec<u8>)> {
    let mut numbers = vec![None; 1 << (3 * (8 - bits))];
    let mut palette: Vec<u8> = Vec::new();
    let mut picture = Vec::with_capacity(pixels.data().len() / 4);
    // The paper is white and whole, so every pixel is opaque.
    for pixel in pixels.data().chunks_exact(4) {
        let near = pixel[..3].iter().fold(0, |near, part| near << (8 - bits) | usize::from(part >> bits));
        let number = match numbers[near] {
            Some(number) => number,
            None => {
                let number = u8::try_from(palette.len() / 3).ok()?;
                palette.extend(&pixel[..3]);
                *numbers[near].insert(number)
            }
        };
        picture.push(number);
    }
    Some((palette, picture))
}

/// The bars in the colour of the look: itself, a light tint and a middle one.
fn colors(color: Color) -> String {
    let tint = |share: u32| {
        let part = |c: u8| (u32::from(c) * share + 255 * (100 - share)) / 100;
        format!("#{:02x}{:02x}{:02x}", part(color.0), part(color.1), part(color.2))
    };
    let full = format!("#{}", color.hex());
    let series = [full.clone(), tint(30), tint(65), "#ffffff".to_owned()];
    let rules = series.iter().enumerate();
    rules.map(|(i, fill)| format!(".series-{}{{fill:{fill};stroke:{full}}}", i + 1)).collect()
}
