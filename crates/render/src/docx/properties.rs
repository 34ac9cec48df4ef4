//! The file's properties: title, who issued it, language, and the day that it tells of.

use super::error::DocxError;
use super::package::{Package, set_type};
use super::xml::{DECLARATION, Element, escape};
use samsyn_document::Document;

/// The kind of relation from the package to its properties.
const RELATION: &str = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties";

/// Writes the properties, in place of a template's.
pub(super) fn put(
    package: &mut Package,
    types: &mut Element,
    document: &Document,
    language: &str,
) -> Result<(), DocxError> {
    let mut relations = package.relations("")?;
    let known = relations.target("core-properties");
    let name = known.clone().unwrap_or_else(|| package.free_name("docProps/core", ".xml"));
    let Document { title, subtitle, organisation, per, .. } = document;
    let [title, subtitle, organisation, language] = [title, subtitle, organisation, language].map(escape);
    let day = |name: &str| format!("<dcterms:{name} xsi:type=\"dcterms:W3CDTF\">{per}T00:00:00Z</dcterms:{name}>");
    let content = format!(
        "{DECLARATION}<cp:coreProperties \
         xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{title}</dc:title>\
         <dc:subject>{subtitle}</dc:subject><dc:creator>{organisation}</dc:creator>\
         <cp:lastModifiedBy>{organisation}</cp:lastModifiedBy>{}{}<dc:language>{language}</dc:language>\
         </cp:coreProperties>",
        day("created"),
        day("modified")
    );
    package.put(&name, content.into_bytes());
    set_type(types, &name, "application/vnd.openxmlformats-package.core-properties+xml");
    if known.is_none() {
        relations.add(RELATION, &name);
        package.put_relations(&relations);
    }
    Ok(())
}
