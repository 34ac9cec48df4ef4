//! Packages of the workspace are read without errors and come back byte for byte.

use samsyn_core::{Fact, Facts, Field, Severity, for_every_noun};
use samsyn_document::Datum;
use samsyn_import::package::{self, Limits, Parsed, ReceivedFile};
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn read(folder: &str) -> (Vec<ReceivedFile>, Parsed) {
    let files = package::read_dir(&root().join(folder), &Limits::default()).unwrap();
    let parsed = package::parse(&files, &Limits::default(), Datum::parse("2026-11-22").unwrap());
    (files, parsed)
}

fn by_name(files: &[ReceivedFile]) -> BTreeMap<&str, &[u8]> {
    files.iter().map(|file| (file.name.as_str(), file.bytes.as_slice())).collect()
}

/// The same form back; what the form can hold comes back row for row. Every CSV file comes back byte
/// for byte; of datapackage.json all but name, title and description, which are the förbund's own.
#[test]
fn a_package_comes_back_as_it_was() {
    for folder in ["demo", "testdata/prov/1", "testdata/prov/2"] {
        let (files, parsed) = read(folder);
        let errors: Vec<String> =
            parsed.findings.iter().filter(|f| f.severity == Severity::Fel).map(|f| f.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new(), "{folder}");
        let facts = parsed.facts.unwrap();
        let written = package::write(&facts, &parsed.title);
        let (before, after) = (by_name(&files), by_name(&written));
        assert_eq!(before.keys().collect::<Vec<_>>(), after.keys().collect::<Vec<_>>());
        let own = usize::from(folder == "demo");
        assert_eq!((before.len(), parsed.present.len()), (18 + own, 17 + own));
        for (name, bytes) in before.iter().filter(|(name, _)| name.ends_with(".csv")) {
            assert_eq!(String::from_utf8_lossy(bytes), String::from_utf8_lossy(after[name]), "{folder}/{name}");
        }
        let [old, new]: [Value; 2] =
            [&before, &after].map(|files| serde_json::from_slice(files["datapackage.json"]).unwrap());
        assert_eq!(old["resources"], new["resources"]);
        assert_eq!(new["title"], old["title"]);

        // And what was written is a package that says the same.
        let again = package::parse(&written, &Limits::default(), Datum::parse("2026-11-22").unwrap());
        assert_eq!(again.facts, Some(facts));
    }
}

/// The embedded descriptor says of every noun what the nouns say themselves: fields in their order,
/// which are required, closed lists, and the key.
#[test]
fn the_descriptor_and_the_nouns_agree() {
    // An optional resource stands in the descriptor when it has rows.
    let written = package::write(&with_every_noun(), "Allt");
    let json: Value = serde_json::from_slice(&written[0].bytes).unwrap();
    let mut resources = json["resources"].as_array().unwrap().iter();
    macro_rules! each {
        ($($field:ident: $type:ty,)+) => {
            $(agrees::<$type>(resources.next().unwrap());)+
        };
    }
    for_every_noun!(each);
    assert!(resources.next().is_none());
}

/// A package with the optional resources comes back too, and without their rows they are not named.
#[test]
fn what_is_optional_is_written_when_there_is_some() {
    let facts = Facts { forbund: read("demo").1.facts.unwrap().forbund, ..with_every_noun() };
    let names = |facts: &Facts| package::write(facts, "T").into_iter().map(|file| file.name).collect::<Vec<_>>();
    let optional = [
        "slutrapporter.csv",
        "partskommentarer.csv",
        "kommentarer.csv",
        "ljusval.csv",
        "manadsantal.csv",
        "avslutsantal.csv",
        "medlemsavgifter.csv",
        "planposter.csv",
        "sparandesteg.csv",
        "bokslut.csv",
        "kontosaldon.csv",
        "objektsaldon.csv",
        "rapportstruktur.csv",
        "projektkopplingar.csv",
        "kostnadsstallen.csv",
        "schabloner.csv",
    ];
    assert!(names(&facts).ends_with(&optional.map(str::to_owned)));
    assert_eq!(names(&Facts::default()).len(), names(&facts).len() - optional.len());
    let (mut package, mut demo) = (read("demo").1.facts.unwrap(), read("demo").1.facts.unwrap());
    (package.slutrapporter, package.kommentarer) = (facts.slutrapporter, facts.kommentarer);
    (package.partskommentarer, package.ljusval) = (facts.partskommentarer, facts.ljusval);
    (package.manadsantal, package.avslutsantal) = (facts.manadsantal, facts.avslutsantal);
    (package.medlemsavgifter, package.planposter) = (facts.medlemsavgifter, facts.planposter);
    package.sparandesteg = facts.sparandesteg;
    (package.bokslut, package.kontosaldon) = (facts.bokslut, facts.kontosaldon);
    (package.objektsaldon, package.rapportstruktur) = (facts.objektsaldon, facts.rapportstruktur);
    (package.projektkopplingar, package.kostnadsstallen) = (facts.projektkopplingar, facts.kostnadsstallen);
    package.schabloner = facts.schabloner;
    let again = package::parse(&package::write(&package, "T"), &Limits::default(), Datum::parse("2026-11-22").unwrap());
    assert_eq!(again.facts, Some(package.clone()), "{:?}", again.findings);
    assert!(package::is_whole(&again.present) && package::is_whole(&read("demo").1.present));
    // What a comment is about must be there.
    demo.kommentarer = package.kommentarer;
    demo.kommentarer[0].nyckel = Field::parse("finns-inte").unwrap();
    let again = package::parse(&package::write(&demo, "T"), &Limits::default(), Datum::parse("2026-11-22").unwrap());
    assert_eq!(again.facts, None);
    assert!(again.findings[0].to_string().contains("kommentarer.csv"), "{:?}", again.findings);
}

/// A row of each optional noun, about what the demo has.
fn with_every_noun() -> Facts {
    fn row<F: Fact>(cells: &[&str]) -> Vec<F> {
        vec![F::parse(&|i| cells[i], &mut |_, error| panic!("{cells:?}: {error:?}")).unwrap()]
    }
    Facts {
        slutrapporter: row(&["ost-bryggan", "Att pröva.\nTvå stycken", "", "2023-10-01"]),
        partskommentarer: row(&["ost-bryggan", "Östhammar", "Bra; \"mycket\""]),
        kommentarer: row(&["avvikelse", "A001", "2022-H1", "Följs upp"]),
        ljusval: row(&["ost-bryggan", "2022-H1", "gul", "Låg beläggning"]),
        manadsantal: row(&["ups-lokussamordnare", "2022-03", "K", "4", "3", "2022-04-05"]),
        avslutsantal: row(&["ups-lokussamordnare", "2022-03", "K", "egen_begäran", "1", "1", "0", "2022-04-05"]),
        medlemsavgifter: row(&["2022", "23090000", "2021-11-25"]),
        planposter: row(&["2022-10-20", "samverkansinsatser", "ost-bryggan", "2022-prognos", "1780000"]),
        sparandesteg: row(&["2013-10-02", "20000000", "", "4000000", "Skrivelse"]),
        bokslut: row(&["2022-06-30", "2022-01-01", "Program 1", ""]),
        kontosaldon: row(&["2022-06-30", "4010", "Insatser; individ", "0", "8569891,7"]),
        objektsaldon: row(&["2022-06-30", "6", "101", "", "4010", "-12,5"]),
        rapportstruktur: row(&["2021", "4010", "4010", "samverkansinsatser", "5", "per_projekt"]),
        projektkopplingar: row(&["2021", "101", "enk-jobbcentrum"]),
        kostnadsstallen: row(&["2021", "10", "fortroendevalda"]),
        schabloner: row(&["2022", "Håbo", "försörjningsstöd", "180000", "Beslut"]),
        ..Facts::default()
    }
}

fn agrees<F: Fact>(resource: &Value) {
    let texts = |value: &Value| -> Vec<String> {
        value.as_array().map_or_else(Vec::new, |list| list.iter().map(|v| v.as_str().unwrap().to_owned()).collect())
    };
    assert_eq!(resource["name"], F::RESOURCE);
    assert_eq!(resource["path"], format!("{}.csv", F::RESOURCE));
    let fields = resource["schema"]["fields"].as_array().unwrap();
    let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
    assert_eq!(names, F::FIELDS);
    for ((field, required), codes) in fields.iter().zip(F::REQUIRED).zip(F::CODES) {
        let (name, constraints) = (&field["name"], &field["constraints"]);
        assert_eq!(constraints["required"] == true, *required, "{name}");
        assert_eq!(texts(&constraints["enum"]), *codes, "{name}");
    }
    let key: Vec<&str> = F::KEY.iter().map(|field| F::FIELDS[*field]).collect();
    match &resource["schema"]["primaryKey"] {
        Value::String(only) => assert_eq!(key, [only.as_str()]),
        Value::Array(_) => assert_eq!(texts(&resource["schema"]["primaryKey"]), key),
        // Activities have no key of their own in the form.
        _ => assert_eq!(F::RESOURCE, "aktiviteter"),
    }
}

/// Several kinds stand in one cell, `budget|tid`, so their list is a pattern in the form.
#[test]
fn a_list_in_a_cell_has_no_codes() {
    assert!(<samsyn_core::avvikelse::AvvikelseTyper as Field>::CODES.is_empty());
}
