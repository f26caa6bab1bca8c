//! Where rule text comes from and where in it something stands.
//!
//! In: file names and texts. Out: [`SourceMap`], [`Span`], [`Place`], [`Citation`].
//! A text is held once, here; everything else refers to it by span.

mod citation;
mod map;
mod span;

pub use citation::{Citation, Locator, LocatorKind, LocatorPart, Provision};
pub use map::{Place, SourceFile, SourceMap};
pub use span::Span;
