//! Clauses, by the shape of what follows their keyword.

use pest::iterators::Pair;

use crate::syntax::ast::{
    Body, Clause, Event, FactorKey, Field, HitPolicy, Interval, Label, Name, Row, RowResult, TypeReference, Yielded,
};

use super::{Builder, Built, Children, Rule, halfwidth, internal};

impl Builder<'_> {
    pub(super) fn clause(&mut self, pair: Pair<'_, Rule>) -> Built<Clause> {
        let span = self.span(&pair);
        let inner = self.children(pair).next()?;
        let rule = inner.as_rule();
        if rule == Rule::extent {
            return self.extent_clause(inner);
        }
        if rule == Rule::term {
            return self.term_clause(inner);
        }
        let mut children = self.children(inner);
        let (keyword, keyword_span) = self.keyword(&children.next()?)?;
        let body = match rule {
            Rule::expr_clause => Body::Expr(self.expr(children.next()?)?),
            Rule::cite_clause => Body::Citations(self.citations(children.next()?)?),
            Rule::interval_clause => Body::Interval(self.interval(children.next()?)?),
            Rule::label_clause => Body::Label(self.label(children.next()?)?),
            Rule::words_clause => Body::Words(children.pairs.map(|pair| self.name(&pair)).collect()),
            Rule::type_clause => Body::Type(self.type_reference(children.next()?)?),
            Rule::choice_clause => Body::Choice(self.choice(children.next()?)?),
            Rule::names_clause => Body::Names(children.pairs.map(|pair| self.name(&pair)).collect()),
            Rule::yields_clause => {
                let mut yielded = Vec::new();
                for pair in children.pairs {
                    let inner = self.children(pair).next()?;
                    yielded.push(match inner.as_rule() {
                        Rule::title => Yielded::Instrument(self.title(inner)?),
                        Rule::level_word => Yielded::Level(self.name(&inner)),
                        _ => Yielded::Violation(self.name(&inner)),
                    });
                }
                Body::Yields(yielded)
            }
            Rule::cell_clause => Body::Cell(self.cell(children.next()?)?),
            Rule::dates_clause => {
                Body::Dates(children.pairs.map(|pair| self.interval(pair)).collect::<Built<Vec<_>>>()?)
            }
            Rule::bare_clause => Body::Bare,
            Rule::presume => {
                let value = self.expr(children.next()?)?;
                let citations = match children.take(Rule::cite_word) {
                    Some(_) => self.citations(children.next()?)?,
                    None => Vec::new(),
                };
                Body::Presume(value, citations)
            }
            Rule::within => {
                let length = self.expr(children.next()?)?;
                let from = match children.take(Rule::from_word_of_term) {
                    Some(_) => {
                        let from = self.expr(children.next()?)?;
                        Some((from, children.take(Rule::rolling).is_some()))
                    }
                    None => None,
                };
                Body::Within(length, from)
            }
            Rule::rounding => {
                let mode = self.name(&children.next()?);
                children.take(Rule::to_word);
                Body::Rounding(mode, self.sum(children.next()?)?)
            }
            Rule::tier => {
                let condition = self.expr(children.next()?)?;
                let label = self.optional_label(&mut children)?;
                Body::Tier(condition, label, self.block(children.next()?)?)
            }
            Rule::target => {
                let mut kinds = Vec::new();
                while let Some(pair) = children.take(Rule::word) {
                    kinds.push(self.name(&pair));
                }
                let label = self.optional_label(&mut children)?;
                Body::Target(kinds, label, self.block(children.next()?)?)
            }
            Rule::exempt => {
                let mut names = Vec::new();
                while let Some(pair) = children.take(Rule::name) {
                    names.push(self.name(&pair));
                }
                let label = self.optional_label(&mut children)?;
                Body::Exempt(names, label, self.block(children.next()?)?)
            }
            Rule::weights => {
                let name = self.name(&children.next()?);
                let label = self.optional_label(&mut children)?;
                Body::Weights(name, label, self.block(children.next()?)?)
            }
            Rule::factor => Body::Factor(self.factor(children)?),
            Rule::let_step => {
                let name = self.name(&children.next()?);
                Body::Step(name, self.expr(children.next()?)?)
            }
            Rule::twice => {
                let mut names = Vec::new();
                while let Some(pair) = children.take(Rule::name) {
                    names.push(self.name(&pair));
                }
                children.take(Rule::because_word);
                Body::CountedTwice(names, self.label(children.next()?)?)
            }
            Rule::allow => {
                let code = self.name(&children.next()?);
                let part = children.take(Rule::name).map(|pair| self.name(&pair));
                Body::Allow(code, part, self.label(children.next()?)?)
            }
            Rule::stated => {
                let label = self.label(children.next()?)?;
                Body::Stated(label, self.expr(children.next()?)?)
            }
            Rule::fine => Body::Fine(self.fine(children.next()?)?),
            Rule::fine_choice => return self.fine_choice(keyword, span, children),
            Rule::event => Body::Event(Box::new(self.event(children)?)),
            Rule::frozen => Body::MonthDays(
                children.pairs.map(|pair| (halfwidth(pair.as_str()).into(), self.span(&pair))).collect(),
            ),
            Rule::veto => {
                let grade = self.name(&children.next()?);
                children.take(Rule::if_word);
                Body::Veto(grade, self.expr(children.next()?)?)
            }
            _ => return Err(internal(span)),
        };
        Ok(Clause { keyword, keyword_span, body, span })
    }

    /// What follows `add` or `deduct`.
    fn event(&mut self, mut children: Children<'_>) -> Built<Event> {
        let points = self.sum(children.next()?)?;
        let (mut list, mut condition, mut since, mut lasting) = (None, None, None, None);
        if children.take(Rule::if_word).is_some() {
            condition = Some(self.expr(children.next()?)?);
        } else if let Some(pair) = children.take(Rule::each_records) {
            let mut inner = self.children(pair);
            inner.take(Rule::each_word);
            list = Some(self.name(&inner.next()?));
            if inner.take(Rule::where_word).is_some() {
                condition = Some(self.expr(inner.next()?)?);
            }
            if inner.take(Rule::since_word).is_some() {
                since = Some(self.name(&inner.next()?));
            }
            if inner.take(Rule::lasting_word).is_some() {
                lasting = Some(self.sum(inner.next()?)?);
            }
        }
        let most = match children.take(Rule::up_to) {
            Some(_) => Some(self.sum(children.next()?)?),
            None => None,
        };
        let label = self.optional_label(&mut children)?;
        Ok(Event { points, list, condition, since, lasting, most, label })
    }

    pub(super) fn optional_label(&mut self, children: &mut Children<'_>) -> Built<Label> {
        children.take(Rule::label).map(|pair| self.label(pair)).transpose().map(Option::unwrap_or_default)
    }

    pub(super) fn interval(&mut self, pair: Pair<'_, Rule>) -> Built<Interval> {
        let span = self.span(&pair);
        let is_day = pair.as_rule() == Rule::date_span;
        let mut children = self.children(pair);
        let from = self.date(&children.next()?);
        children.take(Rule::to);
        children.take(Rule::onward);
        let to = children.take(Rule::date).map(|pair| self.date(&pair));
        // Among holidays one date is one day; an interval without an end goes on.
        let to = if is_day { to.or_else(|| Some(from.clone())) } else { to };
        Ok(Interval { from, to, span })
    }

    pub(super) fn type_reference(&mut self, pair: Pair<'_, Rule>) -> Built<TypeReference> {
        let inner = self.children(pair).next()?;
        let span = self.span(&inner);
        match inner.as_rule() {
            Rule::quantity_type => {
                let mut children = self.children(inner);
                children.take(Rule::quantity_word);
                Ok(TypeReference::Quantity(self.name(&children.next()?)))
            }
            Rule::duration_type => {
                let mut children = self.children(inner);
                children.take(Rule::duration_word);
                Ok(TypeReference::Duration(self.name(&children.next()?)))
            }
            Rule::list_type => {
                let mut fields = Vec::new();
                for pair in inner.into_inner().filter(|pair| pair.as_rule() == Rule::field) {
                    let mut children = self.children(pair);
                    let name = self.name(&children.next()?);
                    let label =
                        children.take(Rule::label).map(|pair| self.label(pair)).transpose()?.unwrap_or_default();
                    fields.push(Field { name, label, kind: self.type_reference(children.next()?)? });
                }
                Ok(TypeReference::List(fields, span))
            }
            _ => Ok(TypeReference::Named(self.name(&inner))),
        }
    }

    pub(super) fn factor(&mut self, mut children: Children<'_>) -> Built<FactorKey> {
        let key = self.expr(children.next()?)?;
        let label = self.optional_label(&mut children)?;
        let hit = match children.take(Rule::hit) {
            Some(pair) => Some((self.hit(&pair)?, self.span(&pair))),
            None => None,
        };
        let (mut rows, mut unestablished) = (Vec::new(), None);
        for pair in children.pairs {
            match pair.as_rule() {
                Rule::factor_row => rows.push(self.factor_row(pair)?),
                _ => unestablished = Some(self.unestablished(pair)?),
            }
        }
        Ok(FactorKey { key, label, hit, rows, unestablished })
    }

    /// What a factor or a key that cannot be established means: the word after the keyword.
    pub(super) fn unestablished(&mut self, pair: Pair<'_, Rule>) -> Built<Name> {
        let mut inner = self.children(pair);
        inner.take(Rule::unestablished_word);
        Ok(self.name(&inner.next()?))
    }

    pub(super) fn hit(&mut self, pair: &Pair<'_, Rule>) -> Built<HitPolicy> {
        Ok(match pair.as_str() {
            "unique" | "唯一" => HitPolicy::Unique,
            "highest" | "取最高" => HitPolicy::Highest,
            "lowest" | "取最低" => HitPolicy::Lowest,
            "collect" | "累加" => HitPolicy::Collect,
            "first" | "首个" => HitPolicy::First,
            _ => return Err(internal(self.span(pair))),
        })
    }

    pub(super) fn factor_row(&mut self, pair: Pair<'_, Rule>) -> Built<Row> {
        let span = self.span(&pair);
        let mut children = self.children(pair);
        let head = children.next()?;
        let (cell, condition) = match head.as_rule() {
            Rule::cell => (Some(self.cell(head)?), None),
            _ => (None, Some(self.expr(head)?)),
        };
        Ok(Row { cell, condition, result: self.result(children.next()?)?, span })
    }

    pub(super) fn result(&mut self, pair: Pair<'_, Rule>) -> Built<RowResult> {
        let mut children = self.children(pair);
        let value = self.sum(children.next()?)?;
        let upper = match children.take(Rule::to) {
            Some(_) => Some(self.sum(children.next()?)?),
            None => None,
        };
        Ok(RowResult { value, upper })
    }
}
