//! Arithmetic, comparisons and sets.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::{self, BinaryOperator, Comparison, SetItem};
use crate::typed::operators::{self};
use crate::typed::{Cells, Expr, ExprKind, Type};
use crate::value::{Range, Value};

use super::{Infer, constant};

impl Infer<'_> {
    pub(super) fn arithmetic(
        &mut self,
        operator: BinaryOperator,
        left: &syntax::Expr,
        right: &syntax::Expr,
        due: Option<&Type>,
        span: Span,
    ) -> Expr {
        let left = self.infer(left, due);
        let right = self.infer(right, due);
        let Some(kind_of) = operators::arithmetic(operator, &left.kind_of, &right.kind_of) else {
            let (a, b) = (self.name_of(&left.kind_of), self.name_of(&right.kind_of));
            let sign = match operator {
                BinaryOperator::Add => "+",
                BinaryOperator::Subtract => "-",
                BinaryOperator::Multiply => "×",
                BinaryOperator::Divide => "÷",
            };
            let mut diagnostic = Diagnostic::new(
                Code::OperatorTypes,
                span,
                format!("“{sign}”不适用于{}和{}", a.zh, b.zh),
                format!("`{sign}` does not take {} and {}", a.en, b.en),
            )
            .label(left.span, format!("这是{}", a.zh), format!("this is {}", a.en))
            .label(right.span, format!("这是{}", b.zh), format!("this is {}", b.en))
            .help(
                "同类的值才能相加减；百分比要乘以它所指的值，如 20% × 法定最高",
                "add and subtract values of one kind; multiply a percentage by what it is of, as in 20% × statutory_max",
            );
            let is_plain = |kind: &Type| matches!(kind, Type::Integer | Type::Number);
            if (is_plain(&left.kind_of) && right.kind_of.has_unit())
                || (is_plain(&right.kind_of) && left.kind_of.has_unit())
            {
                diagnostic.code = Code::UnitMissing;
                diagnostic = diagnostic.help(
                    "给数字写上单位，如 100%、10万元、3吨",
                    "give the number its unit, such as 100%, CNY 100_000, 3 t",
                );
            }
            self.errors.push(diagnostic);
            return Self::unknown(span);
        };
        let made = Expr { kind: ExprKind::Arithmetic(operator, Box::new(left), Box::new(right)), kind_of, span };
        Self::fold(made)
    }

    /// `low to high`: a range of money, percent or numbers.
    pub(super) fn range(&mut self, ends: &[syntax::Expr; 2], due: Option<&Type>, span: Span) -> Expr {
        let [low, high] = ends;
        let due = due.and_then(Type::end);
        let low = self.infer(low, due.as_ref());
        let high = self.infer(high, Some(&low.kind_of));
        match self.range_type(&low, &high) {
            Some(kind_of) => Expr { kind: ExprKind::Range(Box::new([low, high])), kind_of, span },
            None => Self::unknown(span),
        }
    }

    /// The type of a range with these ends; wrong ends are reported.
    pub(in crate::typed) fn range_type(&mut self, low: &Expr, high: &Expr) -> Option<Type> {
        if low.kind_of == Type::Unknown || high.kind_of == Type::Unknown {
            return None;
        }
        let Some(range) = low.kind_of.range() else {
            let name = self.name_of(&low.kind_of);
            self.errors.push(
                Diagnostic::new(
                    Code::ResultType,
                    high.span,
                    format!("幅度的两端应是金额、百分比或数，这里是{}", name.zh),
                    format!("the ends of a range are money, percent or numbers; this is {}", name.en),
                )
                .help("如“10万元 至 12万元”", "as in `CNY 100_000 to CNY 120_000`"),
            );
            return None;
        };
        if high.kind_of.range().as_ref() != Some(&range) {
            self.differ(low, high, low.span.to(high.span));
            return None;
        }
        if let (Some(bottom), Some(top)) = (constant(low), constant(high))
            && bottom > top
        {
            self.errors.push(
                Diagnostic::new(
                    Code::RangeEmpty,
                    low.span.to(high.span),
                    "幅度的下限高于上限",
                    "the lower end of the range is above the upper end",
                )
                .help("核对两端的大小", "check the order of the ends"),
            );
            return None;
        }
        Some(range)
    }

    pub(super) fn compare(
        &mut self,
        operator: Comparison,
        left: &syntax::Expr,
        right: &syntax::Expr,
        span: Span,
    ) -> Expr {
        // A member is read after its neighbour, whose type says which type it belongs to.
        let (left, right) = if self.is_member(left) && !self.is_member(right) {
            let right = self.infer(right, None);
            (self.infer(left, Some(&right.kind_of)), right)
        } else {
            let left = self.infer(left, None);
            let right = self.infer(right, Some(&left.kind_of));
            (left, right)
        };
        if !operators::comparable(&left.kind_of, &right.kind_of) {
            self.differ(&left, &right, span);
            return Expr { kind: ExprKind::Unknown, kind_of: Type::Bool, span };
        }
        let by_size = !matches!(operator, Comparison::Equal | Comparison::NotEqual);
        if by_size {
            self.ordered(&left.kind_of, left.span);
        }
        Expr { kind: ExprKind::Compare(operator, Box::new(left), Box::new(right)), kind_of: Type::Bool, span }
    }

    /// Reports a type without an order.
    pub(in crate::typed) fn ordered(&mut self, kind: &Type, span: Span) -> bool {
        let unordered = match kind {
            Type::Bool
            | Type::Text
            | Type::Provision
            | Type::List(_)
            | Type::Range
            | Type::PercentRange
            | Type::NumberRange => true,
            Type::Enum(index) => self.resolved.rules.enums.get(*index).is_some_and(|each| !each.ordered),
            Type::Integer
            | Type::Number
            | Type::Percent
            | Type::Money
            | Type::Quantity(_)
            | Type::Date
            | Type::Duration(_)
            | Type::Unknown => false,
        };
        if unordered {
            let name = self.name_of(kind);
            self.errors.push(
                Diagnostic::new(
                    Code::NotOrdered,
                    span,
                    format!("{}没有大小之分", name.zh),
                    format!("{} has no order", name.en),
                )
                .help("用“=”或“在 {…}”，或把类型声明为“有序”", "use `=` or `in {…}`, or declare the type `ordered`"),
            );
        }
        !unordered
    }

    pub(super) fn differ(&mut self, left: &Expr, right: &Expr, span: Span) {
        let (a, b) = (self.name_of(&left.kind_of), self.name_of(&right.kind_of));
        let is_plain = |expr: &Expr| matches!(expr.kind_of, Type::Integer | Type::Number);
        let other_has_unit = left.kind_of.has_unit() || right.kind_of.has_unit();
        let plain = [left, right].into_iter().find(|side| is_plain(side) && other_has_unit);
        let diagnostic = match plain {
            Some(number) if constant(number).is_some() => Diagnostic::new(
                Code::UnitMissing,
                number.span,
                format!("数字缺少单位：另一边是{}", if is_plain(left) { &b.zh } else { &a.zh }),
                format!("the number has no unit: the other side is {}", if is_plain(left) { &b.en } else { &a.en }),
            )
            .help("写上单位，如 50吨、10万元、7%、3个月", "write the unit, such as 50 t, CNY 100_000, 7%, 3 months"),
            _ => Diagnostic::new(
                Code::TypesDiffer,
                span,
                format!("{}不能与{}比较", a.zh, b.zh),
                format!("{} cannot be compared with {}", a.en, b.en),
            )
            .help("换成同一类型、同一单位的值", "compare values of one type and unit"),
        };
        self.errors.push(diagnostic.label(left.span, format!("这是{}", a.zh), format!("this is {}", a.en)).label(
            right.span,
            format!("这是{}", b.zh),
            format!("this is {}", b.en),
        ));
    }

    pub(super) fn inside(&mut self, positive: bool, value: &syntax::Expr, items: &[SetItem], span: Span) -> Expr {
        let value = self.infer(value, None);
        if matches!(value.kind_of, Type::Text | Type::Provision) {
            return self.among(positive, &value, items, span);
        }
        let mut ranges: Vec<Range<Value>> = Vec::new();
        let mut known = true;
        for item in items {
            let range = match item {
                SetItem::Point(point) => self.cell_end(point, &value.kind_of).map(Range::point),
                SetItem::Range(low, high) => self.cell_range(low, high, &value.kind_of, span),
            };
            match range {
                Some(range) => ranges.push(range),
                None => known = false,
            }
        }
        if !known || value.kind_of == Type::Unknown {
            return Expr { kind: ExprKind::Unknown, kind_of: Type::Bool, span };
        }
        let inside = Expr { kind: ExprKind::In(Box::new(value), Cells::Ranges(ranges)), kind_of: Type::Bool, span };
        if positive { inside } else { Expr { kind: ExprKind::Not(Box::new(inside)), kind_of: Type::Bool, span } }
    }
}
