//! Chains: insatser that continue an earlier one and are counted with it.

use crate::insats::Insats;
use std::collections::HashMap;

/// For each insats, in the order given, the index of its chain's earliest link, whose name the chain
/// has; an insats alone is a chain of one. A link to an unknown insats counts as none.
///
/// `Err` with the indices of the insatser that lie in a cycle or lead to one.
pub fn earliest_links(insatser: &[Insats]) -> Result<Vec<usize>, Vec<usize>> {
    let index: HashMap<_, _> = insatser.iter().enumerate().map(|(i, insats)| (&insats.insats_id, i)).collect();
    let before: Vec<Option<usize>> =
        insatser.iter().map(|insats| insats.redovisas_med.as_ref().and_then(|id| index.get(id).copied())).collect();
    // Every link is walked once: `None` not yet, `Some(None)` on the way or in a cycle.
    let mut found: Vec<Option<Option<usize>>> = vec![None; insatser.len()];
    for start in 0..insatser.len() {
        let mut walked = Vec::new();
        let mut link = start;
        let earliest = loop {
            if let Some(known) = found[link] {
                break known;
            }
            found[link] = Some(None);
            walked.push(link);
            match before[link] {
                Some(earlier) => link = earlier,
                None => break Some(link),
            }
        };
        walked.into_iter().for_each(|link| found[link] = Some(earliest));
    }
    let links: Vec<Option<usize>> = found.into_iter().map(Option::flatten).collect();
    let cyclic: Vec<usize> = (0..links.len()).filter(|&i| links[i].is_none()).collect();
    if cyclic.is_empty() { Ok(links.into_iter().flatten().collect()) } else { Err(cyclic) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Id, insats::InsatsTyp};

    fn chain(links: &[(&str, Option<&str>)]) -> Result<Vec<usize>, Vec<usize>> {
        let id = |text: &str| Id::new(text).unwrap();
        let insatser: Vec<Insats> = links
            .iter()
            .map(|(own, before)| Insats {
                insats_id: id(own),
                insatsagare: "Alby".into(),
                namn: (*own).into(),
                kortnamn: None,
                typ: InsatsTyp::Individ,
                inriktning: None,
                redovisas_med: before.map(id),
                forvantat_antal_per_ar: None,
            })
            .collect();
        earliest_links(&insatser)
    }

    /// `redovisas_med` names an earlier insats that this one continues; the chain's name is its
    /// earliest link. Cycles are an error; an insats alone is a chain of one.
    #[test]
    fn a_chain_has_the_name_of_its_earliest_link() {
        assert_eq!(chain(&[("a", None), ("c3", Some("c2")), ("c1", None), ("c2", Some("c1"))]), Ok(vec![0, 2, 2, 2]));
        assert_eq!(chain(&[("a", Some("b")), ("b", Some("a")), ("c", Some("a")), ("d", None)]), Err(vec![0, 1, 2]));
        assert_eq!(chain(&[("a", Some("a"))]), Err(vec![0]));
    }
}
