//! Which violations a rule concerns.

use std::sync::Arc;

/// The violations a rule concerns, each by its id or by a stem that the ids of several share: `water` is the stem of
/// `water.over_standard`. All violations when none is named.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Covers(Vec<Arc<str>>);

impl Covers {
    /// These ids and stems.
    #[must_use]
    pub fn new(named: Vec<Arc<str>>) -> Self {
        Covers(named)
    }

    /// Whether the rule concerns a violation.
    #[must_use]
    pub fn includes(&self, violation: &str) -> bool {
        self.0.is_empty() || self.0.iter().any(|named| is_stem(named, violation))
    }
}

/// Whether `stem` is an id or begins it up to a dot.
#[must_use]
pub fn is_stem(stem: &str, id: &str) -> bool {
    id.strip_prefix(stem).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
