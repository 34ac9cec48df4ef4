//! The bullets of lists.

use super::base;
use super::error::DocxError;
use super::package::{Package, Relations, set_type};
use super::xml::{self, Element, Node};

/// A list with bullets at three levels.
const BULLETS: [(&str, u32); 3] = [("•", 340), ("–", 680), ("•", 1_020)];

/// Adds a list with bullets to the document's lists; gives its id.
pub(super) fn add(package: &mut Package, relations: &mut Relations, types: &mut Element) -> Result<String, DocxError> {
    let known = relations.target("numbering");
    let name = known.clone().unwrap_or_else(|| package.free_name("word/numbering", ".xml"));
    let mut root = package.xml(&name, || Element::new("w:numbering", &[]))?;
    xml::bind(&mut root, &[("w", base::WORD)]).ok_or_else(|| DocxError::Xml(name.clone()))?;
    let next = |kind: &str, id: &str| {
        let ids =
            root.elements().filter(|element| element.is(kind)).filter_map(|e| e.attribute(id)?.parse::<u32>().ok());
        ids.filter(|id| *id < 1_000_000).max().map_or(1, |id| id + 1).to_string()
    };
    let (list, id) = (next("abstractNum", "abstractNumId"), next("num", "numId"));
    let levels: String = BULLETS.iter().enumerate().map(|(i, (bullet, left))| level(i, bullet, *left)).collect();
    let markup = format!(
        "<w:abstractNum w:abstractNumId=\"{list}\"><w:multiLevelType w:val=\"hybridMultilevel\"/>{levels}</w:abstractNum>"
    );
    // All lists come before all uses of them.
    let is_list =
        |node: &Node| matches!(node, Node::Element(element) if element.is("abstractNum") || element.is("numPicBullet"));
    let at = root.children.iter().rposition(is_list).map_or(0, |last| last + 1);
    root.children.insert(at, Node::Raw(markup));
    let mut number = Element::new("w:num", &[("w:numId", &id)]);
    number.children.push(Node::Element(Element::new("w:abstractNumId", &[("w:val", &list)])));
    root.insert_before(&["numIdMacAtCleanup"], number);
    package.put(&name, root.to_part());
    if known.is_none() {
        set_type(types, &name, &format!("{}numbering+xml", base::MAIN_TYPES));
        relations.add("numbering", &name);
    }
    Ok(id)
}

fn level(index: usize, bullet: &str, left: u32) -> String {
    format!(
        "<w:lvl w:ilvl=\"{index}\"><w:start w:val=\"1\"/><w:numFmt w:val=\"bullet\"/><w:lvlText w:val=\"{bullet}\"/>\
         <w:lvlJc w:val=\"left\"/><w:pPr><w:ind w:left=\"{left}\" w:hanging=\"340\"/></w:pPr></w:lvl>"
    )
}
