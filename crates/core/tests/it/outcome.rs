//! Counting participants: to work and studies, tables 8 and 9.

use crate::check::{INGEN, SIST, check, figures};
use crate::given::{Del, Given, anonym, forbund, kvinna, man};

fn alby() -> Given {
    forbund().insats("a").period("2024-01-01", "2024-12-31")
}

fn ut() -> Del {
    kvinna("2024-01-15").ut("2024-05-15")
}

/// What one exited woman counts as in table 9.
#[track_caller]
fn counts_as(del: Del, rows: &[&str]) {
    let found = figures(&alby().deltagande(del).facts, "2024-H1", SIST);
    for row in [
        "subventionerat_arbete",
        "ej_subventionerat_arbete",
        "arbetar_25",
        "arbetar_50",
        "arbetar_75",
        "arbetar_80",
        "arbetar_100",
        "summa_arbete",
        "studerande",
        "summa_arbete_eller_studier",
        "aktivt_arbetssokande",
    ] {
        let expected = if rows.contains(&row) { "1" } else { "0" };
        let of = |letter| found[&format!("9/{row}/{letter}")].as_str();
        assert_eq!([of("K"), of("M"), of("S")], [expected, "0", expected], "{row}");
    }
}

// *Works* = arbete_omfattning is set (25 % counts); *studies* = studerar ja; *seeks work* = arbetssokande
// ja. They may hold together, and avslutsorsak does not decide them.
#[test]
fn works_studies_and_seeks_work() {
    let works = ["summa_arbete", "summa_arbete_eller_studier"];
    for extent in ["25", "50", "75", "80", "100"] {
        counts_as(ut().arbetar(extent), &[works[0], works[1], &format!("arbetar_{extent}")]);
    }
    counts_as(ut().studerar(), &["studerande", "summa_arbete_eller_studier"]);
    counts_as(ut().soker(), &["aktivt_arbetssokande"]);
    let all = [works[0], works[1], "arbetar_25", "studerande", "aktivt_arbetssokande"];
    counts_as(ut().arbetar("25").studerar().soker(), &all);
    counts_as(ut().orsak("arbete"), &[]);
    counts_as(ut().orsak("studier"), &[]);
    counts_as(ut().orsak("arbetssökande"), &[]);
    counts_as(ut().orsak("sjukdom").studerar(), &["studerande", "summa_arbete_eller_studier"]);
    counts_as(ut().med("studerar", "nej").med("arbetssokande", "nej"), &[]);
}

#[test]
fn subsidised_work_is_work() {
    let work = |subsidised| ut().arbetar("50").med("arbete_subventionerat", subsidised);
    let rows = ["arbetar_50", "summa_arbete", "summa_arbete_eller_studier"];
    counts_as(work("ja"), &[&rows[..], &["subventionerat_arbete"]].concat());
    counts_as(work("nej"), &[&rows[..], &["ej_subventionerat_arbete"]].concat());
    counts_as(work(""), &rows);
    counts_as(ut().med("arbete_subventionerat", "ja"), &[]);
}

// over avslutade
#[test]
fn table_9_counts_those_exited_this_year_the_insatsens_avslut_too() {
    let rows = ["arbetar_100", "summa_arbete", "summa_arbete_eller_studier"];
    let work = |day: &str| kvinna("2023-01-01").ut(day).arbetar("100");
    counts_as(work("2023-12-31"), &[]);
    counts_as(work("2024-01-01"), &rows);
    counts_as(work("2024-06-30"), &rows);
    counts_as(work("2024-07-01"), &[]);
    counts_as(ut().orsak("insatsen_avslutad").arbetar("100"), &rows);
}

// till_arbete_studier: avslutade that work or study after the exit, each person once
#[test]
fn who_works_and_studies_is_counted_once() {
    let given = alby()
        .deltagande(ut().arbetar("25").studerar())
        .deltagande(ut().studerar())
        .deltagande(ut().soker())
        .deltagande(man("2024-01-15").ut("2024-05-15").arbetar("100"))
        .deltagande(man("2024-01-15"));
    let number =
        [("6/a/till_arbete_studier_K", "2"), ("6/a/till_arbete_studier_M", "1"), ("6/a/till_arbete_studier_S", "3")];
    check(&given, "2024-H1", &number);
    check(&given, "2024-H1", &[("8/a/till_arbete_studier_K", "2"), ("8/a/till_arbete_studier_S", "3")]);
    check(&given, "2024-H1", &[("8/summa/till_arbete_studier_M", "1"), ("9/summa_arbete_eller_studier/S", "3")]);
}

// An anonymous person is never exited and has no outcome.
#[test]
fn an_anonymous_person_has_no_outcome() {
    let given = alby().deltagande(anonym("2024-01-15").ut("2024-05-15").arbetar("100").studerar().soker());
    check(&given, "2024-H1", &[("9/summa_arbete/S", "0"), ("8/a/till_arbete_studier_S", "0"), ("8/a/andel_S", "")]);
}

// The **base** of shares of the exited is avslutade without those written out only because the insats
// itself ended (`insatsen_avslutad`); in table 8 and the key figures the numerators of shares are drawn
// from the base, plain counts from all avslutade
#[test]
fn table_8_divides_within_the_base_but_counts_all() {
    let given = alby()
        .deltagande(ut().arbetar("50").med("plan_vid_avslut", "ja"))
        .deltagande(ut().med("plan_vid_avslut", "nej"))
        .deltagande(ut().med("plan_vid_avslut", "ja"))
        .deltagande(ut().orsak("insatsen_avslutad").studerar().med("plan_vid_avslut", "ja"));
    check(&given, "2024-H1", &[("8/a/till_arbete_studier_K", "2"), ("8/a/andel_K", "33"), ("8/a/andel_S", "33")]);
    check(&given, "2024-H1", &[("8/a/andel_plan", "67"), ("8/summa/andel_plan", "67"), ("8/summa/andel_K", "33")]);
}

// `andel_K/M/S` of the base of that sex; `andel_plan` = plan_vid_avslut ja of the base
#[test]
fn the_share_of_a_sex_is_of_its_own_base() {
    let given = alby()
        .deltagande(ut().arbetar("50"))
        .deltaganden(3, man("2024-01-15").ut("2024-05-15"))
        .deltagande(man("2024-01-15").ut("2024-05-15").studerar());
    check(&given, "2024-H1", &[("8/a/andel_K", "100"), ("8/a/andel_M", "25"), ("8/a/andel_S", "40")]);
    check(&given, "2024-H1", &[("8/a/andel_plan", "0")]);
}

// An empty base gives a missing value ("–", an empty field in `siffror`), never 0.
#[test]
fn nobody_in_the_base_gives_no_share() {
    let given = alby().deltagande(ut().orsak("insatsen_avslutad").arbetar("100"));
    check(&given, "2024-H1", &[("8/a/till_arbete_studier_K", "1"), ("8/a/andel_K", ""), ("8/a/andel_M", "")]);
    check(
        &given,
        "2024-H1",
        &[("8/a/andel_S", ""), ("8/a/andel_plan", ""), ("8/fordelning/till_arbete_studier_M", "0")],
    );
    check(&alby(), "2024-H1", &[("8/fordelning/till_arbete_studier_K", ""), ("8/summa/andel_plan", "")]);
}

// rows `summa` (table 7 too) and `fordelning` = share of women and men of till_arbete_studier
#[test]
fn the_split_of_table_8_is_of_all_who_went_to_work_or_studies() {
    let given = alby()
        .deltaganden(2, ut().studerar())
        .deltagande(ut().orsak("insatsen_avslutad").studerar())
        .insats("b")
        .deltagande(man("2024-01-15").ut("2024-05-15").arbetar("80"));
    check(
        &given,
        "2024-H1",
        &[("8/fordelning/till_arbete_studier_K", "75"), ("8/fordelning/till_arbete_studier_M", "25")],
    );
    check(&given, "2024-H1", &[("8/summa/till_arbete_studier_S", "4"), ("6/fordelning/till_arbete_studier_K", "75")]);
    check(&given, "2024-H1", &[("8/fordelning/andel_K", INGEN)]);
}

// the shares in table 9 divide its printed counts, all avslutade. … andel_subventionerat_arbete,
// andel_ej_subventionerat_arbete, andel_deltid (under 100), andel_heltid of summa_arbete, andel_studerande
// of summa_arbete_eller_studier
#[test]
fn the_shares_of_table_9_divide_its_own_counts() {
    let given = alby()
        .deltagande(ut().arbetar("25").med("arbete_subventionerat", "ja"))
        .deltagande(ut().arbetar("80").med("arbete_subventionerat", "nej").orsak("insatsen_avslutad"))
        .deltagande(ut().arbetar("100").med("arbete_subventionerat", "nej").studerar())
        .deltagande(ut().arbetar("100"))
        .deltaganden(2, ut().studerar())
        .deltagande(ut())
        .deltagande(man("2024-01-15").ut("2024-05-15"));
    check(
        &given,
        "2024-H1",
        &[
            ("9/summa_arbete/K", "4"),
            ("9/summa_arbete_eller_studier/K", "6"),
            ("9/andel_subventionerat_arbete/K", "25"),
            ("9/andel_ej_subventionerat_arbete/K", "50"),
            ("9/andel_deltid/K", "50"),
            ("9/andel_heltid/K", "50"),
            ("9/andel_studerande/K", "50"),
            ("9/andel_heltid/M", ""),
            ("9/andel_studerande/M", ""),
            // shares by sex: the sum has none
            ("9/andel_heltid/S", INGEN),
        ],
    );
}
