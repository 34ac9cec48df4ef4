//! XML piece by piece, by names without prefix. Document types are refused, so no entity but the five of XML stands
//! for anything; and elements may not stand too deep in each other.

use super::Refused;
use super::reading::Reading;
use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesEnd, BytesStart, Event};
use std::borrow::Cow;

/// How deep elements may stand in each other. Spreadsheets' own files need some thirty.
const DEEPEST: usize = 200;

/// The pieces of a part.
pub(super) struct Xml<'x> {
    reader: Reader<&'x [u8]>,
    depth: usize,
    /// The root that is still to come.
    root: Option<&'static str>,
}

/// A piece. An element without content comes as two.
pub(super) enum Piece<'x> {
    Open(Tag<'x>),
    /// The end of an element.
    Close(Name<'x>),
    Text(Cow<'x, str>),
    /// What nobody sees.
    Comment(Cow<'x, str>),
}

/// The name of an element that ends.
pub(super) struct Name<'x>(BytesEnd<'x>);

impl Name<'_> {
    /// The name without its prefix.
    pub fn name(&self) -> &str {
        local(self.0.name().0)
    }
}

/// The beginning of an element.
pub(super) struct Tag<'x>(BytesStart<'x>);

fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// Prefixes of extensions that repeat attributes of others under the same name.
const EXTENSIONS: [&str; 2] = ["calcext:", "loext:"];

impl Tag<'_> {
    /// The name without its prefix.
    pub fn name(&self) -> &str {
        local(self.0.name().0)
    }

    /// The attribute of that name, whatever its prefix; `None` when it is not there or cannot be read.
    pub fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        self.each()
            .find(|(known, _)| local(known) == name && !EXTENSIONS.iter().any(|e| known.starts_with(e)))
            .map(|(_, value)| value)
    }

    /// The attribute of that name with its prefix.
    pub fn get_exact(&self, name: &str) -> Option<Cow<'_, str>> {
        self.each().find(|(known, _)| *known == name).map(|(_, value)| value)
    }

    /// A number among the attributes.
    pub fn number<N: std::str::FromStr>(&self, name: &str) -> Option<N> {
        self.get(name)?.parse().ok()
    }

    /// Whether the attribute says yes.
    pub fn is(&self, name: &str) -> bool {
        self.get(name).is_some_and(|value| matches!(value.as_ref(), "1" | "true" | "on"))
    }

    /// Names as they stand, with their values.
    pub fn each(&self) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        let mut attributes = self.0.attributes();
        attributes.with_checks(false);
        attributes.filter_map(Result::ok).map(|attribute| {
            // A value that cannot be read as XML is taken as it stands, so that it is looked through.
            let value = attribute.normalized_value(XmlVersion::Implicit1_0).unwrap_or_else(|_| attribute.value.clone());
            (attribute.key.0, value)
        })
    }
}

impl<'x> Xml<'x> {
    pub fn new(text: &'x str) -> Xml<'x> {
        let mut reader = Reader::from_str(text.trim_start_matches('\u{feff}'));
        reader.config_mut().expand_empty_elements = true;
        Xml { reader, depth: 0, root: None }
    }

    /// The pieces of a part that must have this root: another part in its place is not read as an empty one.
    pub fn with_root(text: &'x str, root: &'static str) -> Xml<'x> {
        Xml { root: Some(root), ..Xml::new(text) }
    }

    /// How many elements are open.
    pub fn depth(&self) -> usize {
        self.depth
    }

    /// The next piece; `None` at the end.
    pub fn next(&mut self, reading: &Reading) -> Result<Option<Piece<'x>>, Refused> {
        let broken = || reading.damaged("", "dess XML går inte att läsa");
        loop {
            let piece = match self.reader.read_event().map_err(|_| broken())? {
                Event::Start(start) => {
                    if self.root.take().is_some_and(|root| root != local(start.name().0)) {
                        return Err(reading.damaged("", "en del av den är en annan än den ska vara"));
                    }
                    self.depth += 1;
                    if self.depth > DEEPEST {
                        return Err(reading.damaged("", "dess XML är för djupt nästlad"));
                    }
                    Piece::Open(Tag(start))
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    Piece::Close(Name(end))
                }
                Event::Empty(_) | Event::Decl(_) | Event::PI(_) => continue,
                Event::Text(text) => Piece::Text(text.xml10_content()),
                Event::Comment(text) => Piece::Comment(text.xml10_content()),
                Event::CData(text) => Piece::Text(text.xml10_content()),
                Event::GeneralRef(name) => match name.resolve_char_ref().map_err(|_| broken())? {
                    Some(c) => Piece::Text(c.to_string().into()),
                    None => Piece::Text(resolve_predefined_entity(&name.xml10_content()).ok_or_else(broken)?.into()),
                },
                Event::DocType(_) => {
                    let hint = "Öppna filen i Excel eller LibreOffice och spara den på nytt.";
                    return Err(reading.stop(
                        "",
                        "Filens XML har en dokumenttyp, som inget kalkylprogram skriver.",
                        hint,
                    ));
                }
                Event::Eof if self.depth > 0 || self.root.is_some() => return Err(broken()),
                Event::Eof => return Ok(None),
            };
            return Ok(Some(piece));
        }
    }
}
