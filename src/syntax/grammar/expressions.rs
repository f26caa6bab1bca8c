//! Expressions and literals.

use crate::diagnostic::{Code, Diagnostic};
use std::sync::Arc;

use pest::iterators::Pair;

use crate::syntax::ast::{BinaryOperator, Comparison, Expr, ExprKind, Literal, LiteralKind, Name};

use super::{Builder, Built, MOST_OPERANDS, Rule, halfwidth, internal};

impl Builder<'_> {
    pub(super) fn expr(&mut self, pair: Pair<'_, Rule>) -> Built<Expr> {
        self.chain(pair, Rule::or_op, ExprKind::Or, Self::and_expr)
    }

    pub(super) fn and_expr(&mut self, pair: Pair<'_, Rule>) -> Built<Expr> {
        self.chain(pair, Rule::and_op, ExprKind::And, Self::not_expr)
    }

    pub(super) fn chain(
        &mut self,
        pair: Pair<'_, Rule>,
        operator: Rule,
        join: fn(Vec<Expr>) -> ExprKind,
        operand: fn(&mut Self, Pair<'_, Rule>) -> Built<Expr>,
    ) -> Built<Expr> {
        let span = self.span(&pair);
        let mut operands = Vec::new();
        for pair in pair.into_inner().filter(|pair| pair.as_rule() != operator) {
            operands.push(operand(self, pair)?);
        }
        match operands.len() {
            1 => operands.pop().ok_or_else(|| internal(span)),
            _ => Ok(Expr { kind: join(operands), span }),
        }
    }

    pub(super) fn not_expr(&mut self, pair: Pair<'_, Rule>) -> Built<Expr> {
        let span = self.span(&pair);
        let mut children = self.children(pair);
        let mut negated = false;
        let mut any = false;
        while children.take(Rule::not_op).is_some() {
            negated = !negated;
            any = true;
        }
        let inner = self.comparison(children.next()?)?;
        if negated {
            return Ok(Expr { kind: ExprKind::Not(Box::new(inner)), span });
        }
        Ok(if any { Expr { span, ..inner } } else { inner })
    }

    pub(super) fn comparison(&mut self, pair: Pair<'_, Rule>) -> Built<Expr> {
        let span = self.span(&pair);
        let mut children = self.children(pair);
        let left = self.sum(children.next()?)?;
        let Some(operator) = children.pairs.next() else {
            return Ok(left);
        };
        let kind = match operator.as_rule() {
            Rule::in_op => ExprKind::In(true, Box::new(left), self.set(children.next()?)?),
            Rule::not_in_op => ExprKind::In(false, Box::new(left), self.set(children.next()?)?),
            Rule::to => ExprKind::Range(Box::new([left, self.sum(children.next()?)?])),
            _ => {
                let operator = self.compare_op(&operator)?;
                ExprKind::Compare(operator, Box::new(left), Box::new(self.sum(children.next()?)?))
            }
        };
        Ok(Expr { kind, span })
    }

    pub(super) fn compare_op(&self, pair: &Pair<'_, Rule>) -> Built<Comparison> {
        Ok(match halfwidth(pair.as_str()).as_str() {
            "=" => Comparison::Equal,
            "!=" | "≠" => Comparison::NotEqual,
            "<" => Comparison::Less,
            "<=" | "≤" => Comparison::LessOrEqual,
            ">" => Comparison::Greater,
            ">=" | "≥" => Comparison::GreaterOrEqual,
            _ => return Err(internal(self.span(pair))),
        })
    }

    /// A sum, a product or a bound: operands joined by operators of one rank, from left to right.
    pub(super) fn sum(&mut self, pair: Pair<'_, Rule>) -> Built<Expr> {
        let mut children = self.children(pair);
        let mut left = self.operand(children.next()?)?;
        let mut operands = 1_usize;
        while let Some(operator) = children.pairs.next() {
            operands = operands.saturating_add(1);
            if operands > MOST_OPERANDS {
                return Err(Box::new(
                    Diagnostic::new(
                        Code::NestedTooDeep,
                        self.span(&operator),
                        format!("一个算式超过{MOST_OPERANDS}项"),
                        format!("more than {MOST_OPERANDS} operands in a row"),
                    )
                    .help("把一部分写成单独的“定义”", "move a part to a `define` of its own"),
                ));
            }
            let operator = match halfwidth(operator.as_str()).as_str() {
                "+" => BinaryOperator::Add,
                "-" => BinaryOperator::Subtract,
                "×" | "*" => BinaryOperator::Multiply,
                _ => BinaryOperator::Divide,
            };
            let right = self.operand(children.next()?)?;
            let span = left.span.to(right.span);
            left = Expr { kind: ExprKind::Arithmetic(operator, Box::new(left), Box::new(right)), span };
        }
        Ok(left)
    }

    pub(super) fn operand(&mut self, pair: Pair<'_, Rule>) -> Built<Expr> {
        match pair.as_rule() {
            Rule::product => self.sum(pair),
            Rule::unary => self.unary(pair),
            _ => {
                let span = self.span(&pair);
                let mut children = self.children(pair);
                let negative = children.take(Rule::negate).is_some();
                let inner = children.next()?;
                let value = self.primary_kind(inner)?;
                Ok(if negative { Expr { kind: ExprKind::Negate(Box::new(value)), span } } else { value })
            }
        }
    }

    pub(super) fn unary(&mut self, pair: Pair<'_, Rule>) -> Built<Expr> {
        let span = self.span(&pair);
        let mut children = self.children(pair);
        let mut negative = false;
        while children.take(Rule::negate).is_some() {
            negative = !negative;
        }
        let primary = children.next()?;
        let whole = self.span(&primary);
        let inner = self.children(primary).next()?;
        let mut value = self.primary_kind(inner)?;
        // Parentheses belong to the text of what they hold.
        value.span = whole;
        Ok(if negative { Expr { kind: ExprKind::Negate(Box::new(value)), span } } else { value })
    }

    pub(super) fn primary_kind(&mut self, pair: Pair<'_, Rule>) -> Built<Expr> {
        let span = self.span(&pair);
        match pair.as_rule() {
            Rule::expr => self.expr(pair),
            Rule::literal => self.literal(pair),
            Rule::provision => Ok(Expr { kind: ExprKind::Provision(self.provision(pair)?), span }),
            Rule::string => Ok(Expr { kind: ExprKind::Text(self.string(pair)?), span }),
            Rule::boolean => Ok(Expr { kind: ExprKind::Bool(matches!(pair.as_str(), "true" | "是")), span }),
            Rule::call => {
                let mut children = self.children(pair);
                let name = self.name(&children.next()?);
                let mut arguments = Vec::new();
                for pair in children.pairs {
                    let mut inner = self.children(pair);
                    let value = self.expr(inner.next()?)?;
                    let filter = match inner.take(Rule::where_word) {
                        Some(_) => Some(self.expr(inner.next()?)?),
                        None => None,
                    };
                    arguments.push((value, filter));
                }
                Ok(Expr { kind: ExprKind::Call(name, arguments), span })
            }
            Rule::conditional => {
                let mut parts = Vec::new();
                for pair in pair.into_inner().filter(|pair| pair.as_rule() == Rule::expr) {
                    parts.push(self.expr(pair)?);
                }
                let parts: [Expr; 3] = parts.try_into().map_err(|_| internal(span))?;
                Ok(Expr { kind: ExprKind::If(Box::new(parts)), span })
            }
            _ => {
                let name = self.name(&pair);
                Ok(Expr { kind: ExprKind::Name(name), span })
            }
        }
    }

    pub(super) fn literal(&mut self, pair: Pair<'_, Rule>) -> Built<Expr> {
        let span = self.span(&pair);
        let inner = self.children(pair).next()?;
        if inner.as_rule() == Rule::date {
            let date = self.date(&inner);
            return Ok(Expr { kind: ExprKind::Literal(date), span });
        }
        let rule = inner.as_rule();
        let text = halfwidth(inner.as_str());
        let (mut number, mut rest, mut scale) = (None, None, 0);
        for part in inner.into_inner() {
            match part.as_rule() {
                Rule::number => number = Some(halfwidth(part.as_str())),
                Rule::scale => scale = if part.as_str() == "万" { 4 } else { 8 },
                Rule::yuan => {}
                _ => rest = Some((halfwidth(part.as_str()), self.span(&part))),
            }
        }
        let kind = match (rule, rest) {
            (Rule::money, currency) => {
                let currency = currency
                    .map(|(code, _)| if matches!(code.as_str(), "¥" | "￥") { "CNY".into() } else { code.into() });
                LiteralKind::Money(scale, currency)
            }
            (Rule::percent, Some((sign, _))) => LiteralKind::Percent(if sign == "‰" { 3 } else { 2 }),
            (Rule::duration, Some((unit, _))) => LiteralKind::Duration(unit.into()),
            (Rule::quantity, Some((unit, span))) => LiteralKind::Quantity(Name { text: unit.into(), span }),
            _ => LiteralKind::Number,
        };
        let text: Arc<str> = number.unwrap_or(text).into();
        Ok(Expr { kind: ExprKind::Literal(Literal { kind, text, span }), span })
    }

    pub(super) fn date(&self, pair: &Pair<'_, Rule>) -> Literal {
        Literal { kind: LiteralKind::Date, text: halfwidth(pair.as_str()).into(), span: self.span(pair) }
    }
}
