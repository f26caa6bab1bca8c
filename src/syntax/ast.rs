use std::sync::Arc;

use super::fine::FineShape;
use super::keyword::{DeclarationKind, Keyword, KeywordLanguage};
use super::measure::{Choice, ExtentShape, TermShape};
use crate::source::{Citation, Provision, Span};
use crate::value::End;

/// A file of rule text as written.
#[derive(Clone, Debug, Default)]
pub struct File {
    /// Declarations that could be read, in order.
    pub declarations: Vec<Declaration>,
    /// Comments, in order; the tree itself does not hold them.
    pub comments: Vec<Span>,
    /// Where the first keyword of each language stands: a pack has one keyword language.
    pub keyword_languages: Vec<(KeywordLanguage, Span)>,
}

/// A name as written, with full-width letters made half-width.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Name {
    /// The name; dots stay in it.
    pub text: Arc<str>,
    /// Where.
    pub span: Span,
}

/// A label in one or both languages.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Label {
    /// Chinese text.
    pub zh: Option<Arc<str>>,
    /// English text.
    pub en: Option<Arc<str>>,
}

/// One declaration: its kind, its name and what stands in its braces.
#[derive(Clone, Debug)]
pub struct Declaration {
    /// Which kind.
    pub kind: DeclarationKind,
    /// Its name or, for an instrument or list, its title without 《》.
    pub name: Name,
    /// Its label.
    pub label: Label,
    /// `ordered` 有序, on a type.
    pub ordered: bool,
    /// Hit policy, on a table.
    pub hit: Option<(HitPolicy, Span)>,
    /// What follows `=`, on a define.
    pub value: Option<Expr>,
    /// Clauses in order.
    pub clauses: Vec<Clause>,
    /// Members of a type, in order.
    pub members: Vec<Member>,
    /// The drawn rows of a table.
    pub grid: Option<Grid>,
    /// Part of it could not be read, which was reported; what is missing is not reported again.
    pub broken: bool,
    /// The whole declaration.
    pub span: Span,
}

/// One member of an enumerated type.
#[derive(Clone, Debug)]
pub struct Member {
    /// Its name.
    pub name: Name,
    /// Its label.
    pub label: Label,
}

/// A keyword and what follows it.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Which keyword.
    pub keyword: Keyword,
    /// Where the keyword stands.
    pub keyword_span: Span,
    /// What follows.
    pub body: Body,
    /// The whole clause.
    pub span: Span,
}

/// What may follow a clause's keyword.
#[derive(Clone, Debug)]
pub enum Body {
    /// Nothing.
    Bare,
    /// An expression.
    Expr(Expr),
    /// Citations.
    Citations(Vec<(Citation, Span)>),
    /// An in-force interval.
    Interval(Interval),
    /// A text in one or both languages.
    Label(Label),
    /// Words from a fixed list, checked later.
    Words(Vec<Name>),
    /// A type.
    Type(TypeReference),
    /// Measures to choose from.
    Choice(Choice),
    /// Names.
    Names(Vec<Name>),
    /// What a norm gives way to.
    Yields(Vec<Yielded>),
    /// The statutory fine.
    Fine(FineShape),
    /// A fine left to the officer or besides another: the word before it, the measures it stands among, the fine.
    FineChoice(Keyword, Choice, FineShape),
    /// A set of points.
    Cell(Cell),
    /// Days and stretches of days.
    Dates(Vec<Interval>),
    /// `presume` with its citation.
    Presume(Expr, Vec<(Citation, Span)>),
    /// A time limit: how long, from which day, whether a last day that is no working day moves.
    Within(Expr, Option<(Expr, bool)>),
    /// `rounding mode to step`.
    Rounding(Name, Expr),
    /// `let name = …`, or `fine = …` of a benchmark under the name of the keyword.
    Step(Name, Expr),
    /// Facts that count a second time, and why.
    CountedTwice(Vec<Name>, Label),
    /// A known finding: its code, the factor it is about when only one is meant, and why it stands.
    Allow(Name, Option<Name>, Label),
    /// What a measure or a notice says: label and value.
    Stated(Label, Expr),
    /// A tier: condition, label, clauses.
    Tier(Expr, Label, Vec<Clause>),
    /// A penalty for some kinds of party: the kinds, label, clauses.
    Target(Vec<Name>, Label, Vec<Clause>),
    /// An exemption: violations, label, clauses.
    Exempt(Vec<Name>, Label, Vec<Clause>),
    /// Weights: name, label, clauses.
    Weights(Name, Label, Vec<Clause>),
    /// A factor of weights.
    Factor(FactorKey),
    /// Points added or deducted.
    Event(Box<Event>),
    /// Days of every year.
    MonthDays(Vec<(Arc<str>, Span)>),
    /// A grade given outright, and when.
    Veto(Name, Expr),
    /// How much a measure takes.
    Extent(ExtentShape),
    /// How long a measure lasts, or by when it must be performed.
    Term(TermShape),
}

/// What a norm gives way to.
#[derive(Clone, Debug)]
pub enum Yielded {
    /// Norms of an instrument, by its title.
    Instrument(Name),
    /// Norms of a level.
    Level(Name),
    /// A violation, or violations whose ids share a stem.
    Violation(Name),
}

/// Points added or deducted, once or for each record.
#[derive(Clone, Debug)]
pub struct Event {
    /// How many.
    pub points: Expr,
    /// The records, by the name of their fact; once without them.
    pub list: Option<Name>,
    /// When, or which records.
    pub condition: Option<Expr>,
    /// The field with the day from which a record counts.
    pub since: Option<Name>,
    /// For how long.
    pub lasting: Option<Expr>,
    /// How many at most, altogether.
    pub most: Option<Expr>,
    /// Label.
    pub label: Label,
}

/// A factor: key, label, hit policy, rows, effect when it cannot be established.
#[derive(Clone, Debug)]
pub struct FactorKey {
    /// What the cells are compared with, or just a name when the rows are conditions.
    pub key: Expr,
    /// Label.
    pub label: Label,
    /// Hit policy and where it stands.
    pub hit: Option<(HitPolicy, Span)>,
    /// Rows in order.
    pub rows: Vec<Row>,
    /// What an unestablished key means.
    pub unestablished: Option<Name>,
}

/// A row of a factor: either a cell or a condition, and the result.
#[derive(Clone, Debug)]
pub struct Row {
    /// The cell, when the row can be read as one.
    pub cell: Option<Cell>,
    /// The condition, when it cannot.
    pub condition: Option<Expr>,
    /// The result.
    pub result: RowResult,
    /// The whole row.
    pub span: Span,
}

/// A value, or a range of values.
#[derive(Clone, Debug)]
pub struct RowResult {
    /// The value, or the lower end.
    pub value: Expr,
    /// The upper end of a range.
    pub upper: Option<Expr>,
}

/// The drawn part of a table.
#[derive(Clone, Debug)]
pub struct Grid {
    /// Keys, one a column.
    pub keys: Vec<Expr>,
    /// Name of the result.
    pub result: Name,
    /// Rows: one cell for each key.
    pub rows: Vec<(Vec<Cell>, RowResult, Span)>,
    /// What a key that cannot be established means.
    pub unestablished: Option<Name>,
    /// The header line.
    pub span: Span,
}

/// How a table with several matching rows decides.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum HitPolicy {
    /// 唯一: at most one row may match.
    Unique,
    /// 取最高: the highest result.
    Highest,
    /// 取最低: the lowest result.
    Lowest,
    /// 累加: the sum of the results.
    Collect,
    /// 首个: the first row in order.
    First,
}

/// The union of some sets of points.
#[derive(Clone, Debug)]
pub struct Cell {
    /// The sets.
    pub items: Vec<CellItem>,
    /// The whole cell.
    pub span: Span,
}

/// One set of points.
#[derive(Clone, Debug)]
pub enum CellItem {
    /// `-`: anything.
    Any,
    /// One point.
    Point(Expr),
    /// A range by its ends.
    Range(End<Expr>, End<Expr>),
    /// Everything but one point: `!= x`.
    Not(Expr),
    /// A range by 以上, 以下, 不满, 超过, whose ends the cited instrument fixes.
    Boundary {
        /// `N以上` (true) or 超过N (false), with N.
        low: Option<(bool, Expr)>,
        /// `N以下` (true) or 不满N (false), with N.
        high: Option<(bool, Expr)>,
        /// Where the words stand.
        span: Span,
    },
}

/// What `in` compares with.
#[derive(Clone, Debug)]
pub enum SetItem {
    /// One value.
    Point(Expr),
    /// A range.
    Range(End<Expr>, End<Expr>),
}

/// From a day to a day; without an end when it goes on.
#[derive(Clone, Debug)]
pub struct Interval {
    /// First day.
    pub from: Literal,
    /// Last day; `None` when open.
    pub to: Option<Literal>,
    /// The whole interval.
    pub span: Span,
}

/// A type as written.
#[derive(Clone, Debug)]
pub enum TypeReference {
    /// A built-in or declared type by name.
    Named(Name),
    /// `quantity unit`.
    Quantity(Name),
    /// `duration unit`.
    Duration(Name),
    /// `list of { … }`.
    List(Vec<Field>, Span),
}

/// A field of a record.
#[derive(Clone, Debug)]
pub struct Field {
    /// Its name.
    pub name: Name,
    /// Its label.
    pub label: Label,
    /// Its type.
    pub kind: TypeReference,
}

/// An expression with its place.
#[derive(Clone, Debug)]
pub struct Expr {
    /// What it is.
    pub kind: ExprKind,
    /// Where.
    pub span: Span,
}

/// What an expression is.
#[derive(Clone, Debug)]
pub enum ExprKind {
    /// A literal.
    Literal(Literal),
    /// `true`, `false`.
    Bool(bool),
    /// A text, which can only be compared.
    Text(Arc<str>),
    /// One place in an instrument, which can only be compared.
    Provision(Provision),
    /// A name.
    Name(Name),
    /// A call; each argument may have a `where`.
    Call(Name, Vec<(Expr, Option<Expr>)>),
    /// `not`.
    Not(Box<Expr>),
    /// Unary minus.
    Negate(Box<Expr>),
    /// `or` over two or more.
    Or(Vec<Expr>),
    /// `and` over two or more.
    And(Vec<Expr>),
    /// Arithmetic.
    Arithmetic(BinaryOperator, Box<Expr>, Box<Expr>),
    /// A comparison.
    Compare(Comparison, Box<Expr>, Box<Expr>),
    /// `in` (true) or `not in` (false).
    In(bool, Box<Expr>, Vec<SetItem>),
    /// `if … then … else …`.
    If(Box<[Expr; 3]>),
    /// `low to high`.
    Range(Box<[Expr; 2]>),
}

/// Arithmetic operators.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum BinaryOperator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `×`
    Multiply,
    /// `÷`
    Divide,
}

/// Comparison operators.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Comparison {
    /// `=`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// A literal as text: its value is found by type checking, and the formatter can print what was written.
#[derive(Clone, Debug)]
pub struct Literal {
    /// Which kind.
    pub kind: LiteralKind,
    /// The number, or the date, half-width.
    pub text: Arc<str>,
    /// Where.
    pub span: Span,
}

/// The kinds of literals.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LiteralKind {
    /// A plain number.
    Number,
    /// `%` (2) or `‰` (3): how many places the point moves.
    Percent(u32),
    /// Money, in yuan times ten to the power given: 万 is 4, 亿 is 8. With the currency code if one was written.
    Money(u32, Option<Arc<str>>),
    /// A quantity in the unit named.
    Quantity(Name),
    /// A date.
    Date,
    /// A duration in the unit named, half-width, as written.
    Duration(Arc<str>),
}
