//! Figures that differ, and the facts that made them differ, as pages show them.

/// A figure that is not the same on both sides of a comparison.
#[derive(Debug)]
pub struct Andrad {
    /// Its name in words.
    pub namn: String,
    /// Where it is explained.
    pub lank: Option<String>,
    /// Its value before.
    pub fore: String,
    /// Its value after.
    pub efter: String,
    /// The facts that changed it.
    pub fakta: Vec<Uppgift>,
    /// How many inskrivningar among them the reader may not see.
    pub dolda: usize,
}

impl Andrad {
    /// How many facts changed it, shown or not.
    pub fn antal(&self) -> usize {
        self.fakta.len() + self.dolda
    }
}

/// How a fact changed.
#[derive(Debug)]
pub struct Uppgift {
    /// What happened to it, in a word or two.
    pub ord: &'static str,
    /// What it is called.
    pub namn: String,
    /// What it said; empty when it did not count.
    pub fore: String,
    /// What it says; empty when it does not count.
    pub efter: String,
    /// When, by whom and why; empty when that is not told.
    pub vem: String,
}
