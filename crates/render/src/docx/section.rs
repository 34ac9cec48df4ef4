//! The pages: their size, their margins, and the breaks between upright and turned ones.

use super::base;
use super::xml::{Element, Node};

/// A section's properties, from which those of its parts are made.
#[derive(Clone, Debug)]
pub(super) struct Pages {
    properties: Element,
}

impl Pages {
    /// The pages of a section; A4 when it does not say.
    pub(super) fn new(properties: Option<&Element>) -> Pages {
        Pages { properties: properties.cloned().unwrap_or_else(|| Element::new("w:sectPr", &[])) }
    }

    /// Width of the text in twentieths of a point, upright or turned. Of several columns, the first.
    pub(super) fn text_width(&self, turned: bool) -> u32 {
        let size = |name: &str, default: u32| self.number("pgSz", name).filter(|n| *n > 0).unwrap_or(default);
        let (width, height) = (size("w", 11_906), size("h", 16_838));
        // Turned pages keep the margins of the page's sides.
        let margin = |name: &str| self.number("pgMar", name).unwrap_or(1_247);
        let gutter = self.number("pgMar", "gutter").unwrap_or(0);
        let across = if turned { width.max(height) } else { width };
        let text = across.saturating_sub(margin("left") + margin("right") + gutter);
        let columns = self.number("cols", "num").filter(|n| (1..=4).contains(n)).unwrap_or(1);
        let text = if turned || columns == 1 { text } else { text / columns - 400 };
        if text < 2_000 { base::TEXT_WIDTH } else { text }
    }

    /// Height of the text in twentieths of a point.
    pub(super) fn text_height(&self) -> u32 {
        let height = self.number("pgSz", "h").unwrap_or(16_838);
        let margins = self.number("pgMar", "top").unwrap_or(1_418) + self.number("pgMar", "bottom").unwrap_or(1_304);
        height.saturating_sub(margins).max(4_000)
    }

    fn number(&self, element: &str, attribute: &str) -> Option<u32> {
        let text = self.properties.child(element)?.attribute(attribute)?;
        // Margins may be negative: then the header does not push the text down.
        let size = text.trim_start_matches('-').parse::<u32>().ok()?;
        (size < 40_000).then_some(size)
    }

    /// The properties of one part of the section, as markup; only the first part begins the numbers
    /// of its pages anew and has a first page of another kind.
    pub(super) fn part(&self, first: bool, turned: bool) -> String {
        let mut out = String::new();
        self.shaped(first, turned).write(&mut out);
        out
    }

    fn shaped(&self, first: bool, turned: bool) -> Element {
        let mut properties = self.properties.clone();
        if !first {
            ["titlePg", "pgNumType", "type"].iter().for_each(|name| properties.remove(name));
        }
        if turned {
            properties.remove("cols");
            let (width, height) =
                (self.number("pgSz", "w").unwrap_or(11_906), self.number("pgSz", "h").unwrap_or(16_838));
            let sides = [("w:w", width.max(height)), ("w:h", width.min(height))].map(|(name, n)| (name, n.to_string()));
            if properties.child("pgSz").is_none() {
                let after = ["pgMar", "paperSrc", "pgBorders", "lnNumType", "pgNumType", "cols"];
                properties.insert_before(&after, Element::new("w:pgSz", &[]));
            }
            if let Some(size) = properties.child_mut("pgSz") {
                sides.iter().for_each(|(name, value)| size.set(name, value));
                size.set("w:orient", "landscape");
            }
        }
        properties
    }

    /// The properties of the last part, which stand where the section's own stood.
    pub(super) fn last(&self, turned: bool) -> Element {
        self.shaped(false, turned)
    }
}

/// The section that the content at a place of the body belongs to: the first properties after it.
pub(super) fn at(body: &Element, place: usize) -> Option<&Element> {
    body.children.iter().skip(place).find_map(|node| match node {
        Node::Element(element) if element.is("sectPr") => Some(element),
        Node::Element(element) if element.is("p") => element.child("pPr")?.child("sectPr"),
        _ => None,
    })
}

/// Puts other properties in place of those of the section that a place of the body belongs to.
pub(super) fn replace(body: &mut Element, place: usize, properties: &Element) {
    for node in body.children.iter_mut().skip(place) {
        let Node::Element(element) = node else { continue };
        if element.is("sectPr") {
            properties.clone_into(element);
            return;
        }
        let found = element.is("p").then(|| element.child_mut("pPr")?.child_mut("sectPr")).flatten();
        if let Some(found) = found {
            properties.clone_into(found);
            return;
        }
    }
    body.children.push(Node::Element(properties.clone()));
}
