//! The members that pool their money in a förbund.

codes! {
    /// What kind of member. The state pays half, the region a quarter, the kommuner a quarter together.
    pub enum MedlemTyp {
        Kommun = "kommun" => "Kommun",
        Region = "region" => "Region",
        Stat = "stat" => "Stat",
    }
}

fact! {
    /// A member of the förbund; also one that may be *part* in an insats.
    pub struct Medlem: "medlemmar", "medlem", key [medlem] {
        /// Its name.
        pub medlem: String,
        /// What kind of member.
        pub typ: MedlemTyp,
    }
}
