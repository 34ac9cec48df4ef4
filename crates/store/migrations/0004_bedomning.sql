-- Nouns for the kansli's judgement and for the final report of an insats. Versions, as in 0001.

CREATE TABLE slutrapport (
    forbund BIGINT NOT NULL,
    ordning BIGINT NOT NULL,
    known BIGINT NOT NULL,
    ended BIGINT,
    handelse BIGINT NOT NULL,
    handelse_slut BIGINT,
    insats_id TEXT NOT NULL,
    syfte TEXT,
    lardomar TEXT,
    inkommen TEXT,
    PRIMARY KEY (forbund, insats_id, known, handelse)
) /* klustrad */;

CREATE TABLE partskommentar (
    forbund BIGINT NOT NULL,
    ordning BIGINT NOT NULL,
    known BIGINT NOT NULL,
    ended BIGINT,
    handelse BIGINT NOT NULL,
    handelse_slut BIGINT,
    insats_id TEXT NOT NULL,
    part TEXT NOT NULL,
    kommentar TEXT NOT NULL,
    PRIMARY KEY (forbund, insats_id, part, known, handelse)
) /* klustrad */;

CREATE TABLE kommentar (
    forbund BIGINT NOT NULL,
    ordning BIGINT NOT NULL,
    known BIGINT NOT NULL,
    ended BIGINT,
    handelse BIGINT NOT NULL,
    handelse_slut BIGINT,
    om TEXT NOT NULL,
    nyckel TEXT NOT NULL,
    halvar TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (forbund, om, nyckel, halvar, known, handelse)
) /* klustrad */;

CREATE TABLE ljusval (
    forbund BIGINT NOT NULL,
    ordning BIGINT NOT NULL,
    known BIGINT NOT NULL,
    ended BIGINT,
    handelse BIGINT NOT NULL,
    handelse_slut BIGINT,
    insats_id TEXT NOT NULL,
    halvar TEXT NOT NULL,
    ljus TEXT NOT NULL,
    motiv TEXT NOT NULL,
    PRIMARY KEY (forbund, insats_id, halvar, known, handelse)
) /* klustrad */;
