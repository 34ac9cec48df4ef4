//! Document → PDF.
