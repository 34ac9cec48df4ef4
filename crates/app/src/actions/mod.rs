//! One per thing that a user does. Knows neither the command line nor the web.

pub mod demo;
pub mod exportera;
pub mod forbund;
pub mod forslag;
pub mod generera;
pub mod hemlighet;
pub mod historik;
pub mod importera;
pub mod inloggning;
pub mod insats;
pub mod insatsbeslut;
pub mod kontrollera;
pub mod laget;
pub mod minne;
pub mod rapport;
pub mod sakerhetskopia;
pub mod siffra;
pub mod siffror;
pub mod skillnad;
pub mod spara;
pub mod strypning;
