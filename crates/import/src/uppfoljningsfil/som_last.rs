//! All that is kept of a file: what was read of it, as CSV with the fields' names. Of words only the codes that they
//! were read as: what somebody wrote of why a person left is not kept.

use super::del::EGNA_KOLUMNER;
use super::rader::Post;
use super::{Del, Falt};
use crate::csv::{Rows, write_cell};
use std::collections::HashSet;
use std::fmt::Write;

/// The rows, with sheet and row of the file that they stood in.
pub(super) fn som_last(posts: &[Post], deler: &[Del<'_>]) -> Vec<u8> {
    let columns = deler.iter().flat_map(|del| del.kolumner.iter().map(|kolumn| kolumn.falt));
    let told = posts.iter().flat_map(|post| post.texter.iter().map(|(falt, _)| *falt));
    let read: HashSet<Falt> = columns.chain(told).collect();
    let falt: Vec<Falt> = Falt::ALL.into_iter().filter(|falt| read.contains(falt)).collect();
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

/// The column that tells which inskrivning a row is about, so that it can be taken out with it.
pub(crate) const INSKRIVNING: &str = "inskrivning";

/// What is kept of a file, with the id of the inskrivning that each row came to be, in the order of
/// [`Last::rader`](super::Last::rader); nothing for a row that came to be none.
pub fn med_inskrivning(som_last: &[u8], ids: &[Option<&str>]) -> Vec<u8> {
    let text = String::from_utf8_lossy(som_last);
    let mut rows = Rows::new(&text);
    let mut left = String::with_capacity(text.len() + ids.len() * 24);
    let mut nr = 0;
    while rows.next_row().is_some() {
        for cell in &rows.cells {
            write_cell(cell, &mut left);
            left.push(';');
        }
        let last = if nr == 0 { INSKRIVNING } else { ids.get(nr - 1).copied().flatten().unwrap_or_default() };
        write_cell(last, &mut left);
        left.push('\n');
        nr += 1;
    }
    left.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_row_tells_which_inskrivning_it_is() {
        let kept = "blad;rad;deltagande_id;kon\n;2;7;K\n;3;\"8\n;b\";M\n".as_bytes();
        let with = med_inskrivning(kept, &[Some("hast.7"), None]);
        let told = "blad;rad;deltagande_id;kon;inskrivning\n;2;7;K;hast.7\n;3;\"8\n;b\";M;\n";
        assert_eq!(String::from_utf8(with).unwrap(), told);
    }
}
