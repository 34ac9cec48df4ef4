//! Spreadsheets in: what is read of each kind, what is refused, and what broken and hostile files do.

mod base;
mod broken;
mod gamla;
mod hostile;
mod kinds;
mod oracle;
mod personal;
