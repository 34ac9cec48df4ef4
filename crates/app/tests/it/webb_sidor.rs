//! What stands on the pages: every link and heading for every role, errors, the menu, and advice.

use crate::webb::{Ask, Reply, Site, TID};
use crate::webb_smatal::names_one;
use samsyn::access::Role;
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

/// Also where something went wrong, and outside the förbund, one has the menu and does not have to begin again.
#[tokio::test(flavor = "multi_thread")]
async fn every_page_has_the_menu() {
    let site = Site::new().await;
    let board = site.session(Role::Ledamot).await;
    let menu = site.page(&board, &site.f("laget")).await.all("nav[aria-label=Huvudmeny] a");
    assert_eq!(menu, ["Läget", "Insatser", "Rapport", "Ekonomi", "Diarium"]);
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
