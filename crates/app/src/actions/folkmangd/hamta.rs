//! Asking SCB for the population of a year: the program's only question to anyone outside, asked when a person asks for
//! it. Nothing of the förbund is sent; all of Sweden's kommuner are asked for and its own are picked out here.

use super::{Inlast, kommuner, med_kommuner, spara};
use crate::actions::forbund::Chosen;
use crate::{Error, clock};
use samsyn_document::Datum;
use samsyn_import::folkmangd::{self, fraga};
use samsyn_import::grid::Limits;
use std::io::ErrorKind;
use std::time::Duration;
use ureq::Agent;
use ureq::tls::{TlsConfig, TlsProvider};

/// Where SCB's table is asked for.
pub const ADRESS: &str = "https://api.scb.se/OV0104/v1/doris/sv/ssd/START/BE/BE0101/BE0101A/FolkmangdNov";

/// How long an answer may take, in all.
pub const LANGST: Duration = Duration::from_secs(30);

/// The most bytes of an answer. That of a year is some 50 kB.
pub const STORST: u64 = 8 * 1024 * 1024;

/// What to do instead.
const ANNARS: &str = "Inget har sparats. Det går också att spara tabellen FolkmangdNov som fil från scb.se och läsa in \
                      den med samsyn importera folkmangd FIL.";

/// The first year of the table.
const FORSTA: u16 = 2002;

/// Asks for a year and stores what comes, as [`super::las`] does.
pub async fn hamta(
    chosen: &Chosen<'_>,
    ar: u16,
    (adress, langst): (&str, Duration),
    signature: (&str, &str),
) -> Result<Inlast, Error> {
    let last = clock::today().year();
    if ar < FORSTA || i32::from(ar) > last {
        return Err(Error::Usage(format!("SCB har folkmängden den 1 november från {FORSTA} till {last}, inte {ar}.")));
    }
    let stored = med_kommuner(chosen).await?;
    let adress = adress.to_owned();
    let asking = tokio::task::spawn_blocking(move || svar(&adress, ar, langst));
    let answer = asking.await.map_err(|error| Error::Failure(format!("SCB kunde inte frågas: {error}.")))??;
    let read = folkmangd::read("SCB:s svar", &answer, &kommuner(&stored.medlemmar), &Limits::default());
    let read = read.map_err(Error::Findings)?;
    let asked = Datum::new(i32::from(ar), 11, 1);
    if let Some(other) = read.rader.iter().find(|row| Some(row.datum) != asked) {
        let told = format!("SCB svarade med folkmängden {}, inte den 1 november {ar}.", other.datum);
        return Err(Error::Failure(format!("{told} {ANNARS}")));
    }
    spara(chosen, read, &stored.folkmangd, signature).await
}

/// SCB's answer about a year.
fn svar(adress: &str, ar: u16, langst: Duration) -> Result<Vec<u8>, Error> {
    let tls = TlsConfig::builder().provider(TlsProvider::Rustls).build();
    let config = Agent::config_builder()
        .tls_config(tls)
        .timeout_global(Some(langst))
        .max_redirects(0)
        .http_status_as_error(false)
        .user_agent("samsyn")
        .build();
    let asked = Agent::new_with_config(config).post(adress).content_type("application/json").send(fraga(ar));
    let mut answer = asked.map_err(|error| Error::Failure(format!("{} {ANNARS}", onadd(&error, langst))))?;
    let status = answer.status().as_u16();
    if status != 200 {
        return Err(Error::Failure(format!("{} {ANNARS}", nej(status, ar))));
    }
    let body = answer.body_mut().with_config().limit(STORST).read_to_vec();
    let body = body.map_err(|error| Error::Failure(format!("{} {ANNARS}", onadd(&error, langst))))?;
    let first = body.trim_ascii_start().first();
    if first != Some(&b'{') {
        let told = "SCB svarade med något annat än en tabell. Kanske kräver nätet en inloggning först.";
        return Err(Error::Failure(format!("{told} {ANNARS}")));
    }
    Ok(body)
}

/// What an answer without a table means.
fn nej(status: u16, ar: u16) -> String {
    match status {
        400 | 404 => format!(
            "SCB har ingen folkmängd för 1 november {ar}, eller har flyttat tabellen (svar {status}). Talen för ett år \
             brukar komma samma höst eller i februari året därpå."
        ),
        429 => "SCB tar inte emot fler frågor just nu (svar 429). Vänta en stund och försök igen.".to_owned(),
        300..=399 => format!("SCB hänvisar till en annan adress (svar {status}), och den följs inte."),
        500.. => format!("SCB:s tjänst är ur funktion (svar {status}). Försök igen senare."),
        _ => format!("SCB svarade nej (svar {status})."),
    }
}

/// Why no answer came, or not all of it.
fn onadd(error: &ureq::Error, langst: Duration) -> String {
    let why = match error {
        ureq::Error::BodyExceedsLimit(_) => {
            let most = STORST / 1024 / 1024;
            return format!("SCB:s svar är större än {most} MiB och är ingen sådan tabell.");
        }
        ureq::Error::Timeout(_) => {
            format!("inget svar inom {} sekunder. Försök igen senare.", langst.as_secs().max(1))
        }
        ureq::Error::HostNotFound | ureq::Error::ConnectionFailed => UTAN_NAT.to_owned(),
        ureq::Error::Rustls(_) | ureq::Error::Tls(_) => OSAKER.to_owned(),
        ureq::Error::Io(error) => match error.kind() {
            ErrorKind::ConnectionRefused => format!("förbindelsen nekas. {NAT}"),
            ErrorKind::InvalidData => OSAKER.to_owned(),
            ErrorKind::ConnectionReset | ErrorKind::ConnectionAborted | ErrorKind::UnexpectedEof => BRUTEN.to_owned(),
            // Also when the name cannot be looked up.
            _ => UTAN_NAT.to_owned(),
        },
        ureq::Error::InvalidProxyUrl | ureq::Error::ConnectProxyFailed(_) => {
            "nätets proxy släpper inte fram. Se efter vad HTTPS_PROXY säger.".to_owned()
        }
        _ => BRUTEN.to_owned(),
    };
    format!("Kunde inte nå SCB: {why}")
}

const NAT: &str = "Är datorn ansluten till internet?";
const UTAN_NAT: &str = "ingen förbindelse. Är datorn ansluten till internet?";
const BRUTEN: &str = "förbindelsen bröts. Försök igen.";
const OSAKER: &str = "förbindelsen kan inte säkras. Det kan bero på att nätet läser krypterad trafik.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_tells_what_it_was_and_ends_as_a_sentence() {
        for status in [204, 301, 308, 400, 403, 404, 429, 500, 503] {
            let told = nej(status, 2023);
            assert!(told.contains(&format!("svar {status}")) && told.ends_with('.'), "{told}");
        }
        let io = |kind: ErrorKind| ureq::Error::Io(kind.into());
        let kinds = [ErrorKind::ConnectionReset, ErrorKind::InvalidData, ErrorKind::Other].map(io);
        for error in kinds.into_iter().chain([ureq::Error::BodyExceedsLimit(1), ureq::Error::TlsRequired]) {
            let told = onadd(&error, LANGST);
            assert!(told.contains("SCB") && told.ends_with(['.', '?']), "{told}");
        }
    }
}
