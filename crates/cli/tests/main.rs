//! The command line as a user meets it: arguments in; text and exit code out.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test that panics fails, as it should"
)]

mod check;
mod code;
mod difference;
mod evaluate;
mod fmt;
mod folder;
mod refused;
mod run;
