//! Rows with the same number: the same row twice, two sheets that tell of one inskrivning, or a mistake.

use super::rader::Post;
use super::{Berattare, Del, Falt, berattare::place};
use samsyn_core::uppfoljning::Rad;
use std::collections::HashMap;

/// Drops rows that say the same as an earlier one, joins those that two sheets share, and tells of the others.
pub(super) fn samla(posts: Vec<Post>, deler: &[Del<'_>], told: &mut Berattare) -> Vec<Post> {
    let mut kept: Vec<Post> = Vec::with_capacity(posts.len());
    let mut by_number: HashMap<String, usize> = HashMap::new();
    let mut joined = 0u64;
    for post in posts {
        let Some(number) = post.rad.nummer.as_ref().map(|number| number.to_lowercase()) else {
            kept.push(post);
            continue;
        };
        let Some(first) = by_number.get(&number).and_then(|at| kept.get_mut(*at)) else {
            by_number.insert(number, kept.len());
            kept.push(post);
            continue;
        };
        let Some(del) = deler.get(post.del) else { continue };
        if del.egen {
            // What was kept is not sifted once more.
            if !alike(first, &post) {
                twice(first, &post, deler, told);
                twice(&post, first, deler, told);
            }
            kept.push(post);
        } else if alike(first, &post) {
            let message = format!("Raden säger detsamma som {} och läses inte.", row(first, del, deler));
            told.note("same", place(del, Some(post.rad.rad), None), message);
        } else if let Some(rad) = both(&first.rad, &post.rad).filter(|_| first.del != post.del) {
            join(first, post, rad);
            joined += 1;
        } else {
            twice(first, &post, deler, told);
            twice(&post, first, deler, told);
            kept.push(post);
        }
    }
    if let Some(del) = deler.first().filter(|_| joined > 0) {
        let message = format!(
            "{} står på två blad som säger olika delar om samma inskrivning, och läses som en.",
            if joined == 1 { "Ett nummer".to_owned() } else { format!("{joined} nummer") }
        );
        told.note("joined", place(del, None, del.rubrik(Falt::Nummer)), message);
    }
    kept
}

/// Whether two rows say the same.
fn alike(first: &Post, post: &Post) -> bool {
    (Rad { rad: first.rad.rad, ..post.rad.clone() }) == first.rad && first.arbetar == post.arbetar
}

/// Makes the first post that of both; of a field that only one of them could read, that one's words are kept.
fn join(first: &mut Post, post: Post, rad: Rad) {
    first.rad = rad;
    first.arbetar = first.arbetar.or(post.arbetar);
    for (falt, text) in post.texter {
        let unread = post.olasta.contains(&falt);
        match first.texter.iter_mut().find(|(old, _)| *old == falt) {
            None => {
                first.texter.push((falt, text));
                first.olasta.extend(unread.then_some(falt));
            }
            Some((_, old)) if first.olasta.contains(&falt) && !unread => {
                *old = text;
                first.olasta.retain(|unread| *unread != falt);
            }
            Some(_) => {}
        }
    }
}

/// Where another row stands: with its sheet when that is another.
fn row(post: &Post, here: &Del<'_>, deler: &[Del<'_>]) -> String {
    match deler.get(post.del).filter(|del| del.namn != here.namn) {
        Some(other) => format!("rad {} på bladet {}", post.rad.rad, super::berattare::clean(&other.namn)),
        None => format!("rad {}", post.rad.rad),
    }
}

fn twice(post: &Post, other: &Post, deler: &[Del<'_>], told: &mut Berattare) {
    let Some(del) = deler.get(post.del) else { return };
    let place = place(del, Some(post.rad.rad), del.rubrik(Falt::Nummer));
    let message = format!("Samma nummer som {}, men uppgifterna är olika.", row(other, del, deler));
    let hint = "Rätta den ena raden. Är det två inskrivningar, så ge den andra ett eget nummer, till exempel 7b.";
    told.error("twice", place, message, hint);
}

/// One row of two that do not contradict each other; the first row's place.
fn both(a: &Rad, b: &Rad) -> Option<Rad> {
    macro_rules! joined {
        ($($field:ident),+ $(,)?) => {
            Some(Rad {
                rad: a.rad,
                nummer: a.nummer.clone(),
                $($field: match (a.$field, b.$field) {
                    (Some(one), Some(other)) if one != other => return None,
                    (one, other) => one.or(other),
                },)+
            })
        };
    }
    joined!(
        kon,
        fodelsear,
        inskriven,
        inskriven_registrerad,
        utbildning,
        forsorjning_fore,
        forsorjningstid_fore,
        utskriven,
        utskriven_registrerad,
        avslutsorsak,
        arbete_omfattning,
        arbete_subventionerat,
        studerar,
        arbetssokande,
        plan_vid_avslut,
        forsorjning_efter,
        anonym,
    )
}
