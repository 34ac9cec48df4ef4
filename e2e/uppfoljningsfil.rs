//! Three lists as hurried insatsansvariga keep them, taken in by the insatsansvarig alone; what the tables then say; and
//! a month of counts, a template and an annotated copy.

use super::browser::Browser;
use super::{axe, project};
use serde_json::{Value, json};

/// A list: the insats, the file, and what a person answers when asked what words mean: the wording, the reason, and
/// what it says of how it went.
struct Lista {
    insats: &'static str,
    namn: &'static str,
    fil: &'static str,
    svar: &'static [(&'static str, &'static str, &'static str)],
    /// Rows of tables 6, 7 and 8 for 2026-H1, counted by hand in testdata/egna-listor/facit.md.
    tabell_6: &'static str,
    tabell_7: &'static str,
    tabell_8: &'static str,
}

const LISTOR: [Lista; 3] = [
    Lista {
        insats: "hast",
        namn: "Nystart norr",
        fil: "lista-hast.xlsx",
        svar: &[
            ("kom en dag, ville inte", "egen_begäran", ""),
            ("insatsen slut i norra", "insatsen_avslutad", ""),
            ("sjukskriven igen", "sjukdom", ""),
        ],
        tabell_6: "7;4;11;6;5;11;7;5;12;4;2;6;2;2;4",
        tabell_7: "0",
        tabell_8: "2;2;4;25;40;33;22",
    },
    Lista {
        insats: "spar-tva",
        namn: "Spår två",
        fil: "uppfoljning-var-2026.ods",
        svar: &[
            ("tillbaka till vården", "fortsatt_rehabilitering", ""),
            ("över till kommunens vanliga stöd", "ordinarie_stöd", ""),
            ("projektet tog slut, jobbar 25%", "insatsen_avslutad", "arbete_25"),
        ],
        tabell_6: "8;4;12;9;3;12;10;4;14;6;5;11;3;2;5",
        tabell_7: "0",
        tabell_8: "3;2;5;38;50;40;30",
    },
    Lista {
        insats: "vagen",
        namn: "Vägen",
        fil: "deltagare_export.csv",
        svar: &[("fel målgrupp", "övrigt", ""), ("annan aktör tog över", "annan_aktör", "")],
        tabell_6: "4;2;6;5;0;5;5;1;6;1;3;4;3;0;3",
        tabell_7: "1",
        tabell_8: "3;0;3;60;;60;40",
    },
];

/// Sends a form of the site from the page that is open, and waits for the page that it leads to.
async fn send(browser: &Browser, path: &str, fields: &[(&str, &str)]) {
    let script = "const [path, fields] = arguments;
        fetch(path, { method: 'POST', body: new URLSearchParams(fields) }).then(answer => done(answer.status));";
    let status = browser.later(script, vec![json!(path), json!(fields)]).await;
    assert_eq!(status, 200, "{path}");
}

fn f(rest: &str) -> String {
    format!("/f/uppsala-lan/{rest}")
}

/// The insatser, and their insatsansvarig.
async fn prepare(browser: &Browser) {
    browser.log_in("kansli").await;
    for lista in &LISTOR {
        let fields = [
            ("insats_id", lista.insats),
            ("namn", lista.namn),
            ("insatsagare", "Heby"),
            ("typ", "individ"),
            ("inriktning", "arbetsnära"),
            ("start", "2025-01-01"),
            ("slut", "2027-12-31"),
            ("beslutad", "2024-11-20"),
            ("skal", "Styrelsen 2024-11-20, § 9"),
        ];
        send(browser, &f("ny-insats"), &fields).await;
    }
    browser.log_in("behorighetsansvarig").await;
    browser.go(&f("anvandare")).await;
    let find = "return [...document.querySelectorAll('main tr')].find(row => row.innerText.includes('insatsansvarig@'))
        .querySelector('a').getAttribute('href');";
    let user = browser.text(find).await;
    for lista in &LISTOR {
        send(browser, &format!("{user}/roll"), &[("roll", "insatsansvarig"), ("insats", lista.insats), ("till", "")])
            .await;
    }
}

/// Hands in one list and answers what is asked.
async fn hand_in(browser: &Browser, lista: &Lista, wrong: &mut Vec<String>) {
    let name = lista.fil;
    browser.go(&f(&format!("insats/{}", lista.insats))).await;
    browser.click("a[href$='/uppfoljningsfil']").await;
    assert!(browser.until("document.querySelector('#fil') && document.readyState == 'complete'").await, "{name}");
    let file = project(&format!("testdata/egna-listor/{name}")).canonicalize().unwrap();
    browser.fill("#fil", file.to_str().unwrap()).await;
    browser.click(".slapp button").await;
    let here = "document.querySelector('h1').innerText == 'Granska filen' && document.readyState == 'complete'";
    assert!(browser.until(here).await, "{name}: {}", browser.words().await);
    axe::this(browser, &format!("granska {name}"), wrong).await;
    let script = "const [answers] = arguments; let asked = [];
        for (const field of document.querySelectorAll('select[name^=\"varde:avslutsorsak:\"]')) {
            const words = field.closest('.falt').querySelector('label').innerText;
            const answer = answers.find(([text]) => words.includes('”' + text + '”'));
            if (!answer) { asked.push(words); continue; }
            field.value = answer[1];
            if (answer[2]) { field.closest('.falt').querySelectorAll('select')[1].value = answer[2]; }
        }
        const other = [...document.querySelectorAll('select[name^=\"varde:\"]')]
            .filter(field => !/^varde:(avslutsorsak|sysselsattning):/.test(field.name)).map(field => field.name);
        done([...asked, ...other]);";
    let asked = browser.later(script, vec![json!(lista.svar)]).await;
    if asked != json!([]) {
        wrong.push(format!("{name}: asked about what a person need not be asked: {asked}"));
    }
    if browser.js("return !!document.querySelector('#ord')").await == true {
        browser.click("#ord ~ .knappar button[value=tolka]").await;
        let gone = "!document.querySelector('#ord') && document.readyState == 'complete'";
        assert!(browser.until(gone).await, "{name}: {}", browser.words().await);
    }
    axe::this(browser, &format!("granska {name} med svar"), wrong).await;
    if browser.js("return !document.querySelector('button[value=las]')").await == true {
        wrong.push(format!("{name}: cannot be taken in: {}", browser.words().await));
        return;
    }
    browser.click("button[value=las]").await;
    let done = "location.search == '?besked=fil-last' && document.readyState == 'complete'";
    assert!(browser.until(done).await, "{name}: {}", browser.words().await);
    axe::this(browser, &format!("inskrivningar efter {name}"), wrong).await;
}

/// A file of the site as text.
async fn file(browser: &Browser, path: &str) -> String {
    let script = "fetch(arguments[0]).then(answer => answer.text()).then(done);";
    browser.later(script, vec![json!(path)]).await.as_str().unwrap_or_default().to_owned()
}

/// The lists are taken in without the kansli, and the PM's tables are those that were counted by hand.
pub async fn three_lists(browser: &Browser, wrong: &mut Vec<String>) {
    prepare(browser).await;
    browser.log_in("insatsansvarig").await;
    for lista in &LISTOR {
        hand_in(browser, lista, wrong).await;
    }
    the_same_again(browser, &LISTOR[1], wrong).await;
    browser.go(&f("insats/hast/ord")).await;
    let words = browser.words().await;
    if !words.contains("insatsen slut i norra") {
        wrong.push(format!("words that were answered are not shown: {words}"));
    }
    axe::every_way(browser, "sparade ord", wrong).await;
    browser.log_in("kansli").await;
    for (number, pick) in
        [("6", |lista: &Lista| lista.tabell_6), ("7", |lista| lista.tabell_7), ("8", |lista| lista.tabell_8)]
            as [(&str, fn(&Lista) -> &'static str); 3]
    {
        let table = file(browser, &f(&format!("rapport/pm-tabell-{number}.csv?period=2026-H1"))).await;
        for lista in &LISTOR {
            let row = format!("{};Heby;{}", lista.namn, pick(lista));
            if !table.lines().any(|line| line.trim_end() == row) {
                let found = table.lines().find(|line| line.starts_with(lista.namn)).unwrap_or("no row");
                wrong.push(format!("tabell {number}, {}: {found}, expected {row}", lista.namn));
            }
        }
    }
    files_to_fetch(browser, wrong).await;
    what_is_for_paper_is_not_on_screen(browser, wrong).await;
}

/// What was told once is remembered, and nothing is new.
async fn the_same_again(browser: &Browser, lista: &Lista, wrong: &mut Vec<String>) {
    browser.go(&f(&format!("insats/{}/uppfoljningsfil", lista.insats))).await;
    let file = project(&format!("testdata/egna-listor/{}", lista.fil)).canonicalize().unwrap();
    browser.fill("#fil", file.to_str().unwrap()).await;
    browser.click(".slapp button").await;
    assert!(browser.until("document.querySelector('#svara') && document.readyState == 'complete'").await);
    let words = browser.words().await;
    // Words that may be about a person are not remembered, and are asked about once more; nothing else is.
    let asked = words.contains("Inget i filen är nytt.") && words.contains("Vad betyder orden?");
    if !words.contains("Allt i filen är redan känt.") && !asked {
        wrong.push(format!("the same file again: {words}"));
    }
    browser.click("button[value=avsta]").await;
    assert!(browser.until("location.search == '?besked=fil-avstadd'").await);
}

/// The template, as the page's link gives it.
async fn files_to_fetch(browser: &Browser, wrong: &mut Vec<String>) {
    browser.go(&f("insats/hast/uppfoljningsfil")).await;
    let fetch = "fetch(document.querySelector('a[href$=\"/mall\"]').href).then(async answer => {
        const bytes = new Uint8Array(await answer.arrayBuffer());
        done([answer.status, String.fromCharCode(...bytes.slice(0, 2)), bytes.length]);
    });";
    let got: Value = browser.later(fetch, Vec::new()).await;
    if got[0] != 200 || got[1] != "PK" || got[2].as_u64().unwrap_or(0) < 5_000 {
        wrong.push(format!("the template: {got}"));
    }
}

/// The förbund's name that is printed above each page is not shown on the screen.
async fn what_is_for_paper_is_not_on_screen(browser: &Browser, wrong: &mut Vec<String>) {
    if browser.js("return getComputedStyle(document.querySelector('.bara-utskrift')).display").await != "none" {
        wrong.push("what is for paper alone is shown on the screen".to_owned());
    }
}
