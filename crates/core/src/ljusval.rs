//! A traffic light that the kansli has set by hand.

use crate::{Field, FieldError, Id, Stored};
use samsyn_document::{Halvar, Ljus};

const LJUS: [Ljus; 3] = [Ljus::Gron, Ljus::Gul, Ljus::Rod];

impl Field for Ljus {
    const CODES: &'static [&'static str] = &["grön", "gul", "röd"];

    fn parse(text: &str) -> Result<Self, FieldError> {
        Self::load(text).ok_or_else(|| FieldError::not_in_list(Self::CODES))
    }
    fn write(&self) -> String {
        self.word().to_owned()
    }
    fn store(&self) -> Stored {
        Stored::Text(Some(self.word().into()))
    }
    fn load(text: &str) -> Option<Self> {
        LJUS.into_iter().find(|ljus| ljus.word() == text)
    }
}

fact! {
    /// The light of an insats in a half-year, in place of the one that its answers give.
    pub struct Ljusval: "ljusval", "ljusval", key [insats_id, halvar] {
        /// The insats.
        pub insats_id: Id,
        /// The half-year.
        pub halvar: Halvar,
        /// The light.
        pub ljus: Ljus,
        /// The kansli's reason.
        pub motiv: String,
    }
}
