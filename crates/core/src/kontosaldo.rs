//! The balance of an account at a closing.

use samsyn_document::{Belopp, Datum};

fact! {
    /// An account at a closing. Amounts have the sign of the bookkeeping: assets and costs are positive, equity, debts
    /// and income negative.
    pub struct Kontosaldo: "kontosaldon", "kontosaldo", key [till, konto] {
        /// The closing.
        pub till: Datum,
        /// The account's number.
        pub konto: u32,
        /// The account's name.
        pub namn: String,
        /// Balance as the financial year began, in a file in kronor; nought for income and costs.
        pub ingaende_kr: Belopp,
        /// Balance at the closing, of income and costs the sum since the year began; in a file in kronor.
        pub utgaende_kr: Belopp,
    }
}

impl Kontosaldo {
    /// Whether it is an account of assets, equity or debts (classes 1 and 2), which carries over to the next year.
    pub fn is_balance(&self) -> bool {
        is_balance(self.konto)
    }
}

/// Whether an account is of assets, equity or debts: classes 1 and 2 of the public chart of accounts.
pub fn is_balance(konto: u32) -> bool {
    konto.to_string().starts_with(['1', '2'])
}
