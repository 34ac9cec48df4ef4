use samsyn_core::{
    Fact, Facts,
    calc::{Rakning, siffror},
    for_every_noun,
    underlag::Underlag,
};
use samsyn_document::{Datum, Halvar, format};
fn read<F: Fact>(dir: &str) -> Vec<F> {
    let text = std::fs::read_to_string(format!("{dir}/{}.csv", F::RESOURCE)).unwrap();
    let mut rows = csv::ReaderBuilder::new()
        .delimiter(b';')
        .flexible(true)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    rows.records()
        .map(|r| {
            let r = r.unwrap();
            F::parse(&|i| r.get(i).unwrap_or(""), &mut |i, e| panic!("{dir} {} {i} {e:?} {r:?}", F::RESOURCE)).unwrap()
        })
        .collect()
}
fn load(dir: &str) -> Facts {
    let mut f = Facts::default();
    macro_rules! l { ($($n:ident: $t:ty,)+) => { $(f.$n = read(dir);)+ } }
    for_every_noun!(l);
    f
}
fn check(dir: &str, facit: &str, period: &str, per: &str) -> (usize, Vec<String>) {
    let facts = load(dir);
    let per: Datum = per.parse().unwrap();
    let period: Halvar = period.parse().unwrap();
    let u = Underlag::new(facts.known_at(per), per);
    let r = Rakning::new(&u, period);
    let got: std::collections::HashMap<String, String> =
        siffror(&r).into_iter().map(|f| (f.id.to_string(), format::plain(&f.value))).collect();
    let text = std::fs::read_to_string(facit).unwrap();
    let mut rows = csv::ReaderBuilder::new()
        .delimiter(b';')
        .flexible(true)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut wrong = vec![];
    let mut n = 0;
    for row in rows.records() {
        let row = row.unwrap();
        n += 1;
        let id = format!("{}/{}/{}", &row[0], &row[1], &row[2]);
        let have = got.get(&id).map_or("", |v| v);
        if have != &row[3] {
            wrong.push(format!("{facit} {id}: facit {:?} got {:?}", &row[3], got.get(&id)));
        }
    }
    (n, wrong)
}
#[test]
fn facit() {
    let b = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let mut wrong = vec![];
    let mut total = 0;
    for (p, per) in [("2022-H1", "2022-08-30"), ("2022-H2", "2023-03-01"), ("2023-H1", "2023-08-30")] {
        let (n, w) = check(&format!("{b}/demo"), &format!("{b}/testdata/facit/pm-{p}.csv"), p, per);
        total += n;
        wrong.extend(w);
    }
    println!("{total}");
    for k in ["1", "2"] {
        for (p, per) in
            [("2024-H1", "2024-08-30"), ("2024-H1", "2024-12-01"), ("2024-H2", "2024-12-31"), ("2024-H2", "2025-02-20")]
        {
            let (n, w) = check(
                &format!("{b}/testdata/prov/{k}"),
                &format!("{b}/testdata/prov/{k}/facit-{p}-per-{per}.csv"),
                p,
                per,
            );
            total += n;
            wrong.extend(w);
        }
    }
    println!("{total} wrong {}", wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
