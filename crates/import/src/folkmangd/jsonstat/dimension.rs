//! The dimensions of a JSON-stat table. Nothing is set aside for what a table only claims to hold.

use crate::folkmangd::delning::Kategori;
use samsyn_core::kontroll::shown;
use serde_json::Value;

/// A dimension.
pub(super) struct Dimension {
    pub id: String,
    label: String,
    /// Code and label of each category, in the order of the numbers. The label is the code where there is none.
    pub kategorier: Vec<(String, String)>,
    /// How far apart the numbers of two categories in a row stand.
    pub steg: usize,
}

impl Dimension {
    /// Whether its id or its label is one of the names.
    pub fn is_called(&self, names: &[&str]) -> bool {
        [&self.id, &self.label].iter().any(|own| names.contains(&own.to_lowercase().as_str()))
    }

    /// Its categories, borrowed.
    pub fn borrowed(&self) -> Vec<Kategori<'_>> {
        self.kategorier.iter().map(|(code, label)| (code.as_str(), label.as_str())).collect()
    }
}

/// The id of the dimension that has a role, `geo` or `time`.
pub(super) fn role<'j>(root: &'j Value, what: &str) -> Option<&'j str> {
    root.get("role")?.get(what)?.get(0)?.as_str()
}

/// The dimensions in their order. Errors: a Swedish sentence of what does not hold together.
pub(super) fn dimensioner(root: &Value, max_numbers: usize) -> Result<Vec<Dimension>, String> {
    let list = |name: &str| root.get(name).and_then(Value::as_array).ok_or(format!("Listan {name} saknas."));
    let (ids, sizes) = (list("id")?, list("size")?);
    let size = |size: &Value| size.as_u64().and_then(|size| usize::try_from(size).ok());
    let sizes: Vec<usize> = sizes.iter().map_while(size).collect();
    if sizes.len() != ids.len() {
        return Err("Tabellens storlek stämmer inte med dess dimensioner.".to_owned());
    }
    let product = sizes.iter().try_fold(1usize, |product, size| product.checked_mul(*size));
    let Some(mut steg) = product.filter(|product| *product <= max_numbers) else {
        let most = samsyn_document::format::number(max_numbers as i64);
        return Err(format!("Tabellen har fler än {most} värden."));
    };
    let mut all: Vec<Dimension> = Vec::with_capacity(ids.len());
    for (id, size) in ids.iter().zip(sizes) {
        let id = id.as_str().unwrap_or_default();
        let named = || shown("folkmangd", "dimension", id);
        if all.iter().any(|other| other.id == id) {
            return Err(format!("Dimensionen {} finns två gånger.", named()));
        }
        let about = root
            .get("dimension")
            .and_then(|all| all.get(id))
            .ok_or_else(|| format!("Dimensionen {} saknas.", named()))?;
        let kategorier = about.get("category").and_then(|category| kategorier(category, size));
        let kategorier = kategorier.ok_or_else(|| format!("Kategorierna i dimensionen {} stämmer inte.", named()))?;
        steg = steg.checked_div(size).unwrap_or(0);
        let label = about.get("label").and_then(Value::as_str).unwrap_or_default().to_owned();
        all.push(Dimension { id: id.to_owned(), label, kategorier, steg });
    }
    Ok(all)
}

/// The categories by `index`, a list of codes or a place for each code; a single one may stand under `label` alone.
/// `None` when they are not as many as the size says, each with a place of its own.
fn kategorier(category: &Value, size: usize) -> Option<Vec<(String, String)>> {
    let labels = category.get("label").and_then(Value::as_object);
    let named = |code: &str| {
        let label = labels.and_then(|labels| labels.get(code)).and_then(Value::as_str).unwrap_or(code);
        (code.to_owned(), label.to_owned())
    };
    match category.get("index") {
        Some(Value::Array(codes)) if codes.len() == size => codes.iter().map(|code| code.as_str().map(named)).collect(),
        Some(Value::Object(places)) if places.len() == size => {
            let mut all: Vec<Option<(String, String)>> = vec![None; size];
            for (code, place) in places {
                *all.get_mut(usize::try_from(place.as_u64()?).ok()?)? = Some(named(code));
            }
            all.into_iter().collect()
        }
        None if size == 1 => labels.filter(|labels| labels.len() == 1)?.keys().map(|code| Some(named(code))).collect(),
        _ => None,
    }
}
