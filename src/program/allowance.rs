use super::Titles;
use crate::diagnostic::Code;
use crate::source::Span;

/// A finding of a check that the rules say is known, and why it stands.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Allowance {
    /// The code of the finding.
    pub code: Code,
    /// The rule text it covers: a declaration, a block in it, or a factor.
    pub scope: Span,
    /// Why the finding stands.
    pub reason: Titles,
    /// Where it says so.
    pub span: Span,
}
