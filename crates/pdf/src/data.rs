//! The document as the files that the templates read: `data.json`, one picture per chart, the logo.
//! All that can be said in words or measured is said and measured here.

use crate::glyphs::{clean, short};
use crate::table;
use crate::text::{pieces, tied};
use samsyn_document::chart::{self, Chart};
use samsyn_document::look::Picture;
use samsyn_document::{Block, Cell, Color, Document, Layout, Logo, Look, Section, Table, Value, format};
use serde_json::{Value as Json, json};

/// The files by name.
pub(crate) fn files(document: &Document, look: &Look) -> Vec<(String, Vec<u8>)> {
    let mut writer = Writer { color: look.color, blocks: Vec::new(), files: Vec::new(), tables: 0 };
    document.sections.iter().for_each(|section| writer.section(section, 1));
    let (language, region) = language(&document.language);
    let title = first(&[&document.title, &document.subtitle, &document.organisation, "Dokument"]);
    let data = json!({
        "letter": document.layout == Layout::Letter,
        "name": name(document),
        "title": title,
        "subtitle": if title == document.subtitle.trim() { String::new() } else { short(document.subtitle.trim()) },
        "organisation": short(document.organisation.trim()),
        "lang": language,
        "region": region,
        "date": [document.per.year(), i32::from(document.per.month()), i32::from(document.per.day())],
        "per": format::long_date(document.per),
        "meta": document.meta.iter().map(|(label, words)| [tied(label), tied(words)]).collect::<Vec<_>>(),
        "color": format!("#{}", look.color.hex()),
        "logo": look.logo.as_ref().map(|logo| logo_data(logo, &document.organisation)),
        "legend": format::legend(document),
        "foot": document.foot.as_deref().map(short),
        "blocks": writer.blocks,
    });
    let mut files = writer.files;
    files.push(("data.json".to_owned(), data.to_string().into_bytes()));
    if let Some(logo) = &look.logo {
        files.push((logo_name(logo).to_owned(), logo.bytes.clone()));
    }
    files
}

/// The document's name in lists of windows and files.
fn name(document: &Document) -> String {
    let parts = [&document.title, &document.subtitle].map(|part| part.trim());
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    match parts.is_empty() {
        true => first(&[&document.organisation, "Dokument"]),
        false => short(&parts.join(" – ")),
    }
}

/// The first that says anything.
fn first(texts: &[&str]) -> String {
    texts.iter().map(|text| short(text.trim())).find(|text| !text.is_empty()).unwrap_or_default()
}

/// Language and region of `sv` or `sv-SE`; Swedish when it is neither.
fn language(tag: &str) -> (&str, Option<&str>) {
    let mut parts = tag.split('-');
    let letters = |part: &&str, lengths: [usize; 2]| {
        lengths.contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphabetic())
    };
    let language = parts.next().filter(|part| letters(part, [2, 3])).unwrap_or("sv");
    (language, parts.next().filter(|part| letters(part, [2, 2])))
}

fn logo_name(logo: &Logo) -> &'static str {
    match logo.picture {
        Picture::Png => "logo.png",
        Picture::Jpeg => "logo.jpg",
    }
}

fn logo_data(logo: &Logo, organisation: &str) -> Json {
    let of = organisation.trim();
    let alt = if of.is_empty() { "Logotyp".to_owned() } else { format!("Logotyp för {of}") };
    json!({
        "file": format!("/{}", logo_name(logo)),
        "alt": short(&alt),
        "ratio": f64::from(logo.width) / f64::from(logo.height.max(1)),
    })
}

/// What is written so far: one list of headings and blocks, and the charts' pictures.
struct Writer {
    color: Color,
    blocks: Vec<Json>,
    files: Vec<(String, Vec<u8>)>,
    tables: usize,
}

impl Writer {
    fn section(&mut self, section: &Section, level: u8) {
        let heading = short(section.heading.trim());
        let heading = if heading.is_empty() { "–".to_owned() } else { heading };
        self.blocks.push(json!({ "type": "heading", "level": level.min(6), "s": heading, "own": section.own_page }));
        section.blocks_with_lead().for_each(|(block, leads)| self.block(block, leads, level));
        section.sections.iter().for_each(|inner| self.section(inner, level.saturating_add(1)));
    }

    fn block(&mut self, block: &Block, leads: bool, level: u8) {
        let set = match block {
            Block::Heading(words) => {
                let words = short(words.trim());
                let words = if words.is_empty() { "–".to_owned() } else { words };
                json!({ "type": "heading", "level": level.saturating_add(1).min(6), "s": words })
            }
            Block::Paragraph(text) => json!({ "type": "paragraph", "text": pieces(text), "leads": leads }),
            Block::Notice(text) => json!({ "type": "notice", "text": pieces(text) }),
            Block::List(items) if items.is_empty() => return,
            Block::List(items) => json!({ "type": "list", "items": items.iter().map(pieces).collect::<Vec<_>>() }),
            Block::Table(table) => return self.table(table),
            Block::Chart(chart) => return self.chart(chart),
        };
        self.blocks.push(set);
    }

    fn table(&mut self, table: &Table) {
        self.tables += 1;
        self.blocks.push(json!({ "type": "table", "parts": table::parts(table, self.tables) }));
    }

    fn chart(&mut self, chart: &Chart) {
        let file = format!("chart-{}.svg", self.files.len() + 1);
        let plain = plain(chart);
        let alt = format!("{}. {}", plain.title, plain.description);
        self.blocks.push(json!({
            "type": "chart", "file": format!("/{file}"), "title": tied(&chart.title), "alt": short(&alt),
        }));
        self.files.push((file, chart::svg_in(&plain, self.color).into_bytes()));
    }
}

/// The chart with words that can be set.
fn plain(chart: &Chart) -> Chart {
    let mut chart = chart.clone();
    for words in [&mut chart.title, &mut chart.description].into_iter().chain(&mut chart.series) {
        *words = clean(words).into_owned();
    }
    for row in &mut chart.rows {
        row.label = clean(&row.label).into_owned();
        for Cell { value, .. } in &mut row.cells {
            if let Value::Text(words) = value {
                *words = clean(words).into_owned();
            }
        }
    }
    chart
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_has_perhaps_a_region() {
        assert_eq!(language("sv"), ("sv", None));
        assert_eq!(language("sv-SE"), ("sv", Some("SE")));
        assert_eq!(language("svenska"), ("sv", None));
        assert_eq!(language("en-Latn-GB"), ("en", None));
    }

    #[test]
    fn the_first_that_says_anything() {
        assert_eq!(first(&["", " ", "b", "c"]), "b");
        assert_eq!(first(&["\u{0}", "\u{202e}"]), "");
    }
}
