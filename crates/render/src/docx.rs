//! A document as a Word file: real headings, captions, footnotes, fields and styles, so that a person
//! can go on writing in it. In the förbund's own template, if it gives one.
//!
//! A file is a zip archive of parts. The content is always put into another document: an empty one
//! of our own, or the template. That one keeps all it has; only missing styles are added.

mod base;
mod body;
mod contents;
mod error;
mod notes;
mod numbering;
mod package;
mod picture;
mod properties;
mod section;
mod settings;
mod styles;
mod table;
mod template;
mod text;
mod widths;
mod xml;

pub use error::DocxError;
pub use template::Template;

use body::Body;
use notes::Notes;
use package::{set_default, set_type};
use samsyn_document::{Document, Layout, Look};
use section::Pages;
use styles::Setting;
use xml::{Element, Node};

/// The document as a Word file; see [`crate::docx`].
pub(crate) fn write(document: &Document, look: &Look, template: Option<&Template>) -> Result<Vec<u8>, DocxError> {
    let language = match document.language.as_ref() {
        "sv" => "sv-SE",
        other => other,
    };
    let setting = Setting { look, layout: document.layout, language, text_width: base::TEXT_WIDTH };
    let mut package = match template {
        Some(template) => template.package.clone(),
        None => base::package(document, &setting),
    };
    let main = template::main_part(&package)?;
    let mut types = package.types()?;
    let mut relations = package.relations(&main)?;
    let mut root = package.xml(&main, || Element::new("w:document", &[]))?;
    template::bind(&mut root).ok_or_else(|| DocxError::Xml(main.clone()))?;
    let Some(frame) = root.child_mut("body") else { return Err(DocxError::Xml(main)) };
    let place = template::place(frame, template.is_some());
    let pages = Pages::new(section::at(frame, place.at));
    let setting = Setting { text_width: pages.text_width(false), ..setting };

    let bullets = numbering::add(&mut package, &mut relations, &mut types)?;
    let (styles_part, mut known) = styles::part(&package, relations.target("styles"))?;
    xml::bind(&mut known, &[("w", base::WORD)]).ok_or_else(|| DocxError::Xml(styles_part.clone()))?;
    let factor = template::type_width(&package, &relations, &known);
    let default_table = settings::default_table(&package, &relations)?;
    let styles = styles::merge(&mut known, &setting, &bullets, default_table.as_deref());
    package.put(&styles_part, known.to_part());
    if relations.target("styles").is_none() {
        set_type(&mut types, &styles_part, &format!("{}styles+xml", base::MAIN_TYPES));
        relations.add("styles", &styles_part);
    }

    let footnotes = relations.target("footnotes");
    let notes = Notes::after(&package, footnotes.as_deref())?;
    let mut body = Body::new(&package, &styles, look, &pages, notes);
    (body.factor, body.bullets, body.relations) = (factor, &bullets, relations);
    body.document(document, place.around);
    if !place.last {
        body.turn(false);
    }
    let Body { out, mut relations, notes, pictures, breaks, turned, error, .. } = body;
    error.map_or(Ok(()), Err)?;
    if breaks > 0 {
        section::replace(frame, place.at, &pages.last(turned));
    }
    frame.children.insert(place.at, Node::Raw(out));
    package.put(&main, root.to_part());

    for (name, bytes) in pictures {
        let ending = name.rsplit('.').next().unwrap_or("png").to_owned();
        set_default(&mut types, &ending, &format!("image/{ending}"));
        package.put(&name, bytes);
    }
    notes.put(&mut package, &mut relations, &mut types, footnotes)?;
    if document.layout == Layout::Report {
        settings::update_fields(&mut package, &mut relations, &mut types)?;
    }
    set_type(&mut types, &main, &format!("{}document.main+xml", base::MAIN_TYPES));
    package.put_relations(&relations);
    properties::put(&mut package, &mut types, document, language)?;
    package.put(package::TYPES, types.to_part());
    Ok(package.write())
}
