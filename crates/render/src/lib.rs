//! Writes a [`Document`] as HTML, Markdown or JSON. Renderers never compute and never know the
//! field: all formats say the same because all say what the document says.

pub mod html;
mod json;
pub mod markdown;

use samsyn_document::{Document, Value, format};

/// The document as one accessible HTML file that needs nothing else: style inside, no script.
///
/// Every figure stands in an element with `data-siffra="tabell/rad/kolumn"`, and one of them, in a
/// table where there is one, has the id that [`html::anchor`] gives.
pub fn html(document: &Document) -> String {
    html::page(document)
}

/// The document as Markdown (GitHub's kind, for the tables) that is pleasant to read as it stands.
pub fn markdown(document: &Document) -> String {
    markdown::document(document)
}

/// The document as indented JSON: the model as it is, values with their type, figures with their id.
pub fn json(document: &Document) -> String {
    json::document(document)
}

/// Explains the signs that stand where there is no value, when the document has them.
fn legend(document: &Document) -> Option<String> {
    let (mut missing, mut withheld) = (false, false);
    document.each_cell(&mut |cell| {
        missing |= cell.value == Value::Missing;
        withheld |= cell.value == Value::Withheld;
    });
    let missing = missing.then(|| format!("”{}” betyder att det inte finns något värde.", format::MISSING));
    let withheld = withheld.then(|| format!("”{}” betyder att värdet inte visas.", format::WITHHELD));
    let said: Vec<String> = missing.into_iter().chain(withheld).collect();
    (!said.is_empty()).then(|| said.join(" "))
}
