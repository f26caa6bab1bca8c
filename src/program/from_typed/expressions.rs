//! Expressions to nodes, conditions to their conjuncts.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::program::{Aggregate, AggregateFunction, Condition, DefineId, Expression, FactId, Node, NodeId, TableId};
use crate::source::Span;
use crate::typed::{self, BuiltInFunction, BuiltInName, ExprKind, Type};
use crate::value::{Duration, Number, RoundingMode, Value};

use super::Compiler;

impl Compiler<'_> {
    pub(super) fn expression(&mut self, expr: &typed::Expr) -> Expression {
        Expression { root: self.node(expr), span: expr.span }
    }

    pub(super) fn nodes(&mut self, exprs: &[typed::Expr]) -> Vec<NodeId> {
        exprs.iter().map(|expr| self.node(expr)).collect()
    }

    /// Lowers an expression; operands get their places before the nodes that use them.
    pub(super) fn node(&mut self, expr: &typed::Expr) -> NodeId {
        let span = expr.span;
        let node = match &expr.kind {
            ExprKind::Constant(value) => Node::Constant(*value),
            ExprKind::Fact(index) => Node::Fact(self.fact_id(*index), span),
            ExprKind::Define(index) => {
                Node::Define(self.define_ids.get(*index).copied().unwrap_or_else(|| DefineId::new(*index)), span)
            }
            ExprKind::Table(index) => Node::Table(TableId(u32::try_from(*index).unwrap_or(u32::MAX)), span),
            ExprKind::Step(name) => match self.steps.get(name) {
                Some((number, rule)) => Node::Step(*number, *rule, span),
                None => self.impossible(span),
            },
            ExprKind::BuiltIn(name) => {
                self.program.adds_up |= matches!(name, BuiltInName::TotalFine | BuiltInName::TotalConfiscated);
                Node::BuiltIn(*name, span)
            }
            ExprKind::Imposes(measure) => match self.measures.get(*measure) {
                Some(rule) => Node::Imposes(*rule, span),
                None => self.impossible(span),
            },
            ExprKind::ImposesKind(kind) => Node::ImposesKind(*kind, span),
            ExprKind::Refers(kind) => Node::Refers(*kind, span),
            ExprKind::Not(inner) => Node::Not(self.node(inner)),
            ExprKind::And(parts) => Node::And(self.nodes(parts)),
            ExprKind::Or(parts) => Node::Or(self.nodes(parts)),
            ExprKind::Negate(inner) => Node::Negate(self.node(inner)),
            ExprKind::Arithmetic(operator, left, right) => {
                let (left, right) = (self.node(left), self.node(right));
                Node::Arithmetic(*operator, left, right)
            }
            ExprKind::Compare(operator, left, right) => {
                let (left, right) = (self.node(left), self.node(right));
                Node::Compare(*operator, left, right)
            }
            ExprKind::In(value, cells) => Node::In(self.node(value), cells.clone()),
            ExprKind::If(parts) => {
                let [condition, yes, no] = &**parts;
                let (condition, yes, no) = (self.node(condition), self.node(yes), self.node(no));
                Node::If(condition, yes, no)
            }
            ExprKind::Range(parts) => {
                let [low, high] = &**parts;
                let (low, high) = (self.node(low), self.node(high));
                Node::Range(low, high)
            }
            ExprKind::Call(BuiltInFunction::Absent, arguments) => self.of_fact(arguments, span, Node::Absent),
            ExprKind::Call(BuiltInFunction::Established, arguments) => self.of_fact(arguments, span, Node::Established),
            ExprKind::Call(function, arguments) => {
                let nodes = self.nodes(arguments);
                self.call(*function, &nodes, span)
            }
            ExprKind::Text(text) => Node::Constant(Value::Text(Arc::make_mut(&mut self.program.pool).text_id(text))),
            ExprKind::Provision(provision) => {
                let id = Arc::make_mut(&mut self.program.pool).provision_id(vec![provision.clone()]);
                Node::Constant(Value::Provision(id))
            }
            ExprKind::Field(index) => Node::Field(u16::try_from(*index).unwrap_or(u16::MAX), span),
            ExprKind::Aggregate { function, list, field, last, filter } => {
                let filter = filter.as_ref().map(|filter| self.expression(filter));
                let place = |field: usize| u16::try_from(field).unwrap_or(u16::MAX);
                let (field, last) = (field.map(place), last.map(place));
                let Some(function) = aggregate_function(*function) else {
                    let node = self.impossible(span);
                    return self.add_node(node);
                };
                let (list, zero) = (self.fact_id(*list), zero(&expr.kind_of));
                Node::Aggregate(Box::new(Aggregate { function, list, field, last, filter, zero, span }))
            }
            ExprKind::Unknown => self.impossible(span),
        };
        self.add_node(node)
    }

    fn add_node(&mut self, node: Node) -> NodeId {
        let id = NodeId(u32::try_from(self.program.nodes.len()).unwrap_or(u32::MAX));
        self.program.nodes.push(node);
        id
    }

    /// Compilation only runs on trees without mistakes; should one slip through, it is refused here rather than evaluated.
    pub(super) fn impossible(&mut self, span: Span) -> Node {
        self.errors.push(Diagnostic::new(
            Code::NotEvaluated,
            span,
            "这个表达式没有类型",
            "this expression has no type",
        ));
        Node::Constant(Value::Bool(false))
    }

    /// A question about a fact itself, whatever its value.
    fn of_fact(&mut self, arguments: &[typed::Expr], span: Span, make: fn(FactId, Span) -> Node) -> Node {
        match arguments {
            [typed::Expr { kind: ExprKind::Fact(index), span, .. }] => make(self.fact_id(*index), *span),
            _ => self.impossible(span),
        }
    }

    pub(super) fn call(&mut self, function: BuiltInFunction, nodes: &[NodeId], span: Span) -> Node {
        match (function, nodes) {
            (BuiltInFunction::Minimum, nodes) => Node::Minimum(nodes.to_vec()),
            (BuiltInFunction::Maximum, nodes) => Node::Maximum(nodes.to_vec()),
            (BuiltInFunction::Average, nodes) => Node::Average(nodes.to_vec()),
            (BuiltInFunction::Power, [base, exponent]) => Node::Power(*base, *exponent),
            (BuiltInFunction::Clamp, [value, band]) => Node::Clamp(*value, *band),
            (BuiltInFunction::Lower, [range]) => Node::LowerEnd(*range),
            (BuiltInFunction::Upper, [range]) => Node::UpperEnd(*range),
            (BuiltInFunction::Midpoint, [range]) => Node::Midpoint(*range),
            (BuiltInFunction::RoundDown, [value, step]) => Node::Round(RoundingMode::Down, *value, *step),
            (BuiltInFunction::RoundUp, [value, step]) => Node::Round(RoundingMode::Up, *value, *step),
            (BuiltInFunction::RoundHalfUp, [value, step]) => Node::Round(RoundingMode::HalfUp, *value, *step),
            (BuiltInFunction::FullMonths, [from, to]) => Node::FullMonths(*from, *to),
            (BuiltInFunction::DaysBetween, [from, to]) => Node::DaysBetween(*from, *to),
            (BuiltInFunction::WorkdaysBetween, [from, to]) => Node::WorkdaysBetween(*from, *to),
            (BuiltInFunction::RollToWorkday, [date]) => Node::RollToWorkday(*date),
            (BuiltInFunction::Year, [date]) => Node::YearOf(*date),
            (BuiltInFunction::Month, [date]) => Node::MonthOf(*date),
            (BuiltInFunction::FullYears, [from, to]) => Node::FullYears(*from, *to),
            _ => self.impossible(span),
        }
    }

    /// The conjuncts of a condition, so that each is a step of its own.
    pub(super) fn condition<'t>(&mut self, parts: impl IntoIterator<Item = &'t typed::Expr>) -> Condition {
        let mut elements = Vec::new();
        for part in parts {
            self.conjuncts(part, &mut elements);
        }
        Condition { elements }
    }

    pub(super) fn conjuncts(&mut self, expr: &typed::Expr, elements: &mut Vec<Expression>) {
        match &expr.kind {
            ExprKind::And(parts) => parts.iter().for_each(|part| self.conjuncts(part, elements)),
            _ => elements.push(self.expression(expr)),
        }
    }
}

fn aggregate_function(function: BuiltInFunction) -> Option<AggregateFunction> {
    Some(match function {
        BuiltInFunction::Count => AggregateFunction::Count,
        BuiltInFunction::Sum => AggregateFunction::Sum,
        BuiltInFunction::Largest => AggregateFunction::Largest,
        BuiltInFunction::Smallest => AggregateFunction::Smallest,
        BuiltInFunction::Any => AggregateFunction::Any,
        BuiltInFunction::All => AggregateFunction::All,
        BuiltInFunction::DaysCovered => AggregateFunction::DaysCovered,
        _ => return None,
    })
}

/// The sum of nothing.
fn zero(kind: &Type) -> Value {
    match kind {
        Type::Percent => Value::Percent(Number::ZERO),
        Type::Money => Value::Money(Number::ZERO),
        Type::Quantity(base) => Value::Quantity(Number::ZERO, super::unit_id(*base)),
        Type::Duration(unit) => Value::Duration(Duration { amount: 0, unit: *unit }),
        _ => Value::Number(Number::ZERO),
    }
}
