//! axe-core on every page, in every state and as every visitor may see it.

use super::browser::Browser;
use super::{TID, project};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Where axe-core is.
pub const FILE: &str = "target/axe/package/axe.min.js";

/// What a visitor has asked the browser for: media features.
type Asked = &'static [(&'static str, &'static str)];

/// Ways of seeing a page: name, width, height, device pixels per pixel, and what the visitor has asked for.
const WAYS: [(&str, u32, u32, u32, Asked); 5] = [
    ("1280", 1280, 900, 1, &[]),
    ("320", 320, 640, 1, &[]),
    ("mörkt", 1280, 900, 1, &[("prefers-color-scheme", "dark")]),
    ("tvingade färger", 1280, 900, 1, &[("forced-colors", "active")]),
    ("200 %", 640, 450, 2, &[]),
];

const RUN: &str = "const done = arguments[arguments.length - 1];
axe.run(document, {
    runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] },
    resultTypes: ['violations'],
}).then(
    result => done(result.violations.map(one => ({
        id: one.id,
        nodes: one.nodes.map(node => node.target.join(' ') + ' ' + node.html.slice(0, 160) + ' '
            + node.any.concat(node.all, node.none).map(check => check.message).join('; ').slice(0, 200)),
    }))),
    error => done([{ id: 'axe', nodes: [String(error)] }]),
);";

/// What sticks out to the right, save within what is made to scroll.
const WIDE: &str = "const room = window.innerWidth;
if (document.documentElement.scrollWidth <= room) { return []; }
return [document.documentElement.scrollWidth + ' > ' + room].concat([...document.querySelectorAll('body *')]
    .filter(one => (one.getBoundingClientRect().right > room || one.scrollWidth > one.clientWidth + 1) && !one.closest('.rulla, .dold, .skip'))
    .map(one => one.tagName.toLowerCase() + (one.className && typeof one.className == 'string' ? '.' + one.className : '')
        + ' ' + Math.round(one.getBoundingClientRect().right) + ' ' + one.textContent.trim().slice(0, 30))
    .slice(0, 6));";

async fn see(browser: &Browser, way: usize) {
    let (_, width, height, pixels, asked) = WAYS[way];
    let size = json!({ "width": width, "height": height, "deviceScaleFactor": pixels, "mobile": false });
    browser.cdp("Emulation.setDeviceMetricsOverride", size).await;
    let features: Vec<Value> = ["prefers-color-scheme", "forced-colors"]
        .iter()
        .map(|name| {
            let value = asked.iter().find(|(asked, _)| asked == name).map_or("", |(_, value)| value);
            json!({ "name": name, "value": value })
        })
        .collect();
    browser.cdp("Emulation.setEmulatedMedia", json!({ "features": features })).await;
    let seen =
        asked.iter().map(|(name, value)| format!(" && matchMedia('({name}: {value})').matches")).collect::<String>();
    let so = format!("innerWidth == {width} && devicePixelRatio == {pixels}{seen}");
    assert!(browser.until(&so).await, "the browser does not show pages so: {so}");
}

/// Looks at the page that is open, in these ways.
async fn look(browser: &Browser, name: &str, ways: &[usize], wrong: &mut Vec<String>) {
    if browser.js("return typeof axe == 'undefined'").await == true {
        let axe = std::fs::read_to_string(project(FILE)).unwrap();
        browser.js(&axe).await;
    }
    // What is folded away is part of the page too.
    browser.js("document.querySelectorAll('details').forEach(one => { one.open = true; })").await;
    // What is wrong is told once, with every way in which it is.
    let mut told: BTreeMap<String, (Vec<&str>, String)> = BTreeMap::new();
    for &way in ways {
        see(browser, way).await;
        let found = browser.client.execute_async(RUN, Vec::new()).await.unwrap();
        for violation in found.as_array().unwrap() {
            let nodes = violation["nodes"].as_array().unwrap();
            let first: Vec<&str> = nodes.iter().take(3).filter_map(Value::as_str).collect();
            let id = violation["id"].as_str().unwrap_or_default();
            let (seen, nodes) = (format!("axe {id}: {name}"), format!("{} × {}", nodes.len(), first.join(" | ")));
            told.entry(seen).or_insert_with(|| (Vec::new(), nodes)).0.push(WAYS[way].0);
        }
        let wide = browser.js(WIDE).await;
        if wide != json!([]) {
            wrong.push(format!("för brett: {name} ({}) {wide}", WAYS[way].0));
        }
    }
    see(browser, 0).await;
    wrong.extend(told.into_iter().map(|(seen, (ways, nodes))| format!("{seen} ({}), {nodes}", ways.join(", "))));
}

const ALL: [usize; 5] = [0, 1, 2, 3, 4];

/// Every page as förbundschef, and those that only the behörighetsansvarig has; ordinary, empty and wrong.
pub async fn every_page(browser: &Browser, wrong: &mut Vec<String>) {
    browser.client.delete_all_cookies().await.unwrap();
    for path in ["/logga-in", "/logga-in?besked=utloggad", "/valj-losenord/finns-inte", "/finns-inte"] {
        browser.go(path).await;
        look(browser, path, &ALL, wrong).await;
    }
    browser.go("/logga-in").await;
    browser.fill("#epost", "ingen@demo.exempel").await;
    browser.fill("#losenord", "gissning").await;
    browser.click("main button").await;
    assert!(browser.until("document.querySelector('.felruta')").await);
    look(browser, "/logga-in med fel", &ALL, wrong).await;
    browser.log_in("forbundschef").await;
    let f = |rest: &str| format!("/f/uppsala-lan/{rest}");
    let with = |rest: &str| format!("/f/uppsala-lan/{rest}?{TID}");
    let pages = [
        "/om".to_owned(),
        "/om/tillganglighet".to_owned(),
        "/om/komponenter".to_owned(),
        "/hjalp".to_owned(),
        "/hjalp?sok=xyzzy".to_owned(),
        "/hjalp/kom-igang".to_owned(),
        "/hjalp/roller".to_owned(),
        "/hjalp/import".to_owned(),
        "/hjalp/server".to_owned(),
        "/konto".to_owned(),
        "/finns-inte".to_owned(),
        with("laget"),
        f("laget"),
        f("laget?period=2019-H1"),
        f("laget?per=1999-01-01"),
        f("laget?per=hej"),
        f(&format!("laget?{TID}&sok=xyzzy")),
        with("insatser"),
        f("insatser?per=1999-01-01"),
        with("insats/ost-bryggan"),
        with("insats/reg-regexpro"),
        f("insats/ost-bryggan?period=2019-H1"),
        f("insats/ost-bryggan/andra"),
        f("insats/ost-bryggan/period"),
        f("insats/ost-bryggan/bedomning/2022-H1"),
        f("insats/ost-bryggan/bedomning/2020-H1"),
        f("insats/ost-bryggan/kommentar/2022-H1"),
        f("insats/ost-bryggan/slutrapport"),
        f("avvikelse/A001/kommentar"),
        f("insats/ost-bryggan/inskrivningar"),
        f("insats/ost-bryggan/inskrivningar?visa=pagaende&nummer=xyzzy"),
        f("insats/ost-bryggan/uppfoljningsfil"),
        f("insats/ost-bryggan/ord"),
        f("insats/ost-bryggan/antal?manad=2026-01"),
        f("insats/ost-bryggan/anonyma"),
        f("inskrivning/D00042"),
        f("inskrivning/D00042/ratta"),
        f("gallring"),
        f("inskrivning/D00042/ta-bort"),
        f("manad?ar=2022"),
        f("finsam?ar=2022"),
        f("insats/ost-bryggan/makulera"),
        f("laget?period=2023-H2&per=2024-02-15"),
        f("laget?period=2035-H1&per=2035-01-01"),
        f("ny-insats"),
        with("rapport"),
        f(&format!("rapport?{TID}&rapport=tjansteskrivelse")),
        f(&format!("rapport?{TID}&offentlig=ja")),
        f("rapport?per=1999-01-01"),
        f("skillnad?period=2023-H1"),
        f("skillnad?period=2023-H1&fran=2023-08-30&per=2023-12-31"),
        with("siffra/6/ost-bryggan/pagaende_S"),
        with("siffra/8/summa/andel_S"),
        with("siffra/2/ost-bryggan/trafikljus"),
        with("kontroller"),
        f("kontroller?per=1999-01-01"),
        f("import"),
        f("import/1"),
        f("import/1/angra"),
        f("logg"),
        f("installningar"),
    ];
    for path in &pages {
        browser.go(path).await;
        look(browser, path, &ALL, wrong).await;
    }
    for path in [
        f("ny-insats"),
        f("insats/ost-bryggan/skriv-in"),
        f("insats/ost-bryggan/period"),
        f("insats/ost-bryggan/kommentar/2022-H1"),
        f("installningar"),
        "/konto".to_owned(),
    ] {
        empty_form(browser, &path, wrong).await;
    }
    browser.log_in("behorighetsansvarig").await;
    for path in [f("anvandare"), f("anvandare/2")] {
        browser.go(&path).await;
        look(browser, &path, &ALL, wrong).await;
    }
    empty_form(browser, &f("anvandare"), wrong).await;
}

/// A form sent with nothing in it.
async fn empty_form(browser: &Browser, path: &str, wrong: &mut Vec<String>) {
    browser.go(path).await;
    let send = "const form = document.querySelector('main form[method=post]');
        form.noValidate = true;
        form.querySelectorAll('input:not([type=hidden])').forEach(one => { one.value = ''; });
        form.requestSubmit();";
    browser.js(send).await;
    if !browser.until("document.querySelector('.felruta, .felmeddelande') && document.readyState == 'complete'").await {
        wrong.push(format!("{path}: a form with nothing in it is answered {}", browser.words().await));
    }
    look(browser, &format!("{path} tomt"), &ALL, wrong).await;
}

/// The pages of each role that it reaches by its menu, and one page of each kind from there.
pub async fn every_role(browser: &Browser, wrong: &mut Vec<String>) {
    for role in ["kansli", "ekonom", "insatsansvarig", "styrgrupp", "ledamot", "revisor"] {
        browser.log_in(role).await;
        let menu =
            browser.js("return [...document.querySelectorAll('header nav a')].map(a => a.getAttribute('href'))").await;
        let mut paths: Vec<String> =
            menu.as_array().unwrap().iter().filter_map(Value::as_str).map(str::to_owned).collect();
        assert!(!paths.is_empty(), "{role}");
        paths.push(format!("/f/uppsala-lan/insats/ost-bryggan?{TID}"));
        paths.push(format!("/f/uppsala-lan/siffra/6/ost-bryggan/pagaende_S?{TID}"));
        for path in paths {
            browser.go(&path).await;
            look(browser, &format!("{role} {path}"), &[0], wrong).await;
        }
    }
}

/// The page that is open, in every way.
pub async fn every_way(browser: &Browser, name: &str, wrong: &mut Vec<String>) {
    look(browser, name, &ALL, wrong).await;
}

/// The page that is open, ordinary and narrow.
pub async fn this(browser: &Browser, name: &str, wrong: &mut Vec<String>) {
    look(browser, name, &[0, 1], wrong).await;
}
