//! Gallring on the command line, and what it means for copies.

use crate::base::{Program, project};
use samsyn_store::{Db, Signature, Target, forbund, installning};

/// Sets the rule: so many months after the exit.
fn rule(program: &Program, months: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        let db = Db::open_existing(&Target::Folder(program.path("samsyn-data"))).await.unwrap();
        let nr = forbund::all(&db).await.unwrap()[0].nr;
        let signature = Signature { who: "Chef", why: "Gallringsplanen", now_ms: 1_700_000_000_000 };
        installning::set(&db, nr, &[("gallring.manader_efter_avslut", Some(months))], signature).await.unwrap();
        db.close().await;
    });
}

fn holds(program: &Program, text: &str) -> bool {
    let files = std::fs::read_dir(program.path("samsyn-data")).unwrap().map(|file| file.unwrap().path());
    files
        .map(|path| std::fs::read(path).unwrap())
        .any(|bytes| bytes.windows(text.len()).any(|part| part == text.as_bytes()))
}

/// One door can do what the other can.
#[test]
fn the_command_line_proposes_decides_and_carries_out() {
    let program = Program::with_demo();
    let told = program.done(&["gallra", "visa"]);
    assert!(told.contains("Förbundet har ingen regel.") && told.contains("inget behöver gallras"), "{told}");
    rule(&program, "24");
    let told = program.done(&["gallra", "visa"]);
    assert!(
        told.contains("D00001  Utskriven, att gallra sedan 2021-08-21\n"),
        "years before the system began have no report to wait for: {told}"
    );
    assert!(told.contains("PM för andra halvåret 2022, inte låst: ") && !told.contains("väntar på låst PM"), "{told}");
    let run = program.run(&["gallra", "besluta", "--skal", "Planen", "--insats", "finns-inte"]);
    assert!(run.code == 2 && run.err.contains("inget att gallra i insatsen finns-inte"), "{run:?}");
    let all = ["gallra", "besluta", "--skal", "Planen § 8", "--insats", "ost-bryggan", "--aven-behovda"];
    assert!(program.done(&all).starts_with("Beslut 1 är sparat."));
    assert!(program.done(&["gallra", "aterta", "1"]).contains("återtaget"));
    assert_eq!(program.run(&["gallra", "utfor", "1"]).code, 2);
    assert!(program.done(&all).starts_with("Beslut 2 är sparat.") && holds(&program, "D00001"));

    let figures = ["siffror", "2022-H1", "--per", "2022-08-30"];
    let before = program.done(&figures);
    // A copy that is taken before still holds them.
    program.done(&["sakerhetskopiera", "fore.samsyn"]);
    let told = program.done(&["gallra", "utfor", "2"]);
    assert!(told.contains("inskrivningar är borttagna. Databasens filer är städade."), "{told}");
    assert!(!holds(&program, "D00001"));
    let told = program.done(&["gallra", "inskrivning", "D00500", "--skal", "Skriftligen"]);
    assert!(told.starts_with("En inskrivning är borttagen."), "{told}");
    assert_eq!(program.run(&["gallra", "inskrivning", "D00500", "--skal", "Skriftligen"]).code, 2);
    let told = program.done(&["gallra", "visa"]);
    assert!(told.contains("återtaget") && told.contains("utfört") && told.contains("Återkallat samtycke. Skriftligen"));
    assert!(!told.contains("ost-bryggan"), "{told}");
    // As known at an earlier day they do not come back either; an old file brings them back as new.
    assert_ne!(program.done(&figures), before);
    program.done(&["exportera", "underlag", "ut", "--med-historik"]);
    let rows = std::fs::read_to_string(program.path("ut/historik/deltagare.csv")).unwrap();
    assert!(!rows.contains("D00001") && rows.contains("D00900"));
    let demo = project("demo");
    program.done(&["importera", "underlag", demo.to_str().unwrap(), "--godkann-varningar"]);
    assert!(holds(&program, "D00001"));

    // Brought back, the copy undoes what was done after it, and that is told.
    let told = program.done(&["aterstall", "fore.samsyn"]);
    assert!(
        told.contains("uppsala-lan, beslut 2, utfört ") && told.contains("uppsala-lan, beslut 3, utfört "),
        "{told}"
    );
    assert!(told.contains("Planen § 8") && told.contains("samsyn gallra visa"), "{told}");
    program.done(&["gallra", "utfor", "2"]);
    assert!(!holds(&program, "D00001"));
    program.done(&["sakerhetskopiera", "efter.samsyn"]);
    assert!(!program.done(&["aterstall", "efter.samsyn"]).contains("gallringar"));
}

/// From backups at the next rotation.
#[test]
fn the_oldest_copies_give_way() {
    let program = Program::with_demo();
    let folder = program.path("kopior");
    std::fs::create_dir(&folder).unwrap();
    for name in ["samsyn-20260101020000.samsyn", "samsyn-20260102020000.samsyn", "samsyn-egen.samsyn", "annat.txt"] {
        std::fs::write(folder.join(name), "x").unwrap();
    }
    let told = program.done(&["sakerhetskopiera", "kopior", "--behall", "2"]);
    assert!(told.contains("Den äldsta kopian är borttagen."), "{told}");
    let mut names: Vec<String> = std::fs::read_dir(&folder)
        .unwrap()
        .map(|file| file.unwrap().file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names.len(), 4, "{names:?}");
    for kept in ["annat.txt", "samsyn-20260102020000.samsyn", "samsyn-egen.samsyn"] {
        assert!(names.contains(&kept.to_owned()), "{names:?}");
    }
    assert_eq!(program.run(&["sakerhetskopiera", "kopior", "--behall", "0"]).code, 2);
}
