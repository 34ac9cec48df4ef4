//! The förvaltningsberättelse: what the system knows of the year, and places for what people must write.

use super::{Rapport, oversikt, tabell};
use crate::calc::tabeller::verksamhet::{arets_mal, malrad, slag};
use crate::mal::Enhet;
use crate::medlem::MedlemTyp;
use crate::rapport::pm::sammanfattning;
use crate::rapport::skrivare::{left, right};
use crate::rapportstruktur::Rad;
use samsyn_document::{Block, Cell, Kvot, Row, RowKind, Section, Value, format};

pub(super) fn section(rapport: &Rapport<'_, '_>) -> Section {
    let mut section = Section::new("forvaltningsberattelse", "Förvaltningsberättelse");
    let plain = |id: &str, heading: &str, what: &str| rapport.written(id, heading, what);
    section.sections.push(oversikt::overview(rapport));
    section.sections.push(summary(rapport));
    section.sections.push(about(rapport));
    section.sections.push(plain(
        "forhallanden",
        "Viktiga förhållanden för resultat och ekonomisk ställning",
        "vad som påverkar resultatet och ställningen",
    ));
    section.sections.push(plain(
        "handelser",
        "Händelser av väsentlig betydelse",
        "händelser under perioden och efter den",
    ));
    section.sections.push(goals(rapport));
    section.sections.push(activities(rapport));
    section.sections.push(plain("projekt", "Egna projekt", "projekt som förbundet driver självt"));
    section.sections.push(insatser(rapport));
    section.sections.push(participants(rapport));
    section.sections.push(plain("jamstalldhet", "Jämställdhet", "vad uppföljningen visar om kvinnor och män"));
    section.sections.push(plain("analys", "Sammanfattande analys", "vad resultaten säger tillsammans"));
    section.sections.push(plain("internkontroll", "Intern kontroll", "vad kontrollerna visat och vad som rättats"));
    section.sections.push(plain("hushallning", "God ekonomisk hushållning", "bedömning mot styrelsens riktlinjer"));
    section.sections.push(grants(rapport));
    section.sections.push(capital(rapport));
    section.sections.push(staff(rapport));
    section.sections.push(plain("utveckling", "Förväntad utveckling", "vad som väntas framöver"));
    section
}

fn summary(rapport: &Rapport<'_, '_>) -> Section {
    let mut section = Section::new("sammanfattning", "Sammanfattning av perioden");
    section.blocks.extend(sammanfattning::results(&rapport.writer));
    section.blocks.push(rapport.place("periodens viktigaste händelser och resultat"));
    section
}

fn about(rapport: &Rapport<'_, '_>) -> Section {
    let mut section = Section::new("forbundet", "Om förbundet");
    let writer = &rapport.writer;
    let members = &writer.rakning.underlag.ekonomi.medlemmar;
    let of = |typ: MedlemTyp| -> Vec<&str> {
        members.iter().filter(|medlem| medlem.typ == typ).map(|medlem| medlem.medlem.as_str()).collect()
    };
    let all: Vec<&str> = [MedlemTyp::Stat, MedlemTyp::Region, MedlemTyp::Kommun].into_iter().flat_map(of).collect();
    if !all.is_empty() {
        section.blocks.push(writer.paragraph(
            "{0} bildar tillsammans förbundet enligt lagen (2003:1210) om finansiell samordning av rehabiliteringsinsatser.",
            &[&format::list(&all)],
        ));
    }
    section.blocks.push(rapport.place(
        "organisation: styrelse med ersättare och mandattider, revisorer, kansli, lokusgrupper, medlemssamråd och \
         medlemsdialoger",
    ));
    section
}

/// Each resultatmål with its target, how it is measured, and what came of it.
fn goals(rapport: &Rapport<'_, '_>) -> Section {
    let mut section = Section::new("mal", "Mål och utfall");
    let writer = &rapport.writer;
    let goals = arets_mal(writer.rakning);
    if goals.is_empty() {
        section.blocks.push(Block::Notice(
            writer.text("Styrelsens mål för {0} finns inte i systemet.", &[&writer.rakning.period.year().to_string()]),
        ));
        return section;
    }
    let mut table = tabell("resultatmal", "Resultatmål och utfall", "Resultatmål");
    table.columns = vec![right("Mål"), right("Utfall"), left("Läge")];
    let mut under: Option<u16> = None;
    for (_, goal) in goals {
        if under != Some(goal.mal_nr) {
            table.rows.push(Row::Group { heading: format!("{}. {}", goal.mal_nr, goal.mal) });
            under = Some(goal.mal_nr);
        }
        let rad = malrad(goal);
        let share = goal.enhet == Some(Enhet::Procent);
        let target = writer.cell("resultatmal", &rad, "maltal");
        let outcome = writer.cell("resultatmal", &rad, "utfall");
        let state = if outcome.figure.is_none() && rapport.writer.rakning.smatal().is_some() {
            "visas inte här, eller följs upp för hand"
        } else if outcome.figure.is_none() {
            "följs upp för hand"
        } else {
            state(&target.value, &outcome.value)
        };
        let cells = vec![Cell { value: percent(target.value.clone(), share), ..target }, outcome, Cell::text(state)];
        table.rows.push(Row::Data { header: Cell::text(&goal.resultatmal), sub: None, cells, kind: RowKind::Normal });
    }
    table.remarks.push(writer.text(
        "Utfallet är sedan den 1 januari. Ett mål gäller hela året; före årets slut kan det vara på väg utan att vara nått.",
        &[],
    ));
    section.blocks.push(Block::Table(table));
    section.blocks.push(rapport.place("kommentar till målen, och utfall av dem som följs upp för hand"));
    section
}

/// A target in percent, shown as one.
fn percent(target: Value, share: bool) -> Value {
    match target {
        Value::Tal(number) if share => {
            number.whole().and_then(|percent| Kvot::new(percent, 100)).map_or(Value::Tal(number), Value::Andel)
        }
        other => other,
    }
}

/// Whether a target is reached.
fn state(target: &Value, outcome: &Value) -> &'static str {
    let number = |value: &Value| match value {
        Value::Antal(count) => Some(*count),
        Value::Andel(ratio) => Some(ratio.percent()),
        Value::Tal(tal) => tal.whole(),
        _ => None,
    };
    match (number(target), number(outcome)) {
        (Some(target), Some(outcome)) if outcome >= target => "nått",
        (Some(_), Some(_)) => "inte nått",
        _ => format::MISSING,
    }
}

fn activities(rapport: &Rapport<'_, '_>) -> Section {
    let mut section = Section::new("aktiviteter", "Styrning och uppföljning");
    let writer = &rapport.writer;
    let kinds = slag(writer.rakning);
    if !kinds.is_empty() {
        section.blocks.push(writer.paragraph(
            "Förbundet har sedan den 1 januari hållit {ord aktiviteter/summa/antal} \
             {välj aktiviteter/summa/antal aktivitet|aktiviteter}.",
            &[],
        ));
        let mut table = tabell("aktiviteter", "Aktiviteter", "Slag");
        table.columns = vec![right("Antal"), right("Deltagare där någon räknat")];
        let cells = |rad: &str| ["antal", "deltagare"].map(|kolumn| writer.cell("aktiviteter", rad, kolumn)).to_vec();
        for kind in &kinds {
            let rad = kind.replace('/', "-");
            table.rows.push(writer.namngiven_rad(&format::capital(kind), RowKind::Normal, cells(&rad)));
        }
        table.rows.push(writer.namngiven_rad("Alla", RowKind::Sum, cells("summa")));
        section.blocks.push(Block::Table(table));
    }
    section.blocks.push(rapport.place("hur förbundet styr och följer upp, nätverk och seminarier"));
    section
}

/// The insatser of the half-year in short.
fn insatser(rapport: &Rapport<'_, '_>) -> Section {
    let mut section = Section::new("insatser", "Insatser");
    let writer = &rapport.writer;
    let shown = &writer.rakning.rader.tabell_1;
    if shown.is_empty() {
        section.blocks.push(writer.paragraph("Ingen insats hör till perioden.", &[]));
        return section;
    }
    let mut table = tabell("tabell-1", "Insatser som förbundet finansierar", "Insats");
    table.columns = vec![right("Start"), right("Till och med")];
    table.rows = shown.iter().map(|&insats| writer.rad("1", insats, &["start", "slut"])).collect();
    section.blocks.push(Block::Table(table));
    section
}

fn participants(rapport: &Rapport<'_, '_>) -> Section {
    let mut section = Section::new("deltagare", "Deltagare");
    let writer = &rapport.writer;
    let mut table = tabell("tabell-6", "Deltagare sedan den 1 januari", "Deltagare");
    table.columns = vec![right("Kvinnor"), right("Män"), right("Alla")];
    for (namn, text) in [
        ("inregistrerade", "Inskrivna"),
        ("avslutade", "Avslutade"),
        ("pagaende", "Pågående vid periodens slut"),
        ("till_arbete_studier", "Till arbete eller studier"),
    ] {
        let cells = ["K", "M", "S"].map(|kon| writer.cell("6", "summa", &format!("{namn}_{kon}"))).to_vec();
        table.rows.push(writer.namngiven_rad(text, RowKind::Normal, cells));
    }
    table.remarks.push(writer.text(
        "Inskrivningar räknas: den som deltar i två insatser räknas en gång i vardera. Anonyma ingår inte.",
        &[],
    ));
    section.blocks.push(Block::Table(table));
    section
}

fn grants(rapport: &Rapport<'_, '_>) -> Section {
    let mut section = Section::new("medelstilldelning", "Medelstilldelning");
    let writer = &rapport.writer;
    let till = rapport.dagar.till;
    if rapport.har(till) {
        let template =
            format!("Medlemmarnas avgifter för {{0}} är {{resultatrakning/{}/{till}}}.", Rad::Rorelseintakter.kod());
        section.blocks.push(writer.paragraph(&template, &[&rapport.tiden()]));
        let template = format!(
            "Överskottet från tidigare år, utan den bundna reservfonden, var när året började {{balansrakning/{}/{till}-ingaende}} och \
             {{balansrakning/{}/{till}-ingaende}} i resultat från året före.",
            Rad::OverskottTidigareAr.kod(),
            Rad::RedovisatResultatFgAr.kod()
        );
        section.blocks.push(writer.paragraph(&template, &[]));
    } else {
        section.blocks.push(rapport.place("medlemmarnas avgifter och överskott från tidigare år"));
    }
    section
}

fn capital(rapport: &Rapport<'_, '_>) -> Section {
    let mut section = Section::new("kapitalforvaltning", "Kapitalförvaltning");
    let writer = &rapport.writer;
    let till = rapport.dagar.till;
    if rapport.har(till) {
        let template = format!(
            "Kortfristiga placeringar är {{balansrakning/{}/{till}}} den {{0}}.",
            Rad::KortfristigaPlaceringar.kod()
        );
        section.blocks.push(writer.paragraph(&template, &[&format::long_date(till)]));
    }
    section.blocks.push(rapport.place("hur medlen är placerade och om det följer riktlinjerna"));
    section
}

fn staff(rapport: &Rapport<'_, '_>) -> Section {
    let mut section = Section::new("personal", "Väsentliga personalförhållanden");
    let writer = &rapport.writer;
    let till = rapport.dagar.till.to_string();
    if writer.shows("oversikt", "antal_anstallda", &till) {
        let template =
            format!("Förbundet hade {{ord oversikt/antal_anstallda/{till}}} anställda, räknat i heltidstjänster.");
        section.blocks.push(writer.paragraph(&template, &[]));
    }
    section.blocks.push(rapport.place("vad som hänt bland personalen"));
    section
}
