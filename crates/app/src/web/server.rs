//! What a running server has at hand, and how it listens.

use super::bokforing;
use super::uppfoljningsfil::vantar::Vantar;
use super::version::narvaro::Narvaro;
use crate::Error;
use crate::actions::inloggning::Lifetime;
use crate::actions::minne::Minne;
use crate::actions::strypning::Strypning;
use crate::config::Config;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsConfig;
use samsyn_store::Db;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

/// A running server.
#[derive(Debug)]
pub struct Server {
    /// The database.
    pub db: Db,
    /// How it runs.
    pub config: Config,
    /// What has been read before.
    pub minne: Minne,
    /// Who must wait before trying to log in again.
    pub strypning: Strypning,
    /// Who has which text open.
    pub narvaro: Narvaro,
    /// Files that somebody is looking at before they are taken in.
    pub vantar: Vantar,
    /// SIE files that somebody is looking at before they are taken in.
    pub bokforing: bokforing::vantar::Vantar,
}

impl Server {
    /// A server upon a database.
    pub fn new(db: Db, config: Config) -> Arc<Server> {
        Arc::new(Server {
            db,
            config,
            minne: Minne::default(),
            strypning: Strypning::default(),
            narvaro: Narvaro::default(),
            vantar: Vantar::default(),
            bokforing: bokforing::vantar::Vantar::default(),
        })
    }

    /// How long a session lasts.
    pub fn lifetime(&self) -> Lifetime {
        Lifetime { idle_ms: self.config.idle_ms, longest_ms: self.config.longest_ms }
    }

    /// The name of the session's cookie. With HTTPS browsers hold it to this very site.
    pub fn cookie(&self) -> &'static str {
        if self.config.is_https() { "__Host-samsyn" } else { "samsyn" }
    }
}

/// Serves until the program is told to stop. What is being answered then is finished first.
pub async fn serve(server: Arc<Server>, ready: impl FnOnce(SocketAddr)) -> Result<(), Error> {
    let listen = server.config.listen;
    let taken = |error: std::io::Error| {
        let why = match error.kind() {
            std::io::ErrorKind::AddrInUse => "adressen används redan. Välj en annan port med --port".to_owned(),
            std::io::ErrorKind::PermissionDenied => "det tillåts inte. Välj en port över 1024".to_owned(),
            _ => error.to_string(),
        };
        Error::Failure(format!("Servern kan inte lyssna på {listen}: {why}."))
    };
    let socket = std::net::TcpListener::bind(listen).map_err(taken)?;
    socket.set_nonblocking(true).map_err(taken)?;
    let address = socket.local_addr().map_err(taken)?;
    let certificate = match &server.config.certificate {
        Some((certificate, key)) => Some(tls(certificate, key).await?),
        None => None,
    };
    let service = super::router(server).into_make_service_with_connect_info::<SocketAddr>();
    let handle = Handle::new();
    tokio::spawn(stop(handle.clone()));
    ready(address);
    let served = match certificate {
        Some(tls) => match axum_server::from_tcp_rustls(socket, tls) {
            Ok(bound) => bound.handle(handle).serve(service).await,
            Err(error) => Err(error),
        },
        None => match axum_server::from_tcp(socket) {
            Ok(bound) => bound.handle(handle).serve(service).await,
            Err(error) => Err(error),
        },
    };
    served.map_err(|error| Error::Failure(format!("Servern stannade: {error}.")))
}

async fn tls(certificate: &std::path::Path, key: &std::path::Path) -> Result<RustlsConfig, Error> {
    // Asked for once; a second time it is there already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    for file in [certificate, key] {
        std::fs::metadata(file).map_err(|error| Error::file(file, "läsas", &error))?;
    }
    RustlsConfig::from_pem_file(certificate, key).await.map_err(|error| {
        let (certificate, key) = (certificate.display(), key.display());
        Error::Usage(format!("Certifikatet {certificate} med nyckeln {key} kan inte användas: {error}."))
    })
}

/// Waits for the word to stop, then lets what is being answered finish.
async fn stop(handle: Handle<SocketAddr>) {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        let Ok(mut terminated) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) else {
            return;
        };
        tokio::select! { _ = interrupted => {}, _ = terminated.recv() => {} }
    }
    #[cfg(not(unix))]
    let _ = interrupted.await;
    handle.graceful_shutdown(Some(Duration::from_secs(5)));
}
