//! Calls of built-in functions.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::{self, Name};
use crate::typed::operators::{self, BuiltInFunction, built_in_function};
use crate::typed::{Expr, ExprKind, Type};
use crate::value::DurationUnit;

use super::Infer;

impl Infer<'_> {
    pub(super) fn call(&mut self, name: &Name, arguments: &[(syntax::Expr, Option<syntax::Expr>)], span: Span) -> Expr {
        let Some(function) = built_in_function(&name.text) else {
            let text = &name.text;
            let known = operators::BUILT_IN_FUNCTIONS.iter().flat_map(|(zh, en, ..)| [*zh, *en]);
            self.errors.push(
                Diagnostic::new(
                    Code::CallInvalid,
                    name.span,
                    format!("没有函数“{text}”"),
                    format!("there is no function `{text}`"),
                )
                .help("语言参考列出了所有函数", "the language reference lists all functions")
                .suggest(text, known),
            );
            return Self::unknown(span);
        };
        use BuiltInFunction as F;
        if matches!(function, F::Imposes | F::ImposesKind | F::Refers) {
            return self.result_asked(function, arguments, span);
        }
        if matches!(function, F::Count | F::Sum | F::Largest | F::Smallest | F::Any | F::All) {
            return self.aggregate(function, arguments, span);
        }
        if function == F::DaysCovered {
            return self.days_covered(arguments, span);
        }
        if let Some((_, Some(filter))) = arguments.iter().find(|(_, filter)| filter.is_some()) {
            return self.wrong_arguments(function, filter.span);
        }
        let mut typed: Vec<Expr> = Vec::new();
        for (argument, _) in arguments {
            let due = typed.first().map(|first| first.kind_of.clone());
            typed.push(self.infer(argument, due.as_ref()));
        }
        let kinds: Vec<&Type> = typed.iter().map(|each| &each.kind_of).collect();
        let kind_of = match (function, kinds.as_slice()) {
            (_, kinds) if kinds.contains(&&Type::Unknown) => return Self::unknown(span),
            (F::Minimum | F::Maximum, [first, rest @ ..])
                if !rest.is_empty() && rest.iter().all(|each| operators::comparable(first, each)) =>
            {
                // One number among integers makes the result a number.
                let widest = rest.iter().find(|each| !operators::fits(each, first)).copied().unwrap_or(first).clone();
                if !self.ordered(&widest, span) {
                    return Self::unknown(span);
                }
                widest
            }
            (F::Average, kinds) if averaged(kinds).is_some() => averaged(kinds).unwrap_or(Type::Unknown),
            (F::Power, [Type::Integer | Type::Number, Type::Integer]) => Type::Number,
            (F::Clamp, [value, band]) if value.range().as_ref() == Some(*band) => (*value).clone(),
            (F::Lower | F::Upper | F::Midpoint, [Type::Range]) => Type::Money,
            (F::Lower | F::Upper | F::Midpoint, [Type::PercentRange]) => Type::Percent,
            (F::Lower | F::Upper | F::Midpoint, [Type::NumberRange]) => Type::Number,
            (F::RoundDown | F::RoundUp | F::RoundHalfUp, [value, step]) if operators::fits(step, value) => {
                (*value).clone()
            }
            (F::Absent | F::Established, [_]) if self.asks_of_a_fact(function, &typed) => Type::Bool,
            (F::FullMonths, [Type::Date, Type::Date]) => Type::Duration(DurationUnit::Months),
            (F::DaysBetween, [Type::Date, Type::Date]) => Type::Duration(DurationUnit::Days),
            (F::WorkdaysBetween, [Type::Date, Type::Date]) => Type::Duration(DurationUnit::Workdays),
            (F::RollToWorkday, [Type::Date]) => Type::Date,
            (F::Year | F::Month, [Type::Date]) | (F::FullYears, [Type::Date, Type::Date]) => Type::Integer,
            _ => return self.wrong_arguments(function, span),
        };
        Expr { kind: ExprKind::Call(function, typed), kind_of, span }
    }

    /// What may be absent or established is a fact; only one that is declared so may be absent.
    fn asks_of_a_fact(&self, function: BuiltInFunction, arguments: &[Expr]) -> bool {
        let [Expr { kind: ExprKind::Fact(index), .. }] = arguments else {
            return false;
        };
        function == BuiltInFunction::Established
            || self.resolved.rules.facts.get(*index).is_some_and(|fact| fact.may_be_absent)
    }

    pub(super) fn wrong_arguments(&mut self, function: BuiltInFunction, span: Span) -> Expr {
        let entry = operators::BUILT_IN_FUNCTIONS.iter().find(|(_, _, each, _)| *each == function);
        let (zh, en, example) = entry.map_or(("", "", ""), |(zh, en, _, example)| (zh, en, example));
        self.errors.push(
            Diagnostic::new(
                Code::CallInvalid,
                span,
                format!("函数“{zh}”的参数不正确"),
                format!("the arguments of `{en}` do not fit"),
            )
            .help(format!("例如：{}", example.replacen(en, zh, 1)), format!("for example: {example}")),
        );
        Self::unknown(span)
    }
}

/// The type of an average: of values that can be added up, at least two.
fn averaged(kinds: &[&Type]) -> Option<Type> {
    let [first, rest @ ..] = kinds else {
        return None;
    };
    let adds_up = first.range().is_some() || matches!(first, Type::Quantity(_));
    if rest.is_empty() || !adds_up || !rest.iter().all(|each| operators::comparable(first, each)) {
        return None;
    }
    Some(if matches!(first, Type::Integer) { Type::Number } else { (*first).clone() })
}
