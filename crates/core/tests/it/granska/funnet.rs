//! What is pointed out, and what is offered instead.

use super::{ANDRA_2022, FORSTA_2022, check, package, silent, told};
use crate::given::{forbund, kvinna, man, of};
use samsyn_core::calc::Rakning;
use samsyn_core::rapport::granska::{Granskare, granska};
use samsyn_core::underlag::Underlag;
use samsyn_document::Value;

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
            (
                "Under halvåret skrevs 223 deltagare in, 112 kvinnor och 121 män.",
                &[("223", "{nyckeltal/inskrivna/antal}")],
            ),
            ("I Tierp har 20 deltagare skrivits in.", &[("20", "{6/tie-ung-framtid/inregistrerade_S}")]),
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
    let before = "I Bryggan har 15 deltagare skrivits in. Tre kvinnor har avslutats.";
    check(&FORSTA_2022, &[(before, &[("Tre", "{Ord 6/ost-bryggan/avslutade_K}")])]);
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
            (
                "Vakanser har funnits i ett av elva projekt: insatserna har det svårt.",
                &[("ett", "{ett svar/vakans_sof/ja}")],
            ),
            ("Vakanser har rapporterats av fem insatser.", &[("fem", "{ord svar/vakans_sof/ja}")]),
            ("Läget är grönt i sju och gult i tre.", &[("sju", "{ord svar/trafikljus/grön}")]),
            (
                "Det finns åtta individinsatser och fyra strukturinsatser bland de finansierade insatserna.",
                &[("åtta", "{ord nyckeltal/individinsatser/antal}")],
            ),
            ("Nio insatser ligger i fas med sina mål.", &[("Nio", "{Ord svar/i_fas/ja}")]),
            ("Inga avvikelser om budget har kommit in.", &[("Inga", "{Ord nyckeltal/avvikelser_budget/antal}")]),
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

/// Nor is another figure offered in the place of a withheld one.
#[test]
fn what_may_be_a_withheld_figure_is_left_in_peace() {
    let mut given = forbund();
    for (insats, women) in [("alfa", 2), ("beta", 2), ("gamma", 40)] {
        given = given.insats(insats).period("2024-01-01", "2024-12-31").deltaganden(women, kvinna("2024-02-01"));
    }
    let underlag = Underlag::new(given.facts.known_at(of("2024-12-31")), of("2024-12-31"));
    let withholding = Rakning::withholding(&underlag, "2024-H1".parse().unwrap(), 5);
    let said = "42 deltagare har skrivits in.";
    assert_eq!(told(&granska(&withholding, said)), [("42".to_owned(), "{nyckeltal/inskrivna/antal}".to_owned())]);
    assert_eq!(told(&granska(&withholding, &format!("## Alfa\n\n{said}"))), []);
}

/// One click puts in the figure that the sentence is about, also when the other number of a pair is live already.
#[test]
fn the_second_of_two_numbers_is_what_all_of_them_are() {
    let all = "{ord nyckeltal/insatser/antal}";
    check(
        &FORSTA_2022,
        &[
            ("Sju av tolv insatser ligger i fas.", &[("Sju", "{Ord svar/i_fas/ja}"), ("tolv", all)]),
            ("{Ord svar/i_fas/ja} av tolv insatser ligger i fas.", &[("tolv", all)]),
            ("{Ord svar/i_fas/ja} av de tolv insatserna ligger i fas.", &[("tolv", all)]),
            ("Sju av {ord nyckeltal/insatser/antal} insatser ligger i fas.", &[("Sju", "{Ord svar/i_fas/ja}")]),
            (
                "7 av 33 utskrivna kvinnor i kategorin arbete/studerande studerar.",
                &[("33", "{6/summa/till_arbete_studier_K}")],
            ),
            ("7 av 32 utskrivna kvinnor i kategorin arbete/studerande studerar.", &[]),
        ],
    );
}

/// A number that was right when the text was written and is right no more is pointed out, also where its words alone
/// tell too little.
#[test]
fn a_number_that_was_right_is_pointed_out() {
    let known = |women: usize, men: usize| {
        let given = forbund().insats("alfa").period("2024-01-01", "2024-12-31");
        let given = given.deltaganden(women, kvinna("2024-02-01")).deltaganden(men, man("2024-02-01"));
        Underlag::new(given.facts.known_at(of("2024-12-31")), of("2024-12-31"))
    };
    let period = "2024-H1".parse().unwrap();
    let granskare = |women, men| Granskare::new(&Rakning::new(&known(women, men), period));
    let (then, now) = (granskare(21, 45), granskare(21, 47));
    let stale = |text: &str| told(&now.inaktuella(&then, of("2024-08-30"), text, &[]));
    for (text, written) in [
        ("Alfa har 45 män.", "45"),
        ("| Män | 45 |", "45"),
        ("Av dem (45) kom de flesta på våren.", "45"),
        ("I Alfa skrevs 66 in.", "66"),
        ("Sammanlagt 66 deltagare.", "66"),
    ] {
        let found = stale(text);
        assert!(found.len() == 1 && found[0].0 == written, "{text}: {found:?}");
    }
    // What is right still, what never was, small numbers that may be anything, and other things are left in peace.
    for text in
        ["Alfa har 21 kvinnor.", "Alfa har 47 män.", "Vi är 44 kommuner.", "De två metoderna.", "År 2045.", "45 tkr"]
    {
        assert_eq!(stale(text), [], "{text}");
    }
    // A number that another figure bears now may be that one.
    let other = granskare(45, 47);
    assert_eq!(other.inaktuella(&then, of("2024-08-30"), "Av dem (45) kom de flesta på våren.", &[]), []);
    // Nine may be nine of anything.
    let (then_few, now_few) = (granskare(9, 45), granskare(8, 45));
    assert_eq!(now_few.inaktuella(&then_few, of("2024-08-30"), "De nio metoderna.", &[]), []);
    let remark = now.inaktuella(&then, of("2024-08-30"), "Alfa har 45 män.", &[]).remove(0);
    assert!(remark.varfor.contains("stämde med det som var känt 30"), "{}", remark.varfor);
    assert!(remark.varfor.contains("ger nu 47"), "{}", remark.varfor);
    assert_eq!(now.inaktuella(&then, of("2024-08-30"), "Alfa har 45 män.", &[remark]), []);
}

/// Small counts by hand are pointed out for whoever is to hide them, wherever they stand.
#[test]
fn a_small_count_by_hand_is_pointed_out() {
    let underlag = package("demo", "2022-08-30");
    let period = "2022-H1".parse().unwrap();
    let withholding = Rakning::withholding(&underlag, period, underlag.installningar.sma_tal);
    let granskare = Granskare::new(&Rakning::new(&underlag, period)).och_sma_tal(&withholding);
    let text = "Fortsatt rehab (2 kvinnor och 6 män), sjukdom (0 kvinnor och 3 män). Fyra deltagare flyttade.";
    let found: Vec<String> = granskare.granska(text).into_iter().map(|remark| remark.skrivet).collect();
    for written in ["2", "3", "Fyra"] {
        assert!(found.contains(&written.to_owned()), "{written}: {found:?}");
    }
    assert!(!found.contains(&"0".to_owned()), "{found:?}");
    let silent = granskare.granska("Två insatser har bytt lokaler, och en kvinna leder gruppen.");
    assert_eq!(told(&silent), []);
}
