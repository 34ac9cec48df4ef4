//! What a row says of an exit without saying it, and where what it says does not agree.

use super::orsak::gor_ord;
use super::rader::{Post, kod};
use super::{Berattare, Del, Falt, berattare::clean, berattare::place, okanda_rubriker};
use samsyn_core::deltagande::{Avslutsorsak, Omfattning};
use samsyn_core::uppfoljning::Rad;
use samsyn_document::format;

/// What columns of their own say of one thing that a person does after.
enum Svar {
    /// Nothing.
    Inget,
    Ja,
    Nej,
    Omfattning(Omfattning),
    Olast,
}

/// Takes what the words of the reason say of work, studies and job-seeking, where no column of its own says it. A
/// column wins over the words. What was taken, as it is kept: without the words.
pub(super) fn ur_orden(
    post: &mut Post,
    del: &Del<'_>,
    gor: &[&'static str],
    words: &str,
    told: &mut Berattare,
) -> Vec<(Falt, String)> {
    let mut taken = Vec::new();
    for code in gor {
        let extent = code.strip_prefix("arbete_").and_then(Omfattning::of_kod);
        let falt = match *code {
            "studier" => Falt::Studerar,
            "arbetssökande" => Falt::Arbetssokande,
            _ => Falt::ArbeteOmfattning,
        };
        let (own, svar) = svar(post, falt);
        match (svar, falt) {
            (Svar::Inget, Falt::Studerar) => {
                post.rad.studerar = Some(true);
                taken.push((falt, "ja".to_owned()));
            }
            (Svar::Inget, Falt::Arbetssokande) => {
                post.rad.arbetssokande = Some(true);
                taken.push((falt, "ja".to_owned()));
            }
            (Svar::Inget | Svar::Ja, Falt::ArbeteOmfattning) => {
                post.rad.arbete_omfattning = extent;
                taken.extend(extent.map(|extent| (falt, kod(falt, extent.kod()))));
                if own != Falt::Arbetar {
                    taken.push((Falt::Arbetar, "ja".to_owned()));
                }
                post.arbetar = Some(true);
            }
            (Svar::Omfattning(own), _) if extent.is_none_or(|extent| extent == own) => {}
            (Svar::Nej | Svar::Omfattning(_), _) => {
                let rubrik = del.rubrik(own).unwrap_or_default();
                let (does, words) = (gor_ord(code), clean(words));
                let message = format!(
                    "Orsaken \"{words}\" säger att personen {does}, men det gör inte kolumnen. Kolumnen gäller."
                );
                let place = place(del, Some(post.rad.rad), Some(rubrik));
                told.warning("words differ", place, message, "Rätta det som är fel.");
            }
            _ => {}
        }
    }
    taken
}

/// What columns say of work, studies or job-seeking, and the one that says it.
fn svar(post: &Post, falt: Falt) -> (Falt, Svar) {
    let filled = |falt: &Falt| post.texter.iter().any(|(of, _)| of == falt);
    let of = |answer: Option<bool>| match answer {
        Some(true) => Svar::Ja,
        Some(false) => Svar::Nej,
        None => Svar::Olast,
    };
    let asked: &[Falt] = match falt {
        Falt::ArbeteOmfattning => &[Falt::ArbeteOmfattning, Falt::Sysselsattning, Falt::Arbetar],
        Falt::Studerar => &[Falt::Studerar, Falt::Sysselsattning],
        _ => &[Falt::Arbetssokande, Falt::Sysselsattning],
    };
    let Some(own) = asked.iter().copied().find(filled) else { return (falt, Svar::Inget) };
    let said = match (falt, own) {
        _ if post.olasta.contains(&own) => Svar::Olast,
        (Falt::Studerar, _) => of(post.rad.studerar),
        (Falt::Arbetssokande, _) => of(post.rad.arbetssokande),
        (_, Falt::Arbetar) => of(post.arbetar),
        _ => post.rad.arbete_omfattning.map_or(Svar::Nej, Svar::Omfattning),
    };
    (own, said)
}

/// An exit without a reason gets that of its outcome: work before studies before job-seeking. A no about what came
/// after says nothing of one who has not exited.
pub(super) fn fyll(posts: &mut [Post], deler: &[Del<'_>], told: &mut Berattare) {
    let (mut reasons, mut noes) = (Vec::new(), Vec::new());
    for (at, post) in posts.iter_mut().enumerate() {
        inget_arbete(post, deler, told);
        if post.rad.utskriven.is_none() {
            if without_noes(post) {
                noes.push(at);
            }
        } else if post.rad.avslutsorsak.is_none() && !post.olasta.contains(&Falt::Avslutsorsak) {
            post.rad.avslutsorsak = outcome(post);
            reasons.extend(post.rad.avslutsorsak.map(|_| at));
        }
    }
    let mut tell = |rows: &[usize], what, words: &str| {
        let Some(first) = rows.first().and_then(|at| posts.get(*at)) else { return };
        let Some(del) = deler.get(first.del) else { return };
        told.note(what, place(del, Some(first.rad.rad), None), format!("{} {words}", many(rows.len())));
    };
    tell(&reasons, "reason", "saknar avslutsorsak och får den som följer av arbete, studier eller arbetssökande.");
    tell(&noes, "noes", "utan sista dag har nej i uppgifter om avslut. De läses som tomma.");
    utan_orsak(posts, deler, told);
    utan_omfattning(posts, deler, told);
    utan_studier(posts, deler, told);
}

fn many(rows: usize) -> String {
    if rows == 1 { "En rad".to_owned() } else { format!("{} rader", format::number(rows as i64)) }
}

/// A no to work beside an extent of it is a mistake; the extent is not read.
fn inget_arbete(post: &mut Post, deler: &[Del<'_>], told: &mut Berattare) {
    let Some(extent) = post.rad.arbete_omfattning.filter(|_| post.arbetar == Some(false)) else { return };
    let Some(del) = deler.get(post.del) else { return };
    let message = format!("Här står att personen inte arbetar, men också hur mycket: {}.", extent.text());
    let hint = "Ta bort omfattningen, eller skriv Ja.";
    told.error("no work", place(del, Some(post.rad.rad), del.rubrik(Falt::Arbetar)), message, hint);
    post.rad.arbete_omfattning = None;
    post.olasta.push(Falt::ArbeteOmfattning);
}

/// Exits without a reason, when no column is known to tell it.
fn utan_orsak(posts: &[Post], deler: &[Del<'_>], told: &mut Berattare) {
    let known = [Falt::Avslutsorsak, Falt::Sysselsattning];
    if deler.iter().any(|del| del.egen || known.iter().any(|falt| del.rubrik(*falt).is_some())) {
        return;
    }
    let rows: Vec<&Post> =
        posts.iter().filter(|post| post.rad.utskriven.is_some() && post.rad.avslutsorsak.is_none()).collect();
    let Some((first, del)) = rows.first().and_then(|first| Some((first, deler.get(first.del)?))) else { return };
    let message = format!("{} har sista dag, men ingen kolumn säger varför.", many(rows.len()));
    let hint = format!("Säg vilken kolumn som är avslutsorsak, eller lägg till den.{}", okanda_rubriker(deler));
    told.warning("no reasons", place(del, Some(first.rad.rad), None), message, hint);
}

/// Work of which the extent is not known. doman.md: *Works* = arbete_omfattning is set.
fn utan_omfattning(posts: &[Post], deler: &[Del<'_>], told: &mut Berattare) {
    const RAKNAS_INTE: &str = "Arbete utan omfattning räknas inte som till arbete.";
    let works = |post: &&Post| {
        exited(post) && (post.arbetar == Some(true) || post.rad.avslutsorsak == Some(Avslutsorsak::Arbete))
    };
    let unread = |post: &&Post| [Falt::ArbeteOmfattning, Falt::Sysselsattning].iter().any(|f| post.olasta.contains(f));
    let rows: Vec<&Post> =
        posts.iter().filter(|post| post.rad.arbete_omfattning.is_none() && works(post) && !unread(post)).collect();
    let known = [Falt::ArbeteOmfattning, Falt::Sysselsattning];
    let column = deler.iter().any(|del| known.iter().any(|falt| del.rubrik(*falt).is_some()));
    let any = posts.iter().any(|post| post.rad.arbete_omfattning.is_some());
    if let ([first, _, ..], false, false) = (rows.as_slice(), column, any) {
        let Some(del) = deler.get(first.del) else { return };
        let message = format!("{RAKNAS_INTE} {} har arbete, men ingen kolumn säger hur mycket.", many(rows.len()));
        let hint = format!("Säg vilken kolumn som är omfattning, eller lägg till den.{}", okanda_rubriker(deler));
        return told.warning("no extents", place(del, Some(first.rad.rad), None), message, hint);
    }
    for post in rows {
        let Some(del) = deler.get(post.del) else { continue };
        let columns = [Falt::ArbeteOmfattning, Falt::Arbetar, Falt::Avslutsorsak];
        let place = place(del, Some(post.rad.rad), columns.into_iter().find_map(|falt| del.rubrik(falt)));
        told.warning("no extent", place, RAKNAS_INTE, "Skriv hur mycket, till exempel 50 %.");
    }
}

/// Exits to studies of which nothing tells that the person studies. doman.md: *studies* = studerar ja, and avslutsorsak
/// does not decide it.
fn utan_studier(posts: &[Post], deler: &[Del<'_>], told: &mut Berattare) {
    const RAKNAS_INTE: &str = "Avslutsorsaken studier räknas inte som till studier.";
    let known = [Falt::Studerar, Falt::Sysselsattning];
    let column = deler.iter().any(|del| known.iter().any(|falt| del.rubrik(*falt).is_some()));
    let reason = |post: &&Post| post.rad.avslutsorsak == Some(Avslutsorsak::Studier) && post.rad.studerar.is_none();
    let unread = |post: &&Post| known.iter().any(|falt| post.olasta.contains(falt));
    let rows: Vec<&Post> = posts.iter().filter(|post| exited(post) && reason(post) && !unread(post)).collect();
    if let (Some(first), false) = (rows.first(), column) {
        let Some(del) = deler.get(first.del) else { return };
        let message =
            format!("{RAKNAS_INTE} {} har den, men ingen kolumn säger att personen studerar.", many(rows.len()));
        let hint = format!("Säg vilken kolumn som är studier, eller lägg till den.{}", okanda_rubriker(deler));
        return told.warning("no studies", place(del, Some(first.rad.rad), None), message, hint);
    }
    for post in rows {
        let Some(del) = deler.get(post.del) else { continue };
        let columns = [Falt::Studerar, Falt::Sysselsattning, Falt::Avslutsorsak];
        let place = place(del, Some(post.rad.rad), columns.into_iter().find_map(|falt| del.rubrik(falt)));
        told.warning("no answer", place, RAKNAS_INTE, "Skriv om personen studerar efter avslutet.");
    }
}

/// Whether what became of the person is asked about: one who is still there, or only counted, has no outcome.
fn exited(post: &Post) -> bool {
    post.rad.utskriven.is_some() && post.rad.anonym != Some(true)
}

fn outcome(post: &Post) -> Option<Avslutsorsak> {
    let Post { rad, arbetar, .. } = post;
    if rad.arbete_omfattning.is_some() || *arbetar == Some(true) {
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
fn without_noes(post: &mut Post) -> bool {
    let Post { rad: Rad { arbete_subventionerat, studerar, arbetssokande, plan_vid_avslut, .. }, arbetar, .. } = post;
    let mut any = false;
    for answer in [arbete_subventionerat, studerar, arbetssokande, plan_vid_avslut, arbetar] {
        if *answer == Some(false) {
            *answer = None;
            any = true;
        }
    }
    any
}
