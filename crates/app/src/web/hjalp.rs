//! The handbook: a page per task, searchable.

use super::grind::Visit;
use super::sida::{Answer, Fail, Page, show};
use super::tid::{Fragor, given};
use askama::Template;
use axum::extract::Path;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd, html};
use rust_embed::RustEmbed;
use std::sync::LazyLock;

#[derive(RustEmbed)]
#[folder = "../../docs/handbok"]
#[include = "*.md"]
struct Handbok;

/// A page of the handbook.
struct Kapitel {
    namn: String,
    rubrik: String,
    ingress: String,
    text: String,
    html: String,
}

/// The pages in the order of [`ORDNING`].
static KAPITEL: LazyLock<Vec<Kapitel>> = LazyLock::new(|| {
    let mut all: Vec<Kapitel> = Handbok::iter().filter_map(|name| chapter(&name)).collect();
    all.sort_by_key(|chapter| (place(&chapter.namn), chapter.rubrik.clone()));
    all
});

/// The pages in the order in which one would read them; others follow.
const ORDNING: [&str; 22] = [
    "kom-igang",
    "laget",
    "insatser",
    "uppfoljningsfil",
    "rapport",
    "skriva",
    "versioner",
    "jamfora",
    "diarium",
    "ekonomi",
    "folkmangd",
    "bokforing",
    "siffror",
    "import",
    "kontroller",
    "gallring",
    "anvandare",
    "installningar",
    "logg",
    "konto",
    "roller",
    "server",
];

fn place(name: &str) -> usize {
    ORDNING.iter().position(|known| *known == name).unwrap_or(ORDNING.len())
}

fn chapter(file: &str) -> Option<Kapitel> {
    let source = String::from_utf8(Handbok::get(file)?.data.into_owned()).ok()?;
    let name = file.strip_suffix(".md")?.to_owned();
    let parsed = || Parser::new_ext(&source, Options::ENABLE_TABLES);
    let (mut words, mut title, mut lead, mut inside) = (String::new(), String::new(), String::new(), None);
    for event in parsed() {
        match event {
            Event::Start(Tag::Heading { level, .. }) => inside = Some(level as u8),
            Event::Start(Tag::Paragraph) if lead.is_empty() => inside = Some(0),
            Event::End(TagEnd::Heading(_) | TagEnd::Paragraph) => inside = None,
            Event::Text(text) | Event::Code(text) => {
                match inside {
                    Some(1) => title.push_str(&text),
                    Some(0) => lead.push_str(&text),
                    _ => {}
                }
                words.push_str(&text);
                words.push(' ');
            }
            Event::SoftBreak if inside == Some(0) => lead.push(' '),
            _ => {}
        }
    }
    // The handbook is our own, but markup in it is shown as text all the same.
    let safe = parsed().map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) => Event::Text(text),
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            let to = dest_url.strip_suffix(".md").map_or(dest_url.clone(), |page| format!("/hjalp/{page}").into());
            Event::Start(Tag::Link { link_type, dest_url: to, title, id })
        }
        other => other,
    });
    let mut out = String::new();
    html::push_html(&mut out, safe);
    Some(Kapitel { namn: name, rubrik: title, ingress: lead, text: words.to_lowercase(), html: out })
}

#[derive(Template)]
#[template(path = "hjalp/lista.html")]
struct Lista {
    page: Page,
    sok: String,
    kapitel: Vec<&'static Kapitel>,
}

/// GET `/hjalp`
pub async fn lista(visit: Visit, asked: Fragor) -> Answer {
    let sought = given(&asked, "sok").unwrap_or_default().to_owned();
    let words: Vec<String> = sought.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let fits = |chapter: &&Kapitel| words.iter().all(|word| chapter.text.contains(word.as_str()));
    let kapitel = KAPITEL.iter().filter(fits).collect();
    show(&Lista { page: Page::new(&visit, "Hjälp", ""), sok: sought, kapitel })
}

#[derive(Template)]
#[template(path = "hjalp/sida.html")]
struct Sida {
    page: Page,
    kapitel: &'static Kapitel,
    alla: &'static [Kapitel],
}

/// GET `/hjalp/{sida}`
pub async fn sida(visit: Visit, Path(name): Path<String>) -> Answer {
    let kapitel = KAPITEL.iter().find(|chapter| chapter.namn == name).ok_or(Fail::NotFound)?;
    show(&Sida { page: Page::new(&visit, kapitel.rubrik.clone(), ""), kapitel, alla: &KAPITEL })
}
