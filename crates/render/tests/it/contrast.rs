//! The colours of the style sheet, computed: AA asks for 4.5 for text and 3 for shapes.

use samsyn_render::html::style;
use std::collections::HashMap;

/// The colour tokens of one theme; dark only names those that differ.
fn tokens(css: &str) -> HashMap<&str, [f64; 3]> {
    let declared = css.split([';', '{', '}']).filter_map(|part| part.trim().strip_prefix("--")?.split_once(": #"));
    let channel = |hex: &str, at: usize| {
        let value = f64::from(u8::from_str_radix(&hex[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    let colour = |hex: &str| [0, 2, 4].map(|at| channel(hex, at));
    declared.filter(|(_, hex)| hex.len() == 6).map(|(name, hex)| (name, colour(hex))).collect()
}

fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
    let light = |c: [f64; 3]| 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2] + 0.05;
    let (a, b) = (light(a), light(b));
    if a > b { a / b } else { b / a }
}

#[test]
fn colours_can_be_read_in_both_themes() {
    let css = style();
    let dark_at = css.find("prefers-color-scheme: dark").unwrap();
    let dark_end = dark_at + css[dark_at..].find("} }").unwrap();
    let light = tokens(&css[..dark_at]);
    let mut dark = light.clone();
    dark.extend(tokens(&css[dark_at..dark_end]));
    assert!(light.len() > 20 && dark["paper"] != light["paper"]);
    for (theme, colours) in [("light", &light), ("dark", &dark)] {
        for (ink, paper, least) in [
            ("ink", "paper", 7.0),
            ("ink-2", "paper", 4.5),
            ("ink-3", "paper", 4.5),
            ("accent", "paper", 4.5),
            ("ink", "target", 4.5),
            ("accent", "target", 4.5),
            ("ink", "yellow-soft", 4.5),
            ("yellow", "yellow-soft", 4.5),
            ("green", "green-soft", 4.5),
            ("red", "red-soft", 4.5),
            ("yellow", "paper", 4.5),
            ("focus", "paper", 3.0),
            ("bar-line", "paper", 3.0),
            ("bar-1", "bar-2", 3.0),
            ("bar-1", "track", 3.0),
        ] {
            let found = contrast(colours[ink], colours[paper]);
            assert!(found >= least, "{theme}: {ink} on {paper} is {found:.2}, should be {least}");
        }
    }
}

/// What is dark on screen is black on white on paper.
#[test]
fn dark_colours_are_for_screens_only() {
    let css = style();
    assert!(css.match_indices("prefers-color-scheme").all(|(at, _)| css[..at].ends_with("@media screen and (")));
    assert!(!css.contains("url(") && !css.contains("@import") && !css.contains("http"));
}
