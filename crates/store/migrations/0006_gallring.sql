-- Gallring: what has been decided and carried out, and where something has been removed. No number of a removed
-- inskrivning stands here once it has been carried out.

-- A decision. `antal` is how many inskrivningar it was about, `borttagna` how many there were to remove. `stadad_ms` is
-- when the database's own files had been cleaned of them.
CREATE TABLE gallringsbeslut (
    forbund BIGINT NOT NULL REFERENCES forbund (nr),
    nr BIGINT NOT NULL,
    slag TEXT NOT NULL,
    antal BIGINT NOT NULL,
    beslutad_ms BIGINT NOT NULL,
    beslutad_av TEXT NOT NULL,
    skal TEXT NOT NULL,
    atertagen_ms BIGINT,
    atertagen_av TEXT,
    utford_ms BIGINT,
    utford_av TEXT,
    borttagna BIGINT,
    stadad_ms BIGINT,
    PRIMARY KEY (forbund, nr)
) /* klustrad */;

-- The inskrivningar of a decision that waits to be carried out.
CREATE TABLE gallringsbeslut_rad (
    forbund BIGINT NOT NULL,
    beslut BIGINT NOT NULL,
    deltagande_id TEXT NOT NULL,
    PRIMARY KEY (forbund, beslut, deltagande_id),
    FOREIGN KEY (forbund, beslut) REFERENCES gallringsbeslut (forbund, nr)
) /* klustrad */;

-- How many were removed of each insats.
CREATE TABLE gallrad_insats (
    forbund BIGINT NOT NULL,
    beslut BIGINT NOT NULL,
    insats_id TEXT NOT NULL,
    antal BIGINT NOT NULL,
    PRIMARY KEY (forbund, beslut, insats_id),
    FOREIGN KEY (forbund, beslut) REFERENCES gallringsbeslut (forbund, nr)
) /* klustrad */;

-- A kept file of an import from which rows have been removed, or all of it. Its sum and size in `import_fil` are those
-- of what is left.
CREATE TABLE gallrad_fil (
    forbund BIGINT NOT NULL,
    import BIGINT NOT NULL,
    namn TEXT NOT NULL,
    gallrad_ms BIGINT NOT NULL,
    PRIMARY KEY (forbund, import, namn),
    FOREIGN KEY (forbund, import, namn) REFERENCES import_fil (forbund, import, namn)
) /* klustrad */;

-- A frozen part of a report from which facts have been removed. Its sum in `version_del` is still that of what was
-- frozen, over which the report's own sum is; `sha256` is that of what is left.
CREATE TABLE gallrad_del (
    forbund BIGINT NOT NULL,
    version BIGINT NOT NULL,
    del TEXT NOT NULL,
    gallrad_ms BIGINT NOT NULL,
    sha256 TEXT NOT NULL,
    PRIMARY KEY (forbund, version, del),
    FOREIGN KEY (forbund, version, del) REFERENCES version_del (forbund, version, del)
) /* klustrad */;
