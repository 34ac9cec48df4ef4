//! The page: structure that a screen reader follows, ids that links trust, and nothing from outside.

use crate::sample;
use samsyn_document::{
    Align, Block, Cell, Column, Document, FigureId, Inline, Row, RowKind, Section, Table, Value, format,
};
use scraper::{ElementRef, Html, Selector};
use std::collections::{HashMap, HashSet};

fn page(document: &Document) -> Html {
    let text = samsyn_render::html(document);
    let page = Html::parse_document(&text);
    assert!(page.errors.is_empty(), "{:?}", page.errors);
    page
}

fn all<'a>(page: &'a Html, css: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(css).unwrap()).collect()
}

fn text(element: ElementRef) -> String {
    element.text().collect::<String>().replace('\u{ad}', "")
}

#[test]
fn ids_are_unique_and_links_lead_somewhere() {
    let page = page(&sample::document());
    let ids: Vec<_> = all(&page, "[id]").iter().filter_map(|e| e.attr("id")).map(str::to_owned).collect();
    let set: HashSet<_> = ids.iter().cloned().collect();
    assert_eq!(ids.len(), set.len());
    for link in all(&page, "a") {
        let target = link.attr("href").and_then(|href| href.strip_prefix('#')).expect("links stay in the page");
        assert!(set.contains(target), "{target}");
    }
    for named in all(&page, "[aria-labelledby]") {
        assert!(set.contains(named.attr("aria-labelledby").unwrap()));
    }
}

#[test]
fn headings_are_in_order_and_in_the_contents() {
    let page = page(&sample::document());
    let headings = all(&page, "h1, h2, h3, h4, h5, h6");
    let levels: Vec<u8> = headings.iter().map(|h| h.value().name().as_bytes()[1] - b'0').collect();
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
    let listed: Vec<_> = all(&page, "nav a").into_iter().map(text).collect();
    let shown: Vec<_> = all(&page, "main h2, main h3").into_iter().map(text).collect();
    assert_eq!(listed, shown);
    assert_eq!(shown[..3], ["Sammanfattning", "Bakgrund", "Insatser"]);
    assert_eq!(all(&page, "nav > ul > li").len(), 7);
    assert_eq!(all(&page, "nav > ul > li > ul > li").len(), 4);
    assert_eq!(all(&page, "html[lang=sv]").len(), 1);
    assert!(text(all(&page, "header.title")[0]).contains("30\u{a0}augusti 2022"));
}

/// Every figure is there with its words, has one home, and the home is in a table if it stands in one.
#[test]
fn every_figure_has_its_words_and_one_home() {
    let document = sample::document();
    let page = page(&document);
    let mut shown: HashMap<String, Vec<String>> = HashMap::new();
    for element in all(&page, "[data-siffra]") {
        shown.entry(element.attr("data-siffra").unwrap().to_owned()).or_default().push(text(element));
    }
    let mut cells = 0;
    for table in document.tables() {
        for row in &table.rows {
            let Row::Data { cells: row, .. } = row else { continue };
            for cell in row {
                let Some(figure) = &cell.figure else { continue };
                cells += 1;
                let words = format::value(&cell.value);
                assert!(shown[&figure.to_string()].contains(&words), "{figure} should be {words}");
                let id = samsyn_render::html::anchor(figure);
                let home = all(&page, &format!("[id=\"{id}\"]"));
                assert_eq!(home.len(), 1, "{id}");
                assert_eq!(home[0].value().name(), "td", "{id}");
                let inside = home[0].attr("data-siffra").is_some() || !cell.notes.is_empty();
                assert!(inside && text(home[0]).starts_with(&words), "{id}");
            }
        }
    }
    assert!(cells > 300);
    let in_text: Vec<_> = all(&page, "main p [data-siffra]").iter().map(|e| (e.value().name(), text(*e))).collect();
    assert_eq!(
        in_text,
        [
            ("span", "tio".to_owned()),
            ("span", "sju".to_owned()),
            ("span", "tre".to_owned()),
            ("span", "Ett".to_owned()),
            ("a", "18".to_owned()),
            ("a", "1\u{a0}290\u{a0}tkr".to_owned()),
            ("a", "96\u{a0}%".to_owned()),
            ("a", "gul".to_owned()),
        ]
    );
    assert_eq!(all(&page, "main p a.live")[0].attr("href"), Some("#s-6-nor-vagval-inregistrerade_K"));
    assert_eq!(all(&page, "#s-6-nor-vagval-inregistrerade_K").len(), 1);
}

#[test]
fn headers_have_scope_and_span_their_columns() {
    let page = page(&sample::document());
    for th in all(&page, "th") {
        let role = match th.attr("scope").expect("scope") {
            "col" | "colgroup" => "columnheader",
            "row" | "rowgroup" => "rowheader",
            other => panic!("{other}"),
        };
        assert_eq!(th.attr("role"), Some(role));
    }
    assert_eq!(all(&page, "table").len(), all(&page, "table[role=table] > caption").len());
    let width = |row: ElementRef| -> usize {
        let cells = row.child_elements();
        cells.map(|cell| cell.attr("colspan").map_or(1, |n| n.parse().unwrap())).sum()
    };
    for table in all(&page, "table") {
        let body = Selector::parse("tbody tr").unwrap();
        let first = width(table.select(&Selector::parse("thead tr").unwrap()).next().unwrap());
        for row in table.select(&body) {
            assert_eq!(width(row), first);
            assert_eq!(row.child_elements().next().unwrap().value().name(), "th");
            assert_eq!(row.attr("role"), Some("row"));
        }
    }
    let groups: Vec<_> = all(&page, "#tabell-6 th[scope=colgroup]");
    assert_eq!(groups.iter().map(|th| th.attr("colspan").unwrap()).collect::<Vec<_>>(), ["3"; 5]);
    assert_eq!(text(groups[2]), "Avslutade under hela insatsperioden");
    assert_eq!(all(&page, "#tabell-1 tbody > tr.group > th[scope=rowgroup][colspan=\"3\"]").len(), 2);
    assert_eq!(all(&page, "#tabell-6 tr.sum, #tabell-6 tr.share").len(), 2);
    assert_eq!(text(all(&page, "#tabell-6 caption")[0]), "Tabell 6. Antal deltagare");
    assert_eq!(text(all(&page, "#tabell-1 tbody tr:nth-child(2) th")[0]), "Vägval – nästa steg, Norrsund");
}

#[test]
fn footnotes_lead_there_and_back() {
    let page = page(&sample::document());
    assert_eq!(all(&page, "#tabell-1 sup a").len(), 3);
    assert_eq!(all(&page, "#tabell-1 ol li").len(), 2);
    assert_eq!(all(&page, "#tabell-1-ref-1")[0].attr("href"), Some("#tabell-1-not-1"));
    assert_eq!(all(&page, "#tabell-1-not-1 a.back")[0].attr("href"), Some("#tabell-1-ref-1"));
    assert_eq!(all(&page, "#tabell-1-not-1 [data-siffra]").len(), 1, "figures in notes are live");
}

#[test]
fn notices_placeholders_lights_and_charts_are_marked() {
    let page = page(&sample::document());
    assert!(text(all(&page, "[role=note]")[0]).starts_with("Observera. Två"));
    assert_eq!(text(all(&page, "mark")[0]), "[saknas: kansliets kommentar till Arbetsintro]");
    assert_eq!(all(&page, "#tabell-2 .light svg[aria-hidden=true]").len(), 10);
    assert_eq!(all(&page, "#tabell-2 .yellow path, #tabell-2 .green circle, #tabell-2 .red path").len(), 10);
    let charts = all(&page, "figure > svg[role=img]");
    assert_eq!(charts.len(), 2);
    assert!(charts.iter().all(|svg| svg.child_elements().take(2).map(|e| e.value().name()).eq(["title", "desc"])));
}

/// No script, no address outside the page, and text from files is only text.
#[test]
fn nothing_from_outside_becomes_markup() {
    let evil = "<script>alert(1)</script>\"'><img src=x onerror=a>&amp;</style>\u{0}\u{8}\u{202e}\u{1b}";
    let clean = "<script>alert(1)</script>\"'><img src=x onerror=a>&amp;</style>";
    let s = || evil.to_owned();
    let figure = FigureId::new(evil, evil, evil);
    let cell = || Cell { value: Value::Text(s()), figure: Some(figure.clone()), formula: None, notes: vec![0, 7] };
    let text_of = || vec![Inline::Text(s()), Inline::Emphasis(s()), Inline::Value(cell()), Inline::Placeholder(s())];
    let table = Table {
        id: s(),
        label: Some(s()),
        caption: s(),
        corner: s(),
        columns: vec![Column { group: Some(s()), heading: s(), align: Align::Right }; 2],
        rows: vec![
            Row::Group { heading: s() },
            Row::Data { header: cell(), sub: Some(s()), cells: vec![cell(), cell()], kind: RowKind::Sum },
        ],
        footnotes: vec![text_of()],
        remarks: vec![text_of()],
    };
    let mut document = sample::document();
    let mut charts = document.sections.iter().flat_map(|s| &s.blocks).filter_map(|block| match block {
        Block::Chart(chart) => Some(chart.clone()),
        _ => None,
    });
    let mut chart = charts.next().unwrap();
    (chart.id, chart.title, chart.description, chart.series) = (s(), s(), s(), vec![s(), s()]);
    chart.rows[0].label = s();
    chart.rows[0].cells = vec![cell(), cell()];
    drop(charts);
    document.title = s();
    document.subtitle = s();
    document.organisation = s();
    document.meta = vec![(s(), s())];
    document.foot = Some(s());
    let blocks = vec![
        Block::Heading(s()),
        Block::Paragraph(text_of()),
        Block::List(vec![text_of()]),
        Block::Notice(text_of()),
        Block::Table(table.clone()),
        Block::Table(table),
        Block::Chart(chart),
    ];
    document.sections = vec![Section { blocks, sections: vec![Section::new(evil, evil)], ..Section::new(evil, evil) }];
    let written = samsyn_render::html(&document);
    assert!(!written.contains(['\u{0}', '\u{8}', '\u{202e}', '\u{1b}']));
    assert_eq!(written.matches("</style>").count(), 1);
    let page = page(&document);
    assert!(all(&page, "script, img, link, iframe, [onerror], [src]").is_empty());
    assert_eq!(text(all(&page, "h1")[0]), clean);
    assert_eq!(text(all(&page, "main h2")[0]), clean);
    assert_eq!(text(all(&page, "td[data-siffra], td [data-siffra]")[0]), clean);
    let ids: Vec<_> = all(&page, "[id]").iter().filter_map(|e| e.attr("id")).collect();
    assert_eq!(ids.len(), ids.iter().collect::<HashSet<_>>().len());
    let markdown = samsyn_render::markdown(&document);
    assert!(!markdown.contains(['\u{0}', '\u{8}', '\u{202e}', '\u{1b}']));
    assert!(markdown.lines().filter(|l| !l.starts_with("```")).all(|l| l.contains("```") || !l.contains("`")));
}

/// Two figures whose names only differ in where the parts are divided still have one id each.
#[test]
fn colliding_names_get_their_own_ids() {
    let mut document = sample::document();
    let figure =
        |row: &str, column: &str| Inline::Value(Cell::figure(Value::Antal(1), FigureId::new("t", row, column)));
    document.sections[0].blocks.push(Block::Paragraph(vec![
        figure("a-b", "c"),
        figure("a", "b-c"),
        figure("a", "b-c"),
    ]));
    let page = page(&document);
    let home = |id: &str| all(&page, &format!("[id=\"{id}\"]"))[0].attr("data-siffra").unwrap().to_owned();
    assert_eq!([home("s-t-a-b-c"), home("s-t-a-b-c-2")], ["t/a-b/c", "t/a/b-c"]);
    assert_eq!(all(&page, "a[href=\"#s-t-a-b-c-2\"]").len(), 1);
}

#[test]
fn a_table_can_stand_alone() {
    let document = sample::document();
    let table = samsyn_render::html::table(document.tables()[0]);
    let part = Html::parse_fragment(&table);
    assert_eq!(all(&part, "table caption").len(), 1);
    assert!(samsyn_render::markdown::table(document.tables()[0]).starts_with("**Tabell 1. Insatser**\n\n| Insats"));
}
