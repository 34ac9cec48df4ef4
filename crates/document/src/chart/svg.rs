//! A chart as SVG: flat horizontal bars, the label above each, the figure at its end.
//!
//! Lengths along the bars are percentages and everything else is pixels, so one drawing keeps its
//! type size from a phone (stretch `width` in a style sheet) to a page (the `width` given here).
//! Colours are presentation attributes; a page can override them by class. Dark, light and outlined
//! bars tell the series apart in black and white too. Only whole numbers are used.

use super::{Chart, ChartKind, ChartRow, label, length};
use crate::format::{MISSING, NBSP};
use crate::markup::escape;
use crate::{Color, Look};
use std::fmt::Write;

/// Width that the drawing has when nothing stretches it, in pixels: the text width of an A4 page.
const WIDTH: i64 = 640;
/// The narrowest that it must be readable at: a phone of 360 pixels less its margins.
const NARROWEST: i64 = 328;
/// Characters of a label that fit on a line at the narrowest.
const LABEL_CHARS: usize = 46;
/// The longest label that may stand beside its bars on paper.
const BESIDE_CHARS: usize = 34;
/// How wide a character may be, in tenths of a pixel at 13 pixels.
const CHAR_TENTHS: i64 = 78;
const LINE: i64 = 18;
const BAR: i64 = 12;
const BAR_GAP: i64 = 3;
const ROW_GAP: i64 = 14;

const INK: &str = "#1b2330";
const MUTED: &str = "#4a5364";
const TRACK: &str = "#e4e8e7";
const FONT: &str = "Inter, 'Segoe UI', 'Liberation Sans', Arial, sans-serif";

/// Fill and outline of each series, as far apart in lightness as can be.
type Palette = [(String, String); 4];

/// The palette of a colour: the colour itself, a light and a greyed shade of it, and paper.
fn palette(color: Color) -> Palette {
    let mixed = |Color(r, g, b): Color, share: u32| {
        let part = |a: u8, b: u8| ((u32::from(a) * (100 - share) + u32::from(b) * share) / 100) as u8;
        Color(part(color.0, r), part(color.1, g), part(color.2, b))
    };
    let outline = format!("#{}", color.hex());
    let fills = [color, mixed(Color(255, 255, 255), 70), mixed(Color(0x96, 0x96, 0x9c), 60), Color(255, 255, 255)];
    let house = ["0b5563", "b4d5da", "5f7d86", "ffffff"].map(str::to_owned);
    let fills = if color == Look::default().color { house } else { fills.map(Color::hex) };
    fills.map(|fill| (format!("#{fill}"), outline.clone()))
}

/// The chart as one `svg` element with title and description. It has no ids, so several can stand
/// in one page, and its figures carry `data-siffra`.
pub fn svg(chart: &Chart) -> String {
    drawn(chart, Look::default().color, false)
}

/// The same chart for paper, whose width is known: bars in a colour and its shades, labels beside them where they
/// are short enough.
pub fn svg_in(chart: &Chart, color: Color) -> String {
    let short = chart.rows.iter().all(|row| row.label.chars().count() <= BESIDE_CHARS);
    drawn(chart, color, short)
}

fn drawn(chart: &Chart, color: Color, beside: bool) -> String {
    let palette = palette(color);
    let scale = Scale::of(chart, beside);
    let mut body = String::new();
    let mut y = if chart.series.len() > 1 { legend(&mut body, &chart.series, &palette) } else { 0 };
    if chart.kind == ChartKind::PercentBars {
        y += LINE;
        text(&mut body, "mark-label", &scale.at(100), y - 5, MUTED, "middle", &format!("100{NBSP}%"));
    }
    for row in &chart.rows {
        y = draw_row(&mut body, (chart.kind, &palette), row, &scale, y);
    }
    let height = (y - ROW_GAP).max(LINE) + 4;
    format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" role=\"img\" class=\"bars\" width=\"{WIDTH}\" height=\"{height}\" \
         font-family=\"{FONT}\" font-size=\"13\"><title>{}</title><desc>{}</desc>{body}</svg>",
        escape(&chart.title),
        escape(&chart.description),
    )
}

/// How a value becomes a length.
struct Scale {
    /// The value where the bars' room begins: nought, or the one farthest below it.
    min: i64,
    /// The value at the end of the bars' room; above zero.
    max: i64,
    /// Where bars begin, in thousandths of the width: nought when labels stand above them.
    from: i64,
    /// The share of the width that bars may take, in thousandths.
    room: i64,
}

impl Scale {
    fn of(chart: &Chart, beside: bool) -> Scale {
        let cells = || chart.rows.iter().flat_map(|row| &row.cells);
        let least = if chart.kind == ChartKind::PercentBars { 100 } else { 1 };
        let max = cells().filter_map(|cell| length(&cell.value)).max().unwrap_or(0).max(least);
        // A share is never below nought.
        let least = cells().filter_map(|cell| length(&cell.value)).min().unwrap_or(0).min(0);
        let min = if chart.kind == ChartKind::PercentBars { 0 } else { least };
        let longest = cells().map(|cell| label(cell).chars().count()).max().unwrap_or(1).clamp(4, 20) as i64;
        let pixels = longest * CHAR_TENTHS / 10 + 10;
        if !beside {
            return Scale { min, max, from: 0, room: 1000 - pixels * 1000 / NARROWEST };
        }
        let label = chart.rows.iter().map(|row| row.label.chars().count()).max().unwrap_or(0) as i64;
        let from = (label * CHAR_TENTHS / 10 + 14) * 1000 / WIDTH;
        Scale { min, max, from, room: 1000 - from - pixels * 1000 / WIDTH }
    }

    /// Where a value lies along the width, for instance `45.3%`.
    fn at(&self, value: i64) -> String {
        percent(i128::from(self.from) + self.part(value))
    }

    /// Where the bar of a value begins, and how long it is: from nought to the right, or from the left to nought.
    fn bar(&self, value: i64) -> (String, String) {
        let (nought, end) = (self.part(0), self.part(value));
        (percent(i128::from(self.from) + nought.min(end)), percent((end - nought).abs()))
    }

    /// How far a value is from where the room begins.
    fn part(&self, value: i64) -> i128 {
        let min = i128::from(self.min);
        (i128::from(value.clamp(self.min, self.max)) - min) * i128::from(self.room) / (i128::from(self.max) - min)
    }
}

/// Thousandths as percent.
fn percent(part: i128) -> String {
    format!("{}.{}%", part / 10, part % 10)
}

/// Draws one row with its top at `y`; gives where the next one begins.
fn draw_row(
    out: &mut String,
    (kind, palette): (ChartKind, &Palette),
    row: &ChartRow,
    scale: &Scale,
    mut y: i64,
) -> i64 {
    if scale.from > 0 {
        let bars = row.cells.len() as i64 * (BAR + BAR_GAP) - BAR_GAP;
        text(out, "label", "0", y + bars / 2 + 5, INK, "start", &row.label);
    } else {
        for line in lines(&row.label) {
            y += LINE;
            text(out, "label", "0", y - 6, INK, "start", &line);
        }
    }
    let top = y;
    for (i, cell) in row.cells.iter().enumerate() {
        let value = length(&cell.value);
        let percent = kind == ChartKind::PercentBars;
        if percent {
            bar(out, "track", &scale.bar(100), y, &(TRACK.to_owned(), TRACK.to_owned()));
        }
        if let Some(value) = value.filter(|value| if percent { *value > 0 } else { *value != 0 }) {
            let class = format!("series-{}", i % palette.len() + 1);
            bar(out, &class, &scale.bar(value), y, &palette[i % palette.len()]);
        }
        if percent {
            let at = scale.at(100);
            let (top, bottom) = (y - 2, y + BAR + 2);
            // A halo in the colour of the paper keeps the mark visible upon a bar.
            let _ = write!(
                out,
                "<line class=\"halo\" x1=\"{at}\" x2=\"{at}\" y1=\"{y}\" y2=\"{bottom}\" stroke=\"#ffffff\" \
                 stroke-width=\"5\"/><line class=\"mark\" x1=\"{at}\" x2=\"{at}\" y1=\"{top}\" y2=\"{bottom}\" \
                 stroke=\"{INK}\" stroke-width=\"2\"/>"
            );
        }
        // To the right of nought also when the bar is to the left of it.
        let end = scale.at(value.unwrap_or(0).max(if percent { 100 } else { 0 }));
        figure(out, cell, &end, y + BAR - 1);
        y += BAR + BAR_GAP;
    }
    if scale.min < 0 {
        let (at, bottom) = (scale.at(0), y - BAR_GAP + 2);
        let _ = write!(
            out,
            "<line class=\"zero\" x1=\"{at}\" x2=\"{at}\" y1=\"{}\" y2=\"{bottom}\" stroke=\"{MUTED}\"/>",
            top - 2
        );
    }
    y - BAR_GAP + ROW_GAP
}

fn bar(out: &mut String, class: &str, (x, width): &(String, String), y: i64, (fill, stroke): &(String, String)) {
    let _ = write!(
        out,
        "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{BAR}\" fill=\"{fill}\" \
         stroke=\"{stroke}\"/>"
    );
}

/// The figure at the end of a bar.
fn figure(out: &mut String, cell: &crate::Cell, x: &str, y: i64) {
    let shown = match label(cell) {
        shown if shown.is_empty() => MISSING.to_owned(),
        shown => shown,
    };
    let named =
        cell.figure.as_ref().map_or_else(String::new, |id| format!(" data-siffra=\"{}\"", escape(&id.to_string())));
    let _ = write!(
        out,
        "<text class=\"value\" x=\"{x}\" dx=\"6\" y=\"{y}\" fill=\"{INK}\"{named}>{}</text>",
        escape(&shown)
    );
}

fn text(out: &mut String, class: &str, x: &str, y: i64, fill: &str, anchor: &str, words: &str) {
    let _ = write!(
        out,
        "<text class=\"{class}\" x=\"{x}\" y=\"{y}\" fill=\"{fill}\" text-anchor=\"{anchor}\">{}</text>",
        escape(words)
    );
}

/// The names of the series, each with its colour, on as many lines as the narrowest width needs.
fn legend(out: &mut String, series: &[String], palette: &Palette) -> i64 {
    let (mut x, mut y) = (0, 0);
    for (i, name) in series.iter().enumerate() {
        let width = BAR + 8 + name.chars().count() as i64 * CHAR_TENTHS / 10 + 16;
        if x > 0 && x + width > NARROWEST {
            (x, y) = (0, y + LINE);
        }
        let (fill, stroke) = &palette[i % palette.len()];
        let (left, top, class) = (x + 1, y + 2, i % palette.len() + 1);
        let _ = write!(
            out,
            "<rect class=\"series-{class}\" x=\"{left}\" y=\"{top}\" width=\"{BAR}\" height=\"{BAR}\" fill=\"{fill}\" \
             stroke=\"{stroke}\"/>"
        );
        text(out, "legend", &(x + BAR + 7).to_string(), y + LINE - 5, MUTED, "start", name);
        x += width;
    }
    y + LINE + 8
}

/// A label in lines that fit at the narrowest, broken between words; a longer word is broken where
/// the line ends.
fn lines(words: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for word in words.split_whitespace() {
        let letters: Vec<char> = word.chars().collect();
        for piece in letters.chunks(LABEL_CHARS) {
            let piece: String = piece.iter().collect();
            match found.last_mut() {
                Some(line) if line.chars().count() + 1 + piece.chars().count() <= LABEL_CHARS => {
                    line.push(' ');
                    line.push_str(&piece);
                }
                _ => found.push(piece),
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Cell, FigureId, Kvot, Value};

    fn percent(label: &str, value: Value) -> ChartRow {
        let cell = Cell::figure(value, FigureId::new("4", label, "kvot"));
        ChartRow { label: label.to_owned(), cells: vec![cell] }
    }

    fn share(part: i64) -> Value {
        Kvot::new(part, 100).map_or(Value::Missing, Value::Andel)
    }

    fn chart(kind: ChartKind, series: &[&str], rows: Vec<ChartRow>) -> Chart {
        let series = series.iter().map(|s| (*s).to_owned()).collect();
        Chart { id: "d".into(), title: "A & B".into(), description: "<b>".into(), kind, series, rows }
    }

    #[test]
    fn more_than_all_and_nothing_are_both_drawn() {
        let rows = vec![percent("bryggan", share(106)), percent("norr", share(50)), percent("syd", Value::Missing)];
        let drawn = svg(&chart(ChartKind::PercentBars, &["Kvot"], rows));
        assert_eq!(drawn.matches("class=\"mark\"").count(), 3);
        assert_eq!(drawn.matches("class=\"series-1\"").count(), 2, "no bar where the value is missing");
        assert!(drawn.contains("data-siffra=\"4/bryggan/kvot\">106\u{a0}%</text>"));
        assert!(drawn.contains("data-siffra=\"4/syd/kvot\">–</text>"));
        assert!(drawn.contains("<title>A &amp; B</title><desc>&lt;b&gt;</desc>"));
    }

    #[test]
    fn bars_are_in_proportion() {
        let scale = Scale { min: 0, max: 200, from: 0, room: 800 };
        assert_eq!([scale.at(0), scale.at(100), scale.at(200), scale.at(-5)], ["0.0%", "40.0%", "80.0%", "0.0%"]);
        let empty = Scale::of(&chart(ChartKind::GroupedBars, &["K", "M"], vec![]), false);
        assert_eq!(empty.max, 1, "nothing is divided by nought");
    }

    #[test]
    fn what_is_below_nought_is_drawn_to_the_left_of_it() {
        let cells =
            |values: [i64; 2]| values.map(|n| Cell::figure(Value::Antal(n), FigureId::new("o", "r", n.to_string())));
        let rows = [[300, 50], [200, -100], [100, 0]]
            .map(|values| ChartRow { label: "År".into(), cells: cells(values).into() });
        let below = chart(ChartKind::GroupedBars, &["Intäkter", "Resultat"], rows.to_vec());
        let scale = Scale::of(&below, false);
        assert_eq!((scale.min, scale.max), (-100, 300));
        let zero = scale.at(0);
        assert_eq!(scale.bar(-100), ("0.0%".to_owned(), zero.clone()));
        assert_eq!(scale.bar(300).0, zero);
        let drawn = svg(&below);
        // The legend and the two bars that are not nought; the figure of the one to the left stands right of the line.
        assert_eq!(drawn.matches("class=\"series-2\"").count(), 3);
        assert!(drawn.contains(&format!("class=\"value\" x=\"{zero}\"")) && drawn.contains(">\u{2212}100</text>"));
        assert_eq!(drawn.matches("class=\"zero\"").count(), 3);
        let above = chart(ChartKind::GroupedBars, &["A"], vec![percent("bryggan", share(50))]);
        assert!(!svg(&above).contains("class=\"zero\""));
    }

    #[test]
    fn on_paper_short_labels_stand_beside_their_bars() {
        let chart = |label| chart(ChartKind::PercentBars, &["Kvot"], vec![percent(label, share(50))]);
        let (above, beside) = (svg(&chart("bryggan")), svg_in(&chart("bryggan"), Color(0, 0, 0)));
        let height =
            |svg: &str| -> i64 { svg.split(" height=\"").nth(1).unwrap().split('"').next().unwrap().parse().unwrap() };
        assert_eq!(height(&above) - height(&beside), LINE);
        assert!(above.contains("x=\"0.0%\"") && !beside.contains("x=\"0.0%\""));
        assert!(svg_in(&chart(&"x".repeat(35)), Color(0, 0, 0)).contains("x=\"0.0%\""));
    }

    #[test]
    fn bars_take_the_colour_they_are_given() {
        let rows = vec![percent("bryggan", share(50))];
        let chart = chart(ChartKind::GroupedBars, &["K", "M"], rows);
        assert!(svg(&chart).contains("fill=\"#b4d5da\" stroke=\"#0b5563\""));
        let red = svg_in(&chart, Color(0x7a, 0x1f, 0x3d));
        assert!(red.contains("fill=\"#7a1f3d\"") && red.contains("fill=\"#d7bbc4\" stroke=\"#7a1f3d\""));
        assert!(!red.contains("#0b5563"));
    }

    #[test]
    fn long_labels_are_broken_between_words() {
        let label = "Digital plattform för stöd i studier och digitaliserad samhällsorientering";
        assert_eq!(lines(label), ["Digital plattform för stöd i studier och", "digitaliserad samhällsorientering"]);
        assert_eq!(lines(&"x".repeat(54)).iter().map(String::len).collect::<Vec<_>>(), [46, 8]);
        assert!(lines(" ").is_empty());
    }
}
