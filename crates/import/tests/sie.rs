//! SIE: small cases, the förbund's own files, public files of several bookkeeping programs, what is written and read
//! again, and another reader beside ours.

mod sie {
    mod egna;
    mod fall;
    mod olika;
    mod oracle;
    mod runt;
    mod sparad;
}
