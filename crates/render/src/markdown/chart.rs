//! A chart as rows of blocks in a code block.

use super::Blocks;
use super::escape::{escape, fill, plain_line, width};
use samsyn_document::chart::{Chart, ChartKind, label, length};
use samsyn_document::markup::is_printable;

/// Blocks in the longest bar.
const ROOM: i64 = 40;
/// Columns for the label; a longer one has a line of its own.
const LABEL: usize = 34;
const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];

/// Writes the chart: title, description, bars with their figures.
pub(super) fn write(out: &mut Blocks, chart: &Chart) {
    out.push(&format!("**{}**", escape(&plain_line(&chart.title))));
    if !chart.description.is_empty() {
        out.push(&fill(&escape(&chart.description), "", ""));
    }
    let percent = chart.kind == ChartKind::PercentBars;
    let lengths = || chart.rows.iter().flat_map(|row| &row.cells).filter_map(|cell| length(&cell.value));
    let max = lengths().max().unwrap_or(0).max(if percent { 100 } else { 1 });
    let min = if percent { 0 } else { lengths().min().unwrap_or(0).min(0) };
    let names: Vec<String> = if chart.series.len() > 1 {
        chart.series.iter().map(|name| clean(name)).collect()
    } else {
        vec![String::new(); chart.series.len()]
    };
    let side = chart.rows.iter().map(|row| width(&clean(&row.label))).max().unwrap_or(0).min(LABEL);
    let name_side = names.iter().map(|name| width(name)).max().unwrap_or(0);
    let mut lines: Vec<String> = Vec::new();
    for row in &chart.rows {
        let mut words = clean(&row.label);
        if width(&words) > side {
            lines.push(std::mem::take(&mut words));
        }
        for (i, cell) in row.cells.iter().enumerate() {
            let name = names.get(i).map_or("", String::as_str);
            let value = length(&cell.value).unwrap_or(0);
            let bar = if min < 0 { beside(value, min, max) } else { bar(value, max, percent) };
            let gap = if name_side > 0 { "  " } else { "" };
            let words = std::mem::take(&mut words);
            let line = format!(
                "{words}{}{gap}{name}{}  {bar} {}",
                " ".repeat(side.saturating_sub(width(&words))),
                " ".repeat(name_side.saturating_sub(width(name))),
                clean(&label(cell))
            );
            lines.push(line.trim_end().to_owned());
        }
    }
    let ticks = lines.iter().flat_map(|line| line.split(|c| c != '`')).map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(ticks.max(2) + 1);
    out.push(&format!("{fence}text\n{}\n{fence}", lines.join("\n")));
}

/// A bar in eighths of a block; in percent it is padded and marked at 100.
fn bar(value: i64, max: i64, percent: bool) -> String {
    let eighths = |value: i64| (i128::from(value.clamp(0, max)) * i128::from(ROOM * 8) / i128::from(max)) as usize;
    let filled = eighths(value);
    let mut bar = "█".repeat(filled / 8) + EIGHTHS[filled % 8];
    if percent {
        let mark = eighths(100) / 8;
        let used = filled.div_ceil(8);
        if used <= mark {
            bar.push_str(&"·".repeat(mark - used));
            bar.push('│');
        }
    }
    bar
}

/// A bar on its side of a line at nought.
fn beside(value: i64, min: i64, max: i64) -> String {
    let all = i128::from(max) - i128::from(min);
    let blocks = |value: i128| ((value * i128::from(ROOM) + all - 1) / all) as usize;
    let before = blocks(-i128::from(min));
    let left = blocks(-i128::from(value.min(0)));
    let right = blocks(i128::from(value.max(0)));
    format!("{}{}│{}", " ".repeat(before - left), "█".repeat(left), "█".repeat(right))
}

fn clean(text: &str) -> String {
    plain_line(&text.chars().filter(|c| is_printable(*c)).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_in_proportion() {
        assert_eq!(bar(100, 100, false), "█".repeat(40));
        assert_eq!(bar(1, 80, false), "▌");
        assert_eq!(bar(0, 1, false), "");
        assert_eq!(bar(50, 100, true), format!("{}{}│", "█".repeat(20), "·".repeat(20)));
        assert_eq!(bar(200, 200, true), "█".repeat(40));
        assert_eq!(beside(-10, -10, 30), format!("{}│", "█".repeat(10)));
        assert_eq!(beside(-1, -10, 30), format!("{}█│", " ".repeat(9)));
        assert_eq!(beside(30, -10, 30), format!("{}│{}", " ".repeat(10), "█".repeat(30)));
        assert_eq!(beside(0, -10, 30), format!("{}│", " ".repeat(10)));
        assert!(beside(i64::MAX, i64::MIN, i64::MAX).chars().count() <= 42, "both sides are rounded up");
    }
}
