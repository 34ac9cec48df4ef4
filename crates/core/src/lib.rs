//! The field: facts, counting rules and reports of a samordningsförbund. Pure: no file, database,
//! clock, web page or floating-point money is known here, and nothing fails on well-typed input.

#[macro_use]
mod code;
#[macro_use]
pub mod fact;
pub mod access;
pub mod facts;
pub mod field;
pub mod finding;
pub mod known;

pub mod aktivitet;
pub mod avgiftsregel;
pub mod avslutsantal;
pub mod avvikelse;
pub mod bokslut;
pub mod budget;
pub mod calc;
pub mod deltagande;
pub mod folkmangd;
pub mod forbund;
pub mod gallring;
pub mod historiskt_tal;
pub mod insats;
pub mod insatspart;
pub mod insatsperiod;
pub mod installning;
pub mod kedja;
pub mod kommentar;
pub mod kontosaldo;
pub mod kontroll;
pub mod kostnadsstalle;
pub mod kvartalsrapport;
pub mod ljusval;
pub mod mal;
pub mod malutfall;
pub mod manadsantal;
pub mod medlem;
pub mod medlemsavgift;
pub mod objektsaldo;
pub mod partskommentar;
pub mod personnummer;
pub mod planpost;
pub mod projektkoppling;
pub mod rapport;
pub mod rapportstruktur;
pub mod rekvisition;
pub mod schablon;
pub mod slutrapport;
pub mod sparandesteg;
pub mod underlag;
pub mod uppfoljning;
pub mod verksamhetsmal;
pub mod version;

pub use access::Access;
pub use fact::Fact;
pub use facts::Facts;
pub use field::{Field, FieldError, Id, Stored};
pub use finding::{Finding, Place, Severity};
pub use installning::Installningar;
pub use known::Known;
