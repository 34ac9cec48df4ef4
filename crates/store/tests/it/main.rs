//! The store's suite: every test of behaviour runs against SQLite and PostgreSQL.

mod base;
mod gallring;
mod hand;
mod kill;
mod kill_restore;
mod kill_text;
mod made;
mod open;
mod restore;
mod schema;
mod speed;
mod times;
mod users;
mod versions;
mod waiting;
mod whole;
