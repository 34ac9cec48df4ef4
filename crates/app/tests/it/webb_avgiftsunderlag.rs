//! What the fees rest on, on its page: SCB's file, the rule of a year, a single number, steps of savings.

use crate::webb::{Ask, Reply, Site};
use samsyn::access::Role;

const SIDAN: &str = "avgiftsunderlag";

/// A form with a file and a reason.
fn upload(path: &str, name: &str, text: &str, skal: &str) -> Ask {
    let mut ask = Ask::upload(path, &[(name.to_owned(), text.as_bytes().to_vec())]);
    let mut body = format!("--gRaNs\r\nContent-Disposition: form-data; name=\"skal\"\r\n\r\n{skal}\r\n").into_bytes();
    body.append(&mut ask.body);
    Ask { body, ..ask }
}

fn saved(reply: &Reply, besked: &str) {
    let to = format!("/f/uppsala-lan/{SIDAN}?besked={besked}");
    assert_eq!((reply.status.as_u16(), reply.to()), (303, to.as_str()), "{}", reply.words());
}

/// The fields that a form says are wrong.
fn wrong(reply: &Reply) -> Vec<String> {
    assert_eq!(reply.status, 422, "{}", reply.words());
    reply.attributes(".felruta a", "href")
}

#[tokio::test(flavor = "multi_thread")]
async fn scbs_file_is_taken_in_and_the_fees_follow() {
    let site = Site::new().await;
    let token = site.session(Role::Ekonom).await;
    let (page, fees) = (site.f(SIDAN), site.f("avgifter?ar=2024&totalt=23090000"));
    // The page of the fees leads here.
    let link = site.page(&token, &fees).await.attributes("main a", "href");
    assert!(link.contains(&page), "{link:?}");
    let scb = "region;2022;2023\nHeby;14313;14331\nTierp;21500;21600\n";
    let ask = |text: &str, skal: &str| site.send(upload(&page, "scb.csv", text, skal).by(&token));
    for (text, skal, told) in [
        (scb, "", "Skriv varför i Skäl"),
        (scb, "se 900101-0017", "personnummer"),
        ("region;2023\nHeby;många\n", "Budget", "många"),
        ("Hej", "Budget", "FolkmangdNov"),
    ] {
        let reply = ask(text, skal).await;
        assert_eq!(reply.status, 422);
        let words = reply.words();
        assert!(words.contains("Inget har sparats") && words.contains(told), "{words}");
        assert!(!reply.text().contains("900101"));
    }
    // A reason that is too long comes back to be shortened.
    let long = "Inför ".repeat(100);
    let reply = ask(scb, &long).await;
    assert!(reply.status == 422 && reply.attributes("#skal", "value") == [long.trim()], "{}", reply.words());
    assert!(!site.page(&token, &page).await.words().contains("1 november 2023"), "nothing was stored");
    saved(&ask(scb, "Inför <budgeten>").await, "folkmangd-delvis");
    saved(&ask(scb, "Igen").await, "likadant");
    let told = site.page(&token, &page).await;
    assert_eq!(told.all("summary")[0], "1 november 2023 (6 saknas)");
    let rows = told.all("section:first-of-type details:first-of-type tbody tr");
    let heby = rows.iter().find(|row| row.starts_with("Heby")).unwrap();
    assert!(heby.contains("14 331") && heby.contains("Ekonom") && heby.contains("Inför <budgeten>"), "{heby}");
    assert!(rows.iter().any(|row| row.contains("saknas Skriv Håbo 2023-11-01")), "{rows:?}");
    // One number by hand, with what stood there.
    let form = site.page(&token, &site.f("avgiftsunderlag/folkmangd?kommun=Heby&datum=2023-11-01")).await;
    assert_eq!(form.attributes("#antal", "value"), ["14331"]);
    let post = async |fields: &[(&str, &str)]| site.post(&token, &site.f("avgiftsunderlag/folkmangd"), fields).await;
    let heby = [("kommun", "Heby"), ("datum", "2023-11-01"), ("antal", "14 332")];
    assert_eq!(wrong(&post(&heby).await), ["#skal"]);
    let none = [("kommun", "Heby"), ("datum", "2023-11-01"), ("antal", "0"), ("skal", "x")];
    assert_eq!(wrong(&post(&none).await), ["#antal"]);
    // A number that the form has not shown is not overwritten unseen.
    let blind = post(&[&heby[..], &[("skal", "Rättelse")]].concat()).await;
    assert_eq!(wrong(&blind), ["#antal"]);
    assert!(blind.words().contains("Här står redan ”14331”, av Ekonom"), "{}", blind.words());
    let shown = |page: &Reply| {
        let of = |name: &str| page.attributes(&format!("input[name={name}]"), "value").remove(0);
        (of("handelse"), of("sedd"))
    };
    let (handelse, sedd) = shown(&form);
    let seen = [("handelse", &*handelse), ("sedd", &*sedd)];
    saved(&post(&[&heby[..], &seen, &[("skal", "Rättelse")]].concat()).await, "sparat");
    // Of two who had the same number before them the second is told; who has seen it saves again.
    let late = [("kommun", "Heby"), ("datum", "2023-11-01"), ("antal", "14 340"), ("skal", "Ny rättelse")];
    let told = post(&[&late[..], &seen].concat()).await;
    assert_eq!(wrong(&told), ["#antal"]);
    assert!(told.words().contains("”14332”") && told.attributes("#antal", "value") == ["14 340"], "{}", told.words());
    let (handelse, sedd) = shown(&told);
    let seen = [("handelse", &*handelse), ("sedd", &*sedd)];
    saved(&post(&[&late[..], &seen].concat()).await, "sparat");
    let back = [("kommun", "Heby"), ("datum", "2023-11-01"), ("antal", "14 332"), ("skal", "Rättelse")];
    let (handelse, sedd) = shown(&post(&back).await);
    saved(&post(&[&back[..], &[("handelse", &*handelse), ("sedd", &*sedd)]].concat()).await, "sparat");
    let history = site.page(&token, &page).await.all("section:last-of-type tbody tr");
    assert!(history[0].contains("Heby") && history[0].contains("14332 (förut: 14340)"), "{}", history[0]);
    assert!(history[0].contains("Rättelse") && history[0].contains("Ekonom"), "{}", history[0]);
    let log = site.page(&site.session(Role::Revisor).await, &site.f("logg?slag=folkm%C3%A4ngd")).await.words();
    assert!(log.contains("Inför <budgeten>") && log.contains("Rättelse"), "{log}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_years_rule_is_written_and_followed() {
    let site = Site::new().await;
    let token = site.session(Role::Ekonom).await;
    let post = async |fields: &[(&str, &str)]| site.post(&token, &site.f("avgiftsunderlag/regel"), fields).await;
    let form = site.page(&token, &site.f("avgiftsunderlag/regel?ar=2022")).await;
    assert_eq!(form.attributes("option[selected]", "value"), ["avrunda_var_for_sig", "Enköping"]);
    assert!(!form.attributes("#rest_till option", "value").contains(&"Region Uppsala".to_owned()));
    let rule = [("ar", "2023"), ("folkmangd_datum", "2021-11-01"), ("skal", "Styrelsen § 41")];
    let with = |metod: &'static str, rest: &'static str| [&rule[..], &[("metod", metod), ("rest_till", rest)]].concat();
    for rest in ["", "Region Uppsala", "Ceså"] {
        let reply = post(&with("avrunda_var_for_sig", rest)).await;
        assert_eq!(wrong(&reply), ["#rest_till"], "{rest}");
        assert_eq!(reply.attributes("#ar", "value"), ["2023"], "what was typed is kept");
    }
    assert_eq!(wrong(&post(&[("ar", "tjugo")]).await), ["#ar", "#metod", "#folkmangd_datum", "#skal"]);
    saved(&post(&with("avrunda_var_for_sig", "Heby")).await, "sparat");
    saved(&post(&with("avrunda_var_for_sig", "Heby")).await, "likadant");
    let rows = site.page(&token, &site.f(SIDAN)).await.all("section:nth-of-type(2) tbody tr");
    assert!(rows[0].starts_with("2023Avrunda var för sigHeby2021-11-01") && rows.len() == 4, "{rows:?}");
    // Each kommun's fee is its share of the fourth rounded for itself, and Heby takes the difference.
    let csv = "avgifter/avgifter-tabell-medlemsavgifter-2023.csv?ar=2023&totalt=23090001";
    let csv = site.page(&token, &site.f(csv)).await.text();
    let rows: Vec<Vec<&str>> = csv.lines().skip(1).map(|line| line.split(';').collect()).collect();
    let number = |text: &str| text.parse::<i64>().unwrap();
    let kommuner: Vec<(&str, i64, i64)> = rows
        .iter()
        .filter(|row| row[0] == "Kommunerna" && row[1] != "Kommunerna tillsammans")
        .map(|row| (row[1], number(row[2]), number(row[4])))
        .collect();
    let people: i64 = kommuner.iter().map(|row| row.1).sum();
    let fourth = 23_090_001 / 4;
    let half_up = |own: i64| (2 * own * fourth + people) / (2 * people);
    let others: i64 = kommuner.iter().filter(|row| row.0 != "Heby").map(|row| row.2).sum();
    for (name, own, fee) in &kommuner {
        let wanted = if *name == "Heby" { fourth - others } else { half_up(*own) };
        assert_eq!(*fee, wanted, "{name}");
    }
    assert_eq!(kommuner.len(), 8);
}

#[tokio::test(flavor = "multi_thread")]
async fn steps_of_savings_are_added_and_removed() {
    let site = Site::new().await;
    let token = site.session(Role::Ekonom).await;
    let post = async |rest: &str, fields: &[(&str, &str)]| site.post(&token, &site.f(rest), fields).await;
    let table = [("galler_fran", "2013-10-02"), ("kalla", "Nationella rådets skrivelse"), ("skal", "Styrelsen § 42")];
    let step = |income: &'static str, share: &'static str, most: &'static str| {
        [&table[..], &[("intakt_fran_kr", income), ("hogst_procent", share), ("hogst_kr", most)]].concat()
    };
    assert_eq!(wrong(&post("avgiftsunderlag/steg", &step("0", "", "")).await), ["#hogst_procent"]);
    saved(&post("avgiftsunderlag/steg", &step("5 000 000", "20", "4 000 000")).await, "sparat");
    saved(&post("avgiftsunderlag/steg", &step("0", "20", "")).await, "sparat");
    let page = site.page(&token, &site.f(SIDAN)).await;
    let rows = page.all("section:nth-of-type(3) tbody tr");
    assert!(rows[0].starts_with("0 kr20 % av årets intäktNationella rådets skrivelseEkonom"), "{rows:?}");
    assert!(rows[1].starts_with("5 000 000 kr20 % av årets intäkt, dock högst 4 000 000 kr"), "{rows:?}");
    // The next one is of the same table.
    let form = site.page(&token, &site.f("avgiftsunderlag/steg")).await;
    assert_eq!(form.attributes("#galler_fran, #kalla", "value"), ["2013-10-02", "Nationella rådets skrivelse"]);
    let remove = page.attributes("section:nth-of-type(3) td a", "href").remove(1);
    let shown = site.page(&token, &remove).await;
    assert_eq!(shown.all("h1"), ["Ta bort steget från 5 000 000 kr"]);
    assert_eq!(wrong(&site.post(&token, &remove, &[("skal", " ")]).await), ["#skal"]);
    saved(&site.post(&token, &remove, &[("skal", "Ny rekommendation")]).await, "sparat");
    assert_eq!(site.get(&token, &remove).await.status, 404);
    let page = site.page(&token, &site.f(SIDAN)).await;
    assert_eq!(page.all("section:nth-of-type(3) tbody tr").len(), 1);
    let history = page.all("section:last-of-type tbody tr");
    assert!(history[0].contains("borttaget") && history[0].contains("Ny rekommendation"), "{}", history[0]);
}

/// What was known on an earlier day is shown as it was, and changed only as it is today.
#[tokio::test(flavor = "multi_thread")]
async fn the_pages_show_what_was_known_on_a_day() {
    let site = Site::new().await;
    let token = site.session(Role::Ekonom).await;
    let scb = "region;2023\nHeby;14331\n";
    saved(&site.send(upload(&site.f(SIDAN), "scb.csv", scb, "Budget").by(&token)).await, "folkmangd-delvis");
    let sum = [("ar", "2024"), ("totalt", "23200000"), ("skal", "Styrelsen § 71")];
    assert_eq!(site.post(&token, &site.f("avgifter"), &sum).await.status, 303);
    // The sums stand in the history with who and why.
    let history = site.page(&token, &site.f(SIDAN)).await.all("section:last-of-type tbody tr");
    let told = history.iter().find(|row| row.contains("Styrelsen § 71")).expect("no line of the sum");
    assert!(told.contains("Medlemsavgifter för ett år: år 2024, summa 23 200 000 kr"), "{told}");
    for (path, new) in [(SIDAN, "1 november 2023"), ("ekonomi", "23 200 000")] {
        let now = site.page(&token, &site.f(path)).await;
        assert!(now.words().contains(new) && !now.all("main form[method=post]").is_empty(), "{path}");
        let then = site.page(&token, &site.f(&format!("{path}?per=2023-06-30"))).await;
        assert!(!then.words().contains(new) || path == SIDAN && !then.all("summary").join(" ").contains(new), "{path}");
        assert!(then.words().contains("Här står det som var känt 30 juni 2023"), "{}", then.words());
        assert!(then.all("main form[method=post]").is_empty(), "{path}");
        let wrong = site.get(&token, &site.f(&format!("{path}?per=hej"))).await;
        assert_eq!(wrong.status, 400, "{path}");
    }
}

/// A member of the board sees it all and changes nothing; one who leads an insats sees none of it.
#[tokio::test(flavor = "multi_thread")]
async fn only_those_who_keep_the_economy_change_it() {
    let site = Site::new().await;
    let board = site.session(Role::Ledamot).await;
    let page = site.page(&board, &site.f(SIDAN)).await;
    assert!(
        page.words().contains("47 352")
            && page.all("main form[method=post]").is_empty()
            && page.all("main .knapp").is_empty()
    );
    let own = site.session(Role::Insatsansvarig).await;
    assert_eq!(site.get(&own, &site.f(SIDAN)).await.status, 404);
    for rest in ["regel", "folkmangd", "steg", "ta-bort-steg?steg=x"] {
        let path = site.f(&format!("{SIDAN}/{rest}"));
        assert_eq!(site.get(&board, &path).await.status, 404, "{rest}");
        assert_eq!(site.post(&board, &path, &[("skal", "x")]).await.status, 404, "{rest}");
    }
    let sent = upload(&site.f(SIDAN), "scb.csv", "region;2022\nHeby;1\n", "x").by(&board);
    assert_eq!(site.send(sent).await.status, 404);
}
