//! Whom rules are for: the blocks `for …` of a violation, and the `subjects` of benchmarks and credit rules.

use super::{Resolver, all_words, expression, label};
use crate::diagnostic::{Code, Diagnostic};
use crate::resolved::clauses::Clauses;
use crate::resolved::targets::{PartyKind, PartyKinds, Target};
use crate::resolved::{Written, words};
use crate::source::Span;
use crate::syntax::{Body, Clause, Keyword, Name};

impl Resolver<'_> {
    /// The blocks `for …`. `subjects` are those who can commit the violation, when it says so.
    pub(super) fn targets(
        &mut self,
        clauses: &mut Clauses,
        subjects: Option<(bool, bool, Span)>,
    ) -> Vec<Target<Written>> {
        clauses.many(Keyword::For).into_iter().filter_map(|clause| self.target(clause, subjects)).collect()
    }

    fn target(&mut self, clause: Clause, subjects: Option<(bool, bool, Span)>) -> Option<Target<Written>> {
        let (span, place) = (clause.span, clause.keyword_span);
        let Body::Target(kinds, label_of_set, inner) = clause.body else {
            return None;
        };
        let who = self.party_kinds(&kinds);
        for kind in who.iter() {
            self.can_be_reached(kind, place, subjects);
        }
        let mut clauses = Clauses::new(inner, ("“对…”", "`for` block"), place, false);
        let basis = self.citations(clauses.one(Keyword::Basis));
        let status = clauses.one(Keyword::Status).and_then(|clause| self.word(&clause, words::STATUS));
        let note = clauses.one(Keyword::Note).and_then(label);
        let when = clauses.one(Keyword::When).and_then(expression);
        let fine = clauses.one(Keyword::Fine).and_then(|clause| self.fine(clause, false));
        let measures = self.measure_groups(&mut clauses);
        if fine.is_none() && measures.is_empty() {
            clauses.missing(Keyword::Fine);
        }
        clauses.finish(self.errors);
        Some(Target { who, label: label_of_set, basis, status, note, when, fine, measures, span })
    }

    /// A block for a party that cannot commit the violation would never be used.
    fn can_be_reached(&mut self, kind: PartyKind, place: Span, subjects: Option<(bool, bool, Span)>) {
        let Some((unit, individual, subjects)) = subjects else { return };
        let reached = match kind {
            PartyKind::Unit | PartyKind::Responsible => unit,
            PartyKind::Individual => individual,
        };
        if !reached {
            self.errors.push(
                Diagnostic::new(
                    Code::TargetNotSubject,
                    place,
                    "这里的处罚永远用不上：违法行为的对象不包括它",
                    "this penalty can never be used: the violation cannot be committed by such a party",
                )
                .label(subjects, "违法行为的对象", "the subjects of the violation")
                .why(
                    "责任人员是单位的责任人员，对象不包括单位就没有责任人员",
                    "responsible persons answer for a unit: where units are not subjects, there are none",
                )
                .help("在“对象”里加上它，或删去这一段", "add it to `subjects`, or remove the block"),
            );
        }
    }

    /// Whom a rule is for that says so with `subjects`; those who did the act when it says nothing.
    pub(super) fn for_whom(&mut self, clauses: &mut Clauses) -> PartyKinds {
        match clauses.one(Keyword::Subjects) {
            Some(clause) => self.party_kinds(&all_words(&clause)),
            None => PartyKinds::ACTORS,
        }
    }

    fn party_kinds(&mut self, words: &[Name]) -> PartyKinds {
        let mut kinds = PartyKinds::default();
        for word in words {
            if let Some(kind) = words::look_up(word, words::PARTY_KIND, self.errors) {
                kinds.insert(kind);
            }
        }
        kinds
    }
}
