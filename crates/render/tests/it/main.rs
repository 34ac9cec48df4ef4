//! What the renderers write, read back.

#[path = "../../../app/tests/it/readback.rs"]
mod readback;

mod contrast;
mod csv;
mod docx;
mod html;
mod markdown;
mod same;
mod sample;
mod weight;
mod xlsx;
