-- What the web application needs: users, their roles and sessions, the log, settings and proposals.

-- One row about the database itself. `omgang` is raised by each restore, so that whoever remembers
-- something of the contents can tell. The others are the latest number given out; numbers never return.
CREATE TABLE databas (
    nr BIGINT NOT NULL PRIMARY KEY,
    omgang BIGINT NOT NULL,
    anvandare BIGINT NOT NULL,
    loggrader BIGINT NOT NULL,
    forslag BIGINT NOT NULL
);
INSERT INTO databas (nr, omgang, anvandare, loggrader, forslag) VALUES (1, 1, 0, 0, 0);

-- A person who may log in. `epost` is in lower case; `losenord` is a PHC string, or null until a link
-- has been used.
CREATE TABLE anvandare (
    nr BIGINT NOT NULL PRIMARY KEY,
    epost TEXT NOT NULL UNIQUE,
    namn TEXT NOT NULL,
    losenord TEXT,
    skapad_ms BIGINT NOT NULL,
    avstangd_ms BIGINT
);

-- What a user may do in a förbund. An empty `insats_id` is the whole förbund; no `till_ms` is no end.
CREATE TABLE roll (
    anvandare BIGINT NOT NULL REFERENCES anvandare (nr),
    forbund BIGINT NOT NULL REFERENCES forbund (nr),
    roll TEXT NOT NULL,
    insats_id TEXT NOT NULL,
    till_ms BIGINT,
    given_ms BIGINT NOT NULL,
    given_av TEXT NOT NULL,
    PRIMARY KEY (anvandare, forbund, roll, insats_id)
) /* klustrad */;
CREATE INDEX roll_forbund ON roll (forbund);

-- A user who is logged in somewhere. Only the hash of the token is kept.
CREATE TABLE session (
    token_sha256 TEXT NOT NULL PRIMARY KEY,
    anvandare BIGINT NOT NULL REFERENCES anvandare (nr),
    skapad_ms BIGINT NOT NULL,
    senast_ms BIGINT NOT NULL
) /* klustrad */;
CREATE INDEX session_anvandare ON session (anvandare);

-- A link in a letter by which a user sets a password, once.
CREATE TABLE lank (
    token_sha256 TEXT NOT NULL PRIMARY KEY,
    anvandare BIGINT NOT NULL REFERENCES anvandare (nr),
    slag TEXT NOT NULL,
    skapad_ms BIGINT NOT NULL,
    galler_till_ms BIGINT NOT NULL,
    anvand_ms BIGINT
) /* klustrad */;
CREATE INDEX lank_anvandare ON lank (anvandare);

-- Who logged in, read participants, or changed users and roles. Never holds participants' data.
CREATE TABLE logg (
    nr BIGINT NOT NULL PRIMARY KEY,
    forbund BIGINT REFERENCES forbund (nr),
    tid_ms BIGINT NOT NULL,
    anvandare BIGINT REFERENCES anvandare (nr),
    vem TEXT NOT NULL,
    slag TEXT NOT NULL,
    vad TEXT NOT NULL
);
CREATE INDEX logg_forbund ON logg (forbund, nr);

-- A förbund's settings, in versions like the nouns.
CREATE TABLE installning (
    forbund BIGINT NOT NULL,
    namn TEXT NOT NULL,
    varde TEXT NOT NULL,
    known BIGINT NOT NULL,
    ended BIGINT,
    handelse BIGINT NOT NULL,
    handelse_slut BIGINT,
    PRIMARY KEY (forbund, namn, known, handelse),
    FOREIGN KEY (forbund, handelse) REFERENCES handelse (forbund, nr)
) /* klustrad */;

-- An upload that waits for a person's yes.
CREATE TABLE forslag (
    forbund BIGINT NOT NULL REFERENCES forbund (nr),
    nr BIGINT NOT NULL,
    anvandare BIGINT NOT NULL REFERENCES anvandare (nr),
    skapad_ms BIGINT NOT NULL,
    namn TEXT NOT NULL,
    PRIMARY KEY (forbund, nr)
) /* klustrad */;

CREATE TABLE forslag_fil (
    forbund BIGINT NOT NULL,
    forslag BIGINT NOT NULL,
    namn TEXT NOT NULL,
    innehall BYTEA NOT NULL,
    PRIMARY KEY (forbund, forslag, namn),
    FOREIGN KEY (forbund, forslag) REFERENCES forslag (forbund, nr)
);
