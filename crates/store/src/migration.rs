//! The schema's history: each file changes the one before. A file that has been released never changes.

/// Migrations in order, the first is number 1.
pub const MIGRATIONS: &[&str] = &[
    include_str!("../migrations/0001_grund.sql"),
    include_str!("../migrations/0002_webb.sql"),
    include_str!("../migrations/0003_version.sql"),
    include_str!("../migrations/0004_bedomning.sql"),
    include_str!("../migrations/0005_antal.sql"),
    include_str!("../migrations/0006_gallring.sql"),
    include_str!("../migrations/0007_ekonomi.sql"),
    include_str!("../migrations/0008_bokforing.sql"),
];
