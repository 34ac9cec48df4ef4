-- Nouns of the bookkeeping, and what public support is reckoned to cost. Versions, as in 0001.

CREATE TABLE bokslut (
    forbund BIGINT NOT NULL,
    ordning BIGINT NOT NULL,
    known BIGINT NOT NULL,
    ended BIGINT,
    handelse BIGINT NOT NULL,
    handelse_slut BIGINT,
    till TEXT NOT NULL,
    fran TEXT NOT NULL,
    program TEXT,
    raknat_ur TEXT,
    PRIMARY KEY (forbund, till, known, handelse)
) /* klustrad */;

CREATE TABLE kontosaldo (
    forbund BIGINT NOT NULL,
    ordning BIGINT NOT NULL,
    known BIGINT NOT NULL,
    ended BIGINT,
    handelse BIGINT NOT NULL,
    handelse_slut BIGINT,
    till TEXT NOT NULL,
    konto BIGINT NOT NULL,
    namn TEXT NOT NULL,
    ingaende_kr BIGINT NOT NULL,
    utgaende_kr BIGINT NOT NULL,
    PRIMARY KEY (forbund, till, konto, known, handelse)
) /* klustrad */;

CREATE TABLE objektsaldo (
    forbund BIGINT NOT NULL,
    ordning BIGINT NOT NULL,
    known BIGINT NOT NULL,
    ended BIGINT,
    handelse BIGINT NOT NULL,
    handelse_slut BIGINT,
    till TEXT NOT NULL,
    dimension BIGINT NOT NULL,
    objekt TEXT NOT NULL,
    namn TEXT,
    konto BIGINT NOT NULL,
    belopp_kr BIGINT NOT NULL,
    PRIMARY KEY (forbund, till, dimension, objekt, konto, known, handelse)
) /* klustrad */;

CREATE TABLE rapportstruktur (
    forbund BIGINT NOT NULL,
    ordning BIGINT NOT NULL,
    known BIGINT NOT NULL,
    ended BIGINT,
    handelse BIGINT NOT NULL,
    handelse_slut BIGINT,
    galler_fran BIGINT NOT NULL,
    konto_fran BIGINT NOT NULL,
    konto_till BIGINT NOT NULL,
    rad TEXT NOT NULL,
    not_nr BIGINT,
    notrad TEXT,
    PRIMARY KEY (forbund, galler_fran, konto_fran, known, handelse)
) /* klustrad */;

CREATE TABLE projektkoppling (
    forbund BIGINT NOT NULL,
    ordning BIGINT NOT NULL,
    known BIGINT NOT NULL,
    ended BIGINT,
    handelse BIGINT NOT NULL,
    handelse_slut BIGINT,
    galler_fran BIGINT NOT NULL,
    sie_projekt TEXT NOT NULL,
    insats_id_eller_post TEXT NOT NULL,
    PRIMARY KEY (forbund, galler_fran, sie_projekt, known, handelse)
) /* klustrad */;

CREATE TABLE kostnadsstalle (
    forbund BIGINT NOT NULL,
    ordning BIGINT NOT NULL,
    known BIGINT NOT NULL,
    ended BIGINT,
    handelse BIGINT NOT NULL,
    handelse_slut BIGINT,
    galler_fran BIGINT NOT NULL,
    sie_kostnadsstalle TEXT NOT NULL,
    rad TEXT NOT NULL,
    PRIMARY KEY (forbund, galler_fran, sie_kostnadsstalle, known, handelse)
) /* klustrad */;

CREATE TABLE schablon (
    forbund BIGINT NOT NULL,
    ordning BIGINT NOT NULL,
    known BIGINT NOT NULL,
    ended BIGINT,
    handelse BIGINT NOT NULL,
    handelse_slut BIGINT,
    ar BIGINT NOT NULL,
    kommun TEXT NOT NULL,
    forsorjning TEXT NOT NULL,
    belopp_kr BIGINT NOT NULL,
    kalla TEXT NOT NULL,
    PRIMARY KEY (forbund, ar, kommun, forsorjning, known, handelse)
) /* klustrad */;
