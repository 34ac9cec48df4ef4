//! A made-up document with everything that a document can hold, as large as a real one. No insats,
//! kommun or figure in it exists.

use samsyn_document::chart::{Chart, ChartKind, ChartRow};
use samsyn_document::{
    Align, Belopp, Block, Cell, Column, Datum, Document, FigureId, Inline, Kvot, Ljus, Row, RowKind, Section, Svar,
    Table, Tal, Text, Unit, Value,
};

const JA: Svar = Svar::new("ja", "Ja");
const NEJ: Svar = Svar::new("nej", "Nej");
const DELVIS: Svar = Svar::new("i_stort_sett", "I stort sett");

/// Code, name, kommun.
const INDIVID: [(&str, &str, &str); 7] = [
    ("nor-vagval", "Vägval – nästa steg", "Norrsund"),
    ("sjo-stegen", "Stegen 2.0", "Sjöboda"),
    ("ek-flera-dorrar", "Flera dörrar in – en väg ut", "Eklunda"),
    ("tal-ung-kraft", "Ung kraft", "Talldalen"),
    ("kar-arbetsintro", "Arbetsintro", "Kärrstad"),
    ("ost-bron", "Bron", "Östby"),
    ("hed-individplattform", "Plattform för individstöd i samverkan", "Hedemåla"),
];
const STRUKTUR: [(&str, &str, &str); 3] = [
    ("kar-samordnare", "Samordnare i lokusgrupp", "Kärrstad"),
    ("kar-digital", "Digital plattform för stöd i studier och digitaliserad samhällsorientering", "Kärrstad"),
    ("reg-extern", "Reg.Ex. & <Pro>", ""),
];

fn id(tabell: &str, rad: &str, kolumn: &str) -> FigureId {
    FigureId::new(tabell, rad, kolumn)
}

fn antal(n: i64, id: FigureId) -> Cell {
    Cell::figure(Value::Antal(n), id)
}

fn andel(part: i64, base: i64, id: FigureId) -> Cell {
    Cell::figure(Kvot::new(part, base).map_or(Value::Missing, Value::Andel), id)
}

fn words(text: &str) -> Inline {
    Inline::Text(text.to_owned())
}

fn column(group: Option<&str>, heading: &str, align: Align) -> Column {
    Column { group: group.map(str::to_owned), heading: heading.to_owned(), align }
}

fn row(header: &str, sub: &str, cells: Vec<Cell>, kind: RowKind) -> Row {
    let sub = (!sub.is_empty()).then(|| sub.to_owned());
    Row::Data { header: Cell::text(header), sub, cells, kind }
}

fn group(heading: &str) -> Row {
    Row::Group { heading: heading.to_owned() }
}

fn table(label: &str, caption: &str, corner: &str, columns: Vec<Column>, rows: Vec<Row>) -> Table {
    let id = label.to_lowercase().replace(' ', "-");
    let label = Some(label.to_owned());
    let (footnotes, remarks) = (Vec::new(), Vec::new());
    Table { id, label, caption: caption.to_owned(), corner: corner.to_owned(), columns, rows, footnotes, remarks }
}

/// Rows for all insatser, in their groups.
fn all_rows(mut cells: impl FnMut(&str, usize) -> Vec<Cell>) -> Vec<Row> {
    let mut rows = vec![group("Individinsatser")];
    for (i, (kod, namn, kommun)) in INDIVID.iter().enumerate() {
        rows.push(row(namn, kommun, cells(kod, i), RowKind::Normal));
    }
    rows.push(group("Strukturinsatser"));
    for (i, (kod, namn, kommun)) in STRUKTUR.iter().enumerate() {
        rows.push(row(namn, kommun, cells(kod, INDIVID.len() + i), RowKind::Normal));
    }
    rows
}

fn day(text: &str) -> Datum {
    Datum::parse(text).expect("a day")
}

fn insatser() -> Table {
    let columns = vec![column(None, "Start", Align::Left), column(None, "Avslut", Align::Left)];
    let rows = all_rows(|kod, i| {
        let mut end = Cell::figure(Value::Datum(day("2022-12-31")), id("1", kod, "slut"));
        if i == 2 {
            end.notes = vec![0];
        }
        if i == 8 {
            end.notes = vec![0, 1];
        }
        let start = if i == 5 { Value::Missing } else { Value::Datum(day("2021-03-01")) };
        vec![Cell::figure(start, id("1", kod, "start")), end]
    });
    let mut table = table("Tabell 1", "Insatser", "Insats", columns, rows);
    table.footnotes = vec![
        vec![
            words("Förlängd genom beslut den 14 mars 2022 med "),
            Inline::Value(antal(6, id("1", "ek-flera-dorrar", "manader"))),
            words(" månader."),
        ],
        vec![words("Efterföljare är beviljad.")],
    ];
    table
}

fn lage() -> Table {
    let columns = vec![
        column(None, "Ligger i fas med målen", Align::Left),
        column(None, "Styrgruppens prognos", Align::Left),
        column(None, "Färg", Align::Left),
    ];
    let rows = all_rows(|kod, i| {
        let (fas, light) = match i {
            0 | 8 => (DELVIS, Ljus::Gul),
            4 => (NEJ, Ljus::Rod),
            _ => (JA, Ljus::Gron),
        };
        vec![
            Cell::figure(Value::Svar(fas), id("2", kod, "i_fas")),
            Cell::figure(if i == 9 { Value::Missing } else { Value::Svar(JA) }, id("2", kod, "prognos")),
            Cell::figure(Value::Ljus(light), id("2", kod, "farg")),
        ]
    });
    table("Tabell 2", "Nuläge mål", "Insats", columns, rows)
}

fn budget() -> Table {
    let half = Some("Halvåret, tkr");
    let year = Some("Hela insatsperioden, tkr");
    let columns = vec![
        column(half, "Utfall", Align::Right),
        column(half, "Budget", Align::Right),
        column(half, "Förbrukningskvot", Align::Right),
        column(year, "Utfall", Align::Right),
        column(year, "Budget", Align::Right),
        column(None, "Not", Align::Left),
    ];
    let amount = |kronor, id| Cell::figure(Value::Belopp(Belopp::from_kronor(kronor), Unit::Tkr), id);
    let kronor = |i: usize| (1_290_400 + 13_570 * i as i64, 1_338_000 + 11_000 * (9 - i as i64) * (i as i64 % 3));
    let mut rows = all_rows(|kod, i| {
        let (used, budget) = kronor(i);
        let budget = if i == 9 { 0 } else { budget };
        let note = match i {
            3 => "uppstart 1 september",
            8 => "har medel överförda från 2021",
            _ => "",
        };
        vec![
            amount(used, id("4", kod, "utfall")),
            amount(budget, id("4", kod, "budget")),
            andel(used, budget, id("4", kod, "kvot")),
            amount(used * 3, id("4", kod, "utfall_ack")),
            amount(budget * 4, id("4", kod, "budget_ack")),
            Cell::text(note),
        ]
    });
    rows.push(row(
        "Summa",
        "",
        vec![
            amount(13_514_650, id("4", "summa", "utfall")),
            amount(-12_000, id("4", "summa", "budget")),
            Cell::figure(Value::Withheld, id("4", "summa", "kvot")),
            amount(1_234_567_890, id("4", "summa", "utfall_ack")),
            amount(40_000_000, id("4", "summa", "budget_ack")),
            Cell::empty(),
        ],
        RowKind::Sum,
    ));
    let mut table = table("Tabell 4", "Utfall och budget", "Insats", columns, rows);
    table.remarks = vec![vec![words("Förbrukningskvoten är utfall delat med budget för samma period.")]];
    table
}

fn kvalitet() -> Table {
    let questions = [
        "Styrgruppsmöten enligt avtal",
        "Ordinarie representation i styrgrupp",
        "Uppföljning enligt avtal",
        "Kvartalsrapport i tid",
        "Kontroll av metod och målgrupp",
        "Jämlikhet och jämställdhet",
        "Horisontella principer",
        "Förutsättningar för implementering",
        "Avvikelse målgrupp eller metod",
    ];
    let columns = questions.iter().map(|q| column(None, q, Align::Left)).collect();
    let rows = all_rows(|kod, i| {
        (0..9)
            .map(|q| {
                let value = match (i * 7 + q * 3) % 11 {
                    0 => Value::Svar(NEJ),
                    5 => Value::Svar(DELVIS),
                    _ if i == 6 && q == 7 => Value::Missing,
                    _ => Value::Svar(JA),
                };
                Cell::figure(value, id("5", kod, &format!("fraga_{}", q + 1)))
            })
            .collect()
    });
    table("Tabell 5", "Kvalitetssäkring", "Insats", columns, rows)
}

/// Participants: 15 columns of figures.
fn deltagare() -> Table {
    let groups = [
        ("Inregistrerade januari–juni", "inregistrerade"),
        ("Avslutade januari–juni", "avslutade"),
        ("Avslutade under hela insatsperioden", "avslutade_totalt"),
        ("Pågående 30 juni", "pagaende"),
        ("Till arbete eller studier", "till_arbete"),
    ];
    let columns =
        groups.iter().flat_map(|(g, _)| ["K", "M", "S:a"].map(|h| column(Some(g), h, Align::Right))).collect();
    let counts = |i: usize, g: usize| (((i + 3) * (g + 7) * 5 % 29) as i64, ((i + 5) * (g + 2) * 11 % 31) as i64);
    let three = |kod: &str, g: usize, k: i64, m: i64| {
        let name = groups[g].1;
        [("K", k), ("M", m), ("T", k + m)].map(|(sex, n)| antal(n, id("6", kod, &format!("{name}_{sex}"))))
    };
    let mut rows: Vec<Row> = Vec::new();
    for (i, (kod, namn, kommun)) in INDIVID.iter().enumerate() {
        let mut cells: Vec<Cell> = (0..5).flat_map(|g| three(kod, g, counts(i, g).0, counts(i, g).1)).collect();
        if i == 1 {
            cells[4].notes = vec![0];
        }
        rows.push(row(namn, kommun, cells, RowKind::Normal));
    }
    let sum = |g: usize| (0..INDIVID.len()).map(|i| counts(i, g)).fold((0, 0), |s, c| (s.0 + c.0, s.1 + c.1));
    rows.push(row("Summa", "", (0..5).flat_map(|g| three("summa", g, sum(g).0, sum(g).1)).collect(), RowKind::Sum));
    let shares = (0..5).flat_map(|g| {
        let (k, m) = sum(g);
        let share = |part, sex: &str| andel(part, k + m, id("6", "andel", &format!("{}_{sex}", groups[g].1)));
        [share(k, "K"), share(m, "M"), Cell::empty()]
    });
    rows.push(row("Fördelning kvinnor och män", "", shares.collect(), RowKind::Share));
    let mut table = table("Tabell 6", "Antal deltagare", "Individinsatser", columns, rows);
    table.footnotes = vec![vec![words("En av deltagarna återkom till insatsen under perioden.")]];
    table.remarks = vec![vec![words("K = kvinnor, M = män, S:a = summa. Anonyma deltagare räknas inte.")]];
    table
}

fn skal() -> Table {
    let columns = ["K", "M", "Totalt"].map(|h| column(None, h, Align::Right)).to_vec();
    let line = |namn: &str, kod: &str, k: i64, m: i64, kind| {
        let cells = [("K", k), ("M", m), ("T", k + m)].map(|(sex, n)| antal(n, id("9", kod, sex)));
        row(namn, "", cells.to_vec(), kind)
    };
    let rows = vec![
        line("Subventionerat arbete", "subventionerat", 12, 1_500, RowKind::Normal),
        line("Ej subventionerat arbete", "ej_subventionerat", 13, 11, RowKind::Normal),
        line("Summa arbete", "arbete", 25, 1_511, RowKind::Sum),
        line("Studerande", "studerande", 7, 6, RowKind::Normal),
        line("Summa arbete eller studier", "arbete_studier", 32, 1_517, RowKind::Sum),
        line("Aktivt arbetssökande", "arbetssokande", 10, 15, RowKind::Share),
    ];
    table("Tabell 9", "Avslutningsanledningar", "Anledning", columns, rows)
}

fn charts() -> [Chart; 2] {
    let rows = |figures: &dyn Fn(&str, usize) -> Vec<Cell>| {
        let all = INDIVID.iter().chain(&STRUKTUR).enumerate();
        all.map(|(i, (kod, namn, kommun))| {
            let label = if kommun.is_empty() { (*namn).to_owned() } else { format!("{namn}, {kommun}") };
            ChartRow { label, cells: figures(kod, i) }
        })
        .collect::<Vec<_>>()
    };
    let figure = |figure: FigureId| {
        let tables = [budget(), deltagare()];
        let mut rows = tables.iter().flat_map(|table| &table.rows);
        let cells = rows.find_map(|row| match row {
            Row::Data { cells, .. } => cells.iter().find(|cell| cell.figure.as_ref() == Some(&figure)).cloned(),
            Row::Group { .. } => None,
        });
        cells.map_or_else(Cell::empty, |cell| Cell { notes: vec![], ..cell })
    };
    let quota = |kod: &str, _: usize| vec![figure(id("4", kod, "kvot"))];
    let sexes = |kod: &str, _: usize| ["K", "M"].map(|s| figure(id("6", kod, &format!("inregistrerade_{s}")))).to_vec();
    [
        Chart {
            id: "diagram-forbrukning".into(),
            title: "Förbrukningskvot per insats".into(),
            description: "Liggande staplar i procent av budgeten, med ett märke vid 100 %. Samma tal står i tabell 4."
                .into(),
            kind: ChartKind::PercentBars,
            series: vec!["Förbrukningskvot".into()],
            rows: rows(&quota),
        },
        Chart {
            id: "diagram-deltagare".into(),
            title: "Inregistrerade deltagare, kvinnor och män".into(),
            description: "Två staplar per insats. Samma tal står i tabell 6.".into(),
            kind: ChartKind::GroupedBars,
            series: vec!["Kvinnor".into(), "Män".into()],
            rows: rows(&sexes)[..INDIVID.len()].to_vec(),
        },
    ]
}

fn paragraph(pieces: Text) -> Block {
    Block::Paragraph(pieces)
}

/// The whole document.
pub fn document() -> Document {
    let in_words = |n, kolumn: &str, capital, neuter| Inline::InWords {
        cell: antal(n, id("pm", "insatser", kolumn)),
        capital,
        neuter,
    };
    let [quota, sexes] = charts();
    let section = |id: &str, heading: &str, blocks: Vec<Block>, sections: Vec<Section>| Section {
        blocks,
        sections,
        ..Section::new(id, heading)
    };
    let summary = vec![
        paragraph(vec![
            words("Under första halvåret 2022 var "),
            in_words(10, "antal", false, false),
            words(" insatser i gång: "),
            in_words(7, "individ", false, false),
            words(" för individer och "),
            in_words(3, "struktur", false, false),
            words(" för strukturer. "),
            in_words(1, "ovriga", true, true),
            words(" seminarium hölls, och insatserna skrev in "),
            Inline::Value(antal(18, id("6", "nor-vagval", "inregistrerade_K"))),
            words(" kvinnor i "),
            Inline::Emphasis("Vägval – nästa steg".into()),
            words(". Utfallet var "),
            Inline::Value(Cell::figure(
                Value::Belopp(Belopp::from_kronor(1_290_400), Unit::Tkr),
                id("4", "nor-vagval", "utfall"),
            )),
            words(", alltså "),
            Inline::Value(andel(1_290_400, 1_338_000, id("4", "nor-vagval", "kvot"))),
            words(" av budgeten. Läget är "),
            Inline::Value(Cell::figure(Value::Ljus(Ljus::Gul), id("2", "nor-vagval", "farg"))),
            words("."),
        ]),
        Block::List(vec![
            vec![
                words("Avgiften är "),
                Inline::Value(Cell::figure(
                    Value::Belopp(Belopp::from_kronor(1_234_567), Unit::Kronor),
                    id("pm", "avgift", "kronor"),
                )),
                words("."),
            ],
            vec![
                words("Sista dag för rapporter: "),
                Inline::Value(Cell::figure(Value::Datum(day("2022-07-31")), id("pm", "rapporter", "sista_dag"))),
                words("."),
            ],
            vec![
                words("Uppgifter: "),
                Inline::Value(Cell::figure(Value::Missing, id("pm", "smail", "antal"))),
                words(" för SMAIL, medelvärde "),
                Inline::Value(Cell::figure(
                    Tal::new(-12_345, 1).map_or(Value::Missing, Value::Tal),
                    id("pm", "smail", "medel"),
                )),
                words("."),
            ],
        ]),
        Block::Notice(vec![
            words("Två kvartalsrapporter saknas. Kansliet och styrgruppen gör olika bedömningar av "),
            Inline::Emphasis("Arbetsintro".into()),
            words("."),
        ]),
        paragraph(vec![
            words("Kansliets bedömning: "),
            Inline::Placeholder("kansliets kommentar till Arbetsintro".into()),
            words("."),
        ]),
    ];
    let hostile = vec![paragraph(vec![words(
        "Texten kommer ur filer: <script>alert(\"x\")</script> & 'citat', a*b _c_ [d](e) `f` | g &amp; \
         \u{0}\u{202e}h\n1. ny rad – ”slut”",
    )])];
    let long = "I flertalet kvartalsrapporter framgår att en eller flera parter har saknats vid något av styrgruppens \
                möten. En ersättare har ibland kommit i stället. Att parterna deltar är en förutsättning för att \
                besluten ska gälla.";
    Document {
        layout: samsyn_document::Layout::Report,
        title: "Uppföljning av insatser".into(),
        subtitle: "Kvartal 1 och 2 2022".into(),
        organisation: "Samordningsförbundet Exempel".into(),
        language: "sv".into(),
        per: day("2022-08-30"),
        withheld_under: None,
        meta: vec![("Diarienummer".into(), "2022/0042".into()), ("Upprättad av".into(), "Kansliet".into())],
        foot: None,
        sections: vec![
            section("sammanfattning", "Sammanfattning", summary, vec![]),
            section("bakgrund", "Bakgrund", hostile, vec![]),
            section("insatser", "Insatser", vec![paragraph(vec![words(long)]), Block::Table(insatser())], vec![]),
            section(
                "resultat",
                "Resultat av i insatsen angivna mål",
                vec![Block::Table(lage()), paragraph(vec![words(long)])],
                vec![],
            ),
            section("budget", "Utfall av beviljad budget", vec![Block::Table(budget()), Block::Chart(quota)], vec![]),
            section(
                "kvalitet",
                "Kvalitetssäkring",
                vec![Block::Table(kvalitet())],
                vec![
                    section(
                        "kvalitet-moten",
                        "Styrgruppsmöten enligt avtal",
                        vec![paragraph(vec![words(long)])],
                        vec![],
                    ),
                    section(
                        "kvalitet-uppfoljning",
                        "Uppföljning enligt avtal",
                        vec![paragraph(vec![words(long)])],
                        vec![],
                    ),
                ],
            ),
            section(
                "statistik",
                "Statistik och kostnader",
                vec![],
                vec![
                    section(
                        "deltagare",
                        "Deltagare",
                        vec![paragraph(vec![words(long)]), Block::Table(deltagare()), Block::Chart(sexes)],
                        vec![],
                    ),
                    section("utfall", "Utfall", vec![paragraph(vec![words(long)]), Block::Table(skal())], vec![]),
                ],
            ),
        ],
    }
}
