#![doc = include_str!("../README.md")]
//!
//! # The modules, in the order of data
//!
//! [`source`] and [`diagnostic`] say where something stands and what is wrong with it; [`value`] holds exact values; [`pack`]
//! loads texts. [`syntax`], [`resolved`], [`typed`] and [`program`] are the representations of a rule set, each made from the one
//! before. [`case`] holds the facts of a case, [`evaluate`] works out a [`Recommendation`] and writes its [`trail`], [`render`] and
//! [`wire`] turn it into texts and JSON. The representations are public so that tools can be built on them; only the names at
//! the root of the crate and what they lead to are stable.

// The parser generator names `alloc` when its `std` feature is off; with it on, a C compiler would be needed to build.
extern crate alloc;

pub mod case;
pub mod diagnostic;
pub mod evaluate;
mod format;
pub mod pack;
mod pipeline;
pub mod program;
pub mod render;
pub mod resolved;
pub mod source;
pub mod syntax;
pub mod trail;
pub mod typed;
pub mod value;
pub mod verify;
pub mod wire;

pub use case::Case;
pub use diagnostic::{Diagnostic, Diagnostics, Lang};
pub use evaluate::{Outcome, Recommendation};
pub use format::format;
pub use pack::{LoadError, Loader, MemoryLoader, PackFiles};
pub use pipeline::{Compiled, Ruleset};
pub use render::Detail;
