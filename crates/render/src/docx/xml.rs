//! A small tree of XML, for the parts of a package that are read and changed. What is written anew
//! is written as text, with [`escape`].

use quick_xml::Reader;
use quick_xml::XmlVersion;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};

/// How deep elements may stand in each other. Word's own files need some thirty.
const DEEPEST: usize = 200;

/// The declaration that every part begins with.
pub(super) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

pub(super) use samsyn_document::markup::escape;

/// An element with its prefix, as the file has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) name: String,
    /// Names as the file has them, values as plain characters.
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<Node>,
}

/// What stands in an element. Comments and processing instructions are not kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Node {
    Element(Element),
    /// Plain characters.
    Text(String),
    /// Markup that is written as it stands.
    Raw(String),
}

/// A name without its prefix.
pub(super) fn local(name: &str) -> &str {
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// The root element of a part; `None` when the part is no well-formed XML in UTF-8, is deeper than
/// any real one, or has a document type of its own.
pub(super) fn parse(bytes: &[u8]) -> Option<Element> {
    let text = std::str::from_utf8(bytes).ok()?.trim_start_matches('\u{feff}');
    let mut reader = Reader::from_str(text);
    let mut open: Vec<Element> = Vec::new();
    let mut root: Option<Element> = None;
    loop {
        let node = match reader.read_event().ok()? {
            Event::Start(start) => {
                if open.len() >= DEEPEST || (open.is_empty() && root.is_some()) {
                    return None;
                }
                open.push(element(&start)?);
                continue;
            }
            Event::Empty(start) => Node::Element(element(&start)?),
            Event::End(_) => Node::Element(open.pop()?),
            Event::Text(text) => Node::Text(text.xml10_content().into_owned()),
            Event::CData(text) => Node::Text(text.xml10_content().into_owned()),
            Event::GeneralRef(name) => Node::Text(match name.resolve_char_ref().ok()? {
                Some(c) => c.to_string(),
                None => resolve_predefined_entity(&name.xml10_content())?.to_owned(),
            }),
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => continue,
            Event::DocType(_) => return None,
            Event::Eof => break,
        };
        match (open.last_mut(), node) {
            (Some(parent), node) => parent.add(node),
            (None, Node::Element(element)) if root.is_none() => root = Some(element),
            (None, Node::Text(text)) if text.trim().is_empty() => {}
            (None, _) => return None,
        }
    }
    if open.is_empty() { root } else { None }
}

/// Makes prefixes stand for these namespaces at a root; `None` when one stands for another already.
pub(super) fn bind(root: &mut Element, prefixes: &[(&str, &str)]) -> Option<()> {
    for (prefix, space) in prefixes {
        let name = format!("xmlns:{prefix}");
        match root.attributes.iter().find(|(known, _)| *known == name) {
            Some((_, known)) if known == space => {}
            Some(_) => return None,
            None => root.attributes.push((name, (*space).to_owned())),
        }
    }
    Some(())
}

fn element(start: &BytesStart) -> Option<Element> {
    let mut attributes = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.ok()?;
        let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned();
        attributes.push((attribute.key.as_ref().to_owned(), value));
    }
    Some(Element { name: start.name().as_ref().to_owned(), attributes, children: Vec::new() })
}

impl Element {
    /// An element without content.
    pub(super) fn new(name: &str, attributes: &[(&str, &str)]) -> Element {
        let attributes = attributes.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Element { name: name.to_owned(), attributes, children: Vec::new() }
    }

    fn add(&mut self, node: Node) {
        match (self.children.last_mut(), node) {
            (Some(Node::Text(before)), Node::Text(more)) => before.push_str(&more),
            (_, node) => self.children.push(node),
        }
    }

    pub(super) fn is(&self, name: &str) -> bool {
        local(&self.name) == name
    }

    /// The value of the attribute with that name, whatever its prefix.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| local(known) == name).map(|(_, value)| value.as_str())
    }

    /// Gives an attribute a value; `name` has the prefix to use when it is new.
    pub(super) fn set(&mut self, name: &str, value: &str) {
        match self.attributes.iter_mut().find(|(known, _)| local(known) == local(name)) {
            Some((_, old)) => value.clone_into(old),
            None => self.attributes.push((name.to_owned(), value.to_owned())),
        }
    }

    pub(super) fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|node| if let Node::Element(element) = node { Some(element) } else { None })
    }

    pub(super) fn elements_mut(&mut self) -> impl Iterator<Item = &mut Element> {
        self.children.iter_mut().filter_map(|node| if let Node::Element(element) = node { Some(element) } else { None })
    }

    /// The first child with that name.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|element| element.is(name))
    }

    pub(super) fn child_mut(&mut self, name: &str) -> Option<&mut Element> {
        self.elements_mut().find(|element| element.is(name))
    }

    /// The attribute `val` of the first child with that name.
    pub(super) fn value_of(&self, child: &str) -> Option<&str> {
        self.child(child)?.attribute("val")
    }

    /// Whether the element or one inside it has that name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.is(name) || self.elements().any(|element| element.has(name))
    }

    /// The text of all elements `t` inside, in order.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        self.text_into(&mut out);
        out
    }

    fn text_into(&self, out: &mut String) {
        for node in &self.children {
            match node {
                Node::Element(element) => element.text_into(out),
                Node::Text(text) if self.is("t") => out.push_str(text),
                Node::Text(_) | Node::Raw(_) => {}
            }
        }
    }

    /// Puts an element before the first child that has one of the names, else last.
    pub(super) fn insert_before(&mut self, names: &[&str], element: Element) {
        let after = |node: &Node| matches!(node, Node::Element(known) if names.contains(&local(&known.name)));
        let at = self.children.iter().position(after).unwrap_or(self.children.len());
        self.children.insert(at, Node::Element(element));
    }

    /// Takes away the children with that name.
    pub(super) fn remove(&mut self, name: &str) {
        self.children.retain(|node| !matches!(node, Node::Element(element) if element.is(name)));
    }

    /// The element as a whole part.
    pub(super) fn to_part(&self) -> Vec<u8> {
        let mut out = String::from(DECLARATION);
        self.write(&mut out);
        out.into_bytes()
    }

    /// Appends the element as markup.
    pub(super) fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(&self.name);
        for (name, value) in &self.attributes {
            out.push(' ');
            out.push_str(name);
            out.push_str("=\"");
            keep_into(out, value, true);
            out.push('"');
        }
        if self.children.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        for node in &self.children {
            match node {
                Node::Element(element) => element.write(out),
                Node::Text(text) => keep_into(out, text, false),
                Node::Raw(markup) => out.push_str(markup),
            }
        }
        out.push_str("</");
        out.push_str(&self.name);
        out.push('>');
    }
}

/// Writes characters of the template so that they are read back the same, in an attribute or in text.
fn keep_into(out: &mut String, text: &str, attribute: bool) {
    for c in text.chars() {
        match c {
            '\n' | '\t' if !attribute => out.push(c),
            '\n' | '\r' | '\t' => out.push_str(&format!("&#{};", u32::from(c))),
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c if c < ' ' || matches!(c, '\u{fffe}' | '\u{ffff}') => {}
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_read_is_written_the_same() {
        let text = "<w:a w:b=\"1 &lt; 2&#10;\"><w:c/>x &amp; y\n<w:d>z</w:d></w:a>";
        let read = parse(format!("\u{feff}<?xml version=\"1.0\"?><!-- c -->{text}").as_bytes()).unwrap();
        let mut out = String::new();
        read.write(&mut out);
        assert_eq!(out, text);
        assert_eq!(read.attribute("b"), Some("1 < 2\n"));
        let cdata = parse(b"<a><![CDATA[ ]] > & ]]>&#x41;</a>").unwrap();
        assert_eq!(cdata.children, [Node::Text(" ]] > & A".to_owned())]);
    }

    #[test]
    fn what_is_no_xml_is_refused() {
        for text in ["", "a", "<a>", "<a></b>", "<a/><b/>", "<a>&b;</a>", "<!DOCTYPE a><a/>", "<a b=1/>", "<a b=''"] {
            assert_eq!(parse(text.as_bytes()), None, "{text}");
        }
        assert_eq!(parse(b"<a>\xff</a>"), None);
        assert_eq!(parse("<a>".repeat(300).as_bytes()), None);
        let deep = "<a>".repeat(300) + &"</a>".repeat(300);
        assert_eq!(parse(deep.as_bytes()), None);
    }
}
