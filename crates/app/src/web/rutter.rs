//! Every address of the site, and what each needs. A page is added here or it is not reached, and it cannot be added
//! without saying who may come.

use super::server::Server;
use super::{
    antal, anvandare, arsrapport, avgift, avgiftsunderlag, bedomning, bokforing, bokslut, diarium, ekonomi, filer,
    gallring, grind, hjalp, import, inloggning, insats, insatsbeslut, inskrivning, installningar,
};
use super::{
    kommentar, konto, kontroller, koppling, laget, logg, om, plan, rapport, sida, siffra, skillnad, slutrapport,
    uppfoljningsfil, version,
};
use crate::access::{Action, Reach, Rights};
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{MethodFilter, on};
use std::sync::Arc;

/// Who may come to an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// Anyone.
    Public,
    /// One who is logged in.
    LoggedIn,
    /// One with any role in the förbund of the address.
    Role,
    /// One who may do this in the förbund of the address, at least for one insats.
    May(Action),
    /// One who may do this in the whole förbund of the address.
    MayAll(Action),
}

/// What the guard knows of an address.
#[derive(Clone, Copy, Debug)]
pub struct Guarded {
    /// Who may come.
    pub need: Need,
    /// Whether a page asks for it by itself, with nobody there.
    pub by_itself: bool,
}

/// An address with its method and what it needs.
#[derive(Clone, Debug)]
pub struct Route {
    /// GET or POST.
    pub method: Method,
    /// The address, with `{…}` for what varies.
    pub path: &'static str,
    /// Who may come.
    pub need: Need,
}

/// The most bytes of a form with a report's text; letters such as å take six in a form.
const LARGEST_TEXT: usize = 3 * crate::actions::version::skriva::LONGEST + 64 * 1024;

/// Collects the routes, each behind its guard.
struct Routes {
    server: Arc<Server>,
    router: Router<Arc<Server>>,
    all: Vec<Route>,
}

impl Routes {
    fn add<H, T>(
        mut self,
        method: Method,
        path: &'static str,
        guarded: Guarded,
        handler: H,
        most: Option<usize>,
    ) -> Routes
    where
        H: Handler<T, Arc<Server>>,
        T: 'static,
    {
        let filter = if method == Method::POST { MethodFilter::POST } else { MethodFilter::GET };
        let guard = axum::middleware::from_fn_with_state((self.server.clone(), guarded), grind::guard);
        let mut page = on(filter, handler);
        if let Some(most) = most {
            page = page.layer(DefaultBodyLimit::max(most));
        }
        self.router = self.router.route(path, page.layer(guard));
        self.all.push(Route { method, path, need: guarded.need });
        self
    }

    fn get<H: Handler<T, Arc<Server>>, T: 'static>(self, path: &'static str, need: Need, handler: H) -> Routes {
        self.add(Method::GET, path, Guarded { need, by_itself: false }, handler, None)
    }

    /// An address that a page's script asks for again and again; that is no sign of a person at the page.
    fn poll<H: Handler<T, Arc<Server>>, T: 'static>(self, path: &'static str, need: Need, handler: H) -> Routes {
        self.add(Method::GET, path, Guarded { need, by_itself: true }, handler, None)
    }

    fn post<H: Handler<T, Arc<Server>>, T: 'static>(self, path: &'static str, need: Need, handler: H) -> Routes {
        self.add(Method::POST, path, Guarded { need, by_itself: false }, handler, None)
    }

    /// One that takes a report's text, or a whole plan.
    fn post_text<H: Handler<T, Arc<Server>>, T: 'static>(self, path: &'static str, need: Need, handler: H) -> Routes {
        self.add(Method::POST, path, Guarded { need, by_itself: false }, handler, Some(LARGEST_TEXT))
    }

    /// One that takes files.
    fn post_files<H: Handler<T, Arc<Server>>, T: 'static>(self, path: &'static str, need: Need, handler: H) -> Routes {
        let most = usize::try_from(self.server.config.largest_upload).unwrap_or(usize::MAX);
        self.add(Method::POST, path, Guarded { need, by_itself: false }, handler, Some(most))
    }
}

fn all(server: Arc<Server>) -> Routes {
    use Action::{AndraEkonomi, AndraInsats, AndraInstallningar, Bedoma, HanteraAnvandare, SeEkonomi};
    use Action::{BeslutaRapport, Diariefora, KommenteraRapport, SeDiarium, SkrivRapport};
    use Action::{Gallra, SkrivInskrivning, TaBortInskrivning, UtforGallring};
    use Action::{Importera, SeImporter, SeInskrivningar, SeKontroller, SeLaget, SeLogg, SeRapport, SeSiffra};
    use Need::{LoggedIn, May, MayAll, Public, Role};
    Routes { server, router: Router::new(), all: Vec::new() }
        .get("/", LoggedIn, inloggning::start)
        .get("/statik/{marke}/{fil}", Public, filer::fil)
        .get("/favicon.ico", Public, filer::favicon)
        .get("/halsa", Public, filer::halsa)
        .get("/logga-in", Public, inloggning::form)
        .post("/logga-in", Public, inloggning::log_in)
        .post("/logga-ut", LoggedIn, inloggning::log_out)
        .get("/valj-losenord/{lank}", Public, inloggning::link_form)
        .post("/valj-losenord/{lank}", Public, inloggning::choose)
        .get("/konto", LoggedIn, konto::sida)
        .post("/konto/losenord", LoggedIn, konto::losenord)
        .post("/konto/logga-ut-overallt", LoggedIn, konto::logga_ut_overallt)
        .get("/hjalp", Public, hjalp::lista)
        .get("/hjalp/{sida}", Public, hjalp::sida)
        .get("/om", Public, om::om)
        .get("/om/tillganglighet", Public, om::tillganglighet)
        .get("/om/komponenter", Public, om::komponenter)
        .get("/f/{forbund}/laget", May(SeLaget), laget::sida)
        .get("/f/{forbund}/insatser", May(SeLaget), insats::lista)
        .get("/f/{forbund}/insats/{insats}", May(SeLaget), insats::sida)
        .get("/f/{forbund}/ny-insats", May(AndraInsats), insatsbeslut::ny)
        .post("/f/{forbund}/ny-insats", May(AndraInsats), insatsbeslut::skapa)
        .get("/f/{forbund}/insats/{insats}/andra", May(AndraInsats), insatsbeslut::andra_form)
        .post("/f/{forbund}/insats/{insats}/andra", May(AndraInsats), insatsbeslut::andra)
        .get("/f/{forbund}/insats/{insats}/period", May(AndraInsats), insatsbeslut::period_form)
        .post("/f/{forbund}/insats/{insats}/period", May(AndraInsats), insatsbeslut::period)
        .get("/f/{forbund}/insats/{insats}/makulera", May(AndraInsats), insatsbeslut::makulera_form)
        .post("/f/{forbund}/insats/{insats}/makulera", May(AndraInsats), insatsbeslut::makulera)
        .get("/f/{forbund}/insats/{insats}/bedomning/{halvar}", May(Bedoma), bedomning::form)
        .post("/f/{forbund}/insats/{insats}/bedomning/{halvar}", May(Bedoma), bedomning::spara)
        .get("/f/{forbund}/insats/{insats}/kommentar/{halvar}", May(Bedoma), kommentar::insats_form)
        .post("/f/{forbund}/insats/{insats}/kommentar/{halvar}", May(Bedoma), kommentar::insats)
        .get("/f/{forbund}/insats/{insats}/slutrapport", May(Bedoma), slutrapport::form)
        .post("/f/{forbund}/insats/{insats}/slutrapport", May(Bedoma), slutrapport::spara)
        .get("/f/{forbund}/insats/{insats}/inskrivningar", May(SeInskrivningar), inskrivning::lista)
        .get("/f/{forbund}/insats/{insats}/uppfoljningsfil", May(SkrivInskrivning), uppfoljningsfil::form)
        .post_files("/f/{forbund}/insats/{insats}/uppfoljningsfil", May(SkrivInskrivning), uppfoljningsfil::ta_emot)
        .get("/f/{forbund}/insats/{insats}/ord", May(SkrivInskrivning), uppfoljningsfil::ord::sida)
        .post("/f/{forbund}/insats/{insats}/ord", May(SkrivInskrivning), uppfoljningsfil::ord::spara)
        .get("/f/{forbund}/insats/{insats}/mall", May(SkrivInskrivning), uppfoljningsfil::mall)
        .get("/f/{forbund}/uppfoljningsfil/{upp}", May(SkrivInskrivning), uppfoljningsfil::granska)
        .post("/f/{forbund}/uppfoljningsfil/{upp}", May(SkrivInskrivning), uppfoljningsfil::svara)
        .get("/f/{forbund}/uppfoljningsfil/{upp}/anmarkt", May(SkrivInskrivning), uppfoljningsfil::anmarkt)
        .get("/f/{forbund}/insats/{insats}/antal", May(SkrivInskrivning), antal::sida)
        .post("/f/{forbund}/insats/{insats}/antal", May(SkrivInskrivning), antal::spara)
        .get("/f/{forbund}/insats/{insats}/skriv-in", May(SkrivInskrivning), inskrivning::skriv_in_form)
        .post("/f/{forbund}/insats/{insats}/skriv-in", May(SkrivInskrivning), inskrivning::skriv_in)
        .get("/f/{forbund}/insats/{insats}/anonyma", May(SkrivInskrivning), inskrivning::anonyma_form)
        .post("/f/{forbund}/insats/{insats}/anonyma", May(SkrivInskrivning), inskrivning::anonyma)
        .get("/f/{forbund}/inskrivning/{inskrivning}", May(SeInskrivningar), inskrivning::sida)
        .get("/f/{forbund}/inskrivning/{inskrivning}/{vad}", May(SkrivInskrivning), inskrivning::andra_form)
        .post("/f/{forbund}/inskrivning/{inskrivning}/{vad}", May(SkrivInskrivning), inskrivning::andra)
        .get("/f/{forbund}/avvikelse/{avvikelse}/kommentar", May(Bedoma), kommentar::avvikelse_form)
        .post("/f/{forbund}/avvikelse/{avvikelse}/kommentar", May(Bedoma), kommentar::avvikelse)
        .get("/f/{forbund}/rapport", May(SeRapport), rapport::sida)
        .get("/f/{forbund}/rapport/{fil}", May(SeRapport), rapport::fil)
        .get("/f/{forbund}/manad", May(SeRapport), arsrapport::manad)
        .get("/f/{forbund}/manad/{fil}", May(SeRapport), arsrapport::fil)
        .get("/f/{forbund}/finsam", May(SeRapport), arsrapport::finsam)
        .get("/f/{forbund}/finsam/{fil}", May(SeRapport), arsrapport::fil)
        .get("/f/{forbund}/ekonomi", May(SeEkonomi), ekonomi::sida)
        .get("/f/{forbund}/avgifter", May(SeEkonomi), avgift::sida)
        .post("/f/{forbund}/avgifter", May(AndraEkonomi), avgift::spara)
        .get("/f/{forbund}/avgifter/{fil}", May(SeEkonomi), avgift::fil)
        .get("/f/{forbund}/bokslut", MayAll(SeEkonomi), bokslut::sida)
        .get("/f/{forbund}/bokslut/{fil}", MayAll(SeEkonomi), bokslut::fil)
        .get("/f/{forbund}/bokforing", MayAll(SeEkonomi), bokforing::sida)
        .post_files("/f/{forbund}/bokforing", MayAll(AndraEkonomi), bokforing::las)
        .post("/f/{forbund}/bokforing/las-in", MayAll(AndraEkonomi), bokforing::las_in)
        .get("/f/{forbund}/bokforing/forslag", MayAll(SeEkonomi), bokforing::forslag::fil)
        .get("/f/{forbund}/bokforing/{till}", MayAll(SeEkonomi), bokforing::konto::bokslut)
        .get("/f/{forbund}/bokforing/{till}/sie", MayAll(SeEkonomi), bokforing::konto::sie)
        .get("/f/{forbund}/bokforing/{till}/konto/{konto}", MayAll(SeEkonomi), bokforing::konto::konto)
        .get("/f/{forbund}/koppling", MayAll(SeEkonomi), koppling::sida)
        .post_files("/f/{forbund}/koppling", MayAll(AndraEkonomi), koppling::las)
        .get("/f/{forbund}/koppling/rad", MayAll(AndraEkonomi), koppling::rad_form)
        .post("/f/{forbund}/koppling/rad", MayAll(AndraEkonomi), koppling::rad)
        .get("/f/{forbund}/koppling/ta-bort", MayAll(AndraEkonomi), koppling::ta_bort_form)
        .post("/f/{forbund}/koppling/ta-bort", MayAll(AndraEkonomi), koppling::ta_bort)
        .get("/f/{forbund}/avgiftsunderlag", May(SeEkonomi), avgiftsunderlag::sida)
        .post_files("/f/{forbund}/avgiftsunderlag", May(AndraEkonomi), avgiftsunderlag::las)
        .get("/f/{forbund}/avgiftsunderlag/regel", May(AndraEkonomi), avgiftsunderlag::andra::regel_form)
        .post("/f/{forbund}/avgiftsunderlag/regel", May(AndraEkonomi), avgiftsunderlag::andra::regel)
        .get("/f/{forbund}/avgiftsunderlag/folkmangd", May(AndraEkonomi), avgiftsunderlag::andra::folkmangd_form)
        .post("/f/{forbund}/avgiftsunderlag/folkmangd", May(AndraEkonomi), avgiftsunderlag::andra::folkmangd)
        .get("/f/{forbund}/avgiftsunderlag/steg", May(AndraEkonomi), avgiftsunderlag::andra::steg_form)
        .post("/f/{forbund}/avgiftsunderlag/steg", May(AndraEkonomi), avgiftsunderlag::andra::steg)
        .get("/f/{forbund}/avgiftsunderlag/ta-bort-steg", May(AndraEkonomi), avgiftsunderlag::andra::ta_bort_form)
        .post("/f/{forbund}/avgiftsunderlag/ta-bort-steg", May(AndraEkonomi), avgiftsunderlag::andra::ta_bort)
        .get("/f/{forbund}/beslutsutrymme", May(SeEkonomi), plan::sida)
        .get("/f/{forbund}/beslutsutrymme/{fil}", May(SeEkonomi), plan::fil)
        .get("/f/{forbund}/beslutsutrymme/{mote}/andra", May(AndraEkonomi), plan::andra::form)
        .post_text("/f/{forbund}/beslutsutrymme/{mote}/andra", May(AndraEkonomi), plan::andra::spara)
        .get("/f/{forbund}/prognos", May(SeEkonomi), arsrapport::prognos)
        .get("/f/{forbund}/prognos/{fil}", May(SeEkonomi), arsrapport::fil)
        .post("/f/{forbund}/ny-plan", May(AndraEkonomi), plan::ny::ny)
        .post_files("/f/{forbund}/las-plan", May(AndraEkonomi), plan::ny::las)
        .get("/f/{forbund}/skillnad", May(SeRapport), skillnad::sida)
        .get("/f/{forbund}/versioner", May(SeRapport), version::lista)
        .post("/f/{forbund}/versioner", May(SkrivRapport), version::borja)
        .get("/f/{forbund}/version/{nr}", May(SeRapport), version::sida::sida)
        .get("/f/{forbund}/version/{nr}/fil/{fil}", May(SeRapport), version::fil)
        .get("/f/{forbund}/version/{nr}/siffra/{tabell}/{rad}/{kolumn}", May(SeRapport), version::siffra::sida)
        .get("/f/{forbund}/version/{nr}/jamfor", May(SeRapport), version::jamfor::sida)
        .get("/f/{forbund}/version/{nr}/jamfor/{fil}", May(SeRapport), version::jamfor::bilaga)
        .poll("/f/{forbund}/version/{nr}/narvaro", May(KommenteraRapport), version::narvaro::narvaro)
        .get("/f/{forbund}/version/{nr}/skriv", May(SkrivRapport), version::skriv::form)
        .post_text("/f/{forbund}/version/{nr}/skriv", May(SkrivRapport), version::skriv::spara)
        .post("/f/{forbund}/version/{nr}/ratta", May(SkrivRapport), version::skriv::ratta)
        .get("/f/{forbund}/version/{nr}/historik", May(SkrivRapport), version::historik::sida)
        .get("/f/{forbund}/version/{nr}/siffror", May(SkrivRapport), version::siffror::lista)
        .get("/f/{forbund}/version/{nr}/ordning", May(SkrivRapport), version::ordning::sida)
        .post("/f/{forbund}/version/{nr}/ordning", May(SkrivRapport), version::ordning::ordna)
        .post("/f/{forbund}/version/{nr}/per", May(SkrivRapport), version::steg::per)
        .post("/f/{forbund}/version/{nr}/steg", May(SkrivRapport), version::steg::ta_steg)
        .post("/f/{forbund}/version/{nr}/kommentar", May(KommenteraRapport), version::steg::kommentera)
        .post("/f/{forbund}/version/{nr}/kommentar/{kommentar}/los", May(KommenteraRapport), version::steg::los)
        .post("/f/{forbund}/version/{nr}/diariefor", May(Diariefora), version::steg::diariefor)
        .post("/f/{forbund}/version/{nr}/las", May(BeslutaRapport), version::steg::las)
        .post("/f/{forbund}/version/{nr}/behandla", May(BeslutaRapport), version::steg::behandla)
        .get("/f/{forbund}/diarium", May(SeDiarium), diarium::sida)
        .post("/f/{forbund}/diarium", May(Diariefora), diarium::diariefor)
        .get("/f/{forbund}/siffra/{tabell}/{rad}/{kolumn}", May(SeSiffra), siffra::sida)
        .get("/f/{forbund}/kontroller", May(SeKontroller), kontroller::sida)
        .get("/f/{forbund}/import", May(SeImporter), import::lista)
        .post_files("/f/{forbund}/import", May(Importera), import::ta_emot)
        .get("/f/{forbund}/import/forslag/{nr}", May(Importera), import::forslag)
        .post("/f/{forbund}/import/forslag/{nr}", May(Importera), import::besluta)
        .get("/f/{forbund}/underlag", MayAll(SeInskrivningar), import::underlag)
        .get("/f/{forbund}/import/{nr}", May(SeImporter), import::sida)
        .get("/f/{forbund}/import/{nr}/angra", May(Importera), import::angra_form)
        .post("/f/{forbund}/import/{nr}/angra", May(Importera), import::angra)
        .get("/f/{forbund}/gallring", May(UtforGallring), gallring::sida)
        .post("/f/{forbund}/gallring", May(Gallra), gallring::besluta)
        .post("/f/{forbund}/gallring/{nr}/utfor", May(UtforGallring), gallring::utfor)
        .post("/f/{forbund}/gallring/{nr}/aterta", May(Gallra), gallring::aterta)
        .get("/f/{forbund}/inskrivning/{inskrivning}/ta-bort", May(TaBortInskrivning), gallring::ta_bort_form)
        .post("/f/{forbund}/inskrivning/{inskrivning}/ta-bort", May(TaBortInskrivning), gallring::ta_bort)
        .get("/f/{forbund}/anvandare", May(HanteraAnvandare), anvandare::lista)
        .post("/f/{forbund}/anvandare", May(HanteraAnvandare), anvandare::bjud_in)
        .get("/f/{forbund}/anvandare/{nr}", May(HanteraAnvandare), anvandare::sida)
        .post("/f/{forbund}/anvandare/{nr}/roll", May(HanteraAnvandare), anvandare::ge)
        .post("/f/{forbund}/anvandare/{nr}/ta-bort", May(HanteraAnvandare), anvandare::ta_bort)
        .post("/f/{forbund}/anvandare/{nr}/lank", May(HanteraAnvandare), anvandare::lank)
        .post("/f/{forbund}/anvandare/{nr}/logga-ut", May(HanteraAnvandare), anvandare::logga_ut)
        .post("/f/{forbund}/anvandare/{nr}/stang", May(HanteraAnvandare), anvandare::stang)
        .post("/f/{forbund}/anvandare/{nr}/oppna", May(HanteraAnvandare), anvandare::oppna)
        .get("/f/{forbund}/installningar", May(AndraInstallningar), installningar::sida)
        .post_files("/f/{forbund}/installningar", May(AndraInstallningar), installningar::spara)
        .get("/f/{forbund}/logotyp", Role, installningar::logotyp)
        .get("/f/{forbund}/logg", May(SeLogg), logg::sida)
}

/// The page that one with these rights comes to first; none when they open no page.
pub fn first_page(rights: &Rights) -> Option<&'static str> {
    let pages = [
        (Action::SeLaget, "laget"),
        (Action::HanteraAnvandare, "anvandare"),
        (Action::SeLogg, "logg"),
        (Action::AndraInstallningar, "installningar"),
    ];
    let reached = pages.into_iter().find(|(action, _)| rights.reach(*action) > Reach::Nothing);
    reached.map(|(_, page)| page)
}

/// Every address and what it needs.
pub fn routes(server: Arc<Server>) -> Vec<Route> {
    all(server).all
}

/// The whole site.
pub fn router(server: Arc<Server>) -> Router {
    let routes = all(server.clone());
    let anyone = Guarded { need: Need::Public, by_itself: false };
    let guard = axum::middleware::from_fn_with_state((server.clone(), anyone), grind::guard);
    let nowhere = axum::routing::any(sida::finns_inte).layer(guard);
    grind::around(routes.router.fallback(nowhere), &server).with_state(server)
}
