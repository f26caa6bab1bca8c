//! Penalty discretion as code.
#![cfg_attr(docsrs, feature(doc_cfg))]

// The parser generator names `alloc` when its `std` feature is off; with it on, a C compiler would be needed to build.
extern crate alloc;

pub mod case;
pub mod diagnostic;
pub mod evaluate;
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
pub mod wire;

pub use case::Case;
pub use diagnostic::{Diagnostic, Diagnostics, Lang};
pub use evaluate::Recommendation;
pub use pack::{LoadError, Loader, MemoryLoader, PackFiles};
pub use pipeline::{Compiled, Ruleset};
