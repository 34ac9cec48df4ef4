//! Our styles, and those of a template that stand for them. A style that Word knows has an English
//! name in every file (`heading 1`), whatever it is called on the screen (Rubrik 1) and whatever its
//! id is (`Rubrik1`); other programs also write the Swedish names.

use super::error::DocxError;
use super::package::Package;
use super::xml::{self, Element, Node};
use samsyn_document::{Layout, Look};
use std::collections::HashMap;

const BUILTIN: &str = include_str!("styles.xml");

/// Our id, and what the style is called in a Swedish Word.
const SWEDISH: [(&str, &str); 23] = [
    ("Heading1", "Rubrik 1"),
    ("Heading2", "Rubrik 2"),
    ("Heading3", "Rubrik 3"),
    ("Heading4", "Rubrik 4"),
    ("Heading5", "Rubrik 5"),
    ("Heading6", "Rubrik 6"),
    ("Title", "Rubrik"),
    ("Subtitle", "Underrubrik"),
    ("Caption", "Beskrivning"),
    ("ListBullet", "Punktlista"),
    ("TOCHeading", "Innehållsförteckningsrubrik"),
    ("TOC1", "Innehåll 1"),
    ("TOC2", "Innehåll 2"),
    ("TOC3", "Innehåll 3"),
    ("Header", "Sidhuvud"),
    ("Footer", "Sidfot"),
    ("FootnoteText", "Fotnotstext"),
    ("FootnoteReference", "Fotnotsreferens"),
    ("Strong", "Stark"),
    ("Emphasis", "Betoning"),
    ("Hyperlink", "Hyperlänk"),
    ("Normal", "Normal"),
    ("Tabellnot", "Tabellanmärkning"),
];

/// The table style of ours.
const TABLE: &str = "Rapporttabell";

/// How our own document differs from another.
pub(super) struct Setting<'a> {
    pub(super) look: &'a Look,
    pub(super) layout: Layout,
    /// For example `sv-SE`.
    pub(super) language: &'a str,
    /// Width of the text in twentieths of a point.
    pub(super) text_width: u32,
}

/// Our styles as a part.
pub(super) fn builtin(setting: &Setting) -> String {
    let report = setting.layout == Layout::Report;
    let pick = |of_report: &'static str, of_letter: &'static str| if report { of_report } else { of_letter };
    let styles = BUILTIN
        .replace("ACCENT", &setting.look.color.hex())
        .replace("LANGUAGE", &xml::escape(setting.language))
        .replace("TEXTWIDTH", &setting.text_width.to_string())
        .replace("\"SUBTITLESIZE\"", pick("\"30\"", "\"24\""))
        .replace("SUBTITLEAFTER", pick("480", "240"))
        .replace("\"TITLESIZE\"", pick("\"60\"", "\"36\""))
        .replace("ISSUERBEFORE", pick("2800", "0"))
        .replace("ISSUERAFTER", pick("360", "240"));
    format!("{}{styles}", xml::DECLARATION)
}

/// The ids that our styles have in the document.
#[derive(Debug, Default)]
pub(super) struct Styles {
    ids: HashMap<String, String>,
    /// Whether the paragraphs of a list must say themselves that they have bullets.
    pub(super) bullets_in_paragraph: bool,
}

impl Styles {
    /// The id in the document of a style of ours.
    pub(super) fn id<'a>(&'a self, ours: &'a str) -> &'a str {
        self.ids.get(ours).map_or(ours, String::as_str)
    }
}

/// Finds our styles among those of a template and adds the missing ones. `bullets` is the list that
/// an added style for lists refers to.
pub(super) fn merge(theirs: &mut Element, setting: &Setting, bullets: &str, default_table: Option<&str>) -> Styles {
    let Some(ours) = xml::parse(builtin(setting).as_bytes()) else { return Styles::default() };
    let mut styles = Styles::default();
    let mut missing: Vec<&Element> = Vec::new();
    for style in ours.elements().filter(|element| element.is("style")) {
        let id = style.attribute("styleId").unwrap_or_default();
        let found = if id == TABLE { table(theirs, default_table) } else { find(theirs, style) };
        match found {
            Some(found) => {
                if id == "ListBullet" {
                    styles.bullets_in_paragraph = found.child("pPr").is_none_or(|ppr| ppr.child("numPr").is_none());
                }
                styles.ids.insert(id.to_owned(), found.attribute("styleId").unwrap_or_default().to_owned());
            }
            None => {
                let taken = |id: &str| theirs.elements().any(|style| style.attribute("styleId") == Some(id));
                let free = if taken(id) { format!("{id}Rapport") } else { id.to_owned() };
                styles.ids.insert(id.to_owned(), free);
                missing.push(style);
            }
        }
    }
    let prefix = theirs.name.split_once(':').map_or(String::new(), |(prefix, _)| format!("{prefix}:"));
    for style in missing {
        let mut style = style.clone();
        adapt(&mut style, &styles, bullets, &prefix);
        theirs.children.push(Node::Element(style));
    }
    speak(theirs, setting.language);
    styles
}

/// A template's style for one of ours, of the same kind: by its built-in name, then by the Swedish
/// one, then by id.
fn find<'a>(theirs: &'a Element, ours: &Element) -> Option<&'a Element> {
    let kind = ours.attribute("type");
    let id = ours.attribute("styleId").unwrap_or_default();
    let of_kind = || theirs.elements().filter(|style| style.is("style") && style.attribute("type") == kind);
    if ours.attribute("default") == Some("1") {
        let default = |style: &&Element| matches!(style.attribute("default"), Some("1" | "true" | "on"));
        return of_kind().find(default);
    }
    let english = ours.value_of("name").unwrap_or_default();
    let swedish = SWEDISH.iter().find(|(known, _)| *known == id).map(|(_, swedish)| *swedish);
    for wanted in [Some(english), swedish].into_iter().flatten().map(plain) {
        let named = |style: &&Element| {
            let aliases = style.value_of("aliases").unwrap_or_default().split(',');
            style.value_of("name").into_iter().chain(aliases).any(|name| plain(name) == wanted)
        };
        if let Some(style) = of_kind().find(named) {
            return Some(style);
        }
    }
    let wanted = [Some(id), swedish].map(|name| name.map(plain));
    of_kind().find(|style| wanted.contains(&style.attribute("styleId").map(plain)))
}

/// The template's own style for tables: ours by name, the one that new tables get, or the only one
/// that someone has made.
fn table<'a>(theirs: &'a Element, default: Option<&str>) -> Option<&'a Element> {
    let tables = || theirs.elements().filter(|style| style.is("style") && style.attribute("type") == Some("table"));
    let by_name = tables().find(|style| style.value_of("name").map(plain) == Some(plain(TABLE)));
    let chosen = || tables().find(|style| default.is_some() && style.attribute("styleId") == default);
    let own = || {
        let mut own = tables().filter(|style| style.attribute("customStyle") == Some("1"));
        own.next().filter(|_| own.next().is_none())
    };
    by_name.or_else(chosen).or_else(own)
}

/// A name as it is compared: small letters, no spaces.
fn plain(name: &str) -> String {
    name.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect()
}

/// Makes a style of ours fit among the template's: ids, the list, and the prefix of its names.
fn adapt(element: &mut Element, styles: &Styles, bullets: &str, prefix: &str) {
    if element.is("style") {
        let id = styles.id(element.attribute("styleId").unwrap_or_default()).to_owned();
        element.set("w:styleId", &id);
        element.attributes.retain(|(name, _)| xml::local(name) != "default");
    }
    if matches!(xml::local(&element.name), "basedOn" | "next" | "link") {
        let id = styles.id(element.attribute("val").unwrap_or_default()).to_owned();
        element.set("w:val", &id);
    }
    if element.is("numId") {
        element.set("w:val", bullets);
    }
    element.name = format!("{prefix}{}", xml::local(&element.name));
    element.elements_mut().for_each(|inner| adapt(inner, styles, bullets, prefix));
}

/// Says which language the text has, where the template does not say so or names another.
fn speak(theirs: &mut Element, language: &str) {
    let mut place = theirs;
    for (name, before) in
        [("docDefaults", &["latentStyles", "style"][..]), ("rPrDefault", &["pPrDefault"]), ("rPr", &[])]
    {
        if place.child(name).is_none() {
            place.insert_before(before, Element::new(&format!("w:{name}"), &[]));
        }
        let Some(inner) = place.child_mut(name) else { return };
        place = inner;
    }
    if place.child("lang").is_none() {
        place.insert_before(&["eastAsianLayout", "specVanish", "oMath"], Element::new("w:lang", &[]));
    }
    let same = |known: &str| known.split('-').next() == language.split('-').next();
    if let Some(lang) = place.child_mut("lang").filter(|lang| !lang.attribute("val").is_some_and(same)) {
        lang.set("w:val", language);
    }
}

/// The styles of a package as XML, and the name of their part.
pub(super) fn part(package: &Package, name: Option<String>) -> Result<(String, Element), DocxError> {
    let name = name.unwrap_or_else(|| "word/styles.xml".to_owned());
    let root = || Element::new("w:styles", &[]);
    let read = package.xml(&name, root)?;
    Ok((name, read))
}
