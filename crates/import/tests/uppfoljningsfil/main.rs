//! Uppföljningsfiler as files: what is written here is read back.

mod base;
mod mall;
