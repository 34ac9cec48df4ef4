//! Counts by month on a page: handed in, corrected, refused, and in the report's tables.

use crate::webb::{FORBUND, Site};
use samsyn::access::Role;
use samsyn::actions::forbund::Chosen;
use samsyn_core::deltagande::Kon;

/// A new insats without single inskrivningar, and an insatsansvarig's fields for a month.
async fn insats(site: &Site) -> String {
    let token = site.session(Role::Kansli).await;
    let fields = [
        ("insats_id", "ny-antal"),
        ("namn", "Bara antal"),
        ("insatsagare", "Heby"),
        ("typ", "individ"),
        ("inriktning", "arbetsnära"),
        ("start", "2022-01-01"),
        ("slut", "2026-12-31"),
        ("beslutad", "2021-11-01"),
        ("skal", "Styrelsen, § 9"),
    ];
    let made = site.post(&token, &site.f("ny-insats"), &fields).await;
    assert_eq!(made.status, 303, "{}", made.words());
    site.f("insats/ny-antal/antal")
}

const JANUARI: [(&str, &str); 8] = [
    ("manad", "2026-01"),
    ("inskrivna.K", "7"),
    ("inskrivna.M", "5"),
    ("pagaende.K", "6"),
    ("pagaende.M", "5"),
    ("utskrivna.arbete.K", "1"),
    ("till_arbete_studier.arbete.K", "1"),
    ("inkommen", "2026-02-03"),
];

#[tokio::test(flavor = "multi_thread")]
async fn a_month_is_handed_in_and_corrected() {
    let site = Site::new().await;
    let address = insats(&site).await;
    let token = site.session(Role::Kansli).await;
    let done = site.post(&token, &address, &JANUARI).await;
    assert_eq!(done.to(), format!("{address}?besked=antal"), "{}", done.words());
    let page = site.page(&token, done.to()).await;
    assert!(page.words().contains("Januari 2026 12 1 1 0 11"), "{}", page.words());
    assert_eq!(page.all("details[open] > summary"), ["2026, 1 månad"]);
    // The next month is offered.
    assert_eq!(page.attributes("input[name=manad][type=month]", "value"), ["2026-02"]);
    let table = |period: &str| site.f(&format!("siffra/6/ny-antal/inregistrerade_S?period={period}"));
    let words = site.page(&token, &table("2026-H1")).await.words();
    assert!(words.contains("totalt 12") || words.contains("12 "), "{words}");
    // The same month again is a correction, with a reason; a reason of exit that is emptied is gone.
    let mut again = JANUARI.to_vec();
    again.retain(|(name, _)| !name.contains("arbete"));
    again.iter_mut().find(|(name, _)| *name == "pagaende.K").unwrap().1 = "7";
    assert!(site.post(&token, &address, &again).await.words().contains("Skriv varför antalen ändras."));
    again.push(("skal", "Hon är kvar"));
    assert_eq!(site.post(&token, &address, &again).await.status, 303);
    let words = site.page(&token, &address).await.words();
    assert!(words.contains("Januari 2026 12 0 0 0 12"), "{words}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_is_told_at_its_box() {
    let site = Site::new().await;
    let address = insats(&site).await;
    let token = site.session(Role::Kansli).await;
    let with = |field: &'static str, value: &'static str| {
        let mut fields = JANUARI.to_vec();
        fields.retain(|(name, _)| *name != field);
        fields.push((field, value));
        fields
    };
    let wrong = site.post(&token, &address, &with("pagaende.M", "fem")).await;
    assert!(wrong.status == 422 && wrong.words().contains("Skriv ett helt tal från 0"), "{}", wrong.words());
    assert_eq!(wrong.attributes(".felruta a", "href"), ["#pagaende.M"]);
    assert_eq!(wrong.attributes("input[aria-invalid=true]", "name"), ["pagaende.M"]);
    let more = site.post(&token, &address, &with("till_arbete_studier.arbete.K", "2")).await;
    assert!(more.status == 422 && more.words().contains("2 är fler än de 1 som skrivits ut."), "{}", more.words());
    // A month whose people do not add up is asked about.
    assert_eq!(site.post(&token, &address, &JANUARI).await.status, 303);
    let mut february = vec![("manad", "2026-02"), ("inskrivna.K", "1"), ("pagaende.K", "9"), ("pagaende.M", "5")];
    let asked = site.post(&token, &address, &february).await;
    assert!(asked.status == 422 && asked.words().contains("Spara ändå?"), "{}", asked.words());
    // A yes that the form did not offer is none.
    let unseen = site.post(&token, &address, &[&february[..], &[("godkann", "ja")]].concat()).await;
    assert_eq!(unseen.status, 422);
    let yes = asked.attributes("select[name=godkann] option", "value").remove(1);
    february.push(("godkann", &yes));
    assert_eq!(site.post(&token, &address, &february).await.status, 303);
    // One that hands in single inskrivningar of the same time would be counted twice.
    let mut both = JANUARI.to_vec();
    both[0].1 = "2022-03";
    both[7].1 = "2022-04-05";
    let twice = site.post(&token, &site.f("insats/ost-bryggan/antal"), &both).await;
    assert!(twice.status == 422 && twice.words().contains("räknas två gånger"), "{}", twice.words());
    // And the other way round.
    let one = [("kon", "K"), ("fodelsear", "1985"), ("inskriven", "2026-01-12")];
    let single = site.post(&token, &site.f("insats/ny-antal/skriv-in"), &one).await;
    assert!(single.status == 422 && single.words().contains("räknas två gånger"), "{}", single.words());
    for role in [Role::Ekonom, Role::Styrgrupp, Role::Ledamot, Role::Granskning] {
        assert_eq!(site.get(&site.session(role).await, &address).await.status, 404, "{role:?}");
    }
    assert_eq!(site.get(&site.session(Role::Insatsansvarig).await, &address).await.status, 404);
}

/// Numbers that stand as they did stay as they came in; nothing new is known of them from the later day.
#[tokio::test(flavor = "multi_thread")]
async fn numbers_that_are_alike_stay_as_they_came_in() {
    let site = Site::new().await;
    let address = insats(&site).await;
    let token = site.session(Role::Kansli).await;
    assert_eq!(site.post(&token, &address, &JANUARI).await.status, 303);
    let state = async || samsyn_store::forbund::state(site.db(), site.forbund).await.unwrap();
    let before = state().await;
    let mut later = JANUARI.to_vec();
    later[7].1 = "2026-03-05";
    later.push(("skal", "Kom en gång till"));
    assert_eq!(site.post(&token, &address, &later).await.to(), format!("{address}?besked=likadant"));
    assert_eq!(state().await, before);
    // One more man: the women's numbers and the exits are what they were.
    (later[2].1, later[4].1) = ("6", "6");
    assert_eq!(site.post(&token, &address, &later).await.to(), format!("{address}?besked=antal"));
    let chosen = Chosen::find(site.db(), Some(FORBUND)).await.unwrap();
    let facts = samsyn_store::facts::current(site.db(), &chosen.access).await.unwrap();
    let rows = facts.manadsantal.iter().filter(|row| row.insats_id.as_str() == "ny-antal");
    let came: Vec<(Kon, u32, String)> = rows.map(|row| (row.kon, row.inskrivna, row.inkommen.to_string())).collect();
    assert_eq!(came, [(Kon::Kvinna, 7, "2026-02-03".to_owned()), (Kon::Man, 6, "2026-03-05".to_owned())]);
    let exits = facts.avslutsantal.iter().filter(|row| row.insats_id.as_str() == "ny-antal");
    assert_eq!(exits.map(|row| row.inkommen.to_string()).collect::<Vec<_>>(), ["2026-02-03"]);
}
