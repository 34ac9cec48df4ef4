//! What a row says of an exit without saying it.

use super::rader::Post;
use super::{Berattare, Del, Falt, berattare::place};
use samsyn_core::deltagande::Avslutsorsak;
use samsyn_core::uppfoljning::Rad;

/// An exit without a reason gets that of its outcome: work before studies before job-seeking. A no about what came
/// after says nothing of one who has not exited.
pub(super) fn fyll(posts: &mut [Post], deler: &[Del<'_>], told: &mut Berattare) {
    let (mut reasons, mut noes) = (Vec::new(), Vec::new());
    for (at, post) in posts.iter_mut().enumerate() {
        if post.rad.utskriven.is_none() {
            if without_noes(&mut post.rad) {
                noes.push(at);
            }
        } else if post.rad.avslutsorsak.is_none() && !post.olasta.contains(&Falt::Avslutsorsak) {
            post.rad.avslutsorsak = outcome(&post.rad);
            reasons.extend(post.rad.avslutsorsak.map(|_| at));
        }
    }
    let mut tell = |rows: &[usize], what, words: &str| {
        let Some(first) = rows.first().and_then(|at| posts.get(*at)) else { return };
        let Some(del) = deler.get(first.del) else { return };
        let many = if rows.len() == 1 {
            "En rad".to_owned()
        } else {
            format!("{} rader", samsyn_document::format::number(rows.len() as i64))
        };
        told.note(what, place(del, Some(first.rad.rad), None), format!("{many} {words}"));
    };
    tell(&reasons, "reason", "saknar avslutsorsak och får den som följer av arbete, studier eller arbetssökande.");
    tell(&noes, "noes", "utan sista dag har nej i uppgifter om avslut. De läses som tomma.");
}

fn outcome(rad: &Rad) -> Option<Avslutsorsak> {
    if rad.arbete_omfattning.is_some() {
        Some(Avslutsorsak::Arbete)
    } else if rad.studerar == Some(true) {
        Some(Avslutsorsak::Studier)
    } else if rad.arbetssokande == Some(true) {
        Some(Avslutsorsak::Arbetssokande)
    } else {
        None
    }
}

/// Takes away every no of an exit; whether there was one.
fn without_noes(rad: &mut Rad) -> bool {
    let mut any = false;
    for answer in [&mut rad.arbete_subventionerat, &mut rad.studerar, &mut rad.arbetssokande, &mut rad.plan_vid_avslut]
    {
        if *answer == Some(false) {
            *answer = None;
            any = true;
        }
    }
    any
}
