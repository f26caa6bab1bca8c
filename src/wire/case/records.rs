//! Records of a case: each field of the type the rules declare, every mistake with its place.

use std::sync::Arc;

use crate::case::{Knowledge, Record};
use crate::diagnostic::{Code, Diagnostic};
use crate::program::Fact;
use crate::source::{Provision, Span};
use crate::syntax;
use crate::value::Value;
use crate::wire::document::{Kind, Node};

use super::Reader;

/// The most records in one list.
const MOST_RECORDS: usize = 1_000;

impl Reader<'_> {
    /// A list of records, or `{ unestablished = true }` when it cannot be established at all.
    pub(super) fn records(&mut self, fact: &Fact, node: Node) -> Option<Knowledge> {
        let (name, span) = (&*fact.name, node.span);
        let items = match node.kind {
            Kind::List(items) => items,
            _ if node.is_unestablished() => return Some(Knowledge::Unestablished),
            _ => {
                self.errors.push(
                    Diagnostic::new(
                        Code::ValueType,
                        span,
                        format!("“{name}”应是一列记录"),
                        format!("`{name}` must be a list of records"),
                    )
                    .help(
                        format!("写 [[acts.facts.{name}]]，每条记录一段；没有记录写 {name} = []"),
                        format!("write [[acts.facts.{name}]] for each record; when there is none, {name} = []"),
                    ),
                );
                return None;
            }
        };
        if items.len() > MOST_RECORDS {
            self.errors.push(
                Diagnostic::new(
                    Code::TooMany,
                    span,
                    format!("“{name}”超过{MOST_RECORDS}条记录"),
                    format!("`{name}` has more than {MOST_RECORDS} records"),
                )
                .help("只写与本案有关的记录", "give only the records that bear on this case"),
            );
            return None;
        }
        let mut records = Vec::with_capacity(items.len());
        for item in items {
            records.extend(self.record(fact, item));
        }
        let index = u32::try_from(self.lists.len()).ok()?;
        self.lists.push(records);
        Some(Knowledge::Records(index))
    }

    fn record(&mut self, fact: &Fact, node: Node) -> Option<Record> {
        let (name, span) = (&fact.name, node.span);
        let Kind::Table(entries) = node.kind else {
            self.wrong_type(
                span,
                (
                    &format!("“{name}”的每条记录应是一组“字段 = 值”"),
                    &format!("each record of `{name}` must be a group of `field = value`"),
                ),
            );
            return None;
        };
        let mut fields: Vec<Option<Knowledge>> = vec![None; fact.fields.len()];
        for entry in entries {
            let key = entry.key.as_str();
            let Some(index) = fact.fields.iter().position(|field| *field.name == *key) else {
                let known = || fact.fields.iter().map(|field| &*field.name);
                self.errors.push(
                    Diagnostic::new(
                        Code::FieldUnknown,
                        entry.place,
                        format!("“{name}”的记录没有字段“{key}”"),
                        format!("the records of `{name}` have no field `{key}`"),
                    )
                    .help(
                        format!("这里可以写：{}", known().collect::<Vec<_>>().join("、")),
                        format!("what may stand here: {}", known().collect::<Vec<_>>().join(", ")),
                    )
                    .suggest(key, known()),
                );
                continue;
            };
            let Some(kind) = fact.fields.get(index).map(|field| field.kind) else {
                continue;
            };
            if let Some(slot) = fields.get_mut(index) {
                *slot = self.knowledge(key, entry.value, kind);
            }
        }
        Some(Record { fields })
    }

    /// One provision, such as `《水污染防治法》第83条第1款第2项`, of an instrument that the rules declare.
    pub(super) fn provision(&mut self, name: &str, text: &str, span: Span) -> Option<Value> {
        let Some(provision) = syntax::parse_provision(text) else {
            self.errors.push(
                Diagnostic::new(
                    Code::ValueType,
                    span,
                    format!("“{name}”应是一个条款"),
                    format!("`{name}` must be one provision"),
                )
                .why(
                    "一条记录只写认定违法行为的那一个条款，才能判断是否同一条款",
                    "a record names the one provision that describes the act, so that it can be compared",
                )
                .help("写成 \"《水污染防治法》第83条第1款第2项\"", "write it as \"《水污染防治法》 art 83(1)(2)\""),
            );
            return None;
        };
        let instrument = self.instrument_named(&provision.instrument);
        let Some(instrument) = instrument else {
            let title = &provision.instrument;
            let known = self.program.instruments.keys().map(AsRef::as_ref);
            self.errors.push(
                Diagnostic::new(
                    Code::CaseInstrumentUnknown,
                    span,
                    format!("规则包没有声明法规“{title}”"),
                    format!("the rules do not declare the instrument `{title}`"),
                )
                .why("写错的名称会使同一条款被当作不同条款", "a misspelt title would make one provision look like two")
                .help("核对名称，或在规则里声明这部法规", "check the title, or declare the instrument in the rules")
                .suggest(title, known),
            );
            return None;
        };
        let provision = Provision { instrument, place: provision.place };
        Some(Value::Provision(Arc::make_mut(&mut self.pool).provision_id(vec![provision])))
    }

    /// The short name of an instrument named by its short name, its label or its full title.
    fn instrument_named(&self, title: &str) -> Option<Arc<str>> {
        if let Some((name, _)) = self.program.instruments.get_key_value(title) {
            return Some(Arc::clone(name));
        }
        let bare = |text: &str| text.trim_matches(['《', '》']) == title;
        self.program
            .instruments
            .values()
            .find(|each| {
                std::iter::once(&each.label)
                    .chain(&each.title)
                    .any(|titles| titles.zh.as_deref().is_some_and(bare) || titles.en.as_deref().is_some_and(bare))
            })
            .map(|each| Arc::clone(&each.name))
    }
}
