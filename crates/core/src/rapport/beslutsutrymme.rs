//! The board's economic information: the plan for a meeting, with what is left to decide about.

use crate::calc::namn::postnamn;
use crate::calc::tabeller::ekonomi::{flera_intakter, marken, plantabell, sista_raden};
use crate::calc::{Rakning, plan as figures};
use crate::planpost::{Plankategori, Plankolumn, Planslag};
use crate::rapport::planskillnad::planskillnad;
use crate::rapport::skrivare::{Skrivare, brev, right};
use crate::underlag::{Plan, PlanNr, Post};
use samsyn_document::chart::{Chart, ChartKind, ChartRow};
use samsyn_document::{Block, Cell, Document, Inline, Row, RowKind, Section, Table, Value, format};

/// Builds the paper on a plan, without the applications at these places.
pub fn beslutsutrymme(rakning: &Rakning<'_>, nr: PlanNr, utan: &[usize]) -> Document {
    let plan = &rakning.underlag.ekonomi.planer[nr];
    let paper = Papper {
        writer: Skrivare::of(rakning, figures(rakning, nr, utan)),
        plan,
        marken: marken(plan),
        tabell: plantabell(plan, utan),
        utan,
    };
    let day = plan.datum.map_or_else(String::new, format::long_date);
    let mut sections = vec![paper.proposal(), paper.matter(), paper.room()];
    sections.extend(paper.savings());
    sections.extend(paper.changes(nr));
    Document {
        meta: vec![("Till".to_owned(), "Styrelsen".to_owned())],
        ..brev(rakning, "Ekonomisk information", format!("Styrelsens möte den {day}"), sections)
    }
}

/// The paper on a meeting that no plan is known for.
pub fn saknas(rakning: &Rakning<'_>, mote: &str) -> Document {
    let mut section = Section::new("saknas", "Planen saknas");
    let told = format!("Det finns ingen plan till {mote} i uppgifterna. Läs in den eller gör en ny.");
    section.blocks.push(Block::Notice(vec![Inline::Text(told)]));
    brev(rakning, "Ekonomisk information", format::capital(mote), vec![section])
}

/// The paper under way.
struct Papper<'r, 'u> {
    writer: Skrivare<'r, 'u>,
    plan: &'u Plan,
    marken: Vec<String>,
    tabell: String,
    utan: &'r [usize],
}

impl Papper<'_, '_> {
    fn proposal(&self) -> Section {
        let mut section = Section::new("forslag", "Förslag till beslut");
        section.blocks.push(self.writer.paragraph("Styrelsen föreslås besluta", &[]));
        section.blocks.push(Block::List(vec![self.writer.text("att lägga informationen till handlingarna.", &[])]));
        section
    }

    fn matter(&self) -> Section {
        let mut section = Section::new("arendet", "Ärendet");
        let mut text = "Beslutsutrymmet är det som är kvar att besluta om när beslutade kostnader dragits från \
                        intäkterna och det som sparats från tidigare år."
            .to_owned();
        let name = |post: &Post| postnamn(self.writer.rakning.underlag, post);
        let counted = self.plan.ansokningar().filter(|(at, _)| !self.utan.contains(at));
        let applied: Vec<String> = counted.map(|(_, post)| name(post)).collect();
        if !applied.is_empty() {
            text += &format!(" Ansökningar som styrelsen inte har beslutat om räknas med: {}.", format::list(&applied));
        }
        let without: Vec<String> = self.utan.iter().filter_map(|&at| self.plan.poster.get(at)).map(name).collect();
        if !without.is_empty() {
            text += &format!(" Inte medräknade: {}.", format::list(&without));
        }
        section.blocks.push(Block::Paragraph(vec![Inline::Text(text)]));
        section.blocks.extend(self.outlook());
        section
    }

    /// What the first year's forecast, or its budget, leads to.
    fn outlook(&self) -> Option<Block> {
        let first = self.plan.kolumner.first()?.ar;
        let of_year = |slag| self.plan.kolumner.iter().find(move |column| column.ar == first && column.slag == slag);
        let column = of_year(Some(Planslag::Prognos)).or(of_year(Some(Planslag::Budget))).or(of_year(None))?;
        let id = |row: &str| format!("{{{}/{row}/{column}}}", self.tabell);
        let kind = match column.slag {
            Some(Planslag::Prognos) => "prognosen",
            Some(Planslag::Budget) => "budgeten",
            None => "planen",
        };
        let text = format!(
            "Från tidigare år finns {}. Enligt {kind} för {first} blir årets resultat {}, och {} är kvar att besluta om.",
            id(Plankategori::OverskottFranTidigareAr.kod()),
            id("arets_resultat"),
            id(sista_raden(self.plan)),
        );
        let known = self.writer.value(&self.tabell, sista_raden(self.plan), &column.to_string()) != Value::Missing;
        known.then(|| self.writer.paragraph(&text, &[]))
    }

    fn room(&self) -> Section {
        let mut section = Section::new("utrymme", "Beslutsutrymme");
        section.blocks.push(Block::Table(self.table()));
        if self.plan.kolumner.len() > 1 {
            section.blocks.push(Block::Chart(self.chart()));
        }
        section
    }

    fn cells(&self, row: &str) -> Vec<Cell> {
        self.plan.kolumner.iter().map(|column| self.writer.cell(&self.tabell, row, &column.to_string())).collect()
    }

    fn sum(&self, row: &str, header: &str) -> Row {
        self.writer.namngiven_rad(header, RowKind::Sum, self.cells(row))
    }

    fn table(&self) -> Table {
        let mut rows: Vec<Row> = Vec::new();
        let own =
            |wanted: fn(Plankategori) -> bool| Plankategori::ALL.iter().copied().filter(move |&kind| wanted(kind));
        own(|kategori| kategori.is_income()).for_each(|kategori| self.category(kategori, &mut rows));
        if flera_intakter(self.plan) {
            rows.push(self.sum("summa_intakter", "Summa intäkter"));
        }
        rows.push(Row::Group { heading: "Kostnader".to_owned() });
        own(|kategori| kategori.is_cost()).for_each(|kategori| self.category(kategori, &mut rows));
        rows.push(self.sum("summa_kostnader", "Summa kostnader"));
        rows.push(Row::Group { heading: "Resultat och utrymme".to_owned() });
        rows.push(self.sum("arets_resultat", "Årets beräknade resultat"));
        let brought = Plankategori::OverskottFranTidigareAr;
        rows.push(self.writer.namngiven_rad(brought.text(), RowKind::Normal, self.cells(brought.kod())));
        if self.plan.ansokningar().next().is_some() {
            rows.push(self.sum("beslutsutrymme_efter_beslut", "Beslutsutrymme efter beslut"));
            own(|kategori| kategori.is_application()).for_each(|kategori| self.category(kategori, &mut rows));
            rows.push(self.sum(sista_raden(self.plan), "Beslutsutrymme efter ej beslutade ansökningar"));
        } else {
            rows.push(self.sum(sista_raden(self.plan), "Kvarvarande beslutsutrymme"));
        }
        Table {
            id: self.tabell.clone(),
            label: None,
            caption: "Beslutsutrymme, tkr".to_owned(),
            corner: "Post".to_owned(),
            columns: self.plan.kolumner.iter().map(|column| right(&column.rubrik())).collect(),
            rows,
            footnotes: Vec::new(),
            remarks: self.remarks(),
        }
    }

    fn remarks(&self) -> Vec<samsyn_document::Text> {
        let mut remarks = vec!["Summor är avrundade från kronor och kan skilja på en enhet från sina rader."];
        let both = self.plan.kolumner.iter().any(|column| column.slag == Some(Planslag::Prognos));
        if both {
            remarks.push("Det som förs över till nästa år följer prognosen där den finns, annars budgeten.");
        }
        remarks.into_iter().map(|text| self.writer.text(text, &[])).collect()
    }

    /// The posts of a category, and their sum when they are several.
    fn category(&self, kategori: Plankategori, rows: &mut Vec<Row>) {
        let posts: Vec<usize> = self.plan.av(kategori).map(|(at, _)| at).collect();
        let many = posts.len() > 1 || kategori.is_application();
        if posts.is_empty() {
            return;
        }
        if many {
            rows.push(Row::Group { heading: kategori.text().to_owned() });
        }
        for &at in &posts {
            let post = &self.plan.poster[at];
            let insats = self.writer.rakning.underlag.insats_nr(&post.namn);
            let left_out = self.utan.contains(&at);
            let owner = insats.map(|nr| self.writer.insats(nr).insats.insatsagare.clone());
            let header = postnamn(self.writer.rakning.underlag, post);
            rows.push(Row::Data {
                header: Cell::text(header),
                sub: if left_out { Some("räknas inte med".to_owned()) } else { owner },
                // One post is its category: the figure bears the category's name.
                cells: self.cells(if many { &self.marken[at] } else { kategori.kod() }),
                kind: RowKind::Normal,
            });
        }
        if many {
            rows.push(self.sum(kategori.kod(), &format!("Summa {}", small(kategori.text()))));
        }
    }

    fn chart(&self) -> Chart {
        let last = sista_raden(self.plan);
        let series = [("Intäkter", None), ("Kostnader", Some("summa_kostnader")), ("Kvar att besluta om", Some(last))];
        let column = |column: &Plankolumn| {
            let cell = |row: &str| self.writer.cell(&self.tabell, row, &column.to_string());
            let cells = series.iter().map(|(_, row)| row.map_or_else(|| self.income(column), cell)).collect();
            ChartRow { label: column.rubrik(), cells }
        };
        Chart {
            id: "diagram-beslutsutrymme".to_owned(),
            title: "Intäkter, kostnader och beslutsutrymme".to_owned(),
            description: "Liggande staplar för varje år: intäkter, kostnader och det som är kvar att besluta om. \
                          Ett belopp under noll har ingen stapel. Talen står i tabellen ovan."
                .to_owned(),
            kind: ChartKind::GroupedBars,
            series: series.iter().map(|(name, _)| (*name).to_owned()).collect(),
            rows: self.plan.kolumner.iter().map(column).collect(),
        }
    }

    /// All income: the sum where it is of several categories, else the only one.
    fn income(&self, column: &Plankolumn) -> Cell {
        if flera_intakter(self.plan) {
            return self.writer.cell(&self.tabell, "summa_intakter", &column.to_string());
        }
        let category = Plankategori::ALL.iter().find(|kind| kind.is_income() && self.plan.av(**kind).next().is_some());
        category.map_or_else(Cell::empty, |kind| self.writer.cell(&self.tabell, kind.kod(), &column.to_string()))
    }

    /// The recommended size of saved funds, from the table in force on the day of the meeting.
    fn savings(&self) -> Option<Section> {
        let steps = &self.writer.rakning.underlag.ekonomi.sparandesteg;
        let day = self.plan.datum?;
        let from = steps.iter().map(|step| step.galler_fran).filter(|from| *from <= day).max()?;
        let steps: Vec<_> = steps.iter().filter(|step| step.galler_fran == from).collect();
        let mut section = Section::new("sparande", "Rekommenderat sparande");
        let source = steps.first().map_or("", |step| step.kalla.as_str());
        section.blocks.push(self.writer.paragraph(
            "Sparade medel bör inte vara större än tabellen anger. Den gäller från {0}. Källa: {1}.",
            &[&format::long_date(from), source],
        ));
        let row = |step: &&crate::sparandesteg::Sparandesteg| {
            let most = match (step.hogst_procent, step.hogst_kr) {
                (Some(share), Some(amount)) => format!("{share} %, högst {} kr", format::kronor(amount)),
                (Some(share), None) => format!("{share} % av årets intäkt"),
                (None, Some(amount)) => format!("{} kr", format::kronor(amount)),
                (None, None) => format::MISSING.to_owned(),
            };
            let header = format!("{} kr", format::kronor(step.intakt_fran_kr));
            self.writer.namngiven_rad(&header, RowKind::Normal, vec![Cell::text(most)])
        };
        section.blocks.push(Block::Table(Table {
            id: "sparande".to_owned(),
            label: None,
            caption: "Rekommenderad storlek på sparade medel".to_owned(),
            corner: "Årlig intäkt från".to_owned(),
            columns: vec![right("Högst")],
            rows: steps.iter().map(row).collect(),
            footnotes: Vec::new(),
            remarks: Vec::new(),
        }));
        Some(section)
    }

    /// What differs from the plan of the meeting before.
    fn changes(&self, nr: PlanNr) -> Option<Section> {
        let before = &self.writer.rakning.underlag.ekonomi.planer[nr.checked_sub(1)?];
        let shared = before.kolumner.iter().any(|column| self.plan.kolumner.contains(column));
        let told = planskillnad(self.writer.rakning.underlag, before, self.plan);
        if !shared || told.is_empty() {
            return None;
        }
        let mut section = Section::new("andringar", "Ändringar sedan förra planen");
        let day = before.datum.map_or_else(String::new, format::long_date);
        section.blocks.push(self.writer.paragraph("Jämfört med planen till mötet den {0}:", &[&day]));
        section.blocks.push(Block::List(told.into_iter().map(|text| vec![Inline::Text(text)]).collect()));
        Some(section)
    }
}

/// The words of a category inside a sentence; an abbreviation keeps its capitals.
fn small(text: &str) -> String {
    if text.starts_with("ESF") {
        text.to_owned()
    } else {
        text.chars().take(1).flat_map(char::to_lowercase).chain(text.chars().skip(1)).collect()
    }
}
