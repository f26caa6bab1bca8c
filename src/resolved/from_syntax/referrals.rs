//! Referrals, and the violations that a rule concerns.

use super::{Resolver, expression, label, take};
use crate::resolved::clauses::Clauses;
use crate::resolved::covers::Covers;
use crate::resolved::referral::{Ground, Referral};
use crate::resolved::{Written, words};
use crate::syntax::{Body, Clause, Declaration, Keyword};

impl Resolver<'_> {
    pub(super) fn referral(&mut self, mut declaration: Declaration) {
        let mut clauses = take(&mut declaration, ("移送", "referral"));
        let head = self.head(&declaration, &mut clauses, true);
        let covers = self.covers(&mut clauses);
        let kind = clauses.required(Keyword::Kind).and_then(|clause| self.word(&clause, words::REFERRAL_KIND));
        let refer_to = clauses.required(Keyword::ReferTo).and_then(label);
        let fine =
            clauses.required(Keyword::FineMeanwhile).and_then(|clause| self.word(&clause, words::FINE_MEANWHILE));
        let when = clauses.one(Keyword::When).and_then(expression);
        let except = clauses.many(Keyword::Except).into_iter().filter_map(expression).collect();
        let grounds: Vec<Ground<Written>> =
            clauses.many(Keyword::If).into_iter().filter_map(|clause| self.ground(clause)).collect();
        if when.is_none() && grounds.is_empty() {
            clauses.missing(Keyword::When);
        }
        clauses.finish(self.errors);
        if let (Some(kind), Some(refer_to), Some(fine)) = (kind, refer_to, fine) {
            self.rules.referrals.push(Referral { head, covers, kind, refer_to, fine, when, except, grounds });
        }
    }

    fn ground(&mut self, clause: Clause) -> Option<Ground<Written>> {
        let span = clause.span;
        let Body::Tier(condition, own, inner) = clause.body else {
            return None;
        };
        let mut clauses = Clauses::new(inner, ("移送的情形", "ground of the referral"), span, false);
        let basis = self.citations(clauses.one(Keyword::Basis));
        let note = clauses.one(Keyword::Note).and_then(label);
        clauses.finish(self.errors);
        Some(Ground { condition, label: own, basis, note, span })
    }

    /// The violations that a rule concerns; an id or stem that none has is reported.
    pub(super) fn covers(&mut self, clauses: &mut Clauses) -> Covers {
        Covers::new(self.stems(clauses, Keyword::Covers))
    }
}
