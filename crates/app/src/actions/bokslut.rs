//! The reports of a closing: which there are, and what must agree before they are printed.

use crate::actions::forbund::Chosen;
use samsyn_core::calc::bokslut::oversikt;
use samsyn_core::calc::bokslut::stammer;
pub use samsyn_core::calc::bokslut::stammer::{Avstamning, Utfall};
use samsyn_core::underlag::Underlag;
use samsyn_core::version::Slag;
use samsyn_document::{Datum, Halvar, Period};
use std::sync::Arc;

/// The report that a closing is for, and a half-year of its year; none for other days than 30 June and 31 December.
pub fn of_day(till: Datum) -> Option<(Slag, Halvar)> {
    match oversikt::period(till)? {
        Period::Halvar(half) => Some((Slag::Delarsrapport, half)),
        Period::Ar(year) => Some((Slag::Arsredovisning, Halvar::new(year, 2)?)),
        Period::Kvartal(_) => None,
    }
}

/// What must agree for a half-year's report, what does not first.
pub fn avstamningar(chosen: &Chosen<'_>, underlag: &Arc<Underlag>, period: Halvar) -> Vec<Avstamning> {
    stammer::avstamningar(&chosen.rakning(underlag, period))
}
