//! Markdown: tables that line up, and lines that fit a terminal.

use crate::sample;
use unicode_width::UnicodeWidthStr;

/// The tables of a file, as their lines.
fn tables(text: &str) -> Vec<Vec<&str>> {
    text.split("\n\n")
        .map(|block| block.lines().collect::<Vec<_>>())
        .filter(|lines| lines[0].starts_with("| "))
        .collect()
}

#[test]
fn tables_line_up() {
    let text = samsyn_render::markdown(&sample::document());
    let tables = tables(&text);
    assert_eq!(tables.len(), 11, "tables 4 and 6 are written in parts");
    for table in &tables {
        assert!(table.iter().all(|line| line.width() == table[0].width()), "{}", table.join("\n"));
        let bars = |line: &str| line.replace("\\|", "").matches('|').count();
        assert!(table.iter().all(|line| bars(line) == bars(table[0])));
    }
    assert!(text.contains("| Vägval – nästa steg, Norrsund                   |   18 |   17 |  35 |"));
    assert!(text.contains("| ----------------------------------------------- | ---: | ---: | --: |"));
    assert!(text.contains("| **Strukturinsatser** "));
    assert!(text.contains("2022-12-31 ¹⁾ ²⁾ |") && text.contains("\n²⁾ Efterföljare är beviljad.\n"));
}

#[test]
fn running_text_fits_and_says_what_it_says() {
    let text = samsyn_render::markdown(&sample::document());
    let prose = text.lines().filter(|line| !line.starts_with('|') && !line.contains('█'));
    assert!(prose.clone().all(|line| line.width() <= 90));
    for line in [
        "# Uppföljning av insatser",
        "### Deltagare",
        "> **Observera.** Två kvartalsrapporter saknas. Kansliet och styrgruppen gör olika",
        "Kansliets bedömning: **\\[saknas: kansliets kommentar till Arbetsintro\\]**.",
        "- Avgiften är 1\u{a0}234\u{a0}567\u{a0}kronor.",
        "1\\. ny rad – ”slut”",
        "Uppgifter per: 30\u{a0}augusti 2022\\",
    ] {
        assert!(text.lines().any(|l| l == line), "{line}");
    }
    assert!(text.contains("\\<script>alert(\"x\")\\</script>"));
    assert!(text.contains("Reg.Ex. & <Pro>  ") && text.contains("│ –\n"), "the chart shows what is missing");
}
