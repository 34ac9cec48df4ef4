//! The counting rules, sentence by sentence of the domain text: the rule stands above its test.

mod answers;
mod attacker;
mod check;
mod cost;
mod counts;
mod direction;
mod extremes;
mod fees;
mod gallring;
mod given;
mod granska;
mod judgement;
mod key_figures;
mod known;
mod money;
mod months;
mod outcome;
mod participants;
mod personnummer;
mod properties;
mod random;
mod room;
mod rows;
mod smatal;
mod target_group;
mod versions;
