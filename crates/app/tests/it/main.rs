//! The program as a whole: figures against the facit, documents read back, the command line as a user
//! meets it, and the house's plan.

mod base;
mod bokforing;
mod deltagare;
mod dokument;
mod export;
mod facit;
mod folkmangd;
mod gallra;
mod kommandon;
mod readback;
mod tidy;
mod webb;
mod webb_antal;
mod webb_anvandare;
mod webb_arsrapport;
mod webb_avgiftsunderlag;
mod webb_bedomning;
mod webb_bokforing;
mod webb_ekonomi;
mod webb_ekonomi_last;
mod webb_gallring;
mod webb_grind;
mod webb_import;
mod webb_insats;
mod webb_inskrivning;
mod webb_jamfor;
mod webb_laget;
mod webb_last;
mod webb_plan;
mod webb_sidor;
mod webb_smatal;
mod webb_uppfoljningsfil;
mod webb_version;
