//! The type of an expression, found from the inside out; a name that could mean several things is decided by its neighbour.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::literal::literal_value;
use super::operators::{self, BuiltInFunction, BuiltInName, built_in_function, built_in_name};
use super::{Cells, Expr, ExprKind, Type, Units};
use crate::diagnostic::{Code, Diagnostic, Text};
use crate::resolved::{FactKind, Resolved};
use crate::source::Span;
use crate::syntax::{self, BinaryOperator, Comparison, Literal, LiteralKind, Name, SetItem};
use crate::value::{DurationUnit, EnumId, Range, UnitId, Value};

/// What a rule's expressions may name besides facts and definitions.
#[derive(Clone, Debug, Default)]
pub(super) struct Scope {
    /// The ends of the statutory range.
    pub(super) statutory: bool,
    /// The fine as it stands.
    pub(super) fine: bool,
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
    pub(super) fn fact_type(&self, kind: &FactKind) -> Type {
        match kind {
            FactKind::Bool => Type::Bool,
            FactKind::Integer => Type::Integer,
            FactKind::Decimal => Type::Number,
            FactKind::Percent => Type::Percent,
            FactKind::Money => Type::Money,
            FactKind::Date => Type::Date,
            FactKind::Text => Type::Text,
            FactKind::Duration(unit) => Type::Duration(*unit),
            FactKind::Quantity(unit) => Type::Quantity(self.units.base(*unit)),
            FactKind::Enum(index) => Type::Enum(*index),
            FactKind::List(fields) => {
                Type::List(fields.iter().map(|(name, kind)| (Arc::clone(name), self.fact_type(kind))).collect())
            }
            FactKind::Unknown => Type::Unknown,
        }
    }

    /// What a type is called.
    pub(super) fn name_of(&self, kind: &Type) -> Text {
        let plain = |zh: &str, en: &str| Text::new(zh, en);
        match kind {
            Type::Bool => plain("是否", "yes or no"),
            Type::Integer => plain("整数", "integer"),
            Type::Number => plain("小数", "number"),
            Type::Percent => plain("百分比", "percent"),
            Type::Money => plain("金额", "money"),
            Type::Date => plain("日期", "date"),
            Type::Text => plain("文字", "text"),
            Type::Range => plain("金额幅度", "range of money"),
            Type::PercentRange => plain("百分比幅度", "range of percent"),
            Type::List(_) => plain("记录", "list"),
            Type::Unknown => plain("未知", "unknown"),
            Type::Duration(DurationUnit::Days) => plain("期间（日）", "duration in days"),
            Type::Duration(DurationUnit::Workdays) => plain("期间（工作日）", "duration in working days"),
            Type::Duration(DurationUnit::Months) => plain("期间（月）", "duration in months"),
            Type::Quantity(unit) => {
                let name = self.resolved.rules.units.get(*unit).map_or("", |unit| &*unit.head.name.text);
                Text::new(format!("数量（{name}）"), format!("quantity in {name}"))
            }
            Type::Enum(index) => {
                let name = self.resolved.rules.enums.get(*index).map_or("", |each| &*each.head.name.text);
                Text::new(format!("类型“{name}”"), format!("type `{name}`"))
            }
        }
    }

    fn unknown(span: Span) -> Expr {
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
                    format!("条件应为“是否”，这里是{}", found.zh),
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
            let (code, help) = if matches!(typed.kind_of, Type::Integer | Type::Number) {
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
                } else {
                    self.differ(&yes, &no, span);
                    Type::Unknown
                };
                make(ExprKind::If(Box::new([condition, yes, no])), kind_of)
            }
            syntax::ExprKind::Call(name, arguments) => self.call(name, arguments, span),
        }
    }

    /// Replaces an operation on constants by its value.
    fn fold(expr: Expr) -> Expr {
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

    // ---- names ----

    fn name(&mut self, name: &Name, due: Option<&Type>, span: Span) -> Expr {
        let text = &*name.text;
        let make = |kind, kind_of| Expr { kind, kind_of, span };
        let symbols = &self.resolved.symbols;
        if let Some(index) = self.scope.fields.iter().position(|(field, _)| &**field == text) {
            let kind_of = self.scope.fields.get(index).map_or(Type::Unknown, |(_, kind)| kind.clone());
            return make(ExprKind::Field(index), kind_of);
        }
        if let Some(kind_of) = self.scope.steps.get(text) {
            return make(ExprKind::Step(Arc::clone(&name.text)), kind_of.clone());
        }
        if let Some(index) = symbols.facts.get(text) {
            return make(ExprKind::Fact(index), self.facts.get(index).cloned().unwrap_or(Type::Unknown));
        }
        if let Some(index) = symbols.defines.get(text) {
            return make(ExprKind::Define(index), self.defines.get(index).cloned().unwrap_or(Type::Unknown));
        }
        if let Some(index) = symbols.tables.get(text) {
            return make(ExprKind::Table(index), self.tables.get(index).cloned().unwrap_or(Type::Unknown));
        }
        if let Some(member) = self.member(name, due) {
            return member;
        }
        if let Some(built_in) = built_in_name(text) {
            return self.built_in(built_in, name, span);
        }
        let known = symbols
            .facts
            .names()
            .chain(symbols.defines.names())
            .chain(symbols.tables.names())
            .chain(symbols.members.keys().map(AsRef::as_ref))
            .chain(self.scope.steps.keys().map(AsRef::as_ref))
            .chain(operators::BUILT_IN_NAMES.iter().flat_map(|(zh, en, ..)| [*zh, *en]));
        let mut diagnostic =
            Diagnostic::new(Code::NameUnknown, span, format!("没有声明“{text}”"), format!("`{text}` is not declared"))
                .help("先用“事实”或“定义”声明它", "declare it with `fact` or `define`")
                .suggest(text, known);
        let keyword =
            ["非", "且", "或", "在"].iter().find_map(|word| text.strip_prefix(word).map(|rest| (*word, rest)));
        if let Some((word, rest)) = keyword
            && (symbols.facts.get(rest).is_some() || symbols.defines.get(rest).is_some())
        {
            diagnostic = diagnostic.help(
                format!("“{word}”后面空一格：{word} {rest}"),
                format!("leave a space after `{word}`: {word} {rest}"),
            );
        }
        self.errors.push(diagnostic);
        Self::unknown(span)
    }

    /// A member of an enumerated type: qualified, of the type due, or of the only type that has it.
    fn member(&mut self, name: &Name, due: Option<&Type>) -> Option<Expr> {
        let symbols = &self.resolved.symbols;
        let text = &*name.text;
        let make = |(index, number): (usize, u16)| Expr {
            kind: ExprKind::Constant(Value::Member(EnumId(u16::try_from(index).unwrap_or(u16::MAX)), number)),
            kind_of: Type::Enum(index),
            span: name.span,
        };
        if let Some((owner, member)) = text.rsplit_once('.')
            && let Some(index) = symbols.enums.get(owner)
            && let Some(found) = symbols.members.get(member).and_then(|all| all.iter().find(|(each, _)| *each == index))
        {
            return Some(make(*found));
        }
        let candidates = symbols.members.get(text)?;
        if let Some(Type::Enum(index)) = due
            && let Some(found) = candidates.iter().find(|(each, _)| each == index)
        {
            return Some(make(*found));
        }
        match candidates.as_slice() {
            [only] => Some(make(*only)),
            several => {
                let owners: Vec<&str> = several
                    .iter()
                    .filter_map(|(index, _)| self.resolved.rules.enums.get(*index))
                    .map(|each| &*each.head.name.text)
                    .collect();
                let first = owners.first().copied().unwrap_or("");
                let owners = owners.join("、");
                self.errors.push(
                    Diagnostic::new(
                        Code::NameAmbiguous,
                        name.span,
                        format!("“{text}”属于几个类型：{owners}"),
                        format!("`{text}` is a member of several types: {owners}"),
                    )
                    .help(format!("写明类型，如 {first}.{text}"), format!("name the type, as in {first}.{text}")),
                );
                Some(Self::unknown(name.span))
            }
        }
    }

    fn is_member(&self, expr: &syntax::Expr) -> bool {
        let syntax::ExprKind::Name(name) = &expr.kind else {
            return false;
        };
        let symbols = &self.resolved.symbols;
        let text = &*name.text;
        symbols.members.contains_key(text)
            && symbols.facts.get(text).is_none()
            && symbols.defines.get(text).is_none()
            && symbols.tables.get(text).is_none()
            && !self.scope.steps.contains_key(text)
            && !self.scope.fields.iter().any(|(field, _)| &**field == text)
    }

    fn built_in(&mut self, built_in: BuiltInName, name: &Name, span: Span) -> Expr {
        let (available, kind_of) = match built_in {
            BuiltInName::StatutoryMin | BuiltInName::StatutoryMax => (self.scope.statutory, Type::Money),
            BuiltInName::Fine => (self.scope.fine, Type::Money),
            BuiltInName::CreditGrade => {
                (self.scope.grades.is_some(), self.scope.grades.map_or(Type::Unknown, Type::Enum))
            }
            BuiltInName::ActBegan | BuiltInName::ActEnded | BuiltInName::Discovered | BuiltInName::Decided => {
                (true, Type::Date)
            }
        };
        if !available {
            let text = &name.text;
            self.errors.push(
                Diagnostic::new(
                    Code::NotAvailableHere,
                    span,
                    format!("“{text}”不能用在这里"),
                    format!("`{text}` has no meaning here"),
                )
                .why(
                    "法定最低、法定最高只在裁量基准、情节和信用中有值，罚款只在情节和信用中有值，信用等级须先声明“信用”",
                    "the statutory ends have a value in benchmarks, circumstances and credit, the fine in circumstances and credit; the credit grade needs a `credit` declaration",
                ),
            );
            return Self::unknown(span);
        }
        Expr { kind: ExprKind::BuiltIn(built_in), kind_of, span }
    }

    // ---- operations ----

    fn arithmetic(
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
            .label(right.span, format!("这是{}", b.zh), format!("this is {}", b.en));
            let is_plain = |kind: &Type| matches!(kind, Type::Integer | Type::Number);
            if is_plain(&left.kind_of) || is_plain(&right.kind_of) {
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

    fn compare(&mut self, operator: Comparison, left: &syntax::Expr, right: &syntax::Expr, span: Span) -> Expr {
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
    pub(super) fn ordered(&mut self, kind: &Type, span: Span) -> bool {
        let unordered = match kind {
            Type::Bool | Type::Text | Type::List(_) | Type::Range | Type::PercentRange => true,
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

    fn differ(&mut self, left: &Expr, right: &Expr, span: Span) {
        let (a, b) = (self.name_of(&left.kind_of), self.name_of(&right.kind_of));
        let is_plain = |expr: &Expr| matches!(expr.kind_of, Type::Integer | Type::Number);
        let plain = [left, right].into_iter().find(|side| is_plain(side));
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

    fn inside(&mut self, positive: bool, value: &syntax::Expr, items: &[SetItem], span: Span) -> Expr {
        let value = self.infer(value, None);
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

    // ---- calls ----

    fn call(&mut self, name: &Name, arguments: &[(syntax::Expr, Option<syntax::Expr>)], span: Span) -> Expr {
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
                .suggest(text, known),
            );
            return Self::unknown(span);
        };
        use BuiltInFunction as F;
        if matches!(function, F::Count | F::Sum | F::Largest | F::Smallest | F::Any | F::All) {
            return self.aggregate(function, arguments, span);
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
            (F::Lower | F::Upper | F::Midpoint, [Type::Range]) => Type::Money,
            (F::Lower | F::Upper | F::Midpoint, [Type::PercentRange]) => Type::Percent,
            (F::RoundDown | F::RoundUp | F::RoundHalfUp, [value, step]) if operators::fits(step, value) => {
                (*value).clone()
            }
            (F::FullMonths, [Type::Date, Type::Date]) => Type::Duration(DurationUnit::Months),
            (F::DaysBetween, [Type::Date, Type::Date]) => Type::Duration(DurationUnit::Days),
            _ => return self.wrong_arguments(function, span),
        };
        Expr { kind: ExprKind::Call(function, typed), kind_of, span }
    }

    fn wrong_arguments(&mut self, function: BuiltInFunction, span: Span) -> Expr {
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

    fn aggregate(
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
        let Some((list, Type::List(fields))) = list.and_then(|list| Some((list, self.facts.get(list)?.clone()))) else {
            return self.wrong_arguments(function, span);
        };
        let field = field.map(|field| fields.iter().position(|(name, _)| &**name == field));
        let outer = std::mem::replace(&mut self.scope.fields, fields.clone());
        let filter = filter.as_ref().map(|filter| Box::new(self.condition(filter)));
        self.scope.fields = outer;
        use BuiltInFunction as F;
        let kind_of = match (function, field) {
            (F::Count, None) => Type::Integer,
            (F::Any | F::All, None) if filter.is_some() => Type::Bool,
            (F::Sum | F::Largest | F::Smallest, Some(Some(field))) => {
                fields.get(field).map_or(Type::Unknown, |(_, kind)| kind.clone())
            }
            _ => return self.wrong_arguments(function, span),
        };
        Expr { kind: ExprKind::Aggregate { function, list, field: field.flatten(), filter }, kind_of, span }
    }

    // ---- literals ----

    fn literal(&mut self, literal: &Literal) -> Option<(Value, Type)> {
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

    /// A unit by name or symbol.
    pub(super) fn unit(&self, text: &str) -> Option<usize> {
        self.resolved
            .symbols
            .units
            .get(text)
            .or_else(|| self.resolved.rules.units.iter().position(|unit| unit.symbol.as_deref() == Some(text)))
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
