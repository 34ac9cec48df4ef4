//! Single inskrivningar on pages: enrolling, exiting, correcting, cancelling, and who may see them.

use crate::webb::{FORBUND, Reply, Site};
use crate::webb_version::{locked, of};
use samsyn::access::Role;
use samsyn::actions::forbund::Chosen;
use samsyn_core::deltagande::Deltagande;

const NY: [(&str, &str); 6] = [
    ("nummer", "901"),
    ("kon", "K"),
    ("fodelsear", "1985"),
    ("inskriven", "2022-09-01"),
    ("inskriven_registrerad", "2022-10-03"),
    ("utbildning", "gymnasium"),
];

async fn enrolled(site: &Site, token: &str) -> String {
    let made = site.post(token, &site.f("insats/ost-bryggan/skriv-in"), &NY).await;
    assert_eq!(made.status, 303, "{}", made.words());
    made.to().to_owned()
}

/// A telephone shows each row as a card: years stand folded, and the anonymous have a choice of their own.
#[tokio::test(flavor = "multi_thread")]
async fn the_list_is_short_and_has_a_choice_for_the_anonymous() {
    let site = Site::new().await;
    let token = site.session(Role::Insatsansvarig).await;
    let list = site.f("insats/ost-bryggan/inskrivningar");
    let page = site.page(&token, &list).await;
    let years = page.all("details > summary");
    assert!(years.len() > 3 && years.iter().any(|year| year.starts_with("Började 2022, ")), "{years:?}");
    assert!(page.all("details[open] tbody tr").len() <= 25 && page.all("details tbody tr").len() > 25);
    let anonymous = [("antal", "2"), ("inskriven", "2023-01-09")];
    assert_eq!(site.post(&token, &site.f("insats/ost-bryggan/anonyma"), &anonymous).await.status, 303);
    let states = |page: crate::webb::Reply| page.all("td[data-label='Läge']");
    let shown = states(site.page(&token, &format!("{list}?visa=anonyma")).await);
    assert!(shown.len() >= 2 && shown.iter().all(|state| state == "anonym"), "{shown:?}");
    let shown = states(site.page(&token, &format!("{list}?visa=pagaende")).await);
    assert!(!shown.is_empty() && shown.iter().all(|state| state == "pågår"), "{shown:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_is_enrolled_exited_corrected_and_cancelled() {
    let site = Site::new().await;
    let token = site.session(Role::Insatsansvarig).await;
    let to = enrolled(&site, &token).await;
    assert_eq!(to, "/f/uppsala-lan/inskrivning/ost-bryggan.901?besked=inskriven");
    let words = site.page(&token, &to).await.words();
    for told in ["Inskrivning 901", "Kvinna", "1985", "2022-09-01", "2022-10-03", "Gymnasium", "Inskriven för hand."] {
        assert!(words.contains(told), "{told}: {words}");
    }
    let own = site.f("inskrivning/ost-bryggan.901");
    // An exit before the enrolment is refused at its field, and nothing is stored.
    let exit = |day: &'static str| [("utskriven", day), ("avslutsorsak", "arbete"), ("arbete_omfattning", "50")];
    let wrong = site.post(&token, &format!("{own}/avsluta"), &exit("2022-08-01")).await;
    assert!(
        wrong.status == 422 && wrong.words().contains("Utskrivningen 2022-08-01 är före inskrivningen 2022-09-01.")
    );
    assert!(site.page(&token, &own).await.words().contains("Inget avslut är känt."));
    let done = site.post(&token, &format!("{own}/avsluta"), &exit("2022-11-30")).await;
    assert_eq!(done.status, 303, "{}", done.words());
    let words = site.page(&token, &own).await.words();
    assert!(words.contains("Sista dag 2022-11-30") && words.contains("50 %"), "{words}");
    // Already exited: there is no such form.
    assert_eq!(site.post(&token, &format!("{own}/avsluta"), &exit("2022-11-30")).await.status, 404);
    // A correction asks for a reason, and its history tells what stood there.
    let form = site.page(&token, &format!("{own}/ratta")).await;
    let mut fields: Vec<(String, String)> = Vec::new();
    for name in form.attributes("main input[value]", "name") {
        let value = form.attributes(&format!("main input[name={name}]"), "value").remove(0);
        fields.push((name, value));
    }
    for name in form.attributes("main select", "name") {
        let value = form.attributes(&format!("main select[name={name}] option[selected]"), "value");
        fields.push((name, value.first().cloned().unwrap_or_default()));
    }
    fields.iter_mut().find(|(name, _)| name == "fodelsear").unwrap().1 = "1986".into();
    let plain = |more: &[(&str, &str)]| -> Vec<(String, String)> {
        let more = more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        fields.iter().cloned().chain(more).collect()
    };
    let send = async |fields: Vec<(String, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        site.post(&token, &format!("{own}/ratta"), &fields).await
    };
    assert!(send(plain(&[])).await.words().contains("Skriv varför."));
    let refused = send(plain(&[("skal", "gäller 900101-0017")])).await;
    assert!(refused.status == 422 && !refused.text().contains("900101-0017"), "{}", refused.words());
    assert_eq!(send(plain(&[("skal", "Fel år")])).await.status, 303);
    let words = site.page(&token, &own).await.words();
    assert!(words.contains("1986 (förut: 1985)") && words.contains("Fel år"), "{words}");
    assert_eq!(site.post(&token, &format!("{own}/makulera"), &[("skal", "Dubbelt")]).await.status, 303);
    let words = site.page(&token, &own).await.words();
    assert!(words.contains("Makulerad") && words.contains("Dubbelt"), "{words}");
    assert_eq!(words.matches("förut: 1985").count(), 1, "the cancelling tells only of itself: {words}");
    assert_eq!(site.get(&token, &format!("{own}/ratta")).await.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_number_is_the_insats_own_and_the_next_when_left_out() {
    let site = Site::new().await;
    let token = site.session(Role::Kansli).await;
    enrolled(&site, &token).await;
    let again = site.post(&token, &site.f("insats/ost-bryggan/skriv-in"), &NY).await;
    assert!(again.status == 422 && again.words().contains("Numret 901 finns redan i insatsen."), "{}", again.words());
    let mut fields = NY;
    fields[0].1 = "";
    // One who looks the same is asked about: the form may have been sent twice.
    let twin = site.post(&token, &site.f("insats/ost-bryggan/skriv-in"), &fields).await;
    assert!(twin.status == 422 && twin.words().contains("Inskrivning 901 har samma kön"), "{}", twin.words());
    fields[2].1 = "1979";
    let next = site.post(&token, &site.f("insats/ost-bryggan/skriv-in"), &fields).await;
    assert!(next.to().contains("/inskrivning/ost-bryggan.902?"), "{}", next.words());
    fields[0].1 = "Ada";
    let name = site.post(&token, &site.f("insats/ost-bryggan/skriv-in"), &fields).await;
    assert!(name.status == 422 && name.words().contains("kan vara ett namn"), "{}", name.words());
    fields[0].1 = "903";
    fields[3].1 = "2050-01-01";
    let future = site.post(&token, &site.f("insats/ost-bryggan/skriv-in"), &fields).await;
    assert!(future.status == 422 && future.words().contains("Dagen har inte varit än."), "{}", future.words());
}

/// "anonym: a person without consent or with protected identity: only counted"
#[tokio::test(flavor = "multi_thread")]
async fn anonymous_ones_are_entered_as_a_number() {
    let site = Site::new().await;
    let token = site.session(Role::Insatsansvarig).await;
    let address = site.f("insats/ost-bryggan/anonyma");
    let none = site.post(&token, &address, &[("antal", "0"), ("inskriven", "2022-09-01")]).await;
    assert!(none.status == 422 && none.words().contains("Skriv ett helt tal från 1 till 200."), "{}", none.words());
    let done = site.post(&token, &address, &[("antal", "3"), ("inskriven", "2022-09-01")]).await;
    assert_eq!(done.status, 303, "{}", done.words());
    let again = site.post(&token, &address, &[("antal", "3"), ("inskriven", "2022-09-01")]).await;
    assert!(again.status == 422 && again.words().contains("Det finns redan 3 anonyma"), "{}", again.words());
    // Of one who is only counted nothing is known but the day: nobody is their twin.
    let unknown = site.post(&token, &site.f("insats/ost-bryggan/skriv-in"), &[("inskriven", "2022-09-01")]).await;
    assert!(!unknown.words().contains("Är det en annan person?"), "{}", unknown.words());
    let kansli = site.session(Role::Kansli).await;
    let words = site.page(&kansli, &site.f("siffra/7/ost-bryggan/anonyma?period=2022-H2")).await.words();
    assert!(words.contains("anonyma 4 Andra"), "{words}");
}

/// What is odd must be accepted by a person.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_odd_is_asked_about() {
    let site = Site::new().await;
    let token = site.session(Role::Insatsansvarig).await;
    let mut fields = NY.to_vec();
    fields[2].1 = "2015";
    let asked = site.post(&token, &site.f("insats/ost-bryggan/skriv-in"), &fields).await;
    let words = asked.words();
    assert!(
        asked.status == 422 && words.contains("Åldern vid inskrivningen blir 7 år.") && words.contains("Spara ändå?"),
        "{words}"
    );
    let address = site.f("insats/ost-bryggan/skriv-in");
    let yes = |reply: &Reply| reply.attributes("select[name=godkann] option", "value").remove(1);
    // A yes that the form did not offer is none.
    let unseen = site.post(&token, &address, &[&fields[..], &[("godkann", "ja")]].concat()).await;
    assert_eq!(unseen.status, 422);
    let first = yes(&asked);
    fields.push(("godkann", &first));
    assert_eq!(site.post(&token, &address, &fields).await.status, 303);
    // Somebody else has the same day: the yes to the age is none to that, and both are asked about together.
    fields[0].1 = "906";
    let twin = site.post(&token, &address, &fields).await;
    let words = twin.words();
    assert!(twin.status == 422 && words.contains("Är det en annan person?") && words.contains("blir 7 år."), "{words}");
    let both = yes(&twin);
    fields.last_mut().unwrap().1 = &both;
    assert_eq!(site.post(&token, &address, &fields).await.status, 303);
    fields[0].1 = "905";
    fields[2].1 = "85";
    let year = site.post(&token, &site.f("insats/ost-bryggan/skriv-in"), &fields).await;
    assert!(year.status == 422 && year.words().contains("Skriv året med fyra siffror"), "{}", year.words());
    let exit = [("utskriven", "2022-11-30"), ("avslutsorsak", "arbete")];
    let work = site.post(&token, &site.f("inskrivning/ost-bryggan.901/avsluta"), &exit).await;
    assert!(work.status == 422 && work.words().contains("Arbete utan omfattning räknas inte"), "{}", work.words());
}

#[tokio::test(flavor = "multi_thread")]
async fn inskrivningar_are_for_those_who_may_see_them() {
    let site = Site::new().await;
    let kansli = site.session(Role::Kansli).await;
    enrolled(&site, &kansli).await;
    let list = site.f("insats/ost-bryggan/inskrivningar");
    let one = site.f("inskrivning/ost-bryggan.901");
    for role in Role::ALL {
        let token = site.session(role).await;
        let sees = matches!(role, Role::Forbundschef | Role::Kansli | Role::Insatsansvarig | Role::Granskning);
        let writes = sees && role != Role::Granskning;
        for (address, may) in [(&list, sees), (&one, sees), (&format!("{one}/ratta"), writes)] {
            assert_eq!(site.get(&token, address).await.status == 200, may, "{role:?} {address}");
        }
    }
    // Another insats's are not one's own, and cannot be reached by its own address either.
    let own = site.session(Role::Insatsansvarig).await;
    let others = site.page(&kansli, &site.f("insats/enk-jobbcentrum/inskrivningar")).await;
    let other = others.attributes("tbody th a", "href").remove(0);
    assert_eq!(site.page(&kansli, &other).await.status, 200);
    for address in [other.clone(), format!("{other}/ratta"), site.f("insats/enk-jobbcentrum/inskrivningar")] {
        assert_eq!(site.get(&own, &address).await.status, 404, "{address}");
    }
    assert_eq!(site.post(&own, &format!("{other}/makulera"), &[("skal", "x")]).await.status, 404);
    // That they were read is in the log, without a number.
    let log = site.page(&site.session(Role::Behorighetsansvarig).await, &site.f("logg")).await.words();
    assert!(log.contains("läsning av inskrivningar") && !log.contains("901"), "{log}");
}

/// An inskrivning as it stands now.
async fn stored(site: &Site, id: &str) -> Option<Deltagande> {
    let chosen = Chosen::find(site.db(), Some(FORBUND)).await.unwrap();
    let facts = samsyn_store::facts::current(site.db(), &chosen.access).await.unwrap();
    facts.deltagare.into_iter().find(|row| row.deltagande_id.as_str() == id)
}

/// "A claim earlier than the date of a låst report is a warning, and the difference is listed."
#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_to_be_known_before_a_lock_is_asked_about() {
    const TOLD: &str = "men en rapport låstes med det som var känt 30 augusti 2022.";
    let site = Site::new().await;
    let token = site.session(Role::Kansli).await;
    let enrol = async |(number, year): (&str, &str), day: &str, more: &[(&str, &str)]| {
        let mut fields = NY.to_vec();
        (fields[0].1, fields[2].1, fields[3].1, fields[4].1) = (number, year, "2022-06-01", day);
        fields.extend(more);
        site.post(&token, &site.f("insats/ost-bryggan/skriv-in"), &fields).await
    };
    let asked = |reply: Reply, day: &str| {
        let words = reply.words();
        let told = format!("Uppgiften anges som känd {day}, {TOLD}");
        assert!(reply.status == 422 && words.contains(&told) && words.contains("Spara ändå?"), "{words}");
    };
    // With nothing låst there is nothing to ask.
    assert_eq!(enrol(("901", "1985"), "2022-08-30", &[]).await.status, 303);
    let nr = locked(&site).await;
    asked(enrol(("902", "1986"), "2022-08-30", &[]).await, "30 augusti 2022");
    assert_eq!(stored(&site, "ost-bryggan.902").await, None);
    let shown = enrol(("902", "1986"), "2022-08-30", &[]).await;
    let yes = shown.attributes("select[name=godkann] option", "value").remove(1);
    assert_eq!(enrol(("902", "1986"), "2022-08-30", &[("godkann", &yes)]).await.status, 303);
    let words = site.page(&token, &of(&site, nr, "jamfor")).await.words();
    assert!(words.contains("Inskrivning ost-bryggan.902") && !words.contains("ost-bryggan.901"), "{words}");
    assert_eq!(enrol(("903", "1987"), "2022-08-31", &[]).await.status, 303);
    // So too an exit; the enrolment was known then, and is no news.
    let exit = async |day: &str, more: &[(&str, &str)]| {
        let mut fields = vec![("utskriven", "2022-06-20"), ("avslutsorsak", "flytt"), ("utskriven_registrerad", day)];
        fields.extend(more);
        site.post(&token, &site.f("inskrivning/ost-bryggan.901/avsluta"), &fields).await
    };
    asked(exit("2022-06-21", &[]).await, "21 juni 2022");
    assert_eq!(stored(&site, "ost-bryggan.901").await.unwrap().utskriven, None);
    assert_eq!(exit("2022-08-31", &[]).await.status, 303);
}

/// An exit that is taken back takes with it what was told of it.
#[tokio::test(flavor = "multi_thread")]
async fn an_emptied_last_day_clears_the_exit() {
    let site = Site::new().await;
    let token = site.session(Role::Insatsansvarig).await;
    enrolled(&site, &token).await;
    let before = stored(&site, "ost-bryggan.901").await.unwrap();
    let own = site.f("inskrivning/ost-bryggan.901");
    let exit = [
        ("utskriven", "2022-11-30"),
        ("utskriven_registrerad", "2022-12-05"),
        ("avslutsorsak", "arbete"),
        ("arbete_omfattning", "50"),
        ("arbete_subventionerat", "ja"),
        ("studerar", "ja"),
        ("arbetssokande", "nej"),
        ("plan_vid_avslut", "ja"),
        ("forsorjning_efter", "sjukpenning"),
    ];
    let done = site.post(&token, &format!("{own}/avsluta"), &exit).await;
    assert_eq!(done.status, 303, "{}", done.words());
    let mut fields = NY[1..].to_vec();
    fields.extend(exit);
    fields.push(("skal", "Hon är kvar"));
    fields.iter_mut().find(|(name, _)| *name == "utskriven").unwrap().1 = "";
    let done = site.post(&token, &format!("{own}/ratta"), &fields).await;
    assert_eq!(done.status, 303, "{}", done.words());
    assert_eq!(stored(&site, "ost-bryggan.901").await, Some(before));
}
