//! SCB's population on the command line: from a file, and from a server that stands in for SCB's.

use crate::base::{Program, Run};
use serde_json::{Value, json};
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread::JoinHandle;
use std::time::Duration;

/// The förbund's kommuner with SCB's codes.
const KOMMUNER: [(&str, &str); 8] = [
    ("0305", "Håbo"),
    ("0319", "Älvkarleby"),
    ("0330", "Knivsta"),
    ("0331", "Heby"),
    ("0360", "Tierp"),
    ("0380", "Uppsala"),
    ("0381", "Enköping"),
    ("0382", "Östhammar"),
];

#[test]
fn a_file_is_taken_in_and_tells_what_is_new() {
    let program = Program::with_demo();
    std::fs::write(program.path("scb.csv"), "region;2021;2022\nHeby;14262;14 313\nTierp;21454;21500\n").unwrap();
    let run = program.run(&["importera", "folkmangd", "scb.csv", "--skal", "Inför budgeten"]);
    assert_eq!(run.code, 0, "{run:?}");
    let told = "Folkmängden är inläst:\n  Heby 2022-11-01: 14\u{a0}313 (ny)\n  Tierp 2022-11-01: 21\u{a0}500 (ny)\n\
                Redan kända tal: 2.\n";
    assert_eq!(run.out, told);
    assert!(run.err.starts_with("VARNING: Tabellen har ingen rad för Enköping, Håbo"), "{}", run.err);
    assert_eq!(
        program.done(&["importera", "folkmangd", "scb.csv"]),
        "Folkmängden var redan känd. Inget har ändrats.\n"
    );
    std::fs::write(program.path("scb.csv"), "region;2022\nHeby;14331\n").unwrap();
    let told = program.done(&["importera", "folkmangd", "scb.csv"]);
    assert!(told.contains("  Heby 2022-11-01: 14\u{a0}331 (förut 14\u{a0}313)\n"), "{told}");
    let exported = stored(&program, "ett");
    let has = |row: &str| exported.lines().any(|line| line == row);
    assert!(has("Heby;2022-11-01;14331") && has("Heby;2021-11-01;14262"), "{exported}");
}

#[test]
fn nothing_of_a_file_with_faults_is_stored() {
    let program = Program::with_demo();
    let before = stored(&program, "fore");
    for (text, skal, code, told) in [
        ("region;2022\nHeby;14331\nTierp;tjugo\n", "x", 1, "Filen är inte inläst. Ingenting har sparats."),
        ("Hej\n", "x", 1, "FolkmangdNov"),
        ("region;2022\nHeby;14331\n", "se 900101-0017", 2, "Skriv ett skäl utan personnummer."),
        ("region;2022\nHeby;14331\n", " ", 2, "Skriv ett skäl"),
    ] {
        std::fs::write(program.path("scb.csv"), text).unwrap();
        let run = program.run(&["importera", "folkmangd", "scb.csv", "--skal", skal]);
        assert!(run.code == code && run.err.contains(told) && run.out.is_empty(), "{text}: {run:?}");
        assert!(!run.err.contains("900101"), "{run:?}");
    }
    let gone = program.run(&["importera", "folkmangd", "finns-ej.csv"]);
    assert!(gone.code == 3 && gone.err.contains("den finns inte"), "{gone:?}");
    assert_eq!(stored(&program, "efter"), before);
}

#[test]
fn scb_is_asked_for_a_year_and_told_nothing_else() {
    let program = Program::with_demo();
    let scb = Scb::answering("200 OK", answer("2023", 1000).to_string());
    let run = scb.ask(&program, &["2023"]);
    assert_eq!((run.code, run.err.as_str()), (0, ""), "{run:?}");
    assert!(run.out.contains("  Enköping 2023-11-01: 2\u{a0}012 (ny)\n"), "{}", run.out);
    let asked = scb.asked();
    assert!(asked.starts_with("POST /FolkmangdNov HTTP/1.1\r\n"), "{asked}");
    let (head, body) = asked.split_once("\r\n\r\n").unwrap();
    assert_eq!(body, samsyn_import::folkmangd::fraga(2023));
    // The headers that a question needs, and none that tells whose it is.
    let mut names: Vec<String> =
        head.lines().skip(1).map(|line| line.split(':').next().unwrap().to_lowercase()).collect();
    names.sort();
    assert_eq!(names, ["accept", "content-length", "content-type", "host", "user-agent"]);
    assert!(head.to_lowercase().contains("user-agent: samsyn\r\n") || head.ends_with("samsyn"), "{head}");
    // The same once more changes nothing.
    let again = Scb::answering("200 OK", answer("2023", 1000).to_string()).ask(&program, &["2023"]);
    assert_eq!(again.out, "Folkmängden var redan känd. Inget har ändrats.\n");
}

#[test]
fn without_an_answer_it_says_why_and_what_to_do() {
    let program = Program::with_demo();
    let before = stored(&program, "fore");
    let whole = answer("2023", 1000).to_string();
    for (status, body, told) in [
        (
            "404 Not Found",
            String::new(),
            "SCB har ingen folkmängd för 1 november 2023, eller har flyttat tabellen (svar 404).",
        ),
        ("400 Bad Request", whole.clone(), "(svar 400)"),
        ("429 Too Many Requests", "{}".to_owned(), "SCB tar inte emot fler frågor just nu (svar 429)."),
        ("503 Service Unavailable", String::new(), "SCB:s tjänst är ur funktion (svar 503)."),
        ("302 Found\r\nLocation: http://127.0.0.1:1/", whole.clone(), "(svar 302), och den följs inte."),
        ("307 Temporary Redirect\r\nLocation: http://127.0.0.1:1/", whole, "den följs inte."),
        ("200 OK", "<!doctype html><p>Logga in på nätet".to_owned(), "SCB svarade med något annat än en tabell."),
        ("200 OK", format!("{{{}", " ".repeat(8 * 1024 * 1024)), "SCB:s svar är större än 8 MiB"),
        (
            "200 OK",
            answer("2022", 1000).to_string(),
            "SCB svarade med folkmängden 2022-11-01, inte den 1 november 2023.",
        ),
    ] {
        let run = Scb::answering(status, body).ask(&program, &["2023"]);
        failed(&run, told);
    }
    // An answer that is cut off or is another table stops as a file does.
    for body in ["{\"error\": \"nej\"}", "{\"class\": \"dataset\""] {
        let run = Scb::answering("200 OK", body.to_owned()).ask(&program, &["2023"]);
        let told = "SCB:s svar är inte inläst. Ingenting har sparats.";
        assert!(run.code == 1 && run.err.contains(told) && run.out.is_empty(), "{run:?}");
    }
    assert_eq!(stored(&program, "efter"), before);
}

#[test]
fn it_does_not_wait_for_ever_nor_ask_where_nobody_listens() {
    let program = Program::with_demo();
    let socket = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/FolkmangdNov", socket.local_addr().unwrap());
    let ask = |more: &[&str]| {
        program.run(&[&["hamta", "folkmangd", "2023", "--adress", address.as_str()][..], more].concat())
    };
    failed(&ask(&["--langst-ms", "300"]), "Kunde inte nå SCB: inget svar inom");
    drop(socket);
    failed(&ask(&[]), "Kunde inte nå SCB: förbindelsen nekas.");
    for year in ["2001", "2099"] {
        let run = program.run(&["hamta", "folkmangd", year, "--adress", &address]);
        assert!(run.code == 2 && run.err.contains("SCB har folkmängden den 1 november från 2002"), "{run:?}");
    }
    assert!(!program.done(&["hamta", "folkmangd", "--help"]).contains("--adress"));
}

/// A failure that can be done something about: the exit code, why, and the way round.
fn failed(run: &Run, told: &str) {
    assert_eq!(run.code, 3, "{run:?}");
    assert!(run.err.contains(told) && run.out.is_empty(), "{told}: {run:?}");
    assert!(run.err.contains("samsyn importera folkmangd FIL") && run.err.contains("Inget har sparats."), "{run:?}");
}

/// What is stored of populations.
fn stored(program: &Program, folder: &str) -> String {
    program.done(&["exportera", "underlag", folder]);
    std::fs::read_to_string(program.path(folder).join("folkmangd.csv")).unwrap()
}

/// A table of one year as SCB gives it: men and women of each kommun, one number after another from `from`.
fn answer(year: &str, from: u32) -> Value {
    let index: Value = KOMMUNER.iter().enumerate().map(|(at, (code, _))| ((*code).to_owned(), json!(at))).collect();
    let label: Value = KOMMUNER.iter().map(|(code, name)| ((*code).to_owned(), json!(name))).collect();
    let one = |code: &str, name: &str| json!({ "category": { "index": { code: 0 }, "label": { code: name } } });
    json!({
        "class": "dataset", "label": "Folkmängden den 1 november efter region, ålder, kön, tabellinnehåll och år",
        "id": ["Region", "Alder", "Kon", "ContentsCode", "Tid"], "size": [8, 1, 2, 1, 1],
        "dimension": {
            "Region": { "label": "region", "category": { "index": index, "label": label } },
            "Alder": one("tot", "totalt ålder"),
            "Kon": { "label": "kön", "category": { "index": { "1": 0, "2": 1 }, "label": { "1": "män", "2": "kvinnor" } } },
            "ContentsCode": one("BE0101A9", "Folkmängd"),
            "Tid": one(year, year),
        },
        "value": (0..16).map(|at| from + at / 2).collect::<Vec<u32>>(),
    })
}

/// A server that answers one question as it was told.
struct Scb {
    address: String,
    served: JoinHandle<String>,
}

impl Scb {
    fn answering(status: &str, body: String) -> Scb {
        let socket = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}/FolkmangdNov", socket.local_addr().unwrap());
        let head = format!("HTTP/1.1 {status}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n", body.len());
        let served = std::thread::spawn(move || {
            let (mut stream, _) = socket.accept().unwrap();
            stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
            let asked = question(&mut stream);
            // One that has had enough hangs up.
            let _ = stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes()));
            asked
        });
        Scb { address, served }
    }

    fn ask(&self, program: &Program, arguments: &[&str]) -> Run {
        program.run(&[&["hamta", "folkmangd", "--adress", &self.address], arguments].concat())
    }

    /// What it was asked.
    fn asked(self) -> String {
        self.served.join().unwrap()
    }
}

/// A whole question: its head, and as many bytes as it says.
fn question(stream: &mut TcpStream) -> String {
    let mut all = Vec::new();
    let mut some = [0; 4096];
    loop {
        let text = String::from_utf8_lossy(&all).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length =
                head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ")?.parse().ok());
            if body.len() >= length.unwrap_or(0) {
                return text;
            }
        }
        match stream.read(&mut some).unwrap() {
            0 => return text,
            count => all.extend_from_slice(&some[..count]),
        }
    }
}
