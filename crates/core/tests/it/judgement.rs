//! What the kansli and the parties have written, as the PM tells it.

use crate::given::{Given, forbund, of};
use samsyn_core::calc::Rakning;
use samsyn_core::kommentar::Kommentar;
use samsyn_core::ljusval::Ljusval;
use samsyn_core::partskommentar::Partskommentar;
use samsyn_core::rapport::pm::pm;
use samsyn_core::slutrapport::Slutrapport;
use samsyn_core::underlag::Underlag;
use samsyn_document::{Block, Inline, Section, Value};

fn text(inline: &[Inline]) -> String {
    let word = |piece: &Inline| match piece {
        Inline::Text(text) | Inline::Emphasis(text) => text.clone(),
        Inline::Placeholder(what) => format!("[{what}]"),
        _ => "#".to_owned(),
    };
    inline.iter().map(word).collect()
}

fn lines(section: &Section) -> Vec<String> {
    let of = |block: &Block| match block {
        Block::Paragraph(inline) => vec![text(inline)],
        Block::List(items) => items.iter().map(|item| text(item)).collect(),
        Block::Table(table) => table.footnotes.iter().map(|note| text(note)).collect(),
        _ => Vec::new(),
    };
    let own = section.blocks.iter().flat_map(of);
    own.chain(section.sections.iter().flat_map(lines)).collect()
}

/// What a section of the PM says of 2024-H1.
fn told(given: &Given, section: &str) -> Vec<String> {
    let per = of("2024-08-30");
    let underlag = Underlag::new(given.facts.known_at(per), per);
    let document = pm(&Rakning::new(&underlag, of("2024-H1")));
    lines(document.sections.iter().find(|other| other.id == section).unwrap())
}

fn one(given: &Given, section: &str, with: &str) -> String {
    let found: Vec<String> = told(given, section).into_iter().filter(|line| line.contains(with)).collect();
    assert_eq!(found.len(), 1, "{with}: {found:?}");
    found[0].clone()
}

fn insats() -> Given {
    forbund().insats("a").period("2024-01-01", "2024-06-30")
}

fn comment(om: &str, nyckel: &str, halvar: &str, text: &str) -> Kommentar {
    Kommentar { om: of(om), nyckel: of(nyckel), halvar: of(halvar), text: text.into() }
}

fn light(halvar: &str, ljus: &str) -> Ljusval {
    Ljusval { insats_id: of("a"), halvar: of(halvar), ljus: of(ljus), motiv: "Låg beläggning.".into() }
}

// A person may set another colour, with a reason.
#[test]
fn the_kansli_may_set_another_light() {
    let shown = |given: &Given| {
        let per = of("2024-08-30");
        let underlag = Underlag::new(given.facts.known_at(per), per);
        let rakning = Rakning::new(&underlag, of("2024-H1"));
        let figures = samsyn_core::calc::siffror(&rakning);
        figures.into_iter().find(|figure| figure.id.to_string() == "2/a/trafikljus").unwrap().value
    };
    let mut given = insats().rapport("2024-K2", |_| ());
    given.facts.ljusval.push(light("2023-H2", "röd"));
    assert_eq!(shown(&given), Value::Ljus(of("grön")));
    given.facts.ljusval.push(light("2024-H1", "röd"));
    assert_eq!(shown(&given), Value::Ljus(of("röd")));
    let line = one(&given, "mal", "styrgruppen svarar");
    assert!(
        line.contains("Läget är rött, satt av kansliet; svaren ger grönt. Kansliets skäl: ”Låg beläggning”."),
        "{line}"
    );
    one(&given, "mal", "Satt av kansliet; svaren ger grönt.");
    // Another colour than red needs words; the same colour is not set by hand.
    given.facts.ljusval[1].ljus = of("grön");
    assert!(!told(&given, "mal").iter().any(|line| line.contains("kansliet")));
    // Where there is no report there is no other colour to set.
    let mut silent = insats();
    silent.facts.ljusval.push(light("2024-H1", "röd"));
    assert_eq!(shown(&silent), Value::Missing);
}

#[test]
fn comments_of_the_kansli_stand_as_its_own_words() {
    let mut given = insats().rapport("2024-K2", |_| ()).avvikelse("2024-05-02", "tid", |_| ());
    given = given.insats("b").period("2025-01-01", "2025-06-30");
    given.facts.kommentarer = vec![
        comment("insats", "a", "2023-H2", "Annat halvår"),
        comment("avvikelse", "A1", "2024-H2", "Annat halvår"),
        comment("insats", "a", "2024-H1", "Följs upp\nefter sommaren."),
        comment("insats", "b", "2024-H1", "Startar sent"),
        comment("avvikelse", "A1", "2024-H1", "Godtas"),
    ];
    // A green insats that has a comment is told of too, and one that stands in no table.
    assert_eq!(one(&given, "mal", "Följs"), "a (Bolmen): Kansliets kommentar: ”Följs upp efter sommaren”.");
    assert_eq!(one(&given, "mal", "Startar"), "b (Bolmen): Kansliets kommentar: ”Startar sent”.");
    assert!(one(&given, "budget", "lämnade den").ends_with("Kansliets kommentar: ”Godtas”."));
    assert!(!["mal", "budget"].iter().any(|part| told(&given, part).join("").contains("Annat halvår")));
    // Of one that is not green the comment ends the paragraph.
    let mut red = insats().rapport("2024-K2", |r| r.i_fas = of("nej"));
    red.facts.kommentarer.push(comment("insats", "a", "2024-H1", "Möte bokat"));
    let line = one(&red, "mal", "Möte");
    assert!(line.starts_with("a (Bolmen): styrgruppen svarar") && line.ends_with("Kansliets kommentar: ”Möte bokat”."));
}

#[test]
fn what_is_known_of_an_ended_insats_is_told_and_the_rest_has_its_place() {
    let mut given = insats();
    let part = |part: &str| samsyn_core::insatspart::Insatspart { insats_id: of("a"), part: part.into() };
    given.facts.insatsparter = vec![part("Alby"), part("Regionen")];
    let places = told(&given, "avslutade");
    for place in ["Syfte: [insatsens syfte]", "Lärdomar: [lärdomar ur slutrapporten]", "Alby: [partens kommentar]"] {
        assert!(places.contains(&place.to_owned()), "{place}: {places:?}");
    }
    given.facts.slutrapporter.push(Slutrapport {
        insats_id: of("a"),
        syfte: Some("Att pröva.\n\nI två år.".into()),
        lardomar: None,
        inkommen: Some(of("2024-07-01")),
    });
    let said = |part: &str, kommentar: &str| {
        let (part, kommentar) = (part.into(), kommentar.into());
        Partskommentar { insats_id: of("a"), part, kommentar }
    };
    given.facts.partskommentarer = vec![said("Regionen", "Gick bra."), said("Ceså", "Tack")];
    let lines = told(&given, "avslutade");
    for line in [
        "Syfte: Att pröva.",
        "I två år.",
        "Lärdomar: [lärdomar ur slutrapporten]",
        "Alby: [partens kommentar]",
        "Regionen: ”Gick bra”.",
        "Ceså: ”Tack”.",
    ] {
        assert!(lines.contains(&line.to_owned()), "{line}: {lines:?}");
    }
    // A final report is known from the day it came in.
    given.facts.slutrapporter[0].inkommen = Some(of("2024-09-01"));
    assert!(told(&given, "avslutade").contains(&"Syfte: [insatsens syfte]".to_owned()));
}
