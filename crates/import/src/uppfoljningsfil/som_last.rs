//! All that is kept of a file: the columns that were read, as CSV with the fields' names.

use super::del::EGNA_KOLUMNER;
use super::rader::Post;
use super::{Del, Falt};
use crate::csv::write_cell;
use std::fmt::Write;

/// The rows, with sheet and row of the file that they stood in.
pub(super) fn som_last(posts: &[Post], deler: &[Del<'_>]) -> Vec<u8> {
    let read = |falt: &Falt| deler.iter().any(|del| del.kolumner.iter().any(|kolumn| kolumn.falt == *falt));
    let falt: Vec<Falt> = Falt::ALL.into_iter().filter(read).collect();
    let names = EGNA_KOLUMNER.into_iter().chain(falt.iter().map(|falt| falt.namn()));
    let mut text = names.collect::<Vec<_>>().join(";");
    text.push('\n');
    for post in posts {
        // A sign that no text has would make it unreadable; cells are without already.
        write_cell(&deler.get(post.del).map_or("", |del| &del.namn).replace(char::is_control, " "), &mut text);
        let _ = write!(text, ";{}", post.rad.rad);
        for falt in &falt {
            text.push(';');
            if let Some((_, cell)) = post.texter.iter().find(|(of, _)| of == falt) {
                write_cell(cell, &mut text);
            }
        }
        text.push('\n');
    }
    text.into_bytes()
}
