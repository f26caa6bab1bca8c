//! What crosses the border of the library: cases in, recommendations out, as TOML and JSON.
//!
//! The only place, with the manifest, that knows serde. Internal types never leave; what leaves has types of its own.
//! Numbers go out as strings, so that no reader passes them through a binary float.

pub(crate) mod case;
mod document;
mod measures;
mod options;
mod recommendation;
mod shapes;
mod words;

pub use recommendation::FORMAT_VERSION;
