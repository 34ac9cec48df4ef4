use super::*;
use crate::Fact;
use crate::deltagande::{Avslutsorsak, Omfattning};
use crate::{Known, Severity};

fn day(text: &str) -> Datum {
    text.parse().unwrap()
}

fn insats() -> Id {
    Id::new("bryggan").unwrap()
}

/// A row: number, sex, year of birth, first day, last day; empty is nothing.
fn rad(number: &str, kon: Option<Kon>, year: u16, first: &str, last: &str) -> Rad {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    Rad {
        rad: 5,
        nummer: some(number),
        kon,
        fodelsear: Some(year),
        inskriven: some(first).map(|text| day(&text)),
        utskriven: some(last).map(|text| day(&text)),
        ..Rad::default()
    }
}

const K: Option<Kon> = Some(Kon::Kvinna);
const M: Option<Kon> = Some(Kon::Man);

/// What is known after these rows have been taken in on a day.
fn after(known: &[Deltagande], rows: &[Rad], dag: &str) -> Vec<Deltagande> {
    let found = jamfor(&insats(), known, rows, day(dag));
    let mut all = known.to_vec();
    for hit in found.nya.into_iter().chain(found.andrade) {
        match all.iter_mut().find(|one| one.deltagande_id == hit.efter.deltagande_id) {
            Some(one) => *one = hit.efter,
            None => all.push(hit.efter),
        }
    }
    all
}

/// Words for the findings: severity and field.
fn told(found: &Jamforelse) -> Vec<(Severity, &str)> {
    found.findings.iter().map(|one| (one.severity, one.place.column.as_deref().unwrap_or(""))).collect()
}

/// "What is new or changed is known from that day, unless a registration date in the file says otherwise."
#[test]
fn what_is_new_is_registered_on_the_day_of_the_file_unless_it_says_otherwise() {
    let rows = [
        rad("1", K, 1985, "2022-03-01", ""),
        Rad { inskriven_registrerad: Some(day("2022-03-02")), ..rad("2", M, 1990, "2022-03-01", "") },
    ];
    let known = after(&[], &rows, "2022-04-04");
    let registered: Vec<Known> = known.iter().map(Fact::registered).collect();
    assert_eq!(registered, [Known::Day(day("2022-04-04")), Known::Day(day("2022-03-02"))]);
    assert_eq!(known[0].deltagande_id.as_str(), "bryggan.1");
    let again = after(
        &known,
        &[Rad { avslutsorsak: Some(Avslutsorsak::Arbete), ..rad("1", K, 1985, "2022-03-01", "2022-05-01") }],
        "2022-05-09",
    );
    assert_eq!(again[0].utskriven_registrerad, Some(day("2022-05-09")));
    assert_eq!(again[0].inskriven_registrerad, day("2022-04-04"), "the enrolment was known before");
}

#[test]
fn the_same_file_twice_changes_nothing() {
    let rows =
        [rad("1", K, 1985, "2022-03-01", ""), rad("", M, 1990, "2022-03-01", ""), rad("", M, 1990, "2022-03-01", "")];
    let known = after(&[], &rows, "2022-04-04");
    assert_eq!(known.iter().map(nummer).collect::<Vec<_>>(), ["1", "2", "3"]);
    let found = jamfor(&insats(), &known, &rows, day("2022-09-09"));
    assert_eq!((found.nya.len(), found.andrade.len(), found.oforandrade, found.borta.len()), (0, 0, 3, 0));
}

/// A deltagande has a number given by the insats. Two insatser that count from one do not meet.
#[test]
fn two_insatser_may_use_the_same_numbers() {
    let mut other = after(&[], &[rad("1", M, 1960, "2022-01-10", "")], "2022-02-01");
    other[0].insats_id = Id::new("annan").unwrap();
    other[0].deltagande_id = Id::new("1").unwrap();
    let found = jamfor(&insats(), &other, &[rad("1", K, 1985, "2022-03-01", "")], day("2022-04-04"));
    assert_eq!((found.nya.len(), found.borta.len()), (1, 0));
    assert_eq!(found.nya[0].efter.deltagande_id.as_str(), "bryggan.1");
    // One that a package has brought keeps its id.
    other[0].insats_id = insats();
    assert_eq!(jamfor(&insats(), &other, &[rad("1", M, 1960, "2022-01-10", "")], day("2022-04-04")).oforandrade, 1);
}

/// "A row that is gone from a later file is a finding and changes nothing until a person says so."
#[test]
fn what_is_gone_is_asked_about() {
    let known = after(&[], &[rad("1", K, 1985, "2022-03-01", ""), rad("2", M, 1990, "2022-03-01", "")], "2022-04-04");
    let found = jamfor(&insats(), &known, &[rad("2", M, 1990, "2022-03-01", "")], day("2022-05-04"));
    assert_eq!(found.borta.iter().map(nummer).collect::<Vec<_>>(), ["1"]);
    assert_eq!((found.nya.len(), found.andrade.len()), (0, 0));
    let exited = after(
        &known,
        &[Rad { avslutsorsak: Some(Avslutsorsak::Flytt), ..rad("1", K, 1985, "2022-03-01", "2022-04-30") }],
        "2022-05-04",
    );
    let found = jamfor(
        &insats(),
        &exited,
        &[rad("1", K, 1985, "2022-03-01", ""), rad("2", M, 1990, "2022-03-01", "")],
        day("2022-06-04"),
    );
    assert_eq!((found.utan_avslut.len(), found.andrade.len(), found.oforandrade), (1, 0, 2));
    assert_eq!(found.utan_avslut[0].efter.avslutsorsak, None);
}

#[test]
fn a_blank_cell_says_nothing() {
    let whole = Rad {
        arbete_omfattning: Some(Omfattning::P50),
        plan_vid_avslut: Some(true),
        avslutsorsak: Some(Avslutsorsak::Arbete),
        ..rad("1", K, 1985, "2022-03-01", "2022-04-30")
    };
    let known = after(&[], &[whole], "2022-05-04");
    let found =
        jamfor(&insats(), &known, &[Rad { nummer: Some("1".into()), rad: 2, ..Rad::default() }], day("2022-06-04"));
    assert_eq!((found.oforandrade, found.andrade.len(), found.utan_avslut.len()), (1, 0, 1));
}

#[test]
fn a_number_that_has_become_another_person_is_refused() {
    let known = after(&[], &[rad("1", K, 1985, "2022-03-01", "")], "2022-04-04");
    let found = jamfor(&insats(), &known, &[rad("1", M, 1990, "2022-06-01", "")], day("2022-07-04"));
    assert_eq!(told(&found), [(Severity::Fel, "deltagande_id")]);
    let mended = jamfor(&insats(), &known, &[rad("1", M, 1985, "2022-03-02", "")], day("2022-07-04"));
    assert_eq!((mended.andrade.len(), mended.findings.len()), (1, 0), "two corrections are corrections");
}

#[test]
fn what_has_not_happened_yet_waits() {
    let rows = [
        rad("1", K, 1985, "2022-05-01", ""),
        Rad { avslutsorsak: Some(Avslutsorsak::Arbete), ..rad("2", K, 1985, "2022-03-01", "2022-05-01") },
    ];
    let found = jamfor(&insats(), &[], &rows, day("2022-04-30"));
    assert_eq!(told(&found), [(Severity::Fel, "inskriven"), (Severity::Fel, "utskriven")]);
    assert!(found.nya.is_empty());
    assert_eq!(jamfor(&insats(), &[], &rows, day("2022-05-01")).nya.len(), 2, "the day itself has come");
}

/// "anonym: only counted, never exited, no outcome"
#[test]
fn an_anonymous_one_is_never_exited() {
    let row = Rad { anonym: Some(true), studerar: Some(true), ..rad("1", None, 1985, "2022-03-01", "2022-04-30") };
    let found = jamfor(&insats(), &[], &[row], day("2022-05-01"));
    assert_eq!((found.nya[0].efter.utskriven, found.nya[0].efter.studerar), (None, None));
    assert_eq!(told(&found), [(Severity::Upplysning, "utskriven")]);
}

#[test]
fn facts_of_an_exit_without_a_last_day_are_told() {
    let reason = Rad { avslutsorsak: Some(Avslutsorsak::Arbete), ..rad("1", K, 1985, "2022-03-01", "") };
    let works = Rad { arbete_omfattning: Some(Omfattning::P25), ..rad("2", K, 1985, "2022-03-01", "") };
    let no = Rad { studerar: Some(false), arbetssokande: Some(false), ..rad("3", K, 1985, "2022-03-01", "") };
    let found = jamfor(&insats(), &[], &[reason, works, no], day("2022-05-01"));
    assert_eq!(told(&found), [(Severity::Fel, "utskriven"), (Severity::Varning, "arbete_omfattning")]);
    assert!(found.nya.iter().all(|hit| hit.efter.arbete_omfattning.is_none() && hit.efter.studerar.is_none()));
}

#[test]
fn a_cancelled_one_stays_cancelled() {
    let mut known = after(&[], &[rad("1", K, 1985, "2022-03-01", "")], "2022-04-04");
    known[0].makulerad = Some(day("2022-04-10"));
    let found = jamfor(&insats(), &known, &[rad("1", K, 1985, "2022-03-01", "")], day("2022-05-01"));
    assert_eq!(told(&found), [(Severity::Upplysning, "deltagande_id")]);
    assert!(found.borta.is_empty() && found.nya.is_empty() && found.andrade.is_empty());
}

#[test]
fn numbers_are_made_fit_and_bad_ones_are_told() {
    let rows = [
        rad("7/22 b", K, 1985, "2022-03-01", ""),
        rad(&"1".repeat(80), K, 1985, "2022-03-01", ""),
        rad("Ada", K, 1985, "2022-03-01", ""),
        rad("8", K, 1980, "", ""),
    ];
    let found = jamfor(&insats(), &[], &rows, day("2022-05-01"));
    assert_eq!(found.nya.iter().map(|hit| nummer(&hit.efter)).collect::<Vec<_>>(), ["7-22-b"]);
    let number = (Severity::Fel, "deltagande_id");
    assert_eq!(told(&found), [number, number, (Severity::Fel, "inskriven")]);
    let known = after(&[], &rows[..1], "2022-05-01");
    let again = jamfor(&insats(), &known, &rows, day("2022-05-02"));
    assert_eq!(again.oforandrade, 1, "and is found again");
    let ids: Vec<Option<&str>> = again.ids.iter().map(|id| id.as_ref().map(Id::as_str)).collect();
    assert_eq!(ids, [Some("bryggan.7-22-b"), None, None, None]);
}

#[test]
fn a_row_without_number_does_not_take_one_that_stands_further_down() {
    let rows =
        [rad("", K, 1985, "2022-03-01", ""), rad("1", M, 1990, "2022-03-02", ""), rad("", K, 1970, "2022-03-03", "")];
    let found = jamfor(&insats(), &[], &rows, day("2022-05-01"));
    assert_eq!(found.nya.iter().map(|hit| nummer(&hit.efter)).collect::<Vec<_>>(), ["2", "1", "3"]);
    assert_eq!(told(&found), []);
}

/// A corrected last day that lies after the registration is registered with the file: it cannot have been known before.
#[test]
fn a_day_that_is_moved_on_is_registered_with_the_file() {
    let exit = |last| Rad { avslutsorsak: Some(Avslutsorsak::Arbete), ..rad("1", K, 1985, "2022-03-01", last) };
    let known = after(&[], &[exit("2022-06-01")], "2022-06-02");
    let moved = after(&known, &[exit("2022-06-15")], "2022-07-04");
    assert_eq!(moved[0].utskriven_registrerad, Some(day("2022-07-04")));
    let back = after(&known, &[exit("2022-05-15")], "2022-07-04");
    assert_eq!(back[0].utskriven_registrerad, Some(day("2022-06-02")), "known then, and corrected now");
}

#[test]
fn a_cancelled_one_is_found_again_without_its_number() {
    let twice = [rad("", K, 1985, "2022-03-01", ""), rad("", K, 1985, "2022-03-01", "")];
    let mut known = after(&[], &twice, "2022-04-04");
    known[1].makulerad = Some(day("2022-04-10"));
    let found = jamfor(&insats(), &known, &twice, day("2022-05-01"));
    assert_eq!((found.nya.len(), found.oforandrade, told(&found)), (0, 1, vec![(Severity::Varning, "deltagande_id")]));
}

/// "a person without consent or with protected identity: only counted"
#[test]
fn of_one_who_is_only_counted_nothing_else_is_kept() {
    let row = Rad { anonym: Some(true), ..rad("", K, 1985, "2022-03-01", "") };
    let known = after(&[], std::slice::from_ref(&row), "2022-04-04");
    assert_eq!((known[0].kon, known[0].fodelsear), (None, None));
    assert_eq!(jamfor(&insats(), &known, &[row], day("2022-05-01")).oforandrade, 1);
}

#[test]
fn a_list_sorted_without_its_numbers_is_asked_about() {
    let known = after(&[], &[rad("1", K, 1985, "2022-03-01", "")], "2022-04-04");
    let found = jamfor(&insats(), &known, &[rad("1", K, 1990, "2022-05-01", "")], day("2022-06-01"));
    assert_eq!(told(&found), [(Severity::Varning, "deltagande_id")]);
}

/// One who looks like somebody cancelled is another person, or the same who came after all: never dropped.
#[test]
fn one_without_a_number_who_looks_like_a_cancelled_one_is_new() {
    let mut known = after(&[], &[rad("1", K, 1985, "2022-03-01", "")], "2022-03-01");
    known[0].makulerad = Some(day("2022-03-05"));
    let found = jamfor(&insats(), &known, &[rad("", K, 1985, "2022-03-01", "")], day("2022-04-01"));
    assert_eq!(found.nya.iter().map(|hit| hit.efter.deltagande_id.as_str()).collect::<Vec<_>>(), ["bryggan.2"]);
    assert_eq!(told(&found), [(Severity::Varning, "inskriven")]);
    // By its number it is the cancelled one.
    let found = jamfor(&insats(), &known, &[rad("1", K, 1985, "2022-03-01", "")], day("2022-04-01"));
    assert!(found.nya.is_empty() && told(&found) == [(Severity::Upplysning, "deltagande_id")]);
}
