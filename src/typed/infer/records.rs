//! What is counted, added up or compared over records, and what only records hold: texts and provisions.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Provision, Span};
use crate::syntax::{self, Comparison, Name, SetItem};
use crate::typed::operators::{self, BuiltInFunction};
use crate::typed::{Expr, ExprKind, Type};
use crate::value::DurationUnit;

use super::Infer;

impl Infer<'_> {
    pub(super) fn aggregate(
        &mut self,
        function: BuiltInFunction,
        arguments: &[(syntax::Expr, Option<syntax::Expr>)],
        span: Span,
    ) -> Expr {
        let [(syntax::Expr { kind: syntax::ExprKind::Name(name), .. }, filter)] = arguments else {
            return self.wrong_arguments(function, span);
        };
        let symbols = &self.resolved.symbols;
        let (list, field) = match symbols.facts.get(&name.text) {
            Some(list) => (Some(list), None),
            None => match name.text.rsplit_once('.') {
                Some((list, field)) => (symbols.facts.get(list), Some(field)),
                None => (None, None),
            },
        };
        let fields = match list.and_then(|list| self.facts.get(list)) {
            Some(Type::List(fields)) => fields.clone(),
            // The type of the fact is a mistake already reported.
            Some(Type::Unknown) => return Self::unknown(span),
            _ => return self.wrong_arguments(function, span),
        };
        let Some(list) = list else {
            return self.wrong_arguments(function, span);
        };
        let outer = std::mem::replace(&mut self.scope.fields, fields.clone());
        let filter = filter.as_ref().map(|filter| Box::new(self.condition(filter)));
        self.scope.fields = outer;
        use BuiltInFunction as F;
        let (field, kind_of) = match (function, field) {
            (F::Count, None) => (None, Type::Integer),
            (F::Any | F::All, None) if filter.is_some() => (None, Type::Bool),
            (F::Sum | F::Largest | F::Smallest, Some(field)) => {
                let Some(index) = fields.iter().position(|(name, _)| &**name == field) else {
                    return self.no_such_field(field, name, &fields);
                };
                let kind_of = fields.get(index).map_or(Type::Unknown, |(_, kind)| kind.clone());
                if function == F::Sum {
                    if !adds_up(&kind_of) {
                        return self.does_not_add_up(&kind_of, span);
                    }
                } else if !self.ordered(&kind_of, span) {
                    return Self::unknown(span);
                }
                (Some(index), kind_of)
            }
            _ => return self.wrong_arguments(function, span),
        };
        Expr { kind: ExprKind::Aggregate { function, list, field, last: None, filter }, kind_of, span }
    }

    /// Days that the intervals of records cover: the fields with first and last day, and which records count.
    pub(super) fn days_covered(&mut self, arguments: &[(syntax::Expr, Option<syntax::Expr>)], span: Span) -> Expr {
        let function = BuiltInFunction::DaysCovered;
        let [
            (syntax::Expr { kind: syntax::ExprKind::Name(first), .. }, None),
            (syntax::Expr { kind: syntax::ExprKind::Name(last), .. }, filter),
        ] = arguments
        else {
            return self.wrong_arguments(function, span);
        };
        let (Some((list, first_field)), Some((other, last_field))) =
            (first.text.rsplit_once('.'), last.text.rsplit_once('.'))
        else {
            return self.wrong_arguments(function, span);
        };
        let found = self.resolved.symbols.facts.get(list).filter(|_| list == other);
        let Some((list, Type::List(fields))) = found.and_then(|list| Some((list, self.facts.get(list)?.clone())))
        else {
            return self.wrong_arguments(function, span);
        };
        let place = |field: &str| fields.iter().position(|(name, kind)| &**name == field && *kind == Type::Date);
        let (Some(field), Some(last)) = (place(first_field), place(last_field)) else {
            return self.wrong_arguments(function, span);
        };
        let outer = std::mem::replace(&mut self.scope.fields, fields.clone());
        let filter = filter.as_ref().map(|filter| Box::new(self.condition(filter)));
        self.scope.fields = outer;
        Expr {
            kind: ExprKind::Aggregate { function, list, field: Some(field), last: Some(last), filter },
            kind_of: Type::Duration(DurationUnit::Days),
            span,
        }
    }

    fn no_such_field(&mut self, field: &str, name: &Name, fields: &[(std::sync::Arc<str>, Type)]) -> Expr {
        self.errors.push(
            Diagnostic::new(
                Code::NameUnknown,
                name.span,
                format!("记录没有字段“{field}”"),
                format!("the records have no field `{field}`"),
            )
            .help("核对字段的名称", "check the name of the field")
            .suggest(field, fields.iter().map(|(name, _)| &**name)),
        );
        Self::unknown(name.span)
    }

    fn does_not_add_up(&mut self, kind: &Type, span: Span) -> Expr {
        let name = self.name_of(kind);
        self.errors.push(
            Diagnostic::new(
                Code::OperatorTypes,
                span,
                format!("{}不能相加", name.zh),
                format!("{} cannot be added up", name.en),
            )
            .help(
                "合计用于数、百分比、金额、数量和期间；要条数的，写“计数”",
                "`sum` takes numbers, percentages, money, quantities and durations; for how many there are write `count`",
            ),
        );
        Self::unknown(span)
    }

    /// A list of records by itself has no value to compare.
    pub(super) fn records_are_counted(&mut self, name: &Name) -> Expr {
        let text = &name.text;
        self.errors.push(
            Diagnostic::new(
                Code::CallInvalid,
                name.span,
                format!("“{text}”是一列记录，不是一个值"),
                format!("`{text}` is a list of records, not a value"),
            )
            .help(
                format!("写“计数({text})”“任一({text} 其中 …)”或“合计({text}.字段)”"),
                format!("write `count({text})`, `any({text} where …)` or `sum({text}.field)`"),
            ),
        );
        Self::unknown(name.span)
    }

    /// A provision named in rule text; its instrument must be declared.
    pub(super) fn provision(&mut self, provision: &Provision, span: Span) -> Expr {
        let instruments = &self.resolved.symbols.instruments;
        if instruments.get(&provision.instrument).is_none() {
            let text = &provision.instrument;
            self.errors.push(
                Diagnostic::new(
                    Code::InstrumentUnknown,
                    span,
                    format!("没有声明法规“{text}”"),
                    format!("the instrument `{text}` is not declared"),
                )
                .help(
                    format!("先声明法规“{text}”，或核对名称"),
                    format!("declare the instrument `{text}`, or check its name"),
                )
                .suggest(text, instruments.names()),
            );
            return Self::unknown(span);
        }
        Expr { kind: ExprKind::Provision(provision.clone()), kind_of: Type::Provision, span }
    }

    /// `in {…}` over texts or provisions: equal to one of them.
    pub(super) fn among(&mut self, positive: bool, value: &Expr, items: &[SetItem], span: Span) -> Expr {
        let mut equal = Vec::new();
        for item in items {
            let point = match item {
                SetItem::Point(point) => self.infer(point, None),
                SetItem::Range(..) => {
                    self.ordered(&value.kind_of, span);
                    continue;
                }
            };
            if !operators::comparable(&point.kind_of, &value.kind_of) {
                self.differ(value, &point, point.span);
                continue;
            }
            let at = point.span;
            let kind = ExprKind::Compare(Comparison::Equal, Box::new(value.clone()), Box::new(point));
            equal.push(Expr { kind, kind_of: Type::Bool, span: at });
        }
        let among = Expr { kind: ExprKind::Or(equal), kind_of: Type::Bool, span };
        if positive { among } else { Expr { kind: ExprKind::Not(Box::new(among)), kind_of: Type::Bool, span } }
    }
}

/// Whether values of a type have a sum.
fn adds_up(kind: &Type) -> bool {
    matches!(
        kind,
        Type::Integer
            | Type::Number
            | Type::Percent
            | Type::Money
            | Type::Quantity(_)
            | Type::Duration(_)
            | Type::Unknown
    )
}
