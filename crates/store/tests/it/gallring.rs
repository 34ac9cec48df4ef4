//! Gallring: what is removed is nowhere, not in the database's files either; what is left still holds together.

use crate::base::{Base, both, noon};
use crate::made::{self, day, deltagande, exited};
use crate::restore::home;
use crate::times::{current, known, with};
use samsyn_core::version::{Slag, Steg};
use samsyn_core::{Access, Facts};
use samsyn_store::gallring::{self, Done, Ids, Kvar, Thin};
use samsyn_store::import::{self, Package, Undone};
use samsyn_store::version::fryst::{self, Del};
use samsyn_store::version::{self, Med, Taken};
use samsyn_store::{Signature, Target, anvandare, change, forbund, forslag, handelse, history, logg};

/// The number that is to be found nowhere, and one that stays.
const BORT: &str = "GALLRASXYZ123";
const KVAR: &str = "STANNARXYZ456";

fn on(day: &str) -> Signature<'static> {
    Signature { who: "Chef", why: "beslut 4", now_ms: noon(day) }
}

/// Takes out lines; a workbook cannot be read.
struct Lines;

impl Thin for Lines {
    fn file(&self, bytes: &[u8], ids: &Ids) -> Kvar {
        let text = String::from_utf8_lossy(bytes);
        let without: Vec<&str> = text.lines().filter(|line| !ids.iter().any(|id| line.contains(id))).collect();
        if without.len() == text.lines().count() {
            Kvar::Allt
        } else if bytes.starts_with(b"PK") {
            Kvar::Inget
        } else {
            Kvar::Detta(without.join("\n").into_bytes())
        }
    }

    fn part(&self, part: &Del, ids: &Ids, _: i64) -> Result<Option<(i64, Vec<u8>)>, String> {
        match self.file(&part.innehall, ids) {
            Kvar::Detta(left) => Ok(Some((part.form + 1, left))),
            Kvar::Allt => Ok(None),
            Kvar::Inget => Err("oläslig".to_owned()),
        }
    }
}

/// Whether a text stands anywhere: in any file of the database, or on a server in any table.
async fn holds(base: &Base, text: &str) -> bool {
    if let Target::Folder(_) = &base.target {
        let files = std::fs::read_dir(home(base)).unwrap().map(|file| file.unwrap().path());
        let found: Vec<_> = files
            .filter(|path| std::fs::read(path).unwrap().windows(text.len()).any(|part| part == text.as_bytes()))
            .collect();
        return !found.is_empty();
    }
    let sql = "SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = 'public'";
    let tables: Vec<(String,)> = base.db.fetch_all(sql, Vec::new()).await.unwrap();
    assert!(tables.len() > 30);
    let hex: String = text.bytes().map(|byte| format!("{byte:02x}")).collect();
    let mut found = 0;
    for (table,) in tables {
        let like = |text: &str| format!("CAST(t AS TEXT) LIKE '%{text}%'");
        found += base.count(&format!("SELECT count(*) FROM {table} t WHERE {} OR {}", like(text), like(&hex))).await;
    }
    found > 0
}

/// Imports rows with two files that tell of them.
async fn import(base: &Base, facts: &Facts, on_day: &str, more: &str) -> i64 {
    let line = |id: &str| format!("{id};a;K;1980;{}", if id == BORT { more } else { "" });
    let mut lines: Vec<String> = facts.deltagare.iter().map(|row| line(row.deltagande_id.as_str())).collect();
    lines.insert(0, "deltagande_id;insats_id;kon;fodelsear;annat".to_owned());
    let files = [
        ("deltagare.csv".to_owned(), lines.join("\n").into_bytes()),
        ("arbetsbok.xlsx".to_owned(), format!("PK{}{more}", lines.join(" ")).into_bytes()),
        ("insatser.csv".to_owned(), b"insats_id\na".to_vec()),
    ];
    let package = Package { name: "paket", facts, present: &made::every_file(), files: &files };
    let signature = Signature { who: "Kim", why: "månadens fil", now_ms: noon(on_day) };
    let done = import::store(&base.db, package, signature, true, &mut |_, _| ()).await.unwrap();
    done.import_nr.unwrap()
}

/// Many deltaganden, so that the tables have more than one page, with the one that goes and the one that stays.
fn rows() -> Facts {
    let mut facts = with((0..400).map(|nr| deltagande(&format!("D{nr:04}"), "2022-02-01")));
    facts.deltagare.insert(200, deltagande(BORT, "2022-03-01"));
    facts.deltagare.insert(100, deltagande(KVAR, "2022-03-01"));
    facts
}

/// Everything that can tell of an inskrivning: versions, files, a proposal, a låst report, the log, a reason. The
/// förbund's access and the version of the report.
async fn everywhere(base: &Base) -> (Access, i64) {
    let mut facts = rows();
    import(base, &facts, "2022-04-01", "GALLRASTEXT").await;
    facts.deltagare[201] = exited(facts.deltagare[201].clone(), "2022-05-01", "2022-05-02");
    assert_eq!(facts.deltagare[201].deltagande_id.as_str(), BORT);
    import(base, &facts, "2022-06-01", "mer").await;
    let access = base.access("ett").await;
    let user = anvandare::create(&base.db, "a@b.se", "Kim", 1).await.unwrap();
    let upload = [("ny.csv".to_owned(), format!("deltagande_id\n{BORT}").into_bytes())];
    forslag::keep(&base.db, &access, user, "väntar", &upload, 1).await.unwrap();
    let other = [("ny.csv".to_owned(), format!("deltagande_id\n{KVAR}").into_bytes())];
    forslag::keep(&base.db, &access, user, "väntar", &other, 1).await.unwrap();
    let vad = format!("inskrivning {BORT}");
    let row = logg::Row { forbund: Some(1), tid_ms: 1, anvandare: None, vem: "Kim", slag: "läsning", vad: &vad };
    logg::write(&base.db, row).await.unwrap();
    let mut row = facts.deltagare[201].clone();
    row.fodelsear = Some(1981);
    let why = format!("Rättat inskrivningen {BORT}.");
    let signature = Signature { who: "Kim", why: &why, now_ms: noon("2022-07-01") };
    let only = Facts { deltagare: vec![row], ..Facts::default() };
    change::change(&base.db, &access, &only, signature, "rättelse").await.unwrap();
    (access, locked(base, &access).await)
}

async fn locked(base: &Base, access: &Access) -> i64 {
    let pm = (Slag::Pm, "2022-H1".parse().unwrap());
    let taken = version::begin(&base.db, access, pm, None, on("2022-08-01")).await.unwrap();
    let Taken::Done(nr) = taken else { panic!("{taken:?}") };
    version::step(&base.db, access, nr, Steg::Granska, Med::Inget, on("2022-08-01")).await.unwrap();
    let found = version::find(&base.db, access, nr).await.unwrap().unwrap();
    let handelse = forbund::state(&base.db, 1).await.unwrap().0;
    let facts = format!("två personer\n{BORT} utskriven\n{KVAR} inskriven");
    let delar = [Del::new("dokument", 1, b"2 personer".to_vec()), Del::new("siffror", 1, facts.into_bytes())];
    let sum = fryst::kontrollsumma(&delar);
    let med =
        Med::Last { per: day("2022-08-01"), andring: found.andring, handelse, delar: &delar, kontrollsumma: &sum };
    assert_eq!(version::step(&base.db, access, nr, Steg::Las, med, on("2022-08-01")).await.unwrap(), Taken::Done(nr));
    nr
}

async fn state(base: &Base) -> i64 {
    forbund::state(&base.db, 1).await.unwrap().0
}

async fn decided(base: &Base, access: &Access, ids: &[&str]) -> i64 {
    let ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
    let done = gallring::decide(&base.db, access, &ids, state(base).await, on("2026-01-01")).await.unwrap();
    let Done::Done(nr) = done else { panic!("{done:?}") };
    nr
}

async fn carried_out(base: &Base, access: &Access, nr: i64) -> Done {
    gallring::carry_out(&base.db, access, nr, state(base).await, &Lines, on("2026-01-02")).await.unwrap()
}

both! {
    /// Rows are thinned out with their old versions and the files they came in; a test greps the database's files and
    /// the write-ahead log for the removed values.
    async fn what_is_removed_is_nowhere(base: &Base) {
        let (access, version) = everywhere(base).await;
        let nr = decided(base, &access, &[BORT]).await;
        assert_eq!(gallring::ids(&base.db, &access, nr).await.unwrap(), [BORT]);
        assert!(holds(base, BORT).await && holds(base, "GALLRASTEXT").await);
        let sum = version::find(&base.db, &access, version).await.unwrap().unwrap().kontrollsumma;
        assert_eq!(carried_out(base, &access, nr).await, Done::Done(nr));
        assert!(gallring::clean(&base.db, 1, noon("2026-01-02")).await.unwrap());
        assert!(!holds(base, BORT).await && !holds(base, "GALLRASTEXT").await && holds(base, KVAR).await);
        assert_eq!(base.count("SELECT count(*) FROM deltagande WHERE ended IS NULL").await, 401);

        let beslut = gallring::list(&base.db, 1).await.unwrap().remove(0);
        assert_eq!((beslut.antal, beslut.borttagna, beslut.vantar()), (1, Some(1), false));
        assert_eq!((beslut.utford_av.as_deref(), beslut.stadad_ms), (Some("Chef"), Some(noon("2026-01-02"))));
        let per_insats = gallring::of_insats(&base.db, 1, "a").await.unwrap();
        assert_eq!(per_insats.iter().map(|(beslut, antal)| (beslut.nr, *antal)).collect::<Vec<_>>(), [(nr, 1)]);
        assert_eq!(gallring::of_insats(&base.db, 1, "b").await.unwrap(), []);
        assert_eq!(gallring::carried_out(&base.db).await.unwrap(), [("ett".to_owned(), beslut)]);

        // Files: what is left has a sum of its own; what cannot be read is gone; the others are as received.
        for (nr, thinned) in [(1, [true, true, false]), (2, [true, true, false])] {
            let files = import::files(&base.db, &access, nr).await.unwrap();
            assert_eq!(files.iter().map(|file| &file.namn[..]).collect::<Vec<_>>(), ["arbetsbok.xlsx", "deltagare.csv", "insatser.csv"]);
            assert_eq!(files.iter().map(|file| file.gallrad_ms.is_some()).collect::<Vec<_>>(), thinned);
            assert!(files[0].innehall.is_empty() && String::from_utf8_lossy(&files[1].innehall).contains(KVAR));
            assert!(files.iter().all(|file| Del::new("x", 1, file.innehall.clone()).sha256 == file.sha256));
        }
        // A låst report: its sum is still the printed one, and its parts still hold against it.
        let found = version::find(&base.db, &access, version).await.unwrap().unwrap();
        assert_eq!(found.kontrollsumma, sum);
        let part = |del: &'static str| { let (db, access) = (&base.db, &access); async move { fryst::read(db, access, version, del).await.unwrap().unwrap() } };
        assert_eq!(part("dokument").await, Del::new("dokument", 1, b"2 personer".to_vec()));
        let thinned = part("siffror").await;
        assert_eq!((thinned.form, String::from_utf8(thinned.innehall).unwrap()), (2, format!("två personer\n{KVAR} inskriven")));
        let thinned = fryst::gallrade(&base.db, &access, version).await.unwrap();
        assert_eq!(thinned.iter().map(|part| (&part.del[..], part.gallrad_ms)).collect::<Vec<_>>(), [("siffror", noon("2026-01-02"))]);
        // Proposals that hold it, and its number in the log.
        assert_eq!(forslag::list(&base.db, &access).await.unwrap().len(), 1);
        assert_eq!(logg::list(&base.db, Some(1), None, 9, None).await.unwrap()[0].vad, "inskrivning (gallrad)");
        let events = handelse::list(&base.db, 1).await.unwrap();
        assert_eq!(events.iter().filter(|event| event.varfor == "Rättat inskrivningen (gallrad).").count(), 1);
        assert_eq!(events.last().map(|event| (&event.slag[..], &event.varfor[..])), Some((gallring::KIND, "beslut 4")));
        // As known at an earlier day it does not come back.
        assert_eq!(known(base, "ett", day("2022-06-02")).await.deltagare.len(), 401);
        assert_eq!(current(base, "ett").await.deltagare.len(), 401);
        let nouns = history::all(&base.db, &access).await.unwrap();
        assert!(nouns.iter().flat_map(|noun| &noun.versions).all(|version| version.key != BORT));
        // Again is no second time.
        assert_eq!(carried_out(base, &access, nr).await, Done::Already(nr));
        assert_eq!(base.count("SELECT count(*) FROM handelse").await, events.len() as i64);
    }

    /// What is bad in a frozen part is told, and then nothing has been removed.
    async fn all_or_nothing(base: &Base) {
        let (access, version) = everywhere(base).await;
        let nr = decided(base, &access, &[BORT]).await;
        let broken = format!("UPDATE version_del SET innehall = {} WHERE del = 'siffror'", match &base.target {
            Target::Folder(_) => format!("CAST('PK {BORT}\n' AS BLOB)"),
            Target::Url(_) => format!("convert_to('PK {BORT}\n', 'UTF8')"),
        });
        base.db.execute(&broken, Vec::new()).await.unwrap();
        let failed = gallring::carry_out(&base.db, &access, nr, state(base).await, &Lines, on("2026-01-02")).await;
        assert!(failed.unwrap_err().to_string().contains(&format!("{version} siffror: oläslig")));
        assert_eq!(current(base, "ett").await.deltagare.len(), 402);
        assert_eq!(forslag::list(&base.db, &access).await.unwrap().len(), 2);
        assert!(import::files(&base.db, &access, 1).await.unwrap().iter().all(|file| file.gallrad_ms.is_none()));
        assert!(gallring::list(&base.db, 1).await.unwrap()[0].vantar());
    }

    /// A decision rests on what was read; it can be taken back until it is carried out.
    async fn a_decision_waits_until_it_is_carried_out_or_taken_back(base: &Base) {
        base.import(&rows(), "2022-04-01").await;
        let access = base.access("ett").await;
        let ids = [BORT.to_owned()];
        assert_eq!(gallring::decide(&base.db, &access, &ids, 0, on("2026-01-01")).await.unwrap(), Done::Changed);
        assert_eq!(gallring::decide(&base.db, &access, &[], 1, on("2026-01-01")).await.unwrap(), Done::Unknown);
        let (one, two) = (decided(base, &access, &[BORT]).await, decided(base, &access, &[BORT, KVAR]).await);
        assert_eq!((one, two, state(base).await), (1, 2, 3));
        assert_eq!(gallring::carry_out(&base.db, &access, one, 2, &Lines, on("2026-01-02")).await.unwrap(), Done::Changed);
        assert_eq!(gallring::take_back(&base.db, &access, one, on("2026-01-02")).await.unwrap(), Done::Done(1));
        assert_eq!(gallring::take_back(&base.db, &access, one, on("2026-01-02")).await.unwrap(), Done::Unknown);
        assert_eq!(gallring::ids(&base.db, &access, one).await.unwrap(), [""; 0]);
        for gone in [one, 9] {
            assert_eq!(carried_out(base, &access, gone).await, Done::Unknown);
        }
        assert_eq!(current(base, "ett").await.deltagare.len(), 402);
        // Withdrawn consent in between; the list that waits forgets it, and the rest is carried out.
        let at_once = async |id: &str| gallring::at_once(&base.db, &access, id, &Lines, on("2026-01-03")).await.unwrap();
        assert_eq!((at_once(BORT).await, at_once(BORT).await), (Done::Done(3), Done::Unknown));
        assert_eq!(gallring::ids(&base.db, &access, two).await.unwrap(), [KVAR]);
        assert_eq!(carried_out(base, &access, two).await, Done::Done(2));
        let told: Vec<_> = gallring::list(&base.db, 1).await.unwrap().into_iter().map(|of| (of.slag, of.antal, of.borttagna)).collect();
        assert_eq!(told, [("regel".to_owned(), 1, None), ("regel".to_owned(), 2, Some(1)), ("samtycke".to_owned(), 1, Some(1))]);
        assert_eq!(gallring::take_back(&base.db, &access, two, on("2026-01-04")).await.unwrap(), Done::Unknown);
    }

    /// Undoing an import whose rows have been removed neither fails nor brings them back.
    async fn undoing_an_import_brings_nothing_back(base: &Base) {
        let mut facts = with([deltagande(BORT, "2022-03-01"), deltagande(KVAR, "2022-03-01")]);
        import(base, &facts, "2022-04-01", "").await;
        facts.deltagare = facts.deltagare.into_iter().map(|row| exited(row, "2022-05-01", "2022-05-02")).collect();
        facts.deltagare.push(deltagande("NY1", "2022-03-01"));
        let second = import(base, &facts, "2022-06-01", "").await;
        let access = base.access("ett").await;
        gallring::at_once(&base.db, &access, BORT, &Lines, on("2026-01-03")).await.unwrap();
        gallring::at_once(&base.db, &access, "NY1", &Lines, on("2026-01-03")).await.unwrap();
        let undone = import::undo(&base.db, &access, second, on("2026-02-01")).await.unwrap();
        assert!(matches!(undone, Undone::Done { ended: 1, again: 1, .. }), "{undone:?}");
        assert_eq!(current(base, "ett").await.deltagare, [deltagande(KVAR, "2022-03-01")]);
        assert!(gallring::clean(&base.db, 1, 1).await.unwrap() && !holds(base, BORT).await);
        // The row comes back only in a new import, as a new one.
        let again = with([deltagande(BORT, "2022-03-01"), deltagande(KVAR, "2022-03-01")]);
        let signature = on("2026-03-01");
        let package = Package { name: "paket", facts: &again, present: &made::every_file(), files: &[] };
        let done = import::store(&base.db, package, signature, true, &mut |_, _| ()).await.unwrap();
        assert!(done.per_noun.contains(&("deltagare", 1, 0)), "{done:?}");
    }

    /// Rows of an undone import are still stored, and are told until they are removed too.
    async fn rows_that_are_known_no_more_are_told(base: &Base) {
        let facts = with([deltagande(KVAR, "2022-03-01")]);
        import(base, &facts, "2022-04-01", "").await;
        let access = base.access("ett").await;
        let more = with([deltagande(KVAR, "2022-03-01"), deltagande(BORT, "2022-03-01")]);
        let second = import(base, &more, "2022-05-01", "").await;
        assert_eq!(gallring::ended(&base.db, &access).await.unwrap(), []);
        assert!(matches!(import::undo(&base.db, &access, second, on("2022-06-01")).await.unwrap(), Undone::Done { .. }));
        let found = gallring::ended(&base.db, &access).await.unwrap();
        assert_eq!(found, [(deltagande(BORT, "2022-03-01"), noon("2022-06-01"))]);
        let nr = decided(base, &access, &[BORT]).await;
        assert_eq!(carried_out(base, &access, nr).await, Done::Done(nr));
        assert_eq!(gallring::ended(&base.db, &access).await.unwrap(), []);
        assert!(gallring::clean(&base.db, 1, 1).await.unwrap() && !holds(base, BORT).await);
    }
}

/// What is removed is written over at once, also where it is nobody's decision: a proposal said no to.
#[tokio::test]
async fn what_is_deleted_is_written_over() {
    let base = Base::sqlite().await;
    base.import(&made::bare("ett"), "2022-01-01").await;
    let access = base.access("ett").await;
    let user = anvandare::create(&base.db, "a@b.se", "Kim", 1).await.unwrap();
    let upload = [("ny.csv".to_owned(), BORT.repeat(900).into_bytes())];
    let nr = forslag::keep(&base.db, &access, user, "väntar", &upload, 1).await.unwrap();
    assert!(holds(&base, BORT).await);
    assert!(forslag::discard(&base.db, &access, nr).await.unwrap());
    // The log of what was written goes when the last one closes the database.
    base.db.close().await;
    assert!(!holds(&base, BORT).await);
    base.end().await;
}

/// What was removed before the program wrote over it is gone too when the database has been cleaned; not while somebody
/// reads, and that is told.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_removed_before_is_cleaned_too() {
    let base = Base::sqlite().await;
    base.import(&made::bare("ett"), "2022-01-01").await;
    let url = format!("sqlite://{}", home(&base).join("samsyn.db").display());
    let mut older = <sqlx::SqliteConnection as sqlx::Connection>::connect(&url).await.unwrap();
    let sql = format!(
        "PRAGMA secure_delete = 0; INSERT INTO fil VALUES (1, 'x', '{}'); DELETE FROM fil WHERE sha256 = 'x'; \
         PRAGMA wal_checkpoint(TRUNCATE)",
        BORT.repeat(900)
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut older).await.unwrap();
    assert!(holds(&base, BORT).await);
    sqlx::raw_sql("BEGIN; SELECT count(*) FROM fil").execute(&mut older).await.unwrap();
    assert!(!gallring::clean(&base.db, 1, 1).await.unwrap());
    sqlx::raw_sql("COMMIT").execute(&mut older).await.unwrap();
    assert!(gallring::clean(&base.db, 1, 1).await.unwrap());
    assert!(!holds(&base, BORT).await);
    sqlx::Connection::close(older).await.unwrap();
    base.end().await;
}
