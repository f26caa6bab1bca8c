//! Instruments, units, types, calendars, facts, definitions, principles.

use super::{Resolver, all_words, label, take};
use crate::diagnostic::{Code, Diagnostic};
use crate::resolved::names::unknown;
use crate::resolved::words;
use crate::resolved::{Define, EnumType, Fact, FactKind, Head, Instrument, Principle, Unit};
use crate::source::Span;
use crate::syntax::{Body, Declaration, Expr, ExprKind, Keyword, LiteralKind, Name, TypeReference};

impl Resolver<'_> {
    pub(super) fn instrument(&mut self, mut declaration: Declaration) {
        let mut clauses = take(&mut declaration, ("法规", "instrument"));
        let head = self.head(&declaration, &mut clauses, true);
        let level = clauses
            .one(Keyword::Level)
            .and_then(|clause| self.one_word(&clause))
            .and_then(|word| words::look_up(&word, words::LEVEL, self.errors).map(|_| word.text));
        let above_included = clauses.one(Keyword::Above).and_then(|clause| self.word(&clause, words::INCLUDED));
        let below_included = clauses.one(Keyword::Below).and_then(|clause| self.word(&clause, words::INCLUDED));
        let rounding = clauses.one(Keyword::Rounding).and_then(|clause| match clause.body {
            Body::Rounding(mode, step) => words::look_up(&mode, words::ROUNDING, self.errors).map(|mode| (mode, step)),
            _ => None,
        });
        let title = clauses.one(Keyword::Title).and_then(label);
        let number = clauses.one(Keyword::Number).and_then(label);
        clauses.finish(self.errors);
        self.rules.instruments.push(Instrument {
            head,
            title,
            number,
            level,
            above_included,
            below_included,
            rounding,
        });
    }

    pub(super) fn unit(&mut self, mut declaration: Declaration) {
        if self.already(self.rules.units.iter().map(|unit| &unit.head), &declaration) {
            return;
        }
        let mut clauses = take(&mut declaration, ("单位", "unit"));
        let symbol = clauses.one(Keyword::Symbol).and_then(|clause| self.one_word(&clause));
        let equals = clauses.one(Keyword::Equals).and_then(|clause| match clause.body {
            Body::Expr(Expr { kind: ExprKind::Literal(literal), span }) => match literal.kind {
                LiteralKind::Quantity(unit) => Some((literal.text, unit)),
                _ => {
                    self.not_a_quantity(span);
                    None
                }
            },
            Body::Expr(other) => {
                self.not_a_quantity(other.span);
                None
            }
            _ => None,
        });
        let head = self.head(&declaration, &mut clauses, false);
        clauses.finish(self.errors);
        if let Some((_, unit)) = &equals
            && self.symbols.unit(&unit.text).is_none()
        {
            self.errors.push(unknown(Code::UnitUnknown, unit, ("单位", "unit"), self.symbols.units.names()));
        }
        if let Some(symbol) = &symbol {
            self.symbol_is_free(symbol, &head);
        }
        self.rules.units.push(Unit { head, symbol: symbol.map(|word| word.text), equals });
    }

    /// A symbol that is the name or symbol of another unit would make `3 t` mean two things.
    fn symbol_is_free(&mut self, symbol: &Name, head: &Head) {
        let earlier = self.rules.units.iter().find(|unit| unit.symbol.as_ref() == Some(&symbol.text));
        let place = match earlier {
            Some(unit) => Some(unit.head.name.span),
            None if symbol.text == head.name.text => None,
            None => self.symbols.units.place(&symbol.text),
        };
        if let Some(first) = place {
            self.errors.push(crate::resolved::names::declared_twice(symbol, first));
        }
    }

    pub(super) fn not_a_quantity(&mut self, span: Span) {
        self.errors.push(
            Diagnostic::new(
                Code::NotConstant,
                span,
                "这里要写数量，如 0.001 吨",
                "a quantity is due here, such as 0.001 t",
            )
            .help("写一个数和另一个单位", "write a number and another unit"),
        );
    }

    pub(super) fn already<'a>(&self, mut heads: impl Iterator<Item = &'a Head>, declaration: &Declaration) -> bool {
        // The second declaration of a name was reported when names were declared; only the first one counts.
        heads.any(|head| head.name.text == declaration.name.text)
    }

    pub(super) fn enumeration(&mut self, mut declaration: Declaration) {
        if self.already(self.rules.enums.iter().map(|each| &each.head), &declaration) {
            return;
        }
        let members = std::mem::take(&mut declaration.members);
        for (index, member) in members.iter().enumerate() {
            if let Some(first) = members.iter().take(index).find(|first| first.name.text == member.name.text) {
                self.errors.push(crate::resolved::names::declared_twice(&member.name, first.name.span));
            }
        }
        let mut clauses = take(&mut declaration, ("类型", "type"));
        let head = self.head(&declaration, &mut clauses, false);
        clauses.finish(self.errors);
        let members = members.into_iter().map(|member| (member.name, member.label)).collect();
        self.rules.enums.push(EnumType { head, ordered: declaration.ordered, members });
    }

    pub(super) fn fact(&mut self, mut declaration: Declaration) {
        if self.symbols.facts.get(&declaration.name.text).is_none() {
            return;
        }
        let broken = declaration.broken;
        let mut clauses = take(&mut declaration, ("事实", "fact"));
        let head = self.head(&declaration, &mut clauses, false);
        let kind = match clauses.required(Keyword::TypeOf).map(|clause| clause.body) {
            Some(Body::Type(reference)) => self.fact_kind(reference, false),
            _ => FactKind::Unknown,
        };
        let bounds = clauses.one(Keyword::Bounds).and_then(|clause| match clause.body {
            Body::Cell(cell) => Some(cell),
            _ => None,
        });
        let presumption = clauses.one(Keyword::Presume).and_then(|clause| match clause.body {
            Body::Presume(value, citations) => {
                let span = value.span;
                let citations = self.check_citations(citations);
                if citations.is_empty() && !broken {
                    self.errors.push(
                        Diagnostic::new(Code::ClauseMissing, span, "推定没有依据", "the presumption has no basis")
                            .why(
                                "推定会改变结果，必须有依据",
                                "a presumption changes results, so it must rest on a rule",
                            )
                            .help("写成“推定 值 依据 《…》第…条”", "write `presume value basis 《…》 art …`"),
                    );
                }
                Some((value, citations))
            }
            _ => None,
        });
        let may_be_absent = clauses.one(Keyword::MayBeAbsent);
        if let Some(clause) = &may_be_absent
            && !matches!(
                kind,
                FactKind::Integer
                    | FactKind::Decimal
                    | FactKind::Percent
                    | FactKind::Money
                    | FactKind::Quantity(_)
                    | FactKind::Unknown
            )
        {
            self.errors.push(
                Diagnostic::new(
                    Code::ClauseNotAllowed,
                    clause.span,
                    "只有金额、数量和数才可以“没有”",
                    "only an amount, a quantity or a number may be absent",
                )
                .help(
                    "是否型用“否”，类型用一个成员表示没有",
                    "a yes or no says `false`, and a type has a member that means none",
                ),
            );
        }
        let may_be_absent = may_be_absent.is_some();
        let known_after_decision = clauses.one(Keyword::KnownAfterDecision).is_some();
        let question = clauses.one(Keyword::Question).and_then(label);
        let evidence = clauses.one(Keyword::Evidence).and_then(label);
        clauses.finish(self.errors);
        self.rules.facts.push(Fact {
            head,
            kind,
            bounds,
            question,
            evidence,
            presumption,
            may_be_absent,
            known_after_decision,
        });
    }

    pub(super) fn fact_kind(&mut self, reference: TypeReference, in_record: bool) -> FactKind {
        match reference {
            TypeReference::Quantity(unit) => match self.symbols.unit(&unit.text) {
                Some(index) => FactKind::Quantity(index),
                None => {
                    self.errors.push(unknown(Code::UnitUnknown, &unit, ("单位", "unit"), self.symbols.units.names()));
                    FactKind::Unknown
                }
            },
            TypeReference::Duration(unit) => {
                words::look_up(&unit, words::DURATION, self.errors).map_or(FactKind::Unknown, FactKind::Duration)
            }
            TypeReference::List(fields, span) => self.record(fields, span, in_record),
            TypeReference::Named(name) => match &*name.text {
                "bool" | "是否" => FactKind::Bool,
                "integer" | "整数" => FactKind::Integer,
                "decimal" | "小数" => FactKind::Decimal,
                "percent" | "百分比" => FactKind::Percent,
                "money" | "金额" => FactKind::Money,
                "date" | "日期" => FactKind::Date,
                "text" | "文字" if in_record => FactKind::Text,
                "clause" | "条款" if in_record => FactKind::Provision,
                other => match self.symbols.enums.get(other) {
                    Some(index) => FactKind::Enum(index),
                    None => {
                        let built_in = [
                            "是否",
                            "整数",
                            "小数",
                            "百分比",
                            "金额",
                            "日期",
                            "bool",
                            "integer",
                            "decimal",
                            "percent",
                            "money",
                            "date",
                        ];
                        let in_records = if in_record { &["文字", "条款", "text", "clause"][..] } else { &[] };
                        let known = self.symbols.enums.names().chain(built_in).chain(in_records.iter().copied());
                        self.errors.push(unknown(Code::TypeUnknown, &name, ("类型", "type"), known));
                        FactKind::Unknown
                    }
                },
            },
        }
    }

    pub(super) fn define(&mut self, mut declaration: Declaration) {
        if self.symbols.defines.get(&declaration.name.text).is_none() {
            return;
        }
        let mut clauses = take(&mut declaration, ("定义", "define"));
        let head = self.head(&declaration, &mut clauses, false);
        clauses.finish(self.errors);
        match declaration.value.take() {
            Some(value) => self.rules.defines.push(Define { head, value }),
            None => {
                if !declaration.broken {
                    self.errors.push(
                        Diagnostic::new(
                            Code::ClauseMissing,
                            declaration.name.span,
                            "定义没有值",
                            "the definition has no value",
                        )
                        .help("写成“定义 名称 = 表达式”", "write `define name = expression`"),
                    );
                }
                // An unknown value keeps the table of definitions in step with the names.
                let span = declaration.name.span;
                self.rules.defines.push(Define { head, value: Expr { kind: ExprKind::Bool(false), span } });
            }
        }
    }

    pub(super) fn principle(&mut self, mut declaration: Declaration) {
        let mut clauses = take(&mut declaration, ("原则", "principle"));
        let head = self.head(&declaration, &mut clauses, true);
        let criteria = clauses
            .required(Keyword::Compare)
            .map(|clause| {
                all_words(&clause)
                    .iter()
                    .filter_map(|word| words::look_up(word, words::CRITERION, self.errors))
                    .collect()
            })
            .unwrap_or_default();
        let norms = clauses
            .one(Keyword::CompareNorms)
            .map(|clause| {
                all_words(&clause)
                    .iter()
                    .filter_map(|word| words::look_up(word, words::NORM_CRITERION, self.errors))
                    .collect()
            })
            .unwrap_or_default();
        clauses.finish(self.errors);
        self.rules.principles.push(Principle { head, criteria, norms });
    }
}
