//! Closed lists of values: an enum of one byte, its code in files, its words on pages.

/// Declares an enum whose values are `Name = "code" => "Words"`, with its [`Field`](crate::Field).
macro_rules! codes {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$vmeta:meta])* $value:ident = $kod:literal => $text:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name { $($(#[$vmeta])* #[doc = $text] $value,)+ }

        impl $name {
            /// Every value, in the order of the list.
            pub const ALL: &'static [$name] = &[$($name::$value),+];
            /// Every code, in the same order.
            pub const CODES: &'static [&'static str] = &[$($kod),+];

            /// The code that files and the store use.
            pub const fn kod(self) -> &'static str {
                match self { $($name::$value => $kod,)+ }
            }

            /// The words that people read.
            pub const fn text(self) -> &'static str {
                match self { $($name::$value => $text,)+ }
            }

            /// The value with this code.
            pub fn of_kod(kod: &str) -> Option<$name> {
                match kod { $($kod => Some($name::$value),)+ _ => None }
            }

            /// Code and words together, as a document's cell holds them.
            pub const fn svar(self) -> samsyn_document::Svar {
                samsyn_document::Svar::new(self.kod(), self.text())
            }
        }

        impl crate::Field for $name {
            const CODES: &'static [&'static str] = $name::CODES;

            fn parse(text: &str) -> Result<Self, crate::FieldError> {
                $name::of_kod(text).ok_or_else(|| crate::FieldError::not_in_list($name::CODES))
            }

            fn write(&self) -> String {
                self.kod().to_owned()
            }

            fn store(&self) -> crate::Stored {
                crate::Stored::Text(Some(self.kod().into()))
            }

            fn load(text: &str) -> Option<Self> {
                $name::of_kod(text)
            }
        }
    };
}
