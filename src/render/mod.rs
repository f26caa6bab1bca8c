//! A recommendation for people: text, Markdown and HTML, in Chinese and English.
//!
//! In: a [`Recommendation`]. Out: a [`Document`], and from it lines of text, Markdown or one HTML page.
//! Renderers only read. What is said comes from the result, the trail and the rules; nothing here evaluates, compares or
//! decides, and no reason is worked out a second time.

mod amounts;
mod assembly;
mod competition;
mod consequences;
mod document;
mod double_counting;
mod enforcement;
mod expression;
mod fine;
#[cfg(test)]
pub(crate) mod fixture;
mod grade;
mod html;
mod markdown;
mod measures;
mod problems;
mod reader;
mod reckoning;
mod records;
mod referral;
mod reliance;
mod sentences;
mod summary;
mod supervision;
mod targets;
#[cfg(test)]
mod tests;
mod text;
mod time_limits;
mod trail;
mod values;
mod versions;

pub use document::{Block, Document, Line, Mark, Piece, Role, Row, Section, Table, TrailLine, Weight};
pub(crate) use problems::problem_code;
pub(crate) use reader::Reader;
pub(crate) use values::retyped;

use crate::diagnostic::Lang;
use crate::evaluate::Recommendation;

/// The version of the rule language that this library evaluates.
pub const LANGUAGE_VERSION: &str = "1";

/// The version of the engine.
pub const ENGINE_VERSION: &str = env!("CARGO_PKG_VERSION");

/// How much is shown.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Detail {
    /// The recommendation with its main reasons.
    Short,
    /// The same, then every step of the trail and the instruments cited.
    Full,
}

impl Recommendation {
    /// The recommendation as a document in `lang`.
    #[must_use]
    pub fn document(&self, lang: Lang, detail: Detail) -> Document {
        assembly::document(self, lang, detail)
    }

    /// The whole explanation as plain text.
    #[must_use]
    pub fn explain(&self, lang: Lang) -> String {
        self.document(lang, Detail::Full).to_text()
    }

    /// The recommendation with its main reasons as plain text.
    #[must_use]
    pub fn summary(&self, lang: Lang) -> String {
        self.document(lang, Detail::Short).to_text()
    }

    /// The recommendation as Markdown.
    #[must_use]
    pub fn to_markdown(&self, lang: Lang, detail: Detail) -> String {
        self.document(lang, detail).to_markdown()
    }

    /// The recommendation as one HTML page that needs nothing else: no script, no other file, no network.
    #[must_use]
    pub fn to_html(&self, lang: Lang, detail: Detail) -> String {
        self.document(lang, detail).to_html()
    }
}
