//! Expressions to nodes, conditions to their conjuncts.

use crate::diagnostic::{Code, Diagnostic};
use crate::program::{Condition, DefineId, Expression, FactId, Node, NodeId, TableId};
use crate::source::Span;
use crate::typed::{self, BuiltInFunction, ExprKind};
use crate::value::{RoundingMode, Value};

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
            ExprKind::Constant(value) => {
                if let Value::Duration(duration) = value {
                    self.workdays(duration.unit, span);
                }
                Node::Constant(*value)
            }
            ExprKind::Fact(index) => Node::Fact(FactId::new(*index), span),
            ExprKind::Define(index) => {
                Node::Define(self.define_ids.get(*index).copied().unwrap_or_else(|| DefineId::new(*index)), span)
            }
            ExprKind::Table(index) => Node::Table(TableId(u32::try_from(*index).unwrap_or(u32::MAX)), span),
            ExprKind::Step(name) => match self.steps.get(name) {
                Some((number, rule)) => Node::Step(*number, *rule, span),
                None => self.impossible(span),
            },
            ExprKind::BuiltIn(name) => Node::BuiltIn(*name, span),
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
            ExprKind::Call(function, arguments) => {
                let nodes = self.nodes(arguments);
                self.call(*function, &nodes, span)
            }
            ExprKind::Aggregate { .. } | ExprKind::Field(_) => {
                self.not_evaluated(span, "对记录的计数、合计等", "counts, sums and the like over records");
                Node::Constant(Value::Bool(false))
            }
            ExprKind::Unknown => self.impossible(span),
        };
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

    pub(super) fn call(&mut self, function: BuiltInFunction, nodes: &[NodeId], span: Span) -> Node {
        match (function, nodes) {
            (BuiltInFunction::Minimum, nodes) => Node::Minimum(nodes.to_vec()),
            (BuiltInFunction::Maximum, nodes) => Node::Maximum(nodes.to_vec()),
            (BuiltInFunction::Lower, [range]) => Node::LowerEnd(*range),
            (BuiltInFunction::Upper, [range]) => Node::UpperEnd(*range),
            (BuiltInFunction::Midpoint, [range]) => Node::Midpoint(*range),
            (BuiltInFunction::RoundDown, [value, step]) => Node::Round(RoundingMode::Down, *value, *step),
            (BuiltInFunction::RoundUp, [value, step]) => Node::Round(RoundingMode::Up, *value, *step),
            (BuiltInFunction::RoundHalfUp, [value, step]) => Node::Round(RoundingMode::HalfUp, *value, *step),
            (BuiltInFunction::FullMonths, [from, to]) => Node::FullMonths(*from, *to),
            (BuiltInFunction::DaysBetween, [from, to]) => Node::DaysBetween(*from, *to),
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
