//! What can go wrong in the store, told in Swedish. Never holds a password or a value of a fact.

use std::fmt;
use std::path::PathBuf;

/// Why the store could not do what was asked.
#[derive(Debug)]
pub enum StoreError {
    /// The data folder cannot be made or written.
    Folder(PathBuf, String),
    /// There is no database where one was expected.
    Missing(String),
    /// The file is no database, or another program's.
    NotADatabase(String),
    /// The database was made by a newer version of the program: the number of its latest migration, and
    /// of the latest one known here.
    Newer(i64, i64),
    /// The address of the server cannot be read. The address itself is not told; it may hold a password.
    Address,
    /// The server does not answer or does not let us in; which server, and why.
    Contact(String, String),
    /// Another program writes and does not finish.
    Busy,
    /// The disk is full.
    Full,
    /// The database may be read but not written.
    ReadOnly,
    /// The package does not tell which förbund it is about, or tells of more than one.
    NoForbund,
    /// No such förbund is stored.
    UnknownForbund(String),
    /// A text holds control characters, or a key is longer than an index takes: file, key and field.
    Text(&'static str, String, &'static str),
    /// A fact stands twice in its file: file and key.
    Twice(&'static str, String),
    /// Another user has the address.
    AddressTaken(String),
    /// A copy of the database cannot be written or brought back: its file, and why.
    Copy(PathBuf, String),
    /// The database is on a server, which has commands of its own for copies: the command.
    ServerCopies(String),
    /// What is stored cannot be read back: table, and what.
    Damaged(&'static str, String),
    /// What else the database said.
    Database(String),
}

/// The store's results.
pub type Result<T> = std::result::Result<T, StoreError>;

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::Folder(path, why) => {
                write!(f, "Datamappen {} kan inte användas: {why}. Välj en annan mapp med --data.", path.display())
            }
            StoreError::Missing(place) => write!(f, "Det finns ingen databas i {place}. Importera ett paket först."),
            StoreError::NotADatabase(place) => write!(f, "{place} är ingen databas som Samsyn kan läsa."),
            StoreError::Newer(found, known) => write!(
                f,
                "Databasen är gjord av en nyare version av Samsyn (databasversion {found}, det här programmet \
                 kan {known}). Uppgradera programmet."
            ),
            StoreError::Address => f.write_str(
                "Adressen till databasservern kan inte tolkas. Skriv till exempel \
                 postgres://anvandare@server:5432/samsyn.",
            ),
            StoreError::Contact(server, why) => write!(f, "Ingen kontakt med databasservern {server}: {why}."),
            StoreError::Busy => {
                f.write_str("Ett annat program skriver i databasen. Försök igen när det är klart; inget har ändrats.")
            }
            StoreError::Full => f.write_str("Disken är full. Inget har ändrats."),
            StoreError::ReadOnly => f.write_str("Databasen får läsas men inte skrivas. Inget har ändrats."),
            StoreError::NoForbund => f.write_str(
                "Paketet ska handla om ett samordningsförbund: forbund.csv ska ha precis en rad, och alltid med \
                 samma forbund_id.",
            ),
            StoreError::UnknownForbund(id) => write!(f, "Det finns inget samordningsförbund med id \"{id}\"."),
            StoreError::Text(file, key, field) => write!(
                f,
                "{file}.csv, {key}, kolumn \"{field}\": texten innehåller styrtecken eller är för lång för en nyckel. \
                 Inget har ändrats."
            ),
            StoreError::Twice(file, key) => write!(f, "{file}.csv: {key} står två gånger. Inget har ändrats."),
            StoreError::AddressTaken(epost) => write!(f, "Det finns redan en användare med e-postadressen {epost}."),
            StoreError::Copy(path, why) => {
                write!(f, "Säkerhetskopian {} kan inte användas: {why}. Inget har ändrats.", path.display())
            }
            StoreError::ServerCopies(command) => {
                write!(f, "Databasen ligger på en server och kopieras med serverns egna kommandon: {command}")
            }
            StoreError::Damaged(table, what) => {
                write!(f, "Databasen är skadad: tabellen {table}, {what}. Återställ den från en säkerhetskopia.")
            }
            StoreError::Database(message) => write!(f, "Databasen svarade med ett fel: {message}"),
        }
    }
}

impl std::error::Error for StoreError {}
