//! Writes the made-up document of the tests in all formats to a folder, to be looked at:
//! `cargo run -p samsyn-render --example look -- /tmp/look`

#[path = "../tests/it/sample.rs"]
mod sample;

fn main() -> std::io::Result<()> {
    let folder = std::path::PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "/tmp/look".to_owned()));
    std::fs::create_dir_all(&folder)?;
    let document = sample::document();
    std::fs::write(folder.join("exempel.html"), samsyn_render::html(&document))?;
    std::fs::write(folder.join("exempel.md"), samsyn_render::markdown(&document))?;
    std::fs::write(folder.join("exempel.json"), samsyn_render::json(&document))
}
