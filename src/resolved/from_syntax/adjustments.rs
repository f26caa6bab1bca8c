//! Circumstances, credit, bars and procedures.

use std::sync::Arc;

use super::{Resolver, all_words, expression, label, stated, take};
use crate::diagnostic::{Code, Diagnostic};
use crate::resolved::clauses::Clauses;
use crate::resolved::names::unknown;
use crate::resolved::{
    Circumstance, Conditional, ConditionalKind, CountedTwice, Credit, CreditTier, Direction, TimeLimit,
};
use crate::resolved::{Written, words};
use crate::syntax::{Body, Clause, Declaration, DeclarationKind, Expr, ExprKind, Keyword};

impl Resolver<'_> {
    pub(super) fn circumstance(&mut self, mut declaration: Declaration) {
        let mut clauses = take(&mut declaration, ("情节", "circumstance"));
        let head = self.head(&declaration, &mut clauses, true);
        let covers = self.covers(&mut clauses);
        let when = clauses.required(Keyword::When).and_then(expression);
        let counted_twice = counted_twice(&mut clauses);
        let force = self.force_clause(&mut clauses, words::DIRECTION);
        let (recommended, reduced_first) = clauses
            .one(Keyword::Recommend)
            .and_then(|clause| match force {
                Some((true, Direction::LighterOrReduced)) => self.word(&clause, words::RECOMMEND_BRANCH),
                Some((false, Direction::LighterOrReduced)) => self.word(&clause, words::RECOMMEND_BRANCH_OR_NONE),
                _ => self.word(&clause, words::RECOMMEND_USE).map(|used| (used, false)),
            })
            .unwrap_or((false, false));
        let effect = clauses.required(Keyword::Effect).and_then(expression);
        clauses.finish(self.errors);
        if let (Some((shall, direction)), Some(effect)) = (force, effect) {
            let force = words::force(shall, recommended);
            let circumstance =
                Circumstance { head, covers, when, force, direction, reduced_first, counted_twice, effect };
            self.rules.circumstances.push(circumstance);
        }
    }

    pub(super) fn credit(&mut self, mut declaration: Declaration) {
        let mut clauses = take(&mut declaration, ("信用", "credit rule"));
        let head = self.head(&declaration, &mut clauses, true);
        let covers = self.covers(&mut clauses);
        let subjects = self.for_whom(&mut clauses);
        let grades = clauses.required(Keyword::Grades).and_then(|clause| self.one_word(&clause)).and_then(|word| {
            let found = self.symbols.enums.get(&word.text);
            if found.is_none() {
                self.errors.push(unknown(Code::TypeUnknown, &word, ("类型", "type"), self.symbols.enums.names()));
            }
            found
        });
        let tiers = clauses.many(Keyword::If).into_iter().filter_map(|clause| self.credit_tier(clause)).collect();
        let grading = self.grading(&mut clauses);
        clauses.finish(self.errors);
        self.rules.credit.push(Credit { head, covers, subjects, grades, tiers, grading });
    }

    pub(super) fn credit_tier(&mut self, clause: Clause) -> Option<CreditTier<Written>> {
        let span = clause.span;
        let Body::Tier(condition, label, inner) = clause.body else {
            return None;
        };
        let mut clauses = Clauses::new(inner, ("信用的档次", "tier of the credit rule"), span, false);
        let basis = self.citations(clauses.one(Keyword::Basis));
        let coefficient = clauses.one(Keyword::Coefficient).and_then(expression);
        let effect = clauses.one(Keyword::Effect).and_then(expression);
        let counted_twice = counted_twice(&mut clauses);
        let mut excludes = Vec::new();
        for word in clauses.many(Keyword::Exclude).iter().flat_map(all_words) {
            match &*word.text {
                "全部" | "all" => excludes.push((Arc::from(""), word.span)),
                name if self.symbols.lists.get(name).is_some() => excludes.push((Arc::clone(&word.text), word.span)),
                _ => {
                    let known = self.symbols.lists.names().chain(["全部", "all"]);
                    self.errors.push(unknown(Code::NameUnknown, &word, ("免罚清单", "leniency list"), known));
                }
            }
        }
        let measures = self.measure_groups(&mut clauses);
        clauses.finish(self.errors);
        Some(CreditTier { condition, label, basis, coefficient, effect, counted_twice, excludes, measures, span })
    }

    pub(super) fn conditional(&mut self, mut declaration: Declaration) {
        let kind = declaration.kind;
        let mut clauses = take(&mut declaration, (kind.chinese(), kind.english()));
        let head = self.head(&declaration, &mut clauses, true);
        let covers = self.covers(&mut clauses);
        let when = clauses.required(Keyword::When).and_then(expression);
        let kind = match kind {
            DeclarationKind::Bar => clauses
                .required(Keyword::Outcome)
                .and_then(|clause| self.word(&clause, words::BAR_OUTCOME))
                .map(ConditionalKind::Bar),
            _ => {
                let within = clauses.one(Keyword::Within).and_then(|clause| self.time_limit(clause));
                let states = stated(&mut clauses);
                let stage = clauses.one(Keyword::ProceedingStage);
                let stage = stage.and_then(|clause| self.word(&clause, words::PROCEEDING_STAGE));
                clauses
                    .required(Keyword::Requires)
                    .and_then(label)
                    .map(|text| ConditionalKind::Procedure(text, within, states, stage))
            }
        };
        clauses.finish(self.errors);
        if let Some(kind) = kind {
            self.rules.conditionals.push(Conditional { head, covers, when, kind });
        }
    }

    /// How long a procedure may take, and from which day.
    fn time_limit(&mut self, clause: Clause) -> Option<TimeLimit<Written>> {
        let Body::Within(length, from) = clause.body else {
            self.errors.push(
                Diagnostic::new(
                    Code::ClauseNotAllowed,
                    clause.span,
                    "程序的期限是一个时间长度，可以自某一日期起算",
                    "the time limit of a procedure is a length, from a day if need be",
                )
                .help("写成：期限 15日 自 送达日", "write: within 15 days from served_on"),
            );
            return None;
        };
        let (from, rolling) = from.map_or((None, false), |(from, rolling)| (Some(from), rolling));
        Some(TimeLimit { length, from, rolling, span: clause.span })
    }
}

/// Facts that count a second time, and why that is meant.
fn counted_twice(clauses: &mut Clauses) -> Option<CountedTwice<Written>> {
    let clause = clauses.one(Keyword::CountedTwice)?;
    let span = clause.span;
    match clause.body {
        Body::CountedTwice(names, reason) => {
            let facts = names.into_iter().map(|name| Expr { span: name.span, kind: ExprKind::Name(name) }).collect();
            Some(CountedTwice { facts, reason, span })
        }
        _ => None,
    }
}
