//! Reports on a year: key figures month by month, and the counts for Uppföljning Finsam.

use crate::webb::Site;
use samsyn::access::Role;

/// A table of a report as rows of cells.
fn rows(csv: &str) -> Vec<Vec<String>> {
    csv.trim_start_matches('\u{feff}').lines().map(|line| line.split(';').map(str::to_owned).collect()).collect()
}

/// "the counts per insats and sex that the national system wants for a year": they are those of the PM of the year.
#[tokio::test(flavor = "multi_thread")]
async fn the_counts_for_finsam_are_those_of_the_years_pm() {
    let site = Site::new().await;
    let token = site.session(Role::Kansli).await;
    let page = site.page(&token, &site.f("finsam?ar=2022")).await;
    assert!(page.words().contains("Uppföljning Finsam") && page.words().contains("Jobbcentrum"), "{}", page.words());
    let link = page.attributes("a[href*='.csv']", "href").remove(0);
    let finsam = rows(&site.page(&token, &link).await.text());
    let pm = rows(&site.page(&token, &site.f("rapport/pm-tabell-6.csv?period=2022-H2")).await.text());
    for name in ["Jobbcentrum", "Bryggan"] {
        let row = |table: &[Vec<String>]| table.iter().find(|row| row[0] == name).unwrap().clone();
        let (finsam, pm) = (row(&finsam), row(&pm));
        // New, exited, ongoing, to work or studies: women, men and all.
        let own = [&finsam[2..5], &finsam[8..11], &finsam[11..14], &finsam[14..17]].concat();
        let report = [&pm[2..5], &pm[5..8], &pm[11..14], &pm[14..17]].concat();
        assert_eq!(own, report, "{name}");
    }
}

/// The year's months come to what the year's report says.
#[tokio::test(flavor = "multi_thread")]
async fn the_months_of_an_insats_come_to_its_year() {
    let site = Site::new().await;
    let token = site.session(Role::Kansli).await;
    let page = site.page(&token, &site.f("manad?ar=2022")).await;
    let links = page.attributes("a[href*='.csv']", "href");
    assert!(links.len() >= 7, "{links:?}");
    for link in links {
        let table = rows(&site.page(&token, &link).await.text());
        let months: Vec<&Vec<String>> = table[1..].iter().take(12).collect();
        let sum: u64 = months.iter().map(|row| row[1].parse::<u64>().unwrap()).sum();
        let year = table.last().unwrap();
        assert_eq!(year[1], sum.to_string(), "{link}");
    }
    let excel = site.page(&token, &site.f("manad/manad.xlsx?ar=2022")).await;
    let book = samsyn_import::grid::read("manad.xlsx", &excel.bytes, &samsyn_import::grid::Limits::default()).unwrap();
    assert!(book.sheets.len() >= 7, "{}", book.sheets.len());
}

/// Small-cell rules and roles hold for all of it.
#[tokio::test(flavor = "multi_thread")]
async fn who_may_not_count_people_sees_no_months() {
    let site = Site::new().await;
    for role in Role::ALL {
        let token = site.session(role).await;
        let sees = matches!(role, Role::Forbundschef | Role::Kansli | Role::Ekonom | Role::Ledamot | Role::Revisor);
        for page in ["manad?ar=2022", "finsam?ar=2022"] {
            assert_eq!(site.get(&token, &site.f(page)).await.status == 200, sees, "{role:?} {page}");
        }
    }
    let board = site.session(Role::Ledamot).await;
    let months = site.page(&board, &site.f("manad?ar=2022")).await;
    assert!(months.all("tbody td").iter().all(|cell| !cell.chars().any(|c| c.is_ascii_digit())), "{}", months.words());
    let finsam = site.page(&board, &site.f("finsam?ar=2022")).await;
    assert!(finsam.all("tbody td").iter().any(|cell| cell == ".."), "{}", finsam.words());
    let wrong = site.get(&site.session(Role::Kansli).await, &site.f("manad?ar=hej")).await;
    assert!(wrong.status.is_client_error(), "{}", wrong.words());
}
