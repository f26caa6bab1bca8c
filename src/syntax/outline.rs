//! The outline of rule text: what a formatter has to know of it, without the meaning of any one clause.

use std::ops::Range;

/// A stretch of rule text and what lies in it, in the order of the text. Comments and punctuation are not in the outline:
/// they are what stands between its leaves.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Outline {
    /// What it is.
    pub kind: OutlineKind,
    /// Where it stands, in bytes of the text.
    pub range: Range<usize>,
    /// What it consists of; empty for a leaf.
    pub children: Vec<Outline>,
}

/// What a stretch of rule text is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum OutlineKind {
    /// The whole text.
    File,
    /// Anything that holds other parts; the number of its grammar rule tells two kinds apart.
    Group(u16),
    /// A part whose braces open no block, such as the fields of a record or a set of values; the number as above.
    Inline(u16),
    /// A row of a drawn table or its header; the number as above.
    GridRow(u16),
    /// A keyword or an operator written as a word.
    Word,
    /// A word that only some clauses take, such as `verified`.
    ListedWord,
    /// An operator written as a sign.
    Sign,
    /// A minus that belongs to what follows.
    Negation,
    /// A boundary word beside a number, such as 以上.
    BoundaryWord,
    /// A number, a sum of money, a date and the like.
    Literal,
    /// A quoted text.
    Text,
    /// The title of an instrument.
    Title,
    /// A place in an instrument, written in Chinese.
    ChinesePlace,
    /// A place in an instrument, written in English or as bare numbers.
    EnglishPlace,
    /// A name.
    Name,
    /// The name of a type, where one is due.
    TypeName,
    /// A unit of time without a number.
    UnitOfTime,
    /// The word between the ends of a range.
    RangeTo,
    /// What says that an interval has no last day.
    Onward,
    /// The name of a function that is called.
    Called,
}

impl Outline {
    /// Whether it is a leaf: a word, a sign, a literal and the like.
    #[must_use]
    pub fn is_leaf(&self) -> bool {
        !matches!(
            self.kind,
            OutlineKind::File | OutlineKind::Group(_) | OutlineKind::Inline(_) | OutlineKind::GridRow(_)
        )
    }
}
