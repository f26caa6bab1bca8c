//! Cases from TOML or JSON, checked as strictly as rule text: every problem is listed, each with its place.

use std::sync::Arc;

use super::document::{self, Entry, Kind, Node};
use crate::case::{Act, Case, Knowledge, PartyKind};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::pipeline::Ruleset;
use crate::program::{Fact, FactId, FactType, Program};
use crate::source::{SourceMap, Span};
use crate::syntax::{self, Literal, LiteralKind};
use crate::typed::literal_value;
use crate::value::{Date, EnumId, Number, UnitId, Value};

/// The most acts in one case.
const MOST_ACTS: usize = 1_000;

impl Case {
    /// Reads a case from TOML and binds it to the facts and violations of `ruleset`. `name` is shown in diagnostics.
    ///
    /// # Errors
    /// All problems at once: syntax, unknown or missing fields, unknown facts and violations, wrong types and units, values
    /// out of bounds, dates in the wrong order.
    pub fn from_toml(ruleset: &Ruleset, name: &str, text: &str) -> Result<Case, Diagnostics> {
        read(ruleset, name, text, document::from_toml)
    }

    /// Reads a case from JSON; see [`Case::from_toml`].
    ///
    /// # Errors
    /// As [`Case::from_toml`].
    pub fn from_json(ruleset: &Ruleset, name: &str, text: &str) -> Result<Case, Diagnostics> {
        read(ruleset, name, text, document::from_json)
    }
}

fn read(
    ruleset: &Ruleset,
    name: &str,
    text: &str,
    parse: fn(&str) -> Result<Node, Vec<Diagnostic>>,
) -> Result<Case, Diagnostics> {
    let mut sources = SourceMap::new();
    sources.add(name, text);
    let node = match parse(text) {
        Ok(node) => node,
        Err(errors) => return Err(Diagnostics::new(sources, errors)),
    };
    let mut reader = Reader { program: ruleset.program(), errors: Vec::new() };
    match reader.case(node) {
        Some(case) if reader.errors.is_empty() => Ok(case),
        _ => Err(Diagnostics::new(sources, reader.errors)),
    }
}

struct Reader<'p> {
    program: &'p Program,
    errors: Vec<Diagnostic>,
}

/// The entries of a table, taken by name; what is left over is unknown.
struct Fields {
    entries: Vec<Option<Entry>>,
    asked: Vec<&'static str>,
    place: Span,
}

impl Fields {
    fn take(&mut self, name: &'static str) -> Option<Entry> {
        self.asked.push(name);
        self.entries
            .iter_mut()
            .find(|entry| entry.as_ref().is_some_and(|entry| entry.key == name))
            .and_then(Option::take)
    }
}

impl Reader<'_> {
    fn fields(&mut self, node: Node, what: (&str, &str)) -> Option<Fields> {
        let place = node.span;
        match node.kind {
            Kind::Table(entries) => {
                Some(Fields { entries: entries.into_iter().map(Some).collect(), asked: Vec::new(), place })
            }
            _ => {
                self.wrong_type(place, (&format!("{}应是一个表", what.0), &format!("{} must be a table", what.1)));
                None
            }
        }
    }

    fn finish(&mut self, fields: Fields) {
        let Fields { entries, asked, .. } = fields;
        for entry in entries.into_iter().flatten() {
            let key = &entry.key;
            self.errors.push(
                Diagnostic::new(
                    Code::FieldUnknown,
                    entry.place,
                    format!("没有“{key}”这个字段"),
                    format!("there is no field `{key}` here"),
                )
                .help(format!("这里可以写：{}", asked.join("、")), format!("what may stand here: {}", asked.join(", ")))
                .suggest(key, asked.iter().copied()),
            );
        }
    }

    fn missing(&mut self, fields: &Fields, name: &str, example: &str) {
        self.errors.push(
            Diagnostic::new(Code::FieldMissing, fields.place, format!("缺少“{name}”"), format!("`{name}` is missing"))
                .help(format!("加上：{example}"), format!("add: {example}")),
        );
    }

    fn wrong_type(&mut self, span: Span, (zh, en): (&str, &str)) {
        self.errors.push(Diagnostic::new(Code::ValueType, span, zh, en));
    }

    fn text(&mut self, entry: Entry) -> Option<String> {
        match entry.value.kind {
            Kind::Text(text) => Some(text),
            _ => {
                let key = &entry.key;
                self.wrong_type(entry.value.span, (&format!("“{key}”应是文字"), &format!("`{key}` must be a text")));
                None
            }
        }
    }

    fn date(&mut self, entry: &Entry) -> Option<Date> {
        let text = match &entry.value.kind {
            Kind::Date(text) | Kind::Text(text) => text,
            _ => "",
        };
        let date = Date::parse(text);
        if date.is_none() {
            let key = &entry.key;
            self.errors.push(
                Diagnostic::new(
                    Code::ValueType,
                    entry.value.span,
                    format!("“{key}”应是一个存在的日期"),
                    format!("`{key}` must be a date that exists"),
                )
                .help("写成 2024-05-01", "write it as 2024-05-01"),
            );
        }
        date
    }

    // ---- the case ----

    fn case(&mut self, node: Node) -> Option<Case> {
        let mut fields = self.fields(node, ("案件", "a case"))?;
        let id = match fields.take("id") {
            Some(entry) => self.text(entry),
            None => {
                self.missing(&fields, "id", "id = \"2024-0117\"");
                None
            }
        };
        let decided = fields.take("decided_on");
        if decided.is_none() {
            self.missing(&fields, "decided_on", "decided_on = 2024-06-01");
        }
        let decided_on = decided.as_ref().and_then(|entry| self.date(entry));
        let area = match fields.take("area") {
            None => Some(Arc::clone(&self.program.area)),
            Some(entry) => self.area(entry),
        };
        let mut shared = Vec::new();
        let party = match fields.take("party") {
            Some(entry) => self.party(entry.value, &mut shared),
            None => {
                self.missing(&fields, "party", "[party]  kind = \"unit\"");
                None
            }
        };
        // A note is for people; it has no effect.
        fields.take("note");
        let acts = match fields.take("acts") {
            None => {
                self.missing(&fields, "acts", "[[acts]]");
                Vec::new()
            }
            Some(entry) => self.acts(entry, decided_on, &shared),
        };
        self.finish(fields);
        let (party, credit_grade) = party?;
        Some(Case { id: id?.into(), area: area?, decided_on: decided_on?, party, credit_grade, acts })
    }

    fn area(&mut self, entry: Entry) -> Option<Arc<str>> {
        let span = entry.value.span;
        let area = self.text(entry)?;
        let pack = Arc::clone(&self.program.area);
        let inside = area.strip_prefix(&*pack).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
        if !inside {
            self.errors.push(
                Diagnostic::new(
                    Code::AreaOutside,
                    span,
                    format!("区域“{area}”不在规则包的区域“{pack}”内"),
                    format!("the area `{area}` is not within the pack's area `{pack}`"),
                )
                .help("换用该区域的规则包", "use the pack of that area"),
            );
            return None;
        }
        Some(area.into())
    }

    fn party(
        &mut self,
        node: Node,
        shared: &mut Vec<(FactId, Knowledge, Span)>,
    ) -> Option<(PartyKind, Option<Knowledge>)> {
        let mut fields = self.fields(node, ("party", "party"))?;
        fields.take("name");
        let kind = match fields.take("kind") {
            None => {
                self.missing(&fields, "kind", "kind = \"unit\"");
                None
            }
            Some(entry) => {
                let span = entry.value.span;
                match self.text(entry).as_deref() {
                    Some("unit" | "单位") => Some(PartyKind::Unit),
                    Some("individual" | "个人") => Some(PartyKind::Individual),
                    Some(other) => {
                        self.errors.push(
                            Diagnostic::new(
                                Code::MemberUnknown,
                                span,
                                format!("当事人类别不能是“{other}”"),
                                format!("a party is not of kind `{other}`"),
                            )
                            .help("写 unit（单位）或 individual（个人）", "write unit or individual")
                            .suggest(other, ["unit", "individual", "单位", "个人"]),
                        );
                        None
                    }
                    None => None,
                }
            }
        };
        let grade = match fields.take("credit_grade") {
            None => None,
            Some(entry) => match self.program.grades {
                Some(grades) => self.knowledge(&entry.key.clone(), entry.value, FactType::Enum(grades)),
                None => {
                    self.errors.push(
                        Diagnostic::new(
                            Code::FactUnknown,
                            entry.place,
                            "规则包没有声明信用等级",
                            "the rules declare no credit grades",
                        )
                        .help("删去 credit_grade", "remove credit_grade"),
                    );
                    None
                }
            },
        };
        if let Some(entry) = fields.take("facts") {
            *shared = self.facts(entry.value);
        }
        self.finish(fields);
        kind.map(|kind| (kind, grade))
    }

    fn acts(&mut self, entry: Entry, decided_on: Option<Date>, shared: &[(FactId, Knowledge, Span)]) -> Vec<Act> {
        let Kind::List(items) = entry.value.kind else {
            self.wrong_type(entry.value.span, ("acts 应是一列行为", "acts must be a list"));
            return Vec::new();
        };
        if items.is_empty() {
            self.errors.push(
                Diagnostic::new(Code::FieldMissing, entry.place, "案件没有行为", "the case has no act")
                    .help("至少写一个 [[acts]]", "write at least one [[acts]]"),
            );
        }
        if items.len() > MOST_ACTS {
            self.errors.push(Diagnostic::new(
                Code::TooMany,
                entry.place,
                format!("行为超过{MOST_ACTS}个"),
                format!("more than {MOST_ACTS} acts"),
            ));
            return Vec::new();
        }
        let mut acts: Vec<Act> = Vec::new();
        let mut ids: Vec<String> = Vec::new();
        for item in items {
            let span = item.span;
            // An act with other mistakes is told from the rest by its id all the same.
            let id = item.text_of("id").unwrap_or_default().to_owned();
            if !id.is_empty() && ids.contains(&id) {
                self.errors.push(
                    Diagnostic::new(
                        Code::GivenTwice,
                        span,
                        format!("有两个行为的 id 是“{id}”"),
                        format!("two acts have the id `{id}`"),
                    )
                    .help("给每个行为不同的 id", "give each act an id of its own"),
                );
            }
            ids.push(id);
            acts.extend(self.act(item, decided_on, shared));
        }
        acts
    }

    fn act(&mut self, node: Node, decided_on: Option<Date>, shared: &[(FactId, Knowledge, Span)]) -> Option<Act> {
        let mut fields = self.fields(node, ("行为", "an act"))?;
        let id = match fields.take("id") {
            Some(entry) => self.text(entry),
            None => {
                self.missing(&fields, "id", "id = \"a1\"");
                None
            }
        };
        let began = fields.take("began_on");
        if began.is_none() {
            self.missing(&fields, "began_on", "began_on = 2024-03-18");
        }
        let ended = fields.take("ended_on");
        let discovered = fields.take("discovered_on");
        let continuing = fields.take("continuing").is_some_and(|entry| match entry.value.kind {
            Kind::Bool(value) => value,
            _ => {
                self.wrong_type(
                    entry.value.span,
                    ("continuing 应是 true 或 false", "continuing must be true or false"),
                );
                false
            }
        });
        match (&ended, continuing) {
            (None, false) => self.missing(&fields, "ended_on", "ended_on = 2024-03-18, or continuing = true"),
            (Some(entry), true) => self.errors.push(
                Diagnostic::new(
                    Code::DateOrder,
                    entry.place,
                    "行为仍在继续，却有终了日",
                    "the act goes on, yet has a last day",
                )
                .help("保留 ended_on 或 continuing 之一", "keep either ended_on or continuing"),
            ),
            _ => {}
        }
        let mut date =
            |entry: &Option<Entry>| entry.as_ref().and_then(|entry| self.date(entry).map(|date| (date, entry.place)));
        let (began_on, ended_on, discovered_on) = (date(&began), date(&ended), date(&discovered));
        self.in_order(began_on, ended_on, ("began_on", "ended_on"));
        self.in_order(began_on, discovered_on, ("began_on", "discovered_on"));
        let decided = decided_on.map(|date| (date, Span::NOWHERE));
        self.in_order(ended_on, decided, ("ended_on", "decided_on"));
        self.in_order(discovered_on, decided, ("discovered_on", "decided_on"));
        if ended_on.is_none() {
            self.in_order(began_on, decided, ("began_on", "decided_on"));
        }
        let violation = match fields.take("violations") {
            None => {
                self.missing(&fields, "violations", "violations = [\"water.over_standard\"]");
                None
            }
            Some(entry) => self.violation(entry),
        };
        let mut facts = shared.to_vec();
        if let Some(entry) = fields.take("facts") {
            for (id, knowledge, place) in self.facts(entry.value) {
                if shared.iter().any(|(each, ..)| *each == id) {
                    let name = self.program.fact(id).map_or("", |fact| &*fact.name);
                    self.errors.push(
                        Diagnostic::new(
                            Code::GivenTwice,
                            place,
                            format!("事实“{name}”在当事人和行为中都给出了"),
                            format!("the fact `{name}` is given for the party and for the act"),
                        )
                        .help("只保留一个", "keep one of them"),
                    );
                }
                facts.push((id, knowledge, place));
            }
        }
        // A note is for people; it has no effect.
        fields.take("note");
        self.finish(fields);
        let mut facts: Vec<(FactId, Knowledge)> = facts.into_iter().map(|(id, knowledge, _)| (id, knowledge)).collect();
        facts.sort_by_key(|(id, _)| *id);
        Some(Act {
            id: id?.into(),
            began_on: began_on?.0,
            ended_on: ended_on.map(|(date, _)| date),
            discovered_on: discovered_on.map(|(date, _)| date),
            violation: violation?,
            facts,
        })
    }

    fn in_order(&mut self, first: Option<(Date, Span)>, second: Option<(Date, Span)>, names: (&str, &str)) {
        if let (Some((first, place)), Some((second, other))) = (first, second)
            && second < first
        {
            let (a, b) = names;
            let diagnostic = Diagnostic::new(
                Code::DateOrder,
                place,
                format!("{a}（{first}）晚于{b}（{second}）"),
                format!("{a} ({first}) is after {b} ({second})"),
            )
            .help("核对两个日期", "check the two dates");
            self.errors.push(if other.is_somewhere() { diagnostic.label(other, b, b) } else { diagnostic });
        }
    }

    fn violation(&mut self, entry: Entry) -> Option<usize> {
        let span = entry.value.span;
        let items = match entry.value.kind {
            Kind::List(items) => items,
            Kind::Text(_) => vec![Node { kind: entry.value.kind, span }],
            _ => {
                self.wrong_type(span, ("violations 应是一列违法行为", "violations must be a list of ids"));
                return None;
            }
        };
        let mut found = Vec::new();
        for item in &items {
            let Kind::Text(id) = &item.kind else {
                self.wrong_type(item.span, ("违法行为的 id 应是文字", "the id of a violation must be a text"));
                continue;
            };
            match self.program.violations.get_index_of(id.as_str()) {
                Some(index) => found.push(index),
                None => {
                    let known = self.program.violations.keys().map(AsRef::as_ref);
                    self.errors.push(
                        Diagnostic::new(
                            Code::CaseViolationUnknown,
                            item.span,
                            format!("规则包没有违法行为“{id}”"),
                            format!("the rules do not know the violation `{id}`"),
                        )
                        .help("核对 id，或换用包含它的规则包", "check the id, or use a pack that has it")
                        .suggest(id, known),
                    );
                }
            }
        }
        if items.len() > 1 {
            self.errors.push(
                Diagnostic::new(
                    Code::SeveralViolations,
                    span,
                    "一个行为触犯多个规范，此版本尚不能计算",
                    "one act under several violations is not evaluated by this version",
                )
                .why(
                    "同一行为不得两次罚款（《行政处罚法》第29条），须先定哪个规范适用",
                    "one act may not be fined twice (Administrative Penalty Law art. 29): which norm applies has to be settled first",
                )
                .help("由人工确定适用的规范，只写这一个", "settle by hand which norm applies, and give only that one"),
            );
        } else if items.is_empty() {
            self.errors.push(
                Diagnostic::new(Code::FieldMissing, span, "行为没有违法行为", "the act has no violation")
                    .help("写上违法行为的 id", "give the id of a violation"),
            );
        }
        found.first().copied().filter(|_| items.len() == 1)
    }

    // ---- facts ----

    fn facts(&mut self, node: Node) -> Vec<(FactId, Knowledge, Span)> {
        let Kind::Table(entries) = node.kind else {
            self.wrong_type(node.span, ("facts 应是一个表", "facts must be a table"));
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
            if let Some(knowledge) = self.knowledge(name, entry.value, fact.kind) {
                if let Knowledge::Value(value) = knowledge {
                    self.in_bounds(&fact, value, entry.place);
                }
                out.push((id, knowledge, entry.place));
            }
        }
        out
    }

    fn in_bounds(&mut self, fact: &Fact, value: Value, place: Span) {
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
    fn knowledge(&mut self, name: &str, node: Node, kind: FactType) -> Option<Knowledge> {
        if let Kind::Table(entries) = &node.kind {
            return match entries.as_slice() {
                [Entry { key, value: Node { kind: Kind::Bool(true), .. }, .. }]
                    if matches!(key.as_str(), "unestablished" | "无法查明") =>
                {
                    Some(Knowledge::Unestablished)
                }
                _ => {
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
                    None
                }
            };
        }
        self.value(name, &node, kind).map(Knowledge::Value)
    }

    fn value(&mut self, name: &str, node: &Node, kind: FactType) -> Option<Value> {
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
    fn measured(&mut self, name: &str, text: &str, span: Span, kind: FactType) -> Option<Value> {
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
        self.errors.push(
            Diagnostic::new(
                Code::ValueUnit,
                span,
                format!("“{name}”的单位不符：{text}"),
                format!("the unit of `{name}` does not fit: {text}"),
            )
            .help(format!("写成 {example_zh}"), format!("write it as {example_en}")),
        );
        None
    }

    fn literal(&self, literal: &Literal) -> Option<Value> {
        literal_value(literal, |name| {
            self.program.units.iter().find_map(|unit| {
                let matches = &*unit.name == name || unit.symbol.as_deref() == Some(name);
                matches.then_some((unit.base, unit.factor))
            })
        })
    }

    fn member(&mut self, name: &str, id: EnumId, text: &str, span: Span) -> Option<Value> {
        let kind = self.program.enumeration(id)?;
        let labelled =
            |label: &crate::program::Titles| label.zh.as_deref() == Some(text) || label.en.as_deref() == Some(text);
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

    fn example(&self, kind: FactType) -> (String, String) {
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
        }
    }

    fn not_of_type<T>(&mut self, name: &str, span: Span, kind: FactType) -> Option<T> {
        let (zh, en) = match kind {
            FactType::Bool => ("是或否", "true or false"),
            FactType::Integer => ("整数", "a whole number"),
            FactType::Decimal => ("数", "a number of at most 28 digits"),
            FactType::Percent => ("百分比", "a percentage"),
            FactType::Money => ("金额", "an amount of money"),
            FactType::Quantity(_) => ("带单位的数量", "a quantity with its unit"),
            FactType::Date => ("存在的日期", "a date that exists"),
            FactType::Duration(_) => ("期间", "a duration"),
            FactType::Enum(_) => ("选项的名称", "the name of a member"),
        };
        let (example_zh, example_en) = self.example(kind);
        self.errors.push(
            Diagnostic::new(Code::ValueType, span, format!("“{name}”应是{zh}"), format!("`{name}` must be {en}"))
                .help(format!("写成 {example_zh}"), format!("write it as {example_en}")),
        );
        None
    }
}
