//! Versions of reports: texts, comments, steps, what is frozen; and the diarium.

use crate::base::{Base, both, noon};
use crate::made::{self, Chance, day};
use samsyn_core::Access;
use samsyn_core::version::{Hinder, Lage, Slag, Steg, Styrelsebeslut};
use samsyn_store::import::{self, Undone};
use samsyn_store::version::fryst::{self, Del};
use samsyn_store::version::text::{self, Saved};
use samsyn_store::version::{self, Med, Taken, kommentar};
use samsyn_store::{Signature, anvandare, diarium, forbund};
use std::collections::BTreeMap;

fn at(now_ms: i64, who: &str) -> Signature<'_> {
    Signature { who, why: "prov", now_ms }
}

fn on(day: &str) -> Signature<'static> {
    at(noon(day), "Kim")
}

/// A förbund, two users, and a first version of its PM.
async fn begun(base: &Base) -> (Access, i64) {
    base.import(&made::forbund("ett", 1, 20), "2025-01-01").await;
    anvandare::create(&base.db, "a@b.se", "Kim", 1).await.unwrap();
    anvandare::create(&base.db, "b@b.se", "Lo", 1).await.unwrap();
    let access = base.access("ett").await;
    let pm = (Slag::Pm, "2024-H2".parse().unwrap());
    let taken = version::begin(&base.db, &access, pm, None, on("2025-02-01")).await.unwrap();
    let Taken::Done(nr) = taken else { panic!("{taken:?}") };
    (access, nr)
}

async fn step(base: &Base, access: &Access, nr: i64, steg: Steg) -> Taken {
    version::step(&base.db, access, nr, steg, Med::Inget, on("2025-02-02")).await.unwrap()
}

/// Locks with what stands there now.
async fn lock(base: &Base, access: &Access, nr: i64, what: &str) -> Taken {
    lock_seen(base, access, nr, what).await.0
}

/// The same, and how often the version had been changed when it was read.
async fn lock_seen(base: &Base, access: &Access, nr: i64, what: &str) -> (Taken, i64) {
    let found = version::find(&base.db, access, nr).await.unwrap().unwrap();
    let handelse = forbund::state(&base.db, access.forbund()).await.unwrap().0;
    let delar = [Del::new("dokument", 1, what.as_bytes().to_vec())];
    let sum = fryst::kontrollsumma(&delar);
    let med =
        Med::Last { per: day("2025-02-01"), andring: found.andring, handelse, delar: &delar, kontrollsumma: &sum };
    (version::step(&base.db, access, nr, Steg::Las, med, on("2025-02-03")).await.unwrap(), found.andring)
}

async fn save(base: &Base, access: &Access, nr: i64, place: (&str, i64), text: &str, who: i64, now: i64) -> Saved {
    text::save(&base.db, access, nr, (place.0, place.1.into()), Some(text), (who, at(now, "Kim"))).await.unwrap()
}

both! {
    /// The whole way of a version, and a second one after it.
    async fn a_version_goes_from_draft_to_the_board(base: &Base) {
        let (access, nr) = begun(base).await;
        let pm = (Slag::Pm, "2024-H2".parse().unwrap());
        let again = version::begin(&base.db, &access, pm, None, on("2025-02-01")).await.unwrap();
        assert_eq!(again, Taken::Refused(Hinder::HarSenare));
        assert_eq!(save(base, &access, nr, ("bakgrund", 0), "Skrivet.", 1, 1).await, Saved::Done(1));
        assert_eq!(lock(base, &access, nr, "x").await, Taken::Refused(Hinder::Lage(Lage::Utkast, Steg::Las)));
        assert_eq!(step(base, &access, nr, Steg::Granska).await, Taken::Done(nr));

        let noted = kommentar::write(&base.db, &access, nr, ("bakgrund", "Stämmer det?"), on("2025-02-02")).await.unwrap();
        assert_eq!(noted, Taken::Done(1));
        assert_eq!(lock(base, &access, nr, "x").await, Taken::Refused(Hinder::Olosta(1)));
        assert_eq!(kommentar::resolve(&base.db, &access, nr, 1, on("2025-02-02")).await.unwrap(), Taken::Done(1));
        assert_eq!(kommentar::resolve(&base.db, &access, nr, 1, on("2025-02-02")).await.unwrap(), Taken::Unknown);
        assert!(kommentar::all(&base.db, &access, nr).await.unwrap()[0].lost_ms.is_some());

        let number = version::register(&base.db, &access, nr, (day("2025-02-02"), "PM"), on("2025-02-02")).await.unwrap();
        assert_eq!(number, Some((2025, 1)));
        assert_eq!(lock(base, &access, nr, "fryst").await, Taken::Done(nr));
        let locked = version::find(&base.db, &access, nr).await.unwrap().unwrap();
        assert_eq!((locked.lage, locked.per, locked.diarienummer), (Lage::Last, Some(day("2025-02-01")), Some((2025, 1))));
        let read = fryst::read(&base.db, &access, nr, "dokument").await.unwrap().unwrap();
        assert_eq!(read.innehall, b"fryst");
        assert_eq!(locked.kontrollsumma.as_deref(), Some(fryst::kontrollsumma(&[read]).as_str()));

        // A part that has been changed, with its sum, is not read.
        let params = vec![Del::new("dokument", 1, b"annat".to_vec()).sha256.as_str().into(), b"annat".as_slice().into()];
        let tampered = "UPDATE version_del SET sha256 = $1, innehall = $2 WHERE version = 1";
        base.db.execute(tampered, params).await.unwrap();
        assert!(fryst::read(&base.db, &access, nr, "dokument").await.is_err());
        let before = vec![Del::new("dokument", 1, b"fryst".to_vec()).sha256.as_str().into(), b"fryst".as_slice().into()];
        base.db.execute(tampered, before).await.unwrap();

        // Nothing of it changes any more.
        assert_eq!(save(base, &access, nr, ("bakgrund", 1), "Annat.", 1, 2).await, Saved::Closed);
        assert!(!version::set_per(&base.db, &access, nr, None).await.unwrap());
        let late = version::register(&base.db, &access, nr, (day("2025-02-02"), "PM"), on("2025-02-02")).await.unwrap();
        assert_eq!(late, None);
        assert!(matches!(lock(base, &access, nr, "annat").await, Taken::Refused(Hinder::Lage(Lage::Last, Steg::Las))));

        let behandlad = Med::Behandlad(day("2025-03-01"), Styrelsebeslut::TillHandlingarna, "§ 12");
        let done = version::step(&base.db, &access, nr, Steg::Behandla, behandlad, on("2025-03-02")).await.unwrap();
        assert_eq!(done, Taken::Done(nr));
        let Taken::Done(second) = step(base, &access, nr, Steg::NyVersion).await else { panic!() };
        assert_eq!(step(base, &access, nr, Steg::NyVersion).await, Taken::Refused(Hinder::HarSenare));
        let texts = text::all(&base.db, &access, second).await.unwrap();
        assert_eq!((texts.len(), texts[0].text.as_deref()), (1, Some("Skrivet.")));
        // It tells who wrote it and when, and that it came with the version before.
        let first = &text::all(&base.db, &access, nr).await.unwrap()[0];
        assert_eq!((&texts[0].vem, texts[0].tid_ms, texts[0].borjad_ms), (&first.vem, first.tid_ms, 0));
        let all = version::list(&base.db, &access).await.unwrap();
        assert_eq!(all.iter().map(|v| (v.version, v.lage)).collect::<Vec<_>>(), [(2, Lage::Utkast), (1, Lage::Behandlad)]);
        let steps = version::steps(&base.db, &access, nr).await.unwrap();
        let taken: Vec<&str> = steps.iter().map(|step| step.steg.as_str()).collect();
        assert_eq!(taken, ["ny", "granska", "las", "behandla"]);
    }

    /// Of two who write at one place the second is shown what the first wrote, and nothing is lost.
    async fn two_write_at_one_place(base: &Base) {
        let (access, nr) = begun(base).await;
        assert_eq!(save(base, &access, nr, ("a", 0), "Ett.", 1, 1000).await, Saved::Done(1));
        let Saved::Newer(found) = save(base, &access, nr, ("a", 0), "Två.", 2, 2000).await else { panic!() };
        assert_eq!((found.nr, found.text.as_deref(), found.anvandare), (1, Some("Ett."), 1));
        assert_eq!(save(base, &access, nr, ("a", 1), "Två.", 2, 3000).await, Saved::Done(2));
        assert_eq!(save(base, &access, nr, ("a", 2), "Två.", 2, 3500).await, Saved::Same(2));
        // One person's saves in one sitting are one revision; back to the generated text is one of its own.
        assert_eq!(save(base, &access, nr, ("a", 2), "Tre.", 2, 4000).await, Saved::Done(3));
        // After a conflict it is, also of one's own: what one writes over stays.
        let apart = text::Last { nr: 3, egen: true };
        let done = text::save(&base.db, &access, nr, ("a", apart), Some("Fyra."), (2, at(4500, "Lo"))).await.unwrap();
        assert_eq!(done, Saved::Done(4));
        let back = text::save(&base.db, &access, nr, ("a", 4.into()), None, (2, at(5000, "Lo"))).await.unwrap();
        assert_eq!(back, Saved::Done(5));
        let all = text::revisions(&base.db, &access, nr, "a").await.unwrap();
        assert_eq!(all.iter().map(|t| (t.nr, t.text.as_deref())).collect::<Vec<_>>(), [
            (5, None),
            (4, Some("Fyra.")),
            (3, Some("Tre.")),
            (1, Some("Ett.")),
        ]);
    }

    /// What changes between reading and locking makes the lock be asked for again.
    async fn a_lock_freezes_what_was_read(base: &Base) {
        let (access, nr) = begun(base).await;
        step(base, &access, nr, Steg::Granska).await;
        let read = version::find(&base.db, &access, nr).await.unwrap().unwrap();
        let handelse = forbund::state(&base.db, access.forbund()).await.unwrap().0;
        let delar = [Del::new("dokument", 1, b"gammalt".to_vec())];
        let sum = fryst::kontrollsumma(&delar);
        let med = || Med::Last { per: day("2025-02-01"), andring: read.andring, handelse, delar: &delar, kontrollsumma: &sum };
        save(base, &access, nr, ("a", 0), "Nytt.", 1, 1).await;
        let taken = version::step(&base.db, &access, nr, Steg::Las, med(), on("2025-02-03")).await.unwrap();
        assert_eq!(taken, Taken::Changed);
        assert_eq!(fryst::read(&base.db, &access, nr, "dokument").await.unwrap(), None);
        assert_eq!(lock(base, &access, nr, "nytt").await, Taken::Done(nr));
    }

    /// While one is saving, another locks: what was not in what the lock read is never left out of it unseen.
    async fn nothing_saved_meanwhile_is_left_out_of_a_lock(base: &Base) {
        let (access, nr) = begun(base).await;
        step(base, &access, nr, Steg::Granska).await;
        let mut saving = base.db.transaction().await.unwrap();
        saving.execute("UPDATE version SET andring = andring + 1", Vec::new()).await.unwrap();
        let finish = async {
            tokio::time::sleep(std::time::Duration::from_millis(300)).await;
            saving.commit().await.unwrap();
        };
        let ((), (taken, seen)) = tokio::join!(finish, lock_seen(base, &access, nr, "fryst"));
        let found = version::find(&base.db, &access, nr).await.unwrap().unwrap();
        assert_eq!((taken, found.lage, found.andring), (Taken::Changed, Lage::Granskning, seen + 1));
    }

    /// An import that a låst report rests on cannot be undone; one that it did not see can.
    async fn an_import_that_was_used_stands(base: &Base) {
        let (access, nr) = begun(base).await;
        let second = made::forbund("ett", 2, 20);
        base.try_import(&second, "2025-01-20", true).await.unwrap();
        step(base, &access, nr, Steg::Granska).await;
        lock(base, &access, nr, "x").await;
        let third = made::forbund("ett", 3, 20);
        base.try_import(&third, "2025-04-01", true).await.unwrap();
        let undone = import::undo(&base.db, &access, 3, on("2025-04-02")).await.unwrap();
        assert!(matches!(undone, Undone::Done { .. }), "{undone:?}");
        let undone = import::undo(&base.db, &access, 2, on("2025-04-02")).await.unwrap();
        assert!(matches!(undone, Undone::Used(ref version) if version.nr == nr), "{undone:?}");
    }

    async fn the_diarium_counts_by_year(base: &Base) {
        let (access, nr) = begun(base).await;
        let put = async |day_of: &str, what: &str| {
            diarium::register(&base.db, &access, (day(day_of), what), on("2025-02-01")).await.unwrap()
        };
        assert_eq!(put("2024-12-30", "Skrivelse").await, (2024, 1));
        assert_eq!(put("2025-01-02", "Ansökan").await, (2025, 1));
        let own = version::register(&base.db, &access, nr, (day("2025-02-01"), "PM"), on("2025-02-01")).await.unwrap();
        assert_eq!(own, Some((2025, 2)));
        let list = diarium::list(&base.db, &access).await.unwrap();
        let told: Vec<(i64, i64, Option<i64>)> = list.iter().map(|post| (post.ar, post.lopnr, post.version)).collect();
        assert_eq!(told, [(2025, 2, Some(nr)), (2025, 1, None), (2024, 1, None)]);
    }

    /// No order of actions by several people loses a text, changes a låst version or skips a state.
    async fn no_order_of_actions_does_harm(base: &Base) {
        let (access, first) = begun(base).await;
        for seed in 0..6 {
            let latest = version::list(&base.db, &access).await.unwrap()[0].nr;
            play(base, &access, (first.max(latest), &mut Chance(seed)), seed).await;
        }
    }
}

/// What a version froze: its sum and its bytes.
type Frozen = BTreeMap<i64, (Option<String>, Vec<u8>, usize)>;

async fn play(base: &Base, access: &Access, (mut nr, chance): (i64, &mut Chance), seed: u64) {
    let places = ["a", "b", "a/tabell-1"];
    // What each person has before them: the revision that was read.
    let mut read: BTreeMap<(i64, &str), i64> = BTreeMap::new();
    let mut stands: BTreeMap<(i64, String), String> = BTreeMap::new();
    for stored in text::all(&base.db, access, nr).await.unwrap() {
        stands.insert((nr, stored.plats.clone()), stored.text.unwrap_or_default());
    }
    let mut frozen = Frozen::new();
    let mut now = 1_000_000 * (seed as i64 + 1);
    for round in 0..60 {
        now += chance.below(200_000) as i64;
        let before = version::find(&base.db, access, nr).await.unwrap().unwrap();
        let mut allowed = vec![before.lage];
        match chance.below(9) {
            0..=3 => {
                let (who, place) = (1 + chance.below(2) as i64, chance.one(&places));
                let wrote = format!("{seed} {round} {who}");
                let seen = read.get(&(who, place)).copied().unwrap_or(0);
                let stood = text::latest(&base.db, access, nr, place).await.unwrap().map_or(0, |text| text.nr);
                match save(base, access, nr, (place, seen), &wrote, who, now).await {
                    Saved::Done(now) => {
                        // Nothing is written over that the writer has not seen.
                        assert!(before.lage.is_open() && seen == stood);
                        read.insert((who, place), now);
                        stands.insert((nr, place.to_owned()), wrote);
                    }
                    Saved::Newer(found) => {
                        // What the other wrote is shown as it stands.
                        assert_eq!(found.text.as_deref(), stands.get(&(nr, place.to_owned())).map(String::as_str));
                        read.insert((who, place), found.nr);
                    }
                    Saved::Closed => assert!(!before.lage.is_open()),
                    Saved::Same(_) => panic!("every text is another"),
                }
            }
            4 => {
                step(base, access, nr, chance.one(&[Steg::Granska, Steg::Aterta])).await;
                allowed.extend(match before.lage {
                    Lage::Utkast => Some(Lage::Granskning),
                    Lage::Granskning => Some(Lage::Utkast),
                    _ => None,
                });
            }
            5 => {
                let noted = kommentar::write(&base.db, access, nr, ("a", "Nja"), at(now, "Lo")).await.unwrap();
                assert_eq!(matches!(noted, Taken::Done(_)), before.lage == Lage::Granskning);
            }
            6 => {
                for noted in kommentar::all(&base.db, access, nr).await.unwrap() {
                    kommentar::resolve(&base.db, access, nr, noted.nr, at(now, "Kim")).await.unwrap();
                }
            }
            7 => {
                let open = kommentar::all(&base.db, access, nr).await.unwrap();
                let open = open.iter().filter(|noted| noted.lost_ms.is_none()).count();
                let taken = lock(base, access, nr, &format!("{seed} {round}")).await;
                assert_eq!(taken == Taken::Done(nr), before.lage == Lage::Granskning && open == 0, "{taken:?}");
                if taken == Taken::Done(nr) {
                    allowed = vec![Lage::Last];
                    let locked = version::find(&base.db, access, nr).await.unwrap().unwrap();
                    let bytes = fryst::read(&base.db, access, nr, "dokument").await.unwrap().unwrap().innehall;
                    let texts = text::all(&base.db, access, nr).await.unwrap().len();
                    frozen.insert(nr, (locked.kontrollsumma, bytes, texts));
                }
            }
            _ => {
                let behandlad = Med::Behandlad(day("2025-03-01"), Styrelsebeslut::Godkand, "§ 1");
                version::step(&base.db, access, nr, Steg::Behandla, behandlad, at(now, "Kim")).await.unwrap();
                if before.lage == Lage::Last {
                    allowed = vec![Lage::Behandlad];
                }
                if let Taken::Done(next) = step(base, access, nr, Steg::NyVersion).await {
                    assert!(matches!(before.lage, Lage::Last | Lage::Behandlad));
                    for place in places {
                        if let Some(text) = stands.get(&(nr, place.to_owned())).cloned() {
                            stands.insert((next, place.to_owned()), text);
                        }
                    }
                    read.clear();
                    (nr, allowed) = (next, vec![Lage::Utkast]);
                }
            }
        }
        let after = version::find(&base.db, access, nr).await.unwrap().unwrap();
        assert!(allowed.contains(&after.lage), "{:?} became {:?}", before.lage, after.lage);
    }
    // Whatever was said to be saved stands there.
    for ((version, place), text) in stands {
        let found = text::latest(&base.db, access, version, &place).await.unwrap();
        assert_eq!(found.and_then(|found| found.text), Some(text), "{version} {place}");
    }
    for (version, (sum, bytes, texts)) in frozen {
        let found = version::find(&base.db, access, version).await.unwrap().unwrap();
        assert_eq!(found.kontrollsumma, sum);
        assert_eq!(fryst::read(&base.db, access, version, "dokument").await.unwrap().unwrap().innehall, bytes);
        assert_eq!(text::all(&base.db, access, version).await.unwrap().len(), texts);
    }
}
