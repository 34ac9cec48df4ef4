//! Logging in and out, and the links by which a password is chosen.

use crate::access::{Held, Rights, Role};
use crate::actions::hemlighet;
use crate::actions::strypning::{self, Strypning};
use crate::{Error, clock};
use samsyn_store::anvandare::{self, Anvandare};
use samsyn_store::lank::{self, Slag};
use samsyn_store::roll::Roll;
use samsyn_store::{Db, logg, session};
use std::sync::atomic::{AtomicUsize, Ordering};
use tokio::sync::{Semaphore, SemaphorePermit};

/// How long an invitation can be used, milliseconds: two weeks.
const INVITATION_MS: i64 = 14 * 24 * 60 * 60_000;
/// How long a link for a new password can be used: a day.
const RESET_MS: i64 = 24 * 60 * 60_000;

/// One who is logged in.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The user.
    pub user: Anvandare,
    /// The roles in every förbund.
    pub roles: Vec<Roll>,
    /// What is stored of the session's token.
    pub session: String,
}

impl Visitor {
    /// The rights in one förbund.
    pub fn rights(&self, forbund: i64) -> Rights {
        let held = self.roles.iter().filter(|roll| roll.forbund == forbund).filter_map(|roll| {
            let insats = Some(roll.insats_id.clone()).filter(|id| !id.is_empty());
            Some(Held { role: Role::of_kod(&roll.roll)?, insats })
        });
        Rights::new(held.collect())
    }
}

/// What came of an attempt to log in.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Let in: the token for the cookie.
    In(String),
    /// The address or the password is wrong. Which of them is not told.
    Wrong,
    /// Too many attempts; seconds to wait.
    Wait(i64),
}

/// Tries to log in. `from` is where the visitor comes from. What is kept of a failure never holds the password.
pub async fn log_in(
    db: &Db,
    failures: &Strypning,
    address: &str,
    password: &str,
    from: &str,
) -> Result<Outcome, Error> {
    let address = address.trim().to_lowercase();
    if address.len() > LONGEST_ADDRESS {
        return Ok(Outcome::Wrong);
    }
    if QUEUE.load(Ordering::Relaxed) >= LONGEST_QUEUE {
        return Ok(Outcome::Wait(5));
    }
    // Whether one must wait is asked in one's own turn: many guesses at once are not many first ones.
    let _turn = turn().await?;
    let now_ms = clock::now_ms();
    let keys = [address.clone(), strypning::place(from)];
    let wait = failures.wait_ms(&keys, now_ms);
    if wait > 0 {
        return Ok(Outcome::Wait(wait / 1000 + 1));
    }
    let user = anvandare::by_epost(db, &address).await?.filter(|user| user.avstangd_ms.is_none());
    let (stored, password) = (user.as_ref().and_then(|user| user.losenord.clone()), password.to_owned());
    let right = blocking(move || hemlighet::verify(&password, stored.as_deref())).await?;
    let Some(user) = user.filter(|_| right) else {
        failures.failed(&keys, now_ms);
        // The address as typed may be a password in the wrong field, so it is not written down.
        log(db, None, None, "okänd", "misslyckad inloggning", "fel adress eller lösenord").await?;
        return Ok(Outcome::Wrong);
    };
    let token = hemlighet::token()?;
    if !session::begin(db, &hemlighet::hash_of(&token), user.nr, now_ms).await? {
        return Ok(Outcome::Wrong);
    }
    failures.succeeded(&address);
    log(db, None, Some(user.nr), &user.namn, "inloggning", "").await?;
    Ok(Outcome::In(token))
}

/// How long a session lasts, milliseconds.
#[derive(Clone, Copy, Debug)]
pub struct Lifetime {
    /// Without use.
    pub idle_ms: i64,
    /// In any case.
    pub longest_ms: i64,
}

/// Who comes with this token; nobody when the session is over. `used` tells whether a person does something.
pub async fn visitor(db: &Db, token: &str, lifetime: Lifetime, used: bool) -> Result<Option<Visitor>, Error> {
    let (now_ms, hash) = (clock::now_ms(), hemlighet::hash_of(token));
    let Some(found) = session::visitor(db, &hash, now_ms).await? else { return Ok(None) };
    let over = now_ms - found.senast_ms > lifetime.idle_ms || now_ms - found.skapad_ms > lifetime.longest_ms;
    if over {
        session::end(db, &hash).await?;
        return Ok(None);
    }
    // Written now and then only: a page in use would else write at every click.
    if used && now_ms - found.senast_ms > 60_000.min(lifetime.idle_ms / 10) {
        session::touch(db, &hash, now_ms).await?;
    }
    Ok(Some(Visitor { user: found.anvandare, roles: found.roller, session: hash }))
}

/// Logs out here.
pub async fn log_out(db: &Db, visitor: &Visitor) -> Result<(), Error> {
    session::end(db, &visitor.session).await?;
    log(db, None, Some(visitor.user.nr), &visitor.user.namn, "utloggning", "").await
}

/// Logs a user out everywhere.
pub async fn log_out_everywhere(db: &Db, visitor: &Visitor) -> Result<(), Error> {
    session::end_all(db, visitor.user.nr).await?;
    log(db, None, Some(visitor.user.nr), &visitor.user.namn, "utloggning", "överallt").await
}

/// Makes a link by which a user chooses a password; its token. Older links no longer work.
pub async fn make_link(db: &Db, user: i64, slag: Slag) -> Result<String, Error> {
    let (token, now_ms) = (hemlighet::token()?, clock::now_ms());
    let lasts = if slag == Slag::Inbjudan { INVITATION_MS } else { RESET_MS };
    if lank::make(db, &hemlighet::hash_of(&token), user, slag, (now_ms, now_ms + lasts)).await? {
        Ok(token)
    } else {
        Err(Error::Usage("Användaren finns inte längre.".to_owned()))
    }
}

/// Whose link this is, if it can still be used.
pub async fn of_link(db: &Db, token: &str) -> Result<Option<Anvandare>, Error> {
    match lank::find(db, &hemlighet::hash_of(token)).await? {
        Some(lank) if lank.good(clock::now_ms()) => Ok(anvandare::find(db, lank.anvandare).await?),
        _ => Ok(None),
    }
}

/// Chooses a password by a link. `false` when somebody else has used the link meanwhile.
pub async fn use_link(db: &Db, token: &str, password: String) -> Result<bool, Error> {
    let phc = on_password(move || hemlighet::hash_password(&password)).await?;
    let used = lank::use_it(db, &hemlighet::hash_of(token), &phc, clock::now_ms()).await?;
    if let Some(nr) = used {
        let name = anvandare::find(db, nr).await?.map(|user| user.namn).unwrap_or_default();
        log(db, None, Some(nr), &name, "nytt lösenord", "med länk").await?;
    }
    Ok(used.is_some())
}

/// Chooses a password for a user, who is then logged out everywhere.
pub async fn choose_for(db: &Db, user: i64, password: String) -> Result<(), Error> {
    let phc = on_password(move || hemlighet::hash_password(&password)).await?;
    anvandare::set_password(db, user, &phc).await?;
    Ok(())
}

/// What came of an attempt to change one's password.
#[derive(Debug, PartialEq, Eq)]
pub enum Changed {
    /// It is changed, and every session has ended.
    Done,
    /// The old one is wrong.
    Wrong,
    /// Too many attempts; seconds to wait.
    Wait(i64),
}

/// Changes the password of one who knows the old. Whoever has come upon an open session cannot try at leisure: what has
/// failed is asked in one's own turn, so that many guesses at once are not many first ones; how many wait is not.
pub async fn change_password(
    db: &Db,
    failures: &Strypning,
    visitor: &Visitor,
    (old, new): (String, String),
) -> Result<Changed, Error> {
    let keys = [format!("konto {}", visitor.user.nr)];
    let _turn = turn().await?;
    let wait = failures.wait_ms(&keys, clock::now_ms());
    if wait > 0 {
        return Ok(Changed::Wait(wait / 1000 + 1));
    }
    let stored = anvandare::find(db, visitor.user.nr).await?.and_then(|user| user.losenord);
    if !blocking(move || hemlighet::verify(&old, stored.as_deref())).await? {
        failures.failed(&keys, clock::now_ms());
        return Ok(Changed::Wrong);
    }
    let phc = blocking(move || hemlighet::hash_password(&new)).await?;
    anvandare::set_password(db, visitor.user.nr, &phc).await?;
    failures.succeeded(&keys[0]);
    log(db, None, Some(visitor.user.nr), &visitor.user.namn, "nytt lösenord", "").await?;
    Ok(Changed::Done)
}

/// Makes a user with a password and a role: the first of an installation, or one of the demo's.
pub async fn make_user(
    db: &Db,
    (address, name, password): (&str, &str, &str),
    forbund: i64,
    held: &[Held],
) -> Result<i64, Error> {
    let (now_ms, password) = (clock::now_ms(), password.to_owned());
    let phc = on_password(move || hemlighet::hash_password(&password)).await?;
    let nr = anvandare::create(db, address, name, now_ms).await?;
    anvandare::set_password(db, nr, &phc).await?;
    for held in held {
        let roll = Roll {
            anvandare: nr,
            forbund,
            roll: held.role.kod().to_owned(),
            insats_id: held.insats.clone().unwrap_or_default(),
            till_ms: None,
            given_ms: now_ms,
            given_av: "installationen".to_owned(),
        };
        samsyn_store::roll::give(db, &roll).await?;
    }
    Ok(nr)
}

/// Writes to the log of use.
pub async fn log(
    db: &Db,
    forbund: Option<i64>,
    user: Option<i64>,
    who: &str,
    slag: &str,
    what: &str,
) -> Result<(), Error> {
    let row = logg::Row { forbund, tid_ms: clock::now_ms(), anvandare: user, vem: who, slag, vad: what };
    logg::write(db, row).await?;
    Ok(())
}

/// Passwords are worked on one at a time: each takes 19 MiB, and a flood of guesses is not to take them all.
static ONE: Semaphore = Semaphore::const_new(1);

/// How many wait for their turn, and how many may.
static QUEUE: AtomicUsize = AtomicUsize::new(0);
const LONGEST_QUEUE: usize = 40;
/// The longest e-mail address that is looked at, bytes.
const LONGEST_ADDRESS: usize = 254;

/// Waits for one's turn.
async fn turn() -> Result<SemaphorePermit<'static>, Error> {
    QUEUE.fetch_add(1, Ordering::Relaxed);
    let turn = ONE.acquire().await;
    QUEUE.fetch_sub(1, Ordering::Relaxed);
    turn.map_err(|error| Error::Failure(error.to_string()))
}

/// Work on a password, on a thread of its own.
async fn on_password<T: Send + 'static>(work: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
    let _turn = turn().await?;
    blocking(work).await
}

/// Work that would hold up others, on a thread of its own.
pub async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
    let done = tokio::task::spawn_blocking(work).await;
    done.map_err(|error| Error::Failure(format!("Arbetet avbröts: {error}.")))?
}
