//! The förbund's own economy on pages: the member fees of a year, and the plans for the board's meetings.

use crate::base::{Program, project};
use crate::webb::{Ask, Reply, Site};
use samsyn::access::Role;
use scraper::{Html, Selector};
use std::collections::BTreeMap;

/// The plan with an application, and its name in addresses.
const MOTE: &str = "mote=2018-03-16";
const ANSOKAN: &str = "ej_beslutade.tillaggsansokan-bryggan-osthammar";
const ANDRA: &str = "beslutsutrymme/2022-10-20/andra";
/// A personnummer of nobody.
const PERSONNUMMER: &str = "900101-0017";

/// A table of a report as rows of cells.
fn rows(csv: &str) -> Vec<Vec<String>> {
    csv.trim_start_matches('\u{feff}').lines().map(|line| line.split(';').map(str::to_owned).collect()).collect()
}

/// The fields that a form says are wrong.
pub fn wrong(reply: &Reply) -> Vec<String> {
    assert_eq!(reply.status, 422, "{}", reply.words());
    reply.attributes(".felruta a", "href")
}

/// What the page's form would send as it stands: by name, with the button that saves.
pub fn fields(page: &Reply) -> BTreeMap<String, String> {
    let html = Html::parse_document(&page.text());
    let selector = |text: &str| Selector::parse(text).unwrap();
    let form = html.select(&selector("form.formular[method=post]")).next().expect("no form");
    let mut fields = BTreeMap::from([("gor".to_owned(), "spara".to_owned())]);
    for input in form.select(&selector("input[name]")) {
        if input.attr("type") != Some("checkbox") || input.attr("checked").is_some() {
            fields.insert(input.attr("name").unwrap().to_owned(), input.attr("value").unwrap_or_default().to_owned());
        }
    }
    for select in form.select(&selector("select[name]")) {
        let chosen = select.select(&selector("option[selected]")).next();
        let chosen = chosen.or(select.select(&selector("option")).next());
        let value = chosen.and_then(|option| option.attr("value")).unwrap_or_default();
        fields.insert(select.attr("name").unwrap().to_owned(), value.to_owned());
    }
    fields
}

pub async fn send(site: &Site, token: &str, path: &str, fields: &BTreeMap<String, String>) -> Reply {
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    site.post(token, &site.f(path), &fields).await
}

/// The place of the row whose post is called so.
pub fn rad(fields: &BTreeMap<String, String>, post: &str) -> String {
    let found = fields.iter().find(|(name, text)| name.starts_with("post-") && *text == post);
    found.unwrap_or_else(|| panic!("no row {post}")).0.trim_start_matches("post-").to_owned()
}

pub async fn upload(site: &Site, token: &str, name: &str, bytes: &[u8]) -> Reply {
    site.send(Ask::upload(&site.f("las-plan"), &[(name.to_owned(), bytes.to_vec())]).by(token)).await
}

/// Saves the plan that a page shows in its form, with a reason.
pub async fn keep(site: &Site, token: &str, page: &Reply, skal: &str) -> Reply {
    assert_eq!(page.status, 200, "{}", page.words());
    let mut form = fields(page);
    form.insert("skal".to_owned(), skal.to_owned());
    let action = page.attributes("form.formular[method=post]", "action").remove(0);
    let form: Vec<(&str, &str)> = form.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    site.post(token, &action, &form).await
}

/// What a row of the plan on the page says, column by column.
pub fn row(page: &Reply, name: &str) -> Vec<String> {
    page.all(&format!("article td a[href*='/{name}/']"))
}

#[tokio::test(flavor = "multi_thread")]
async fn another_sum_is_tried_and_nothing_is_stored() {
    let site = Site::new().await;
    let token = site.session(Role::Ledamot).await;
    let state = async || samsyn_store::forbund::state(site.db(), site.forbund).await.unwrap();
    let before = state().await;
    let address = site.f("avgifter?ar=2024&totalt=24+000+000");
    let page = site.page(&token, &address).await;
    let words = page.words();
    assert!(words.contains("Det här är ett prov") && words.contains("24 000 000"), "{words}");
    assert!(words.contains("Avgifterna är preliminära"), "{words}");
    // What is tried stands nowhere, so nothing explains it.
    assert!(page.all("article a[href*='/siffra/']").is_empty());
    let by_half = site.page(&token, &site.f("avgifter?ar=2024&statens=12000000")).await;
    assert_eq!(by_half.all("article td"), page.all("article td"));
    // The files are of the same trial.
    let link = page.attributes("a[href*='.csv']", "href").remove(0);
    // Grupp;Medlem;Folkmängd;2023;2024;Ändring;Första halvåret;Andra halvåret
    let table = rows(&site.page(&token, &link).await.text());
    let sums = ["Kommunerna tillsammans", "Alla medlemmar"];
    let members: Vec<_> = table[1..].iter().filter(|row| !sums.contains(&&*row[1])).collect();
    assert_eq!(members.iter().map(|row| row[4].parse::<i64>().unwrap()).sum::<i64>(), 24_000_000);
    assert_eq!(table.last().unwrap()[4], "24000000");
    for row in members {
        let [year, first, second] = [4, 6, 7].map(|at: usize| row[at].parse::<i64>().unwrap());
        assert!(first + second == year && (0..=1).contains(&(first - second)), "{row:?}");
    }
    for format in ["pdf", "docx", "xlsx", "html", "md", "json"] {
        let file = site.page(&token, &site.f(&format!("avgifter/avgifter.{format}?ar=2024&totalt=24000000"))).await;
        assert!(file.header("content-disposition").contains("avgifter-2024-prov-per-"), "{format}");
        if ["html", "md", "json"].contains(&format) {
            let text = file.text();
            assert!(text.contains("Prov med en annan summa") && !text.contains("föreslås"), "{format}: {text}");
        }
    }
    let real = site.page(&token, &site.f("avgifter/avgifter.md?ar=2022")).await;
    assert!(real.header("content-disposition").contains("avgifter-2022-per-") && !real.text().contains("Prov"));
    // The plan of October 2022 budgets 2024, which was a guess; nothing else tells that year's sum.
    let known = site.page(&token, &site.f("avgifter?ar=2024")).await;
    assert!(known.words().contains("är inte angiven") && !known.words().contains("24 000 000"), "{}", known.words());
    let next = site.page(&token, &site.f("avgifter?ar=2023")).await;
    assert!(next.words().contains("23 090 000"), "{}", next.words());
    assert_eq!(state().await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sum_is_stored_with_who_and_why() {
    let site = Site::new().await;
    let given = [("ar", "2024"), ("statens", "11 600 000"), ("beslutad", "2023-11-23"), ("skal", "Styrelsen § 71")];
    for role in [Role::Ledamot, Role::Revisor] {
        let token = site.session(role).await;
        let page = site.page(&token, &site.f("avgifter?ar=2024")).await;
        assert!(page.all("form[method=post].formular").is_empty(), "{role:?}");
        assert_eq!(site.post(&token, &site.f("avgifter"), &given).await.status, 404, "{role:?}");
    }
    for role in [Role::Insatsansvarig, Role::Styrgrupp] {
        let token = site.session(role).await;
        for path in ["ekonomi", "avgifter", "avgifter/avgifter.pdf", "beslutsutrymme", "beslutsutrymme/plan.csv"] {
            assert_eq!(site.get(&token, &site.f(path)).await.status, 404, "{role:?} {path}");
        }
        for figure in [
            "medlemsavgifter-2022/totalt/kr",
            "beslutsutrymme-2022-10-20/forvaltning/2023-budget",
            // The row is the insats that they lead.
            "prognos-2022/ost-bryggan/prognos_tkr?period=2022-H1",
            "prognos-2022/ost-bryggan/utfall_tkr?period=2022-H1",
        ] {
            assert_eq!(site.get(&token, &site.f(&format!("siffra/{figure}"))).await.status, 404, "{role:?} {figure}");
        }
    }
    let token = site.session(Role::Ekonom).await;
    let done = site.post(&token, &site.f("avgifter"), &given).await;
    assert_eq!(done.to(), site.f("avgifter?ar=2024&besked=avgift"), "{}", done.words());
    let page = site.page(&token, done.to()).await;
    let words = page.words();
    assert!(words.contains("Summan är sparad") && words.contains("23 200 000"), "{words}");
    assert!(words.contains("Styrelsen har beslutat") && words.contains("23 november 2023"), "{words}");
    // It is what the figure rests on, and what the overview says.
    let total = page.attributes("article td a[href*='/totalt/kr']", "href").remove(0);
    let told = site.page(&token, &total).await.words();
    assert!(told.contains("23 200 000") && told.contains("beslutat 2023-11-23"), "{told}");
    let overview = site.page(&token, &site.f("ekonomi")).await.words();
    assert!(overview.contains("2024 23 200 000 beslutad 2023-11-23"), "{overview}");
    // The same again changes nothing; the form begins with what is stored.
    let stored = fields(&page);
    assert_eq!(
        (&*stored["totalt"], &*stored["beslutad"], &*stored["skal"]),
        ("23\u{a0}200\u{a0}000", "2023-11-23", "")
    );
    assert!(site.post(&token, &site.f("avgifter"), &given).await.to().ends_with("besked=likadant"));
    let log = site.page(&site.session(Role::Forbundschef).await, &site.f("logg")).await;
    let told: Vec<String> = log.all("tbody tr").into_iter().filter(|row| row.contains("Medlemsavgifter")).collect();
    assert!(told.len() == 1 && told[0].contains("Ekonom") && told[0].contains("2024: Styrelsen § 71"), "{told:?}");
    // What it was is kept.
    let chosen = samsyn::actions::forbund::Chosen::find(site.db(), Some(crate::webb::FORBUND)).await.unwrap();
    let mut again = vec![("ar", "2024"), ("totalt", "23300000"), ("skal", "Rättat")];
    // Who has not seen what stands there is told, and what was typed is kept.
    let reply = site.post(&token, &site.f("avgifter"), &again).await;
    let told = reply.all(".felruta").join(" ");
    assert!(reply.status == 422 && told.contains("är nu 23 200 000 kronor, sparad av Ekonom"), "{told}");
    let seen = fields(&reply);
    assert_eq!(seen["totalt"], "23300000");
    again.push(("handelse", &seen["handelse"]));
    assert_eq!(site.post(&token, &site.f("avgifter"), &again).await.status, 303);
    let now = samsyn_store::facts::current(site.db(), &chosen.access).await.unwrap();
    let sums: Vec<i64> =
        now.medlemsavgifter.iter().filter(|row| row.ar == 2024).map(|row| row.totalt_kr.kronor()).collect();
    assert_eq!(sums, [23_300_000]);
    let log = site.page(&site.session(Role::Forbundschef).await, &site.f("logg")).await.words();
    assert!(log.contains("Styrelsen § 71") && log.contains("Rättat"), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sum_that_cannot_be_is_told_and_nothing_is_lost() {
    let site = Site::new().await;
    let token = site.session(Role::Ekonom).await;
    let address = site.f("avgifter");
    for (totalt, statens, told) in [
        ("-5", "", "är inget belopp i hela kronor"),
        ("100,50", "", "är inget belopp i hela kronor"),
        ("tolv", "", "är inget belopp i hela kronor"),
        ("", "11 000 000,25", "är inget belopp i hela kronor"),
        ("22000000", "11000000", "inte båda"),
        ("", "", "Skriv summan av avgifterna"),
    ] {
        let form = [("ar", "2024"), ("totalt", totalt), ("statens", statens), ("skal", "Styrelsen § 71")];
        let reply = site.post(&token, &address, &form).await;
        let felruta = reply.all(".felruta").join(" ");
        assert!(reply.status == 422 && felruta.contains(told), "{totalt:?} {statens:?}: {}", reply.words());
        let kept = fields(&reply);
        assert_eq!((&*kept["totalt"], &*kept["statens"], &*kept["skal"]), (totalt, statens, "Styrelsen § 71"));
        if !(totalt.is_empty() && statens.is_empty()) {
            let query =
                format!("?ar=2024&totalt={}&statens={}", crate::webb::encode(totalt), crate::webb::encode(statens));
            let tried = site.get(&token, &format!("{address}{query}")).await;
            assert!(tried.status == 422 && tried.words().contains(told), "{query}: {}", tried.words());
            assert_eq!(tried.attributes(".tidval [name=totalt], .tidval [name=statens]", "value"), [totalt, statens]);
            let file = site.get(&token, &format!("{}/avgifter.pdf{query}", site.f("avgifter"))).await;
            assert!(file.status == 400 && file.words().contains(told), "{query}: {}", file.words());
        }
    }
    for (field, value, told) in [
        ("skal", "", "Skriv varför i Skäl"),
        ("beslutad", "2024-02-30", "är inget datum"),
        ("beslutad", "2099-02-28", "har inte varit än"),
        ("skal", PERSONNUMMER, "utan personnummer"),
        ("totalt", PERSONNUMMER, "ett personnummer"),
        ("beslutad", PERSONNUMMER, "är inget datum"),
    ] {
        let mut form = BTreeMap::from([("ar", "2024"), ("totalt", "22000000"), ("skal", "Styrelsen § 71")]);
        form.insert(field, value);
        let form: Vec<(&str, &str)> = form.into_iter().collect();
        let reply = site.post(&token, &address, &form).await;
        assert!(reply.status == 422 && reply.all(".felruta").join(" ").contains(told), "{field}: {}", reply.words());
        assert!(!reply.text().contains(PERSONNUMMER), "{field}");
    }
    for ar in ["24", "hej", "2024-H1", "99999"] {
        let reply = site.post(&token, &address, &[("ar", ar), ("totalt", "1"), ("skal", "x")]).await;
        assert!(reply.status == 400 && reply.words().contains("år"), "{ar}: {}", reply.words());
    }
    for path in [
        format!("avgifter?ar={PERSONNUMMER}"),
        format!("avgifter?ar=2024&per={PERSONNUMMER}"),
        format!("beslutsutrymme?mote={PERSONNUMMER}"),
        format!("prognos?period={PERSONNUMMER}"),
        format!("laget?period={PERSONNUMMER}"),
    ] {
        let reply = site.get(&token, &site.f(&path)).await;
        assert!(reply.status == 400 && !reply.text().contains("0017"), "{path}: {}", reply.words());
        assert!(reply.words().contains("innehåller ett personnummer och visas därför inte"), "{}", reply.words());
    }
    let tried = site.get(&token, &format!("{address}?ar=2024&totalt={PERSONNUMMER}")).await;
    assert!(tried.status == 422 && !tried.text().contains(PERSONNUMMER), "{}", tried.words());
    assert!(!site.stored(PERSONNUMMER));
}

/// "pending and expected applications added one by one with a switch each, the effect per year seen at once and
/// shareable by address"
#[tokio::test(flavor = "multi_thread")]
async fn an_application_is_counted_or_not_by_an_address_to_share() {
    let site = Site::new().await;
    let token = site.session(Role::Ekonom).await;
    let all = site.page(&token, &site.f(&format!("beslutsutrymme?{MOTE}"))).await;
    let last = "beslutsutrymme_efter_ej_beslutade";
    assert_eq!(row(&all, last), ["8 556", "2 393", "3 257", "9 370", "21 680"]);
    let switch = format!("med-{ANSOKAN}");
    assert_eq!(all.attributes("input[type=checkbox][checked]", "name"), std::slice::from_ref(&switch));
    // The form as a browser without a script sends it: the switch is off.
    let sent = site.get(&token, &site.f(&format!("beslutsutrymme?{MOTE}&valda=ja"))).await;
    let shared = site.f(&format!("beslutsutrymme?{MOTE}&utan={ANSOKAN}"));
    assert_eq!((sent.status.as_u16(), sent.to()), (303, &*shared));
    let on = site.get(&token, &site.f(&format!("beslutsutrymme?{MOTE}&valda=ja&{switch}=ja"))).await;
    assert_eq!(on.to(), site.f(&format!("beslutsutrymme?{MOTE}")));
    // 92, 110, 110 and 73 tkr, and what they took of the years before.
    let board = site.session(Role::Ledamot).await;
    let without = site.page(&board, &shared).await;
    assert_eq!(row(&without, last), ["8 556", "2 485", "3 459", "9 682", "22 065"]);
    assert!(without.attributes("input[type=checkbox][checked]", "name").is_empty());
    assert!(without.words().contains("räknas inte med"), "{}", without.words());
    // The figure's page is of the same choice.
    let link = without.attributes(&format!("article td a[href*='/{last}/2021']"), "href").remove(0);
    assert!(link.contains(&format!("beslutsutrymme-2018-03-16-utan-{ANSOKAN}")), "{link}");
    let told = site.page(&board, &link).await;
    assert_eq!(told.all(".stor-siffra"), ["22 065 tkr"]);
    // And so are the files.
    for href in without.attributes(".ladda-ner a[href*='/beslutsutrymme.'], .ladda-ner a[href*='-tabell-']", "href") {
        let file = site.page(&board, &href).await;
        assert!(href.contains(&format!("utan={ANSOKAN}")), "{href}");
        assert!(file.header("content-disposition").contains("beslutsutrymme-2018-03-16-utan-per-"), "{href}");
        if href.contains(".csv") || href.contains(".md") {
            let text = file.text().replace(['\u{a0}', '\u{202f}'], " ");
            assert!(text.contains("22 065") || text.contains("22065"), "{href}: {text}");
        }
    }
    // An address that is older than the plan is told of, and no file is made of it.
    let old = format!("beslutsutrymme?{MOTE}&utan=ej_beslutade.finns-inte");
    let page = site.page(&board, &site.f(&old)).await;
    assert!(page.words().contains("som inte finns i den här planen"), "{}", page.words());
    assert_eq!(row(&page, last), row(&all, last));
    let file = site.get(&board, &site.f(&old.replace('?', "/beslutsutrymme.pdf?"))).await;
    assert!(file.status == 400 && file.words().contains("som inte finns"), "{}", file.words());
    for (wrong, told) in [("mote=2018-03-17", "Det finns planer till"), ("mote=hej", "är inget datum")] {
        let reply = site.get(&board, &site.f(&format!("beslutsutrymme?{wrong}"))).await;
        assert!(reply.status == 400 && reply.words().contains(told), "{wrong}: {}", reply.words());
    }
}

/// "Every figure can name its sources: from any cell, and any figure in a text, one reaches the facts behind it."
#[tokio::test(flavor = "multi_thread")]
async fn every_figure_of_the_pages_leads_to_one_that_explains_it() {
    let site = Site::new().await;
    let token = site.session(Role::Revisor).await;
    for (path, least) in [
        ("avgifter?ar=2022", 60),
        ("beslutsutrymme?mote=2022-10-20", 100),
        (&format!("beslutsutrymme?{MOTE}&utan={ANSOKAN}"), 40),
    ] {
        let page = site.page(&token, &site.f(path)).await;
        // Every amount in the tables is a link.
        let bare: Vec<String> =
            page.all("article td:not(:has(a))").into_iter().filter(|cell| cell.chars().any(char::is_numeric)).collect();
        assert!(bare.is_empty(), "{path}: {bare:?}");
        let found = page.all("article a[href*='/siffra/']").into_iter();
        let found: Vec<_> = found.zip(page.attributes("article a[href*='/siffra/']", "href")).collect();
        assert!(found.len() >= least, "{path}: {}", found.len());
        for (shown, href) in found {
            let told = site.page(&token, &href).await;
            let value = told.all(".stor-siffra").join("");
            let digits = |text: &str| text.chars().filter(|c| c.is_ascii_digit() || *c == '−').collect::<String>();
            assert_eq!(digits(&shown), digits(&value), "{href}");
            assert!(told.words().contains("Regel"), "{href}");
        }
    }
}

/// "Import and export as CSV and Excel": the plan as it is fetched says the same when it is taken in.
#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_fetched_and_taken_in_again() {
    let site = Site::new().await;
    let token = site.session(Role::Ekonom).await;
    for mote in ["2018-03-16", "2022-10-20"] {
        for ending in ["csv", "xlsx"] {
            let file = site.page(&token, &site.f(&format!("beslutsutrymme/plan.{ending}?mote={mote}"))).await;
            let name = format!("plan-{mote}.{ending}");
            assert!(file.header("content-disposition").contains(&name), "{}", file.header("content-disposition"));
            let same = upload(&site, &token, &name, &file.bytes).await;
            assert!(same.words().contains("Filen säger samma som planen redan gör"), "{name}: {}", same.words());
            assert!(keep(&site, &token, &same, "Ur fil").await.to().ends_with("besked=likadant"), "{name}");
            if ending == "csv" {
                let text = String::from_utf8(file.bytes).unwrap();
                let changed = text.replacen("23090", "23190", 1).replacen("22000", "22100", 1);
                assert_ne!(changed, text);
                let looked = upload(&site, &token, &name, changed.as_bytes()).await;
                let told = looked.all(".notis li");
                assert!(told.len() == 1 && told[0].contains("100 tkr"), "{told:?}");
                let done = keep(&site, &token, &looked, "Ur fil").await;
                assert_eq!(done.to(), site.f(&format!("beslutsutrymme?mote={mote}&besked=plan")), "{}", done.words());
                let page = site.page(&token, done.to()).await.words();
                assert!(page.contains("23 190") || page.contains("22 100"), "{page}");
            }
        }
    }
    // For a meeting of its own it is a new plan.
    let file = std::fs::read(project("demo/ekonomi/plan-2022-10-20.csv")).unwrap();
    let changed =
        String::from_utf8(file).unwrap().replace("2375;2904;0", "").replace("3375;3375;2904;0", "3375;3375;2404;0");
    let looked = upload(&site, &token, "Plan till styrelsen 2022-11-24.CSV", changed.as_bytes()).await;
    assert!(looked.words().contains("Planen är inte sparad än"), "{}", looked.words());
    let address = site.f("beslutsutrymme?mote=2022-11-24");
    assert_eq!(site.get(&token, &address).await.status, 400, "nothing is stored before somebody has said yes");
    assert_eq!(wrong(&keep(&site, &token, &looked, "").await), ["#skal"]);
    let done = keep(&site, &token, &looked, "Nya siffror").await;
    let page = site.page(&token, done.to()).await;
    assert!(page.words().contains("Arbetslivsintro 2023: −500 tkr"), "{}", page.words());
    let log = site.page(&site.session(Role::Forbundschef).await, &site.f("logg")).await.words();
    assert!(log.contains("Ekonom Plan för beslutsutrymmet 2022-11-24: Nya siffror"), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_no_plan_is_told_in_its_place() {
    let site = Site::new().await;
    let token = site.session(Role::Ekonom).await;
    let state = async || samsyn_store::forbund::state(site.db(), site.forbund).await.unwrap();
    let before = state().await;
    let head = "kategori;post;2023-budget_tkr\r\n";
    for (name, text, told) in [
        ("plan.csv", format!("{head}intakter;A;1\r\n"), "Skriv vilket styrelsemöte"),
        ("plan-2022-13-20.csv", format!("{head}intakter;A;1\r\n"), "Skriv vilket styrelsemöte"),
        ("", format!("{head}intakter;A;1\r\n"), "Välj en fil först"),
        (
            "plan-2023-01-19.csv",
            format!("{head}utgifter;A;1\r\n"),
            "rad 2, kolumn \"kategori\": ”utgifter” är ingen kategori",
        ),
        (
            "plan-2023-01-19.csv",
            format!("{head}intakter;A;tolv\r\n"),
            "rad 2, kolumn \"2023-budget\": ”tolv” är inget belopp",
        ),
        ("plan-2023-01-19.csv", "a;b\r\n1;2\r\n".to_owned(), "ingen rad med rubrikerna kategori och post"),
        ("plan-2023-01-19.xlsx", "inget kalkylblad".to_owned(), "plan-2023-01-19.xlsx"),
        (
            "plan-2023-01-19.csv",
            format!("{head}intakter;Avser {PERSONNUMMER};1\r\n"),
            "cell B2: Här finns ett personnummer",
        ),
        ("plan-2023-01-19.csv", format!("{head}intakter;A;{PERSONNUMMER}\r\n"), "ett personnummer"),
        ("plan-2023-01-19.csv", format!("kategori;post;{PERSONNUMMER}\r\nintakter;A;1\r\n"), "ett personnummer"),
        (&format!("{PERSONNUMMER} 2023-01-19.csv"), format!("{head}utgifter;A;1\r\n"), "Filen, rad 2"),
        (&format!("{PERSONNUMMER}.csv"), format!("{head}utgifter;A;1\r\n"), "Skriv vilket styrelsemöte"),
    ] {
        let reply = upload(&site, &token, name, text.as_bytes()).await;
        let felruta = reply.all(".felruta").join(" ");
        assert!(reply.status == 422 && felruta.contains(told), "{name} {text}: {felruta} {}", reply.words());
        assert!(!reply.text().contains(PERSONNUMMER), "{name} {text}");
    }
    assert_eq!(state().await, before);
    assert!(!site.stored(PERSONNUMMER));
    assert_eq!(upload(&site, &site.session(Role::Ledamot).await, "plan-2023-01-19.csv", b"x").await.status, 404);
}

/// Where the plan and the decisions differ is told, in the words of both.
#[tokio::test(flavor = "multi_thread")]
async fn a_plan_that_differs_from_the_decisions_says_so() {
    let site = Site::new().await;
    let token = site.session(Role::Ekonom).await;
    let told =
        async || site.page(&token, &site.f("beslutsutrymme?mote=2022-10-20")).await.all("[aria-labelledby=skiljer] li");
    let before = told().await;
    let mut form = fields(&site.page(&token, &site.f(ANDRA)).await);
    form.insert("skal".to_owned(), "Inför mötet".to_owned());
    let bryggan = rad(&form, "ost-bryggan");
    form.insert(format!("belopp-{bryggan}-2022-budget"), "1".to_owned());
    assert_eq!(send(&site, &token, ANDRA, &form).await.status, 303);
    let after = told().await;
    let new: Vec<&String> = after.iter().filter(|line| !before.contains(line)).collect();
    assert!(new.len() == 1 && new[0].starts_with("Bryggan, budget 2022: 1 tkr i planen, 1"), "{new:?} {before:?}");
}

/// What the page prints as left to decide about is what `samsyn siffror` says, and what the rows come to.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_left_is_the_same_by_every_door() {
    let site = Site::new().await;
    let token = site.session(Role::Ekonom).await;
    let mut seed: i64 = 7;
    let mut next = |most: i64| {
        seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
        (seed / 65_536) % most
    };
    for nr in 1..=4 {
        let posts = ["intakter;A", "forvaltning;B", "samverkansinsatser;C", "samverkansinsatser;D", "projekt;E"];
        let mut text = "kategori;post;2030_tkr;2031_tkr;2032_tkr\r\n".to_owned();
        let start = next(9_000) - 3_000;
        let mut left = vec![start; 3];
        for (at, post) in posts.iter().enumerate() {
            let amounts: Vec<i64> = (0..3).map(|_| if at == 0 { next(20_000) } else { next(6_000) - 500 }).collect();
            for year in 0..3 {
                let until: i64 = amounts[..=year].iter().sum();
                left[year] += if at == 0 { until } else { -until };
            }
            let amounts: Vec<String> = amounts.iter().map(ToString::to_string).collect();
            text += &format!("{post};{}\r\n", amounts.join(";"));
        }
        text += &format!("overskott_fran_tidigare_ar;Ingående;{start};;\r\n");
        let mote = format!("2030-0{nr}-15");
        let looked = upload(&site, &token, &format!("plan-{mote}.csv"), text.as_bytes()).await;
        assert_eq!(keep(&site, &token, &looked, "Prov").await.status, 303);
        let page = site.page(&token, &site.f(&format!("beslutsutrymme?mote={mote}"))).await;
        let number = |text: &String| text.replace('−', "-").replace(char::is_whitespace, "").parse::<i64>().unwrap();
        let shown: Vec<i64> = row(&page, "kvarvarande_beslutsutrymme").iter().map(number).collect();
        assert_eq!(shown, left, "{text}");
        let data = site.folder.path().to_str().unwrap();
        let program = Program::new();
        let printed = program.done(&[
            "--data",
            data,
            "siffror",
            "2030",
            "--rapport",
            "beslutsutrymme",
            "--forbund",
            crate::webb::FORBUND,
        ]);
        let name = format!("beslutsutrymme-{mote};kvarvarande_beslutsutrymme;");
        let printed = printed.lines().filter_map(|line| line.strip_prefix(&name)?.rsplit_once(';'));
        assert_eq!(printed.map(|(_, value)| value.parse().unwrap()).collect::<Vec<i64>>(), left, "{text}");
    }
}
