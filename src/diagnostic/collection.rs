use super::{Code, Diagnostic, Lang, Severity};
use crate::source::SourceMap;

/// Diagnostics with the texts they point into, in the order of their places.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    sources: SourceMap,
    items: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Sorts `items` by place and code, and drops exact repetitions.
    #[must_use]
    pub fn new(sources: SourceMap, mut items: Vec<Diagnostic>) -> Self {
        items.sort_by_key(|item| (item.span, item.code.number()));
        items.dedup();
        Diagnostics { sources, items }
    }

    /// The diagnostics.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.items.iter()
    }

    /// The texts the spans point into.
    #[must_use]
    pub fn sources(&self) -> &SourceMap {
        &self.sources
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Whether any of them is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.items.iter().any(|item| item.code.severity() == Severity::Error)
    }

    /// One line each: `file:line:column: E0101: message`.
    #[must_use]
    pub fn lines(&self, lang: Lang) -> String {
        let mut out = String::new();
        for item in &self.items {
            if let Some(place) = self.sources.place(item.span) {
                out.push_str(&format!("{place}: "));
            }
            out.push_str(&format!("{}: {}\n", Code::name(item.code), item.message.get(lang)));
        }
        out
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.items.iter()
    }
}

impl std::fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.lines(Lang::English))
    }
}

impl std::error::Error for Diagnostics {}
