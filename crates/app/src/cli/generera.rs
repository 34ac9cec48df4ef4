//! Writing made-up packages, with progress.

use super::args::Generate;
use super::{importera, print};
use crate::Error;
use crate::actions::generera::{self, Size};
use samsyn_document::format;

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
