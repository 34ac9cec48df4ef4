//! Which account a proposed voucher is booked on: that of a line of the statements, or a member's own.

use super::ar;
use crate::medlem::{Medlem, MedlemTyp};
use crate::rapportstruktur::Rad;
use crate::underlag::{Bokforing, BokslutUnderlag, Underlag};
use samsyn_document::format;

/// The closing that tells which accounts a year has: its latest, else that of the years before, else the first.
fn bokslutet(bokforing: &Bokforing, year: u16) -> Option<&BokslutUnderlag> {
    bokforing.bokslut.iter().rfind(|of| ar(of.bokslut.till) <= year).or(bokforing.bokslut.first())
}

/// The account of a line: of those that the year's closing has, the lowest, for in the public chart of accounts the main
/// account comes before those that divide it; else the first that the mapping tells.
pub(super) fn konto(bokforing: &Bokforing, year: u16, rad: Rad) -> Result<u32, String> {
    let runs = || bokforing.struktur(year).iter().filter(|run| run.rad == rad);
    let latest = bokslutet(bokforing, year).into_iter().flat_map(|of| &of.konton);
    let known = latest.map(|row| row.konto).filter(|konto| runs().any(|run| run.har(*konto))).min();
    known.or_else(|| runs().map(|run| run.konto_fran).min()).ok_or_else(|| {
        format!(
            "Inget konto hör till raden {} {year}. Läs in rapportstrukturen under Konton, projekt och kostnadsställen.",
            rad.text()
        )
    })
}

/// The account of income whose name has the name of one of these members, in the year's closing.
pub(super) fn avgiftskonto(underlag: &Underlag, year: u16, members: &[usize]) -> Result<u32, String> {
    let all = &underlag.ekonomi.medlemmar;
    let name = || format::list(&members.iter().map(|at| all[*at].medlem.as_str()).collect::<Vec<_>>());
    let Some(latest) = bokslutet(&underlag.bokforing, year) else {
        return Err(format!("{} har inget intäktskonto: ingen bokföring är inläst.", name()));
    };
    let income = latest.konton.iter().filter(|row| row.konto.to_string().starts_with('3'));
    let mut own: Vec<_> = income.filter(|row| named(&row.namn, all).iter().any(|at| members.contains(at))).collect();
    if own.len() > 1 {
        let fee = |text: &str| text.to_lowercase().contains("avgift");
        if own.iter().any(|row| fee(&row.namn)) {
            own.retain(|row| fee(&row.namn));
        }
    }
    match own[..] {
        [only] => Ok(only.konto),
        [] => Err(format!(
            "{} har inget intäktskonto: inget konto i klass 3 har det namnet i bokslutet per {}. Ge medlemmens konto dess \
             namn i bokföringsprogrammet och läs in bokföringen igen.",
            name(),
            latest.bokslut.till
        )),
        _ => Err(format!(
            "{} har flera intäktskonton i bokslutet per {}: {}. Förslaget vet inte vilket som gäller.",
            name(),
            latest.bokslut.till,
            format::list(&own.iter().map(|row| format!("{} {}", row.konto, row.namn)).collect::<Vec<_>>())
        )),
    }
}

/// The members that an account's name names, by place. A name within a longer one does not count: *Region Uppsala* is not
/// *Uppsala*.
fn named(account: &str, members: &[Medlem]) -> Vec<usize> {
    let account = account.to_lowercase();
    let mut spans: Vec<(usize, usize, usize)> = Vec::new();
    for (at, member) in members.iter().enumerate() {
        let name = member.medlem.to_lowercase();
        let name = match member.typ {
            MedlemTyp::Kommun => name.strip_suffix(" kommun").unwrap_or(&name),
            _ => &name,
        };
        for (start, _) in account.match_indices(name).filter(|_| !name.is_empty()) {
            let end = start + name.len();
            let letter = |sign: Option<char>| sign.is_some_and(char::is_alphanumeric);
            if !letter(account[..start].chars().next_back()) && !letter(account[end..].chars().next()) {
                spans.push((start, end, at));
            }
        }
    }
    let within = |one: &(usize, usize, usize), other: &(usize, usize, usize)| {
        other.0 <= one.0 && one.1 <= other.1 && other.1 - other.0 > one.1 - one.0
    };
    spans.iter().filter(|one| !spans.iter().any(|other| within(one, other))).map(|(.., at)| *at).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_account_names_the_longest_member_and_whole_words() {
        let member = |name: &str, typ| Medlem { medlem: name.to_owned(), typ };
        let members = [
            member("Uppsala", MedlemTyp::Kommun),
            member("Region Uppsala", MedlemTyp::Region),
            member("Ale kommun", MedlemTyp::Kommun),
            member("Försäkringskassan", MedlemTyp::Stat),
            member("Arbetsförmedlingen", MedlemTyp::Stat),
        ];
        for (account, expect) in [
            ("Medlemsavgift Uppsala", &[0][..]),
            ("Medlemsavgift Region Uppsala", &[1]),
            ("Medlemsavgift REGION UPPSALA och Uppsala", &[0, 1]),
            ("Medlemsavgift Försäkringskassan och Arbetsförmedlingen", &[3, 4]),
            ("Avgift Ale", &[2]),
            ("Avgift Ale kommun", &[2]),
            ("Avgift Alebro", &[]),
            ("Totale", &[]),
            ("", &[]),
        ] {
            assert_eq!(named(account, &members), expect, "{account}");
        }
    }
}
