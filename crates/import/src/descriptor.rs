//! datapackage.json: which files a package has. A Frictionless data package, of which only the name,
//! the title and each resource's name and path are read; the columns are those of the nouns.

use crate::text;
use samsyn_core::kontroll::{Collector, nearest, shown};
use samsyn_core::personnummer::contains_personnummer;
use samsyn_core::{Fact, Finding, Place, for_every_noun};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The descriptor's file name.
pub const FILE: &str = "datapackage.json";

/// What a package says of itself.
#[derive(Debug, Default)]
pub struct Descriptor {
    /// The package's name.
    pub name: String,
    /// The package's title, or its name.
    pub title: String,
    /// The path of each known resource.
    pub paths: BTreeMap<&'static str, String>,
    /// The known resources that are named, also with a path that cannot be used.
    pub named: BTreeSet<&'static str>,
}

macro_rules! resources {
    ($($field:ident: $type:ty,)+) => {
        &[$(<$type as Fact>::RESOURCE),+]
    };
}
/// Every resource that a package may have, in its order.
pub const RESOURCES: &[&str] = for_every_noun!(resources);

/// Resources that a package must have.
pub const NEEDED: [&str; 3] = ["forbund", "insatser", "insatsperioder"];

/// Resources that nothing refers to and that may be absent without being missed. Written only when they have rows,
/// each with its part of the descriptor.
pub const OPTIONAL: [(&str, &str); 16] = [
    ("slutrapporter", include_str!("package/valfria/slutrapporter.json")),
    ("partskommentarer", include_str!("package/valfria/partskommentarer.json")),
    ("kommentarer", include_str!("package/valfria/kommentarer.json")),
    ("ljusval", include_str!("package/valfria/ljusval.json")),
    ("manadsantal", include_str!("package/valfria/manadsantal.json")),
    ("avslutsantal", include_str!("package/valfria/avslutsantal.json")),
    ("medlemsavgifter", include_str!("package/valfria/medlemsavgifter.json")),
    ("planposter", include_str!("package/valfria/planposter.json")),
    ("sparandesteg", include_str!("package/valfria/sparandesteg.json")),
    ("bokslut", include_str!("package/valfria/bokslut.json")),
    ("kontosaldon", include_str!("package/valfria/kontosaldon.json")),
    ("objektsaldon", include_str!("package/valfria/objektsaldon.json")),
    ("rapportstruktur", include_str!("package/valfria/rapportstruktur.json")),
    ("projektkopplingar", include_str!("package/valfria/projektkopplingar.json")),
    ("kostnadsstallen", include_str!("package/valfria/kostnadsstallen.json")),
    ("schabloner", include_str!("package/valfria/schabloner.json")),
];

/// Whether a package says all that others may refer to: every resource that is not optional.
pub fn is_whole(present: &BTreeSet<&'static str>) -> bool {
    let optional = |name: &str| OPTIONAL.iter().any(|(other, _)| *other == name);
    RESOURCES.iter().all(|name| optional(name) || present.contains(name))
}

pub fn place() -> Place {
    Place { file: Some(FILE.to_owned()), ..Place::default() }
}

fn error(told: &mut Collector, what: &'static str, message: impl Into<String>, hint: impl Into<String>) {
    told.tell(FILE, "", what, || Finding::error(place(), message, hint));
}

/// Reads the descriptor. `None` when it is no JSON object with a list of resources.
pub fn read(bytes: &[u8], told: &mut Collector) -> Option<Descriptor> {
    let value: Value = match text::read(bytes) {
        Ok((text, _)) => match serde_json::from_str(&text) {
            Ok(value) => value,
            Err(wrong) => {
                // The parser's own words may quote the file.
                let message = format!("Filen är inte riktig JSON: rad {}, tecken {}.", wrong.line(), wrong.column());
                error(told, "json", message, "Utgå från datapackage.json i ett exporterat underlag.");
                return None;
            }
        },
        Err(_) => {
            error(told, "json", "Filen är tom eller ingen text.", "Spara den som JSON i UTF-8.");
            return None;
        }
    };
    personal(&value, told);
    let Some(resources) = value.get("resources").and_then(Value::as_array) else {
        error(told, "resources", "Listan resources saknas.", "Utgå från datapackage.json i ett exporterat underlag.");
        return None;
    };
    let text = |name: &str| value.get(name).and_then(Value::as_str).filter(|text| !contains_personnummer(text));
    let name = text("name").unwrap_or_default().to_owned();
    let title = text("title").unwrap_or(&name).to_owned();
    let mut found = Descriptor { name, title, ..Descriptor::default() };
    for resource in resources {
        one(resource, &mut found, told);
    }
    Some(found)
}

fn one(resource: &Value, found: &mut Descriptor, told: &mut Collector) {
    let Some(name) = resource.get("name").and_then(Value::as_str) else {
        error(told, "nameless", "En resurs saknar namn.", "Skriv resursens namn i name, till exempel insatser.");
        return;
    };
    let Some(known) = RESOURCES.iter().find(|known| **known == name) else {
        told.tell(FILE, "", "unknown resource", || {
            let near = nearest(name, RESOURCES.iter().copied());
            let hint = near.map_or_else(String::new, |near| format!("Menade du {near}?"));
            let message = format!("Resursen {} är okänd och läses inte.", shown(FILE, "name", name));
            Finding::warning(place(), message, hint)
        });
        return;
    };
    found.named.insert(known);
    let path = match resource.get("path") {
        Some(Value::String(path)) => path.strip_prefix("./").unwrap_or(path),
        _ => {
            let message = format!("Resursen {known} har ingen path till en fil.");
            error(told, "no path", message, format!("Skriv till exempel \"path\": \"{known}.csv\"."));
            return;
        }
    };
    if contains_personnummer(path) {
        return;
    }
    if !is_inside(path) {
        let message = format!("Resursen {known} pekar utanför katalogen: {}.", shown(FILE, "path", path));
        error(told, "path", message, "Skriv en sökväg inom katalogen, med / mellan delarna.");
    } else if found.paths.insert(known, path.to_owned()).is_some() {
        error(told, "twice", format!("Resursen {known} finns två gånger."), "Ta bort den ena.");
    }
}

/// A relative path that stays in the folder.
fn is_inside(path: &str) -> bool {
    let odd = |c: char| c.is_control() || matches!(c, '\\' | ':');
    !path.is_empty() && !path.contains(odd) && path.split('/').all(|part| !matches!(part, "" | "." | ".."))
}

/// A personnummer in any text or number of the descriptor.
fn personal(value: &Value, told: &mut Collector) {
    let mut tell = |text: &str| {
        if contains_personnummer(text) {
            let message = format!("{} är eller innehåller ett personnummer.", shown(FILE, "", text));
            error(told, "personnummer", message, "Ta bort det: personnummer får inte finnas i underlaget.");
        }
    };
    let mut left = vec![value];
    while let Some(value) = left.pop() {
        match value {
            Value::String(text) => tell(text),
            Value::Number(number) => tell(&number.to_string()),
            Value::Array(values) => left.extend(values),
            Value::Object(fields) => {
                for (name, value) in fields {
                    tell(name);
                    left.push(value);
                }
            }
            Value::Null | Value::Bool(_) => {}
        }
    }
}
