-- Nouns for insatser that hand in counts instead of single inskrivningar. Versions, as in 0001.

CREATE TABLE manadsantal (
    forbund BIGINT NOT NULL,
    ordning BIGINT NOT NULL,
    known BIGINT NOT NULL,
    ended BIGINT,
    handelse BIGINT NOT NULL,
    handelse_slut BIGINT,
    insats_id TEXT NOT NULL,
    manad TEXT NOT NULL,
    kon TEXT NOT NULL,
    inskrivna BIGINT NOT NULL,
    pagaende BIGINT NOT NULL,
    inkommen TEXT NOT NULL,
    PRIMARY KEY (forbund, insats_id, manad, kon, known, handelse)
) /* klustrad */;

CREATE TABLE avslutsantal (
    forbund BIGINT NOT NULL,
    ordning BIGINT NOT NULL,
    known BIGINT NOT NULL,
    ended BIGINT,
    handelse BIGINT NOT NULL,
    handelse_slut BIGINT,
    insats_id TEXT NOT NULL,
    manad TEXT NOT NULL,
    kon TEXT NOT NULL,
    avslutsorsak TEXT NOT NULL,
    utskrivna BIGINT NOT NULL,
    till_arbete_studier BIGINT NOT NULL,
    med_plan BIGINT NOT NULL,
    inkommen TEXT NOT NULL,
    PRIMARY KEY (forbund, insats_id, manad, kon, avslutsorsak, known, handelse)
) /* klustrad */;
