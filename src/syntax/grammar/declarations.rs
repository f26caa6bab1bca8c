//! Declarations, labels and names.

use std::sync::Arc;

use pest::iterators::Pair;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{Clause, Declaration, Grid, Label, Member, Name};
use crate::syntax::keyword::DeclarationKind;

use super::{Builder, Built, Children, Rule, halfwidth, has_han, internal};

impl Builder<'_> {
    pub(super) fn declaration(&mut self, pair: Pair<'_, Rule>) -> Built<Declaration> {
        let inner = self.children(pair).next()?;
        match inner.as_rule() {
            Rule::type_declaration => self.type_declaration(inner),
            Rule::table_declaration => self.table_declaration(inner),
            _ => self.plain_declaration(inner),
        }
    }

    pub(super) fn declaration_word(&mut self, pair: &Pair<'_, Rule>) -> Built<DeclarationKind> {
        let span = self.span(pair);
        let (kind, language) = DeclarationKind::from_text(pair.as_str()).ok_or_else(|| internal(span))?;
        self.language(language, span);
        Ok(kind)
    }

    pub(super) fn empty(kind: DeclarationKind, name: Name, span: Span) -> Declaration {
        Declaration {
            kind,
            name,
            label: Label::default(),
            ordered: false,
            hit: None,
            value: None,
            clauses: Vec::new(),
            members: Vec::new(),
            grid: None,
            broken: false,
            span,
        }
    }

    /// The word and the name a declaration begins with, and what follows them.
    fn head<'i>(&mut self, pair: Pair<'i, Rule>) -> Built<(Declaration, Children<'i>)> {
        let span = self.span(&pair);
        let mut children = self.children(pair);
        let word = children.next()?;
        let kind = self.declaration_word(&word)?;
        let name = self.name_or_title(children.next()?)?;
        Ok((Self::empty(kind, name, span), children))
    }

    pub(super) fn broken_head(&mut self, pair: Pair<'_, Rule>) -> Built<Declaration> {
        let (mut declaration, _) = self.head(pair)?;
        declaration.span = declaration.name.span;
        declaration.broken = true;
        Ok(declaration)
    }

    pub(super) fn plain_declaration(&mut self, pair: Pair<'_, Rule>) -> Built<Declaration> {
        let (mut declaration, children) = self.head(pair)?;
        for pair in children.pairs {
            match pair.as_rule() {
                Rule::label => declaration.label = self.label(pair)?,
                Rule::expr => declaration.value = Some(self.expr(pair)?),
                _ => declaration.clauses = self.block(pair)?,
            }
        }
        Ok(declaration)
    }

    pub(super) fn type_declaration(&mut self, pair: Pair<'_, Rule>) -> Built<Declaration> {
        let (mut declaration, children) = self.head(pair)?;
        for pair in children.pairs {
            match pair.as_rule() {
                Rule::ordered => declaration.ordered = true,
                Rule::label => declaration.label = self.label(pair)?,
                _ => declaration.members.push(self.member(pair)?),
            }
        }
        Ok(declaration)
    }

    pub(super) fn member(&mut self, pair: Pair<'_, Rule>) -> Built<Member> {
        let mut children = self.children(pair);
        let name = self.name(&children.next()?);
        let label = children.take(Rule::label).map(|pair| self.label(pair)).transpose()?.unwrap_or_default();
        Ok(Member { name, label })
    }

    pub(super) fn table_declaration(&mut self, pair: Pair<'_, Rule>) -> Built<Declaration> {
        let (mut declaration, children) = self.head(pair)?;
        for pair in children.pairs {
            match pair.as_rule() {
                Rule::label => declaration.label = self.label(pair)?,
                Rule::hit => declaration.hit = Some((self.hit(&pair)?, self.span(&pair))),
                Rule::clause => declaration.clauses.push(self.clause(pair)?),
                Rule::header => {
                    let span = self.span(&pair);
                    let (mut keys, mut result) = (Vec::new(), None);
                    for pair in pair.into_inner() {
                        match pair.as_rule() {
                            Rule::expr => keys.push(self.expr(pair)?),
                            _ => result = Some(self.name(&pair)),
                        }
                    }
                    let result = result.ok_or_else(|| internal(span))?;
                    declaration.grid = Some(Grid { keys, result, rows: Vec::new(), unestablished: None, span });
                }
                Rule::unestablished => {
                    let name = self.unestablished(pair)?;
                    if let Some(grid) = &mut declaration.grid {
                        grid.unestablished = Some(name);
                    }
                }
                _ => {
                    let span = self.span(&pair);
                    let (mut cells, mut result) = (Vec::new(), None);
                    for pair in pair.into_inner() {
                        match pair.as_rule() {
                            Rule::cell => cells.push(self.cell(pair)?),
                            _ => result = Some(self.result(pair)?),
                        }
                    }
                    let result = result.ok_or_else(|| internal(span))?;
                    if let Some(grid) = &mut declaration.grid {
                        grid.rows.push((cells, result, span));
                    }
                }
            }
        }
        Ok(declaration)
    }

    pub(super) fn block(&mut self, pair: Pair<'_, Rule>) -> Built<Vec<Clause>> {
        pair.into_inner().map(|pair| self.clause(pair)).collect()
    }

    pub(super) fn label(&mut self, pair: Pair<'_, Rule>) -> Built<Label> {
        let span = self.span(&pair);
        let mut texts = pair.into_inner().map(|string| self.string(string)).collect::<Built<Vec<_>>>()?.into_iter();
        let first = texts.next().ok_or_else(|| internal(span))?;
        let Some(second) = texts.next() else {
            return Ok(if has_han(&first) {
                Label { zh: Some(first), en: None }
            } else {
                Label { zh: None, en: Some(first) }
            });
        };
        match (has_han(&first), has_han(&second)) {
            (true, true) => {
                self.errors.push(
                    Diagnostic::new(Code::LabelLanguages, span, "两个标签都是中文", "both labels are Chinese")
                        .help("第二个标签写英文", "write the second label in English"),
                );
                Ok(Label { zh: Some(first), en: None })
            }
            (false, true) => Ok(Label { zh: Some(second), en: Some(first) }),
            _ => Ok(Label { zh: Some(first), en: Some(second) }),
        }
    }

    pub(super) fn string(&self, pair: Pair<'_, Rule>) -> Built<Arc<str>> {
        let inner = self.children(pair).next()?;
        Ok(inner.as_str().split_whitespace().collect::<Vec<_>>().join(" ").into())
    }

    pub(super) fn name(&self, pair: &Pair<'_, Rule>) -> Name {
        Name { text: halfwidth(pair.as_str()).into(), span: self.span(pair) }
    }

    pub(super) fn name_or_title(&mut self, pair: Pair<'_, Rule>) -> Built<Name> {
        let inner = match pair.as_rule() {
            Rule::name_or_title => self.children(pair).next()?,
            _ => pair,
        };
        match inner.as_rule() {
            Rule::title => self.title(inner),
            _ => Ok(self.name(&inner)),
        }
    }

    pub(super) fn title(&self, pair: Pair<'_, Rule>) -> Built<Name> {
        let span = self.span(&pair);
        let inner = self.children(pair).next()?;
        Ok(Name { text: inner.as_str().trim().into(), span })
    }
}
