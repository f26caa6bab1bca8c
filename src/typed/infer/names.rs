//! Names: facts, definitions, members, built-in names, units.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic, Text};
use crate::resolved::{FactKind, built_in_name};
use crate::source::Span;
use crate::syntax::{self, Name};
use crate::typed::operators::{self, BuiltInName};
use crate::typed::{Expr, ExprKind, Type};
use crate::value::{DurationUnit, EnumId, Value};

use super::Infer;

impl Infer<'_> {
    pub(in crate::typed) fn fact_type(&self, kind: &FactKind) -> Type {
        match kind {
            FactKind::Bool => Type::Bool,
            FactKind::Integer => Type::Integer,
            FactKind::Decimal => Type::Number,
            FactKind::Percent => Type::Percent,
            FactKind::Money => Type::Money,
            FactKind::Date => Type::Date,
            FactKind::Text => Type::Text,
            FactKind::Provision => Type::Provision,
            FactKind::Duration(unit) => Type::Duration(*unit),
            FactKind::Quantity(unit) => Type::Quantity(self.units.base(*unit)),
            FactKind::Enum(index) => Type::Enum(*index),
            FactKind::List(fields) => {
                Type::List(fields.iter().map(|field| (Arc::clone(&field.name), self.fact_type(&field.kind))).collect())
            }
            FactKind::Unknown => Type::Unknown,
        }
    }

    /// What a type is called.
    pub(in crate::typed) fn name_of(&self, kind: &Type) -> Text {
        let plain = |zh: &str, en: &str| Text::new(zh, en);
        match kind {
            Type::Bool => plain("“是否”型", "yes or no"),
            Type::Integer => plain("整数", "integer"),
            Type::Number => plain("小数", "number"),
            Type::Percent => plain("百分比", "percent"),
            Type::Money => plain("金额", "money"),
            Type::Date => plain("日期", "date"),
            Type::Text => plain("文字", "text"),
            Type::Provision => plain("条款", "clause"),
            Type::Range => plain("金额幅度", "range of money"),
            Type::PercentRange => plain("百分比幅度", "range of percent"),
            Type::NumberRange => plain("倍数幅度", "range of numbers"),
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

    pub(super) fn name(&mut self, name: &Name, due: Option<&Type>, span: Span) -> Expr {
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
            let kind_of = self.facts.get(index).cloned().unwrap_or(Type::Unknown);
            if matches!(kind_of, Type::List(_)) {
                return self.records_are_counted(name);
            }
            return make(ExprKind::Fact(index), kind_of);
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
    pub(super) fn member(&mut self, name: &Name, due: Option<&Type>) -> Option<Expr> {
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

    pub(super) fn is_member(&self, expr: &syntax::Expr) -> bool {
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

    pub(super) fn built_in(&mut self, built_in: BuiltInName, name: &Name, span: Span) -> Expr {
        let (available, kind_of) = match built_in {
            BuiltInName::StatutoryMin | BuiltInName::StatutoryMax => (self.scope.statutory, Type::Money),
            BuiltInName::BandMin | BuiltInName::BandMax => (self.scope.band, Type::Money),
            BuiltInName::Fine => (self.scope.fine, Type::Money),
            BuiltInName::TotalFine | BuiltInName::TotalConfiscated => (self.scope.result, Type::Money),
            BuiltInName::CreditGrade => {
                (self.scope.grades.is_some(), self.scope.grades.map_or(Type::Unknown, Type::Enum))
            }
            BuiltInName::PartyIsUnit | BuiltInName::PartyIsResponsible => (true, Type::Bool),
            BuiltInName::UnitPenalised => (self.scope.of_unit, Type::Bool),
            BuiltInName::CreditPoints => (self.scope.points, Type::Number),
            BuiltInName::ScoredOn => (self.scope.scoring, Type::Date),
            BuiltInName::ThisClause => (true, Type::Provision),
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
                    "法定最低、法定最高只在裁量基准、情节和信用中有值，档次最低、档次最高只在写明“档次”的裁量基准的“罚款”里、情节和信用的“效果”里有值，罚款只在情节、信用和程序中有值，罚款合计、没收合计只在程序中有值，信用等级须先声明“信用”，信用分须有积分的计算，计分日只在加分、扣分、否决和修复的条件中有值，单位受罚只在“对 责任人员”的条件中有值",
                    "the ends of the statutory range have a value in benchmarks, circumstances and credit, those of the discretion tier in the `fine` of a benchmark that says `band` and in the `effect` of circumstances and credit, the fine in circumstances, credit and procedures, the sums of a decision in procedures; the credit grade needs a `credit` declaration, the credit points one that has points, the day of scoring has a value in what adds, deducts, vetoes and repairs, and whether the unit is penalised has a value in the condition of a block `for responsible`",
                )
                .help(
                    "把这一步移到裁量基准或情节里；用档次两端的，在裁量基准里写“档次 幅度”；用信用等级的，先声明“信用”",
                    "move this step into the benchmark or circumstance; for the ends of the tier, say `band range` in the benchmark; for the credit grade, add a `credit` declaration",
                ),
            );
            return Self::unknown(span);
        }
        Expr { kind: ExprKind::BuiltIn(built_in), kind_of, span }
    }

    /// A unit by name or symbol.
    pub(in crate::typed) fn unit(&self, text: &str) -> Option<usize> {
        self.resolved.symbols.unit(text)
    }
}
