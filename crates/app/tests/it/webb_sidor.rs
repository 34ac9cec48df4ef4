//! What stands on the pages: every link and heading for every role, small counts, and the forms for insatser.

use crate::webb::{Ask, FORBUND, Reply, Site, TID};
use crate::webb_version::locked;
use samsyn::access::Role;
use samsyn::actions::forbund::Chosen;
use samsyn_core::calc::smatal::Key;
use samsyn_core::calc::{Rakning, siffror};
use samsyn_document::{Datum, Halvar, Value};
use samsyn_store::logg;
use scraper::{Html, Selector};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The most addresses that one role's walk takes in, and the most that look alike.
const MOST: usize = 400;
const ALIKE: usize = 24;

/// What makes addresses alike: the page, and the names of what is asked for.
fn kind(address: &str) -> String {
    let (path, query) = address.split_once('?').unwrap_or((address, ""));
    let parts: Vec<&str> = path.split('/').skip(1).take(3).collect();
    let mut names: Vec<&str> = query.split('&').filter_map(|pair| pair.split('=').next()).collect();
    names.sort_unstable();
    format!("{} {}", parts.join("/"), names.join("&"))
}

fn headers(reply: &Reply, address: &str, wrong: &mut Vec<String>) {
    let policy = reply.header("content-security-policy");
    let script = policy.split(';').find(|part| part.trim().starts_with("script-src")).unwrap_or_default();
    if script.trim() != "script-src 'self'" || !policy.contains("default-src 'none'") {
        wrong.push(format!("{address}: content-security-policy {policy:?}"));
    }
    for (name, value) in [("x-content-type-options", "nosniff"), ("x-frame-options", "DENY")] {
        if reply.header(name) != value {
            wrong.push(format!("{address}: {name} {:?}", reply.header(name)));
        }
    }
}

/// What is wrong with a page's markup, and the addresses that it leads to.
fn look(reply: &Reply, address: &str, wrong: &mut Vec<String>) -> Vec<String> {
    let page = Html::parse_document(&reply.text());
    let count = |selector: &str| page.select(&Selector::parse(selector).unwrap()).count();
    for (selector, expected) in [("h1", 1), ("main", 1), ("html[lang=sv]", 1), ("head title", 1)] {
        if count(selector) != expected {
            wrong.push(format!("{address}: {} {selector}", count(selector)));
        }
    }
    if page.select(&Selector::parse("title").unwrap()).any(|title| title.text().collect::<String>().trim().is_empty()) {
        wrong.push(format!("{address}: the title is empty"));
    }
    if count("script:not([src]), base, iframe, object, embed, style") > 0 {
        wrong.push(format!("{address}: a script, style or frame within the page"));
    }
    let ids: BTreeSet<&str> =
        page.select(&Selector::parse("[id]").unwrap()).filter_map(|element| element.attr("id")).collect();
    let mut links = Vec::new();
    for element in page.select(&Selector::parse("*").unwrap()) {
        for (name, value) in element.value().attrs() {
            if name.starts_with("on") || value.trim_start().to_lowercase().starts_with("javascript:") {
                wrong.push(format!("{address}: {name}={value:?}"));
            }
            if !["href", "src", "action", "srcset", "poster", "hx-get", "formaction"].contains(&name) {
                continue;
            }
            if let Some(id) = value.strip_prefix('#') {
                if !id.is_empty() && !ids.contains(id) {
                    wrong.push(format!("{address}: nothing has the id of {value}"));
                }
            } else if value.starts_with("//") || value.contains("://") {
                wrong.push(format!("{address}: leads elsewhere, {name}={value:?}"));
            } else if value.starts_with('/') && name != "action" {
                links.push(value.split('#').next().unwrap().to_owned());
            }
        }
    }
    links
}

#[tokio::test(flavor = "multi_thread")]
async fn every_link_on_every_page_leads_somewhere_for_every_role() {
    let site = std::sync::Arc::new(Site::new().await);
    let mut walks = Vec::new();
    for role in Role::ALL {
        let (site, token) = (site.clone(), site.session(role).await);
        walks.push(tokio::spawn(async move { (role, walk(&site, &token, role).await) }));
    }
    let mut all = Vec::new();
    for one in walks {
        let (role, (seen, wrong)) = one.await.unwrap();
        println!("{}: {seen} addresses", role.kod());
        all.extend(wrong.into_iter().map(|text| format!("{}: {text}", role.kod())));
    }
    all.sort();
    assert!(all.is_empty(), "{} things:\n{}", all.len(), all.join("\n"));
}

/// Follows every link from the first page; how many pages, and what was wrong.
async fn walk(site: &Site, token: &str, role: Role) -> (usize, Vec<String>) {
    let mut wrong = Vec::new();
    let mut queue: VecDeque<(String, String)> = [
        "/".to_owned(),
        site.f(&format!("laget?{TID}")),
        site.f(&format!("rapport?{TID}")),
        "/om/komponenter".to_owned(),
    ]
    .into_iter()
    .map(|address| (address, String::new()))
    .collect();
    let mut visited = BTreeSet::new();
    let mut alike: BTreeMap<String, usize> = BTreeMap::new();
    let people = ["forbundschef", "kansli", "insatsansvarig", "granskning"].contains(&role.kod());
    while let Some((address, from)) = queue.pop_front() {
        let kind = alike.entry(kind(&address)).or_default();
        if visited.len() >= MOST || *kind >= ALIKE || address.contains(".pdf") || !visited.insert(address.clone()) {
            continue;
        }
        *kind += 1;
        let reply = site.get(token, &address).await;
        headers(&reply, &address, &mut wrong);
        match reply.status.as_u16() {
            200 => {}
            303 => {
                queue.push_back((reply.to().to_owned(), address.clone()));
                continue;
            }
            // The first addresses are not links; not every role may see them.
            404 if from.is_empty() => continue,
            other => {
                wrong.push(format!("{address}: {other}, linked from {from}"));
                continue;
            }
        }
        if !people && !address.starts_with("/statik") && names_one(&reply.text()) {
            wrong.push(format!("{address}: names an inskrivning"));
        }
        let document = reply.header("content-disposition").starts_with("attachment");
        if !reply.header("content-type").starts_with("text/html") {
            continue;
        }
        if document {
            let text = reply.text();
            if text.contains("<script") || text.contains("src=\"http") {
                wrong.push(format!("{address}: a script or a picture from elsewhere"));
            }
            continue;
        }
        queue.extend(look(&reply, &address, &mut wrong).into_iter().map(|link| (link, address.clone())));
    }
    (visited.len(), wrong)
}

/// Whether a text has the id of an inskrivning: D and five digits.
fn names_one(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes
        .windows(7)
        .any(|part| !part[0].is_ascii_alphanumeric() && part[1] == b'D' && part[2..].iter().all(u8::is_ascii_digit))
}

#[tokio::test(flavor = "multi_thread")]
async fn pages_of_errors_are_pages_too() {
    let site = Site::new().await;
    let token = site.session(Role::Forbundschef).await;
    let mut wrong = Vec::new();
    let asks = [
        (404, Ask::get("/finns/inte").by(&token)),
        (404, Ask::get("/hjalp/finns-inte").by(&token)),
        (400, Ask::get(&site.f("laget?per=hej")).by(&token)),
        (400, Ask::get(&site.f("laget?period=2022-H3")).by(&token)),
        (400, Ask::get(&site.f("skillnad?fran=%00")).by(&token)),
        (403, Ask::post("/logga-ut", &[]).with(Vec::new()).by(&token)),
        (422, Ask::post(&site.f("ny-insats"), &[]).by(&token)),
        (422, Ask::post("/logga-in", &[("epost", "a@b.se"), ("losenord", "fel")])),
        (422, Ask::upload(&site.f("import"), &[]).by(&token)),
        (422, Ask::upload(&site.f("import"), &[("a.zip".into(), b"PK\x03\x04trasig".to_vec())]).by(&token)),
        (422, Ask::post("/valj-losenord/finns-inte", &[("losenord", "a"), ("igen", "b")])),
    ];
    for (status, ask) in asks {
        let told = format!("{} {}", ask.method, ask.path);
        let reply = site.send(ask).await;
        if reply.status != status {
            wrong.push(format!("{told}: {} and not {status}: {}", reply.status, reply.text()));
        }
        headers(&reply, &told, &mut wrong);
        look(&reply, &told, &mut wrong);
    }
    // What is typed into an address is shown as text.
    let reply = site.get(&token, &site.f("laget?per=%3Cscript%3Ealert(1)%3C%2Fscript%3E")).await;
    assert!(reply.status == 400 && !reply.text().contains("<script>alert"), "{}", reply.text());
    let reply = site.page(&token, &site.f(&format!("laget?{TID}&sok=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E"))).await;
    assert!(!reply.text().contains("<script>alert"));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_router_itself_refuses_is_told_on_a_page_too() {
    let site = Site::new().await;
    let (token, head) = (site.session(Role::Kansli).await, site.session(Role::Behorighetsansvarig).await);
    let mut wrong = Vec::new();
    let asks = [
        Ask::get(&site.f("import/abc")).by(&token),
        Ask::get(&site.f("import/forslag/99999999999999999999")).by(&token),
        Ask::get(&site.f("anvandare/abc")).by(&head),
        Ask::get("/hjalp/%ff").by(&token),
        Ask::get(&site.f("laget?sok=%ff")).by(&token),
        Ask::post("/logga-in", &[]),
        Ask::post(&site.f("import/1/angra"), &[]).by(&token),
        Ask::post(&site.f("import"), &[]).by(&token),
        Ask { method: "POST", ..Ask::get(&site.f("laget")) }
            .with(vec![("sec-fetch-site", "same-origin".into())])
            .by(&token),
    ];
    for ask in asks {
        let told = format!("{} {}", ask.method, ask.path);
        let reply = site.send(ask).await;
        assert!(reply.status.is_client_error() || reply.status == 200, "{told}: {}", reply.status);
        if !reply.header("content-type").starts_with("text/html") {
            wrong.push(format!("{told}: {} {:?}", reply.status, reply.text()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
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

/// Also where something went wrong, and outside the förbund, one has the menu and does not have to begin again.
#[tokio::test(flavor = "multi_thread")]
async fn every_page_has_the_menu() {
    let site = Site::new().await;
    let board = site.session(Role::Ledamot).await;
    let menu = site.page(&board, &site.f("laget")).await.all("nav[aria-label=Huvudmeny] a");
    assert_eq!(menu, ["Läget", "Insatser", "Rapport", "Diarium"]);
    let inside = ["laget?per=hej", "import", "insats/finns-inte", "version/x", "finns-inte"].map(|rest| site.f(rest));
    let outside = ["/hjalp", "/hjalp/laget", "/om", "/om/tillganglighet", "/konto", "/finns-inte", "/hjalp/finns-inte"];
    for path in inside.iter().map(String::as_str).chain(outside) {
        let page = site.get(&board, path).await;
        assert_eq!(page.all("nav[aria-label=Huvudmeny] a"), menu, "{path}");
        assert!(page.all(".vem-namn").len() == 1, "{path}");
    }
    // Somebody else's förbund does not tell that it is there.
    let elsewhere = site.get(&board, "/f/prov-001/laget").await;
    assert!(elsewhere.status == 404 && elsewhere.all("nav[aria-label=Huvudmeny]").is_empty());
    assert_eq!(elsewhere.text(), site.get(&board, "/f/finns-inte/laget").await.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn days_in_the_wrong_order_are_told_on_the_page() {
    let site = Site::new().await;
    let token = site.session(Role::Kansli).await;
    let reply = site.get(&token, &site.f("skillnad?period=2023-H1&fran=2023-12-31&per=2023-08-30")).await;
    assert_eq!(
        (reply.status.as_u16(), reply.attributes("#fran, input[name=fran]", "value")),
        (422, vec!["2023-12-31".to_owned()])
    );
    assert!(reply.all(".felruta").join("").contains("Byt plats på dem"), "{}", reply.words());
}

/// What is wrong is told to everyone who may see it, the remedy to those who can follow it.
#[tokio::test(flavor = "multi_thread")]
async fn remedies_are_told_to_those_who_can_follow_them() {
    let site = Site::new().await;
    let time = "period=2023-H1&per=2023-08-30";
    let of = async |role: Role, rest: &str| {
        let token = site.session(role).await;
        site.page(&token, &site.f(&format!("{rest}?{time}"))).await
    };
    let (office, economist) = (of(Role::Kansli, "kontroller").await, of(Role::Ekonom, "kontroller").await);
    assert!(!office.all(".fynd .rad").is_empty() && economist.all(".fynd .rad").is_empty());
    assert!(economist.words().contains("Kansliet rättar uppgifterna"), "{}", economist.words());
    let late = async |role: Role| {
        let token = site.session(role).await;
        site.page(&token, &site.f("laget?period=2023-H2&per=2024-02-15")).await.all(".att-gora").join(" ")
    };
    let (office, leader) = (late(Role::Forbundschef).await, late(Role::Insatsansvarig).await);
    assert!(office.contains("Saknar kvartalsrapport") && office.contains("Påminn styrgruppen"), "{office}");
    assert!(leader.contains("Saknar kvartalsrapport") && !leader.contains("Påminn"), "{leader}");
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
