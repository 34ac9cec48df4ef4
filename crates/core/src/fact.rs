//! A fact: one row of a noun, with its fields, its key, and the days from which it is known.

use crate::facts::Facts;
use crate::{FieldError, Known, Stored};

/// A noun whose rows are facts. Declared with [`fact!`], one noun in one file.
pub trait Fact: Clone + PartialEq + std::fmt::Debug + Sized {
    /// The noun's file in a data package, without `.csv`.
    const RESOURCE: &'static str;
    /// The noun's table in the store.
    const TABLE: &'static str;
    /// Names of the fields, in the order of the file.
    const FIELDS: &'static [&'static str];
    /// Which fields must be filled in, in the same order.
    const REQUIRED: &'static [bool];
    /// What the store keeps when each field has no value; tells which are whole numbers and which text.
    const NULLS: &'static [Stored];
    /// Which of the whole numbers are amounts in öre, see [`crate::Field::ORE`].
    const ORE: &'static [bool];
    /// The closed list of each field's values, empty where there is none.
    const CODES: &'static [&'static [&'static str]];
    /// Indices of the fields that tell one fact from another within a förbund.
    const KEY: &'static [usize];

    /// Reads a row. `cell(i)` is the text of field `i`; `wrong(i, error)` is told every bad field.
    /// `None` when any field is bad.
    fn parse<'a>(cell: &dyn Fn(usize) -> &'a str, wrong: &mut dyn FnMut(usize, FieldError)) -> Option<Self>;
    /// Field `i` as it stands in a file.
    fn cell(&self, field: usize) -> String;
    /// All fields as the store keeps them.
    fn store(&self) -> Vec<Stored>;
    /// Reads back what [`Fact::store`] gave; see [`crate::Field::load`].
    fn load(cells: &mut dyn Iterator<Item = &str>) -> Option<Self>;

    /// The day that the fact itself says it was registered, where its noun has such a field.
    fn registered(&self) -> Known {
        Known::Always
    }

    /// The versions that a fact has when it is seen for the first time, the earliest first: from when
    /// each is known, and what it says. Most facts have one; an exit or a decision adds another.
    fn versions(&self, _all: &Facts) -> Vec<(Known, Self)> {
        vec![(self.registered(), self.clone())]
    }

    /// The versions that lead from this, the last one known, to `new`. Empty when nothing changed.
    /// A later day of registration in the file is believed; any other change is known from now.
    fn changes(&self, new: &Self) -> Vec<(Known, Self)> {
        if self == new {
            return Vec::new();
        }
        let known = match (self.registered(), new.registered()) {
            (Known::Day(old), Known::Day(day)) if day > old => Known::Day(day),
            _ => Known::Now,
        };
        vec![(known, new.clone())]
    }

    /// What tells this fact from the others, its parts with `/` between: `enk-jobbcentrum/2022-K1`.
    fn key(&self) -> String {
        let parts: Vec<String> = Self::KEY.iter().map(|&i| self.cell(i)).collect();
        parts.join("/")
    }
}

/// Declares a noun: `"file", "table", key [fields]`, its fields with their docs, and after the braces
/// what differs from an ordinary fact (methods of [`Fact`]).
macro_rules! fact {
    (
        $(#[$meta:meta])*
        pub struct $name:ident: $resource:literal, $table:literal, key [$($key:ident),+]
        { $($(#[$fmeta:meta])* pub $field:ident: $type:ty,)+ }
        $($own:tt)*
    ) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub struct $name { $($(#[$fmeta])* pub $field: $type,)+ }

        impl crate::Fact for $name {
            const RESOURCE: &'static str = $resource;
            const TABLE: &'static str = $table;
            const FIELDS: &'static [&'static str] = &[$(stringify!($field)),+];
            const REQUIRED: &'static [bool] = &[$(<$type as crate::Field>::REQUIRED),+];
            const NULLS: &'static [crate::Stored] = &[$(<$type as crate::Field>::NULL),+];
            const ORE: &'static [bool] = &[$(<$type as crate::Field>::ORE),+];
            const CODES: &'static [&'static [&'static str]] = &[$(<$type as crate::Field>::CODES),+];
            const KEY: &'static [usize] = &[$(crate::fact::position(Self::FIELDS, stringify!($key))),+];

            #[allow(unused_assignments, reason = "the last field's step is not read")]
            fn parse<'a>(
                cell: &dyn Fn(usize) -> &'a str,
                wrong: &mut dyn FnMut(usize, crate::FieldError),
            ) -> Option<Self> {
                let mut i = 0;
                $(
                    let $field = crate::field::parse_cell::<$type>(cell(i)).map_err(|error| wrong(i, error)).ok();
                    i += 1;
                )+
                Some($name { $($field: $field?,)+ })
            }

            #[allow(unused_assignments, reason = "the last field's step is not read")]
            fn cell(&self, field: usize) -> String {
                let mut i = 0;
                $(
                    if i == field {
                        return crate::Field::write(&self.$field);
                    }
                    i += 1;
                )+
                String::new()
            }

            fn store(&self) -> Vec<crate::Stored> {
                vec![$(crate::Field::store(&self.$field)),+]
            }

            fn load(cells: &mut dyn Iterator<Item = &str>) -> Option<Self> {
                $(let $field = <$type as crate::Field>::load(cells.next()?)?;)+
                Some($name { $($field,)+ })
            }

            $($own)*
        }
    };
}

/// Where a field stands. Evaluated when the program is compiled; a key that is no field does not
/// compile.
pub(crate) const fn position(fields: &[&str], name: &str) -> usize {
    let mut i = 0;
    while i < fields.len() {
        if same(fields[i].as_bytes(), name.as_bytes()) {
            return i;
        }
        i += 1;
    }
    panic!("the key is no field")
}

const fn same(a: &[u8], b: &[u8]) -> bool {
    let mut i = 0;
    while i < a.len() && i < b.len() && a[i] == b[i] {
        i += 1;
    }
    a.len() == b.len() && i == a.len()
}
