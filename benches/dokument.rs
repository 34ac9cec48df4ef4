//! How long a document takes in a running process: the real PM of 14 pages, and one three times as long.

use divan::Bencher;
use samsyn_core::calc::Rakning;
use samsyn_core::rapport::pm::pm;
use samsyn_core::underlag::Underlag;
use samsyn_document::{Document, Halvar, Look, Section};
use samsyn_import::package::{Limits, parse, read_dir};
use std::path::Path;

fn main() {
    divan::main();
}

/// The PM for 2022-H1, its sections so many times over.
fn document(times: usize) -> Document {
    let folder = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../../demo"));
    let files = read_dir(folder, &Limits::default()).expect("the demo");
    let per = "2022-08-30".parse().expect("a day");
    let parsed = parse(&files, &Limits::default(), per);
    let underlag = Underlag::new(parsed.facts.expect("the demo"), per);
    let period: Halvar = "2022-H1".parse().expect("a half-year");
    let mut document = pm(&Rakning::new(&underlag, period));
    let sections = document.sections.clone();
    for time in 1..times {
        document.sections.extend(sections.iter().map(|section| renamed(section, time)));
    }
    document
}

fn renamed(section: &Section, time: usize) -> Section {
    let sections = section.sections.iter().map(|inner| renamed(inner, time)).collect();
    Section { id: format!("{}-{time}", section.id), sections, ..section.clone() }
}

#[divan::bench(args = [1, 3], sample_count = 30, sample_size = 1)]
fn pdf(bencher: Bencher, times: usize) {
    let (document, look) = (document(times), Look::default());
    told(&document, &look, times);
    bencher.bench_local(|| samsyn_pdf::pdf(&document, &look).map(|bytes| bytes.len()));
}

/// The same when nothing is remembered of earlier documents.
#[divan::bench(args = [1, 3], sample_count = 30, sample_size = 1)]
fn pdf_new(bencher: Bencher, times: usize) {
    let (document, look) = (document(times), Look::default());
    let forget = || (0..4).for_each(|_| samsyn_pdf::forget());
    bencher.with_inputs(forget).bench_local_values(|()| samsyn_pdf::pdf(&document, &look).map(|bytes| bytes.len()));
}

/// How many pages it has, where the machine can say.
fn told(document: &Document, look: &Look, times: usize) {
    let bytes = samsyn_pdf::pdf(document, look).expect("a PDF");
    let path = std::env::temp_dir().join(format!("samsyn-bench-{times}.pdf"));
    std::fs::write(&path, &bytes).expect("a temporary folder");
    let info = std::process::Command::new("pdfinfo").arg(&path).output().map(|out| out.stdout).unwrap_or_default();
    let pages = String::from_utf8_lossy(&info).lines().find(|line| line.starts_with("Pages")).map(str::to_owned);
    eprintln!("{times}: {} kB, {}", bytes.len() / 1000, pages.unwrap_or_default());
    let _ = std::fs::remove_file(path);
}

#[divan::bench(args = [1, 3])]
fn docx(bencher: Bencher, times: usize) {
    let (document, look) = (document(times), Look::default());
    bencher.bench_local(|| samsyn_render::docx(&document, &look, None).map(|bytes| bytes.len()));
}

#[divan::bench(args = [1, 3])]
fn xlsx(bencher: Bencher, times: usize) {
    let (document, look) = (document(times), Look::default());
    bencher.bench_local(|| samsyn_render::xlsx(&document, &look).map(|bytes| bytes.len()));
}

#[divan::bench(args = [1, 3])]
fn html(bencher: Bencher, times: usize) {
    let document = document(times);
    bencher.bench_local(|| samsyn_render::html(&document).len());
}
