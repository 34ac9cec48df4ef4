//! Uppföljningsfiler as files: what is written here is read back.

mod anmarkt;
mod base;
mod egna_listor;
mod mall;
mod stokiga;
mod tur_och_retur;
