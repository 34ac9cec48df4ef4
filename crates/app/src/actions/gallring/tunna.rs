//! Takes inskrivningar out of kept files and of what låsta reports have frozen.

use crate::actions::version::frysning;
use samsyn_import::gallring::{self, Kvar as Left};
use samsyn_store::gallring::{Ids, Kvar, Thin};
use samsyn_store::version::fryst::Del;

/// Does it for the store, which cannot read them.
pub(super) struct Tunna;

impl Thin for Tunna {
    fn file(&self, bytes: &[u8], ids: &Ids) -> Kvar {
        match gallring::utan(bytes, ids) {
            Left::Allt => Kvar::Allt,
            Left::Detta(bytes) => Kvar::Detta(bytes),
            Left::Inget => Kvar::Inget,
        }
    }

    fn part(&self, part: &Del, ids: &Ids, now_ms: i64) -> Result<Option<(i64, Vec<u8>)>, String> {
        frysning::utan(part, ids, now_ms).map_err(|error| error.to_string())
    }
}
