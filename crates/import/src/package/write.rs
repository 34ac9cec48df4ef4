//! Facts to a data package of the same form: datapackage.json and one CSV file per noun.

use super::ReceivedFile;
use crate::csv::write_cell;
use crate::descriptor::{FILE, OPTIONAL};
use samsyn_core::{Fact, Facts, for_every_noun};

/// The descriptor of every package, with places for what is the förbund's own.
const DESCRIPTOR: &str = include_str!("datapackage.json");

/// A package with all resources, of the optional ones only those with rows: semicolon, CRLF, UTF-8 without
/// byte-order mark, quotation marks only where needed. The package's name is the förbund's id.
pub fn write(facts: &Facts, title: &str) -> Vec<ReceivedFile> {
    let mut files = vec![ReceivedFile { name: FILE.to_owned(), bytes: descriptor(facts, title).into_bytes() }];
    macro_rules! each {
        ($($field:ident: $type:ty,)+) => {
            $(if !facts.$field.is_empty() || optional(<$type as Fact>::RESOURCE).is_none() {
                files.push(file(&facts.$field));
            })+
        };
    }
    for_every_noun!(each);
    files
}

fn descriptor(facts: &Facts, title: &str) -> String {
    let forbund = facts.forbund.first();
    let name = forbund.map_or_else(String::new, |forbund| forbund.forbund_id.as_str().to_lowercase());
    let about = forbund.map_or_else(String::new, |forbund| format!("Underlag för {}.", forbund.namn));
    let json = |text: &str| serde_json::Value::from(text).to_string();
    // One pass, so that a title may hold what looks like a place for something else.
    let mut text = String::with_capacity(DESCRIPTOR.len());
    let mut rest = DESCRIPTOR;
    for (mark, own) in [("\"{name}\"", name.as_str()), ("\"{title}\"", title), ("\"{description}\"", &about)] {
        if let Some((before, after)) = rest.split_once(mark) {
            text.push_str(before);
            text.push_str(&json(own));
            rest = after;
        }
    }
    let (resources, end) = rest.split_at(rest.rfind("\n ]").unwrap_or(rest.len()));
    text += resources;
    macro_rules! each {
        ($($field:ident: $type:ty,)+) => {
            $(if let Some((_, part)) = optional(<$type as Fact>::RESOURCE).filter(|_| !facts.$field.is_empty()) {
                text += ",\n";
                text += part;
            })+
        };
    }
    for_every_noun!(each);
    text + end
}

fn optional(name: &str) -> Option<&'static (&'static str, &'static str)> {
    OPTIONAL.iter().find(|(other, _)| *other == name)
}

fn file<F: Fact>(rows: &[F]) -> ReceivedFile {
    let mut text = F::FIELDS.join(";");
    text.push_str("\r\n");
    for row in rows {
        for field in 0..F::FIELDS.len() {
            if field > 0 {
                text.push(';');
            }
            write_cell(&row.cell(field), &mut text);
        }
        text.push_str("\r\n");
    }
    ReceivedFile { name: format!("{}.csv", F::RESOURCE), bytes: text.into_bytes() }
}
