//! What the text before a sentence was about.

use super::mening::Last;
use super::ord::{Block, Mening};
use crate::underlag::InsatsNr;

/// What the text before a sentence was about.
#[derive(Default)]
pub(super) struct Lage {
    heading: Vec<InsatsNr>,
    block: Vec<InsatsNr>,
    nummer: usize,
}

impl Lage {
    /// A new block is about what its heading names.
    pub fn enter(&mut self, mening: &Mening) {
        if mening.nummer != self.nummer {
            self.block.clone_from(&self.heading);
            self.nummer = mening.nummer;
        }
    }

    /// What a sentence names, the rest of its block is about.
    pub fn leave(&mut self, last: &Last<'_>) {
        let named = last.named.iter().rfind(|named| !named.agare).map(|named| named.insatser.clone());
        if last.mening.block == Block::Rubrik {
            self.heading = named.clone().unwrap_or_default();
        }
        if let Some(named) = named {
            self.block = named;
        }
    }

    /// The insatser that the text is about here; none when it is about all.
    pub fn insatser(&self) -> &[InsatsNr] {
        &self.block
    }
}
