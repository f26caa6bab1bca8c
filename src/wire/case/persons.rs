//! Everyone judged besides the party: responsible persons of a unit, and other parties to the same act.

use std::sync::Arc;

use crate::case::{Act, Knowledge, PartyKind, Person};
use crate::diagnostic::{Code, Diagnostic};
use crate::program::FactId;
use crate::source::Span;
use crate::wire::document::{Entry, Kind, Node};

use super::Reader;

/// The most persons of one act.
const MOST_PERSONS: usize = 100;

/// A person as it was read, and where what it says of itself stands.
pub(super) struct PersonRead {
    pub(super) person: Option<Person>,
    id: String,
    kind: Option<PartyKind>,
    of: Option<(String, Span)>,
    place: Span,
}

const KINDS: [(PartyKind, &str, &str); 3] = [
    (PartyKind::Responsible, "responsible", "责任人员"),
    (PartyKind::Unit, "unit", "单位"),
    (PartyKind::Individual, "individual", "个人"),
];

impl Reader<'_> {
    /// Reads a kind of party that may stand here.
    pub(super) fn party_kind(&mut self, entry: Entry, allowed: &[PartyKind]) -> Option<PartyKind> {
        let span = entry.value.span;
        let text = self.text(entry)?;
        let allowed: Vec<(PartyKind, &str, &str)> =
            KINDS.into_iter().filter(|(kind, ..)| allowed.contains(kind)).collect();
        let found = allowed.iter().find(|(_, en, zh)| text == *en || text == *zh);
        if found.is_none() {
            let zh: Vec<String> = allowed.iter().map(|(_, en, zh)| format!("{en}（{zh}）")).collect();
            let en: Vec<&str> = allowed.iter().map(|(_, en, _)| *en).collect();
            self.errors.push(
                Diagnostic::new(
                    Code::MemberUnknown,
                    span,
                    format!("当事人类别不能是“{text}”"),
                    format!("a party is not of kind `{text}`"),
                )
                .help(format!("写 {}", zh.join("或 ")), format!("write {}", en.join(" or ")))
                .suggest(&text, allowed.iter().flat_map(|(_, en, zh)| [*en, *zh])),
            );
        }
        found.map(|(kind, ..)| *kind)
    }

    /// The persons of an act, whose facts they share unless they have their own.
    pub(super) fn persons(&mut self, entry: Entry, of_the_act: &[(FactId, Knowledge, Span)]) -> Vec<PersonRead> {
        let Kind::List(items) = entry.value.kind else {
            self.wrong_type(entry.value.span, ("persons 应是一列人员", "persons must be a list"));
            return Vec::new();
        };
        if items.len() > MOST_PERSONS {
            self.errors.push(
                Diagnostic::new(
                    Code::TooMany,
                    entry.place,
                    format!("一个行为的人员超过{MOST_PERSONS}个"),
                    format!("more than {MOST_PERSONS} persons of one act"),
                )
                .help("分成几个案件", "split it into several cases"),
            );
            return Vec::new();
        }
        let mut persons: Vec<PersonRead> = Vec::new();
        for item in items {
            let place = item.span;
            let Some(read) = self.person(item, of_the_act) else { continue };
            if !read.id.is_empty() && persons.iter().any(|each| each.id == read.id) {
                let id = &read.id;
                self.errors.push(
                    Diagnostic::new(
                        Code::GivenTwice,
                        place,
                        format!("同一行为有两个人员的 id 是“{id}”"),
                        format!("two persons of one act have the id `{id}`"),
                    )
                    .help("给每个人员不同的 id", "give each person an id of their own"),
                );
            }
            persons.push(read);
        }
        persons
    }

    fn person(&mut self, node: Node, of_the_act: &[(FactId, Knowledge, Span)]) -> Option<PersonRead> {
        let place = node.span;
        let mut fields = self.fields(node, ("人员", "a person"))?;
        let id = match fields.take("id") {
            Some(entry) => self.text(entry),
            None => {
                self.missing(&fields, "id", "id = \"zhang\"");
                None
            }
        };
        fields.take("name");
        let kind = match fields.take("kind") {
            None => Some(PartyKind::Responsible),
            Some(entry) => self.party_kind(entry, &PartyKind::ALL),
        };
        let of = fields.take("of").and_then(|entry| {
            let span = entry.value.span;
            Some((self.text(entry)?, span))
        });
        let credit_grade = fields.take("credit_grade").and_then(|entry| self.grade(entry));
        let own = fields.take("facts").map(|entry| self.facts(entry.value)).unwrap_or_default();
        fields.take("note");
        self.finish(fields);
        let mut facts: Vec<(FactId, Knowledge)> = own.iter().map(|(id, knowledge, _)| (*id, *knowledge)).collect();
        let shared = of_the_act.iter().filter(|(id, ..)| !own.iter().any(|(each, ..)| each == id));
        facts.extend(shared.map(|(id, knowledge, _)| (*id, *knowledge)));
        facts.sort_by_key(|(id, _)| *id);
        let person = id.as_ref().zip(kind).map(|(id, kind)| Person {
            id: Arc::from(id.as_str()),
            kind,
            of: of.as_ref().map(|(of, _)| Arc::from(of.as_str())),
            credit_grade,
            facts,
        });
        Some(PersonRead { person, id: id.unwrap_or_default(), kind, of, place })
    }

    /// Responsible persons answer for a unit of the same act, and a person is of one kind throughout the case.
    pub(super) fn persons_fit(&mut self, acts: &[(Vec<Act>, Vec<PersonRead>)], party: Option<PartyKind>) {
        let mut known: Vec<&PersonRead> = Vec::new();
        for (_, persons) in acts {
            for read in persons {
                self.unit_fits(read, persons, party);
                match known.iter().find(|each| each.id == read.id && !read.id.is_empty()) {
                    Some(first) if first.kind.is_some() && read.kind.is_some() && first.kind != read.kind => {
                        let id = &read.id;
                        self.errors.push(
                            Diagnostic::new(
                                Code::PersonMisplaced,
                                read.place,
                                format!("人员“{id}”在不同的行为中类别不同"),
                                format!("the person `{id}` is of another kind in another act"),
                            )
                            .label(first.place, "另一处", "the other place")
                            .why("同一 id 是同一个人，罚款按人合计", "one id is one person, whose fines are added up")
                            .help("不同的人用不同的 id", "give different persons different ids"),
                        );
                    }
                    Some(_) => {}
                    None => known.push(read),
                }
            }
        }
    }

    fn unit_fits(&mut self, read: &PersonRead, persons: &[PersonRead], party: Option<PartyKind>) {
        let (Some(kind), Some(party)) = (read.kind, party) else { return };
        let id = &read.id;
        let misplaced = |span: Span, zh: String, en: String| Diagnostic::new(Code::PersonMisplaced, span, zh, en);
        match (&read.of, kind) {
            (None, PartyKind::Responsible) if party == PartyKind::Individual => self.errors.push(
                misplaced(
                    read.place,
                    format!("当事人是个人，没有责任人员，而“{id}”是责任人员"),
                    format!("the party is an individual, who has no responsible persons, and `{id}` is one"),
                )
                .help(
                    "共同实施的人写 kind = \"individual\"；另一单位的责任人员用 of 写明单位",
                    "for someone who took part, write kind = \"individual\"; for another unit, name it with `of`",
                ),
            ),
            (Some((unit, span)), PartyKind::Responsible) => {
                let found = persons.iter().find(|each| each.id == *unit);
                // Its kind was reported when it could not be read.
                if found.is_none_or(|each| each.kind.is_some_and(|kind| kind != PartyKind::Unit)) {
                    let units = persons.iter().filter(|each| each.kind == Some(PartyKind::Unit));
                    self.errors.push(
                        misplaced(
                            *span,
                            format!("这个行为没有 id 为“{unit}”的单位"),
                            format!("no unit of this act has the id `{unit}`"),
                        )
                        .help(
                            "当事人的责任人员不写 of；另一单位须列为 kind = \"unit\" 的人员",
                            "leave `of` out for the party; list another unit as a person of kind = \"unit\"",
                        )
                        .suggest(unit, units.map(|each| each.id.as_str())),
                    );
                }
            }
            (Some((_, span)), PartyKind::Unit | PartyKind::Individual) => self.errors.push(
                misplaced(
                    *span,
                    format!("“{id}”不是责任人员，不属于哪个单位"),
                    format!("`{id}` is not a responsible person, and so of no unit"),
                )
                .help("删去 of", "remove `of`"),
            ),
            (None, _) => {}
        }
    }
}
