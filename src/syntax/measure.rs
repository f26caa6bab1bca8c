use super::ast::{Expr, Label, Name};
use crate::source::Span;

/// Measures to choose from; one of them when there is no choice.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The measures, in their order.
    pub references: Vec<MeasureReference>,
    /// How many of them.
    pub mode: ChoiceMode,
}

/// How many measures of a choice may be taken.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum ChoiceMode {
    /// `|`: one.
    One,
    /// `any of` 任意: one or several.
    Any,
    /// `through` 直至: one, from the lightest up to the last.
    Ladder,
}

/// A measure by name, with what the article fixes of it.
#[derive(Clone, Debug)]
pub struct MeasureReference {
    /// Name of the measure.
    pub name: Name,
    /// Who approves.
    pub approval: Option<Label>,
    /// Who decides, when it is another body.
    pub decided_by: Option<Label>,
    /// Who is told.
    pub informed: Option<Label>,
    /// The measure that takes its place when it cannot be performed.
    pub otherwise: Option<Name>,
    /// How long.
    pub term: Option<TermShape>,
    /// How much.
    pub extent: Option<ExtentShape>,
}

/// How long a measure lasts, or by when it must be performed, as written.
#[derive(Clone, Debug)]
pub struct TermShape {
    /// `within` 期限: by when an order must be performed. Else how long the measure lasts.
    pub deadline: bool,
    /// Lower end; absent for a single length and for `up to`.
    pub low: Option<Expr>,
    /// The length, or the upper end.
    pub high: TermEnd,
    /// From when, where the article says so.
    pub from: Option<Label>,
    /// `up to` stands before it.
    pub up_to: bool,
    /// The whole term.
    pub span: Span,
}

/// The upper end of a term.
#[derive(Clone, Debug)]
pub enum TermEnd {
    /// A length.
    At(Expr),
    /// 终身.
    Life,
    /// 不定: the article names no length.
    Unspecified,
}

/// How much a measure takes, as written.
#[derive(Clone, Debug)]
pub struct ExtentShape {
    /// `amount` 金额, a sum of money; else `quantity` 数量.
    pub money: bool,
    /// Lower end; absent for `up to`.
    pub low: Option<Expr>,
    /// The figure, or the upper end.
    pub high: Expr,
    /// The whole extent.
    pub span: Span,
}
