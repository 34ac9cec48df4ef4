//! A user as a förbund knows it: whether it can log in, and its roles there, in words and in time.

use crate::access::Role;
use samsyn_document::Datum;
use samsyn_store::anvandare::Anvandare;
use samsyn_store::roll::Roll;

/// Whether a user can log in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lage {
    /// Has not chosen a password yet.
    Inbjuden,
    /// Can log in.
    Aktiv,
    /// May not log in.
    Avstangd,
}

impl Lage {
    /// The word that people read.
    pub fn text(self) -> &'static str {
        match self {
            Lage::Inbjuden => "inbjuden",
            Lage::Aktiv => "aktiv",
            Lage::Avstangd => "avstängd",
        }
    }
}

/// A user with its roles in the förbund, those that have ended too.
#[derive(Clone, Debug)]
pub struct Person {
    /// The user.
    pub user: Anvandare,
    /// The roles.
    pub roller: Vec<Roll>,
}

impl Person {
    /// Whether it can log in.
    pub fn lage(&self) -> Lage {
        match (&self.user.avstangd_ms, &self.user.losenord) {
            (Some(_), _) => Lage::Avstangd,
            (None, None) => Lage::Inbjuden,
            (None, Some(_)) => Lage::Aktiv,
        }
    }

    /// For how long one who can log in gives others their roles.
    pub fn behorighetsansvarig_till(&self, now_ms: i64) -> Option<i64> {
        let role = |roll: &&Roll| roll.roll == Role::Behorighetsansvarig.kod();
        let ends = self.roller.iter().filter(role).map(|roll| roll.till_ms.unwrap_or(i64::MAX));
        ends.filter(|&till| till > now_ms && self.lage() == Lage::Aktiv).max()
    }

    /// Name and address, for the log.
    pub fn i_ord(&self) -> String {
        format!("{} ({})", self.user.namn, self.user.epost)
    }
}

/// A role in words: what, for which insats, until when.
pub fn roll_i_ord(roll: &Roll, insatser: &[(String, String)], now_ms: i64) -> String {
    let mut text = Role::of_kod(&roll.roll).map_or_else(|| roll.roll.clone(), |role| role.text().to_owned());
    if !roll.insats_id.is_empty() {
        let named = insatser.iter().find(|(id, _)| *id == roll.insats_id);
        text.push_str(&format!(" för {}", named.map_or(&roll.insats_id, |(_, name)| name)));
    }
    match roll.till_ms {
        Some(till) if till <= now_ms => text.push_str(&format!(", upphörde {}", Datum::of_ms(till))),
        Some(till) => text.push_str(&format!(", till och med {}", Datum::of_ms(till))),
        None => {}
    }
    text
}

/// Whether nobody else would give roles for as long as this user does now, if this user did so only until a moment.
pub fn last(all: &[Person], nr: i64, until_ms: i64, now_ms: i64) -> bool {
    let till = |person: &Person| person.behorighetsansvarig_till(now_ms);
    let Some(now_till) = all.iter().find(|person| person.user.nr == nr).and_then(till) else { return false };
    let others = || all.iter().filter(|person| person.user.nr != nr);
    until_ms < now_till && !others().any(|person| till(person) >= Some(now_till))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(nr: i64, password: bool, till_ms: Option<i64>) -> Person {
        let losenord = password.then(String::new);
        let user =
            Anvandare { nr, epost: String::new(), namn: String::new(), losenord, skapad_ms: 0, avstangd_ms: None };
        let (roll, insats_id, given_av) = ("behorighetsansvarig".to_owned(), String::new(), String::new());
        let roll = Roll { anvandare: nr, forbund: 1, roll, insats_id, till_ms, given_ms: 0, given_av };
        Person { user, roller: vec![roll] }
    }

    #[test]
    fn somebody_always_remains_who_gives_roles() {
        let alone = [person(1, true, None)];
        assert!(last(&alone, 1, 10, 10), "taken back");
        assert!(last(&alone, 1, 500, 10), "given an end");
        assert!(!last(&alone, 1, i64::MAX, 10), "given again without end");
        let (other, invited, ends, ended) =
            (person(2, true, None), person(2, false, None), person(2, true, Some(500)), person(2, true, Some(5)));
        for (second, lone) in [(other, false), (invited, true), (ends, true), (ended, true)] {
            assert_eq!(last(&[alone[0].clone(), second.clone()], 1, 10, 10), lone, "{second:?}");
            assert!(!last(&[alone[0].clone(), second], 2, 10, 10));
        }
    }

    #[test]
    fn one_who_is_closed_keeps_nothing_going() {
        let mut closed = person(2, true, None);
        closed.user.avstangd_ms = Some(1);
        assert_eq!(closed.lage(), Lage::Avstangd);
        assert!(last(&[person(1, true, None), closed], 1, 10, 10));
    }

    #[test]
    fn a_role_is_told_with_insats_and_end() {
        let names = [("ost".to_owned(), "Bryggan".to_owned())];
        let mut roll = person(1, true, Some(1_661_896_799_999)).roller.remove(0);
        roll.roll = "insatsansvarig".to_owned();
        roll.insats_id = "ost".to_owned();
        assert_eq!(roll_i_ord(&roll, &names, 0), "Insatsansvarig för Bryggan, till och med 2022-08-30");
        assert_eq!(roll_i_ord(&roll, &[], i64::MAX), "Insatsansvarig för ost, upphörde 2022-08-30");
    }
}
