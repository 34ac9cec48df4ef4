-- Versions of reports: their texts, comments, steps, what was frozen when they were locked; and the diarium.

-- A version of a report. `nr` is its number in the förbund, `version` its number among those of the same report and
-- period. `per` is the kännedomsdatum, null for today. `andring` is raised by every change of what it says.
-- `last_handelse` is the förbund's latest event in what was frozen.
CREATE TABLE version (
    forbund BIGINT NOT NULL REFERENCES forbund (nr),
    nr BIGINT NOT NULL,
    slag TEXT NOT NULL,
    period TEXT NOT NULL,
    version BIGINT NOT NULL,
    lage TEXT NOT NULL,
    per TEXT,
    andring BIGINT NOT NULL,
    skapad_ms BIGINT NOT NULL,
    skapad_av TEXT NOT NULL,
    last_ms BIGINT,
    last_av TEXT,
    last_handelse BIGINT,
    kontrollsumma TEXT,
    behandlad TEXT,
    styrelsebeslut TEXT,
    paragraf TEXT,
    diarie_ar BIGINT,
    diarie_lopnr BIGINT,
    PRIMARY KEY (forbund, nr),
    UNIQUE (forbund, slag, period, version)
) /* klustrad */;

-- The text of a place, in revisions from 1; null is the generated text again. `anvandare` is who wrote it.
CREATE TABLE version_text (
    forbund BIGINT NOT NULL,
    version BIGINT NOT NULL,
    plats TEXT NOT NULL,
    nr BIGINT NOT NULL,
    text TEXT,
    anvandare BIGINT NOT NULL,
    vem TEXT NOT NULL,
    borjad_ms BIGINT NOT NULL,
    tid_ms BIGINT NOT NULL,
    PRIMARY KEY (forbund, version, plats, nr),
    FOREIGN KEY (forbund, version) REFERENCES version (forbund, nr)
);

-- A comment at a place; `last_ms` and `lost_av` when it is resolved.
CREATE TABLE version_kommentar (
    forbund BIGINT NOT NULL,
    version BIGINT NOT NULL,
    nr BIGINT NOT NULL,
    plats TEXT NOT NULL,
    text TEXT NOT NULL,
    vem TEXT NOT NULL,
    tid_ms BIGINT NOT NULL,
    lost_ms BIGINT,
    lost_av TEXT,
    PRIMARY KEY (forbund, version, nr),
    FOREIGN KEY (forbund, version) REFERENCES version (forbund, nr)
) /* klustrad */;

-- The steps that a version has taken.
CREATE TABLE version_steg (
    forbund BIGINT NOT NULL,
    version BIGINT NOT NULL,
    nr BIGINT NOT NULL,
    steg TEXT NOT NULL,
    lage TEXT NOT NULL,
    vem TEXT NOT NULL,
    varfor TEXT NOT NULL,
    tid_ms BIGINT NOT NULL,
    PRIMARY KEY (forbund, version, nr),
    FOREIGN KEY (forbund, version) REFERENCES version (forbund, nr)
) /* klustrad */;

-- What was frozen when a version was locked, in parts. `form` is the form that a part is written in. Never changed.
CREATE TABLE version_del (
    forbund BIGINT NOT NULL,
    version BIGINT NOT NULL,
    del TEXT NOT NULL,
    form BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    innehall BYTEA NOT NULL,
    PRIMARY KEY (forbund, version, del),
    FOREIGN KEY (forbund, version) REFERENCES version (forbund, nr)
);

-- The diarium: a series of numbers per year. `version` is the report's version, when it is one.
CREATE TABLE diarium (
    forbund BIGINT NOT NULL REFERENCES forbund (nr),
    ar BIGINT NOT NULL,
    lopnr BIGINT NOT NULL,
    datum TEXT NOT NULL,
    arende TEXT NOT NULL,
    vem TEXT NOT NULL,
    tid_ms BIGINT NOT NULL,
    PRIMARY KEY (forbund, ar, lopnr)
) /* klustrad */;
