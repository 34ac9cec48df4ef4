//! Writing made-up packages, with progress.

use super::{importera, print};
use crate::Error;
use crate::actions::generera::{self, Size};
use clap::Args;
use samsyn_document::format;
use std::path::PathBuf;

/// What to make up.
#[derive(Debug, Args)]
pub struct Generate {
    /// Antal förbund.
    #[arg(long = "forbund", value_name = "N", default_value = "1", hide_default_value = true)]
    pub forbund: u32,
    /// Antal år.
    #[arg(long = "ar", value_name = "N", default_value = "3", hide_default_value = true)]
    pub years: u16,
    /// Antal deltaganden sammanlagt; utan val omkring 400 per förbund och år.
    #[arg(long = "deltaganden", value_name = "N")]
    pub deltaganden: Option<u32>,
    /// Samma frö ger samma underlag.
    #[arg(long = "fro", value_name = "N", default_value = "1", hide_default_value = true)]
    pub seed: u64,
    /// Mapp att skriva i.
    #[arg(long = "ut", value_name = "KATALOG")]
    pub to: PathBuf,
}

/// Writes as many packages as asked for, one folder each.
pub fn run(choices: &Generate) -> Result<u8, Error> {
    let size =
        Size { forbund: choices.forbund, years: choices.years, deltaganden: choices.deltaganden, seed: choices.seed };
    let bar = importera::bar(u64::from(size.forbund));
    let written = generera::write(size, &choices.to, &mut |done| bar.set_position(u64::from(done)));
    bar.finish_and_clear();
    let (forbund, deltaganden) = (format::number(i64::from(size.forbund)), format::number(written? as i64));
    print(&format!("{forbund} förbund med {deltaganden} deltaganden skrivna till {}.\n", choices.to.display()))
}
