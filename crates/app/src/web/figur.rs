//! Small pictures beside figures, each with words for one who does not see it, and figures as links.

use super::grind::Visit;
use super::tid::Tid;
use samsyn_document::markup::escape;
use samsyn_document::{Cell, Kvartal, Ljus, Value, format};
use samsyn_render::html;
use std::fmt::Write;

/// Writes figures of one page: each a link to its rule, base and facts.
#[derive(Debug)]
pub struct Siffror<'v> {
    visit: &'v Visit,
    tid: &'v Tid,
}

impl<'v> Siffror<'v> {
    /// For the figures of this visit and time.
    pub fn new(visit: &'v Visit, tid: &'v Tid) -> Siffror<'v> {
        Siffror { visit, tid }
    }

    /// A figure as a link.
    pub fn cell(&self, cell: &Cell) -> String {
        html::figure(cell, &|id| self.tid.siffra(self.visit, id))
    }
}

/// A traffic light by shape, colour and word, without a link.
pub fn ljus(light: Ljus) -> String {
    html::figure(&Cell { value: Value::Ljus(light), ..Cell::text("") }, &|_| String::new())
}

/// A bar of the year's budget: how much is used, with a mark for how much of the year has passed.
pub fn budgetstapel(used: Option<i64>, passed: i64, used_text: &str, budget_text: &str) -> String {
    let Some(used) = used else { return String::new() };
    let (width, mark) = (used.clamp(0, 100), passed.clamp(0, 100));
    let over = if used > 100 { " over" } else { "" };
    format!(
        "<svg class=\"stapel{over}\" viewBox=\"0 0 100 12\" preserveAspectRatio=\"none\" role=\"img\" \
         aria-label=\"{used} procent av årets budget använt, {used_text} av {budget_text} tkr; {passed} procent av året har \
         gått\"><rect class=\"bana\" width=\"100\" height=\"12\" rx=\"2\"/><rect class=\"fylld\" width=\"{width}\" \
         height=\"12\" rx=\"2\"/><path class=\"idag\" d=\"M{mark} -3v18\"/></svg>"
    )
}

/// Three bars side by side: enrolled, exited, ongoing, in one scale for the whole page.
pub fn floden([nya, avslutade, pagar]: [i64; 3], most: i64) -> String {
    let mut svg = format!(
        "<svg class=\"floden\" viewBox=\"0 0 44 28\" role=\"img\" aria-label=\"{nya} nya, {avslutade} avslutade, {pagar} \
         pågår\">"
    );
    for (at, (count, class)) in [(nya, "nya"), (avslutade, "avslutade"), (pagar, "pagar")].into_iter().enumerate() {
        let height = (count * 26 + most / 2) / most.max(1);
        let (x, y) = (at * 15, 27 - height);
        // Writing to a string cannot fail.
        let _ = write!(svg, "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"13\" height=\"{height}\"/>");
    }
    svg.push_str("<path class=\"golv\" d=\"M0 27.5h44\"/></svg>");
    svg
}

/// Bars over time, one per value, with the value above; a gap where there is none. `unit` follows the value in words.
pub fn over_tid(title: &str, labels: &[String], values: &[Option<i64>], unit: &str) -> String {
    let most = values.iter().flatten().copied().max().unwrap_or(0).max(1);
    let width = labels.len().max(1) * 64;
    let said: Vec<String> = labels
        .iter()
        .zip(values)
        .map(|(label, value)| match value {
            Some(value) => format!("{label}: {}{unit}", format::number(*value)),
            None => format!("{label}: inget värde"),
        })
        .collect();
    let mut svg = format!(
        "<svg class=\"over-tid\" viewBox=\"0 0 {width} 110\" width=\"{width}\" height=\"110\" role=\"img\" aria-label=\"{}. {}\">",
        escape(title),
        escape(&said.join(", "))
    );
    for (at, (label, value)) in labels.iter().zip(values).enumerate() {
        let middle = at * 64 + 32;
        if let Some(value) = value {
            let height = (value * 66 + most / 2) / most;
            let (x, y) = (at * 64 + 12, 84 - height);
            let latest = if at + 1 == labels.len() { " class=\"senast\"" } else { "" };
            let _ = write!(
                svg,
                "<rect{latest} x=\"{x}\" y=\"{y}\" width=\"40\" height=\"{height}\"/><text x=\"{middle}\" y=\"{}\">{}{unit}</text>",
                y - 5,
                format::number(*value)
            );
        }
        let _ = write!(svg, "<text class=\"nar\" x=\"{middle}\" y=\"102\">{}</text>", escape(label));
    }
    let _ = write!(svg, "<path class=\"golv\" d=\"M0 84.5h{width}\"/></svg>");
    svg
}

/// How many quarters a chart of money has room for on a phone.
const MOST_QUARTERS: usize = 8;

/// Two bars per quarter, used beside granted, in kronor: the latest quarters, from the first that has any money.
pub fn pengar_per_kvartal(quarters: &[(Kvartal, i64, i64)]) -> String {
    let first = quarters.iter().position(|(_, used, granted)| (*used, *granted) != (0, 0)).unwrap_or(0);
    let quarters = &quarters[first.max(quarters.len().saturating_sub(MOST_QUARTERS))..];
    let most = quarters.iter().map(|(_, used, granted)| (*used).max(*granted)).max().unwrap_or(0).max(1);
    let width = quarters.len().max(1) * 44;
    let mut svg = format!(
        "<svg class=\"over-tid\" viewBox=\"0 0 {width} 112\" width=\"{width}\" height=\"112\" role=\"img\" aria-label=\"Utfall och budget per kvartal; siffrorna \
         står i tabellen\">"
    );
    for (at, (quarter, used, granted)) in quarters.iter().enumerate() {
        let left = at * 44;
        for (amount, class, x) in [(*granted, "budget", left + 21), (*used, "senast", left + 5)] {
            let height = ((i128::from(amount.max(0)) * 72 + i128::from(most) / 2) / i128::from(most)) as i64;
            let _ = write!(
                svg,
                "<rect class=\"{class}\" x=\"{x}\" y=\"{}\" width=\"16\" height=\"{height}\"/>",
                80 - height
            );
        }
        let middle = left + 21;
        let _ = write!(svg, "<text class=\"nar\" x=\"{middle}\" y=\"95\">K{}</text>", quarter.number());
        if at == 0 || quarter.number() == 1 {
            let _ = write!(svg, "<text class=\"nar\" x=\"{middle}\" y=\"109\">{}</text>", quarter.year());
        }
    }
    let _ = write!(svg, "<path class=\"golv\" d=\"M0 80.5h{width}\"/></svg>");
    svg
}
