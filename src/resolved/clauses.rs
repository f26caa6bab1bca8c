//! Reads the clauses of one declaration by keyword, and reports those that are missing, doubled or out of place.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::{Clause, Keyword};

/// The clauses of one declaration, taken one keyword at a time.
pub(super) struct Clauses {
    clauses: Vec<Option<Clause>>,
    asked: Vec<Keyword>,
    /// What the clauses belong to, in both languages, and where it is.
    owner: (&'static str, &'static str),
    place: Span,
    broken: bool,
    errors: Vec<Diagnostic>,
}

impl Clauses {
    /// `broken`: part of the declaration could not be read, so what is missing is not reported.
    pub(super) fn new(clauses: Vec<Clause>, owner: (&'static str, &'static str), place: Span, broken: bool) -> Self {
        Clauses {
            clauses: clauses.into_iter().map(Some).collect(),
            asked: Vec::new(),
            owner,
            place,
            broken,
            errors: Vec::new(),
        }
    }

    /// The clause with this keyword; a second one is reported.
    pub(super) fn one(&mut self, keyword: Keyword) -> Option<Clause> {
        let mut found = self.many(keyword).into_iter();
        let first = found.next()?;
        for second in found {
            self.errors.push(
                Diagnostic::new(
                    Code::ClauseTwice,
                    second.keyword_span,
                    format!("“{}”写了两次", keyword.chinese()),
                    format!("`{}` is given twice", keyword.english()),
                )
                .label(first.keyword_span, "第一次在这里", "first given here")
                .help("合并成一条，或删去一条", "join them, or remove one"),
            );
        }
        Some(first)
    }

    /// Whether there is a clause with this keyword that was not taken yet.
    pub(super) fn has(&self, keyword: Keyword) -> bool {
        self.clauses.iter().flatten().any(|clause| clause.keyword == keyword)
    }

    /// All clauses with this keyword.
    pub(super) fn many(&mut self, keyword: Keyword) -> Vec<Clause> {
        self.asked.push(keyword);
        self.clauses
            .iter_mut()
            .filter(|clause| clause.as_ref().is_some_and(|clause| clause.keyword == keyword))
            .filter_map(Option::take)
            .collect()
    }

    /// The clause with this keyword, which must be there.
    pub(super) fn required(&mut self, keyword: Keyword) -> Option<Clause> {
        let found = self.one(keyword);
        if found.is_none() {
            self.missing(keyword);
        }
        found
    }

    /// Reports that a clause is missing.
    pub(super) fn missing(&mut self, keyword: Keyword) {
        if !self.broken {
            let (zh, en) = self.owner;
            self.errors.push(
                Diagnostic::new(
                    Code::ClauseMissing,
                    self.place,
                    format!("{zh}缺少“{}”", keyword.chinese()),
                    format!("the {en} has no `{}`", keyword.english()),
                )
                .help(format!("加上“{} …”", keyword.chinese()), format!("add `{} …`", keyword.english())),
            );
        }
    }

    /// Reports what was not asked for, and hands over all reports.
    pub(super) fn finish(mut self, errors: &mut Vec<Diagnostic>) {
        let (zh, en) = self.owner;
        // What is allowed anywhere was read before; see `allowances`.
        let rest = self.clauses.into_iter().flatten().filter(|clause| clause.keyword != Keyword::Allow);
        for clause in rest {
            let list = |spelling: fn(Keyword) -> &'static str| {
                self.asked.iter().map(|keyword| spelling(*keyword)).collect::<Vec<_>>().join("、")
            };
            self.errors.push(
                Diagnostic::new(
                    Code::ClauseNotAllowed,
                    clause.keyword_span,
                    format!("{zh}不能有“{}”", clause.keyword.chinese()),
                    format!("`{}` does not belong in the {en}", clause.keyword.english()),
                )
                .help(
                    format!("这里可以写：{}", list(Keyword::chinese)),
                    format!("what may stand here: {}", list(Keyword::english).replace('、', ", ")),
                ),
            );
        }
        errors.append(&mut self.errors);
    }
}
