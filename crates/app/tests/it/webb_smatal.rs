//! Small counts of people: what they see who may not see them all, on every page and in every file; and single
//! inskrivningar.

use crate::webb::{FORBUND, Reply, Site, TID};
use crate::webb_version::locked;
use samsyn::access::Role;
use samsyn::actions::forbund::Chosen;
use samsyn_core::calc::smatal::Key;
use samsyn_core::calc::{Rakning, siffror};
use samsyn_document::{Datum, Halvar, Value};
use samsyn_store::logg;
use scraper::{Html, Selector};
use std::collections::BTreeMap;

/// Whether a text has the id of an inskrivning: D and five digits.
pub fn names_one(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes
        .windows(7)
        .any(|part| !part[0].is_ascii_alphanumeric() && part[1] == b'D' && part[2..].iter().all(u8::is_ascii_digit))
}

/// Figures of people by their id: what kansli sees and what the public sees.
async fn people(site: &Site) -> BTreeMap<String, (Value, Value)> {
    let chosen = Chosen::find(site.db(), Some(FORBUND)).await.unwrap();
    let per: Datum = "2022-08-30".parse().unwrap();
    let half: Halvar = "2022-H1".parse().unwrap();
    let underlag = chosen.underlag(per).await.unwrap();
    let hidden = siffror(&Rakning::withholding(&underlag, half, 5));
    let of = siffror(&Rakning::new(&underlag, half)).into_iter().zip(hidden).filter(|(figure, _)| {
        let mut any = false;
        Key::each(&figure.source, &mut |_| any = true);
        any
    });
    of.map(|(all, hidden)| {
        assert_eq!(all.id, hidden.id);
        (all.id.to_string(), (all.value, hidden.value))
    })
    .collect()
}

fn small(value: &Value) -> bool {
    matches!(value, Value::Antal(1..=4))
}

/// The figures that a page shows: id and text.
fn shown(reply: &Reply) -> Vec<(String, String)> {
    let page = Html::parse_document(&reply.text());
    let mut found = Vec::new();
    for element in page.select(&Selector::parse("[data-siffra], a.siffra").unwrap()) {
        let id = match element.attr("data-siffra") {
            Some(id) => id.to_owned(),
            None => {
                let href = element.attr("href").unwrap();
                let path = href.split('?').next().unwrap().split("/siffra/").nth(1).unwrap();
                path.replace("%20", " ").replace("%C3%A5", "å").replace("%C3%A4", "ä").replace("%C3%B6", "ö")
            }
        };
        found.push((id, element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")));
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn small_counts_are_withheld_from_those_who_may_not_see_them() {
    let site = Site::new().await;
    let people = people(&site).await;
    locked(&site).await;
    let withheld = |id: &str| people.get(id).is_some_and(|(_, hidden)| *hidden == Value::Withheld);
    assert!(people.values().filter(|(all, _)| small(all)).count() > 10);
    for (id, (all, hidden)) in &people {
        assert!(!small(all) || *hidden == Value::Withheld, "{id} is {all:?} and shown as {hidden:?}");
    }
    let (board, office) = (site.session(Role::Ledamot).await, site.session(Role::Kansli).await);
    for rest in ["laget", "rapport", "rapport/pm.html", "insats/ost-bryggan"] {
        let path = site.f(&format!("{rest}?{TID}"));
        let (of_board, of_office) = (site.page(&board, &path).await, site.page(&office, &path).await);
        let told = |figures: &[(String, String)]| -> Vec<String> {
            let is_shown = |(id, text): &&(String, String)| withheld(id) && text.chars().any(|c| c.is_ascii_digit());
            figures.iter().filter(is_shown).map(|(id, text)| format!("{id}: {text}")).collect()
        };
        assert_eq!(told(&shown(&of_board)), Vec::<String>::new(), "{rest}");
        if rest != "insats/ost-bryggan" {
            assert!(!told(&shown(&of_office)).is_empty(), "{rest} tells the office no small counts either");
        }
        // What the pictures say to one who does not see them.
        for label in of_board.attributes("svg.floden", "aria-label") {
            let small = label.split(' ').any(|word| ["1", "2", "3", "4"].contains(&word));
            assert!(!small, "{rest}: {label}");
        }
        // The quarters of one insats, which are no figures of the report.
        let counts = ["Nya", "Avslutade", "Till arbete eller studier", "Pågår vid slutet"];
        for label in counts {
            let small = of_board.all(&format!("td[data-label=\"{label}\"]"));
            assert!(
                !small.iter().any(|text| ["1", "2", "3", "4"].contains(&text.as_str())),
                "{rest}, {label}: {small:?}"
            );
        }
    }
    let public = site.page(&office, &site.f(&format!("rapport?{TID}&offentlig=ja"))).await;
    assert!(shown(&public).iter().all(|(id, text)| !withheld(id) || !text.chars().any(|c| c.is_ascii_digit())));
    files_withhold(&site, &board, &office, &people).await;
}

/// The files too: JSON by figure, CSV cell by cell.
async fn files_withhold(site: &Site, board: &str, office: &str, people: &BTreeMap<String, (Value, Value)>) {
    let json = site.page(board, &site.f(&format!("rapport/pm.json?{TID}"))).await;
    let mut seen = 0;
    let mut stack = vec![serde_json::from_slice::<serde_json::Value>(&json.bytes).unwrap()];
    while let Some(value) = stack.pop() {
        let id = value.get("figure").and_then(|id| id.as_str()).unwrap_or_default();
        if people.get(id).is_some_and(|(_, hidden)| *hidden == Value::Withheld) {
            seen += 1;
            assert!(!value["value"].to_string().chars().any(|c| c.is_ascii_digit()), "pm.json: {id} {value}");
        }
        match value {
            serde_json::Value::Object(map) => stack.extend(map.into_iter().map(|(_, value)| value)),
            serde_json::Value::Array(list) => stack.extend(list),
            _ => {}
        }
    }
    assert!(seen > 20, "pm.json has {seen} withheld figures");
    let mut differs = 0;
    for table in ["6", "7", "8", "9"] {
        let path = site.f(&format!("rapport/pm-tabell-{table}.csv?{TID}"));
        let (of_board, of_office) = (site.page(board, &path).await.text(), site.page(office, &path).await.text());
        let cells = |text: &str| text.split(['\n', ';']).map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
        let (of_board, of_office) = (cells(&of_board), cells(&of_office));
        // Table 9 counts kronor per person; its rows of numbers are few and large.
        for (board, office) in of_board.iter().zip(&of_office).skip(1) {
            if ["1", "2", "3", "4"].contains(&office.as_str()) {
                assert!(!office.eq(board), "pm-tabell-{table}.csv shows {board}");
            }
            differs += usize::from(board != office);
        }
    }
    assert!(differs > 10, "{differs} cells differ");
}

/// One who has small counts withheld could subtract what two days show: only today, and the days of låsta reports.
#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_count_people_cannot_choose_any_day() {
    let site = Site::new().await;
    let board = site.session(Role::Ledamot).await;
    let of_day = async |rest: &str, day: &str| {
        let path = site.f(&format!("{rest}?period=2022-H1{day}"));
        site.page(&board, &path).await
    };
    for rest in ["laget", "insats/ost-bryggan", "rapport", "siffra/6/summa/pagaende_S", "insatser"] {
        let (asked, today) = (of_day(rest, "&per=2022-08-30").await, of_day(rest, "").await);
        let told = asked.all(".notis").join(" ");
        assert!(told.contains("Därför visas inte 30 augusti 2022"), "{rest}: {told}");
        assert!(!today.words().contains("Därför visas inte"));
        let days = asked.attributes("select[name=per] option", "value");
        assert!(if rest.starts_with("siffra") { days.is_empty() } else { days == [""] }, "{rest}: {days:?}");
        assert!(!asked.text().contains("per=2022-08-30"), "{rest} leads on to the day");
    }
    let file = async |day: &str| {
        let path = site.f(&format!("rapport/pm-tabell-6.csv?period=2022-H1{day}"));
        site.get(&board, &path).await
    };
    let refused = file("&per=2022-08-30").await;
    assert!(refused.status == 400 && refused.words().contains("inte per 30 augusti 2022"), "{}", refused.words());
    assert_eq!(file("").await.status, 200);
    locked(&site).await;
    let asked = of_day("laget", "&per=2022-08-30").await;
    assert_eq!(file("&per=2022-08-30").await.status, 200);
    assert!(asked.all(".notis").is_empty() && asked.words().contains("uppgifter per 30 augusti 2022"));
    assert_eq!(asked.attributes("select[name=per] option", "value"), ["", "2022-08-30"]);
    assert!(of_day("laget", "&per=2022-08-29").await.words().contains("Därför visas inte 29 augusti 2022"));
    // Who may count them chooses freely.
    let office = site.session(Role::Ekonom).await;
    let page = site.page(&office, &site.f("laget?period=2022-H1&per=2022-08-29")).await;
    assert!(page.all(".notis").is_empty() && page.attributes("input[name=per][type=date]", "value") == ["2022-08-29"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn inskrivningar_are_listed_only_for_those_who_may_see_them_and_it_is_logged() {
    let site = Site::new().await;
    let people = people(&site).await;
    locked(&site).await;
    let board = site.session(Role::Ledamot).await;
    let mut wrong = Vec::new();
    for (id, (all, hidden)) in &people {
        let path = site.f(&format!("siffra/{}?{TID}", id.replace(' ', "%20")));
        let page = site.get(&board, &path).await;
        if page.status == 404 {
            continue;
        }
        assert_eq!(page.status, 200, "{path}");
        let value = page.all(".stor-siffra").join("");
        if names_one(&page.text()) {
            wrong.push(format!("{id}: lists inskrivningar"));
        }
        let digits = |text: &str| text.chars().any(|c| c.is_ascii_digit());
        if *hidden == Value::Withheld && digits(&value) {
            wrong.push(format!("{id}: {value} where {all:?} is withheld"));
        }
        if small(all) {
            wrong.extend(
                page.all("section h2").into_iter().filter(|text| digits(text)).map(|text| format!("{id}: {text}")),
            );
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let log = || async {
        logg::list(site.db(), Some(site.forbund), None, 9, Some("läsning av inskrivningar")).await.unwrap()
    };
    assert!(log().await.is_empty());
    let path = site.f(&format!("siffra/6/ost-bryggan/pagaende_S?{TID}"));
    let head = site.session(Role::Forbundschef).await;
    assert!(names_one(&site.page(&head, &path).await.text()));
    let rows = log().await;
    assert_eq!(rows.len(), 1);
    assert!(
        rows[0].vem == "Förbundschef" && rows[0].vad.contains("Tabell 6: Bryggan (Östhammar), pågående, totalt"),
        "{:?}",
        rows[0]
    );
    assert!(!names_one(&rows[0].vad), "the log names an inskrivning");
    // What differs between two days is read, too, when it tells of inskrivningar.
    let path = site.f("skillnad?period=2023-H1&fran=2023-08-30&per=2023-12-31");
    assert!(names_one(&site.page(&head, &path).await.text()));
    assert!(!names_one(&site.page(&board, &path).await.text()));
    assert_eq!(log().await.len(), 2);
}
