//! Violations, their fines, tiers and measures, and leniency lists.

use super::{Resolver, expression, label, own_instrument, take};
use crate::diagnostic::{Code, Diagnostic};
use crate::resolved::clauses::Clauses;
use crate::resolved::names::unknown;
use crate::resolved::{Exempt, LeniencyList, Tier, Violation};
use crate::resolved::{Written, words};
use crate::source::Span;
use crate::syntax::{Body, ChoiceMode, Clause, Declaration, Keyword, Name};

impl Resolver<'_> {
    pub(super) fn violation(&mut self, mut declaration: Declaration) {
        let mut clauses = take(&mut declaration, ("违法行为", "violation"));
        let no_longer_unlawful = clauses.one(Keyword::NoLongerUnlawful).is_some();
        let head = self.head(&declaration, &mut clauses, true);
        let breaches = self.citations(clauses.one(Keyword::Breaches));
        let subjects = self.subjects(&mut clauses);
        let elements = clauses.one(Keyword::Elements).and_then(expression);
        if elements.is_none() && !no_longer_unlawful {
            clauses.missing(Keyword::Elements);
        }
        let fine = clauses.one(Keyword::Fine).and_then(|clause| self.fine(clause, false));
        let measures = self.measure_groups(&mut clauses);
        let targets = self.targets(&mut clauses, subjects);
        let tiers = clauses.many(Keyword::If).into_iter().filter_map(|clause| self.tier(clause, subjects)).collect();
        let norm = self.norm_relations(&mut clauses);
        clauses.finish(self.errors);
        self.rules.violations.push(Violation {
            norm,
            head,
            breaches,
            subjects,
            elements,
            no_longer_unlawful,
            fine,
            measures,
            targets,
            tiers,
        });
    }

    pub(super) fn tier(&mut self, clause: Clause, subjects: Option<(bool, bool, Span)>) -> Option<Tier<Written>> {
        let span = clause.span;
        let Body::Tier(condition, label, inner) = clause.body else {
            return None;
        };
        let mut clauses = Clauses::new(inner, ("违法行为的档次", "tier of the violation"), span, false);
        let basis = self.citations(clauses.one(Keyword::Basis));
        let fine = clauses.one(Keyword::Fine).and_then(|clause| self.fine(clause, true));
        let occurs_on = clauses.one(Keyword::OccursOn).and_then(expression);
        let measures = self.measure_groups(&mut clauses);
        let targets = self.targets(&mut clauses, subjects);
        clauses.finish(self.errors);
        Some(Tier { condition, label, basis, occurs_on, fine, measures, targets, span })
    }

    pub(super) fn leniency_list(&mut self, mut declaration: Declaration) {
        let mut clauses = take(&mut declaration, ("免罚清单", "leniency list"));
        if self.cited(&own_instrument(&declaration)).is_none() {
            let known = self.symbols.instruments.names();
            self.errors.push(unknown(Code::InstrumentUnknown, &declaration.name, ("法规", "instrument"), known));
        }
        let head = self.head(&declaration, &mut clauses, false);
        let when = clauses.many(Keyword::When).into_iter().filter_map(expression).collect();
        let except = clauses.many(Keyword::Except).into_iter().filter_map(expression).collect();
        let items = clauses.many(Keyword::Exempt).into_iter().filter_map(|clause| self.exempt(clause)).collect();
        clauses.finish(self.errors);
        self.rules.lists.push(LeniencyList { head, when, except, items });
    }

    pub(super) fn exempt(&mut self, clause: Clause) -> Option<Exempt<Written>> {
        let span = clause.span;
        let Body::Exempt(violations, item_label, inner) = clause.body else {
            return None;
        };
        for violation in &violations {
            self.violation_known(violation);
        }
        let mut clauses = Clauses::new(inner, ("免罚事项", "exemption"), clause.keyword_span, false);
        let basis = self.citations(clauses.one(Keyword::Basis));
        if basis.is_empty() {
            clauses.missing(Keyword::Basis);
        }
        let note = clauses.one(Keyword::Note).and_then(label);
        let when = clauses.one(Keyword::When).and_then(expression);
        let except = clauses.many(Keyword::Except).into_iter().filter_map(expression).collect();
        let recommended = clauses
            .one(Keyword::Recommend)
            .and_then(|clause| self.word(&clause, words::RECOMMEND_WAIVE))
            .unwrap_or(false);
        let shall = self.force_clause(&mut clauses, words::WAIVE);
        let measures = self.measure_groups(&mut clauses);
        clauses.finish(self.errors);
        let (shall, ()) = shall?;
        Some(Exempt {
            violations,
            label: item_label,
            basis,
            note,
            when,
            except,
            force: words::force(shall, recommended),
            measures,
            span,
        })
    }

    /// Reads `shall X` or `may X`, exactly one of them: whether it is a duty, and what X means.
    pub(super) fn force_clause<T: Copy>(
        &mut self,
        clauses: &mut Clauses,
        allowed: words::Words<T>,
    ) -> Option<(bool, T)> {
        // Beside `shall waive`, a `may` names measures; alone, it is the force of the rule itself.
        let (clause, duty) = match clauses.one(Keyword::Shall) {
            Some(clause) => (clause, true),
            None => match clauses.one(Keyword::May) {
                Some(clause) => (clause, false),
                None => {
                    clauses.missing(Keyword::Shall);
                    return None;
                }
            },
        };
        let Body::Choice(choice) = clause.body else {
            return None;
        };
        if choice.mode == ChoiceMode::Any {
            self.errors.push(
                Diagnostic::new(
                    Code::ClauseNotAllowed,
                    clause.span,
                    "“任意”只用于措施",
                    "`any of` is for measures only",
                )
                .help("只写这个词", "write the word alone"),
            );
        }
        let mut choice = choice.references.into_iter();
        let first = choice.next()?;
        if let Some(second) = choice.next() {
            self.one_only(&second.name, first.name.span);
        }
        self.no_terms(&first, clause.span);
        words::look_up(&first.name, allowed, self.errors).map(|meaning| (duty, meaning))
    }

    pub(super) fn violation_known(&mut self, name: &Name) {
        if self.symbols.violations.get(&name.text).is_none() {
            let known = self.symbols.violations.names();
            self.errors.push(unknown(Code::ViolationUnknown, name, ("违法行为", "violation"), known));
        }
    }
}
