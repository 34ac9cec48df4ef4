//! The web application within the process: a site upon the demo's database, visitors with each role, and what they are
//! answered.

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Request, StatusCode, header};
use samsyn::access::{Held, Role};
use samsyn::actions::{demo, generera, hemlighet, importera, inloggning};
use samsyn::config::{Config, File, Given};
use samsyn::web::{Server, router};
use samsyn_import::package::{Limits, read_dir};
use samsyn_store::{Db, Target, session};
use scraper::{Html, Selector};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};
use tower::ServiceExt;

/// The förbund of the demo, and one that is made up.
pub const FORBUND: &str = "uppsala-lan";
pub const ANNAT: &str = "prov-001";
/// The password that every user has.
pub const PASSWORD: &str = "visning av samsyn";
/// The half-year that the tests look at, with its kännedomsdatum.
pub const TID: &str = "period=2022-H1&per=2022-08-30";

/// The demo's database with a user for every role, made once for the tests that run together.
async fn template() -> &'static Path {
    static MADE: tokio::sync::OnceCell<(tempfile::TempDir, PathBuf)> = tokio::sync::OnceCell::const_new();
    let (_, file) = MADE
        .get_or_init(async || {
            let folder = tempfile::tempdir().unwrap();
            let db = Db::open(&Target::Folder(folder.path().to_owned())).await.unwrap();
            demo::import(&db).await.unwrap();
            let nr = samsyn_store::forbund::find(&db, FORBUND).await.unwrap().nr;
            for role in Role::ALL {
                let insats = role.of_one_insats().then(|| "ost-bryggan".to_owned());
                let address = format!("{}@demo.exempel", role.kod());
                let held = [Held { role, insats }];
                inloggning::make_user(&db, (&address, role.text(), PASSWORD), nr, &held).await.unwrap();
            }
            let made_up = tempfile::tempdir().unwrap();
            let size = generera::Size { forbund: 1, years: 1, deltaganden: Some(40), seed: 1 };
            generera::write(size, made_up.path(), &mut |_| {}).unwrap();
            let files = read_dir(&made_up.path().join(ANNAT), &Limits::default()).unwrap();
            let choices =
                importera::Choices { limits: Limits::default(), accept_warnings: true, who: "prov", why: "prov" };
            importera::files_of(&db, files, choices, &mut |_, _| {}).await.unwrap();
            db.close().await;
            let file = folder.path().join("samsyn.db");
            (folder, file)
        })
        .await;
    file
}

/// A site of its own upon a copy of the demo's database.
pub struct Site {
    pub folder: tempfile::TempDir,
    pub server: Arc<Server>,
    pub router: Router,
    /// The number of the demo's förbund.
    pub forbund: i64,
}

/// What was answered.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Reply {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Where it sends one on to.
    pub fn to(&self) -> &str {
        self.header("location")
    }

    /// The page as text that people read.
    pub fn words(&self) -> String {
        let page = Html::parse_document(&self.text());
        let main = page.select(&Selector::parse("main").unwrap()).next().expect("the page has no main");
        main.text().collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The texts of what a selector finds.
    pub fn all(&self, selector: &str) -> Vec<String> {
        let page = Html::parse_document(&self.text());
        let words = |element: scraper::ElementRef<'_>| {
            element.text().collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
        };
        page.select(&Selector::parse(selector).unwrap()).map(words).collect()
    }

    /// An attribute of what a selector finds.
    pub fn attributes(&self, selector: &str, name: &str) -> Vec<String> {
        let page = Html::parse_document(&self.text());
        let found = Selector::parse(selector).unwrap();
        page.select(&found).filter_map(|element| element.attr(name).map(str::to_owned)).collect()
    }
}

/// Milliseconds since 1970 UTC.
pub fn now_ms() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_millis() as i64
}

/// Text as it stands in a form or an address.
pub fn encode(text: &str) -> String {
    let byte = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    text.bytes().map(byte).collect()
}

/// A form's body.
pub fn form(fields: &[(&str, &str)]) -> String {
    let pairs: Vec<String> = fields.iter().map(|(name, text)| format!("{}={}", encode(name), encode(text))).collect();
    pairs.join("&")
}

/// A request that is not yet sent, from the site's own pages unless headers are changed.
pub struct Ask {
    pub method: &'static str,
    pub path: String,
    pub token: Option<String>,
    pub headers: Vec<(&'static str, String)>,
    pub body: Vec<u8>,
    /// The last part of the address that the visitor comes from.
    pub from: u8,
}

impl Ask {
    pub fn get(path: &str) -> Ask {
        Ask { method: "GET", path: path.to_owned(), token: None, headers: Vec::new(), body: Vec::new(), from: 1 }
    }

    /// A form from one of the site's own pages.
    pub fn post(path: &str, fields: &[(&str, &str)]) -> Ask {
        let kind = "application/x-www-form-urlencoded".to_owned();
        let headers = vec![("sec-fetch-site", "same-origin".to_owned()), ("content-type", kind)];
        Ask { method: "POST", headers, body: form(fields).into_bytes(), ..Ask::get(path) }
    }

    /// Files for the field `filer`.
    pub fn upload(path: &str, files: &[(String, Vec<u8>)]) -> Ask {
        let mut body = Vec::new();
        for (name, bytes) in files {
            let head = format!(
                "--gRaNs\r\nContent-Disposition: form-data; name=\"filer\"; filename=\"{name}\"\r\n\
                 Content-Type: application/octet-stream\r\n\r\n"
            );
            body.extend(head.into_bytes());
            body.extend(bytes);
            body.extend(b"\r\n");
        }
        body.extend(b"--gRaNs--\r\n");
        let kind = "multipart/form-data; boundary=gRaNs".to_owned();
        let headers = vec![("sec-fetch-site", "same-origin".to_owned()), ("content-type", kind)];
        Ask { body, headers, ..Ask::post(path, &[]) }
    }

    pub fn by(self, token: &str) -> Ask {
        Ask { token: Some(token.to_owned()), ..self }
    }

    /// With these headers instead of those of an own page.
    pub fn with(self, headers: Vec<(&'static str, String)>) -> Ask {
        let kept = self.headers.into_iter().filter(|(name, _)| *name == "content-type");
        Ask { headers: kept.chain(headers).collect(), ..self }
    }
}

impl Site {
    /// The demo with a user per role.
    pub async fn new() -> Site {
        let folder = tempfile::tempdir().unwrap();
        std::fs::copy(template().await, folder.path().join("samsyn.db")).unwrap();
        let db = Db::open(&Target::Folder(folder.path().to_owned())).await.unwrap();
        let forbund = samsyn_store::forbund::find(&db, FORBUND).await.unwrap().nr;
        let server = Server::new(db, Config::new(Given::default(), &File::default()).unwrap());
        Site { folder, router: router(server.clone()), server, forbund }
    }

    pub fn db(&self) -> &Db {
        &self.server.db
    }

    /// A new session of the user with this role.
    pub async fn session(&self, role: Role) -> String {
        self.session_of(&format!("{}@demo.exempel", role.kod()), now_ms()).await
    }

    /// A session that was begun and last used at a moment.
    pub async fn session_of(&self, address: &str, at_ms: i64) -> String {
        let user = samsyn_store::anvandare::by_epost(self.db(), address).await.unwrap().unwrap();
        let token = hemlighet::token().unwrap();
        assert!(session::begin(self.db(), &hemlighet::hash_of(&token), user.nr, at_ms).await.unwrap());
        token
    }

    pub async fn send(&self, ask: Ask) -> Reply {
        let mut request = Request::builder().method(ask.method).uri(&ask.path).header(header::HOST, "127.0.0.1:8080");
        for (name, value) in &ask.headers {
            request = request.header(*name, value);
        }
        if let Some(token) = &ask.token {
            request = request.header(header::COOKIE, format!("annat=1; samsyn={token}"));
        }
        let mut request = request.body(Body::from(ask.body)).unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::from(([10, 0, 0, ask.from], 4711))));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Reply { status: parts.status, headers: parts.headers, bytes }
    }

    pub async fn get(&self, token: &str, path: &str) -> Reply {
        self.send(Ask::get(path).by(token)).await
    }

    /// A page that is there.
    pub async fn page(&self, token: &str, path: &str) -> Reply {
        let reply = self.get(token, path).await;
        assert_eq!(reply.status, 200, "{path}: {}", reply.text());
        reply
    }

    pub async fn post(&self, token: &str, path: &str, fields: &[(&str, &str)]) -> Reply {
        self.send(Ask::post(path, fields).by(token)).await
    }

    /// An address within the demo's förbund.
    pub fn f(&self, rest: &str) -> String {
        format!("/f/{FORBUND}/{rest}")
    }

    /// Whether any of the database's files holds these words.
    pub fn stored(&self, words: &str) -> bool {
        let files = std::fs::read_dir(self.folder.path()).unwrap();
        files.map(|file| std::fs::read(file.unwrap().path()).unwrap()).any(|bytes| {
            let words = words.as_bytes();
            bytes.windows(words.len()).any(|part| part == words)
        })
    }
}

/// The files of a folder's package, by name.
pub fn package(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "csv" || ending == "json"))
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read(&path).unwrap()))
        .collect();
    files.sort();
    files
}
