//! Facts of a case: values of the type the rules declare, with their units.

use std::sync::Arc;

use crate::case::Knowledge;
use crate::diagnostic::{Code, Diagnostic};
use crate::program::{Fact, FactId, FactType, Titles};
use crate::source::Span;
use crate::syntax::{self, Literal, LiteralKind};
use crate::typed::literal_value;
use crate::value::{Date, EnumId, Number, UnitId, Value};
use crate::wire::document::{Kind, Node};

use super::Reader;

impl Reader<'_> {
    pub(super) fn facts(&mut self, node: Node) -> Vec<(FactId, Knowledge, Span)> {
        let Kind::Table(entries) = node.kind else {
            self.wrong_type(node.span, ("facts 应是一组“名称 = 值”", "facts must be a group of `name = value`"));
            return Vec::new();
        };
        let mut out = Vec::new();
        for entry in entries {
            let name = entry.key.as_str();
            let Some(index) = self.program.facts.get_index_of(name) else {
                let known = self.program.facts.keys().map(AsRef::as_ref);
                self.errors.push(
                    Diagnostic::new(
                        Code::FactUnknown,
                        entry.place,
                        format!("规则包没有事实“{name}”"),
                        format!("the rules do not declare the fact `{name}`"),
                    )
                    .why(
                        "不认识的事实不会被忽略，否则会漏掉情节",
                        "an unknown fact is not ignored: a circumstance would be lost",
                    )
                    .help("核对名称，或在规则里声明它", "check its name, or declare it in the rules")
                    .suggest(name, known),
                );
                continue;
            };
            let id = FactId::new(index);
            let Some(fact) = self.program.fact(id).cloned() else {
                continue;
            };
            let absent = matches!(&entry.value.kind, Kind::Text(text) if matches!(text.as_str(), "none" | "无"));
            if absent && fact.may_be_absent {
                out.push((id, Knowledge::Absent, entry.place));
                continue;
            }
            let read = match fact.kind {
                FactType::Records => self.records(&fact, entry.value),
                kind => self.knowledge(name, entry.value, kind),
            };
            if let Some(knowledge) = read {
                if let Knowledge::Value(value) = knowledge {
                    self.in_bounds(&fact, value, entry.place);
                }
                out.push((id, knowledge, entry.place));
            }
        }
        out
    }

    pub(super) fn in_bounds(&mut self, fact: &Fact, value: Value, place: Span) {
        let Some(bounds) = &fact.bounds else { return };
        if !bounds.contains(&value) {
            let name = &fact.name;
            self.errors.push(
                Diagnostic::new(
                    Code::OutOfBounds,
                    place,
                    format!("“{name}”的值超出规则声明的范围"),
                    format!("the value of `{name}` is outside the bounds the rules declare"),
                )
                .help("核对这个值", "check the value"),
            );
        }
    }

    /// A value, or `{ unestablished = true }`.
    pub(super) fn knowledge(&mut self, name: &str, node: Node, kind: FactType) -> Option<Knowledge> {
        if node.is_unestablished() {
            return Some(Knowledge::Unestablished);
        }
        if let Kind::Table(_) = &node.kind {
            self.errors.push(
                Diagnostic::new(
                    Code::ValueType,
                    node.span,
                    format!("“{name}”应是一个值"),
                    format!("`{name}` must be a value"),
                )
                .help(
                    "无法查明时写 { unestablished = true }",
                    "write { unestablished = true } when it cannot be established",
                ),
            );
            return None;
        }
        self.value(name, &node, kind).map(Knowledge::Value)
    }

    pub(super) fn value(&mut self, name: &str, node: &Node, kind: FactType) -> Option<Value> {
        let span = node.span;
        match (kind, &node.kind) {
            (FactType::Bool, Kind::Bool(value)) => Some(Value::Bool(*value)),
            (FactType::Bool, Kind::Text(text)) if matches!(text.as_str(), "是" | "否") => {
                Some(Value::Bool(text == "是"))
            }
            (FactType::Date, Kind::Date(text) | Kind::Text(text)) if Date::parse(text).is_some() => {
                Date::parse(text).map(Value::Date)
            }
            (FactType::Integer | FactType::Decimal, Kind::Number(text) | Kind::Text(text)) => {
                match Number::parse(text.trim_end_matches('倍')) {
                    Ok(number) if kind == FactType::Decimal || number.is_integer() => Some(Value::Number(number)),
                    _ => self.not_of_type(name, span, kind),
                }
            }
            (FactType::Enum(id), Kind::Text(text)) => self.member(name, id, text, span),
            (FactType::Text, Kind::Text(text)) => {
                // A text is compared as rule text has it: runs of spaces count as one.
                let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
                Some(Value::Text(Arc::make_mut(&mut self.pool).text_id(&text)))
            }
            (FactType::Provision, Kind::Text(text)) => self.provision(name, text, span),
            (FactType::Percent | FactType::Money | FactType::Quantity(_) | FactType::Duration(_), Kind::Number(_)) => {
                let (example_zh, example_en) = self.example(kind);
                self.errors.push(
                    Diagnostic::new(
                        Code::ValueUnit,
                        span,
                        format!("“{name}”的值缺少单位"),
                        format!("the value of `{name}` has no unit"),
                    )
                    .help(format!("写成 {example_zh}"), format!("write it as {example_en}")),
                );
                None
            }
            (FactType::Percent | FactType::Money | FactType::Quantity(_) | FactType::Duration(_), Kind::Text(text)) => {
                self.measured(name, text, span, kind)
            }
            _ => self.not_of_type(name, span, kind),
        }
    }

    /// An amount, ratio, quantity or duration, read as in rule text.
    pub(super) fn measured(&mut self, name: &str, text: &str, span: Span, kind: FactType) -> Option<Value> {
        let Some(literal) = syntax::parse_literal(text) else {
            return self.not_of_type(name, span, kind);
        };
        let value = self.literal(&literal);
        let fits = match (kind, value) {
            (FactType::Percent, Some(Value::Percent(_))) | (FactType::Money, Some(Value::Money(_))) => true,
            (FactType::Quantity(unit), Some(Value::Quantity(_, base))) => {
                self.program.unit(unit).is_some_and(|unit| unit.base == base)
            }
            (FactType::Duration(unit), Some(Value::Duration(duration))) => duration.unit == unit,
            _ => false,
        };
        let currency = match &literal.kind {
            LiteralKind::Money(_, Some(code)) => **code == *self.program.currency,
            _ => true,
        };
        if fits && currency {
            return value;
        }
        let (example_zh, example_en) = self.example(kind);
        let (zh, en) = if literal.kind == LiteralKind::Number {
            (format!("“{name}”的值缺少单位"), format!("the value of `{name}` has no unit"))
        } else {
            (format!("“{name}”的单位不符：{text}"), format!("the unit of `{name}` does not fit: {text}"))
        };
        self.errors.push(
            Diagnostic::new(Code::ValueUnit, span, zh, en)
                .help(format!("写成 {example_zh}"), format!("write it as {example_en}")),
        );
        None
    }

    pub(super) fn literal(&self, literal: &Literal) -> Option<Value> {
        literal_value(literal, |name| {
            self.program.units.iter().find_map(|unit| {
                let matches = &*unit.name == name || unit.symbol.as_deref() == Some(name);
                matches.then_some((unit.base, unit.factor))
            })
        })
    }

    pub(super) fn member(&mut self, name: &str, id: EnumId, text: &str, span: Span) -> Option<Value> {
        let kind = self.program.enumeration(id)?;
        let labelled = |label: &Titles| label.zh.as_deref() == Some(text) || label.en.as_deref() == Some(text);
        // A name comes before a label; a label that two members share means neither.
        let found = kind.members.iter().position(|(member, _)| &**member == text).or_else(|| {
            let mut with_label = kind.members.iter().enumerate().filter(|(_, (_, label))| labelled(label));
            with_label.next().filter(|_| with_label.next().is_none()).map(|(index, _)| index)
        });
        if found.is_none() {
            let members: Vec<&str> = kind.members.iter().map(|(member, _)| &**member).collect();
            self.errors.push(
                Diagnostic::new(
                    Code::MemberUnknown,
                    span,
                    format!("“{name}”没有“{text}”这个选项"),
                    format!("`{name}` has no member `{text}`"),
                )
                .help(format!("可以是：{}", members.join("、")), format!("what it may be: {}", members.join(", ")))
                .suggest(text, members.iter().copied()),
            );
        }
        Some(Value::Member(id, u16::try_from(found?).ok()?))
    }

    pub(super) fn example(&self, kind: FactType) -> (String, String) {
        let same = |text: &str| (text.to_owned(), text.to_owned());
        let unit = |id: UnitId| self.program.unit(id).map_or_else(String::new, |unit| unit.name.to_string());
        match kind {
            FactType::Bool => same("true"),
            FactType::Integer => same("3"),
            FactType::Decimal => same("0.35"),
            FactType::Percent => same("\"7%\""),
            FactType::Money => ("\"10万元\"".to_owned(), "\"CNY 100_000\"".to_owned()),
            FactType::Quantity(id) => {
                let name = unit(id);
                same(&format!("\"60 {name}\""))
            }
            FactType::Date => same("2024-05-01"),
            FactType::Duration(crate::value::DurationUnit::Months) => {
                ("\"3个月\"".to_owned(), "\"3 months\"".to_owned())
            }
            FactType::Duration(_) => ("\"5日\"".to_owned(), "\"5 days\"".to_owned()),
            FactType::Enum(id) => {
                let first = self.program.enumeration(id).and_then(|each| each.members.first());
                same(&format!("\"{}\"", first.map_or("", |(member, _)| member)))
            }
            FactType::Text => same("\"…\""),
            FactType::Provision => {
                let first = self.program.instruments.keys().next().map_or("…", |name| name);
                same(&format!("\"《{first}》第83条第1款第2项\""))
            }
            FactType::Records => same("[{ … }, { … }]"),
        }
    }

    pub(super) fn not_of_type<T>(&mut self, name: &str, span: Span, kind: FactType) -> Option<T> {
        let (zh, en) = match kind {
            FactType::Bool => ("“是”或“否”", "true or false"),
            FactType::Integer => ("整数", "a whole number"),
            FactType::Decimal => ("数", "a number of at most 28 digits"),
            FactType::Percent => ("百分比", "a percentage"),
            FactType::Money => ("金额", "an amount of money"),
            FactType::Quantity(_) => ("带单位的数量", "a quantity with its unit"),
            FactType::Date => ("存在的日期", "a date that exists"),
            FactType::Duration(_) => ("期间", "a duration"),
            FactType::Enum(_) => ("选项的名称", "the name of a member"),
            FactType::Text => ("文字", "a text"),
            FactType::Provision => ("一个条款", "one provision"),
            FactType::Records => ("一列记录", "a list of records"),
        };
        let (example_zh, example_en) = self.example(kind);
        self.errors.push(
            Diagnostic::new(Code::ValueType, span, format!("“{name}”应是{zh}"), format!("`{name}` must be {en}"))
                .help(format!("写成 {example_zh}"), format!("write it as {example_en}")),
        );
        None
    }
}
