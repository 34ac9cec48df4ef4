//! An insats's own follow-up file (*uppföljningsfil*): its rows, as far as they could be read, and what they change in
//! what is known.

mod jamfor;
mod nummer;

pub use jamfor::{Jamforelse, Traff, jamfor};
pub use nummer::{Nummer, kan_vara_namn, nummer, nyckel};

use crate::deltagande::{Avslutsorsak, Forsorjning, Forsorjningstid, Kon, Omfattning, Utbildning};
use samsyn_document::Datum;

/// One row of an uppföljningsfil. A field is `None` when the file has no such column or the cell is blank: then
/// the row says nothing of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rad {
    /// The row in the file, as a person sees it; the first row of a sheet is 1.
    pub rad: u64,
    /// The insats's own number of the inskrivning, as it stands in the file.
    pub nummer: Option<String>,
    /// Sex.
    pub kon: Option<Kon>,
    /// Year of birth.
    pub fodelsear: Option<u16>,
    /// First day.
    pub inskriven: Option<Datum>,
    /// When the enrolment became known, where the file tells.
    pub inskriven_registrerad: Option<Datum>,
    /// Highest completed education.
    pub utbildning: Option<Utbildning>,
    /// Income support before.
    pub forsorjning_fore: Option<Forsorjning>,
    /// For how long.
    pub forsorjningstid_fore: Option<Forsorjningstid>,
    /// Last day.
    pub utskriven: Option<Datum>,
    /// When the exit became known, where the file tells.
    pub utskriven_registrerad: Option<Datum>,
    /// Why.
    pub avslutsorsak: Option<Avslutsorsak>,
    /// Extent of work after the exit.
    pub arbete_omfattning: Option<Omfattning>,
    /// Whether that work is subsidised.
    pub arbete_subventionerat: Option<bool>,
    /// Whether the person studies after the exit.
    pub studerar: Option<bool>,
    /// Whether the person actively seeks work.
    pub arbetssokande: Option<bool>,
    /// Whether there is a plan for further rehabilitation.
    pub plan_vid_avslut: Option<bool>,
    /// Income support after.
    pub forsorjning_efter: Option<Forsorjning>,
    /// A person who is only counted.
    pub anonym: Option<bool>,
}
