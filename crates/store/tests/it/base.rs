//! A database of its own for each test, on SQLite and on PostgreSQL.

use crate::made;
use samsyn_core::{Access, Facts};
use samsyn_store::import::{ImportOutcome, Package};
use samsyn_store::{Db, Result, Signature, Target, forbund, import};
use sqlx::{AssertSqlSafe, Connection, PgConnection};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::path::PathBuf;

/// Writes one test twice: for SQLite and for PostgreSQL.
macro_rules! both {
    ($($(#[$meta:meta])* async fn $name:ident($base:ident: &Base) $body:block)+) => { $(
        $(#[$meta])*
        mod $name {
            #[allow(unused_imports, reason = "not every test needs everything")]
            use super::*;

            async fn check($base: &crate::base::Base) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn sqlite() {
                let base = crate::base::Base::sqlite().await;
                check(&base).await;
                base.end().await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn postgres() {
                let Some(base) = crate::base::Base::postgres().await else { return };
                check(&base).await;
                base.end().await;
            }
        }
    )+ };
}
pub(crate) use both;

/// The tables that came after the first schema, in an order in which they can be dropped.
pub const LATER: [&str; 20] = [
    "gallrad_del",
    "gallrad_fil",
    "gallrad_insats",
    "gallringsbeslut_rad",
    "gallringsbeslut",
    "diarium",
    "version_del",
    "version_steg",
    "version_kommentar",
    "version_text",
    "version",
    "forslag_fil",
    "forslag",
    "installning",
    "logg",
    "lank",
    "session",
    "roll",
    "anvandare",
    "databas",
];

/// The nouns' tables that came after the first schema.
pub const LATER_NOUNS: [&str; 16] = [
    "slutrapport",
    "partskommentar",
    "kommentar",
    "ljusval",
    "manadsantal",
    "avslutsantal",
    "medlemsavgift",
    "planpost",
    "sparandesteg",
    "bokslut",
    "kontosaldo",
    "objektsaldo",
    "rapportstruktur",
    "projektkoppling",
    "kostnadsstalle",
    "schablon",
];

/// A fresh database.
pub struct Base {
    pub db: Db,
    pub target: Target,
    name: String,
}

/// A temporary folder of its own, removed by [`Base::end`].
pub fn folder() -> PathBuf {
    std::env::temp_dir().join(own_name())
}

/// A name that no other test has, in this run or in one before: a run that was stopped leaves its
/// folders behind, and the system gives the number of a process out again.
fn own_name() -> String {
    format!("samsyn_test_{:016x}", RandomState::new().build_hasher().finish())
}

/// The server that tests use; `None` when they are to be left out.
pub fn server() -> Option<String> {
    let url = std::env::var("SAMSYN_TEST_PG").ok();
    if url.is_none() && std::env::var("SAMSYN_HOPPA").as_deref() == Ok("1") {
        eprintln!("PostgreSQL left out: SAMSYN_HOPPA=1");
        return None;
    }
    Some(url.expect(
        "SAMSYN_TEST_PG is not set. Run ./test, or scripts/postgres run cargo test -p samsyn-store; SAMSYN_HOPPA=1 \
         leaves PostgreSQL out.",
    ))
}

impl Base {
    pub async fn sqlite() -> Base {
        let folder = folder();
        let target = Target::Folder(folder.clone());
        Base { db: Db::open(&target).await.unwrap(), target, name: folder.display().to_string() }
    }

    pub async fn postgres() -> Option<Base> {
        let server = server()?;
        let name = own_name();
        administer(&server, &format!("CREATE DATABASE {name}")).await;
        let target = Target::Url(format!("{}/{name}", server.rsplit_once('/').unwrap().0));
        Some(Base { db: Db::open(&target).await.unwrap(), target, name })
    }

    pub async fn end(self) {
        self.db.close().await;
        match self.target {
            Target::Folder(folder) => std::fs::remove_dir_all(folder).unwrap(),
            Target::Url(_) => administer(&server().unwrap(), &format!("DROP DATABASE {} (FORCE)", self.name)).await,
        }
    }

    /// Imports a package with every file, on a day.
    pub async fn import(&self, facts: &Facts, on: &str) -> ImportOutcome {
        self.try_import(facts, on, false).await.unwrap()
    }

    pub async fn try_import(&self, facts: &Facts, on: &str, accept_gone: bool) -> Result<ImportOutcome> {
        let files = [("deltagare.csv".to_owned(), format!("{:?}", facts.deltagare).into_bytes())];
        let package = Package { name: "paket", facts, present: &made::every_file(), files: &files };
        let signature = Signature { who: "Kim", why: "månadens fil", now_ms: noon(on) };
        import::store(&self.db, package, signature, accept_gone, &mut |_, _| ()).await
    }

    pub async fn access(&self, forbund_id: &str) -> Access {
        Access::command_line(forbund::find(&self.db, forbund_id).await.unwrap().nr)
    }

    /// One number from the database.
    pub async fn count(&self, sql: &str) -> i64 {
        self.db.fetch_all::<(i64,)>(sql, Vec::new()).await.unwrap()[0].0
    }
}

/// Noon, Swedish winter time or one o'clock in summer, of a day.
pub fn noon(day: &str) -> i64 {
    made::day(day).begins_ms() + 12 * 3_600_000
}

async fn administer(server: &str, sql: &str) {
    let mut connection = PgConnection::connect(server).await.expect("the server in SAMSYN_TEST_PG answers");
    sqlx::raw_sql(AssertSqlSafe(sql.to_owned())).execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
}
