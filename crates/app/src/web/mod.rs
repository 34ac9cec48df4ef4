//! The web application: the second thin door to the actions. Knows neither SQL nor counting.

mod andrad;
mod anvandare;
mod arsrapport;
mod bedomning;
mod diarium;
mod figur;
mod filer;
mod formular;
mod grind;
mod hjalp;
mod import;
mod inloggning;
mod insats;
mod insatsbeslut;
mod installningar;
mod kommentar;
mod konto;
mod kontroller;
mod laget;
mod logg;
mod nedladdning;
mod om;
mod rapport;
mod rutter;
mod server;
mod sida;
mod siffra;
mod skillnad;
mod slutrapport;
mod tid;
mod version;

pub use rutter::{Need, Route, router, routes};
pub use server::{Server, serve};
