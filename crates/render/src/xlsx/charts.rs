//! The charts as charts of Excel's own, each beside the figures it draws. The figures are links to the
//! cells of the tables, where they stand there.

use super::formula::Exact;
use super::grid::Grid;
use super::names::{CHARTS, CONTENTS, clean, cut, quoted};
use super::sheet::{merged, value};
use super::style::{Style, number_format};
use super::width::{height, lines};
use super::{XlsxError, page};
use rust_xlsxwriter::{
    Chart as Drawing, ChartAxisCrossing, ChartAxisLabelPosition, ChartDataLabel, ChartFont, ChartFormat,
    ChartLegendPosition, ChartLine, ChartSolidFill, Color, Url, Worksheet,
};
use samsyn_document::chart::{Chart, ChartKind};
use samsyn_document::{Align, Block, Cell, Document, RowKind, Section, Value};

/// The widths of the columns: labels, then one per series.
const LABELS: usize = 44;
const SERIES: usize = 18;
const SPACE: usize = 3;
/// The size of a drawing, in pixels.
const WIDTH: u32 = 760;
const HEAD: u32 = 90;
const BAR: u32 = 17;
const GAP: u32 = 12;
/// The height of a row in pixels, as Excel sets it.
const ROW: u32 = 20;
/// An A4 page lying down, in pixels within its margins.
const LINE: u32 = 1_000;
const PAGE: u32 = 640;
/// Fills of the series after the first, which has the organisation's colour.
const FILLS: [u32; 3] = [0xb4d5da, 0x5f7d86, 0xffffff];

/// Every chart of the document, in reading order.
pub(super) fn charts_of(document: &Document) -> Vec<&Chart> {
    fn walk<'a>(section: &'a Section, found: &mut Vec<&'a Chart>) {
        found.extend(section.blocks.iter().filter_map(|block| match block {
            Block::Chart(chart) if !chart.rows.is_empty() && !chart.series.is_empty() => Some(chart),
            _ => None,
        }));
        section.sections.iter().for_each(|inner| walk(inner, found));
    }
    let mut found = Vec::new();
    document.sections.iter().for_each(|section| walk(section, &mut found));
    found
}

/// Writes the sheet.
pub(super) fn write(
    sheet: &mut Worksheet,
    document: &Document,
    style: &Style,
    grids: &[Grid],
    charts: &[&Chart],
) -> Result<(), XlsxError> {
    sheet.set_name(CHARTS)?;
    let series = charts.iter().map(|chart| chart.series.len()).max().unwrap_or(1) as u16;
    sheet.set_column_width(0, LABELS as f64)?;
    for column in 1..=series {
        sheet.set_column_width(column, SERIES as f64)?;
    }
    sheet.write_string_with_format(0, 0, "Diagram", &style.title())?;
    let back = Url::new(format!("internal:{}!A1", quoted(CONTENTS))).set_text("Till innehållet");
    sheet.write_url_with_format(1, 0, back, &style.link())?;
    sheet.set_column_width(series + 1, SPACE as f64)?;
    // A character is seven pixels; other programs make them a little wider.
    let wide = (LABELS + usize::from(series) * SERIES + SPACE) as u32 * 8 + WIDTH;
    let scale = (LINE * 100 / wide).clamp(10, 100);
    let (mut row, mut page, mut breaks) = (3, 0, Vec::new());
    for chart in charts {
        let high = HEAD + chart.rows.len() as u32 * (chart.series.len() as u32 * BAR + GAP);
        // A chart that would be cut begins a new page.
        if row > 3 && (row - page) * ROW + high > PAGE * 100 / scale {
            breaks.push(row - 1);
            page = row;
        }
        let first = row;
        merged(sheet, (row, 0, row, 0), &clean(&chart.title), &style.title().set_font_size(12))?;
        row += 1;
        let last = figures(sheet, style, grids, chart, row)?;
        let mut drawing = draw(style, chart, (row, last));
        drawing.set_width(WIDTH).set_height(high);
        sheet.insert_chart(first, series + 2, &drawing)?;
        row = (last + 1).max(first + high.div_ceil(ROW)) + 2;
    }
    sheet.set_screen_gridlines(false);
    page::set_scaled(sheet, document, scale as u16, &breaks)?;
    Ok(())
}

/// The chart's figures as a small table; gives its last row.
fn figures(sheet: &mut Worksheet, style: &Style, grids: &[Grid], chart: &Chart, head: u32) -> Result<u32, XlsxError> {
    sheet.write_string_with_format(head, 0, "", &style.heading(Align::Left))?;
    for (column, name) in (1..).zip(&chart.series) {
        sheet.write_string_with_format(head, column, clean(name), &style.heading(Align::Right).set_text_wrap())?;
    }
    let mut row = head;
    for line in &chart.rows {
        row += 1;
        let label = Value::Text(line.label.clone());
        let lines = lines(&line.label, LABELS - 1);
        if lines > 1 {
            sheet.set_row_height(row, height(lines))?;
        }
        value(sheet, (row, 0), &label, None, &style.cell(&label, Align::Left, RowKind::Normal, &[]))?;
        for (column, cell) in (1..).zip(line.cells.iter().take(chart.series.len())) {
            let link = linked(grids, cell);
            let format = style.cell(&cell.value, Align::Right, RowKind::Normal, &[]);
            value(sheet, (row, column), &cell.value, link.as_deref(), &format)?;
        }
    }
    Ok(row)
}

/// The cell of a table that holds the same figure with the same value.
fn linked(grids: &[Grid], cell: &Cell) -> Option<String> {
    let figure = cell.figure.as_ref()?;
    Exact::of(&cell.value)?;
    let (grid, (row, column, value)) = grids.iter().find_map(|grid| Some((grid, grid.find(figure)?)))?;
    (*value == cell.value).then(|| format!("={}", grid.reference(row, column)))
}

fn draw(style: &Style, chart: &Chart, (head, last): (u32, u32)) -> Drawing {
    let mut drawing = Drawing::new_bar();
    drawing.title().set_name(cut(&clean(&chart.title), 250).as_str()).set_font(ChartFont::new().set_size(12));
    drawing.set_alt_text(cut(&clean(&format!("{}. {}", chart.title, chart.description)), 1_000));
    let first = chart.rows.iter().flat_map(|row| &row.cells).find(|cell| Exact::of(&cell.value).is_some());
    let shown = first.map_or("General".to_owned(), |cell| number_format(&cell.value));
    for column in 1..=chart.series.len() as u16 {
        let fill = match column.checked_sub(2) {
            None => style.color,
            Some(i) => Color::RGB(FILLS[usize::from(i) % FILLS.len()]),
        };
        let mut look = ChartFormat::new();
        look.set_solid_fill(ChartSolidFill::new().set_color(fill));
        look.set_border(ChartLine::new().set_color(style.color).set_width(0.75));
        let series = drawing.add_series();
        series.set_categories((CHARTS, head + 1, 0, last, 0)).set_values((CHARTS, head + 1, column, last, column));
        series.set_name((CHARTS, head, column)).set_format(&mut look).set_gap(60);
        series.set_data_label(ChartDataLabel::new().show_value().set_num_format(shown.as_str()));
    }
    // The first row at the top, the scale at the bottom.
    drawing.y_axis().set_reverse().set_crossing(ChartAxisCrossing::Max);
    let below = |cell: &Cell| Exact::of(&cell.value).is_some_and(|value| value.number() < 0.0);
    if chart.rows.iter().flat_map(|row| &row.cells).any(below) {
        // The labels stand at the side, not where the bars begin.
        drawing.y_axis().set_label_position(ChartAxisLabelPosition::Low);
    } else {
        drawing.x_axis().set_min(0);
    }
    drawing.x_axis().set_num_format(shown).set_major_gridlines_line(ChartLine::new().set_color(0xe4e8e7));
    if chart.kind == ChartKind::PercentBars {
        drawing.x_axis().set_major_unit(0.5);
    }
    if chart.series.len() == 1 {
        drawing.legend().set_hidden();
    } else {
        drawing.legend().set_position(ChartLegendPosition::Bottom);
    }
    drawing
}
