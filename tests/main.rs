//! The one test binary: tidy rules, the literate corpus, and the pages of the diagnostics.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::arithmetic_side_effects,
    clippy::print_stderr,
    reason = "a test that panics fails, as it should"
)]

mod bilingual;
mod both_languages;
mod catalogue;
mod completions;
mod corpus;
mod diagnostic_pages;
mod difference;
mod formatting;
mod laws;
mod literate;
mod outcome;
mod scenario;
mod tidy;
mod verification_laws;
mod verified;
