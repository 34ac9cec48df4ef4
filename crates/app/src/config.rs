//! Settings of the program itself, for one who runs a server: flags before environment before one TOML file.

use crate::Error;
use serde::Deserialize;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

/// The keys of the file, all of which may be left out. Any other key is an error.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct File {
    /// Folder of the database (SQLite).
    pub data: Option<PathBuf>,
    /// Address of the database server.
    pub databas: Option<String>,
    /// Address to listen on, for instance `0.0.0.0`.
    pub adress: Option<IpAddr>,
    /// Port to listen on.
    pub port: Option<u16>,
    /// How the site is reached from outside, for instance `https://samsyn.exempel.se`.
    pub webbadress: Option<String>,
    /// Certificate chain, PEM.
    pub certifikat: Option<PathBuf>,
    /// Private key, PEM.
    pub nyckel: Option<PathBuf>,
    /// Whether a proxy in front speaks HTTPS and tells the visitor's address in `X-Forwarded-For`.
    pub bakom_proxy: Option<bool>,
    /// Minutes without use after which one is logged out.
    pub vilotid_minuter: Option<u32>,
    /// Hours after which one is logged out in any case.
    pub langsta_tid_timmar: Option<u32>,
    /// Largest upload, MiB.
    pub storsta_fil_mib: Option<u32>,
}

/// How the server runs.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where it listens.
    pub listen: SocketAddr,
    /// How the site is reached from outside, without a slash at the end.
    pub site: String,
    /// Certificate and key, when the server itself speaks HTTPS.
    pub certificate: Option<(PathBuf, PathBuf)>,
    /// Whether a proxy stands in front.
    pub behind_proxy: bool,
    /// Idle time-out, milliseconds.
    pub idle_ms: i64,
    /// Absolute time-out, milliseconds.
    pub longest_ms: i64,
    /// Largest upload, bytes.
    pub largest_upload: u64,
}

/// What the command line and the environment say; they go before the file.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// Address to listen on.
    pub address: Option<IpAddr>,
    /// Port to listen on.
    pub port: Option<u16>,
    /// How the site is reached from outside.
    pub site: Option<String>,
}

impl File {
    /// Reads the file.
    pub fn read(path: &Path) -> Result<File, Error> {
        let text = std::fs::read_to_string(path).map_err(|error| Error::file(path, "läsas", &error))?;
        File::parse(&text).map_err(|why| Error::Usage(format!("{}: {why}", path.display())))
    }

    fn parse(text: &str) -> Result<File, String> {
        toml::from_str(text).map_err(|error: toml::de::Error| {
            let line = error.span().map_or(0, |span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            let message = error.message();
            match message.strip_prefix("unknown field `").and_then(|rest| rest.split('`').next()) {
                Some(key) => {
                    format!("rad {line}: nyckeln \"{key}\" finns inte. Nycklar som finns: {}.", KEYS.join(", "))
                }
                None => format!("rad {line}: värdet kan inte läsas ({message}). Se handboken, Starta en server."),
            }
        })
    }
}

const KEYS: [&str; 11] = [
    "data",
    "databas",
    "adress",
    "port",
    "webbadress",
    "certifikat",
    "nyckel",
    "bakom_proxy",
    "vilotid_minuter",
    "langsta_tid_timmar",
    "storsta_fil_mib",
];

impl Config {
    /// Puts together what is given and what the file says.
    pub fn new(given: Given, file: &File) -> Result<Config, Error> {
        let address = given.address.or(file.adress).unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
        let port = given.port.or(file.port).unwrap_or(8080);
        let certificate = match (&file.certifikat, &file.nyckel) {
            (Some(certificate), Some(key)) => Some((certificate.clone(), key.clone())),
            (None, None) => None,
            _ => return Err(Error::Usage("Ange både certifikat och nyckel, eller ingen av dem.".to_owned())),
        };
        let behind_proxy = file.bakom_proxy.unwrap_or(false);
        if !address.is_loopback() && certificate.is_none() && !behind_proxy {
            return Err(Error::Usage(format!(
                "Servern skulle nås på {address} utan kryptering. Ange certifikat och nyckel, eller bakom_proxy = true \
                 om en proxy sköter HTTPS."
            )));
        }
        let scheme = if certificate.is_some() { "https" } else { "http" };
        let site = given.site.or_else(|| file.webbadress.clone());
        let site = site.unwrap_or_else(|| format!("{scheme}://{}", SocketAddr::new(address, port)));
        let site = site.trim_end_matches('/').to_owned();
        if !(site.starts_with("https://") || site.starts_with("http://")) {
            return Err(Error::Usage(format!("webbadress: {site:?} ska börja med https:// eller http://.")));
        }
        const MINUTE: i64 = 60_000;
        Ok(Config {
            listen: SocketAddr::new(address, port),
            site,
            certificate,
            behind_proxy,
            idle_ms: i64::from(file.vilotid_minuter.unwrap_or(60)) * MINUTE,
            longest_ms: i64::from(file.langsta_tid_timmar.unwrap_or(12)) * 60 * MINUTE,
            largest_upload: u64::from(file.storsta_fil_mib.unwrap_or(64)) * 1024 * 1024,
        })
    }

    /// Whether visitors come by HTTPS, so that cookies may ask for it.
    pub fn is_https(&self) -> bool {
        self.site.starts_with("https://")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_key_is_told_with_its_line_and_those_that_exist() {
        let told = File::parse("port = 8080\nprot = 1\n").unwrap_err();
        assert!(told.contains("rad 2") && told.contains("\"prot\"") && told.contains("bakom_proxy"), "{told}");
        assert!(File::parse("port = \"hej\"").unwrap_err().contains("rad 1"));
    }

    #[test]
    fn every_key_of_the_file_is_named_in_the_error() {
        let all: String = KEYS.iter().filter(|key| **key != "adress").map(|key| format!("{key} = []\n")).collect();
        assert!(!File::parse(&all).unwrap_err().contains("finns inte"));
    }

    #[test]
    fn a_server_that_others_reach_must_be_encrypted() {
        let open = File { adress: Some("0.0.0.0".parse().unwrap()), ..File::default() };
        assert!(Config::new(Given::default(), &open).is_err());
        let proxied = File { bakom_proxy: Some(true), webbadress: Some("https://a.se/".into()), ..open };
        let config = Config::new(Given::default(), &proxied).unwrap();
        assert!(config.is_https() && config.site == "https://a.se");
    }

    #[test]
    fn what_is_given_goes_before_the_file() {
        let file = File { port: Some(1), ..File::default() };
        let config = Config::new(Given { port: Some(2), ..Given::default() }, &file).unwrap();
        assert_eq!(config.listen.port(), 2);
        assert_eq!(config.site, "http://127.0.0.1:2");
    }
}
