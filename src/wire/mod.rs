//! Stable, versioned JSON.
//!
//! In: the library's own types. Out: structures of this folder alone, so that a change inside the library does not change
//! what other programs read. Numbers are strings, so that no reader passes them through a binary float.

mod recommendation;
mod shapes;
mod words;

pub use recommendation::FORMAT_VERSION;
