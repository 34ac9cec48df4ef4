//! What can be asked on the command line. Swedish words in ASCII.

use super::bokforing::{ImportKoppling, ImportSie, WriteForslag, WriteSie};
use super::deltagare::{ImportDeltagare, Template};
use super::ekonomi::{Fees, ImportPlan, WritePlan};
use super::folkmangd::{Fetch, ImportFolkmangd};
use super::gallra::Gallring;
use super::generera::Generate;
use super::rapporter::ReportKind;
use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use samsyn_document::{Datum, FigureId, Halvar};
use std::path::PathBuf;

/// Samsyn följer upp ett samordningsförbunds insatser: uppgifter in en gång, alla rapporter ut.
#[derive(Debug, Parser)]
#[command(
    name = "samsyn",
    version,
    disable_help_flag = true,
    disable_version_flag = true,
    after_help = "\nExempel:\n  samsyn demo\n  samsyn siffror 2022-H1 --per 2022-08-30\n"
)]
pub struct Arguments {
    /// Mapp för databasen (SQLite). Utan val används samsyn-data. Även SAMSYN_DATA.
    #[arg(
        long,
        value_name = "KATALOG",
        env = "SAMSYN_DATA",
        hide_env = true,
        global = true,
        conflicts_with = "databas"
    )]
    pub data: Option<PathBuf>,
    /// Databasserver, postgres://… Även SAMSYN_DATABAS.
    #[arg(long, value_name = "URL", env = "SAMSYN_DATABAS", hide_env = true, hide_env_values = true, global = true)]
    pub databas: Option<String>,
    /// Förbundets id; behövs när databasen har flera. Även SAMSYN_FORBUND.
    #[arg(long, value_name = "ID", env = "SAMSYN_FORBUND", hide_env = true)]
    pub forbund: Option<String>,
    /// Visa hjälp.
    #[arg(short = 'h', long = "help", visible_alias = "hjalp", action = ArgAction::Help, global = true)]
    help: Option<bool>,
    /// Visa version.
    #[arg(short = 'V', long = "version", action = ArgAction::Version)]
    version: Option<bool>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Läs in det verkliga underlaget, visa läget, skriv rapporterna och starta webbplatsen.
    #[command(
        after_help = "\nUtan --data läggs allt i mappen samsyn-demo.\n\nExempel:\n  samsyn demo\n  samsyn demo --port 9000\n"
    )]
    Demo {
        /// Webbplatsens port; utan val 8080.
        #[arg(long, value_name = "PORT", default_value = "8080", hide_default_value = true)]
        port: u16,
        /// Starta inte webbplatsen.
        #[arg(long = "utan-webb")]
        without_web: bool,
    },
    /// Starta webbplatsen.
    #[command(
        after_help = "\nExempel:\n  samsyn starta\n  samsyn starta --installning /etc/samsyn.toml\n\nFörsta gången görs en användare; se handboken, Starta en server.\n"
    )]
    Starta(Serve),
    /// Skriv en kopia av databasen, även medan programmet används.
    #[command(
        after_help = "\nExempel:\n  samsyn sakerhetskopiera kopia.samsyn\n  samsyn sakerhetskopiera /kopior --behall 14\n"
    )]
    Sakerhetskopiera {
        /// Fil att skriva; den får inte finnas. Med --behall: mappen för kopiorna.
        #[arg(value_name = "FIL")]
        file: PathBuf,
        /// Skriv en kopia i mappen, med tiden i namnet, och ta bort de äldsta tills så många är kvar.
        #[arg(long = "behall", value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
        keep: Option<u16>,
    },
    /// Ersätt allt i databasen med en kopia, även medan programmet används.
    #[command(
        after_help = "\nDet som finns nu kopieras först till en fil bredvid. Alla loggas ut.\n\nExempel:\n  samsyn aterstall kopia.samsyn\n"
    )]
    Aterstall {
        /// Kopian.
        #[arg(value_name = "FIL")]
        file: PathBuf,
    },
    /// Ge någon en roll i ett förbund; den som inte är användare blir det.
    #[command(
        name = "ge-roll",
        after_help = "\nRoller: behorighetsansvarig, forbundschef, kansli, ekonom, insatsansvarig, styrgrupp, ledamot, revisor.\n\nExempel:\n  samsyn ge-roll anna@exempel.se behorighetsansvarig --forbund uppsala-lan\n"
    )]
    GeRoll {
        /// Användarens e-postadress.
        #[arg(value_name = "EPOST")]
        address: String,
        /// Rollen.
        #[arg(value_name = "ROLL")]
        role: String,
        /// Namn, för den som inte är användare.
        #[arg(long = "namn", value_name = "NAMN")]
        name: Option<String>,
        /// Insatsens id, för insatsansvarig och styrgrupp.
        #[arg(long = "insats", value_name = "ID")]
        insats: Option<String>,
        #[command(flatten)]
        whose: Whose,
        /// Hur webbplatsen nås utifrån; utan val http://127.0.0.1:8080. Även SAMSYN_WEBBADRESS.
        #[arg(long = "webbadress", value_name = "URL", env = "SAMSYN_WEBBADRESS", hide_env = true)]
        site: Option<String>,
    },
    /// Gör en länk där en användare väljer nytt lösenord.
    #[command(after_help = "\nExempel:\n  samsyn losenordslank anna@exempel.se\n")]
    Losenordslank {
        /// Användarens e-postadress.
        #[arg(value_name = "EPOST")]
        address: String,
        /// Hur webbplatsen nås utifrån; utan val http://127.0.0.1:8080. Även SAMSYN_WEBBADRESS.
        #[arg(long = "webbadress", value_name = "URL", env = "SAMSYN_WEBBADRESS", hide_env = true)]
        site: Option<String>,
    },
    /// Gallra: ta bort inskrivningar för gott, enligt förbundets regel eller när samtycke återkallats.
    #[command(
        after_help = "\nExempel:\n  samsyn gallra visa\n  samsyn gallra besluta --skal \"Gallringsplanen, § 8\"\n"
    )]
    Gallra {
        #[command(subcommand)]
        what: Gallring,
    },
    /// Läs in uppgifter.
    #[command(after_help = "\nExempel:\n  samsyn importera underlag ./underlag\n")]
    Importera {
        #[command(subcommand)]
        what: Import,
    },
    /// Hämta uppgifter över nätet.
    #[command(after_help = "\nExempel:\n  samsyn hamta folkmangd 2023\n")]
    Hamta {
        #[command(subcommand)]
        what: Fetch,
    },
    /// Skriv en mall att fylla i.
    #[command(after_help = "\nExempel:\n  samsyn mall deltagare --insats ost-bryggan --ut bryggan.xlsx\n")]
    Mall {
        #[command(subcommand)]
        what: Template,
    },
    /// Skriv ut uppgifterna i samma form som de lästs in.
    #[command(after_help = "\nExempel:\n  samsyn exportera underlag ./kopia\n")]
    Exportera {
        #[command(subcommand)]
        what: Export,
    },
    /// Alla siffror i halvårets PM, eller i en annan rapport.
    #[command(
        after_help = "\nExempel:\n  samsyn siffror 2022-H1 --per 2022-08-30\n  samsyn siffror 2022 --rapport avgifter\n"
    )]
    Siffror {
        /// Halvår, till exempel 2022-H1; för de andra rapporterna ett år.
        #[arg(value_name = "PERIOD", value_parser = half_year_or_year)]
        period: HalvarEllerAr,
        /// Rapport: pm, avgifter, beslutsutrymme, prognos, delarsrapport eller arsredovisning; utan val pm.
        #[arg(
            long = "rapport",
            value_name = "RAPPORT",
            default_value = "pm",
            hide_default_value = true,
            hide_possible_values = true
        )]
        which: FiguresOf,
        #[command(flatten)]
        per: Per,
        #[command(flatten)]
        whose: Whose,
        /// Form: csv eller json.
        #[arg(
            long,
            value_name = "FORMAT",
            default_value = "csv",
            hide_default_value = true,
            hide_possible_values = true
        )]
        format: FigureFormat,
    },
    /// En siffra: dess regel, bas och alla uppgifter bakom.
    #[command(after_help = "\nExempel:\n  samsyn siffra 2022-H1 8/ost-bryggan/andel_M --per 2022-08-30\n")]
    Siffra {
        /// Halvår, till exempel 2022-H1.
        #[arg(value_name = "PERIOD", value_parser = half_year)]
        period: Halvar,
        /// Siffrans namn, som i kommandot siffror.
        #[arg(value_name = "TABELL/RAD/KOLUMN", value_parser = figure_id)]
        id: FigureId,
        #[command(flatten)]
        per: Per,
        #[command(flatten)]
        whose: Whose,
    },
    /// Siffror som ändrats mellan två datum, och uppgifterna som ändrat dem.
    #[command(after_help = "\nExempel:\n  samsyn skillnad 2023-H1 --fran 2023-08-30 --till 2024-02-01\n")]
    Skillnad {
        /// Halvår, till exempel 2022-H1.
        #[arg(value_name = "PERIOD", value_parser = half_year)]
        period: Halvar,
        /// Uppgifter per detta datum jämförs …
        #[arg(long = "fran", value_name = "DATUM")]
        from: Datum,
        /// … med uppgifter per detta datum.
        #[arg(long = "till", value_name = "DATUM")]
        to: Datum,
        #[command(flatten)]
        whose: Whose,
    },
    /// Skriv en rapport.
    #[command(after_help = "\nExempel:\n  samsyn rapport pm 2022-H1 --per 2022-08-30 --ut pm.pdf\n")]
    Rapport {
        #[command(subcommand)]
        what: ReportKind,
    },
    /// Medlemsavgifterna för ett år, med den summa som anges.
    #[command(
        after_help = "\nExempel:\n  samsyn avgifter 2022\n  samsyn avgifter 2024 --total 23090000 --ut avgifter.pdf\n"
    )]
    Avgifter(Fees),
    /// Det som motsäger vartannat, saknas eller kom sent i ett halvår, värst först.
    #[command(after_help = "\nExempel:\n  samsyn kontrollera 2022-H1 --per 2022-08-30\n")]
    Kontrollera {
        /// Halvår, till exempel 2022-H1.
        #[arg(value_name = "PERIOD", value_parser = half_year)]
        period: Halvar,
        #[command(flatten)]
        per: Per,
        #[command(flatten)]
        whose: Whose,
    },
    /// Gör påhittade men rimliga underlag i valfri storlek, en mapp per förbund.
    #[command(after_help = "\nExempel:\n  samsyn generera --forbund 75 --ar 3 --ut ./prov\n")]
    Generera(Generate),
    /// Skriv komplettering för ett kommandoskal.
    #[command(after_help = "\nExempel:\n  samsyn komplettering bash > /etc/bash_completion.d/samsyn\n")]
    Komplettering {
        /// bash, zsh eller fish.
        #[arg(value_name = "SKAL", hide_possible_values = true)]
        shell: Shell,
    },
}

/// How the site is served.
#[derive(Debug, Args)]
pub struct Serve {
    /// Fil med inställningar; utan val samsyn.toml om den finns. Även SAMSYN_INSTALLNING.
    #[arg(long = "installning", value_name = "FIL", env = "SAMSYN_INSTALLNING", hide_env = true)]
    pub file: Option<PathBuf>,
    /// Port att lyssna på; utan val 8080. Även SAMSYN_PORT.
    #[arg(long, value_name = "PORT", env = "SAMSYN_PORT", hide_env = true)]
    pub port: Option<u16>,
    /// Adress att lyssna på; utan val 127.0.0.1. Även SAMSYN_ADRESS.
    #[arg(long = "adress", value_name = "IP", env = "SAMSYN_ADRESS", hide_env = true)]
    pub address: Option<std::net::IpAddr>,
    /// Hur webbplatsen nås utifrån, till exempel https://samsyn.exempel.se. Även SAMSYN_WEBBADRESS.
    #[arg(long = "webbadress", value_name = "URL", env = "SAMSYN_WEBBADRESS", hide_env = true)]
    pub site: Option<String>,
    /// Första användarens e-postadress. Även SAMSYN_FORSTA_EPOST.
    #[arg(long = "forsta-epost", value_name = "EPOST", env = "SAMSYN_FORSTA_EPOST", hide_env = true)]
    pub first_address: Option<String>,
    /// Första användarens namn. Även SAMSYN_FORSTA_NAMN.
    #[arg(long = "forsta-namn", value_name = "NAMN", env = "SAMSYN_FORSTA_NAMN", hide_env = true)]
    pub first_name: Option<String>,
}

/// Which förbund to read. Not a global option: `generera` counts förbund under the same name.
#[derive(Debug, Args)]
pub struct Whose {
    /// Förbundets id; behövs när databasen har flera. Även SAMSYN_FORBUND.
    #[arg(long = "forbund", value_name = "ID")]
    pub forbund: Option<String>,
}

/// The kännedomsdatum.
#[derive(Debug, Args)]
pub struct Per {
    /// Uppgifter per detta datum; utan val i dag.
    #[arg(long, value_name = "DATUM")]
    pub per: Option<Datum>,
}

#[derive(Debug, Subcommand)]
pub enum Import {
    /// Läs in ett datapaket, eller en mapp med flera.
    #[command(after_help = "\nExempel:\n  samsyn importera underlag ./underlag --godkann-varningar\n")]
    Underlag(ImportUnderlag),
    /// Läs in en insats uppföljningsfil.
    #[command(
        after_help = "\nExempel:\n  samsyn importera deltagare bryggan.xlsx --insats ost-bryggan --visa\n  samsyn importera deltagare bryggan.xlsx --insats ost-bryggan --per 2022-08-30\n"
    )]
    Deltagare(Box<ImportDeltagare>),
    /// Läs in planen för beslutsutrymmet till ett styrelsemöte.
    #[command(
        after_help = "\nExempel:\n  samsyn importera plan plan-2022-10-20.csv\n  samsyn importera plan planen.xlsx --mote 2022-10-20\n"
    )]
    Plan(ImportPlan),
    /// Läs in SCB:s tabell Folkmängd 1 november.
    #[command(after_help = "\nExempel:\n  samsyn importera folkmangd FolkmangdNov.csv\n")]
    Folkmangd(ImportFolkmangd),
    /// Läs in bokföringen ur en SIE-fil.
    #[command(
        after_help = "\nExempel:\n  samsyn importera sie 2022-06-30.se --visa\n  samsyn importera sie 2022-06-30.se\n"
    )]
    Sie(Box<ImportSie>),
    /// Läs in vad konton, projekt och kostnadsställen är i rapporterna, eller schabloner.
    #[command(after_help = "\nExempel:\n  samsyn importera koppling rapportstruktur.csv --fran 2021\n")]
    Koppling(ImportKoppling),
}

#[derive(Debug, Args)]
pub struct ImportUnderlag {
    /// Mapp med datapackage.json och dess filer.
    #[arg(value_name = "KATALOG")]
    pub folder: PathBuf,
    /// Läs in trots varningar.
    #[arg(long = "godkann-varningar")]
    pub accept_warnings: bool,
    /// Varför uppgifterna läses in; sparas i loggen.
    #[arg(long = "skal", value_name = "TEXT", default_value = "inläsning av underlag", hide_default_value = true)]
    pub why: String,
    /// Största fil som tas emot, i MiB; utan val 64. Även SAMSYN_STORSTA_FIL.
    #[arg(
        long = "storsta-fil",
        value_name = "MIB",
        env = "SAMSYN_STORSTA_FIL",
        hide_env = true,
        default_value = "64",
        hide_default_value = true
    )]
    pub max_file_mib: u32,
}

#[derive(Debug, Subcommand)]
pub enum Export {
    /// Skriv ett datapaket.
    #[command(after_help = "\nExempel:\n  samsyn exportera underlag ./kopia --med-historik\n")]
    Underlag {
        /// Mapp att skriva i.
        #[arg(value_name = "KATALOG")]
        folder: PathBuf,
        /// Skriv även alla tidigare versioner, i mappen historik.
        #[arg(long = "med-historik")]
        history: bool,
        /// Skriv över filer som redan finns i mappen.
        #[arg(long = "ersatt")]
        replace: bool,
        #[command(flatten)]
        whose: Whose,
    },
    /// Skriv en plan som CSV, eller som Excel med formler.
    #[command(after_help = "\nExempel:\n  samsyn exportera plan 2022-10-20 --ut plan-2022-10-20.xlsx\n")]
    Plan(WritePlan),
    /// Skriv bokföringen till ett bokslut som SIE 4E.
    #[command(after_help = "\nExempel:\n  samsyn exportera sie 2022-06-30 --ut bokforing-2022-06-30.se\n")]
    Sie(WriteSie),
    /// Skriv förslag till verifikationer för ett kvartal som SIE 4I: rekvisitioner och medlemsavgifter att bokföra.
    #[command(after_help = "\nExempel:\n  samsyn exportera sie-forslag 2022-K2 --ut forslag-2022-K2.si\n")]
    SieForslag(WriteForslag),
}

/// Which report's figures.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum FiguresOf {
    Pm,
    Avgifter,
    Beslutsutrymme,
    Prognos,
    Delarsrapport,
    Arsredovisning,
}

/// How figures are listed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum FigureFormat {
    Csv,
    Json,
}

/// Shells with completion.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Shell {
    Bash,
    Zsh,
    Fish,
}

impl Shell {
    /// The shell as the completion library knows it.
    pub fn known(self) -> clap_complete::Shell {
        match self {
            Shell::Bash => clap_complete::Shell::Bash,
            Shell::Zsh => clap_complete::Shell::Zsh,
            Shell::Fish => clap_complete::Shell::Fish,
        }
    }
}

impl Arguments {
    /// The förbund to read: the command's own option, else the one before the command or in the
    /// environment.
    pub fn forbund(&self) -> Option<&str> {
        let whose = match &self.command {
            Command::Exportera { what: Export::Underlag { whose, .. } }
            | Command::Siffror { whose, .. }
            | Command::Siffra { whose, .. }
            | Command::Skillnad { whose, .. }
            | Command::Mall { what: Template::Deltagare { whose, .. } }
            | Command::GeRoll { whose, .. }
            | Command::Kontrollera { whose, .. } => whose.forbund.as_deref(),
            Command::Importera { what: Import::Deltagare(choices) } => choices.whose.forbund.as_deref(),
            Command::Importera { what: Import::Plan(choices) } => choices.whose.forbund.as_deref(),
            Command::Importera { what: Import::Folkmangd(choices) } => choices.whose.forbund.as_deref(),
            Command::Importera { what: Import::Sie(choices) } => choices.whose.forbund.as_deref(),
            Command::Importera { what: Import::Koppling(choices) } => choices.whose.forbund.as_deref(),
            Command::Exportera { what: Export::Sie(choices) } => choices.whose.forbund.as_deref(),
            Command::Exportera { what: Export::SieForslag(choices) } => choices.whose.forbund.as_deref(),
            Command::Hamta { what: Fetch::Folkmangd(choices) } => choices.whose.forbund.as_deref(),
            Command::Exportera { what: Export::Plan(choices) } => choices.whose.forbund.as_deref(),
            Command::Avgifter(choices) => choices.whose.forbund.as_deref(),
            Command::Gallra { what } => what.whose().forbund.as_deref(),
            Command::Rapport { what } => what.whose().forbund.as_deref(),
            _ => None,
        };
        whose.or(self.forbund.as_deref())
    }
}

/// A half-year, its letter of either case.
pub(super) fn half_year(text: &str) -> Result<Halvar, String> {
    text.to_uppercase().parse()
}

/// A half-year, or a year as its second half-year.
#[derive(Clone, Copy, Debug)]
pub struct HalvarEllerAr {
    /// The half-year.
    pub halvar: Halvar,
    /// Whether only a year was written.
    pub ar: bool,
}

fn half_year_or_year(text: &str) -> Result<HalvarEllerAr, String> {
    match crate::actions::arsrapport::aret(text) {
        Ok(halvar) => Ok(HalvarEllerAr { halvar, ar: true }),
        Err(_) => half_year(text).map(|halvar| HalvarEllerAr { halvar, ar: false }),
    }
}

fn figure_id(text: &str) -> Result<FigureId, String> {
    FigureId::parse(text)
        .ok_or_else(|| format!("{text:?} är inget namn på en siffra. Skriv till exempel 6/summa/pagaende_S."))
}
