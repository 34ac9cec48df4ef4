//! The zip archive that a Word document is: its parts, their content types and their relations.

use super::error::DocxError;
use super::xml::{self, Element, Node};
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// The largest archive that is read, packed and unpacked, and the most parts.
const MAX_PACKED: usize = 20 * 1024 * 1024;
const MAX_UNPACKED: u64 = 100 * 1024 * 1024;
const MAX_PARTS: usize = 4_000;

pub(super) const TYPES: &str = "[Content_Types].xml";
const TYPES_NS: &str = "http://schemas.openxmlformats.org/package/2006/content-types";
const RELATIONS_NS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
/// What the types of the relations between parts begin with.
pub(super) const RELATION: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/";

/// The parts by name, in the order of the archive.
#[derive(Clone, Debug, Default)]
pub(super) struct Package {
    parts: Vec<(String, Vec<u8>)>,
}

impl Package {
    /// Unpacks an archive, within the limits.
    pub(super) fn read(bytes: &[u8]) -> Result<Package, DocxError> {
        if bytes.len() > MAX_PACKED {
            return Err(DocxError::TooLarge);
        }
        if bytes.starts_with(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") {
            return Err(DocxError::Ole);
        }
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| DocxError::NoArchive)?;
        if archive.len() > MAX_PARTS {
            return Err(DocxError::TooLarge);
        }
        let mut package = Package::default();
        let mut left = MAX_UNPACKED;
        for index in 0..archive.len() {
            let number = || (index + 1).to_string();
            let mut file = archive.by_index(index).map_err(|_| DocxError::Part(number()))?;
            let name = file.name().map_err(|_| DocxError::Part(number()))?.replace('\\', "/");
            if file.is_dir() {
                continue;
            }
            let strange = name.starts_with('/') || name.split('/').any(|step| matches!(step, "" | "." | ".."));
            if strange || package.part(&name).is_some() || file.encrypted() {
                return Err(DocxError::Part(name));
            }
            // The size that the archive states is not to be trusted.
            let mut content = Vec::new();
            let read = file.by_ref().take(left + 1).read_to_end(&mut content);
            if content.len() as u64 > left {
                return Err(DocxError::TooLarge);
            }
            read.map_err(|_| DocxError::Part(name.clone()))?;
            left -= content.len() as u64;
            package.parts.push((name, content));
        }
        Ok(package)
    }

    /// Packs the parts. The same parts give the same bytes: no clock is read.
    pub(super) fn write(&self) -> Vec<u8> {
        let size = self.parts.iter().map(|(_, content)| content.len() / 3).sum::<usize>();
        let mut archive = ZipWriter::new(Cursor::new(Vec::with_capacity(size)));
        // Content types come first, as Word writes them and some readers want them.
        let first = self.parts.iter().filter(|(name, _)| name == TYPES);
        for (name, content) in first.chain(self.parts.iter().filter(|(name, _)| name != TYPES)) {
            let packed = [".png", ".jpg", ".jpeg"].iter().any(|ending| name.to_lowercase().ends_with(ending));
            let method = if packed { CompressionMethod::Stored } else { CompressionMethod::Deflated };
            let options = SimpleFileOptions::default()
                .compression_method(method)
                .last_modified_time(zip::DateTime::DEFAULT)
                .unix_permissions(0o644);
            // Writing to memory fails only for archives beyond four gigabytes, which parts never make.
            let _ = archive.start_file(name.as_str(), options);
            let _ = archive.write_all(content);
        }
        archive.finish().map(Cursor::into_inner).unwrap_or_default()
    }

    pub(super) fn part(&self, name: &str) -> Option<&[u8]> {
        self.parts.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, content)| content.as_slice())
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().map(|(name, _)| name.as_str())
    }

    /// Puts a part in, in place of the one of that name.
    pub(super) fn put(&mut self, name: &str, content: Vec<u8>) {
        match self.parts.iter_mut().find(|(known, _)| known.eq_ignore_ascii_case(name)) {
            Some((_, old)) => *old = content,
            None => self.parts.push((name.to_owned(), content)),
        }
    }

    /// A name like the wished one that no part has: `word/media/bild.png`, then `word/media/bild1.png`.
    pub(super) fn free_name(&self, stem: &str, ending: &str) -> String {
        let names = (0..).map(|n| if n == 0 { format!("{stem}{ending}") } else { format!("{stem}{n}{ending}") });
        names.into_iter().find(|name| self.part(name).is_none()).unwrap_or_default()
    }

    /// A part as XML; an empty `root` when there is none.
    pub(super) fn xml(&self, name: &str, root: impl FnOnce() -> Element) -> Result<Element, DocxError> {
        match self.part(name) {
            Some(content) => xml::parse(content).ok_or_else(|| DocxError::Xml(name.to_owned())),
            None => Ok(root()),
        }
    }

    pub(super) fn types(&self) -> Result<Element, DocxError> {
        self.xml(TYPES, || Element::new("Types", &[("xmlns", TYPES_NS)]))
    }

    /// The relations of a part; those of the package when `part` is empty.
    pub(super) fn relations(&self, part: &str) -> Result<Relations, DocxError> {
        let none = Relations::none(part);
        let root = self.xml(&none.name, || none.root.clone())?;
        Ok(Relations { root, ..none })
    }

    pub(super) fn put_relations(&mut self, relations: &Relations) {
        self.put(&relations.name, relations.root.to_part());
    }
}

/// Tells what kind of content a part has.
pub(super) fn set_type(types: &mut Element, part: &str, content_type: &str) {
    let path = format!("/{part}");
    let known = types.elements_mut().find(|element| {
        element.is("Override") && element.attribute("PartName").is_some_and(|name| name.eq_ignore_ascii_case(&path))
    });
    match known {
        Some(element) => element.set("ContentType", content_type),
        None => {
            let element = Element::new("Override", &[("PartName", &path), ("ContentType", content_type)]);
            types.children.push(Node::Element(element));
        }
    }
}

/// Tells what kind of content the files with an ending have, unless that is already told.
pub(super) fn set_default(types: &mut Element, ending: &str, content_type: &str) {
    let known = types.elements().any(|element| {
        element.is("Default") && element.attribute("Extension").is_some_and(|e| e.eq_ignore_ascii_case(ending))
    });
    if !known {
        let element = Element::new("Default", &[("Extension", ending), ("ContentType", content_type)]);
        types.children.insert(0, Node::Element(element));
    }
}

/// The relations of one part to others.
#[derive(Clone, Debug)]
pub(super) struct Relations {
    /// The name of the part that holds them.
    name: String,
    /// The folder that targets are named from.
    folder: String,
    root: Element,
}

impl Relations {
    /// No relations yet, of a part; of the package when `part` is empty.
    pub(super) fn none(part: &str) -> Relations {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let slash = if folder.is_empty() { "" } else { "/" };
        let name = format!("{folder}{slash}_rels/{file}.rels");
        Relations { name, folder: folder.to_owned(), root: Element::new("Relationships", &[("xmlns", RELATIONS_NS)]) }
    }

    /// The part that the first relation of a kind, such as `styles`, leads to.
    pub(super) fn target(&self, kind: &str) -> Option<String> {
        let suffix = format!("/{kind}");
        let is_one = |element: &&Element| {
            element.attribute("Type").is_some_and(|known| known.ends_with(&suffix))
                && element.attribute("TargetMode") != Some("External")
        };
        self.root.elements().find(is_one)?.attribute("Target").map(|target| self.resolve(target))
    }

    /// A target as the name of a part.
    fn resolve(&self, target: &str) -> String {
        if let Some(absolute) = target.strip_prefix('/') {
            return absolute.to_owned();
        }
        let mut steps: Vec<&str> = self.folder.split('/').filter(|step| !step.is_empty()).collect();
        for step in target.split('/') {
            match step {
                "" | "." => {}
                ".." => drop(steps.pop()),
                step => steps.push(step),
            }
        }
        steps.join("/")
    }

    /// A new relation to a part; gives its id.
    pub(super) fn add(&mut self, kind: &str, part: &str) -> String {
        let taken = |id: &str| self.root.elements().any(|element| element.attribute("Id") == Some(id));
        let id = (1..).map(|n| format!("rId{n}")).find(|id| !taken(id)).unwrap_or_default();
        let relation = if kind.contains(':') { kind.to_owned() } else { format!("{RELATION}{kind}") };
        let inside = part.strip_prefix(&self.folder).map(|rest| rest.trim_start_matches('/').to_owned());
        let target = inside.unwrap_or_else(|| format!("/{part}"));
        let element = Element::new("Relationship", &[("Id", &id), ("Type", &relation), ("Target", &target)]);
        self.root.children.push(Node::Element(element));
        id
    }
}
