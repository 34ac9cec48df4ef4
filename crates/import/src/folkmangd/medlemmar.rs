//! Which member a region is, whatever the two are called.

/// The members that are kommuner.
pub(super) struct Medlemmar(Vec<Namn>);

/// A kommun's name, in small letters and without what may stand around it.
struct Namn {
    name: String,
    /// The name without the s of *Uppsalas kommun*, which may also be the name's own, as in *Borås stad*.
    without_s: Option<String>,
}

impl Medlemmar {
    pub fn new(kommuner: &[&str]) -> Medlemmar {
        // A member that can be no kommun keeps its place, and is never found.
        let of = |name: &&str| Namn::of(name).unwrap_or(Namn { name: String::new(), without_s: None });
        Medlemmar(kommuner.iter().map(of).collect())
    }

    /// The member that a region is, by its place. The region may begin with its code.
    pub fn find(&self, region: &str) -> Option<usize> {
        let region = Namn::of(region)?;
        self.0.iter().position(|member| {
            let same = |s: &Option<String>, name: &str| s.as_deref() == Some(name);
            member.name == region.name || same(&member.without_s, &region.name) || same(&region.without_s, &member.name)
        })
    }
}

impl Namn {
    /// `None` for what is no kommun by its code, and for a code alone. SCB's codes have four digits for a kommun, of
    /// which a spreadsheet may have lost the first nought, and two for a län or the whole country.
    fn of(text: &str) -> Option<Namn> {
        let text = text.trim();
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        if !matches!(digits, 0 | 3 | 4) {
            return None;
        }
        let text = text[digits..].trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let mut words: Vec<&str> = text.split_whitespace().collect();
        let is_called = words.len() > 1 && words.last().is_some_and(|last| matches!(*last, "kommun" | "stad"));
        if is_called {
            words.pop();
        }
        let name = words.join(" ");
        let without_s = name.strip_suffix('s').filter(|_| is_called).map(str::to_owned);
        (!name.is_empty()).then_some(Namn { name, without_s })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KOMMUNER: [&str; 6] = ["Uppsala", "Håbo kommun", "Borås stad", "Hofors", "Upplands Väsby", "Göteborgs Stad"];

    fn check(region: &str, expect: Option<&str>) {
        let found = Medlemmar::new(&KOMMUNER).find(region).map(|at| KOMMUNER[at]);
        assert_eq!(found, expect, "{region}");
    }

    /// Case, spaces, a leading code, the words kommun and stad, and the genitive's s do not matter.
    #[test]
    fn a_kommun_is_known_by_any_of_its_names() {
        for region in [
            "Uppsala",
            " UPPSALA ",
            "0380 Uppsala",
            "380 Uppsala",
            "Uppsala kommun",
            "0380 Uppsalas kommun",
            "0380\u{a0}Uppsala",
            "0380, Uppsala",
        ] {
            check(region, Some("Uppsala"));
        }
        check("Håbo", Some("Håbo kommun"));
        check("1490 Borås", Some("Borås stad"));
        check("Borås stad", Some("Borås stad"));
        check("Hofors kommun", Some("Hofors"));
        check("0114 Upplands  väsby", Some("Upplands Väsby"));
        check("1480 Göteborg", Some("Göteborgs Stad"));
        check("Göteborgs kommun", Some("Göteborgs Stad"));
    }

    /// "Uppsala län" is not Uppsala, nor is the län's code with the same name.
    #[test]
    fn what_is_no_kommun_is_no_member() {
        for region in [
            "Uppsala län",
            "03 Uppsala län",
            "03 Uppsala",
            "00 Riket",
            "0380",
            "",
            "kommun",
            "Uppsalas",
            "Hofor",
            "03800001 Uppsala",
        ] {
            check(region, None);
        }
        assert_eq!(Medlemmar::new(&["", "0380"]).find("Uppsala"), None);
        assert_eq!(Medlemmar::new(&["", "0380"]).find(""), None);
    }
}
