//! What became of those who exited: told by columns, by words, or by both.

use super::*;

/// Work, studies and job-seeking of each row.
fn outcome(last: &Last) -> Vec<(Option<&'static str>, Option<bool>, Option<bool>)> {
    let of = |rad: &Rad| (rad.arbete_omfattning.map(Omfattning::kod), rad.studerar, rad.arbetssokande);
    last.rader.iter().map(of).collect()
}

fn falt(last: &Last) -> Vec<Option<&'static str>> {
    last.kolumner.iter().map(|kolumn| kolumn.falt).collect()
}

/// doman.md: "*Works* = arbete_omfattning is set (25 % counts)". A cross beside the extent adds nothing to it.
#[test]
fn yes_or_no_to_work_beside_its_extent() {
    let last = read(&[
        "Nr|Kön|Start|Slut|Orsak|Arbete|Omf %",
        "1|K|@2025-03-01|@2025-09-01|arbete|x|50",
        "2|K|@2025-03-01|@2025-09-01|flytt|nej|",
        "3|K|@2025-03-01|@2025-09-01|flytt|Nej|75",
        "4|K|@2025-03-01|@2025-09-01||ja|",
        "5|K|@2025-03-01|@2025-09-01|arbete||",
        "6|K|@2025-03-01|||nej|",
    ]);
    assert_eq!(falt(&last)[5..], [Some("arbetar"), Some("arbete_omfattning")]);
    let extents: Vec<_> = outcome(&last).into_iter().map(|(extent, ..)| extent).collect();
    assert_eq!(extents, [Some("50"), None, None, None, None, None]);
    assert_eq!(last.rader[3].avslutsorsak, Some(Avslutsorsak::Arbete));
    assert_eq!(
        told(&last),
        [
            "FEL: Blad1, rad 4, kolumn \"Arbete\": Här står att personen inte arbetar, men också hur mycket: 75 %. Ta bort omfattningen, eller skriv Ja.",
            "UPPLYSNING: Blad1, rad 5: En rad saknar avslutsorsak och får den som följer av arbete, studier eller arbetssökande.",
            "UPPLYSNING: Blad1, rad 7: En rad utan sista dag har nej i uppgifter om avslut. De läses som tomma.",
            "VARNING: Blad1, rad 5, kolumn \"Omf %\": Arbete utan omfattning räknas inte som till arbete. Skriv hur mycket, till exempel 50 %.",
            "VARNING: Blad1, rad 6, kolumn \"Omf %\": Arbete utan omfattning räknas inte som till arbete. Skriv hur mycket, till exempel 50 %.",
        ]
    );
}

/// A heading that can be either is what most of its cells are.
#[test]
fn a_column_of_work_is_what_stands_in_it() {
    for (cells, expected) in [
        (["x", "x", ""], "arbetar"),
        (["ja", "nej", "25"], "arbetar"),
        (["nej", "nej", "50 %"], "arbete_omfattning"),
        (["1", "0,5", "1"], "arbete_omfattning"),
        (["1", "1", "0"], "arbetar"),
        (["50", "", ""], "arbete_omfattning"),
        (["kanske", "x", "deltid"], "arbete_omfattning"),
    ] {
        for (heading, expected) in
            [("Arbetar", expected), ("Omfattning", "arbete_omfattning"), ("Arbetar (ja/nej)", "arbetar")]
        {
            let mut lines = vec![format!("Nr|Kön|Start|Slut|{heading}")];
            lines.extend((1..).zip(cells).map(|(nr, cell)| format!("{nr}|K|@2025-03-01|@2025-09-01|{cell}")));
            let last = read(&lines.iter().map(String::as_str).collect::<Vec<_>>());
            assert_eq!(falt(&last)[4], Some(expected), "{heading} {cells:?}");
        }
    }
}

/// A column of its own wins over the words; where they differ it is told.
#[test]
fn columns_win_over_words() {
    let last = read(&[
        "Nr|Kön|Start|Slut|Orsak|Omfattning|Studerar",
        "1|K|@2025-03-01|@2025-09-01|fick jobb 75 %, pluggar också|50|nej",
        "2|K|@2025-03-01|@2025-09-01|fick jobb 75 %, pluggar också||",
        "3|K|@2025-03-01|@2025-09-01|fick jobb 75 %, pluggar också|75 %|ja",
        "4|K|@2025-03-01|@2025-09-01|jobbar 25 %|nej|",
    ]);
    let expected = [
        (Some("50"), Some(false), None),
        (Some("75"), Some(true), None),
        (Some("75"), Some(true), None),
        (None, None, None),
    ];
    assert_eq!(outcome(&last), expected);
    let words = "\"fick jobb 75 %, pluggar också\"";
    let end = "men det gör inte kolumnen. Kolumnen gäller. Rätta det som är fel.";
    assert_eq!(
        told(&last),
        [
            format!("UPPLYSNING: Blad1, rad 2, kolumn \"Orsak\": {words} läses som arbete, arbetar 75 %, studerar."),
            format!("VARNING: Blad1, rad 2, kolumn \"Omfattning\": Orsaken {words} säger att personen arbetar 75 %, {end}"),
            format!("VARNING: Blad1, rad 2, kolumn \"Studerar\": Orsaken {words} säger att personen studerar, {end}"),
            "UPPLYSNING: Blad1, rad 5, kolumn \"Orsak\": \"jobbar 25 %\" läses som arbete, arbetar 25 %.".to_owned(),
            format!("VARNING: Blad1, rad 5, kolumn \"Omfattning\": Orsaken \"jobbar 25 %\" säger att personen arbetar 25 %, {end}"),
            "VARNING: Blad1, rad 5, kolumn \"Omfattning\": Arbete utan omfattning räknas inte som till arbete. Skriv hur mycket, till exempel 50 %.".to_owned(),
        ]
    );
}

/// An answer may carry the reason and what the person does; one without the other leaves the other as it was.
#[test]
fn an_answer_carries_more_than_the_reason() {
    let lines = ["Nr|Kön|Start|Slut|Orsak", "1|K|@2025-03-01|@2025-09-01|halvtid hos kommunen"];
    let with = |answers: &[(&str, &str)]| {
        let mut list = Ordlista::default();
        for (falt, kod) in answers {
            list.varden.insert(((*falt).into(), "halvtid hos kommunen".into()), (*kod).into());
        }
        let last = las(&book(vec![sheet("B", &lines)]), &Ordlista::of_text(&list.to_text()), idag());
        (last.rader[0].avslutsorsak.map(Avslutsorsak::kod), outcome(&last)[0].0, last.okanda.len())
    };
    assert_eq!(with(&[]), (None, None, 1));
    assert_eq!(with(&[("avslutsorsak", "insatsen_avslutad")]), (Some("insatsen_avslutad"), None, 0));
    let both = [("avslutsorsak", "insatsen_avslutad"), ("sysselsattning", "arbete_50")];
    assert_eq!(with(&both), (Some("insatsen_avslutad"), Some("50"), 0));
    // Without a reason that of the outcome is taken; without an answer about the reason it is asked.
    assert_eq!(with(&[("avslutsorsak", ""), ("sysselsattning", "arbete_50")]), (Some("arbete"), Some("50"), 0));
    assert_eq!(with(&[("sysselsattning", "arbete_50")]), (None, None, 1));
    assert_eq!(with(&[("avslutsorsak", "flytt"), ("sysselsattning", "inget")]), (Some("flytt"), None, 0));
}

/// Two people without a number are two, and only counted.
#[test]
fn words_for_anonymous_in_place_of_a_number() {
    let last =
        read(&["Nr|Kön|Start|Anonym", "skyddad|K|@2025-03-01|", "Skyddad|K|@2025-03-01|nej", "1|K|@2025-03-01|"]);
    let got: Vec<_> = last.rader.iter().map(|rad| (rad.nummer.as_deref(), rad.anonym)).collect();
    assert_eq!(got, [(None, Some(true)), (None, Some(true)), (Some("1"), None)]);
    assert_eq!(told(&last), [""; 0]);
}

/// Two rows that differ in nothing but whether the person works are a mistake, not one row twice.
#[test]
fn the_same_number_with_and_without_work() {
    let last = read(&[
        "Nr|Kön|Start|Slut|Orsak|Arbete",
        "1|K|@2025-03-01|@2025-09-01|flytt|x",
        "1|K|@2025-03-01|@2025-09-01|flytt|nej",
    ]);
    assert_eq!(last.rader.len(), 2);
    assert_eq!(told(&last).iter().filter(|line| line.contains("men uppgifterna är olika")).count(), 2);
}

/// What a whole column lacks is told once, with the columns that it could be.
#[test]
fn what_no_column_tells_is_told_once() {
    let last = read(&[
        "Nr|Kön|Start|Slut|Hur gick det",
        "1|K|@2025-03-01|@2025-09-01|bra",
        "2|K|@2025-03-01|@2025-09-01|flytt",
        "3|K|@2025-03-01||",
    ]);
    let lack = "2 rader har sista dag, men ingen kolumn säger varför. Säg vilken kolumn som är avslutsorsak, eller lägg till den. Kolumner som inte är kända: \"Hur gick det\".";
    assert_eq!(told(&last)[1..], [format!("VARNING: Blad1, rad 2: {lack}")]);
    let last = read(&[
        "Nr|Kön|Start|Slut|Orsak|Hur mycket",
        "1|K|@2025-03-01|@2025-09-01|arbete|50",
        "2|K|@2025-03-01|@2025-09-01|jobb|75",
    ]);
    let lack = "Arbete utan omfattning räknas inte som till arbete. 2 rader har arbete, men ingen kolumn säger hur mycket. Säg vilken kolumn som är omfattning, eller lägg till den. Kolumner som inte är kända: \"Hur mycket\".";
    assert_eq!(told(&last)[1..], [format!("VARNING: Blad1, rad 2: {lack}")]);
}

/// "*studies* = studerar ja", and avslutsorsak does not decide it: without a column nobody is counted as studying.
#[test]
fn a_reason_of_studies_without_a_column_counts_nobody() {
    let lacks = |lines: &[&str]| {
        let told = told(&read(lines));
        told.into_iter().filter(|line| line.contains("räknas inte som till studier")).collect::<Vec<_>>()
    };
    let rows = ["1|K|@2025-03-01|@2025-09-01|studier|x", "2|K|@2025-03-01|@2025-09-01|Studier|"];
    assert_eq!(
        lacks(&["Nr|Kön|Start|Slut|Orsak|Hur gick det", rows[0], rows[1]]),
        [
            "VARNING: Blad1, rad 2: Avslutsorsaken studier räknas inte som till studier. 2 rader har den, men ingen kolumn \
             säger att personen studerar. Säg vilken kolumn som är studier, eller lägg till den. Kolumner som inte är \
             kända: \"Hur gick det\"."
        ]
    );
    // A column says it of one, or the words do, or nobody has the reason.
    let one = [
        "VARNING: Blad1, rad 3, kolumn \"Studerar\": Avslutsorsaken studier räknas inte som till studier. Skriv om personen studerar efter avslutet.",
    ];
    assert_eq!(lacks(&["Nr|Kön|Start|Slut|Orsak|Studerar", rows[0], rows[1]]), one);
    assert!(lacks(&["Nr|Kön|Start|Slut|Orsak", "1|K|@2025-03-01|@2025-09-01|började plugga"]).is_empty());
    assert!(lacks(&["Nr|Kön|Start|Slut|Orsak", "1|K|@2025-03-01|@2025-09-01|flytt"]).is_empty());
}

/// Of two columns that could be one field the plainer is it; of two as plain neither is.
#[test]
fn the_plainer_heading_is_the_field() {
    let last = read(&[
        "Nr|Kön|Start|Slut|Orsak / kommentar|Orsak|Plan / SIP|Plan – fri text",
        "1|K|@2025-03-01|@2025-09-01|ringer|flytt|ja|ring",
    ]);
    assert_eq!(falt(&last)[4..], [None, Some("avslutsorsak"), None, None]);
}

/// Words about why somebody left may tell who it was. What is kept holds what they were read as, and gives the same rows.
#[test]
fn what_is_kept_has_codes_and_not_the_words() {
    let lines = [
        "Nr|Kön|Start|Slut|Orsak|Utbildning",
        "1|kv|@2022-03-01|@2022-06-10|Kalle fick plats på bageriet|gymnasium",
        "2|M|@2022-03-01|@2022-06-10|fick jobb 50 %, pluggar också|",
        "3|M|@2022-03-01|@2022-06-10|jobbar|",
        "4|M|@2022-03-01|@2022-06-10|söker jobb via AF|",
    ];
    let mut list = Ordlista::default();
    let key = nyckel("Kalle fick plats på bageriet");
    list.varden.insert(("avslutsorsak".into(), key.clone()), "arbete".into());
    list.varden.insert(("sysselsattning".into(), key), "arbete_75".into());
    let last = las(&book(vec![sheet("B", &lines)]), &list, idag());
    let text = String::from_utf8(last.som_last.clone()).unwrap();
    for word in ["Kalle", "plats", "bageriet", "pluggar", "jobb", "kv"] {
        assert!(!text.contains(word), "{word}: {text}");
    }
    assert_eq!(last.rader[0].arbete_omfattning, Some(Omfattning::P75));
    let kept = crate::grid::read("k.csv", &last.som_last, &crate::grid::Limits::default()).unwrap();
    assert_eq!(las(&kept, &Ordlista::default(), idag()).rader, last.rader, "{text}");
}

/// What becomes of one who is still enrolled, or who is only counted, is not asked about; of one who exited to studies it
/// is, also where a column could have told it.
#[test]
fn work_and_studies_are_asked_about_of_those_who_exited() {
    let lacks = |lines: &[&str]| -> Vec<(Option<u64>, String)> {
        let last = read(lines);
        let warned = last.findings.into_iter().filter(|one| one.severity == samsyn_core::Severity::Varning);
        warned.filter(|one| one.message.contains("räknas inte")).map(|one| (one.place.row, one.message)).collect()
    };
    let head = "Nr|Kön|Start|Slut|Orsak|Arbete ja nej|Omf %|Studerar|Anonym";
    assert_eq!(lacks(&[head, "1|K|@2025-03-01|||ja|||", "2|K|@2025-03-01|@2025-09-01|arbete||||ja"]), []);
    assert_eq!(lacks(&[head, "1|K|@2025-03-01||studier||||", "2|K|@2025-03-01|@2025-09-01|studier||||ja"]), []);
    let rows = ["1|K|@2025-03-01|@2025-09-01|studier||||", "2|K|@2025-03-01|@2025-09-01|studier|||ja|"];
    let told = "Avslutsorsaken studier räknas inte som till studier.";
    assert_eq!(lacks(&[head, rows[0], rows[1]]), [(Some(2), told.to_owned())]);
    // What says no, or cannot be read, is told as that.
    assert_eq!(lacks(&[head, "1|K|@2025-03-01|@2025-09-01|studier|||nej|"]), []);
    assert_eq!(lacks(&[head, "1|K|@2025-03-01|@2025-09-01|studier|||kanske|"]), []);
}
