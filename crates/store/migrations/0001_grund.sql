-- Samsyn's database. One text for SQLite and PostgreSQL.
--
-- Days are ISO text, moments milliseconds since 1970 UTC, amounts öre, yes and no 1 and 0.
-- `/* klustrad */`: the table is kept in the order of its primary key where the database can do so
-- (SQLite: WITHOUT ROWID), so that one förbund's rows lie side by side.

-- A förbund is the tenant: every row of every table belongs to exactly one. `handelser` is the number
-- of its latest event; whoever writes to a förbund raises it first, so writers of one förbund queue.
CREATE TABLE forbund (
    nr BIGINT NOT NULL PRIMARY KEY,
    forbund_id TEXT NOT NULL UNIQUE,
    handelser BIGINT NOT NULL
);

-- The log. Every version of every fact points to the event that made it, and to the one that ended it.
-- `registrerad_ms` is the system's own time, beside the day that a fact itself claims.
CREATE TABLE handelse (
    forbund BIGINT NOT NULL REFERENCES forbund (nr),
    nr BIGINT NOT NULL,
    registrerad_ms BIGINT NOT NULL,
    vem TEXT NOT NULL,
    slag TEXT NOT NULL,
    varfor TEXT NOT NULL,
    import BIGINT,
    PRIMARY KEY (forbund, nr)
) /* klustrad */;

-- An accepted package. `paket_sha256` is over the names and hashes of its files.
CREATE TABLE import (
    forbund BIGINT NOT NULL,
    nr BIGINT NOT NULL,
    namn TEXT NOT NULL,
    paket_sha256 TEXT NOT NULL,
    handelse BIGINT NOT NULL,
    PRIMARY KEY (forbund, nr),
    FOREIGN KEY (forbund, handelse) REFERENCES handelse (forbund, nr)
) /* klustrad */;

-- Files as received, each content once per förbund.
CREATE TABLE fil (
    forbund BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    innehall BYTEA NOT NULL,
    PRIMARY KEY (forbund, sha256)
);

CREATE TABLE import_fil (
    forbund BIGINT NOT NULL,
    import BIGINT NOT NULL,
    namn TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    storlek BIGINT NOT NULL,
    PRIMARY KEY (forbund, import, namn),
    FOREIGN KEY (forbund, import) REFERENCES import (forbund, nr),
    FOREIGN KEY (forbund, sha256) REFERENCES fil (forbund, sha256)
) /* klustrad */;

-- The nouns. Each row is one version of one fact: known from `known` until `ended`, or still.
-- As known at t: known <= t AND (ended IS NULL OR ended > t). `ordning` keeps the order of the file.
-- What every version has stands first: a reader passes most versions by after looking at those.

CREATE TABLE forbundsuppgift (
    forbund BIGINT NOT NULL,
    ordning BIGINT NOT NULL,
    known BIGINT NOT NULL,
    ended BIGINT,
    handelse BIGINT NOT NULL,
    handelse_slut BIGINT,
    forbund_id TEXT NOT NULL,
    namn TEXT NOT NULL,
    organisationsnummer TEXT,
    lan TEXT,
    PRIMARY KEY (forbund, forbund_id, known, handelse)
) /* klustrad */;

CREATE TABLE medlem (
    forbund BIGINT NOT NULL,
    ordning BIGINT NOT NULL,
    known BIGINT NOT NULL,
    ended BIGINT,
    handelse BIGINT NOT NULL,
    handelse_slut BIGINT,
    medlem TEXT NOT NULL,
    typ TEXT NOT NULL,
    PRIMARY KEY (forbund, medlem, known, handelse)
) /* klustrad */;

CREATE TABLE folkmangd (
    forbund BIGINT NOT NULL,
    ordning BIGINT NOT NULL,
    known BIGINT NOT NULL,
    ended BIGINT,
    handelse BIGINT NOT NULL,
    handelse_slut BIGINT,
    kommun TEXT NOT NULL,
    datum TEXT NOT NULL,
    antal BIGINT NOT NULL,
    PRIMARY KEY (forbund, kommun, datum, known, handelse)
) /* klustrad */;

CREATE TABLE avgiftsregel (
    forbund BIGINT NOT NULL,
    ordning BIGINT NOT NULL,
    known BIGINT NOT NULL,
    ended BIGINT,
    handelse BIGINT NOT NULL,
    handelse_slut BIGINT,
    ar BIGINT NOT NULL,
    metod TEXT NOT NULL,
    rest_till TEXT,
    folkmangd_datum TEXT NOT NULL,
    PRIMARY KEY (forbund, ar, known, handelse)
) /* klustrad */;

CREATE TABLE historiskt_tal (
    forbund BIGINT NOT NULL,
    ordning BIGINT NOT NULL,
    known BIGINT NOT NULL,
    ended BIGINT,
    handelse BIGINT NOT NULL,
    handelse_slut BIGINT,
    nyckeltal TEXT NOT NULL,
    period TEXT NOT NULL,
    varde TEXT,
    enhet TEXT,
    kalla TEXT NOT NULL,
    PRIMARY KEY (forbund, nyckeltal, period, known, handelse)
) /* klustrad */;

CREATE TABLE insats (
    forbund BIGINT NOT NULL,
    ordning BIGINT NOT NULL,
    known BIGINT NOT NULL,
    ended BIGINT,
    handelse BIGINT NOT NULL,
    handelse_slut BIGINT,
    insats_id TEXT NOT NULL,
    insatsagare TEXT NOT NULL,
    namn TEXT NOT NULL,
    kortnamn TEXT,
    typ TEXT NOT NULL,
    inriktning TEXT,
    redovisas_med TEXT,
    forvantat_antal_per_ar BIGINT,
    PRIMARY KEY (forbund, insats_id, known, handelse)
) /* klustrad */;

CREATE TABLE insatsperiod (
    forbund BIGINT NOT NULL,
    ordning BIGINT NOT NULL,
    known BIGINT NOT NULL,
    ended BIGINT,
    handelse BIGINT NOT NULL,
    handelse_slut BIGINT,
    insats_id TEXT NOT NULL,
    start TEXT NOT NULL,
    slut TEXT NOT NULL,
    beslutad TEXT NOT NULL,
    PRIMARY KEY (forbund, insats_id, beslutad, known, handelse)
) /* klustrad */;

CREATE TABLE insatspart (
    forbund BIGINT NOT NULL,
    ordning BIGINT NOT NULL,
    known BIGINT NOT NULL,
    ended BIGINT,
    handelse BIGINT NOT NULL,
    handelse_slut BIGINT,
    insats_id TEXT NOT NULL,
    part TEXT NOT NULL,
    PRIMARY KEY (forbund, insats_id, part, known, handelse)
) /* klustrad */;

CREATE TABLE budget (
    forbund BIGINT NOT NULL,
    ordning BIGINT NOT NULL,
    known BIGINT NOT NULL,
    ended BIGINT,
    handelse BIGINT NOT NULL,
    handelse_slut BIGINT,
    insats_id TEXT NOT NULL,
    kvartal TEXT NOT NULL,
    belopp_kr BIGINT NOT NULL,
    PRIMARY KEY (forbund, insats_id, kvartal, known, handelse)
) /* klustrad */;

CREATE TABLE rekvisition (
    forbund BIGINT NOT NULL,
    ordning BIGINT NOT NULL,
    known BIGINT NOT NULL,
    ended BIGINT,
    handelse BIGINT NOT NULL,
    handelse_slut BIGINT,
    insats_id TEXT NOT NULL,
    kvartal TEXT NOT NULL,
    belopp_kr BIGINT NOT NULL,
    inkommen TEXT NOT NULL,
    PRIMARY KEY (forbund, insats_id, kvartal, known, handelse)
) /* klustrad */;

CREATE TABLE avvikelse (
    forbund BIGINT NOT NULL,
    ordning BIGINT NOT NULL,
    known BIGINT NOT NULL,
    ended BIGINT,
    handelse BIGINT NOT NULL,
    handelse_slut BIGINT,
    avvikelse_id TEXT NOT NULL,
    insats_id TEXT NOT NULL,
    inlamnad TEXT NOT NULL,
    typer TEXT NOT NULL,
    beskrivning TEXT,
    overforing_kr BIGINT,
    overforing_till_ar BIGINT,
    beslut TEXT,
    beslutad TEXT,
    PRIMARY KEY (forbund, avvikelse_id, known, handelse)
) /* klustrad */;

CREATE TABLE kvartalsrapport (
    forbund BIGINT NOT NULL,
    ordning BIGINT NOT NULL,
    known BIGINT NOT NULL,
    ended BIGINT,
    handelse BIGINT NOT NULL,
    handelse_slut BIGINT,
    insats_id TEXT NOT NULL,
    kvartal TEXT NOT NULL,
    inlamnad TEXT NOT NULL,
    i_fas TEXT NOT NULL,
    prognos TEXT NOT NULL,
    vakans_sof BIGINT NOT NULL,
    vakans_egen BIGINT NOT NULL,
    styrgruppsmoten BIGINT NOT NULL,
    ordinarie_representation BIGINT NOT NULL,
    uppfoljning BIGINT NOT NULL,
    kontroll_metod BIGINT NOT NULL,
    kontroll_malgrupp BIGINT NOT NULL,
    jamlikhet BIGINT NOT NULL,
    jamstalldhet BIGINT NOT NULL,
    implementering_diskuterad BIGINT NOT NULL,
    avvikelse_malgrupp_metod BIGINT NOT NULL,
    kansli_i_fas TEXT,
    kansli_motiv TEXT,
    kommentar TEXT,
    PRIMARY KEY (forbund, insats_id, kvartal, known, handelse)
) /* klustrad */;

CREATE TABLE mal (
    forbund BIGINT NOT NULL,
    ordning BIGINT NOT NULL,
    known BIGINT NOT NULL,
    ended BIGINT,
    handelse BIGINT NOT NULL,
    handelse_slut BIGINT,
    insats_id TEXT NOT NULL,
    mal_nr BIGINT NOT NULL,
    mal TEXT NOT NULL,
    maltal TEXT,
    enhet TEXT,
    PRIMARY KEY (forbund, insats_id, mal_nr, known, handelse)
) /* klustrad */;

CREATE TABLE malutfall (
    forbund BIGINT NOT NULL,
    ordning BIGINT NOT NULL,
    known BIGINT NOT NULL,
    ended BIGINT,
    handelse BIGINT NOT NULL,
    handelse_slut BIGINT,
    insats_id TEXT NOT NULL,
    mal_nr BIGINT NOT NULL,
    kvartal TEXT NOT NULL,
    utfall TEXT,
    kommentar TEXT,
    PRIMARY KEY (forbund, insats_id, mal_nr, kvartal, known, handelse)
) /* klustrad */;

CREATE TABLE verksamhetsmal (
    forbund BIGINT NOT NULL,
    ordning BIGINT NOT NULL,
    known BIGINT NOT NULL,
    ended BIGINT,
    handelse BIGINT NOT NULL,
    handelse_slut BIGINT,
    ar BIGINT NOT NULL,
    mal_nr BIGINT NOT NULL,
    mal TEXT NOT NULL,
    resultatmal_nr BIGINT NOT NULL,
    resultatmal TEXT NOT NULL,
    maltal TEXT,
    enhet TEXT,
    mats_genom TEXT,
    PRIMARY KEY (forbund, ar, mal_nr, resultatmal_nr, known, handelse)
) /* klustrad */;

CREATE TABLE aktivitet (
    forbund BIGINT NOT NULL,
    ordning BIGINT NOT NULL,
    known BIGINT NOT NULL,
    ended BIGINT,
    handelse BIGINT NOT NULL,
    handelse_slut BIGINT,
    datum TEXT NOT NULL,
    typ TEXT NOT NULL,
    titel TEXT NOT NULL,
    antal_deltagare BIGINT,
    PRIMARY KEY (forbund, datum, typ, titel, known, handelse)
) /* klustrad */;

CREATE TABLE deltagande (
    forbund BIGINT NOT NULL,
    ordning BIGINT NOT NULL,
    known BIGINT NOT NULL,
    ended BIGINT,
    handelse BIGINT NOT NULL,
    handelse_slut BIGINT,
    deltagande_id TEXT NOT NULL,
    insats_id TEXT NOT NULL,
    kon TEXT,
    fodelsear BIGINT,
    inskriven TEXT NOT NULL,
    inskriven_registrerad TEXT NOT NULL,
    utbildning TEXT,
    forsorjning_fore TEXT,
    forsorjningstid_fore TEXT,
    utskriven TEXT,
    utskriven_registrerad TEXT,
    avslutsorsak TEXT,
    arbete_omfattning TEXT,
    arbete_subventionerat BIGINT,
    studerar BIGINT,
    arbetssokande BIGINT,
    plan_vid_avslut BIGINT,
    forsorjning_efter TEXT,
    makulerad TEXT,
    anonym BIGINT NOT NULL,
    PRIMARY KEY (forbund, deltagande_id, known, handelse)
) /* klustrad */;
