//! Files that are the same for everyone: style sheet and script, kept by browsers until they change.

use super::sida::{Answer, Fail};
use crate::actions::hemlighet;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use rust_embed::RustEmbed;
use std::borrow::Cow;
use std::sync::LazyLock;

#[derive(RustEmbed)]
#[folder = "static"]
struct Static;

/// The style sheet: that of the documents, then what pages have beside.
static STYLE: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let own = Static::get("samsyn.css").map(|file| file.data.into_owned()).unwrap_or_default();
    [samsyn_render::html::style().as_bytes(), &own].concat()
});

/// A mark of all the contents: when any file changes, every address does.
static MARK: LazyLock<String> = LazyLock::new(|| {
    let mut all = String::from_utf8_lossy(&STYLE).into_owned();
    for name in Static::iter() {
        all.extend(Static::get(&name).map(|file| format!("{:?}", file.metadata.sha256_hash())));
    }
    hemlighet::hash_of(&all)[..12].to_owned()
});

/// Where a file is.
pub fn address(name: &str) -> String {
    format!("/statik/{}/{name}", *MARK)
}

/// A file.
pub async fn fil(Path((_, name)): Path<(String, String)>) -> Answer {
    let bytes: Cow<'static, [u8]> = match name.as_str() {
        "samsyn.css" => Cow::Borrowed(&STYLE),
        other => Static::get(other).ok_or(Fail::NotFound)?.data,
    };
    let kind = match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        _ => "text/plain; charset=utf-8",
    };
    Ok(([(CONTENT_TYPE, kind), (CACHE_CONTROL, "public, max-age=31536000, immutable")], bytes).into_response())
}

/// The sign on the browser's tab.
pub async fn favicon() -> Answer {
    let bytes = Static::get("samsyn.svg").ok_or(Fail::NotFound)?.data;
    Ok(([(CONTENT_TYPE, "image/svg+xml"), (CACHE_CONTROL, "public, max-age=86400")], bytes).into_response())
}

/// Whether the server answers.
pub async fn halsa() -> &'static str {
    "ok"
}
