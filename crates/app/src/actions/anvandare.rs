//! The users of a förbund: inviting them, giving roles and taking them back, new links, closing. Only one with a role
//! in the förbund can be reached, and every change is written to the log of use.

use crate::access::{Role, names_ticket};
use crate::actions::anvandarform::{self, Onskad};
use crate::actions::insatsbeslut::{Form, Wrong};
use crate::actions::person::{Lage, Person, last, roll_i_ord};
use crate::actions::{hemlighet, inloggning};
use crate::{Error, clock};
use samsyn_document::Datum;
use samsyn_store::anvandare::{self, Anvandare};
use samsyn_store::lank::{self, Slag};
use samsyn_store::roll::{self, Roll};
use samsyn_store::{Db, StoreError, facts, logg, session};
use std::collections::{BTreeSet, HashSet};
use tokio::sync::Mutex;

/// How many rows of the log are looked through for those who have had a role.
const LOOKED_THROUGH: i64 = 1000;

/// One change at a time, so that two cannot each take the other's role and leave the förbund without anyone.
static ONE_AT_A_TIME: Mutex<()> = Mutex::const_new(());

/// A link by which a password is chosen. Shown once, kept nowhere.
pub struct Lank {
    /// What stands last in its address.
    pub token: String,
    /// From when it is too late.
    pub galler_till_ms: i64,
}

/// What came of an invitation.
pub struct Inbjudan {
    /// The user's number.
    pub nr: i64,
    /// A link, for one who has chosen no password.
    pub lank: Option<Lank>,
}

/// What is done, or in words why it is not.
pub type Svar<T> = Result<Result<T, String>, Error>;

const LAST: &str = "Förbundet skulle bli utan behörighetsansvarig. Ge rollen till någon annan först, minst lika länge, och \
                    vänta tills den personen har valt lösenord.";

const OTHERS: &str = "Adressen används i ett annat förbund på servern. Be den som sköter servern att ge rollen, med \
                      kommandot samsyn ge-roll.";

/// The insatser of a förbund, by id and name.
pub async fn insatser(db: &Db, forbund: i64) -> Result<Vec<(String, String)>, Error> {
    let stored = facts::current(db, &names_ticket(forbund)).await?;
    Ok(stored
        .insatser
        .into_iter()
        .map(|insats| (insats.insats_id.to_string(), format!("{}, {}", insats.namn, insats.insatsagare)))
        .collect())
}

/// The users of one förbund, in the hands of one who may manage them.
pub struct Forvaltning<'a> {
    /// The database.
    pub db: &'a Db,
    /// The förbund's number.
    pub forbund: i64,
    /// Who manages.
    pub av: &'a Anvandare,
}

impl Forvaltning<'_> {
    /// Everyone with a role here, by name.
    pub async fn alla(&self) -> Result<Vec<Person>, Error> {
        let mut roles = roll::of_forbund(self.db, self.forbund).await?;
        let mut all = Vec::new();
        for user in anvandare::of_forbund(self.db, self.forbund).await? {
            let own = roles.extract_if(.., |roll| roll.anvandare == user.nr).collect();
            all.push(Person { user, roller: own });
        }
        all.sort_by_key(|person| (person.user.namn.to_lowercase(), person.user.nr));
        Ok(all)
    }

    /// Those who have had a role here and have none any longer, by name, as far back as the log is looked through.
    pub async fn tidigare(&self) -> Result<Vec<Anvandare>, Error> {
        let rows = logg::list(self.db, Some(self.forbund), None, LOOKED_THROUGH, Some("roll borttagen")).await?;
        let held: HashSet<i64> =
            roll::of_forbund(self.db, self.forbund).await?.into_iter().map(|roll| roll.anvandare).collect();
        let addresses: BTreeSet<&str> = rows.iter().filter_map(|row| address_in(&row.vad)).collect();
        let mut found = Vec::new();
        for address in addresses {
            found.extend(anvandare::by_epost(self.db, address).await?.filter(|user| !held.contains(&user.nr)));
        }
        found.sort_by_key(|user| (user.namn.to_lowercase(), user.nr));
        Ok(found)
    }

    /// One of them.
    pub async fn en(&self, nr: i64) -> Result<Option<Person>, Error> {
        Ok(self.alla().await?.into_iter().find(|person| person.user.nr == nr))
    }

    /// Whether the user has a role here, in force or not.
    async fn har_roll(&self, nr: i64) -> Result<bool, Error> {
        Ok(roll::of_forbund(self.db, self.forbund).await?.iter().any(|roll| roll.anvandare == nr))
    }

    /// Whether the user has a role in force in another förbund.
    pub async fn pa_annat_hall(&self, nr: i64) -> Result<bool, Error> {
        let roles = roll::of(self.db, nr, clock::now_ms()).await?;
        Ok(roles.iter().any(|roll| roll.forbund != self.forbund))
    }

    /// Invites one with a role. A user with a role here already gets the role only. One of another förbund is refused:
    /// whoever invited there may have chosen the password. One without any role anywhere begins anew.
    pub async fn bjud_in(&self, form: &Form) -> Result<Result<Inbjudan, Wrong>, Error> {
        let insatser = insatser(self.db, self.forbund).await?;
        let mut wrong = Wrong::new();
        let person = anvandarform::person(form, &mut wrong);
        let role = anvandarform::roll(form, &insatser, clock::today(), &mut wrong);
        let (Some((name, address)), Some(role), true) = (person, role, wrong.is_empty()) else { return Ok(Err(wrong)) };
        let _held = ONE_AT_A_TIME.lock().await;
        let user = match anvandare::by_epost(self.db, &address).await? {
            Some(user) if self.har_roll(user.nr).await? => user,
            Some(user) if self.pa_annat_hall(user.nr).await? => {
                return Ok(Err(vec![("epost".to_owned(), OTHERS.to_owned())]));
            }
            Some(user) => {
                let nobody_knows = hemlighet::token()?;
                inloggning::choose_for(self.db, user.nr, nobody_knows).await?;
                self.log("inbjudan", &format!("{} ({address})", user.namn)).await?;
                Anvandare { losenord: None, ..user }
            }
            None => match anvandare::create(self.db, &address, &name, clock::now_ms()).await {
                Ok(nr) => {
                    self.log("inbjudan", &format!("{name} ({address})")).await?;
                    anvandare::find(self.db, nr).await?.ok_or_else(gone)?
                }
                Err(StoreError::AddressTaken(_)) => {
                    return Ok(Err(vec![(
                        "epost".to_owned(),
                        "Någon annan bjöd in adressen just nu. Försök igen.".to_owned(),
                    )]));
                }
                Err(error) => return Err(error.into()),
            },
        };
        if let Err(why) = self.give(&user, &role).await? {
            return Ok(Err(vec![("till".to_owned(), why)]));
        }
        let new = user.losenord.is_none() && user.avstangd_ms.is_none() && !self.pa_annat_hall(user.nr).await?;
        let lank = if new { Some(self.link(user.nr, Slag::Inbjudan).await?) } else { None };
        Ok(Ok(Inbjudan { nr: user.nr, lank }))
    }

    /// Gives a role, or one that the user has another end.
    pub async fn ge(&self, person: &Person, form: &Form) -> Result<Result<(), Wrong>, Error> {
        let insatser = insatser(self.db, self.forbund).await?;
        let mut wrong = Wrong::new();
        let role = anvandarform::roll(form, &insatser, clock::today(), &mut wrong);
        let (Some(role), true) = (role, wrong.is_empty()) else { return Ok(Err(wrong)) };
        let _held = ONE_AT_A_TIME.lock().await;
        Ok(self.give(&person.user, &role).await?.map_err(|why| vec![("till".to_owned(), why)]))
    }

    async fn give(&self, user: &Anvandare, wished: &Onskad) -> Svar<()> {
        let (now_ms, till_ms) = (clock::now_ms(), wished.till.map(Datum::ends_ms));
        let until = till_ms.unwrap_or(i64::MAX);
        if wished.role == Role::Behorighetsansvarig && last(&self.alla().await?, user.nr, until, now_ms) {
            return Ok(Err(LAST.to_owned()));
        }
        let roll = Roll {
            anvandare: user.nr,
            forbund: self.forbund,
            roll: wished.role.kod().to_owned(),
            insats_id: wished.insats.clone(),
            till_ms,
            given_ms: now_ms,
            given_av: self.av.namn.clone(),
        };
        roll::give(self.db, &roll).await?;
        let told = format!("{} ({}): {}", user.namn, user.epost, roll_i_ord(&roll, &[], now_ms));
        self.log("roll given", &told).await?;
        Ok(Ok(()))
    }

    /// Takes a role back.
    pub async fn ta_tillbaka(&self, person: &Person, kod: &str, insats: &str) -> Svar<()> {
        let _held = ONE_AT_A_TIME.lock().await;
        let now_ms = clock::now_ms();
        if kod == Role::Behorighetsansvarig.kod() && last(&self.alla().await?, person.user.nr, now_ms, now_ms) {
            return Ok(Err(LAST.to_owned()));
        }
        let held = person.roller.iter().find(|roll| roll.roll == kod && roll.insats_id == insats);
        let taken = roll::take_back(self.db, person.user.nr, self.forbund, kod, insats).await?;
        let (Some(held), true) = (held, taken) else {
            return Ok(Err("Användaren har inte rollen längre.".to_owned()));
        };
        self.log("roll borttagen", &format!("{}: {}", person.i_ord(), roll_i_ord(held, &[], now_ms))).await?;
        Ok(Ok(()))
    }

    /// Makes a new link; earlier ones no longer work.
    pub async fn ny_lank(&self, person: &Person) -> Svar<Lank> {
        if let Some(why) = self.not_ours(person).await? {
            return Ok(Err(why));
        }
        let slag = match person.lage() {
            Lage::Avstangd => return Ok(Err("Användaren är avstängd. Öppna den först.".to_owned())),
            Lage::Inbjuden => Slag::Inbjudan,
            Lage::Aktiv => Slag::Aterstallning,
        };
        let lank = self.link(person.user.nr, slag).await?;
        self.log("ny länk", &person.i_ord()).await?;
        Ok(Ok(lank))
    }

    async fn link(&self, nr: i64, slag: Slag) -> Result<Lank, Error> {
        let token = inloggning::make_link(self.db, nr, slag).await?;
        let found = lank::find(self.db, &hemlighet::hash_of(&token)).await?.ok_or_else(gone)?;
        Ok(Lank { token, galler_till_ms: found.galler_till_ms })
    }

    /// Logs a user out everywhere.
    pub async fn logga_ut(&self, person: &Person) -> Result<(), Error> {
        session::end_all(self.db, person.user.nr).await?;
        self.log("utloggad överallt", &person.i_ord()).await
    }

    /// Closes a user, who is logged out and can no longer log in.
    pub async fn stang(&self, person: &Person) -> Svar<()> {
        if person.user.nr == self.av.nr {
            return Ok(Err("Du kan inte stänga av dig själv. Be en annan behörighetsansvarig.".to_owned()));
        }
        if let Some(why) = self.not_ours(person).await? {
            return Ok(Err(why));
        }
        let _held = ONE_AT_A_TIME.lock().await;
        let now_ms = clock::now_ms();
        if last(&self.alla().await?, person.user.nr, now_ms, now_ms) {
            return Ok(Err(LAST.to_owned()));
        }
        anvandare::set_closed(self.db, person.user.nr, Some(now_ms)).await?;
        self.log("avstängd", &person.i_ord()).await?;
        Ok(Ok(()))
    }

    /// Opens a user again.
    pub async fn oppna(&self, person: &Person) -> Svar<()> {
        if let Some(why) = self.not_ours(person).await? {
            return Ok(Err(why));
        }
        anvandare::set_closed(self.db, person.user.nr, None).await?;
        self.log("öppnad", &person.i_ord()).await?;
        Ok(Ok(()))
    }

    /// Why the user itself is not for this förbund alone to change.
    async fn not_ours(&self, person: &Person) -> Result<Option<String>, Error> {
        let why = "Användaren har roller också i ett annat förbund. Här kan du ta tillbaka rollerna i ert förbund, men inte \
                   ändra användaren. En ny länk kan den göra som sköter servern.";
        Ok(self.pa_annat_hall(person.user.nr).await?.then(|| why.to_owned()))
    }

    async fn log(&self, slag: &str, what: &str) -> Result<(), Error> {
        inloggning::log(self.db, Some(self.forbund), Some(self.av.nr), &self.av.namn, slag, what).await
    }
}

/// The address of whom a row of the log is about: `Eva Ek (eva@exempel.se): Kansli`.
fn address_in(vad: &str) -> Option<&str> {
    let (who, _) = vad.split_once("): ")?;
    who.rsplit_once(" (").map(|(_, address)| address)
}

fn gone() -> Error {
    Error::Usage("Användaren finns inte längre.".to_owned())
}
