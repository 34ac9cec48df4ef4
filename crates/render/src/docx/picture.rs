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
        self.paragraph("Caption", "", &words);
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
    Some(Drawing { bytes: pixels.encode_png().ok()?, ending: "png", size })
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
