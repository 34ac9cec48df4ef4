//! A text held against the figures: what is pointed out, and what is left in peace. The sentences are made up; the
//! figures are those of the demo's first half-year 2022.

use crate::given::{forbund, kvinna, man, of};
use samsyn_core::calc::Rakning;
use samsyn_core::rapport::granska::{Anmarkning, Granskare, granska};
use samsyn_core::rapport::pm::pm;
use samsyn_core::underlag::Underlag;
use samsyn_document::{Block, Section, Value, format};
use samsyn_import::package::{Limits, parse, read_dir};
use std::path::Path;
use std::sync::LazyLock;

/// The demo's underlag as known at the end of `per`.
fn demo(per: &str) -> Underlag {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo");
    let files = read_dir(&folder, &Limits::default()).unwrap();
    let facts = parse(&files, &Limits::default(), of("2026-01-01")).facts.unwrap();
    Underlag::new(facts.known_at(of(per)), of(per))
}

fn granskare(period: &str, per: &str) -> Granskare {
    let underlag = demo(per);
    Granskare::new(&Rakning::new(&underlag, period.parse().unwrap()))
}

static FORSTA_2022: LazyLock<Granskare> = LazyLock::new(|| granskare("2022-H1", "2022-08-30"));
static ANDRA_2022: LazyLock<Granskare> = LazyLock::new(|| granskare("2022-H2", "2023-03-01"));

/// What is written, and what would stand there instead; `-` when no figure is offered.
fn told(remarks: &[Anmarkning]) -> Vec<(String, String)> {
    let markup = |remark: &Anmarkning| remark.ratt.as_ref().map_or("-".to_owned(), |ratt| ratt.markup.clone());
    remarks.iter().map(|remark| (remark.skrivet.clone(), markup(remark))).collect()
}

/// Each text with what is pointed out in it.
#[track_caller]
fn check(granskare: &Granskare, cases: &[(&str, &[(&str, &str)])]) {
    let mut wrong = Vec::new();
    for (text, expected) in cases {
        let found = granskare.granska(text);
        for remark in &found {
            assert_eq!(text[remark.plats.clone()], remark.skrivet);
        }
        let expected: Vec<_> = expected.iter().map(|(a, b)| ((*a).to_owned(), (*b).to_owned())).collect();
        if told(&found) != expected {
            wrong.push(format!("{text}\n   {:?}", found.iter().map(|r| (&r.varfor, &r.ratt)).collect::<Vec<_>>()));
        }
    }
    assert!(wrong.is_empty(), "{} av {}:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}

/// Texts in which nothing is pointed out.
#[track_caller]
fn silent(granskare: &Granskare, texts: &[&str]) {
    check(granskare, &texts.iter().map(|text| (*text, &[][..])).collect::<Vec<_>>());
}

#[test]
fn a_count_of_people_that_differs_is_pointed_out() {
    check(
        &FORSTA_2022,
        &[
            ("Totalt har 278 personer deltagit i insatserna.", &[("278", "{nyckeltal/deltagit/antal}")]),
            (
                "Vi har under våren haft mycket att göra. Insatserna har haft 278 deltagare.",
                &[("278", "{nyckeltal/deltagit/antal}")],
            ),
            ("Hittills i år har 240 deltagare skrivits in.", &[("240", "{nyckeltal/inskrivna/antal}")]),
            ("Antalet inskrivna var 240.", &[("240", "{nyckeltal/inskrivna/antal}")]),
            ("Antalet inregistrerade kvinnor uppgick till 110.", &[("110", "{6/summa/inregistrerade_K}")]),
            ("Under halvåret avslutades 95 deltagare.", &[("95", "{nyckeltal/avslutade/antal}")]),
            ("I juni fanns 190 pågående deltagare.", &[("190", "{6/summa/pagaende_S}")]),
            ("Nio personer registrerades anonymt.", &[("Nio", "{Ord nyckeltal/anonyma/antal}")]),
            (
                "Av de 90 avslutade har 60 gått till arbete eller studier.",
                &[("90", "{nyckeltal/avslutade/antal}"), ("60", "{6/summa/till_arbete_studier_S}")],
            ),
            (
                "Av de avslutade gick 35 kvinnor och 32 män till arbete eller studier.",
                &[("35", "{6/summa/till_arbete_studier_K}")],
            ),
            (
                "Bland kvinnorna som arbetar har elva kvinnor ett subventionerat arbete.",
                &[("elva", "{ord 9/subventionerat_arbete/K}")],
            ),
            ("Det har skrivits in 233 deltagare och 93 avslutats.", &[("93", "{nyckeltal/avslutade/antal}")]),
        ],
    );
}

#[test]
fn an_insats_in_the_sentence_is_what_the_number_is_about() {
    check(
        &FORSTA_2022,
        &[
            ("Bryggan hade 25 pågående deltagare vid halvårsskiftet.", &[("25", "{6/ost-bryggan/pagaende_S}")]),
            (
                "I *Bryggan* (Östhammar) har tolv deltagare avslutats och 17 skrivits in.",
                &[("17", "{6/ost-bryggan/inregistrerade_S}")],
            ),
            ("Bryggans förbrukningskvot är 85 procent.", &[("85 procent", "{4/ost-bryggan/forbrukningskvot}")]),
            ("Framsteget 2.0 har använt 1 480 tkr.", &[("1 480 tkr", "{4/hab-framsteget/ack_utfall_tkr}")]),
            (
                "## Bryggan\n\nTolv män har skrivits in. Tre kvinnor har avslutats.",
                &[("Tre", "{Ord 6/ost-bryggan/avslutade_K}")],
            ),
        ],
    );
    silent(
        &FORSTA_2022,
        &[
            "Bryggan hade 27 pågående deltagare, varav 5 kvinnor.",
            "Bryggan och Framsteget har 30 deltagare inskrivna.",
            "I Bryggan har tolv deltagare avslutats. Totalt har 92 deltagare avslutats i alla insatser.",
        ],
    );
}

#[test]
fn a_share_that_differs_is_pointed_out_with_its_unit() {
    check(
        &FORSTA_2022,
        &[
            (
                "Andelen som gick till arbete eller studier var 65 procent.",
                &[("65 procent", "{nyckeltal/till_arbete_studier/andel}")],
            ),
            ("Av de avslutade gick 65% till arbete/studier.", &[("65%", "{nyckeltal/till_arbete_studier/andel}")]),
            ("95\u{a0}% av de avslutade hade en plan.", &[("95\u{a0}%", "{8/summa/andel_plan}")]),
            ("Förbrukningskvoten är 77 %.", &[("77 %", "{4/summa/forbrukningskvot}")]),
            ("- 40 % är kvinnor\n- 52 % är män", &[("40 %", "{malgrupp/kvinnor/andel}")]),
            ("Av de inskrivna är 55 procent yngre än 30 år.", &[("55 procent", "{malgrupp/under_30/andel}")]),
            ("Av männen arbetar 65 procent heltid.", &[("65 procent", "{9/andel_heltid/M}")]),
        ],
    );
    silent(
        &FORSTA_2022,
        &[
            "Förbrukningskvoten är 78,8 procent.",
            "Förbrukningskvoten är cirka 80 procent.",
            "Drygt 60 procent är yngre än 30 år.",
            "Resterande 30 procent gick inte till arbete eller studier.",
        ],
    );
}

#[test]
fn money_is_right_when_the_figure_rounds_to_it() {
    silent(
        &FORSTA_2022,
        &[
            "Insatserna har använt 8 570 tkr av 10 877 tkr i budget.",
            "Insatserna har använt 8,6 miljoner kronor.",
            "Insatserna har använt 8,57 mkr.",
            "Insatserna har använt 8\u{a0}600\u{a0}000 kronor.",
        ],
    );
    check(
        &FORSTA_2022,
        &[
            ("Insatserna har använt 8,3 miljoner kronor.", &[("8,3 miljoner kronor", "{4/summa/ack_utfall_tkr}")]),
            ("Insatserna har använt 8\u{202f}470 tkr.", &[("8\u{202f}470 tkr", "{4/summa/ack_utfall_tkr}")]),
            (
                "Insatsernas budget är sammanlagt 10 900 000 kronor och utfallet 8 700 000 kronor.",
                &[("8 700 000 kronor", "{4/summa/ack_utfall_tkr}")],
            ),
        ],
    );
}

#[test]
fn a_count_of_insatser_is_pointed_out_when_it_is_of_all() {
    check(
        &FORSTA_2022,
        &[
            ("Tolv insatser har varit i gång under halvåret.", &[("Tolv", "{Ord nyckeltal/insatser/antal}")]),
            (
                "Förbundet finansierar nio insatser: fem individinsatser och fyra strukturinsatser.",
                &[("nio", "{ord nyckeltal/insatser/antal}"), ("fem", "{ord nyckeltal/individinsatser/antal}")],
            ),
            ("De 12 insatserna skiljer sig åt.", &[("12", "{nyckeltal/insatser/antal}")]),
            ("Två insatser har avslutats.", &[("Två", "{Ord nyckeltal/avslutade_insatser/antal}")]),
            (
                "I åtta av tolv insatser har det funnits vakanser.",
                &[("åtta", "{ord svar/vakans_sof/ja}"), ("tolv", "{ord nyckeltal/insatser/antal}")],
            ),
            ("Vakanser har rapporterats av fem insatser.", &[("fem", "{ord svar/vakans_sof/ja}")]),
            ("Läget är grönt i sju och gult i tre.", &[("sju", "{ord svar/trafikljus/grön}")]),
            ("Två avvikelser om budget har kommit in.", &[("Två", "{Ord nyckeltal/avvikelser_budget/antal}")]),
        ],
    );
    silent(
        &FORSTA_2022,
        &[
            "Ingen insats har avslutats.",
            "Elva insatser har varit i gång, varav sju individinsatser.",
            "Fyra av elva insatser har haft vakanser.",
            "Tre insatser har bytt lokaler.",
            "Två av insatserna samarbetar med vården.",
            "En insats, Ung framtid, har legat efter.",
        ],
    );
}

#[test]
fn an_insats_that_is_not_in_the_half_year_is_pointed_out() {
    check(
        &FORSTA_2022,
        &[
            ("Kvinna Hälsa Arbete har haft många besök.", &[("Kvinna Hälsa Arbete", "-")]),
            ("I *Förstärkt stöd* (Älvkarleby) är deltagarna nöjda.", &[("Förstärkt stöd* (Älvkarleby", "-")]),
            ("- Förstärkt stöd till arbete eller studier", &[("Förstärkt stöd till arbete eller studier", "-")]),
        ],
    );
    let said = &FORSTA_2022.granska("Kvinna Hälsa Arbete har haft många besök.")[0].varfor;
    assert_eq!(said, "Insatsen Kvinna Hälsa Arbete (Uppsala) hör inte till första halvåret 2022.");
    silent(
        &FORSTA_2022,
        &[
            "Bryggan, Lokussamordnare (Älvkarleby) och RegExPro har mötts.",
            "Bryggan – främjar hälsa på väg mot arbete eller studier fortsätter arbetet.",
            "Kvinna Hälsa Arbete startar nästa år.",
            "Med förstärkt stöd når fler ett arbete.",
            "Digital plattform för stöd i studier är ett stöd.",
        ],
    );
}

#[test]
fn what_is_no_figure_of_the_half_year_is_left_in_peace() {
    silent(
        &FORSTA_2022,
        &[
            "Mötet hölls den 30 augusti 2022, diarienummer 2022/14, § 32 och 20 §.",
            "Ring 018-123 45 67 eller 070 123 45 67.",
            "Insatsen riktar sig till 16–64 år och till 18 - 29 år.",
            "Under kvartal 1 skrevs 100 deltagare in.",
            "Jämfört med 2021 då 127 deltagare skrevs in är det en ökning.",
            "Föregående år avslutades 80 deltagare.",
            "Sedan starten har 500 deltagare skrivits in.",
            "Sedan insatsen startade har Bryggan haft 60 deltagare.",
            "Målet är att 60 procent går till arbete eller studier.",
            "Minst 90 procent ska ha en plan.",
            "Var tredje deltagare gick till arbete.",
            "Mellan 200 och 300 deltagare skrivs in varje år.",
            "På seminariet deltog 45 personer.",
            "Under mars skrevs 30 deltagare in.",
            "Av deltagarna har tre kvinnor fått körkort.",
            "Kostnaden för lokaler var 200 tkr.",
            "Fler än 200 deltagare har skrivits in.",
            "Insatsen har 40 platser per år.",
        ],
    );
}

/// What stands in braces is live, and tells of what stands beside it.
#[test]
fn live_figures_are_left_in_peace() {
    let text = "Sammanlagt har {nyckeltal/deltagit/antal} personer deltagit, {ord nyckeltal/insatser/antal} insatser har \
                varit i gång och {saknas 12 insatser} saknas.";
    silent(&FORSTA_2022, &[text, "{6/summa/pagaende_S", "{{{}}}", "| Insats | 40 deltagare avslutade |", "}"]);
    check(
        &FORSTA_2022,
        &[(
            "{nyckeltal/inskrivna/antal} deltagare har skrivits in och 93 deltagare avslutats.",
            &[("93", "{nyckeltal/avslutade/antal}")],
        )],
    );
}

#[test]
fn a_remark_tells_the_right_figure() {
    let found = FORSTA_2022.granska("Åäö. Totalt har 278 personer deltagit.");
    let ratt = found[0].ratt.clone().unwrap();
    assert_eq!(found[0].varfor, "Här står 278, men tabellerna ger 277 (Nyckeltal: deltagit, antal).");
    assert_eq!((ratt.figure.to_string().as_str(), ratt.value), ("nyckeltal/deltagit/antal", Value::Antal(277)));
}

/// Of a second half-year people are counted from 1 January: what is said of the half alone cannot be told.
#[test]
fn the_second_half_alone_has_no_count_of_people() {
    silent(&ANDRA_2022, &["Under andra halvåret skrevs 150 deltagare in."]);
    let found = ANDRA_2022.granska("Under andra halvåret har tolv insatser varit i gång.");
    assert_eq!(told(&found), [("tolv".to_owned(), "{ord nyckeltal/insatser/antal}".to_owned())]);
}

/// A figure that may not be shown is not told by a remark, nor that the number differs from it.
#[test]
fn a_withheld_figure_is_not_told() {
    let given = forbund().insats("a").period("2024-01-01", "2024-12-31");
    let given = given.deltaganden(2, kvinna("2024-02-01")).deltaganden(40, man("2024-02-01"));
    let underlag = Underlag::new(given.facts.known_at(of("2024-12-31")), of("2024-12-31"));
    let period = "2024-H1".parse().unwrap();
    let text = "Totalt har tre kvinnor skrivits in. Andelen i arbete eller studier var 40 procent.";
    assert_eq!(told(&granska(&Rakning::withholding(&underlag, period, 5), text)), []);
    let shown = granska(&Rakning::new(&underlag, period), text);
    assert_eq!(told(&shown), [("tre".to_owned(), "{ord 6/summa/inregistrerade_K}".to_owned())]);
}

/// Any text can be looked through, and each remark points at what it says.
#[test]
fn any_text_can_be_looked_through() {
    let pieces = [
        "12 ",
        "{",
        "}",
        "av ",
        "deltagare",
        "\n",
        "\n\n",
        "|",
        "åtta ",
        "Bryggan ",
        "–",
        "(",
        " %",
        "3,",
        ". ",
        "İ",
        "1 000 ",
    ];
    let mut seed = 7_u64;
    for _ in 0..2_000 {
        let mut text = String::new();
        for _ in 0..30 {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[(seed >> 33) as usize % pieces.len()]);
        }
        for remark in FORSTA_2022.granska(&text) {
            assert_eq!(text[remark.plats.clone()], remark.skrivet);
        }
    }
}

/// What the program itself writes is what the figures say.
#[test]
fn the_programs_own_text_is_left_in_peace() {
    let mut characters = 0;
    for (period, per) in [("2022-H1", "2022-08-30"), ("2022-H2", "2023-03-01"), ("2023-H1", "2023-08-30")] {
        let underlag = demo(per);
        let rakning = Rakning::new(&underlag, period.parse().unwrap());
        let mut text = String::new();
        pm(&rakning).sections.iter().for_each(|section| write_out(section, &mut text));
        characters += text.chars().count();
        let said: Vec<_> = granska(&rakning, &text).into_iter().map(|remark| remark.varfor).collect();
        assert!(said.is_empty(), "{period}:\n{}\n{text}", said.join("\n"));
    }
    assert!(characters > 20_000, "{characters}");
}

fn write_out(section: &Section, text: &mut String) {
    text.push_str(&format!("## {}\n\n", section.heading));
    for block in &section.blocks {
        match block {
            Block::Paragraph(said) | Block::Notice(said) => text.push_str(&format!("{}\n\n", format::text(said))),
            Block::List(items) => items.iter().for_each(|item| text.push_str(&format!("- {}\n", format::text(item)))),
            _ => {}
        }
    }
    section.sections.iter().for_each(|inner| write_out(inner, text));
}

/// A long text takes time in step with its length. The limit is loose: the program is slow before it is optimised.
#[test]
fn a_long_text_is_soon_looked_through() {
    let usual = "Under halvåret har 278 deltagare deltagit i elva insatser, och 61 procent gick till arbete eller studier. \
                 I Bryggan (Östhammar) var 25 pågående.\n\n";
    for piece in
        [usual, "12 deltagare ", "{", "{}", "Bryggan ", "Uppsala, ", "1 000 ", "och ", "av 12 ", "(", "|", "\n"]
    {
        let text = piece.repeat(200_000 / piece.len());
        let begun = std::time::Instant::now();
        FORSTA_2022.granska(&text);
        let took = begun.elapsed();
        println!("{:?} × {}: {took:?}", piece.chars().take(20).collect::<String>(), 200_000 / piece.len());
        assert!(took.as_secs() < 5, "{piece:?}: {took:?}");
    }
}

/// Texts of one's own can be looked through: name, half-year and kännedomsdatum.
const TEXTER: [(&str, &str, &str); 3] = [
    ("pm-2022-kv1-2.txt", "2022-H1", "2022-08-30"),
    ("pm-2023-kv1-2.txt", "2023-H1", "2023-08-30"),
    ("styrelsehandlingar-2022-10-20.txt", "2022-H1", "2022-08-30"),
];

/// Prints what is pointed out in the texts of the folder that SAMSYN_TEXTER names.
#[test]
fn texts_of_ones_own_can_be_looked_through() {
    let Ok(folder) = std::env::var("SAMSYN_TEXTER") else {
        println!("SAMSYN_TEXTER names no folder: there are no texts to look through.");
        return;
    };
    for (name, period, per) in TEXTER {
        let Ok(text) = std::fs::read_to_string(Path::new(&folder).join(name)) else {
            println!("{name} is not there.");
            continue;
        };
        let found = granskare(period, per).granska(&text);
        println!("{name}: {} characters, {} remarks", text.chars().count(), found.len());
        for remark in &found {
            let before = text[..remark.plats.start].char_indices().rev().nth(70).map_or(0, |(at, _)| at);
            let after =
                text[remark.plats.end..].char_indices().nth(60).map_or("", |(at, _)| &text[remark.plats.end..][..at]);
            let around = [&text[before..remark.plats.end], after].concat().replace('\n', " ");
            println!("  …{around}…\n    {} {:?}", remark.varfor, remark.ratt.as_ref().map(|ratt| &ratt.markup));
        }
    }
}
