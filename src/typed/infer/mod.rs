//! The type of an expression, found from the inside out; a name that could mean several things is decided by its neighbour.

mod calls;
mod names;
mod operations;
mod records;
mod result;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Text};
use crate::resolved::Resolved;
use crate::source::Span;
use crate::syntax::{self, BinaryOperator, Literal, LiteralKind};
use crate::typed::literal::literal_value;
use crate::typed::operators::{self};
use crate::typed::{Expr, ExprKind, Type, Units};
use crate::value::{UnitId, Value};

/// What a rule's expressions may name besides facts and definitions.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    /// The ends of the statutory range.
    pub(super) statutory: bool,
    /// The ends of the discretion tier.
    pub(super) band: bool,
    /// The fine as it stands.
    pub(super) fine: bool,
    /// Measures and referrals of the result.
    pub(super) result: bool,
    /// The penalty of the unit a responsible person answers for.
    pub(super) of_unit: bool,
    /// Whether credit points are worked out somewhere.
    pub(super) points: bool,
    /// What adds or deducts credit points.
    pub(super) scoring: bool,
    /// The type of the grades, where a credit rule declares one.
    pub(super) grades: Option<usize>,
    /// Named steps of the benchmark.
    pub(super) steps: BTreeMap<Arc<str>, Type>,
    /// Fields of the record at hand.
    pub(super) fields: Vec<(Arc<str>, Type)>,
    /// What 以上 and 以下 mean under the instrument cited.
    pub(super) boundary: (Option<bool>, Option<bool>),
    /// The instrument cited, for the message when they are not declared.
    pub(super) instrument: Option<Arc<str>>,
}

/// Finds types. Holds what is known of definitions and tables so far.
pub(super) struct Infer<'r> {
    pub(super) resolved: &'r Resolved,
    pub(super) units: Units,
    pub(super) currency: String,
    pub(super) facts: Vec<Type>,
    pub(super) defines: Vec<Type>,
    pub(super) tables: Vec<Type>,
    pub(super) scope: Scope,
    pub(super) errors: &'r mut Vec<Diagnostic>,
}

impl Infer<'_> {
    pub(super) fn unknown(span: Span) -> Expr {
        Expr { kind: ExprKind::Unknown, kind_of: Type::Unknown, span }
    }

    /// A condition: reported unless it is a yes or no.
    pub(super) fn condition(&mut self, expr: &syntax::Expr) -> Expr {
        let typed = self.infer(expr, None);
        if !matches!(typed.kind_of, Type::Bool | Type::Unknown) {
            let found = self.name_of(&typed.kind_of);
            self.errors.push(
                Diagnostic::new(
                    Code::ConditionNotBool,
                    typed.span,
                    format!("条件应为“是否”型，这里是{}", found.zh),
                    format!("a condition is a yes or no; this is {}", found.en),
                )
                .help("写一个比较，如“超标倍数 <= 0.1”", "write a comparison, such as `times_over <= 0.1`"),
            );
            return Self::unknown(typed.span);
        }
        typed
    }

    /// A value that must be of one of the types `due`.
    pub(super) fn value_of(&mut self, expr: &syntax::Expr, due: &[Type]) -> Expr {
        let typed = self.infer(expr, due.first());
        if !due.iter().any(|due| operators::fits(&typed.kind_of, due)) {
            let found = self.name_of(&typed.kind_of);
            let names: Vec<Text> = due.iter().map(|due| self.name_of(due)).collect();
            let zh = names.iter().map(|name| name.zh.as_str()).collect::<Vec<_>>().join("或");
            let en = names.iter().map(|name| name.en.as_str()).collect::<Vec<_>>().join(" or ");
            let lacks_unit = matches!(typed.kind_of, Type::Integer | Type::Number) && due.iter().any(Type::has_unit);
            let (code, help) = if lacks_unit {
                (
                    Code::UnitMissing,
                    Text::new("写上单位，如 10万元、7%、3吨", "write the unit, such as CNY 100_000, 7%, 3 t"),
                )
            } else {
                (Code::ResultType, Text::new(format!("把它改为{zh}"), format!("make it {en}")))
            };
            let mut diagnostic = Diagnostic::new(
                code,
                typed.span,
                format!("这里应为{zh}，却是{}", found.zh),
                format!("{en} is due here, but this is {}", found.en),
            );
            diagnostic.help = Some(help);
            self.errors.push(diagnostic);
            return Self::unknown(typed.span);
        }
        typed
    }

    /// The type of an expression. `due` decides names of members that several types share.
    pub(super) fn infer(&mut self, expr: &syntax::Expr, due: Option<&Type>) -> Expr {
        let span = expr.span;
        let make = |kind, kind_of| Expr { kind, kind_of, span };
        match &expr.kind {
            syntax::ExprKind::Bool(value) => make(ExprKind::Constant(Value::Bool(*value)), Type::Bool),
            syntax::ExprKind::Literal(literal) => match self.literal(literal) {
                Some((value, kind_of)) => make(ExprKind::Constant(value), kind_of),
                None => Self::unknown(span),
            },
            syntax::ExprKind::Text(text) => make(ExprKind::Text(Arc::clone(text)), Type::Text),
            syntax::ExprKind::Provision(provision) => self.provision(provision, span),
            syntax::ExprKind::Name(name) => self.name(name, due, span),
            syntax::ExprKind::Not(inner) => make(ExprKind::Not(Box::new(self.condition(inner))), Type::Bool),
            syntax::ExprKind::And(parts) => {
                make(ExprKind::And(parts.iter().map(|part| self.condition(part)).collect()), Type::Bool)
            }
            syntax::ExprKind::Or(parts) => {
                make(ExprKind::Or(parts.iter().map(|part| self.condition(part)).collect()), Type::Bool)
            }
            syntax::ExprKind::Negate(inner) => {
                let typed = self.infer(inner, due);
                match &typed.kind_of {
                    Type::Integer
                    | Type::Number
                    | Type::Percent
                    | Type::Money
                    | Type::Quantity(_)
                    | Type::Duration(_) => {
                        let kind_of = typed.kind_of.clone();
                        Self::fold(make(ExprKind::Negate(Box::new(typed)), kind_of))
                    }
                    Type::Unknown => Self::unknown(span),
                    other => {
                        let name = self.name_of(other);
                        self.errors.push(Diagnostic::new(
                            Code::OperatorTypes,
                            span,
                            format!("“-”不适用于{}", name.zh),
                            format!("`-` does not take {}", name.en),
                        ));
                        Self::unknown(span)
                    }
                }
            }
            syntax::ExprKind::Arithmetic(operator, left, right) => self.arithmetic(*operator, left, right, due, span),
            syntax::ExprKind::Compare(operator, left, right) => self.compare(*operator, left, right, span),
            syntax::ExprKind::In(positive, value, items) => self.inside(*positive, value, items, span),
            syntax::ExprKind::If(parts) => {
                let [condition, yes, no] = &**parts;
                let condition = self.condition(condition);
                let yes = self.infer(yes, due);
                let no = self.infer(no, Some(&yes.kind_of));
                let kind_of = if operators::fits(&no.kind_of, &yes.kind_of) {
                    yes.kind_of.clone()
                } else if operators::fits(&yes.kind_of, &no.kind_of) {
                    no.kind_of.clone()
                } else if let Some(range) = operators::common_range(&yes.kind_of, &no.kind_of) {
                    range
                } else {
                    self.differ(&yes, &no, span);
                    Type::Unknown
                };
                make(ExprKind::If(Box::new([condition, yes, no])), kind_of)
            }
            syntax::ExprKind::Range(ends) => self.range(ends, due, span),
            syntax::ExprKind::Call(name, arguments) => self.call(name, arguments, span),
        }
    }

    /// Replaces an operation on constants by its value.
    pub(super) fn fold(expr: Expr) -> Expr {
        let value = match &expr.kind {
            ExprKind::Negate(inner) => constant(inner).and_then(Value::negated),
            ExprKind::Arithmetic(operator, left, right) => match (constant(left), constant(right)) {
                (Some(left), Some(right)) => apply(*operator, left, right),
                _ => None,
            },
            _ => None,
        };
        match value {
            Some(value) => Expr { kind: ExprKind::Constant(value), ..expr },
            None => expr,
        }
    }

    pub(super) fn literal(&mut self, literal: &Literal) -> Option<(Value, Type)> {
        let span = literal.span;
        if let LiteralKind::Quantity(unit) = &literal.kind
            && self.unit(&unit.text).is_none()
        {
            let known = self.resolved.symbols.units.names();
            let text = &unit.text;
            self.errors.push(
                Diagnostic::new(
                    Code::UnitUnknown,
                    unit.span,
                    format!("没有声明单位“{text}”"),
                    format!("the unit `{text}` is not declared"),
                )
                .help(format!("先声明：单位 {text}"), format!("declare it: unit {text}"))
                .suggest(text, known),
            );
            return None;
        }
        if let LiteralKind::Money(_, Some(code)) = &literal.kind
            && **code != *self.currency
        {
            let own = self.currency.clone();
            self.errors.push(
                Diagnostic::new(
                    Code::TypesDiffer,
                    span,
                    format!("金额是{code}，规则包的币种是{own}"),
                    format!("the amount is in {code}, the pack's currency is {own}"),
                )
                .help(format!("用{own}写金额"), format!("write the amount in {own}")),
            );
            return None;
        }
        let value = literal_value(literal, |name| {
            let index = self.unit(name)?;
            Some((UnitId(u16::try_from(self.units.base(index)).ok()?), self.units.factor(index)))
        });
        let Some(value) = value else {
            let text = &literal.text;
            let (zh, en) = if literal.kind == LiteralKind::Date {
                (format!("没有“{text}”这一天"), format!("there is no day {text}"))
            } else {
                (format!("“{text}”不能精确表示"), format!("{text} cannot be held exactly"))
            };
            let diagnostic = Diagnostic::new(Code::LiteralInvalid, span, zh, en);
            self.errors.push(if literal.kind == LiteralKind::Date {
                diagnostic.help("核对月份和日数", "check month and day")
            } else {
                diagnostic
                    .why("最多28位有效数字；期间必须是整数", "at most 28 digits; a duration is a whole number")
                    .help("核对这个数", "check the figure")
            });
            return None;
        };
        let kind_of = match value {
            Value::Number(number) if number.is_integer() => Type::Integer,
            Value::Percent(_) => Type::Percent,
            Value::Money(_) => Type::Money,
            Value::Quantity(_, unit) => Type::Quantity(usize::from(unit.0)),
            Value::Date(_) => Type::Date,
            Value::Duration(duration) => Type::Duration(duration.unit),
            _ => Type::Number,
        };
        Some((value, kind_of))
    }
}

/// The value of a constant.
pub(super) fn constant(expr: &Expr) -> Option<Value> {
    match &expr.kind {
        ExprKind::Constant(value) => Some(*value),
        _ => None,
    }
}

fn apply(operator: BinaryOperator, left: Value, right: Value) -> Option<Value> {
    match operator {
        BinaryOperator::Add => left.plus(right),
        BinaryOperator::Subtract => left.minus(right),
        BinaryOperator::Multiply => left.times(right),
        BinaryOperator::Divide => left.divided_by(right),
    }
}
