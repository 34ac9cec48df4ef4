//! Who may do what: the roles, the actions, and the one table that says which role may do which. The table
//! drives every check of the web application and is printed in docs/handbok/roller.md.

use samsyn_core::Access;
use std::fmt::Write;

/// How far a role reaches in an action.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reach {
    /// Not at all: what it is about does not show that it exists.
    Nothing,
    /// The insatser that the person has the role for.
    Own,
    /// The whole förbund.
    All,
}

macro_rules! roles {
    ($($(#[$meta:meta])* $name:ident = $kod:literal, $text:literal;)+) => {
        /// A role that a person has in a förbund, for all of it or for one insats.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Role { $($(#[$meta])* $name,)+ }

        impl Role {
            /// Every role, in the order of the table.
            pub const ALL: [Role; [$($kod),+].len()] = [$(Role::$name),+];

            /// The code that is stored.
            pub const fn kod(self) -> &'static str {
                match self { $(Role::$name => $kod,)+ }
            }

            /// The word that people read.
            pub const fn text(self) -> &'static str {
                match self { $(Role::$name => $text,)+ }
            }
        }
    };
}

roles! {
    /// Gives others their roles.
    Behorighetsansvarig = "behorighetsansvarig", "Behörighetsansvarig";
    /// Head of the office.
    Forbundschef = "forbundschef", "Förbundschef";
    /// The rest of the office: verksamhetsutvecklare, processtödjare, administratör.
    Kansli = "kansli", "Kansli";
    /// Keeps the accounts.
    Ekonom = "ekonom", "Ekonom";
    /// Leads an insats.
    Insatsansvarig = "insatsansvarig", "Insatsansvarig";
    /// Steers an insats.
    Styrgrupp = "styrgrupp", "Styrgrupp";
    /// Member of the board.
    Ledamot = "ledamot", "Ledamot";
    /// Audits.
    Revisor = "revisor", "Revisor";
    /// An auditor's leave to see single inskrivningar, given for a time.
    Granskning = "granskning", "Revisor, tillfällig läsning av inskrivningar";
}

impl Role {
    /// The role with this code.
    pub fn of_kod(kod: &str) -> Option<Role> {
        Role::ALL.into_iter().find(|role| role.kod() == kod)
    }

    /// Whether the role is for one insats at a time.
    pub fn of_one_insats(self) -> bool {
        matches!(self, Role::Insatsansvarig | Role::Styrgrupp)
    }
}

macro_rules! actions {
    ($($name:ident = $text:literal, [$($reach:tt)+];)+) => {
        /// Something that a person does.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Action { $(#[doc = $text] $name,)+ }

        impl Action {
            /// Every action, in the order of the table.
            pub const ALL: [Action; [$($text),+].len()] = [$(Action::$name),+];

            /// What is done, in words.
            pub const fn text(self) -> &'static str {
                match self { $(Action::$name => $text,)+ }
            }

            const fn row(self) -> [Reach; Role::ALL.len()] {
                match self { $(Action::$name => reaches!($($reach)+),)+ }
            }
        }
    };
}

macro_rules! reaches {
    ($($mark:tt)+) => { [$(reach!($mark)),+] };
}

macro_rules! reach {
    (-) => {
        Reach::Nothing
    };
    (o) => {
        Reach::Own
    };
    (x) => {
        Reach::All
    };
}

// x all of the förbund, o own insatser, - nothing. The columns are the roles in their order:
// behörighetsansvarig, förbundschef, kansli, ekonom, insatsansvarig, styrgrupp, ledamot, revisor, granskning.
actions! {
    SeLaget = "Se läget och insatserna", [- x x x o o x x -];
    SeRapport = "Läsa och ladda ner rapporter", [- x x x - - x x -];
    SkrivRapport = "Skriva rapporter och skicka dem på granskning", [- x x - - - - - -];
    KommenteraRapport = "Läsa utkast och kommentera under granskning", [- x x x - - - - -];
    BeslutaRapport = "Låsa rapporter och anteckna styrelsens behandling", [- x x - - - - - -];
    SeEkonomi = "Se medlemsavgifter, beslutsutrymme och prognos", [- x x x - - x x -];
    AndraEkonomi = "Ändra medlemsavgifter och planer för beslutsutrymmet", [- x x x - - - - -];
    SeDiarium = "Läsa diariet", [- x x x - - x x -];
    Diariefora = "Registrera i diariet", [- x x - - - - - -];
    SeSiffra = "Se en siffras regel, bas och ändringar", [- x x x o o x x -];
    SeSmaTal = "Se antal personer som är under gränsen för små tal", [- x x x o - - - x];
    SeInskrivningar = "Se enskilda inskrivningar", [- x x - o - - - x];
    SkrivInskrivning = "Lämna uppföljningsfil, skriva in, avsluta och rätta inskrivningar", [- x x - o - - - -];
    SeKontroller = "Se vad som motsäger, saknas eller är sent", [- x x x o - - x -];
    SeImporter = "Se tidigare inläsningar", [- x x x - - - x -];
    Importera = "Läsa in underlag och ångra en inläsning", [- x x - - - - - -];
    Gallra = "Besluta om gallring", [- x - - - - - - -];
    UtforGallring = "Se förslag till gallring och utföra en beslutad", [- x x - - - - - -];
    TaBortInskrivning = "Ta bort en inskrivning när samtycket är återkallat", [- x x - o - - - -];
    AndraInsats = "Skapa, ändra, förlänga och avsluta insatser", [- x x - - - - - -];
    Bedoma = "Skriva kansliets bedömning, kommentarer och slutrapport", [- x x - - - - - -];
    SeLogg = "Läsa loggen", [x x - - - - - x -];
    AndraInstallningar = "Ändra förbundets inställningar", [x x - - - - - - -];
    HanteraAnvandare = "Bjuda in användare och ge roller", [x - - - - - - - -];
}

impl Action {
    /// How far a role reaches in this action.
    pub fn reach(self, role: Role) -> Reach {
        self.row()[role as usize]
    }
}

/// A role as a person has it in a förbund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// The role.
    pub role: Role,
    /// The insats it is for; `None` for the whole förbund.
    pub insats: Option<String>,
}

/// What a person may do in one förbund: the roles held there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rights(Vec<Held>);

impl Rights {
    /// The rights that these roles give together.
    pub fn new(held: Vec<Held>) -> Rights {
        Rights(held)
    }

    /// Whether there is any role at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The roles, in the order held.
    pub fn held(&self) -> &[Held] {
        &self.0
    }

    /// How far they reach in an action.
    pub fn reach(&self, action: Action) -> Reach {
        self.0.iter().map(|held| action.reach(held.role)).max().unwrap_or(Reach::Nothing)
    }

    /// Whether they allow the action on the whole förbund.
    pub fn all(&self, action: Action) -> bool {
        self.reach(action) == Reach::All
    }

    /// Whether they allow the action on this insats.
    pub fn on(&self, action: Action, insats: &str) -> bool {
        let allows = |held: &Held| match action.reach(held.role) {
            Reach::Nothing => false,
            Reach::Own => held.insats.as_deref() == Some(insats),
            Reach::All => true,
        };
        self.0.iter().any(allows)
    }

    /// Whether small counts of people are withheld: unless every role that shows counts at all shows the small ones
    /// too, of what it shows. One who leads an insats and sits on the board reads the board's papers as the board does.
    pub fn counts_withheld(&self) -> bool {
        let shows = |held: &&Held| Action::SeLaget.reach(held.role) > Reach::Nothing;
        let blind = |held: &Held| Action::SeSmaTal.reach(held.role) == Reach::Nothing;
        !self.all(Action::SeSmaTal)
            && (self.0.iter().filter(shows).any(blind) || !self.0.iter().any(|held| shows(&held)))
    }

    /// The ticket to read facts of a förbund, for one who may do something with them there; what is shown of
    /// them is for the page to limit.
    pub fn ticket(&self, forbund: i64) -> Option<Access> {
        let reads = [Action::SeLaget, Action::SeImporter, Action::SeKontroller, Action::SeInskrivningar];
        reads.iter().any(|&action| self.reach(action) > Reach::Nothing).then(|| Access::granted(forbund))
    }
}

/// The ticket for what users and settings need of a förbund: the names of its insatser, and its own row. Nothing else
/// is to be shown of what it reads.
pub fn names_ticket(forbund: i64) -> Access {
    Access::granted(forbund)
}

/// The table as it stands in the handbook.
pub fn table() -> String {
    let mut text = String::from("| Handling |");
    for role in Role::ALL {
        let _ = write!(text, " {} |", role.text());
    }
    text.push_str("\n|---|");
    text.push_str(&":-:|".repeat(Role::ALL.len()));
    text.push('\n');
    for action in Action::ALL {
        let _ = write!(text, "| {} |", action.text());
        for role in Role::ALL {
            let mark = match action.reach(role) {
                Reach::Nothing => "–",
                Reach::Own => "egna",
                Reach::All => "ja",
            };
            let _ = write!(text, " {mark} |");
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rights(roles: &[(Role, Option<&str>)]) -> Rights {
        Rights::new(roles.iter().map(|&(role, insats)| Held { role, insats: insats.map(str::to_owned) }).collect())
    }

    #[test]
    fn one_who_gives_others_their_roles_sees_no_inskrivningar() {
        let rights = rights(&[(Role::Behorighetsansvarig, None)]);
        assert_eq!(rights.reach(Action::SeInskrivningar), Reach::Nothing);
        assert_eq!(rights.reach(Action::SeLaget), Reach::Nothing);
        assert!(rights.all(Action::HanteraAnvandare));
        assert_eq!(rights.ticket(1), None);
    }

    #[test]
    fn an_insatsansvarig_reaches_own_insatser_only() {
        let rights = rights(&[(Role::Insatsansvarig, Some("ost-bryggan"))]);
        assert!(rights.on(Action::SeInskrivningar, "ost-bryggan"));
        assert!(!rights.on(Action::SeInskrivningar, "tie-ung-framtid"));
        assert_eq!(rights.reach(Action::SeRapport), Reach::Nothing);
    }

    #[test]
    fn an_auditor_sees_inskrivningar_only_with_leave() {
        let without = rights(&[(Role::Revisor, None)]);
        let with = rights(&[(Role::Revisor, None), (Role::Granskning, None)]);
        assert!(!without.all(Action::SeInskrivningar) && without.all(Action::SeLogg));
        assert!(with.all(Action::SeInskrivningar));
    }

    #[test]
    fn small_counts_of_the_whole_are_not_shown_for_the_sake_of_ones_own() {
        let own = (Role::Insatsansvarig, Some("ost-bryggan"));
        assert!(!rights(&[own]).counts_withheld());
        for other in [(Role::Ledamot, None), (Role::Revisor, None), (Role::Styrgrupp, Some("tie-ung-framtid"))] {
            assert!(rights(&[own, other]).counts_withheld(), "{other:?}");
            assert!(rights(&[other]).counts_withheld(), "{other:?}");
        }
        assert!(!rights(&[(Role::Ledamot, None), (Role::Kansli, None)]).counts_withheld());
        assert!(!rights(&[(Role::Revisor, None), (Role::Granskning, None)]).counts_withheld());
        assert!(rights(&[]).counts_withheld());
    }

    #[test]
    fn the_table_has_a_row_per_action_and_a_column_per_role() {
        let table = table();
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(lines.len(), Action::ALL.len() + 2);
        assert!(lines.iter().all(|line| line.matches('|').count() == Role::ALL.len() + 2));
        assert!(table.contains("| Läsa loggen | ja | ja | – | – | – | – | – | ja | – |"));
    }
}
