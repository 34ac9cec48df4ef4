//! A PDF as a screen reader sees it: the tree of tags with the words of its marked content.

use crate::cmap::Characters;
use lopdf::content::Content;
use lopdf::{Dictionary, Document, Object, ObjectId};
use std::collections::HashMap;
use std::rc::Rc;

/// A tag, or a piece of text when the role is empty.
#[derive(Debug, Default)]
pub struct Tag {
    pub role: String,
    pub alt: Option<String>,
    /// `Row`, `Column` or `Both` of a table header.
    pub scope: Option<String>,
    pub columns: i64,
    /// Ids of the headers that a cell names.
    pub headers: usize,
    pub text: String,
    pub inner: Vec<Tag>,
}

impl Tag {
    /// All words under the tag, in order.
    pub fn words(&self) -> String {
        self.text.clone() + &self.inner.iter().map(Tag::words).collect::<String>()
    }

    /// All tags of a role, in order.
    pub fn all<'t>(&'t self, role: &str) -> Vec<&'t Tag> {
        let mut found = Vec::new();
        self.each(&mut |tag| {
            if tag.role == role {
                found.push(tag);
            }
        });
        found
    }

    pub fn each<'t>(&'t self, see: &mut dyn FnMut(&'t Tag)) {
        see(self);
        self.inner.iter().for_each(|tag| tag.each(see));
    }
}

/// A read PDF.
pub struct Read {
    pub file: Document,
    pub tags: Tag,
    /// Text that is shown but neither in the tag tree nor an artifact.
    pub untagged: String,
    /// Text of artifacts, by page.
    pub artifacts: Vec<String>,
    /// All other text, by page.
    pub pages: Vec<String>,
}

/// Text by page and marked content id.
type Marked = HashMap<(ObjectId, i64), String>;

pub fn read(bytes: &[u8]) -> Read {
    let file = Document::load_mem(bytes).unwrap();
    let (mut marked, mut untagged, mut artifacts, mut pages) = (Marked::new(), String::new(), Vec::new(), Vec::new());
    // A font's table of characters takes time to read: once is enough.
    let mut tables = HashMap::new();
    for page in file.page_iter() {
        let mut of_page = String::new();
        let fonts = fonts(&file, page, &mut tables);
        page_text(&file, page, &fonts, &mut marked, &mut untagged, &mut of_page);
        artifacts.push(of_page);
        let mut content: Vec<(i64, &str)> =
            marked.iter().filter(|((of, _), _)| *of == page).map(|((_, id), text)| (*id, text.as_str())).collect();
        content.sort_unstable();
        pages.push(content.into_iter().map(|(_, text)| text).collect());
    }
    let root = follow(&file, file.catalog().unwrap().get(b"StructTreeRoot").unwrap()).as_dict().unwrap();
    let mut tags = Tag { role: "Root".to_owned(), ..Tag::default() };
    kids(&file, root, None, &mut marked, &mut tags);
    Read { tags, untagged, artifacts, pages, file }
}

pub fn follow<'a>(file: &'a Document, object: &'a Object) -> &'a Object {
    file.dereference(object).unwrap().1
}

pub fn string(object: &Object) -> String {
    lopdf::decode_text_string(object).unwrap()
}

fn name(dict: &Dictionary, key: &[u8]) -> Option<String> {
    dict.get(key).ok().and_then(|o| o.as_name().ok()).map(|n| String::from_utf8_lossy(n).into_owned())
}

fn kids(file: &Document, dict: &Dictionary, page: Option<ObjectId>, marked: &mut Marked, into: &mut Tag) {
    let page = dict.get(b"Pg").ok().and_then(|o| o.as_reference().ok()).or(page);
    let Ok(kids) = dict.get(b"K") else { return };
    let list = match follow(file, kids) {
        Object::Array(list) => list.clone(),
        one => vec![one.clone()],
    };
    for kid in &list {
        match follow(file, kid) {
            Object::Integer(id) => piece(marked, page, *id, into),
            Object::Dictionary(kid) => match name(kid, b"Type").as_deref() {
                Some("MCR") => {
                    let page = kid.get(b"Pg").ok().and_then(|o| o.as_reference().ok()).or(page);
                    piece(marked, page, kid.get(b"MCID").unwrap().as_i64().unwrap(), into);
                }
                Some("OBJR") => {}
                _ => {
                    let mut tag = element(file, kid);
                    self::kids(file, kid, page, marked, &mut tag);
                    into.inner.push(tag);
                }
            },
            other => panic!("{other:?}"),
        }
    }
}

fn piece(marked: &mut Marked, page: Option<ObjectId>, id: i64, into: &mut Tag) {
    let text = marked.remove(&(page.unwrap(), id)).unwrap_or_default();
    into.inner.push(Tag { text, ..Tag::default() });
}

fn element(file: &Document, dict: &Dictionary) -> Tag {
    let mut tag = Tag { role: name(dict, b"S").unwrap(), columns: 1, ..Tag::default() };
    tag.alt = dict.get(b"Alt").ok().map(|o| string(follow(file, o)));
    let attributes = match dict.get(b"A").map(|o| follow(file, o)) {
        Ok(Object::Array(list)) => list.clone(),
        Ok(one) => vec![one.clone()],
        Err(_) => Vec::new(),
    };
    for attribute in &attributes {
        let Ok(attribute) = follow(file, attribute).as_dict() else { continue };
        tag.scope = name(attribute, b"Scope").or(tag.scope);
        tag.columns = attribute.get(b"ColSpan").ok().and_then(|o| o.as_i64().ok()).unwrap_or(tag.columns);
        tag.headers = attribute.get(b"Headers").ok().and_then(|o| o.as_array().ok()).map_or(tag.headers, Vec::len);
    }
    tag
}

/// What marked content is: an id, an artifact, or something within another.
enum Mark {
    Id(i64),
    Artifact,
    Plain,
    Actual,
}

/// The fonts of a page by the names it gives them.
type Fonts = HashMap<Vec<u8>, Rc<Characters>>;

fn fonts(file: &Document, page: ObjectId, tables: &mut HashMap<*const Dictionary, Rc<Characters>>) -> Fonts {
    let read = |font: &Dictionary| Rc::new(Characters::of(file, font));
    let found = file.get_page_fonts(page).unwrap().into_iter();
    found.map(|(name, font)| (name, tables.entry(font).or_insert_with(|| read(font)).clone())).collect()
}

fn page_text(
    file: &Document,
    page: ObjectId,
    fonts: &Fonts,
    marked: &mut Marked,
    untagged: &mut String,
    artifact: &mut String,
) {
    let content = Content::decode(&file.get_page_content(page).unwrap()).unwrap();
    let (mut marks, mut font): (Vec<Mark>, Vec<u8>) = (Vec::new(), Vec::new());
    for operation in &content.operations {
        let mut put = |marks: &[Mark], text: &str| {
            for mark in marks.iter().rev() {
                match mark {
                    Mark::Id(id) => return marked.entry((page, *id)).or_default().push_str(text),
                    Mark::Artifact => return artifact.push_str(text),
                    Mark::Actual | Mark::Plain => {}
                }
            }
            untagged.push_str(text);
        };
        match operation.operator.as_str() {
            "BMC" | "BDC" => {
                let role = operation.operands[0].as_name().unwrap();
                let of = operation.operands.get(1).and_then(|o| o.as_dict().ok());
                let id = of.and_then(|of| of.get(b"MCID").ok()).and_then(|o| o.as_i64().ok());
                let actual = of.and_then(|of| of.get(b"ActualText").ok());
                if let Some(actual) = actual {
                    put(&marks, &string(actual));
                }
                marks.push(match (id, role, actual) {
                    (Some(id), _, _) => Mark::Id(id),
                    (None, b"Artifact", _) => Mark::Artifact,
                    (None, _, Some(_)) => Mark::Actual,
                    (None, _, None) => Mark::Plain,
                });
            }
            "EMC" => drop(marks.pop()),
            "Tf" => font = operation.operands[0].as_name().unwrap().to_vec(),
            "Tj" | "TJ" if !marks.iter().any(|mark| matches!(mark, Mark::Actual)) => {
                let mut pieces = operation.operands.clone();
                if let Some(Object::Array(list)) = pieces.first() {
                    pieces = list.clone();
                }
                for piece in pieces.iter().filter_map(|piece| piece.as_str().ok()) {
                    put(&marks, &fonts[&font].say(piece));
                }
            }
            _ => {}
        }
    }
}
