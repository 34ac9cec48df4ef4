//! One per thing that a user does. Knows neither the command line nor the web.

pub mod demo;
pub mod exportera;
pub mod forbund;
pub mod generera;
pub mod historik;
pub mod importera;
pub mod kontrollera;
pub mod rapport;
pub mod siffra;
pub mod siffror;
pub mod skillnad;
pub mod spara;
