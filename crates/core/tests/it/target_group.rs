//! Counting participants: the target group, among those enrolled and among all who took part.

use crate::check::{SIST, check, figures};
use crate::given::{Del, Given, anonym, forbund, kvinna, man};

const ROWS: [&str; 12] = [
    "kvinnor",
    "man",
    "under_30",
    "30_44",
    "45_59",
    "60_",
    "ingen_forsorjning",
    "forsorjning_over_3_ar",
    "hogst_grundskola",
    "gymnasium",
    "eftergymnasial",
    "utbildning_saknas_eller_okand",
];

fn alby() -> Given {
    forbund().insats("a").period("2024-01-01", "2024-12-31")
}

/// Which rows have 100 %, and which 0 %, when this is the only one.
#[track_caller]
fn is_in(del: Del, rows: &[&str]) {
    let found = figures(&alby().deltagande(del).facts, "2024-H1", SIST);
    for row in ROWS {
        let share = if rows.contains(&row) { "100" } else { "0" };
        for table in ["malgrupp", "malgrupp-deltagit"] {
            assert_eq!(found[&format!("{table}/{row}/andel")], share, "{table} {row}");
        }
    }
}

fn woman() -> Del {
    kvinna("2024-02-01").med("utbildning", "gymnasium")
}

// Age is year of inskriven minus year of birth. … under_30 (age < 30), 30_44, 45_59, 60_
#[test]
fn age_is_a_difference_of_years() {
    let born = |year: &str, row: &str| is_in(woman().med("fodelsear", year), &["kvinnor", "gymnasium", row]);
    born("1995", "under_30"); // 29
    born("1994", "30_44"); // 30
    born("1980", "30_44"); // 44
    born("1979", "45_59"); // 45
    born("1965", "45_59"); // 59
    born("1964", "60_"); // 60
    born("1900", "60_");
    born("2024", "under_30");
    is_in(woman(), &["kvinnor", "gymnasium"]);
    // Year of enrolment, not of the report.
    let earlier = alby().deltagande(kvinna("2023-12-31").med("fodelsear", "1994"));
    check(&earlier, "2024-H1", &[("malgrupp-deltagit/under_30/andel", "100"), ("malgrupp-deltagit/30_44/andel", "0")]);
}

// ingen_forsorjning, forsorjning_over_3_ar
#[test]
fn income_support_before() {
    let before = |support: &str, time: &str| woman().med("forsorjning_fore", support).med("forsorjningstid_fore", time);
    is_in(before("ingen", "ingen"), &["kvinnor", "gymnasium", "ingen_forsorjning"]);
    is_in(before("sjukpenning", "över_3_år"), &["kvinnor", "gymnasium", "forsorjning_over_3_ar"]);
    is_in(before("sjukpenning", "1-3_år"), &["kvinnor", "gymnasium"]);
    is_in(before("försörjningsstöd", "under_1_år"), &["kvinnor", "gymnasium"]);
    is_in(before("", "ingen"), &["kvinnor", "gymnasium"]);
}

// hogst_grundskola (= grundskola), gymnasium, eftergymnasial, utbildning_saknas_eller_okand
#[test]
fn education() {
    let education = |code: &str, row: &str| is_in(man("2024-02-01").med("utbildning", code), &["man", row]);
    education("grundskola", "hogst_grundskola");
    education("gymnasium", "gymnasium");
    education("eftergymnasial", "eftergymnasial");
    education("saknas_eller_okänd", "utbildning_saknas_eller_okand");
    education("", "utbildning_saknas_eller_okand");
}

// shares of all inregistrerade, and of all who deltagit (unknown included)
#[test]
fn shares_are_of_all_the_unknown_too() {
    let born = |del: Del| del.med("fodelsear", "2000");
    let given = alby()
        .deltagande(born(kvinna("2024-02-01")))
        .deltaganden(2, man("2024-02-01"))
        .deltagande(born(man("2023-02-01").ut("2024-01-01")))
        .deltagande(born(man("2023-02-01").ut("2023-12-31")))
        .deltagande(born(anonym("2024-02-01")));
    check(&given, "2024-H1", &[("malgrupp/under_30/andel", "33"), ("malgrupp-deltagit/under_30/andel", "50")]);
    check(&given, "2024-H1", &[("malgrupp/kvinnor/andel", "33"), ("malgrupp-deltagit/kvinnor/andel", "25")]);
    check(&given, "2024-H1", &[("malgrupp/man/andel", "67"), ("malgrupp-deltagit/man/andel", "75")]);
}

// An empty base gives a missing value ("–", an empty field in `siffror`), never 0.
#[test]
fn nobody_enrolled_gives_no_shares() {
    let given = alby().deltagande(kvinna("2023-02-01"));
    let (some, none) = (figures(&given.facts, "2024-H1", SIST), figures(&alby().facts, "2024-H1", SIST));
    for row in ROWS {
        assert_eq!(some[&format!("malgrupp/{row}/andel")], "", "{row}");
        assert_eq!(none[&format!("malgrupp-deltagit/{row}/andel")], "", "{row}");
    }
    check(&given, "2024-H1", &[("malgrupp-deltagit/kvinnor/andel", "100"), ("malgrupp-deltagit/man/andel", "0")]);
}
