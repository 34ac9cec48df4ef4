//! Who may see what: the ticket that reading participants asks for.

/// The right to read one förbund's facts, its participants among them.
///
/// The store's functions that read participants take one, so forgetting the check does not compile. A
/// ticket is made only by the functions below, each named after whoever is let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Access {
    forbund: i64,
}

impl Access {
    /// For the command line: who can read the database's file, or has its password, may see all of it.
    pub fn command_line(forbund: i64) -> Access {
        Access { forbund }
    }

    /// For a visitor whose role in the förbund has been checked against the table of roles.
    pub fn granted(forbund: i64) -> Access {
        Access { forbund }
    }

    /// The förbund, by its number in the store.
    pub fn forbund(&self) -> i64 {
        self.forbund
    }
}
