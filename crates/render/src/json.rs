//! The document model as JSON.

use samsyn_document::Document;

/// See [`crate::json`].
pub(crate) fn document(document: &Document) -> String {
    // The model has no maps and no floats, so serialising it to memory cannot fail.
    let mut text = serde_json::to_string_pretty(document).unwrap_or_default();
    text.push('\n');
    text
}
