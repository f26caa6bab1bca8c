//! What is wrong with rule text or a case, for people: code, place, what, why, what to do, in Chinese and English.
//!
//! In: spans and facts found by the passes. Out: [`Diagnostic`] values, collected in [`Diagnostics`].
//! Nothing here prints; the command line draws the source line, editors draw their own.

mod code;
mod collection;
mod similar;

pub use code::{Code, Severity};
pub use collection::Diagnostics;
pub use similar::did_you_mean;

use crate::source::Span;

/// A language people read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum Lang {
    /// 中文.
    #[default]
    Chinese,
    /// English.
    English,
}

impl Lang {
    /// The text for this language.
    #[must_use]
    pub fn pick<'a>(self, chinese: &'a str, english: &'a str) -> &'a str {
        match self {
            Lang::Chinese => chinese,
            Lang::English => english,
        }
    }
}

/// One text in both languages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Text {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Text {
    /// A text in both languages.
    #[must_use]
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Text { zh: zh.into(), en: en.into() }
    }

    /// The text for one language.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        lang.pick(&self.zh, &self.en)
    }
}

/// A second place that belongs to a diagnostic, with a word on what stands there.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Label {
    /// Where.
    pub span: Span,
    /// What stands there.
    pub text: Text,
}

/// One thing that is wrong: what, where, why, and what to do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// Stable code with a page of its own.
    pub code: Code,
    /// What is wrong, in one line.
    pub message: Text,
    /// Where it is wrong; [`Span::NOWHERE`] when it concerns a whole pack or case.
    pub span: Span,
    /// Other places that matter.
    pub labels: Vec<Label>,
    /// Why it is wrong.
    pub why: Option<Text>,
    /// What to do about it.
    pub help: Option<Text>,
}

impl Diagnostic {
    /// A diagnostic without labels, reason or advice yet.
    #[must_use]
    pub fn new(code: Code, span: Span, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Diagnostic { code, message: Text::new(zh, en), span, labels: Vec::new(), why: None, help: None }
    }

    /// Adds why it is wrong.
    #[must_use]
    pub fn why(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.why = Some(Text::new(zh, en));
        self
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.help = Some(Text::new(zh, en));
        self
    }

    /// Adds another place.
    #[must_use]
    pub fn label(mut self, span: Span, zh: impl Into<String>, en: impl Into<String>) -> Self {
        self.labels.push(Label { span, text: Text::new(zh, en) });
        self
    }

    /// Adds "did you mean …?" when one of `candidates` is near `written`, keeping other advice when none is.
    #[must_use]
    pub fn suggest<'a>(mut self, written: &str, candidates: impl IntoIterator<Item = &'a str>) -> Self {
        if let Some(near) = did_you_mean(written, candidates) {
            self.help = Some(Text::new(format!("是不是“{near}”？"), format!("did you mean `{near}`?")));
        }
        self
    }
}
