//! The document's settings: what a new document sets and what a template's settings lack.

use super::base;
use super::error::DocxError;
use super::package::{Package, Relations, set_type};
use super::xml::{self, Element};

/// What stands after the elements that are put in, in the order that the standard asks for.
const AFTER_UPDATE: [&str; 22] = [
    "hdrShapeDefaults",
    "footnotePr",
    "endnotePr",
    "compat",
    "docVars",
    "rsids",
    "mathPr",
    "attachedSchema",
    "themeFontLang",
    "clrSchemeMapping",
    "doNotIncludeSubdocsInStats",
    "doNotAutoCompressPictures",
    "forceUpgrade",
    "captions",
    "readModeInkLockDown",
    "smartTagType",
    "schemaLibrary",
    "shapeDefaults",
    "doNotEmbedSmartTags",
    "decimalSymbol",
    "listSeparator",
    "docId",
];

/// Changes the settings, which are made when there are none.
fn change(
    package: &mut Package,
    relations: &mut Relations,
    types: &mut Element,
    change: impl FnOnce(&mut Element),
) -> Result<(), DocxError> {
    let known = relations.target("settings");
    let name = known.clone().unwrap_or_else(|| package.free_name("word/settings", ".xml"));
    let mut root = package.xml(&name, || Element::new("w:settings", &[]))?;
    xml::bind(&mut root, &[("w", base::WORD)]).ok_or_else(|| DocxError::Xml(name.clone()))?;
    change(&mut root);
    package.put(&name, root.to_part());
    if known.is_none() {
        set_type(types, &name, &format!("{}settings+xml", base::MAIN_TYPES));
        relations.add("settings", &name);
    }
    Ok(())
}

/// Asks Word to count fields, and so the pages of the contents, when the document is opened.
pub(super) fn update_fields(
    package: &mut Package,
    relations: &mut Relations,
    types: &mut Element,
) -> Result<(), DocxError> {
    change(package, relations, types, |root| {
        root.remove("updateFields");
        root.insert_before(&AFTER_UPDATE, Element::new("w:updateFields", &[("w:val", "true")]));
    })
}

/// Names the footnotes that are rules between text and footnotes.
pub(super) fn separators(
    package: &mut Package,
    relations: &mut Relations,
    types: &mut Element,
) -> Result<(), DocxError> {
    change(package, relations, types, |root| {
        root.remove("footnotePr");
        let mut notes = Element::new("w:footnotePr", &[]);
        let note = |id| xml::Node::Element(Element::new("w:footnote", &[("w:id", id)]));
        notes.children.extend(["-1", "0"].map(note));
        root.insert_before(&AFTER_UPDATE[2..], notes);
    })
}

/// The style that new tables get in the template.
pub(super) fn default_table(package: &Package, relations: &Relations) -> Result<Option<String>, DocxError> {
    let Some(name) = relations.target("settings") else { return Ok(None) };
    let root = package.xml(&name, || Element::new("w:settings", &[]))?;
    Ok(root.value_of("defaultTableStyle").map(str::to_owned))
}
