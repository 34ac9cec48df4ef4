//! Chance that is the same every time. Whole numbers only: floating point differs between machines.

use std::ops::RangeInclusive;

/// A stream of chance; each group of nouns has its own.
#[derive(Clone, Copy, Debug)]
pub enum Strom {
    Storlek = 1,
    Medlemmar,
    Folkmangd,
    Historik,
    Insatser,
    Parter,
    Avvikelser,
    Budget,
    Rekvisitioner,
    Rapporter,
    Mal,
    Utfall,
    Aktiviteter,
    Deltagare,
}

/// A stream's state: the generator wyrand, in a version that is pinned in Cargo.toml.
pub struct Slump(fastrand::Rng);

impl Slump {
    /// The stream of one förbund.
    pub fn new(seed: u64, forbund: u32, strom: Strom) -> Slump {
        let own = mixed(mixed(mixed(seed) ^ u64::from(forbund)) ^ strom as u64);
        Slump(fastrand::Rng::with_seed(own))
    }

    /// A whole number, both ends included, all as likely.
    pub fn number(&mut self, range: RangeInclusive<u32>) -> u32 {
        self.0.u32(range)
    }

    /// A number of days.
    pub fn days(&mut self, range: RangeInclusive<u32>) -> i64 {
        self.number(range).into()
    }

    /// True in so many cases of a thousand.
    pub fn per_mille(&mut self, cases: u32) -> bool {
        self.number(0..=999) < cases
    }

    /// True in so many cases of a hundred.
    pub fn percent(&mut self, cases: u32) -> bool {
        self.number(0..=99) < cases
    }

    /// One of these, all as likely.
    pub fn one<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.0.usize(0..all.len())]
    }

    /// One of these, by weight.
    pub fn weighted<T: Copy>(&mut self, all: &[(u32, T)]) -> T {
        let mut left = self.number(0..=all.iter().map(|(weight, _)| weight).sum::<u32>() - 1);
        for &(weight, value) in all {
            if left < weight {
                return value;
            }
            left -= weight;
        }
        all[all.len() - 1].1
    }

    /// So many of these, each once, in a new order.
    pub fn some<T: Copy>(&mut self, all: &[T], count: usize) -> Vec<T> {
        let mut all = all.to_vec();
        self.0.shuffle(&mut all);
        all.truncate(count);
        all
    }
}

/// Spreads a number over all bits (splitmix64), so that near seeds give streams that are not alike.
fn mixed(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}
