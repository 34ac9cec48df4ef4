//! SIE: small cases, the förbund's own files, public files of several bookkeeping programs, and what is written and read
//! again.

mod sie {
    mod egna;
    mod fall;
    mod runt;
}
