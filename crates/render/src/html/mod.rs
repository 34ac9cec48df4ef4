//! A document as one HTML file: title block, contents, sections. Plain functions that write to a
//! string; everything that comes from outside passes through `samsyn_document::markup`.

mod cell;
mod names;
mod table;
mod text;
mod width;

use names::Names;
pub use names::anchor;
use samsyn_document::chart::{self, Chart};
use samsyn_document::markup::{escape, escape_into, is_printable};
use samsyn_document::{Block, Cell, Document, FigureId, Layout, Section, Table, format};
use std::fmt::Write;
use std::sync::LazyLock;

/// The style sheet of the page and its parts, for one who embeds [`article`] or [`table`].
pub fn style() -> &'static str {
    static STYLE: LazyLock<String> = LazyLock::new(|| {
        let mut style = include_str!("style.css").to_owned();
        for (table, widest) in [("table.medium", "44rem"), ("table.wide", "52rem")] {
            let cards = include_str!("cards.css").replace("TABLE", table);
            let _ = writeln!(style, "@media screen and (max-width: {widest}) {{\n{cards}}}");
        }
        style
    });
    &STYLE
}

/// Where a figure leads on a page that can explain it: an address that is part of a site.
pub type Link<'a> = &'a dyn Fn(&FigureId) -> String;

/// One heading of the contents list.
struct Entry {
    level: u8,
    id: String,
    heading: String,
}

/// What is written so far, and the names it uses.
pub(crate) struct Writer<'a> {
    out: String,
    link: Option<Link<'a>>,
    between: Option<Between<'a>>,
    names: Names<'a>,
    contents: Vec<Entry>,
}

/// The document as a whole file.
pub fn page(document: &Document) -> String {
    let head = [&document.title, &document.subtitle, &document.organisation];
    let title: Vec<&str> = head.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
    let mut out = String::new();
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{}</title>\n<style>\n{}{}</style>\n</head>\n\
         <body>\n<a class=\"skip\" href=\"#innehall\">Till innehållet</a>\n",
        escape(&document.language),
        escape(&title.join(" – ")),
        style(),
        running_heads(document),
    );
    out.push_str(&article(document));
    out.push_str("</body>\n</html>\n");
    out
}

/// Title block, contents and sections, for a page that has its own head, [`style`] and main landmark. Every figure is
/// a link to where it is explained.
pub fn embedded(document: &Document, link: Link<'_>) -> String {
    embedded_with(document, link, None)
}

/// What a page puts before a block of a section, as markup: the section's id, and the block's place among its blocks.
/// It is asked once more after the last block.
pub type Between<'a> = &'a dyn Fn(&str, usize) -> String;

/// The same, with what the page itself puts between the blocks.
pub fn embedded_with(document: &Document, link: Link<'_>, between: Option<Between<'_>>) -> String {
    whole(document, (Some(link), between), "<div id=\"rapporten\">", "</div>")
}

/// The same of a document whose figures rest on what is only tried, so that nothing explains them.
pub fn unlinked(document: &Document) -> String {
    whole(document, (None, None), "<div id=\"rapporten\">", "</div>")
}

fn article(document: &Document) -> String {
    whole(document, (None, None), "<main id=\"innehall\" tabindex=\"-1\">", "</main>")
}

fn whole(
    document: &Document,
    (link, between): (Option<Link<'_>>, Option<Between<'_>>),
    begin: &str,
    end: &str,
) -> String {
    let names = Names::of(document);
    let mut writer = Writer { out: String::new(), link, between, names, contents: Vec::new() };
    for section in &document.sections {
        writer.section(section, 2);
    }
    let body = std::mem::take(&mut writer.out);
    let mut out = String::from("<div class=\"document\">\n");
    title_block(&mut out, document);
    if document.layout == Layout::Report {
        if link.is_some() {
            folded_contents(&mut out, &writer.contents);
        }
        contents(&mut out, &writer.contents);
    }
    let _ = writeln!(out, "{begin}\n{body}{end}");
    let legend = samsyn_document::format::legend(document);
    if legend.is_some() || document.foot.is_some() {
        out.push_str("<footer>");
        for words in legend.iter().chain(&document.foot) {
            let _ = write!(out, "<p>{}</p>", escape(words));
        }
        out.push_str("</footer>\n");
    }
    out.push_str("</div>\n");
    out
}

/// One value as markup, a link to where it is explained when it is a figure.
pub fn figure(cell: &Cell, link: Link<'_>) -> String {
    let shown = text::written(&cell.value, &format::value(&cell.value));
    cell::explained(cell, Some(link), shown)
}

/// One table with its notes, to stand alone.
pub fn table(table: &Table) -> String {
    let mut writer =
        Writer { out: String::new(), link: None, between: None, names: Names::of_table(table), contents: Vec::new() };
    writer.table(table);
    writer.out
}

fn title_block(out: &mut String, document: &Document) {
    out.push_str("<header class=\"title\">\n");
    for (tag, class, words) in [
        ("p", " class=\"issuer\"", &document.organisation),
        ("h1", "", &document.title),
        ("p", " class=\"subtitle\"", &document.subtitle),
    ] {
        if !words.is_empty() {
            let _ = writeln!(out, "<{tag}{class}>{}</{tag}>", escape(words));
        }
    }
    let day = document.per;
    let _ = write!(
        out,
        "<dl>\n<div><dt>Uppgifter per</dt><dd><time datetime=\"{day}\">{}</time></dd></div>\n",
        format::long_date(day)
    );
    for (label, words) in &document.meta {
        let _ = writeln!(out, "<div><dt>{}</dt><dd>{}</dd></div>", escape(label), escape(words));
    }
    out.push_str("</dl>\n</header>\n");
}

/// The contents list: sections and their subsections.
fn contents(out: &mut String, entries: &[Entry]) {
    if entries.is_empty() {
        return;
    }
    out.push_str("<nav class=\"contents\" aria-labelledby=\"innehallsforteckning\">\n");
    out.push_str("<h2 id=\"innehallsforteckning\">Innehåll</h2>\n");
    list(out, entries);
    out.push_str("</nav>\n");
}

/// The same list folded, for a page on a narrow screen: its style sheet shows one of the two.
fn folded_contents(out: &mut String, entries: &[Entry]) {
    if entries.is_empty() {
        return;
    }
    out.push_str("<nav class=\"contents folded\" aria-label=\"Innehåll\"><details><summary>Innehåll</summary>\n");
    list(out, entries);
    out.push_str("</details></nav>\n");
}

fn list(out: &mut String, entries: &[Entry]) {
    out.push_str("<ul>");
    let mut entries = entries.iter().filter(|entry| entry.level <= 3).peekable();
    while let Some(entry) = entries.next() {
        let _ = write!(out, "\n<li><a href=\"#{}\">{}</a>", escape(&entry.id), escape(&entry.heading));
        match (entry.level, entries.peek().map(|next| next.level)) {
            (2, Some(3)) => out.push_str("\n<ul>"),
            (3, Some(2) | None) => out.push_str("</li>\n</ul>\n</li>"),
            _ => out.push_str("</li>"),
        }
    }
    out.push_str("\n</ul>\n");
}

/// The running heads of the printed pages, which only a style sheet can give.
fn running_heads(document: &Document) -> String {
    format!(
        "@page {{ @top-left {{ content: {} }} @top-right {{ content: {} }} }}\n\
         @page :first {{ @top-left {{ content: none }} @top-right {{ content: none }} }}\n",
        css_string(&document.organisation),
        css_string(&document.title),
    )
}

/// A string of a style sheet: all but letters, digits and spaces is written as code points.
fn css_string(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars().filter(|c| is_printable(*c)) {
        if c.is_alphanumeric() || c == ' ' {
            out.push(c);
        } else {
            let _ = write!(out, "\\{:x} ", u32::from(c));
        }
    }
    out.push('"');
    out
}

impl<'a> Writer<'a> {
    fn section(&mut self, section: &'a Section, level: u8) {
        let id = self.names.take(&section.id);
        let tag = level.min(6);
        let class = if section.own_page { " class=\"own-page\"" } else { "" };
        let _ = writeln!(
            self.out,
            "<section{class} aria-labelledby=\"{0}\">\n<h{tag} id=\"{0}\">{1}</h{tag}>",
            escape(&id),
            escape(&section.heading)
        );
        self.contents.push(Entry { level, id, heading: section.heading.clone() });
        for (at, block) in section.blocks.iter().enumerate() {
            self.between(section, at);
            self.block(block, tag);
        }
        self.between(section, section.blocks.len());
        section.sections.iter().for_each(|inner| self.section(inner, level.saturating_add(1)));
        self.out.push_str("</section>\n");
    }

    fn between(&mut self, section: &Section, at: usize) {
        if let Some(between) = self.between {
            self.out.push_str(&between(&section.id, at));
        }
    }

    /// A block of a section whose heading has this level.
    fn block(&mut self, block: &'a Block, level: u8) {
        match block {
            Block::Heading(words) => {
                let tag = (level + 1).min(6);
                let _ = writeln!(self.out, "<h{tag}>{}</h{tag}>", escape(words));
            }
            Block::Paragraph(text) => self.wrapped("<p>", text, "</p>\n"),
            Block::Notice(text) => {
                self.wrapped(
                    "<div class=\"notice\" role=\"note\"><p><strong>Observera.</strong> ",
                    text,
                    "</p></div>\n",
                );
            }
            Block::List(items) => {
                self.out.push_str("<ul>\n");
                items.iter().for_each(|item| self.wrapped("<li>", item, "</li>\n"));
                self.out.push_str("</ul>\n");
            }
            Block::Table(table) => self.table(table),
            Block::Chart(chart) => self.chart(chart),
        }
    }

    fn chart(&mut self, chart: &Chart) {
        let id = self.names.take(&chart.id);
        let _ = write!(self.out, "<figure class=\"chart\" id=\"{}\">\n<figcaption>", escape(&id));
        escape_into(&mut self.out, &chart.title);
        let _ = writeln!(self.out, "</figcaption>\n{}\n</figure>", chart::svg(chart));
    }
}
