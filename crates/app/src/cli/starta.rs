//! Serving the site: what it is told, the first user, and the word that it is ready.

use super::args::Serve;
use super::{DONE, print};
use crate::Error;
use crate::access::{Held, Role};
use crate::actions::forbund::Chosen;
use crate::actions::{hemlighet, inloggning};
use crate::config::{Config, File, Given};
use crate::web::{Server, serve};
use samsyn_store::lank::Slag;
use samsyn_store::roll::{self, Roll};
use samsyn_store::{Db, Target, anvandare, forbund};
use std::io::{BufRead, IsTerminal, Write};
use std::path::Path;

/// The file that is read when none is named and it is there.
const FILE: &str = "samsyn.toml";

/// Serves the site until told to stop. `told` is whether flags or environment say where the database is.
pub async fn run(target: Target, choices: &Serve, told: bool) -> Result<u8, Error> {
    let file = match &choices.file {
        Some(path) => File::read(path)?,
        None if Path::new(FILE).is_file() => File::read(Path::new(FILE))?,
        None => File::default(),
    };
    let given = Given { address: choices.address, port: choices.port, site: choices.site.clone() };
    let config = Config::new(given, &file)?;
    let target = match (&file.databas, &file.data) {
        (Some(url), _) if !told => Target::Url(url.clone()),
        (None, Some(folder)) if !told => Target::Folder(folder.clone()),
        _ => target,
    };
    let db = Db::open(&target).await?;
    if anvandare::count(&db).await? == 0 {
        first_user(&db, choices, &config).await?;
    }
    let site = config.site.clone();
    serve(Server::new(db, config), move |_| {
        // Nothing can be done when the terminal itself is gone.
        let _ = print(&format!("Samsyn svarar på {site}. Avsluta med Ctrl+C.\n"));
    })
    .await?;
    Ok(DONE)
}

/// Makes the first user, who gives others their roles, and prints the link to choose a password.
async fn first_user(db: &Db, choices: &Serve, config: &Config) -> Result<(), Error> {
    let all = forbund::all(db).await?;
    if all.is_empty() {
        return Err(Error::Usage(
            "Databasen är tom. Läs in förbundets underlag först: samsyn importera underlag KATALOG.".to_owned(),
        ));
    }
    let address = match &choices.first_address {
        Some(address) => address.clone(),
        None => ask("Första användarens e-postadress")?,
    };
    let name = match &choices.first_name {
        Some(name) => name.clone(),
        None => ask("Namn")?,
    };
    if !address.contains('@') {
        return Err(Error::Usage(format!("\"{address}\" är ingen e-postadress. Skriv till exempel anna@exempel.se.")));
    }
    let now_ms = crate::clock::now_ms();
    let nr = anvandare::create(db, &address, &name, now_ms).await?;
    for forbund in &all {
        let roll = Roll {
            anvandare: nr,
            forbund: forbund.nr,
            roll: Role::Behorighetsansvarig.kod().to_owned(),
            insats_id: String::new(),
            till_ms: None,
            given_ms: now_ms,
            given_av: "installationen".to_owned(),
        };
        roll::give(db, &roll).await?;
    }
    let token = inloggning::make_link(db, nr, Slag::Inbjudan).await?;
    print(&format!(
        "{name} är behörighetsansvarig. Välj lösenord här inom två veckor:\n  {}/valj-losenord/{token}\n",
        config.site
    ))?;
    Ok(())
}

/// Asks on the terminal.
fn ask(what: &str) -> Result<String, Error> {
    let input = std::io::stdin();
    if !input.is_terminal() {
        return Err(Error::Usage(
            "Det finns ingen användare ännu. Ange den första med --forsta-epost och --forsta-namn.".to_owned(),
        ));
    }
    print!("{what}: ");
    let _ = std::io::stdout().flush();
    let mut line = String::new();
    let read = input.lock().read_line(&mut line);
    read.map_err(|error| Error::Failure(format!("Svaret kan inte läsas: {error}.")))?;
    Ok(line.trim().to_owned())
}

/// A role that somebody is to have.
pub struct Wished {
    /// The user's address.
    pub address: String,
    /// The role's code.
    pub role: String,
    /// The name of one who is no user yet.
    pub name: Option<String>,
    /// The insats, for roles that are for one at a time.
    pub insats: Option<String>,
}

/// Gives a role in a förbund. One who is no user becomes one, and the link to choose a password is printed.
pub async fn give_role(chosen: &Chosen<'_>, wished: Wished, site: Option<&str>) -> Result<u8, Error> {
    let role = Role::of_kod(&wished.role).ok_or_else(|| {
        let codes = Role::ALL.map(Role::kod).join(", ");
        Error::Usage(format!("Rollen {} finns inte. Roller: {codes}.", wished.role))
    })?;
    let wrong = match (role, role.of_one_insats(), &wished.insats) {
        (Role::Granskning, ..) => Some("ges för en tid, på webbplatsens sida Användare"),
        (_, true, None) => Some("gäller en insats. Ange den med --insats"),
        (_, false, Some(_)) => Some("gäller hela förbundet. Ta bort --insats"),
        _ => None,
    };
    if let Some(wrong) = wrong {
        return Err(Error::Usage(format!("Rollen {} {wrong}.", role.text())));
    }
    let (db, now_ms) = (chosen.db, crate::clock::now_ms());
    let found = anvandare::by_epost(db, &wished.address).await?;
    let nr = match (&found, &wished.name) {
        (Some(user), _) => user.nr,
        (None, Some(name)) => anvandare::create(db, &wished.address, name, now_ms).await?,
        (None, None) => {
            return Err(Error::Usage(format!("{} är ingen användare. Ange namnet med --namn.", wished.address)));
        }
    };
    let roll = Roll {
        anvandare: nr,
        forbund: chosen.access.forbund(),
        roll: role.kod().to_owned(),
        insats_id: wished.insats.unwrap_or_default(),
        till_ms: None,
        given_ms: now_ms,
        given_av: COMMAND_LINE.to_owned(),
    };
    let here = roll::of_forbund(db, chosen.access.forbund()).await?.iter().any(|roll| roll.anvandare == nr);
    if found.is_some() && !here {
        // Somebody of another förbund may have chosen the password, or hold a link.
        inloggning::choose_for(db, nr, hemlighet::token()?).await?;
    }
    roll::give(db, &roll).await?;
    let what = format!("{} till {}", role.text(), wished.address);
    inloggning::log(db, Some(chosen.access.forbund()), None, COMMAND_LINE, "roll given", &what).await?;
    print(&format!("{} är nu {} i {}.\n", wished.address, role.text(), chosen.namn))?;
    if found.is_none() || !here { new_link(db, &wished.address, site).await } else { Ok(DONE) }
}

/// Who the log says did what is done by a command.
const COMMAND_LINE: &str = "kommandoraden";

/// Prints a link by which a user chooses a new password.
pub async fn new_link(db: &Db, address: &str, site: Option<&str>) -> Result<u8, Error> {
    let found = anvandare::by_epost(db, address).await?;
    let user = found.ok_or_else(|| Error::Usage(format!("Det finns ingen användare med e-postadressen {address}.")))?;
    let token = inloggning::make_link(db, user.nr, Slag::Aterstallning).await?;
    inloggning::log(db, None, Some(user.nr), COMMAND_LINE, "ny länk", &user.namn).await?;
    let told = if Path::new(FILE).is_file() { File::read(Path::new(FILE))?.webbadress } else { None };
    let site = site.map(str::to_owned).or(told).unwrap_or_else(|| "http://127.0.0.1:8080".to_owned());
    let site = site.trim_end_matches('/');
    print(&format!("{} väljer lösenord här inom ett dygn:\n  {site}/valj-losenord/{token}\n", user.namn))
}

/// The users of the demo, one per role, with the password they share.
pub const DEMO_PASSWORD: &str = "visning av samsyn";

/// Makes the demo's users, unless there are any.
pub async fn demo_users(db: &Db, forbund: i64) -> Result<Vec<(&'static str, String)>, Error> {
    let mut made = Vec::new();
    let none = anvandare::count(db).await? == 0;
    for role in Role::ALL.into_iter().filter(|role| *role != Role::Granskning) {
        let address = format!("{}@demo.exempel", role.kod());
        if none {
            let insats = role.of_one_insats().then(|| "ost-bryggan".to_owned());
            let held = [Held { role, insats }];
            inloggning::make_user(db, (&address, role.text(), DEMO_PASSWORD), forbund, &held).await?;
        }
        made.push((role.text(), address));
    }
    Ok(made)
}
