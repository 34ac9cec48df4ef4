//! Which line of the statements, and which row of the notes, an account belongs to; and the lines there are.

codes! {
    /// A line of the resultaträkning or the balansräkning, in their order.
    pub enum Rad {
        Sidointakter = "sidointakter" => "Sidointäkter",
        Rorelseintakter = "rorelseintakter" => "Rörelseintäkter",
        Bidrag = "bidrag" => "Bidrag",
        OvrigaRorelseintakter = "ovriga_rorelseintakter" => "Övriga rörelseintäkter",
        EuBidrag = "eu_bidrag" => "EU-bidrag",
        Samverkansinsatser = "samverkansinsatser" => "Kostnader för samverkansinsatser",
        OvrigaKostnaderEsf = "ovriga_kostnader_esf" => "Övriga kostnader, ESF-projekt",
        OvrigaUtvecklingsinsatser = "ovriga_utvecklingsinsatser" => "Övriga utvecklingsinsatser",
        OvrigaDriftskostnader = "ovriga_driftskostnader" => "Övriga driftskostnader",
        Lokaler = "lokaler" => "Kostnader för lokaler",
        Personal = "personal" => "Kostnader för personal",
        Avskrivningar = "avskrivningar" => "Avskrivningar",
        OvrigaFinansiellaIntakter = "ovriga_finansiella_intakter" => "Övriga finansiella intäkter",
        Ranteintakter = "ranteintakter" => "Ränteintäkter",
        RantekostnaderSkattekonto = "rantekostnader_skattekonto" => "Räntekostnader, skattekonto",
        Rantekostnader = "rantekostnader" => "Räntekostnader",
        OvrigaFinansiellaKostnader = "ovriga_finansiella_kostnader" => "Övriga finansiella kostnader",
        ExtraordinaraIntakter = "extraordinara_intakter" => "Extraordinära intäkter",
        ExtraordinaraKostnader = "extraordinara_kostnader" => "Extraordinära kostnader",
        ImmateriellaAnlaggningstillgangar = "immateriella_anlaggningstillgangar" => "Immateriella anläggningstillgångar",
        MateriellaAnlaggningstillgangar = "materiella_anlaggningstillgangar" => "Materiella anläggningstillgångar",
        FinansiellaAnlaggningstillgangar = "finansiella_anlaggningstillgangar" => "Finansiella anläggningstillgångar",
        Kundfordringar = "kundfordringar" => "Kundfordringar",
        KortfristigaFordringar = "kortfristiga_fordringar" => "Kortfristiga fordringar",
        Interimsfordringar = "interimsfordringar" => "Interimsfordringar",
        KortfristigaPlaceringar = "kortfristiga_placeringar" => "Kortfristiga placeringar",
        KassaOchBank = "kassa_och_bank" => "Kassa och bank",
        BundenReservfond = "bunden_reservfond" => "Bunden reservfond",
        OverskottTidigareAr = "overskott_tidigare_ar" => "Överskott från tidigare år",
        RedovisatResultatFgAr = "redovisat_resultat_fg_ar" => "Redovisat resultat föregående år",
        Avsattningar = "avsattningar" => "Avsättningar",
        LangfristigaSkulder = "langfristiga_skulder" => "Långfristiga skulder",
        Leverantorsskulder = "leverantorsskulder" => "Leverantörsskulder",
        OvrigaKortfristigaSkulder = "ovriga_kortfristiga_skulder" => "Övriga kortfristiga skulder",
        Interimsskulder = "interimsskulder" => "Interimsskulder",
        BokfortResultat = "bokfort_resultat" => "Bokfört resultat, som inte räknas en gång till",
    }
}

/// Where in the statements a line stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Radgrupp {
    /// Verksamhetens intäkter.
    Intakter,
    /// Verksamhetens kostnader.
    Kostnader,
    /// Financial income and costs.
    Finansiella,
    /// Extraordinary income and costs.
    Extraordinara,
    /// Fixed assets.
    Anlaggningstillgangar,
    /// Claims on others.
    Fordringar,
    /// Short-term investments, cash and bank: liquid funds.
    LikvidaMedel,
    /// Equity, without the period's result.
    EgetKapital,
    /// Provisions.
    Avsattningar,
    /// Debts due later than in a year.
    LangfristigaSkulder,
    /// Debts due within a year.
    KortfristigaSkulder,
    /// The result as a bookkeeping program books it at the year's end, on one account of each kind. Stands nowhere: the
    /// statements reckon the result themselves.
    Bokfort,
}

impl Rad {
    /// Where it stands.
    pub const fn grupp(self) -> Radgrupp {
        use Rad as R;
        match self {
            R::Sidointakter | R::Rorelseintakter | R::Bidrag | R::OvrigaRorelseintakter | R::EuBidrag => {
                Radgrupp::Intakter
            }
            R::Samverkansinsatser
            | R::OvrigaKostnaderEsf
            | R::OvrigaUtvecklingsinsatser
            | R::OvrigaDriftskostnader
            | R::Lokaler
            | R::Personal
            | R::Avskrivningar => Radgrupp::Kostnader,
            R::OvrigaFinansiellaIntakter
            | R::Ranteintakter
            | R::RantekostnaderSkattekonto
            | R::Rantekostnader
            | R::OvrigaFinansiellaKostnader => Radgrupp::Finansiella,
            R::ExtraordinaraIntakter | R::ExtraordinaraKostnader => Radgrupp::Extraordinara,
            R::ImmateriellaAnlaggningstillgangar
            | R::MateriellaAnlaggningstillgangar
            | R::FinansiellaAnlaggningstillgangar => Radgrupp::Anlaggningstillgangar,
            R::Kundfordringar | R::KortfristigaFordringar | R::Interimsfordringar => Radgrupp::Fordringar,
            R::KortfristigaPlaceringar | R::KassaOchBank => Radgrupp::LikvidaMedel,
            R::BundenReservfond | R::OverskottTidigareAr | R::RedovisatResultatFgAr => Radgrupp::EgetKapital,
            R::Avsattningar => Radgrupp::Avsattningar,
            R::LangfristigaSkulder => Radgrupp::LangfristigaSkulder,
            R::Leverantorsskulder | R::OvrigaKortfristigaSkulder | R::Interimsskulder => Radgrupp::KortfristigaSkulder,
            R::BokfortResultat => Radgrupp::Bokfort,
        }
    }

    /// Whether it is of the resultaträkning.
    pub const fn is_result(self) -> bool {
        use Radgrupp as G;
        matches!(self.grupp(), G::Intakter | G::Kostnader | G::Finansiella | G::Extraordinara)
    }

    /// Whether it is an asset, shown with the sign of the bookkeeping. All else is shown with the opposite: income and
    /// debts are positive on the page, costs negative.
    pub const fn is_asset(self) -> bool {
        use Radgrupp as G;
        matches!(self.grupp(), G::Anlaggningstillgangar | G::Fordringar | G::LikvidaMedel)
    }

    /// The lines of a part of the statements, in order.
    pub fn av(grupp: Radgrupp) -> impl Iterator<Item = Rad> {
        Rad::ALL.iter().copied().filter(move |rad| rad.grupp() == grupp)
    }
}

/// What `notrad` says when a note has one row per account.
pub const PER_KONTO: &str = "per_konto";
/// What `notrad` says when a note has one row per project.
pub const PER_PROJEKT: &str = "per_projekt";

fact! {
    /// A run of accounts and where it is shown. Those that begin to apply in the same year replace all earlier ones.
    pub struct Rapportstruktur: "rapportstruktur", "rapportstruktur", key [galler_fran, konto_fran] {
        /// The year from which it applies.
        pub galler_fran: u16,
        /// The first account.
        pub konto_fran: u32,
        /// The last account.
        pub konto_till: u32,
        /// The line.
        pub rad: Rad,
        /// The number of the line's note; missing when the line has none.
        pub not_nr: Option<u16>,
        /// The row in the note, or `per_konto` or `per_projekt`.
        pub notrad: Option<crate::Id>,
    }
}

impl Rapportstruktur {
    /// Whether an account is in the run.
    pub fn har(&self, konto: u32) -> bool {
        (self.konto_fran..=self.konto_till).contains(&konto)
    }
}
