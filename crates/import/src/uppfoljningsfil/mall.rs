//! The template for one insats: an Excel file with lists to choose from, that says what is wrong as one types.

mod formler;
mod hjalp;
mod inskrivningar;
mod kolumner;
mod listor;

use super::utseende::{self, Skrivfel};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};
use samsyn_core::deltagande::Deltagande;
use samsyn_document::Datum;

/// What the template is made for.
#[derive(Clone, Copy, Debug)]
pub struct Mall<'m> {
    /// The förbund's name.
    pub forbund: &'m str,
    /// The insats's name.
    pub insats_namn: &'m str,
    /// The inskrivningar already known, only those of the insats; cancelled ones are left out.
    pub rader: &'m [Deltagande],
    /// The day as of which they are known.
    pub dag: Datum,
}

/// The template as an .xlsx file. The same `Mall` gives the same bytes.
///
/// Read back by [`grid::read`](crate::grid::read) and [`las`](super::las) it gives the inskrivningar that it was made
/// of, and no finding.
pub fn mall(mall: &Mall<'_>) -> Result<Vec<u8>, Skrivfel> {
    let mut book = Workbook::new();
    let lists = listor::Listor::default();
    inskrivningar::write(book.add_worksheet(), mall, &lists)?;
    hjalp::write(book.add_worksheet())?;
    lists.write(book.add_worksheet())?;
    let day =
        ExcelDateTime::from_ymd(u16::try_from(mall.dag.year()).unwrap_or(1900), mall.dag.month(), mall.dag.day())?;
    let title = utseende::clean(&format!("Inskrivningar i {}", mall.insats_namn), 250);
    let about = DocProperties::new().set_title(title).set_company(utseende::clean(mall.forbund, 250));
    book.set_properties(&about.set_creation_datetime(&day));
    Ok(book.save_to_buffer()?)
}
