//! Values, the document model and how Swedes write them. Knows nothing of the field: no insats, no
//! participant, no förbund stands here. Renderers and the field meet in this crate.

pub mod belopp;
pub mod chart;
pub mod datum;
pub mod format;
pub mod hyphen;
pub mod kvot;
pub mod look;
pub mod manad;
pub mod markup;
pub mod model;
pub mod period;
pub mod tal;
pub mod value;

pub use belopp::Belopp;
pub use datum::Datum;
pub use kvot::Kvot;
pub use look::{Color, Logo, Look};
pub use manad::Manad;
pub use model::*;
pub use period::{Halvar, Kvartal, Period};
pub use tal::Tal;
pub use value::{FigureId, Ljus, Svar, Unit, Value};
