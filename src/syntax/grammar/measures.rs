//! Measures, and what the article fixes of them.

use pest::iterators::Pair;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{Body, Clause, Label};
use crate::syntax::measure::{Choice, ChoiceMode, ExtentShape, MeasureReference, TermEnd, TermShape};

use super::{Builder, Built, Rule, internal, one_language};

impl Builder<'_> {
    pub(super) fn choice(&mut self, pair: Pair<'_, Rule>) -> Built<Choice> {
        let (mut references, mut mode) = (Vec::new(), ChoiceMode::One);
        for pair in pair.into_inner() {
            let span = self.span(&pair);
            match pair.as_rule() {
                Rule::any_word => mode = ChoiceMode::Any,
                Rule::through_word if mode == ChoiceMode::Any => return Err(two_modes(span)),
                Rule::through_word => mode = ChoiceMode::Ladder,
                _ => references.push(self.measure_reference(pair)?),
            }
        }
        Ok(Choice { references, mode })
    }

    pub(super) fn measure_reference(&mut self, pair: Pair<'_, Rule>) -> Built<MeasureReference> {
        let mut children = self.children(pair);
        let mut reference = MeasureReference {
            name: self.name(&children.next()?),
            approval: None,
            decided_by: None,
            informed: None,
            otherwise: None,
            term: None,
            extent: None,
        };
        for pair in children.pairs {
            let span = self.span(&pair);
            let once = |free: bool| if free { Ok(()) } else { Err(twice(span)) };
            match pair.as_rule() {
                Rule::approval => {
                    once(reference.approval.is_none())?;
                    reference.approval = Some(self.body_named(pair)?);
                }
                Rule::decider => {
                    once(reference.decided_by.is_none())?;
                    reference.decided_by = Some(self.body_named(pair)?);
                }
                Rule::informed => {
                    once(reference.informed.is_none())?;
                    reference.informed = Some(self.body_named(pair)?);
                }
                Rule::otherwise => {
                    once(reference.otherwise.is_none())?;
                    let mut children = self.children(pair);
                    children.take(Rule::otherwise_word);
                    reference.otherwise = Some(self.name(&children.next()?));
                }
                Rule::term => {
                    once(reference.term.is_none())?;
                    reference.term = Some(self.term(pair)?);
                }
                Rule::extent => {
                    once(reference.extent.is_none())?;
                    reference.extent = Some(self.extent(pair)?);
                }
                _ => return Err(internal(span)),
            }
        }
        Ok(reference)
    }

    /// Who: a text, or a name whose underscores are spaces.
    fn body_named(&mut self, pair: Pair<'_, Rule>) -> Built<Label> {
        let mut children = self.children(pair);
        children.next()?;
        let by = children.next()?;
        match by.as_rule() {
            Rule::label => self.label(by),
            _ => Ok(one_language(&self.name(&by).text.replace('_', " "))),
        }
    }

    fn term(&mut self, pair: Pair<'_, Rule>) -> Built<TermShape> {
        let span = self.span(&pair);
        let mut children = self.children(pair);
        let deadline = matches!(children.next()?.as_str(), "within" | "期限");
        let what = children.next()?;
        let (mut low, mut up_to) = (None, false);
        let high = match what.as_rule() {
            Rule::life => TermEnd::Life,
            Rule::unspecified => TermEnd::Unspecified,
            _ => {
                let mut inner = self.children(what);
                up_to = inner.take(Rule::up_to).is_some();
                let first = self.sum(inner.next()?)?;
                if inner.take(Rule::to).is_some() {
                    low = Some(first);
                    TermEnd::At(self.sum(inner.next()?)?)
                } else if inner.take(Rule::through_word).is_some() {
                    low = Some(first);
                    TermEnd::Life
                } else {
                    TermEnd::At(first)
                }
            }
        };
        let from = match children.take(Rule::from_word_of_term) {
            Some(_) => Some(self.label(children.next()?)?),
            None => None,
        };
        Ok(TermShape { deadline, low, high, from, up_to, span })
    }

    fn extent(&mut self, pair: Pair<'_, Rule>) -> Built<ExtentShape> {
        let span = self.span(&pair);
        let mut children = self.children(pair);
        let money = matches!(children.next()?.as_str(), "amount" | "金额");
        let up_to = children.take(Rule::up_to).is_some();
        let first = self.sum(children.next()?)?;
        let second = match children.take(Rule::to) {
            Some(_) => Some(self.sum(children.next()?)?),
            None => None,
        };
        let (low, high) = match (up_to, second) {
            (_, Some(second)) => (Some(first), second),
            (true, None) => (None, first),
            (false, None) => (Some(first.clone()), first),
        };
        Ok(ExtentShape { money, low, high, span })
    }

    /// `lasting …` or `within …` as a clause of its own, in the declaration of a measure.
    pub(super) fn term_clause(&mut self, pair: Pair<'_, Rule>) -> Built<Clause> {
        let span = self.span(&pair);
        let word = self.children(pair.clone()).next()?;
        let (keyword, keyword_span) = self.keyword(&word)?;
        Ok(Clause { keyword, keyword_span, body: Body::Term(self.term(pair)?), span })
    }

    /// `amount …` or `quantity …` as a clause of its own, in the declaration of a measure.
    pub(super) fn extent_clause(&mut self, pair: Pair<'_, Rule>) -> Built<Clause> {
        let span = self.span(&pair);
        let word = self.children(pair.clone()).next()?;
        let (keyword, keyword_span) = self.keyword(&word)?;
        Ok(Clause { keyword, keyword_span, body: Body::Extent(self.extent(pair)?), span })
    }
}

fn two_modes(span: Span) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::new(Code::Syntax, span, "“任意”和“直至”不能同时用", "`any of` and `through` do not go together")
            .help("任意几项写“|”，逐级加重写“直至”", "write `|` for any of them, `through` for a ladder"),
    )
}

fn twice(span: Span) -> Box<Diagnostic> {
    Box::new(
        Diagnostic::new(Code::ClauseTwice, span, "同一项措施的这一项写了两次", "this is said twice of one measure")
            .help("只保留一个", "keep one of them"),
    )
}
