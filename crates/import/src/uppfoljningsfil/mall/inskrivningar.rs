//! The sheet that people fill in.

use super::Mall;
use super::formler::{att_ratta, kontroller, personnummer};
use super::kolumner::{ATT_RATTA, KOLUMNER, Kolumn, bokstav};
use super::listor::Listor;
use crate::uppfoljningsfil::utseende::{self, Skrivfel, clean};
use crate::uppfoljningsfil::{Falt, Slag};
use rust_xlsxwriter::{
    ConditionalFormatFormula, DataValidation, DataValidationErrorStyle, DataValidationRule, ExcelDateTime, Format,
    Formula, IgnoreError, ProtectionOptions, Worksheet,
};
use samsyn_core::deltagande::Deltagande;
use samsyn_core::uppfoljning::nummer;
use samsyn_document::Datum;

/// The heading's row, from 0.
const HEAD: u32 = 3;
/// Rows prepared beyond the inskrivningar that are known.
const SPARE: usize = 300;
/// The width of the column that says what is wrong, in characters.
const WORDS: u8 = 70;

/// Writes the sheet.
pub(super) fn write(sheet: &mut Worksheet, mall: &Mall<'_>, lists: &Listor) -> Result<(), Skrivfel> {
    // What a formula gives, until it is counted for the first time.
    sheet.set_name("Inskrivningar")?.set_formula_result_default("");
    let rows: Vec<&Deltagande> = mall.rader.iter().filter(|row| row.makulerad.is_none()).collect();
    let last = HEAD + u32::try_from(rows.len() + SPARE).map_err(|_| Skrivfel("för många rader".to_owned()))?;
    let words = KOLUMNER.len() as u16;
    head(sheet, mall, words)?;
    for row in HEAD + 1..=last {
        let known = rows.get((row - HEAD - 1) as usize).copied();
        for (column, kolumn) in (0..).zip(&KOLUMNER) {
            put(sheet, (row, column), kolumn.falt, known.and_then(|known| value(known, kolumn.falt)))?;
        }
        let formula = Formula::new(att_ratta(row + 1, HEAD + 2, last + 1));
        sheet.write_formula_with_format(row, words, formula, &utseende::fault_words())?;
    }
    for (column, kolumn) in (0..).zip(&KOLUMNER) {
        sheet.add_data_validation(HEAD + 1, column, last, column, &validation(kolumn, mall, lists, last)?)?;
    }
    colours(sheet, last)?;
    sheet.ignore_error_range(HEAD + 1, 0, last, words - 1, IgnoreError::NumberStoredAsText)?;
    sheet.autofilter(HEAD, 0, last, words)?;
    let mut allowed = ProtectionOptions::new();
    (allowed.use_autofilter, allowed.format_columns, allowed.format_rows) = (true, true, true);
    sheet.protect_with_options(&allowed);
    sheet.set_freeze_panes(HEAD + 1, 1)?;
    let first_free = HEAD + 1 + rows.len() as u32;
    sheet.set_selection(first_free, 0, first_free, 0)?.set_screen_gridlines(false);
    utseende::page(sheet);
    sheet.set_repeat_rows(HEAD, HEAD)?;
    Ok(())
}

fn head(sheet: &mut Worksheet, mall: &Mall<'_>, words: u16) -> Result<(), Skrivfel> {
    let title = clean(&format!("Inskrivningar i {}", mall.insats_namn), 200);
    let about = format!(
        "{}. Uppgifter per {}. Fyll i en rad för varje inskrivning. Skriv aldrig namn eller personnummer. Mer på bladet Hjälp.",
        clean(mall.forbund, 100),
        mall.dag
    );
    sheet.write_string_with_format(0, 0, title, &utseende::title())?.set_row_height(0, 24)?;
    sheet.write_string_with_format(1, 0, about, &utseende::muted())?;
    sheet.set_row_height(HEAD, 34)?;
    for (column, kolumn) in (0..).zip(&KOLUMNER) {
        sheet.set_column_width(column, kolumn.bredd)?;
        sheet.write_string_with_format(
            HEAD,
            column,
            kolumn.falt.rubrik(),
            &utseende::heading(kolumn.falt.om_avslut()),
        )?;
    }
    sheet.set_column_width(words, WORDS)?;
    sheet.write_string_with_format(HEAD, words, ATT_RATTA, &utseende::heading(false))?;
    Ok(())
}

/// What stands in a cell.
enum Value {
    Text(String),
    Year(u16),
    Day(Datum),
}

/// A field of a known inskrivning, in people's words; `None` when there is nothing to show.
fn value(row: &Deltagande, falt: Falt) -> Option<Value> {
    let words = |text: Option<&'static str>| text.map(|text| Value::Text(text.to_owned()));
    let yes = |answer: Option<bool>| words(answer.map(|yes| if yes { "Ja" } else { "Nej" }));
    match falt {
        Falt::Nummer => Some(Value::Text(nummer(row).to_owned())),
        Falt::Kon => words(row.kon.map(|kon| kon.text())),
        Falt::Fodelsear => row.fodelsear.map(Value::Year),
        Falt::Inskriven => Some(Value::Day(row.inskriven)),
        Falt::Utbildning => words(row.utbildning.map(|value| value.text())),
        Falt::ForsorjningFore => words(row.forsorjning_fore.map(|value| value.text())),
        Falt::ForsorjningstidFore => words(row.forsorjningstid_fore.map(|value| value.text())),
        Falt::Utskriven => row.utskriven.map(Value::Day),
        Falt::Avslutsorsak => words(row.avslutsorsak.map(|value| value.text())),
        Falt::ArbeteOmfattning => words(row.arbete_omfattning.map(|value| value.text())),
        Falt::ArbeteSubventionerat => yes(row.arbete_subventionerat),
        Falt::Studerar => yes(row.studerar),
        Falt::Arbetssokande => yes(row.arbetssokande),
        Falt::PlanVidAvslut => yes(row.plan_vid_avslut),
        Falt::ForsorjningEfter => words(row.forsorjning_efter.map(|value| value.text())),
        Falt::Anonym => yes(Some(row.anonym).filter(|anonym| *anonym)),
        Falt::Arbetar | Falt::Sysselsattning | Falt::InskrivenRegistrerad | Falt::UtskrivenRegistrerad => None,
    }
}

/// Writes a cell; all but the number of a known inskrivning can be changed.
fn put(sheet: &mut Worksheet, (row, column): (u32, u16), falt: Falt, value: Option<Value>) -> Result<(), Skrivfel> {
    let known_number = falt == Falt::Nummer && value.is_some();
    let look = if known_number { utseende::locked() } else { utseende::cell().set_unlocked() };
    let look = match falt.slag() {
        Slag::Dag => look.set_num_format("yyyy-mm-dd"),
        Slag::Ar => look.set_num_format_index(1),
        // 49 is the format of text: else 50 % would become a number, and 1-3 a day.
        Slag::Nummer | Slag::Lista | Slag::JaNej => look.set_num_format_index(49),
    };
    match value {
        None => sheet.write_blank(row, column, &look)?,
        Some(Value::Text(text)) => sheet.write_string_with_format(row, column, text, &look)?,
        Some(Value::Year(year)) => sheet.write_number_with_format(row, column, year, &look)?,
        Some(Value::Day(day)) => sheet.write_datetime_with_format(row, column, &excel_day(day)?, &look)?,
    };
    Ok(())
}

fn excel_day(day: Datum) -> Result<ExcelDateTime, Skrivfel> {
    Ok(ExcelDateTime::from_ymd(u16::try_from(day.year()).unwrap_or(1900), day.month(), day.day())?)
}

/// What may be typed in a column, and what is said beside its cells.
fn validation(kolumn: &Kolumn, mall: &Mall<'_>, lists: &Listor, last: u32) -> Result<DataValidation, Skrivfel> {
    let base = DataValidation::new().set_input_title(kolumn.falt.rubrik())?.set_input_message(kolumn.hjalp)?;
    let from = HEAD + 2;
    let (rule, fault) = match kolumn.falt.slag() {
        Slag::Dag => {
            let (first, last) = (ExcelDateTime::from_ymd(2000, 1, 1)?, excel_day(mall.dag.add_days(366))?);
            let rule = base.allow_date(DataValidationRule::Between(first, last));
            (rule, "Skriv ett datum från och med år 2000 som åååå-mm-dd, till exempel 2026-02-28.")
        }
        Slag::Ar => {
            let rule = base.allow_whole_number(DataValidationRule::Between(1900, mall.dag.year()));
            (rule, "Skriv året med fyra siffror, till exempel 1985.")
        }
        Slag::Nummer => {
            let (cell, column) = (format!("$A{from}"), bokstav(kolumn.falt));
            let once = format!("COUNTIF(${column}${from}:${column}${},{cell})=1", last + 1);
            let rule =
                base.allow_custom(Formula::new(format!("=AND(LEN({cell})<=20,{once},NOT({}))", personnummer(&cell))));
            (rule, "Numret finns redan, är för långt eller ser ut som ett personnummer. Skriv ett eget nummer.")
        }
        Slag::Lista | Slag::JaNej => {
            let list = lists.formel(kolumn.falt).ok_or_else(|| Skrivfel("en lista saknas".to_owned()))?;
            (base.allow_list_formula(Formula::new(list)), "Välj ett av värdena i listan.")
        }
    };
    let rule = rule.set_error_style(DataValidationErrorStyle::Stop).ignore_blank(true);
    Ok(rule.set_error_title("Det går inte")?.set_error_message(fault)?)
}

/// Colours faulty cells, then the rows of those who have exited.
fn colours(sheet: &mut Worksheet, last: u32) -> Result<(), Skrivfel> {
    let (first, words) = (HEAD + 1, KOLUMNER.len() as u16);
    let rule = |formula: String, look: Format| {
        ConditionalFormatFormula::new().set_rule(Formula::new(format!("={formula}"))).set_format(look)
    };
    for kontroll in kontroller(first + 1, first + 1, last + 1) {
        for falt in kontroll.falt {
            let Some(column) = KOLUMNER.iter().position(|kolumn| kolumn.falt == *falt) else { continue };
            // Of many only those that stand there.
            let formula = match kontroll.falt.len() {
                ..=2 => kontroll.villkor.clone(),
                _ => format!("AND(${}{}<>\"\",{})", bokstav(*falt), first + 1, kontroll.villkor),
            };
            let (column, fault) = (column as u16, rule(formula, utseende::fault()));
            sheet.add_conditional_format(first, column, last, column, &fault.set_stop_if_true(true))?;
        }
    }
    let exited = format!("${}{}<>\"\"", bokstav(Falt::Utskriven), first + 1);
    sheet.add_conditional_format(first, 0, last, words - 1, &rule(exited, utseende::exited()))?;
    Ok(())
}
