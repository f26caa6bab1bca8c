//! Text to syntax tree.
//!
//! In: rule text of one file. Out: a [`File`] and the diagnostics of that file; parsing never fails as a whole.
//! Literals stay text. Nothing here knows a type, and only `grammar/` names pest's `Rule`.

mod ast;
mod cut;
mod expected;
mod fine;
mod grammar;
mod keyword;
mod literal;
mod measure;
mod outline;

pub use ast::{
    BinaryOperator, Body, Cell, CellItem, Clause, Comparison, Declaration, Expr, ExprKind, FactorKey, Field, File,
    Grid, HitPolicy, Interval, Label, Literal, LiteralKind, Member, Name, Row, RowResult, SetItem, TypeReference,
    Yielded,
};
pub use fine::{Deemed, Ends, FineShape, WrittenAmount, WrittenBranch, WrittenCase, WrittenFine};
pub use grammar::{outline, parse, parse_literal, parse_provision};
pub use keyword::{DeclarationKind, INNER_WORDS, Keyword, KeywordLanguage};
pub use literal::chinese_numeral;
pub use measure::{Choice, ChoiceMode, ExtentShape, MeasureReference, TermEnd, TermShape};
pub use outline::{Outline, OutlineKind};
