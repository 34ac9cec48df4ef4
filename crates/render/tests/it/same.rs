//! All formats say the same as the model.

use crate::{readback, sample};
use std::collections::BTreeSet;

#[test]
fn markdown_and_json_give_every_figure_of_the_model() {
    let document = sample::document();
    let model = readback::model(&document);
    assert!(model.len() > 300, "the sample is large: {}", model.len());
    let nothing = (vec![], vec![]);
    let markdown = readback::markdown(&samsyn_render::markdown(&document), &document);
    assert_eq!(readback::difference(&markdown, &model), nothing);
    assert_eq!(readback::difference(&readback::json(&samsyn_render::json(&document)), &model), nothing);
}

/// The page has the charts too, so every figure of the model is there and nothing else.
#[test]
fn html_gives_every_figure_of_the_model() {
    let document = sample::document();
    let model: BTreeSet<_> = readback::model(&document).into_iter().collect();
    let read = readback::html(&samsyn_render::html(&document));
    assert!(read.len() > model.len());
    assert_eq!(read.into_iter().collect::<BTreeSet<_>>(), model);
}

/// The readers must be able to find fault.
#[test]
fn a_changed_figure_is_seen() {
    let document = sample::document();
    let model = readback::model(&document);
    let markdown = samsyn_render::markdown(&document);
    for (before, after) in
        [("1\u{a0}338", "1\u{a0}339"), ("tio insatser", "nio insatser"), ("◆ Gul", "● Grön"), ("I stort sett", "Ja")]
    {
        assert!(markdown.contains(before), "{before}");
        let read = readback::markdown(&markdown.replacen(before, after, 1), &document);
        let (more, less) = readback::difference(&read, &model);
        assert_eq!((more.len(), less.len()), (1, 1), "{before}");
    }
    let html = samsyn_render::html(&document);
    let set: BTreeSet<_> = model.into_iter().collect();
    for (before, after) in [(">1\u{a0}338<", ">1\u{a0}339<"), (">13\u{a0}515<", "><"), (">–</abbr>", ">0</abbr>")] {
        assert!(html.contains(before), "{before}");
        let read: BTreeSet<_> = readback::html(&html.replacen(before, after, 1)).into_iter().collect();
        assert_ne!(read, set, "{before}");
    }
}

#[test]
fn every_file_ends_with_one_line_feed() {
    let document = sample::document();
    for text in [samsyn_render::html(&document), samsyn_render::markdown(&document), samsyn_render::json(&document)] {
        assert!(text.ends_with('\n') && !text.ends_with("\n\n"));
    }
}
