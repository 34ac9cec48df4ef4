//! Text in XML that is no cell: every piece of it is looked through, and attributes where people can put text.

use super::xml::Piece;

/// Elements whose text is one text, however it is cut into pieces by its formatting.
const WHOLE: [&str; 6] = ["si", "is", "text", "p", "h", "div"];
/// Attributes in which people can put text, by their names without prefix. The others hold measures, colours, ids and
/// moments, whose digits may look like anything.
const WRITTEN: [&str; 37] = [
    "alt",
    "author",
    "caption",
    "codeName",
    "command",
    "comment",
    "condition",
    "connection",
    "descr",
    "description",
    "display",
    "display-name",
    "displayName",
    "error",
    "errorTitle",
    "formula",
    "href",
    "initials",
    "label",
    "location",
    "name",
    "oldName",
    "prompt",
    "promptTitle",
    "series-text",
    "sheet",
    "sourceFile",
    "string-value",
    "Target",
    "text",
    "title",
    "tooltip",
    "url",
    "userName",
    "v",
    "val",
    "value",
];

/// Collects text from pieces of XML.
#[derive(Default)]
pub(super) struct Prose {
    text: String,
    inside: usize,
}

impl Prose {
    /// Takes a piece, and tells each text as soon as it is whole.
    pub fn take(&mut self, piece: &Piece<'_>, mut tell: impl FnMut(&str)) {
        match piece {
            Piece::Open(tag) => {
                if WHOLE.contains(&tag.name()) {
                    self.inside += 1;
                }
                for (name, value) in tag.each() {
                    let name = name.rsplit_once(':').map_or(name, |(_, local)| local);
                    if WRITTEN.contains(&name) {
                        tell(&value);
                    }
                }
            }
            Piece::Text(text) => self.text.push_str(text),
            Piece::Comment(text) => tell(text),
            Piece::Close(name) => {
                if WHOLE.contains(&name.name()) {
                    self.inside = self.inside.saturating_sub(1);
                }
                if (self.inside == 0 || WHOLE.contains(&name.name())) && !self.text.is_empty() {
                    tell(&self.text);
                    self.text.clear();
                }
            }
        }
    }
}
