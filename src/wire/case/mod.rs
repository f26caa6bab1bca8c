//! Cases from TOML or JSON, checked as strictly as rule text: every problem is listed, each with its place.

mod enforcement;
mod facts;
mod persons;
mod records;
mod writing;

pub(crate) use writing::{shown, to_toml};

use std::sync::Arc;

use crate::case::{Act, Case, Knowledge, PartyKind, Record};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::program::{FactId, FactType, Pool, Program};
use crate::source::{SourceMap, Span};
use crate::value::Date;
use crate::wire::document::{self, Entry, Kind, Node};
use persons::PersonRead;

/// The most acts in one case.
const MOST_ACTS: usize = 1_000;

/// Reads a case from TOML and binds it to the facts and violations of `program`.
pub(crate) fn from_toml(program: &Program, name: &str, text: &str) -> Result<Case, Diagnostics> {
    read(program, name, text, document::from_toml)
}

/// Reads a case from JSON.
pub(crate) fn from_json(program: &Program, name: &str, text: &str) -> Result<Case, Diagnostics> {
    read(program, name, text, document::from_json)
}

fn read(
    program: &Program,
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
    let mut reader = Reader { program, errors: Vec::new(), lists: Vec::new(), pool: Arc::clone(&program.pool) };
    match reader.case(node) {
        Some(case) if reader.errors.is_empty() => Ok(case),
        _ => Err(Diagnostics::new(sources, reader.errors)),
    }
}

struct Reader<'p> {
    program: &'p Program,
    errors: Vec<Diagnostic>,
    /// The lists of records read so far.
    lists: Vec<Vec<Record>>,
    /// The texts and provisions of the rules, and those read so far.
    pool: Arc<Pool>,
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
    pub(super) fn fields(&mut self, node: Node, what: (&str, &str)) -> Option<Fields> {
        let place = node.span;
        match node.kind {
            Kind::Table(entries) => {
                Some(Fields { entries: entries.into_iter().map(Some).collect(), asked: Vec::new(), place })
            }
            _ => {
                self.wrong_type(
                    place,
                    (
                        &format!("{}应是一组“名称 = 值”", what.0),
                        &format!("{} must be a group of `name = value`", what.1),
                    ),
                );
                None
            }
        }
    }

    pub(super) fn finish(&mut self, fields: Fields) {
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

    pub(super) fn missing(&mut self, fields: &Fields, name: &str, example: &str) {
        self.errors.push(
            Diagnostic::new(Code::FieldMissing, fields.place, format!("缺少“{name}”"), format!("`{name}` is missing"))
                .help(format!("加上：{example}"), format!("add: {example}")),
        );
    }

    pub(super) fn wrong_type(&mut self, span: Span, (zh, en): (&str, &str)) {
        self.errors.push(Diagnostic::new(Code::ValueType, span, zh, en));
    }

    pub(super) fn text(&mut self, entry: Entry) -> Option<String> {
        match entry.value.kind {
            Kind::Text(text) => Some(text),
            _ => {
                let key = &entry.key;
                self.wrong_type(entry.value.span, (&format!("“{key}”应是文字"), &format!("`{key}` must be a text")));
                None
            }
        }
    }

    pub(super) fn date(&mut self, entry: &Entry) -> Option<Date> {
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

    pub(super) fn case(&mut self, node: Node) -> Option<Case> {
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
        let kind = party.map(|(kind, _)| kind);
        self.persons_fit(&acts, kind);
        let acts: Vec<Act> = acts.into_iter().flat_map(|(acts, _)| acts).collect();
        self.finish(fields);
        let (party, credit_grade) = party?;
        Some(Case {
            read_by: Arc::clone(&self.program.identity),
            id: id?.into(),
            area: area?,
            decided_on: decided_on?,
            party,
            credit_grade,
            acts,
            lists: std::mem::take(&mut self.lists),
            pool: Arc::clone(&self.pool),
        })
    }

    pub(super) fn area(&mut self, entry: Entry) -> Option<Arc<str>> {
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

    pub(super) fn party(
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
            Some(entry) => self.party_kind(entry, &[PartyKind::Unit, PartyKind::Individual]),
        };
        let grade = fields.take("credit_grade").and_then(|entry| self.grade(entry));
        if let Some(entry) = fields.take("facts") {
            *shared = self.facts(entry.value);
        }
        self.finish(fields);
        kind.map(|kind| (kind, grade))
    }

    pub(super) fn grade(&mut self, entry: Entry) -> Option<Knowledge> {
        let Some(grades) = self.program.grades else {
            self.errors.push(
                Diagnostic::new(
                    Code::FactUnknown,
                    entry.place,
                    "规则包没有声明信用等级",
                    "the rules declare no credit grades",
                )
                .help("删去 credit_grade", "remove credit_grade"),
            );
            return None;
        };
        self.knowledge(&entry.key.clone(), entry.value, FactType::Enum(grades))
    }

    pub(super) fn acts(
        &mut self,
        entry: Entry,
        decided_on: Option<Date>,
        shared: &[(FactId, Knowledge, Span)],
    ) -> Vec<(Vec<Act>, Vec<PersonRead>)> {
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
            self.errors.push(
                Diagnostic::new(
                    Code::TooMany,
                    entry.place,
                    format!("行为超过{MOST_ACTS}个"),
                    format!("more than {MOST_ACTS} acts"),
                )
                .help("分成几个案件", "split it into several cases"),
            );
            return Vec::new();
        }
        let mut acts = Vec::new();
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

    pub(super) fn act(
        &mut self,
        node: Node,
        decided_on: Option<Date>,
        shared: &[(FactId, Knowledge, Span)],
    ) -> Option<(Vec<Act>, Vec<PersonRead>)> {
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
            (None, false) => self.missing(&fields, "ended_on", "ended_on = 2024-03-18 / continuing = true"),
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
        let daily = fields.take("daily_penalty");
        let daily = self.daily_cycles(daily, began_on, decided);
        let payment = fields.take("payment");
        let payment = self.payment(payment, decided);
        let violations = match fields.take("violations") {
            None => {
                self.missing(&fields, "violations", "violations = [\"water.over_standard\"]");
                Vec::new()
            }
            Some(entry) => self.violations(entry),
        };
        let mut facts = shared.to_vec();
        let mut of_the_act = Vec::new();
        if let Some(entry) = fields.take("facts") {
            of_the_act = self.facts(entry.value);
            for (id, knowledge, place) in of_the_act.iter().copied() {
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
        let persons = match fields.take("persons") {
            Some(entry) => self.persons(entry, &of_the_act),
            None => Vec::new(),
        };
        // A note is for people; it has no effect.
        fields.take("note");
        self.finish(fields);
        let mut facts: Vec<(FactId, Knowledge)> = facts.into_iter().map(|(id, knowledge, _)| (id, knowledge)).collect();
        facts.sort_by_key(|(id, _)| *id);
        let judged: Vec<crate::case::Person> = persons.iter().filter_map(|read| read.person.clone()).collect();
        let acts = || -> Option<Vec<Act>> {
            let (id, began_on): (Arc<str>, Date) = (id?.into(), began_on?.0);
            // One act under several violations is determined under each of them.
            let acts = violations.into_iter().filter_map(|violation| {
                Some(Act {
                    id: Arc::clone(&id),
                    began_on,
                    ended_on: ended_on.map(|(date, _)| date),
                    discovered_on: discovered_on.map(|(date, _)| date),
                    violation_id: self.program.violations.get_index(violation).map(|(id, _)| Arc::clone(id))?,
                    violation,
                    facts: facts.clone(),
                    persons: judged.clone(),
                    daily: daily.clone(),
                    payment: payment.clone(),
                })
            });
            Some(acts.collect())
        };
        Some((acts().unwrap_or_default(), persons))
    }

    pub(super) fn in_order(&mut self, first: Option<(Date, Span)>, second: Option<(Date, Span)>, names: (&str, &str)) {
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

    /// The violations of an act; each is named once.
    pub(super) fn violations(&mut self, entry: Entry) -> Vec<usize> {
        let span = entry.value.span;
        let items = match entry.value.kind {
            Kind::List(items) => items,
            Kind::Text(_) => vec![Node { kind: entry.value.kind, span }],
            _ => {
                self.wrong_type(span, ("violations 应是一列违法行为", "violations must be a list of ids"));
                return Vec::new();
            }
        };
        let mut found = Vec::new();
        for item in &items {
            let Kind::Text(id) = &item.kind else {
                self.wrong_type(item.span, ("违法行为的 id 应是文字", "the id of a violation must be a text"));
                continue;
            };
            match self.program.violations.get_index_of(id.as_str()) {
                Some(index) if found.contains(&index) => self.errors.push(
                    Diagnostic::new(
                        Code::GivenTwice,
                        item.span,
                        format!("违法行为“{id}”写了两次"),
                        format!("the violation `{id}` is given twice"),
                    )
                    .help("删去一个", "remove one of them"),
                ),
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
        if items.is_empty() {
            self.errors.push(
                Diagnostic::new(Code::FieldMissing, span, "行为没有违法行为", "the act has no violation")
                    .help("写上违法行为的 id", "give the id of a violation"),
            );
        }
        found
    }
}
