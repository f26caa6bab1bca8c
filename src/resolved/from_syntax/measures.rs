//! Measures, and what articles fix of them.

use super::{Resolver, all_words, expression, label, stated, take};
use crate::diagnostic::{Code, Diagnostic};
use crate::resolved::clauses::Clauses;
use crate::resolved::measures::{
    DailyRules, Extent, MEASURE_KIND, Measure, MeasureGroup, MeasureKind, MeasureTerms, MeasureUse, SurchargeRules,
    Term, TermEnd,
};
use crate::resolved::names::unknown;
use crate::resolved::{Written, words};
use crate::source::Span;
use crate::syntax::{self, Body, Choice, Clause, Declaration, ExtentShape, Keyword, MeasureReference, Name, TermShape};

/// Clauses that only some kinds of measures have.
const OF_DAILY_PENALTIES: [Keyword; 2] = [Keyword::RecheckWithin, Keyword::RefusedRecheck];
const OF_SURCHARGES: [Keyword; 3] = [Keyword::DailyRate, Keyword::AtMost, Keyword::CountedFrom];

impl Resolver<'_> {
    pub(super) fn measure(&mut self, mut declaration: Declaration) {
        let mut clauses = take(&mut declaration, ("措施", "measure"));
        // One that is due of itself is chosen by day and area, as rules are; others come with the rule that names them.
        let due_of_itself = clauses.has(Keyword::When);
        let head = self.head(&declaration, &mut clauses, due_of_itself);
        let kind = clauses.required(Keyword::Kind).and_then(|clause| self.word(&clause, MEASURE_KIND));
        let when = clauses.one(Keyword::When).and_then(expression);
        let states = stated(&mut clauses);
        let subjects = self.subjects(&mut clauses);
        let terms = MeasureTerms {
            approval: clauses.one(Keyword::WithApprovalOf).and_then(label),
            decided_by: clauses.one(Keyword::By).and_then(label),
            informed: clauses.one(Keyword::Notifying).and_then(label),
            otherwise: None,
            term: self.one_term(&mut clauses),
            extent: self.one_extent(&mut clauses),
        };
        let (mut daily, mut surcharge) = (DailyRules::default(), SurchargeRules::default());
        if kind == Some(MeasureKind::DailyPenalty) {
            daily = DailyRules {
                recheck_within: clauses.one(Keyword::RecheckWithin).and_then(expression),
                refusal_counts: clauses
                    .one(Keyword::RefusedRecheck)
                    .and_then(|clause| self.word(&clause, words::REFUSED_RECHECK)),
            };
        } else {
            self.only_of(&mut clauses, &OF_DAILY_PENALTIES, MeasureKind::DailyPenalty);
        }
        if kind == Some(MeasureKind::Surcharge) {
            surcharge = SurchargeRules {
                rate: clauses.required(Keyword::DailyRate).and_then(expression),
                cap: clauses.one(Keyword::AtMost).and_then(expression),
                due_day_counts: clauses
                    .required(Keyword::CountedFrom)
                    .and_then(|clause| self.word(&clause, words::COUNTED_FROM))
                    .unwrap_or(false),
            };
        } else {
            self.only_of(&mut clauses, &OF_SURCHARGES, MeasureKind::Surcharge);
        }
        clauses.finish(self.errors);
        self.rules.measures.push(Measure { head, kind, when, states, subjects, terms, daily, surcharge });
    }

    /// Reports clauses that belong to measures of one kind only.
    fn only_of(&mut self, clauses: &mut Clauses, keywords: &[Keyword], kind: MeasureKind) {
        let (zh, en) = kind.words();
        for clause in keywords.iter().flat_map(|keyword| clauses.many(*keyword)) {
            self.errors.push(
                Diagnostic::new(
                    Code::ClauseNotAllowed,
                    clause.keyword_span,
                    format!("“{}”只用于类别为“{zh}”的措施", clause.keyword.chinese()),
                    format!("`{}` is for measures of kind `{en}` only", clause.keyword.english()),
                )
                .help("核对“类别”，或删去这一条", "check the `kind`, or remove the clause"),
            );
        }
    }

    /// Who a rule reaches: unit, individual, and where it says so.
    pub(super) fn subjects(&mut self, clauses: &mut Clauses) -> Option<(bool, bool, Span)> {
        let clause = clauses.one(Keyword::Subjects)?;
        let (mut unit, mut individual) = (false, false);
        for word in all_words(&clause) {
            match words::look_up(&word, words::SUBJECT, self.errors) {
                Some(true) => unit = true,
                Some(false) => individual = true,
                None => {}
            }
        }
        Some((unit, individual, clause.span))
    }

    /// The clause with either keyword. Both of them are reported, as `both` says, and the first one is taken.
    fn one_of(
        &mut self,
        clauses: &mut Clauses,
        keywords: [Keyword; 2],
        both: (&'static str, &'static str),
    ) -> Option<Clause> {
        let mut found: Vec<Clause> = keywords.into_iter().filter_map(|keyword| clauses.one(keyword)).collect();
        found.sort_by_key(|clause| clause.span);
        if let [first, second, ..] = found.as_slice() {
            self.errors.push(
                Diagnostic::new(Code::ClauseTwice, second.keyword_span, both.0, both.1)
                    .label(first.keyword_span, "第一次在这里", "first given here")
                    .help("分成两项措施", "make two measures of it"),
            );
        }
        found.into_iter().next()
    }

    /// `lasting` or `within`, at most one of them.
    fn one_term(&mut self, clauses: &mut Clauses) -> Option<Term<Written>> {
        let both = ("一项措施不能既有为期又有期限", "a measure lasts for a time or is due by a time, not both");
        let clause = self.one_of(clauses, [Keyword::Lasting, Keyword::Within], both)?;
        match clause.body {
            Body::Term(shape) => Some(term(shape)),
            Body::Within(length, None) => {
                let high = TermEnd::At(length);
                Some(Term { deadline: true, low: None, high, up_to: false, from: None, span: clause.span })
            }
            Body::Within(_, Some((from, _))) => {
                self.errors.push(
                    Diagnostic::new(
                        Code::ClauseNotAllowed,
                        from.span,
                        "措施的期限从何时起，只能写成文字",
                        "from when a measure is due can only be a text",
                    )
                    .help("写成：自 “责令改正决定书送达之日”", "write: from \"service of the order\""),
                );
                None
            }
            _ => None,
        }
    }

    /// `amount` or `quantity`, at most one of them.
    fn one_extent(&mut self, clauses: &mut Clauses) -> Option<Extent<Written>> {
        let both = ("一项措施不能既有金额又有数量", "a measure has an amount or a quantity, not both");
        match self.one_of(clauses, [Keyword::Amount, Keyword::Quantity], both)?.body {
            Body::Extent(shape) => Some(extent(shape)),
            _ => None,
        }
    }

    /// `order`, `also`, `apply` and `confiscate` must, `may` may.
    pub(super) fn measure_groups(&mut self, clauses: &mut Clauses) -> Vec<MeasureGroup<Written>> {
        let mut found = Vec::new();
        let keywords = [Keyword::Order, Keyword::Confiscate, Keyword::Also, Keyword::Apply, Keyword::May];
        for keyword in keywords {
            for clause in clauses.many(keyword) {
                if let Body::Choice(choice) = clause.body {
                    let mode = choice.mode;
                    let measures = self.measures(choice);
                    if !measures.is_empty() {
                        found.push(MeasureGroup { measures, mode, may: keyword == Keyword::May, span: clause.span });
                    }
                }
            }
        }
        found.sort_by_key(|group| group.span);
        found
    }

    pub(super) fn measures(&mut self, choice: Choice) -> Vec<MeasureUse<Written>> {
        choice.references.into_iter().filter_map(|reference| self.measure_use(reference)).collect()
    }

    fn measure_use(&mut self, reference: MeasureReference) -> Option<MeasureUse<Written>> {
        let measure = self.measure_known(&reference.name);
        let terms = MeasureTerms {
            approval: reference.approval,
            decided_by: reference.decided_by,
            informed: reference.informed,
            otherwise: reference.otherwise.and_then(|name| self.measure_known(&name)),
            term: reference.term.map(term),
            extent: reference.extent.map(extent),
        };
        Some(MeasureUse { measure: measure?, terms })
    }

    fn measure_known(&mut self, name: &Name) -> Option<usize> {
        let found = self.symbols.measures.get(&name.text);
        if found.is_none() {
            let known = self.symbols.measures.names();
            self.errors.push(unknown(Code::MeasureUnknown, name, ("措施", "measure"), known));
        }
        found
    }

    /// Reports what only measures have, after a word that is none.
    pub(super) fn no_terms(&mut self, reference: &MeasureReference, span: Span) {
        let MeasureReference { name: _, approval, decided_by, informed, otherwise, term, extent } = reference;
        let named = approval.is_some() || decided_by.is_some() || informed.is_some() || otherwise.is_some();
        if named || term.is_some() || extent.is_some() {
            self.errors.push(
                Diagnostic::new(
                    Code::ClauseNotAllowed,
                    span,
                    "期限、金额、数量和决定、批准的机关只用于措施",
                    "terms, amounts, and who decides or approves are for measures only",
                )
                .help("只写这个词", "write the word alone"),
            );
        }
    }
}

fn term(shape: TermShape) -> Term<Written> {
    Term {
        deadline: shape.deadline,
        low: shape.low,
        high: match shape.high {
            syntax::TermEnd::At(length) => TermEnd::At(length),
            syntax::TermEnd::Life => TermEnd::Life,
            syntax::TermEnd::Unspecified => TermEnd::Unspecified,
        },
        up_to: shape.up_to,
        from: shape.from,
        span: shape.span,
    }
}

fn extent(shape: ExtentShape) -> Extent<Written> {
    Extent { money: shape.money, low: shape.low, high: shape.high, span: shape.span }
}
