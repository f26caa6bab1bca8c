//! The statutory fine.

use pest::iterators::Pair;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{Body, Cell, Clause, Expr, ExprKind};
use crate::syntax::fine::{Deemed, Ends, FineShape, WrittenAmount, WrittenBranch, WrittenCase, WrittenFine};
use crate::syntax::keyword::Keyword;
use crate::syntax::measure::{Choice, ChoiceMode};

use super::{Builder, Built, Children, Rule, internal};

impl Builder<'_> {
    /// What follows `fine`.
    pub(super) fn fine(&mut self, pair: Pair<'_, Rule>) -> Built<FineShape> {
        match pair.as_rule() {
            Rule::expr => Ok(FineShape::Result(self.expr(pair)?)),
            Rule::elsewhere => {
                let mut children = self.children(pair);
                children.take(Rule::under_word);
                Ok(FineShape::Elsewhere(self.citations(children.next()?)?))
            }
            _ => self.fine_shape(pair).map(FineShape::Written),
        }
    }

    /// A fine among measures, or with a word of choice before it. The clause counts as one of `fine`.
    pub(super) fn fine_choice(&mut self, word: Keyword, span: Span, children: Children<'_>) -> Built<Clause> {
        let (mut references, mut mode, mut fine, mut keyword) = (Vec::new(), ChoiceMode::One, None, None);
        for pair in children.pairs {
            match pair.as_rule() {
                Rule::any_word => mode = ChoiceMode::Any,
                Rule::measure_reference => references.push(self.measure_reference(pair)?),
                Rule::fine_word => keyword = Some(self.keyword(&pair)?),
                _ => fine = Some(self.fine(pair)?),
            }
        }
        let (Some(fine), Some((keyword, keyword_span))) = (fine, keyword) else {
            return Err(internal(span));
        };
        Ok(Clause { keyword, keyword_span, body: Body::FineChoice(word, Choice { references, mode }, fine), span })
    }

    pub(super) fn fine_shape(&mut self, pair: Pair<'_, Rule>) -> Built<WrittenFine> {
        let (mut branches, mut cap) = (Vec::new(), None);
        for pair in pair.into_inner() {
            if pair.as_rule() == Rule::fine_cap {
                let mut children = self.children(pair);
                children.take(Rule::cap_word);
                cap = Some(self.sum(children.next()?)?);
            } else {
                branches.push(self.fine_branch(pair)?);
            }
        }
        Ok(WrittenFine { branches, cap })
    }

    fn fine_branch(&mut self, pair: Pair<'_, Rule>) -> Built<WrittenBranch> {
        let span = self.span(&pair);
        let mut children = self.children(pair);
        let mut case = None;
        if let Some(pair) = children.take(Rule::fine_case) {
            case = Some(self.fine_case(pair)?);
            children.take(Rule::then_word);
        }
        let amount = children.next()?;
        let (amount, values) = self.fine_amount(amount)?;
        // A portion says of its own base for which values it holds.
        if let Some(values) = values {
            case.get_or_insert_with(WrittenCase::default).values = Some(values);
        }
        Ok(WrittenBranch { case, amount, span })
    }

    fn fine_case(&mut self, pair: Pair<'_, Rule>) -> Built<WrittenCase> {
        let mut case = WrittenCase::default();
        for pair in pair.into_inner() {
            match pair.as_rule() {
                Rule::no_base => case.none = true,
                Rule::not_established => case.unestablished = true,
                Rule::case_or => {}
                _ => {
                    let more = self.fine_values(pair)?;
                    match &mut case.values {
                        None => case.values = Some(more),
                        Some(cell) => cell.items.extend(more.items),
                    }
                }
            }
        }
        Ok(case)
    }

    fn fine_values(&mut self, pair: Pair<'_, Rule>) -> Built<Cell> {
        let span = self.span(&pair);
        Ok(Cell { items: vec![self.cell_item(pair)?], span })
    }

    fn fine_amount(&mut self, pair: Pair<'_, Rule>) -> Built<(WrittenAmount, Option<Cell>)> {
        let first = self.children(pair).next()?;
        match first.as_rule() {
            Rule::no_fine => Ok((WrittenAmount::Nothing, None)),
            Rule::each => {
                let mut inner = self.children(first);
                inner.take(Rule::by_word);
                let count = self.name(&inner.next()?);
                let unit = match inner.take(Rule::each_word) {
                    Some(_) => Some(self.name(&inner.next()?)),
                    None => None,
                };
                let ends = self.ends(inner.next()?)?;
                Ok((WrittenAmount::Each { ends, count, unit }, None))
            }
            Rule::share => {
                let mut inner = self.children(first);
                let base = self.sum(inner.next()?)?;
                let values = inner.take(Rule::fine_values).map(|pair| self.fine_values(pair)).transpose()?;
                inner.take(Rule::share_word);
                let ends = self.ends(inner.next()?)?;
                let deemed = self.deemed(&mut inner, &base)?;
                Ok((WrittenAmount::Portion { ends, base, deemed }, values))
            }
            _ => Ok((WrittenAmount::Plain(self.ends(first)?), None)),
        }
    }

    fn ends(&mut self, pair: Pair<'_, Rule>) -> Built<Ends<Expr>> {
        let mut children = self.children(pair);
        let up_to = children.take(Rule::up_to).is_some();
        let low = self.sum(children.next()?)?;
        let high = match children.take(Rule::to) {
            Some(_) => Some(self.sum(children.next()?)?),
            None => None,
        };
        Ok(match high {
            Some(high) if up_to => Ends::UpTo(high),
            None if up_to => Ends::UpTo(low),
            Some(high) => Ends::Between(low, high),
            None => Ends::Single(low),
        })
    }

    /// The floor of a base; a name before it must be that of the base.
    fn deemed(&mut self, children: &mut Children<'_>, base: &Expr) -> Built<Option<Deemed<Expr>>> {
        let Some(pair) = children.take(Rule::deemed) else {
            return Ok(None);
        };
        let mut inner = self.children(pair);
        if let Some(again) = inner.take(Rule::name).map(|pair| self.name(&pair))
            && !matches!(&base.kind, ExprKind::Name(name) if name.text == again.text)
        {
            let second = &again.text;
            return Err(Box::new(
                Diagnostic::new(
                    Code::Syntax,
                    again.span,
                    format!("倍数的基数不是“{second}”"),
                    format!("the base of the multiple is not `{second}`"),
                )
                .help("写同一个名称，或省略它", "name the same base, or leave it out"),
            ));
        }
        let even_if_none = inner.take(Rule::deemed_or_none).is_some();
        inner.take(Rule::deemed_word);
        let amount = self.sum(inner.next()?)?;
        Ok(Some(Deemed { amount, even_if_none }))
    }
}
