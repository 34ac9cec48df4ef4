//! A financed initiative.

use crate::Id;

codes! {
    /// What the insats works with. The order is that of every table.
    pub enum InsatsTyp {
        Individ = "individ" => "Individinsats",
        Struktur = "struktur" => "Strukturinsats",
        Kompetens = "kompetens" => "Kompetensinsats",
    }
}

codes! {
    /// How close to work the insats is.
    pub enum Inriktning {
        Arbetsnara = "arbetsnära" => "Arbetsnära",
        Forrehabilitering = "förrehabilitering" => "Förrehabilitering",
    }
}

fact! {
    /// An insats. Its periods, budget and goals are facts of their own.
    pub struct Insats: "insatser", "insats", key [insats_id] {
        /// Its id.
        pub insats_id: Id,
        /// The member that runs it, or another name.
        pub insatsagare: String,
        /// Full name, as in the application.
        pub namn: String,
        /// Name for tables and running text.
        pub kortnamn: Option<String>,
        /// What it works with.
        pub typ: InsatsTyp,
        /// How close to work it is; individinsatser.
        pub inriktning: Option<Inriktning>,
        /// The earlier insats that this one continues and is counted with.
        pub redovisas_med: Option<Id>,
        /// How many participants a year it expects.
        pub forvantat_antal_per_ar: Option<u32>,
    }
}
