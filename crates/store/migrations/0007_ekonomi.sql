-- Nouns of the board's economy: fees, plans and recommended savings. Versions, as in 0001.

CREATE TABLE medlemsavgift (
    forbund BIGINT NOT NULL,
    ordning BIGINT NOT NULL,
    known BIGINT NOT NULL,
    ended BIGINT,
    handelse BIGINT NOT NULL,
    handelse_slut BIGINT,
    ar BIGINT NOT NULL,
    totalt_kr BIGINT NOT NULL,
    beslutad TEXT,
    PRIMARY KEY (forbund, ar, known, handelse)
) /* klustrad */;

CREATE TABLE planpost (
    forbund BIGINT NOT NULL,
    ordning BIGINT NOT NULL,
    known BIGINT NOT NULL,
    ended BIGINT,
    handelse BIGINT NOT NULL,
    handelse_slut BIGINT,
    plan TEXT NOT NULL,
    kategori TEXT NOT NULL,
    post TEXT NOT NULL,
    kolumn TEXT NOT NULL,
    belopp_kr BIGINT NOT NULL,
    PRIMARY KEY (forbund, plan, kategori, post, kolumn, known, handelse)
) /* klustrad */;

CREATE TABLE sparandesteg (
    forbund BIGINT NOT NULL,
    ordning BIGINT NOT NULL,
    known BIGINT NOT NULL,
    ended BIGINT,
    handelse BIGINT NOT NULL,
    handelse_slut BIGINT,
    galler_fran TEXT NOT NULL,
    intakt_fran_kr BIGINT NOT NULL,
    hogst_procent BIGINT,
    hogst_kr BIGINT,
    kalla TEXT NOT NULL,
    PRIMARY KEY (forbund, galler_fran, intakt_fran_kr, known, handelse)
) /* klustrad */;
