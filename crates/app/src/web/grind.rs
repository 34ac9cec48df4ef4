//! The guard before every page: is this a request from our own pages, who comes, and may they? And what every answer
//! carries to protect whoever reads it.

use super::rutter::{Guarded, Need};
use super::server::Server;
use super::sida::{self, Fail};
use crate::access::{Reach, Rights};
use crate::actions::forbund::Chosen;
use crate::actions::inloggning::{self, Visitor};
use axum::Router;
use axum::extract::{ConnectInfo, DefaultBodyLimit, FromRequestParts, Request, State};
use axum::http::header::{self, HeaderMap, HeaderName, HeaderValue};
use axum::http::request::Parts;
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use samsyn_store::forbund::Forbund;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::{CompressionLayer, CompressionLevel};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::timeout::TimeoutLayer;

/// A request that has passed the guard: who comes, to which förbund, with which rights. A page can only have one from
/// the guard. Outside a förbund's addresses it is the one that the visitor has a role in, when that is one only.
#[derive(Clone, Debug)]
pub struct Visit {
    /// The server.
    pub server: Arc<Server>,
    /// Who comes; nobody on a public page.
    pub visitor: Option<Visitor>,
    /// The förbund of the address, or the visitor's only one.
    pub forbund: Option<Forbund>,
    /// The rights there.
    pub rights: Rights,
    /// The address asked for, with its query.
    pub address: String,
    /// Where the request comes from.
    pub from: String,
}

impl Visit {
    /// The förbund, opened for reading as far as the visitor may. Small counts are withheld from one who may not see
    /// them all.
    pub fn chosen(&self) -> Result<Chosen<'_>, Fail> {
        let forbund = self.forbund.as_ref().ok_or(Fail::NotFound)?;
        let access = self.rights.ticket(forbund.nr).ok_or(Fail::NotFound)?;
        Ok(Chosen {
            db: &self.server.db,
            access,
            id: forbund.forbund_id.clone(),
            namn: forbund.namn.clone(),
            minne: Some(&self.server.minne),
            withheld: self.rights.counts_withheld(),
        })
    }

    /// The förbund's number.
    pub fn forbund_nr(&self) -> Result<i64, Fail> {
        self.forbund.as_ref().map(|forbund| forbund.nr).ok_or(Fail::NotFound)
    }

    /// An address within the förbund.
    pub fn url(&self, rest: &str) -> String {
        let id = self.forbund.as_ref().map_or("", |forbund| forbund.forbund_id.as_str());
        format!("/f/{id}/{rest}")
    }

    /// The visitor's name, for the log.
    pub fn who(&self) -> &str {
        self.visitor.as_ref().map_or("okänd", |visitor| visitor.user.namn.as_str())
    }

    /// Writes to the log of use.
    pub async fn log(&self, slag: &str, what: &str) -> Result<(), Fail> {
        let (forbund, user) = (self.forbund.as_ref().map(|f| f.nr), self.visitor.as_ref().map(|v| v.user.nr));
        Ok(inloggning::log(&self.server.db, forbund, user, self.who(), slag, what).await?)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Fail;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Visit, Fail> {
        parts.extensions.remove::<Visit>().ok_or_else(|| Fail::Broken("sidan saknar grind".to_owned()))
    }
}

/// Lets a request through to its page, or answers in its stead.
pub async fn guard(
    State((server, guarded)): State<(Arc<Server>, Guarded)>,
    mut request: Request,
    next: Next,
) -> Response {
    let asked = Asked::of(&request, &server);
    let post = asked.post;
    let mut response = match check(server, guarded, asked).await {
        Ok(visit) => {
            request.extensions_mut().insert(visit.clone());
            sida::som_sida(in_swedish(next.run(request).await, post), &visit)
        }
        Err(Stop::Fail(fail)) => fail.into_response(),
        Err(Stop::NotFor(visit)) => sida::som_sida(Fail::NotFound.into_response(), &visit),
        Err(Stop::LogIn(to)) => Redirect::to(&to).into_response(),
    };
    let headers = response.headers_mut();
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("private, no-store"));
    response
}

/// Why a request does not reach its page.
enum Stop {
    Fail(Fail),
    /// What one may not see does not show that it exists.
    NotFor(Box<Visit>),
    LogIn(String),
}

impl<E: Into<Fail>> From<E> for Stop {
    fn from(error: E) -> Stop {
        Stop::Fail(error.into())
    }
}

/// What the guard needs to know of a request.
struct Asked {
    post: bool,
    own_page: bool,
    token: Option<String>,
    address: String,
    from: String,
}

impl Asked {
    fn of(request: &Request, server: &Server) -> Asked {
        let headers = request.headers();
        Asked {
            post: request.method() == Method::POST,
            own_page: from_own_page(headers, server),
            token: cookie(headers, server.cookie()),
            address: request.uri().path_and_query().map_or("/", |address| address.as_str()).to_owned(),
            from: origin(headers, request, server),
        }
    }
}

async fn check(server: Arc<Server>, Guarded { need, by_itself }: Guarded, asked: Asked) -> Result<Visit, Stop> {
    let Asked { post, own_page, token, address, from } = asked;
    if post && !own_page {
        return Err(Stop::Fail(Fail::Foreign));
    }
    let visitor = match token {
        Some(token) => inloggning::visitor(&server.db, &token, server.lifetime(), !by_itself).await?,
        None => None,
    };
    let path = address.split('?').next().unwrap_or_default();
    let (forbund, rights) = match &visitor {
        Some(visitor) => place(&server, visitor, path).await?,
        None => (None, Rights::default()),
    };
    let allowed = match need {
        Need::Public => true,
        Need::LoggedIn => visitor.is_some(),
        Need::Role => forbund.is_some() && !rights.is_empty(),
        Need::May(action) => forbund.is_some() && rights.reach(action) > Reach::Nothing,
        Need::MayAll(action) => forbund.is_some() && rights.all(action),
    };
    let visit = Visit { server, visitor, forbund, rights, address, from };
    if allowed {
        return Ok(visit);
    }
    match visit.visitor {
        Some(_) => Err(Stop::NotFor(Box::new(visit))),
        None if !post => Err(Stop::LogIn(format!("/logga-in?vidare={}", super::tid::encode(&visit.address)))),
        None => Err(Stop::LogIn("/logga-in?besked=utloggad".to_owned())),
    }
}

/// The förbund of an address, if the visitor has a role there; outside every förbund, the visitor's only one.
async fn place(server: &Server, visitor: &Visitor, path: &str) -> Result<(Option<Forbund>, Rights), Fail> {
    let mut parts = path.split('/').skip(1);
    let id = match (parts.next(), parts.next()) {
        (Some("f"), Some(id)) => Some(id),
        (Some("statik"), _) => return Ok((None, Rights::default())),
        _ => None,
    };
    let found = samsyn_store::forbund::all(&server.db).await.map_err(crate::Error::from)?;
    let mut own = found
        .into_iter()
        .filter(|forbund| id.is_none_or(|id| forbund.forbund_id == id) && !visitor.rights(forbund.nr).is_empty());
    match (own.next(), own.next()) {
        (Some(only), None) => {
            let rights = visitor.rights(only.nr);
            Ok((Some(only), rights))
        }
        _ => Ok((None, Rights::default())),
    }
}

/// Whether a form was sent from one of our own pages: browsers say so themselves, in `Sec-Fetch-Site` or `Origin`.
/// One that says neither is refused.
fn from_own_page(headers: &HeaderMap, server: &Server) -> bool {
    let told = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    if let Some(site) = told("sec-fetch-site") {
        return site == "same-origin";
    }
    let Some(origin) = told("origin") else { return false };
    let host = origin.split_once("://").map_or("", |(_, host)| host);
    origin == server.config.site || told("host") == Some(host)
}

/// Where the visitor comes from: the last address that our own proxy tells, or the connection's.
fn origin(headers: &HeaderMap, request: &Request, server: &Server) -> String {
    if server.config.behind_proxy {
        let told = headers.get("x-forwarded-for").and_then(|value| value.to_str().ok());
        if let Some(last) = told.and_then(|all| all.rsplit(',').next()) {
            return last.trim().to_owned();
        }
    }
    let connection = request.extensions().get::<ConnectInfo<SocketAddr>>();
    connection.map_or_else(String::new, |ConnectInfo(address)| address.ip().to_string())
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = all.flat_map(|text| text.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value.to_owned())
}

/// What the framework itself refuses, such as an address whose number is no number or a form without its fields, is
/// told as a page like any other.
fn in_swedish(response: Response, post: bool) -> Response {
    let status = response.status();
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if !(status.is_client_error() || status.is_server_error())
        || kind.is_some_and(|kind| kind.starts_with("text/html") || kind.starts_with("application/json"))
    {
        return response;
    }
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => Fail::Bad("Det som skickades är för stort.".to_owned()).into_response(),
        status if status.is_server_error() => Fail::Broken(format!("svar {status}")).into_response(),
        StatusCode::METHOD_NOT_ALLOWED => (status, Fail::NotFound.into_response()).into_response(),
        _ if post => Fail::form().into_response(),
        _ => Fail::NotFound.into_response(),
    }
}

/// The same where no guard stands, such as for an address that takes no forms.
async fn told_in_swedish(request: Request, next: Next) -> Response {
    let post = request.method() == Method::POST;
    in_swedish(next.run(request).await, post)
}

/// The most bytes of a form without files; addresses that take files allow more.
const LARGEST_FORM: usize = 64 * 1024;

/// What every answer carries, and what holds for every request: size, time, a page instead of a broken connection.
pub fn around(router: Router<Arc<Server>>, server: &Server) -> Router<Arc<Server>> {
    let policy = "default-src 'none'; style-src 'self'; style-src-attr 'unsafe-inline'; script-src 'self'; \
                  img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
    let mut router = router
        .layer(DefaultBodyLimit::max(LARGEST_FORM))
        .layer(axum::middleware::from_fn(told_in_swedish))
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
            Fail::Broken("programmet stötte på något oväntat".to_owned()).into_response()
        }))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, Duration::from_secs(120)))
        .layer(CompressionLayer::new().gzip(true).quality(CompressionLevel::Fastest));
    let mut headers = vec![
        ("content-security-policy", policy),
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
        ("permissions-policy", "camera=(), microphone=(), geolocation=()"),
    ];
    if server.config.is_https() {
        headers.push(("strict-transport-security", "max-age=31536000"));
    }
    for (name, value) in headers {
        let (name, value) = (HeaderName::from_static(name), HeaderValue::from_static(value));
        router = router.layer(SetResponseHeaderLayer::if_not_present(name, value));
    }
    router
}
