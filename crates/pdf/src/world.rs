//! What the typesetter may see: the templates, the fonts of this crate, and one document's data. No
//! file system, no network, no clock.

use crate::data;
use samsyn_document::{Document, Look};
use std::collections::BTreeMap;
use std::sync::LazyLock;
use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::layout::Abs;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook, FontInstance, FontVariant, FontVariations};
use typst::utils::LazyHash;
use typst::{Feature, Features, Library, LibraryExt, World};

/// Regular, italic, semibold, semibold italic.
static FONT_FILES: [&[u8]; 4] = [
    include_bytes!("../fonts/Inter-Regular.otf"),
    include_bytes!("../fonts/Inter-Italic.otf"),
    include_bytes!("../fonts/Inter-SemiBold.otf"),
    include_bytes!("../fonts/Inter-SemiBoldItalic.otf"),
];

static TEMPLATES: [(&str, &str); 4] = [
    ("main.typ", include_str!("template/main.typ")),
    ("look.typ", include_str!("template/look.typ")),
    ("front.typ", include_str!("template/front.typ")),
    ("blocks.typ", include_str!("template/blocks.typ")),
];

/// What never changes: parsed once.
struct Fixed {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    faces: Vec<FontInstance>,
    sources: Vec<Source>,
}

static FIXED: LazyLock<Fixed> = LazyLock::new(|| {
    // Row headers in tables are among the features that Typst still calls experimental.
    let features: Features = [Feature::A11yExtras].into_iter().collect();
    let fonts: Vec<Font> = FONT_FILES.iter().filter_map(|file| Font::new(Bytes::new(*file), 0)).collect();
    Fixed {
        library: LazyHash::new(Library::builder().with_features(features).build()),
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        faces: fonts.iter().map(face).collect(),
        fonts,
        sources: TEMPLATES.iter().filter_map(|(name, text)| Some(Source::new(id(name)?, (*text).to_owned()))).collect(),
    }
});

/// The family's faces, to measure with: regular, italic, semibold, semibold italic.
pub(crate) fn faces() -> &'static [FontInstance] {
    &FIXED.faces
}

fn face(font: &Font) -> FontInstance {
    font.clone().instantiate(FontVariant::default(), Abs::pt(10.0), &FontVariations::default())
}

fn id(name: &str) -> Option<FileId> {
    Some(FileId::new(RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).ok()?)))
}

/// One document on its way to paper.
pub(crate) struct Paper {
    ident: String,
    files: BTreeMap<String, Bytes>,
}

impl Paper {
    pub(crate) fn new(document: &Document, look: &Look) -> Paper {
        let ident = [&document.organisation, &document.title, &document.subtitle, &document.per.to_string()];
        let ident = ident.map(String::as_str).join("\n");
        let files = data::files(document, look).into_iter().map(|(name, bytes)| (name, Bytes::new(bytes))).collect();
        Paper { ident, files }
    }

    /// Names the document among others.
    pub(crate) fn ident(&self) -> &str {
        &self.ident
    }
}

impl World for Paper {
    fn library(&self) -> &LazyHash<Library> {
        &FIXED.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FIXED.book
    }

    fn main(&self) -> FileId {
        FIXED.sources[0].id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        FIXED.sources.iter().find(|source| source.id() == id).cloned().ok_or(FileError::NotSource)
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.vpath();
        let found = self.files.get(path.get_without_slash()).cloned();
        found.ok_or_else(|| FileError::NotFound(path.get_without_slash().into()))
    }

    fn font(&self, index: usize) -> Option<Font> {
        FIXED.fonts.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}
