//! Bytes in, facts and findings out: reads what people send, tells everything that is wrong with it at
//! once, and writes the same form back. Knows no database and no web page, and never panics on input.

pub mod bokforing;
pub mod csv;
pub mod faktatabell;
pub mod folkmangd;
pub mod gallring;
pub mod grid;
pub mod package;
pub mod plan;
pub mod sie;
pub mod text;
pub mod uppfoljningsfil;

mod descriptor;
mod reader;
mod table;
