//! Builds small facts: an insats and what belongs to it, each thing with defaults that no test minds.
//!
//! `forbund().insats("a").period("2024-01-01", "2024-12-31").deltagande(kvinna("2024-02-01").ut("2024-05-01"))`

use samsyn_core::avslutsantal::Avslutsantal;
use samsyn_core::avvikelse::Avvikelse;
use samsyn_core::budget::Budget;
use samsyn_core::deltagande::Deltagande;
use samsyn_core::forbund::Forbund;
use samsyn_core::insats::Insats;
use samsyn_core::insatsperiod::Insatsperiod;
use samsyn_core::kvartalsrapport::Kvartalsrapport;
use samsyn_core::malutfall::Malutfall;
use samsyn_core::manadsantal::Manadsantal;
use samsyn_core::rekvisition::Rekvisition;
use samsyn_core::{Fact, Facts, Field};
use samsyn_document::Manad;

/// The day, code, amount or id that the text is.
pub fn of<T: Field>(text: &str) -> T {
    T::parse(text).unwrap_or_else(|error| panic!("{text:?} {}", error.what))
}

/// Facts under construction. What is added belongs to the insats added last.
#[derive(Clone, Default)]
pub struct Given {
    pub facts: Facts,
}

/// A förbund without anything.
pub fn forbund() -> Given {
    let forbund = Forbund { forbund_id: of("alby"), namn: "Alby".into(), organisationsnummer: None, lan: None };
    Given { facts: Facts { forbund: vec![forbund], ..Facts::default() } }
}

impl Given {
    /// An individinsats without a period.
    pub fn insats(mut self, id: &str) -> Given {
        self.facts.insatser.push(Insats {
            insats_id: of(id),
            insatsagare: "Bolmen".into(),
            namn: id.into(),
            kortnamn: None,
            typ: of("individ"),
            inriktning: None,
            redovisas_med: None,
            forvantat_antal_per_ar: None,
        });
        self
    }

    fn change(mut self, change: impl FnOnce(&mut Insats)) -> Given {
        change(self.facts.insatser.last_mut().expect("an insats"));
        self
    }

    fn id(&self) -> samsyn_core::Id {
        self.facts.insatser.last().expect("an insats").insats_id.clone()
    }

    pub fn typ(self, typ: &str) -> Given {
        self.change(|insats| insats.typ = of(typ))
    }

    pub fn inriktning(self, inriktning: &str) -> Given {
        self.change(|insats| insats.inriktning = Some(of(inriktning)))
    }

    pub fn redovisas_med(self, earlier: &str) -> Given {
        self.change(|insats| insats.redovisas_med = Some(of(earlier)))
    }

    pub fn forvantat(self, per_year: u32) -> Given {
        self.change(|insats| insats.forvantat_antal_per_ar = Some(per_year))
    }

    /// A period that was decided long ago.
    pub fn period(self, start: &str, slut: &str) -> Given {
        self.beslut("2019-12-01", start, slut)
    }

    /// A period and the day of its decision.
    pub fn beslut(mut self, beslutad: &str, start: &str, slut: &str) -> Given {
        let insats_id = self.id();
        let period = Insatsperiod { insats_id, start: of(start), slut: of(slut), beslutad: of(beslutad) };
        self.facts.insatsperioder.push(period);
        self
    }

    pub fn budget(mut self, kvartal: &str, kronor: &str) -> Given {
        self.facts.budget.push(Budget { insats_id: self.id(), kvartal: of(kvartal), belopp_kr: of(kronor) });
        self
    }

    /// A payment claim that came in on the quarter's last day.
    pub fn rekvisition(self, kvartal: &str, kronor: &str) -> Given {
        let last = of::<samsyn_document::Kvartal>(kvartal).last().to_string();
        self.rekvisition_inkommen(&last, kvartal, kronor)
    }

    pub fn rekvisition_inkommen(mut self, inkommen: &str, kvartal: &str, kronor: &str) -> Given {
        let (insats_id, inkommen) = (self.id(), of(inkommen));
        let claim = Rekvisition { insats_id, kvartal: of(kvartal), belopp_kr: of(kronor), inkommen };
        self.facts.rekvisitioner.push(claim);
        self
    }

    /// A quarterly report handed in on the quarter's last day: all well, but for what `change` says.
    pub fn rapport(mut self, kvartal: &str, change: impl FnOnce(&mut Kvartalsrapport)) -> Given {
        let kvartal: samsyn_document::Kvartal = of(kvartal);
        let mut report = Kvartalsrapport {
            insats_id: self.id(),
            kvartal,
            inlamnad: kvartal.last(),
            i_fas: of("ja"),
            prognos: of("nås"),
            vakans_sof: false,
            vakans_egen: false,
            styrgruppsmoten: true,
            ordinarie_representation: true,
            uppfoljning: true,
            kontroll_metod: true,
            kontroll_malgrupp: true,
            jamlikhet: true,
            jamstalldhet: true,
            implementering_diskuterad: true,
            avvikelse_malgrupp_metod: false,
            kansli_i_fas: None,
            kansli_motiv: None,
            kommentar: None,
        };
        change(&mut report);
        self.facts.kvartalsrapporter.push(report);
        self
    }

    pub fn avvikelse(mut self, inlamnad: &str, typer: &str, change: impl FnOnce(&mut Avvikelse)) -> Given {
        let mut avvikelse = Avvikelse {
            avvikelse_id: of(&format!("A{}", self.facts.avvikelser.len() + 1)),
            insats_id: self.id(),
            inlamnad: of(inlamnad),
            typer: of(typer),
            beskrivning: None,
            overforing_kr: None,
            overforing_till_ar: None,
            beslut: None,
            beslutad: None,
        };
        change(&mut avvikelse);
        self.facts.avvikelser.push(avvikelse);
        self
    }

    /// An avvikelse that asks to carry kronor over to `ar`, and what was decided on which day.
    pub fn overforing(self, kronor: &str, ar: u16, beslut: &str, beslutad: &str) -> Given {
        self.avvikelse("2024-01-15", "budget", |a| {
            a.overforing_kr = Some(of(kronor));
            a.overforing_till_ar = Some(ar);
            a.beslut = of(beslut);
            a.beslutad = of(beslutad);
        })
    }

    pub fn malutfall(mut self, kvartal: &str) -> Given {
        let insats_id = self.id();
        let outcome = Malutfall { insats_id, mal_nr: 1, kvartal: of(kvartal), utfall: None, kommentar: None };
        self.facts.malutfall.push(outcome);
        self
    }

    /// A month of counts, which came in on the fifth of the next: how many of this sex were enrolled, and how many were
    /// ongoing at its end.
    pub fn manadsantal(mut self, manad: &str, kon: &str, inskrivna: u32, pagaende: u32) -> Given {
        let manad: Manad = of(manad);
        let inkommen = manad.last().add_days(5);
        let insats_id = self.id();
        self.facts.manadsantal.push(Manadsantal { insats_id, manad, kon: of(kon), inskrivna, pagaende, inkommen });
        self
    }

    /// Exits of a month for one reason: how many, how many of those to work or studies, and how many with a plan.
    pub fn avslutsantal(mut self, manad: &str, kon: &str, orsak: &str, [utskrivna, till, plan]: [u32; 3]) -> Given {
        let manad: Manad = of(manad);
        self.facts.avslutsantal.push(Avslutsantal {
            insats_id: self.id(),
            manad,
            kon: of(kon),
            avslutsorsak: of(orsak),
            utskrivna,
            till_arbete_studier: till,
            med_plan: plan,
            inkommen: manad.last().add_days(5),
        });
        self
    }

    pub fn deltagande(mut self, del: Del) -> Given {
        let deltagande_id = of(&format!("D{}", self.facts.deltagare.len() + 1));
        self.facts.deltagare.push(Deltagande { deltagande_id, insats_id: self.id(), ..del.0 });
        self
    }

    /// The same deltagande many times.
    pub fn deltaganden(self, times: usize, del: Del) -> Given {
        (0..times).fold(self, |given, _| given.deltagande(del.clone()))
    }
}

/// A deltagande that has no insats yet. Every registration is on the day itself.
#[derive(Clone, Debug)]
pub struct Del(pub Deltagande);

/// A woman enrolled on this day.
pub fn kvinna(inskriven: &str) -> Del {
    row(inskriven, "K")
}

/// A man enrolled on this day.
pub fn man(inskriven: &str) -> Del {
    row(inskriven, "M")
}

/// An anonymous person enrolled on this day.
pub fn anonym(inskriven: &str) -> Del {
    row(inskriven, "").med("anonym", "ja")
}

fn row(inskriven: &str, kon: &str) -> Del {
    let filled = |i: usize| match Deltagande::FIELDS[i] {
        "deltagande_id" | "insats_id" => "x",
        "kon" => kon,
        "inskriven" | "inskriven_registrerad" => inskriven,
        "anonym" => "nej",
        _ => "",
    };
    Del(Deltagande::parse(&filled, &mut |i, error| panic!("{} {}", Deltagande::FIELDS[i], error.what)).expect("a row"))
}

impl Del {
    /// One field, as it stands in deltagare.csv.
    pub fn med(self, field: &str, text: &str) -> Del {
        let at = Deltagande::FIELDS.iter().position(|name| *name == field).expect("a field");
        let cells: Vec<String> =
            (0..Deltagande::FIELDS.len()).map(|i| if i == at { text.to_owned() } else { self.0.cell(i) }).collect();
        Del(Deltagande::parse(&|i| &cells[i], &mut |_, error| panic!("{field} {}", error.what)).expect("a row"))
    }

    /// Enrolment registered on another day than it was.
    pub fn registrerad(self, day: &str) -> Del {
        self.med("inskriven_registrerad", day)
    }

    /// Exited, registered the same day.
    pub fn ut(self, day: &str) -> Del {
        self.med("utskriven", day).med("utskriven_registrerad", day).med("avslutsorsak", "övrigt")
    }

    /// The exit registered on another day.
    pub fn ut_registrerad(self, day: &str) -> Del {
        self.med("utskriven_registrerad", day)
    }

    pub fn orsak(self, orsak: &str) -> Del {
        self.med("avslutsorsak", orsak)
    }

    /// Works to this extent after the exit.
    pub fn arbetar(self, omfattning: &str) -> Del {
        self.med("arbete_omfattning", omfattning)
    }

    pub fn studerar(self) -> Del {
        self.med("studerar", "ja")
    }

    pub fn soker(self) -> Del {
        self.med("arbetssokande", "ja")
    }

    pub fn makulerad(self, day: &str) -> Del {
        self.med("makulerad", day)
    }
}
