use std::sync::Arc;

use super::clauses::Clauses;
use super::names::{Symbols, unknown};
use super::rules::{
    Benchmark, Calendar, Circumstance, Conditional, Credit, CreditTier, Define, EnumType, Exempt, Fact, FactKind,
    Factor, FactorRows, Fine, Head, InForce, Instrument, LeniencyList, Measure, MeasureGroup, Principle, RowResult,
    Rules, Status, Step, Table, Tier, Unit, Violation, Wanted,
};
use super::{Resolved, Written, versions, words};
use crate::diagnostic::{Code, Diagnostic};
use crate::pack::Manifest;
use crate::source::{Citation, Span};
use crate::syntax::{
    Body, Choice, Clause, Declaration, DeclarationKind, Expr, ExprKind, FactorKey, File, FineShape, HitPolicy,
    Interval, Keyword, Label, LiteralKind, Name, TypeReference,
};
use crate::value::Date;

/// The most declarations in one rule set, imports included.
const MOST_DECLARATIONS: usize = 200_000;
/// The most rows of one table or factor.
const MOST_ROWS: usize = 20_000;

/// Binds names and puts clauses in their places. `packs` come imports first, each with its parsed files.
pub fn resolve(packs: Vec<(Manifest, Vec<File>)>, errors: &mut Vec<Diagnostic>) -> Resolved {
    let mut resolver =
        Resolver { symbols: Symbols::default(), rules: Rules::default(), errors, defaults: Defaults::default() };
    let mut declarations: Vec<(Arc<str>, Status, Declaration)> = Vec::new();
    for (manifest, files) in packs {
        let area: Arc<str> = manifest.area.as_str().into();
        let status = match manifest.status.as_deref() {
            Some("verified") => Status::Verified,
            Some("transcribed") => Status::Transcribed,
            _ => Status::Assumed,
        };
        resolver.one_keyword_language(&files);
        for file in files {
            declarations
                .extend(file.declarations.into_iter().map(|declaration| (Arc::clone(&area), status, declaration)));
        }
    }
    if declarations.len() > MOST_DECLARATIONS {
        resolver.errors.push(Diagnostic::new(
            Code::TooMany,
            Span::NOWHERE,
            format!("声明超过{MOST_DECLARATIONS}个"),
            format!("more than {MOST_DECLARATIONS} declarations"),
        ));
        declarations.truncate(MOST_DECLARATIONS);
    }
    for (_, _, declaration) in &declarations {
        resolver.declare(declaration);
    }
    // Instruments first: other rules take their interval and area from what they cite.
    declarations.sort_by_key(|(_, _, declaration)| declaration.kind != DeclarationKind::Instrument);
    for (area, status, declaration) in declarations {
        resolver.defaults.area = area;
        resolver.defaults.status = status;
        resolver.declaration(declaration);
    }
    resolver.versions();
    Resolved { rules: resolver.rules, symbols: resolver.symbols }
}

/// What a pack says for declarations that do not say it themselves.
#[derive(Default)]
struct Defaults {
    area: Arc<str>,
    status: Status,
}

struct Resolver<'e> {
    symbols: Symbols,
    rules: Rules<Written>,
    errors: &'e mut Vec<Diagnostic>,
    defaults: Defaults,
}

impl Resolver<'_> {
    fn one_keyword_language(&mut self, files: &[File]) {
        let mut first = None;
        for (language, span) in files.iter().flat_map(|file| &file.keyword_languages) {
            match first {
                None => first = Some((*language, *span)),
                Some((known, place)) if known != *language => {
                    self.errors.push(
                        Diagnostic::new(
                            Code::MixedKeywordLanguages,
                            *span,
                            "同一规则包混用了中英文关键字",
                            "this pack mixes Chinese and English keywords",
                        )
                        .label(place, "这里用的是另一种", "the other language is used here")
                        .help("整个规则包只用一种关键字语言", "use one keyword language throughout a pack"),
                    );
                    return;
                }
                Some(_) => {}
            }
        }
    }

    // ---- names ----

    fn declare(&mut self, declaration: &Declaration) {
        let name = &declaration.name;
        let symbols = &mut self.symbols;
        let errors = &mut *self.errors;
        let next = super::names::Table::len;
        match declaration.kind {
            DeclarationKind::Instrument => {
                let index = next(&symbols.instruments);
                symbols.instruments.declare(name, index, errors);
            }
            DeclarationKind::Type => {
                let index = next(&symbols.enums);
                let known = symbols.enums.get(&name.text).is_some();
                symbols.enums.declare(name, index, errors);
                if !known {
                    for (number, member) in declaration.members.iter().enumerate() {
                        let number = u16::try_from(number).unwrap_or(u16::MAX);
                        symbols.members.entry(Arc::clone(&member.name.text)).or_default().push((index, number));
                    }
                }
            }
            DeclarationKind::Unit => {
                let index = next(&symbols.units);
                symbols.units.declare(name, index, errors);
            }
            DeclarationKind::Fact | DeclarationKind::Define | DeclarationKind::Table => {
                let tables = [&symbols.facts, &symbols.defines, &symbols.tables];
                if let Some(first) = tables.iter().find_map(|table| table.place(&name.text)) {
                    errors.push(super::names::declared_twice(name, first));
                    return;
                }
                if crate::typed::is_built_in(&name.text) {
                    errors.push(super::names::built_in(name));
                }
                let table = match declaration.kind {
                    DeclarationKind::Fact => &mut symbols.facts,
                    DeclarationKind::Define => &mut symbols.defines,
                    _ => &mut symbols.tables,
                };
                let index = next(table);
                table.declare(name, index, errors);
            }
            DeclarationKind::Measure => {
                let index = next(&symbols.measures);
                symbols.measures.declare(name, index, errors);
            }
            DeclarationKind::Violation => symbols.violations.mention(name, 0),
            DeclarationKind::LeniencyList => symbols.lists.mention(name, 0),
            DeclarationKind::Calendar
            | DeclarationKind::Benchmark
            | DeclarationKind::Circumstance
            | DeclarationKind::Credit
            | DeclarationKind::Bar
            | DeclarationKind::Referral
            | DeclarationKind::Procedure
            | DeclarationKind::Principle => {}
        }
    }

    fn versions(&mut self) {
        let rules = &self.rules;
        let name = |head: &Head| (Arc::clone(&head.name.text), Arc::clone(&head.area));
        let errors = &mut *self.errors;
        let id = |violation: &Violation<Written>| Arc::clone(&violation.head.name.text);
        versions::check(rules.violations.iter().map(|each| (id(each), &each.head)), ("违法行为", "violation"), errors);
        versions::check(
            rules.lists.iter().map(|each| (name(&each.head), &each.head)),
            ("免罚清单", "leniency list"),
            errors,
        );
        versions::check(
            rules.benchmarks.iter().map(|each| (name(&each.head), &each.head)),
            ("裁量基准", "benchmark"),
            errors,
        );
        versions::check(
            rules.circumstances.iter().map(|each| (name(&each.head), &each.head)),
            ("情节", "circumstance"),
            errors,
        );
        versions::check(
            rules.credit.iter().map(|each| (name(&each.head), &each.head)),
            ("信用", "credit rule"),
            errors,
        );
        // One principle decides how versions compete, whatever its name.
        versions::check(rules.principles.iter().map(|each| ((), &each.head)), ("原则", "principle"), errors);
    }

    // ---- declarations ----

    fn declaration(&mut self, declaration: Declaration) {
        match declaration.kind {
            DeclarationKind::Instrument => self.instrument(declaration),
            DeclarationKind::Unit => self.unit(declaration),
            DeclarationKind::Type => self.enumeration(declaration),
            DeclarationKind::Calendar => self.calendar(declaration),
            DeclarationKind::Fact => self.fact(declaration),
            DeclarationKind::Define => self.define(declaration),
            DeclarationKind::Violation => self.violation(declaration),
            DeclarationKind::LeniencyList => self.leniency_list(declaration),
            DeclarationKind::Benchmark => self.benchmark(declaration),
            DeclarationKind::Circumstance => self.circumstance(declaration),
            DeclarationKind::Credit => self.credit(declaration),
            DeclarationKind::Measure => self.measure(declaration),
            DeclarationKind::Principle => self.principle(declaration),
            DeclarationKind::Table => self.table(declaration),
            DeclarationKind::Bar | DeclarationKind::Referral | DeclarationKind::Procedure => {
                self.conditional(declaration)
            }
        }
    }

    /// Reads the clauses every declaration may have. A rule that needs an interval and has none is reported.
    fn head(&mut self, declaration: &Declaration, clauses: &mut Clauses, needs_interval: bool) -> Head {
        let mut basis = self.citations(clauses.one(Keyword::Basis));
        if basis.is_empty() && declaration.kind == DeclarationKind::LeniencyList {
            // A list is an instrument itself: what it does not say, its own instrument says.
            basis.push(own_instrument(declaration));
        }
        let cites_itself = matches!(declaration.kind, DeclarationKind::Instrument);
        if needs_interval && basis.is_empty() && !cites_itself {
            clauses.missing(Keyword::Basis);
        }
        let cited = basis.first().and_then(|citation| self.cited(citation));
        let (cited_interval, cited_area) = cited
            .map_or((None, None), |instrument| (instrument.head.in_force, Some(Arc::clone(&instrument.head.area))));
        let effective = clauses.one(Keyword::Effective);
        let given = effective.is_some();
        if !is_chosen_by_day_and_area(declaration.kind) {
            for clause in effective.iter().chain(&clauses.one(Keyword::Area)) {
                self.not_yet_chosen(clause);
            }
        }
        let own = effective.and_then(|clause| self.interval_clause(&clause));
        let in_force = own.or(cited_interval);
        // An interval that cannot be read was reported.
        if needs_interval && in_force.is_none() && !given && !declaration.broken {
            let name = &declaration.name.text;
            self.errors.push(
                Diagnostic::new(
                    Code::InForceUnknown,
                    declaration.name.span,
                    format!("“{name}”没有施行期间"),
                    format!("`{name}` has no in-force interval"),
                )
                .why(
                    "规则按日期选用，必须知道它何时有效",
                    "rules are chosen by date, so it must be known when this one holds",
                )
                .help(
                    "加上“施行 A 至 B”，或引用有施行期间的法规",
                    "add `effective A .. B`, or cite an instrument that has an interval",
                ),
            );
        }
        let area = clauses
            .one(Keyword::Area)
            .and_then(|clause| self.one_word(&clause))
            .map(|word| word.text)
            .or(cited_area)
            .unwrap_or_else(|| Arc::clone(&self.defaults.area));
        let status = clauses.one(Keyword::Status).and_then(|clause| self.word(&clause, words::STATUS));
        Head {
            name: declaration.name.clone(),
            label: declaration.label.clone(),
            basis,
            status: status.unwrap_or(self.defaults.status),
            note: clauses.one(Keyword::Note).and_then(label),
            in_force,
            area,
            span: declaration.span,
        }
    }

    /// Facts, definitions, tables, measures, units and types have one version everywhere, so far.
    fn not_yet_chosen(&mut self, clause: &Clause) {
        let (zh, en) = (clause.keyword.chinese(), clause.keyword.english());
        self.errors.push(
            Diagnostic::new(
                Code::NotEvaluated,
                clause.keyword_span,
                format!("此版本尚不能计算：这种声明的“{zh}”"),
                format!("this version does not evaluate `{en}` on a declaration of this kind"),
            )
            .why(
                "违法行为、清单、基准、情节、信用和原则才按日期和区域选用",
                "only violations, lists, benchmarks, circumstances, credit rules and principles are chosen by day and area",
            )
            .help("删去它，把期间和区域写在使用它的规则上", "remove it, and give day and area on the rules that use it"),
        );
    }

    fn cited(&self, citation: &Citation) -> Option<&Instrument<Written>> {
        self.rules.instruments.iter().find(|instrument| instrument.head.name.text == citation.instrument)
    }

    fn instrument(&mut self, mut declaration: Declaration) {
        let mut clauses = take(&mut declaration, ("法规", "instrument"));
        let head = self.head(&declaration, &mut clauses, true);
        let level = clauses
            .one(Keyword::Level)
            .and_then(|clause| self.one_word(&clause))
            .and_then(|word| words::look_up(&word, words::LEVEL, self.errors).map(|()| word.text));
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

    fn unit(&mut self, mut declaration: Declaration) {
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
            && self.symbols.units.get(&unit.text).is_none()
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
            self.errors.push(super::names::declared_twice(symbol, first));
        }
    }

    fn not_a_quantity(&mut self, span: Span) {
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

    fn already<'a>(&self, mut heads: impl Iterator<Item = &'a Head>, declaration: &Declaration) -> bool {
        // The second declaration of a name was reported when names were declared; only the first one counts.
        heads.any(|head| head.name.text == declaration.name.text)
    }

    fn enumeration(&mut self, mut declaration: Declaration) {
        if self.already(self.rules.enums.iter().map(|each| &each.head), &declaration) {
            return;
        }
        let members = std::mem::take(&mut declaration.members);
        for (index, member) in members.iter().enumerate() {
            if let Some(first) = members.iter().take(index).find(|first| first.name.text == member.name.text) {
                self.errors.push(super::names::declared_twice(&member.name, first.name.span));
            }
        }
        let mut clauses = take(&mut declaration, ("类型", "type"));
        let head = self.head(&declaration, &mut clauses, false);
        clauses.finish(self.errors);
        let members = members.into_iter().map(|member| (member.name, member.label)).collect();
        self.rules.enums.push(EnumType { head, ordered: declaration.ordered, members });
    }

    fn calendar(&mut self, mut declaration: Declaration) {
        let mut clauses = take(&mut declaration, ("工作日历", "calendar"));
        let head = self.head(&declaration, &mut clauses, false);
        let mut days = |resolver: &mut Self, keyword| {
            let mut out = Vec::new();
            for clause in clauses.many(keyword) {
                if let Body::Dates(spans) = &clause.body {
                    out.extend(spans.iter().filter_map(|span| resolver.interval(span)));
                }
            }
            out
        };
        let holidays = days(self, Keyword::Holidays);
        let workdays = days(self, Keyword::Workdays);
        clauses.finish(self.errors);
        self.rules.calendars.push(Calendar { head, holidays, workdays });
    }

    fn fact(&mut self, mut declaration: Declaration) {
        if self.already(self.rules.facts.iter().map(|each| &each.head), &declaration)
            || self.symbols.facts.get(&declaration.name.text).is_none()
        {
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
        let question = clauses.one(Keyword::Question).and_then(label);
        let evidence = clauses.one(Keyword::Evidence).and_then(label);
        clauses.finish(self.errors);
        self.rules.facts.push(Fact { head, kind, bounds, question, evidence, presumption });
    }

    fn fact_kind(&mut self, reference: TypeReference, in_record: bool) -> FactKind {
        match reference {
            TypeReference::Quantity(unit) => match self.symbols.units.get(&unit.text) {
                Some(index) => FactKind::Quantity(index),
                None => {
                    self.errors.push(unknown(Code::UnitUnknown, &unit, ("单位", "unit"), self.symbols.units.names()));
                    FactKind::Unknown
                }
            },
            TypeReference::Duration(unit) => {
                words::look_up(&unit, words::DURATION, self.errors).map_or(FactKind::Unknown, FactKind::Duration)
            }
            TypeReference::List(fields, _) => FactKind::List(
                fields.into_iter().map(|field| (field.name.text, self.fact_kind(field.kind, true))).collect(),
            ),
            TypeReference::Named(name) => match &*name.text {
                "bool" | "是否" => FactKind::Bool,
                "integer" | "整数" => FactKind::Integer,
                "decimal" | "小数" => FactKind::Decimal,
                "percent" | "百分比" => FactKind::Percent,
                "money" | "金额" => FactKind::Money,
                "date" | "日期" => FactKind::Date,
                "text" | "文字" if in_record => FactKind::Text,
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
                        let known = self.symbols.enums.names().chain(built_in);
                        self.errors.push(unknown(Code::TypeUnknown, &name, ("类型", "type"), known));
                        FactKind::Unknown
                    }
                },
            },
        }
    }

    fn define(&mut self, mut declaration: Declaration) {
        if self.already(self.rules.defines.iter().map(|each| &each.head), &declaration)
            || self.symbols.defines.get(&declaration.name.text).is_none()
        {
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

    fn measure(&mut self, mut declaration: Declaration) {
        if self.already(self.rules.measures.iter().map(|each| &each.head), &declaration) {
            return;
        }
        let mut clauses = take(&mut declaration, ("措施", "measure"));
        let head = self.head(&declaration, &mut clauses, false);
        if let Some(clause) = clauses.required(Keyword::Kind) {
            self.word(&clause, words::MEASURE_KIND);
        }
        let when = clauses.one(Keyword::When).and_then(expression);
        clauses.finish(self.errors);
        self.rules.measures.push(Measure { head, when });
    }

    fn violation(&mut self, mut declaration: Declaration) {
        let mut clauses = take(&mut declaration, ("违法行为", "violation"));
        let no_longer_unlawful = clauses.one(Keyword::NoLongerUnlawful).is_some();
        let head = self.head(&declaration, &mut clauses, true);
        let breaches = self.citations(clauses.one(Keyword::Breaches));
        let subjects = clauses.one(Keyword::Subjects).map(|clause| {
            let (mut unit, mut individual) = (false, false);
            for word in all_words(&clause) {
                match words::look_up(&word, words::SUBJECT, self.errors) {
                    Some(true) => unit = true,
                    Some(false) => individual = true,
                    None => {}
                }
            }
            (unit, individual, clause.span)
        });
        let elements = clauses.one(Keyword::Elements).and_then(expression);
        if elements.is_none() && !no_longer_unlawful {
            clauses.missing(Keyword::Elements);
        }
        let fine = clauses.one(Keyword::Fine).and_then(|clause| self.fine(clause));
        let measures = self.measure_groups(&mut clauses);
        let tiers = clauses.many(Keyword::If).into_iter().filter_map(|clause| self.tier(clause)).collect();
        clauses.finish(self.errors);
        self.rules.violations.push(Violation {
            head,
            breaches,
            subjects,
            elements,
            no_longer_unlawful,
            fine,
            measures,
            tiers,
        });
    }

    fn fine(&mut self, clause: Clause) -> Option<Fine<Written>> {
        let span = clause.span;
        let Body::Fine(shape) = clause.body else {
            return None;
        };
        let multiple = |multiple: Option<(Name, Option<Expr>)>| {
            multiple.map(|(name, floor)| (Expr { span: name.span, kind: ExprKind::Name(name) }, floor))
        };
        Some(match shape {
            FineShape::Range { low, high, multiple: base } => {
                let high = high.unwrap_or_else(|| low.clone());
                Fine { low: Some(low), high, multiple: multiple(base), span }
            }
            FineShape::UpTo { high, multiple: base } => Fine { low: None, high, multiple: multiple(base), span },
            FineShape::Result(value) => {
                self.errors.push(
                    Diagnostic::new(
                        Code::ClauseNotAllowed,
                        span,
                        "这里要写法定幅度，不是计算式",
                        "the statutory range is due here, not a computation",
                    )
                    .help(
                        "写成“罚款 A 至 B”；计算式写在裁量基准里",
                        "write `fine A .. B`; the computation belongs in a benchmark",
                    ),
                );
                Fine { low: None, high: value, multiple: None, span }
            }
        })
    }

    fn tier(&mut self, clause: Clause) -> Option<Tier<Written>> {
        let span = clause.span;
        let Body::Tier(condition, label, inner) = clause.body else {
            return None;
        };
        let mut clauses = Clauses::new(inner, ("违法行为的档次", "tier of the violation"), span, false);
        let basis = self.citations(clauses.one(Keyword::Basis));
        let fine = clauses.one(Keyword::Fine).and_then(|clause| self.fine(clause));
        let measures = self.measure_groups(&mut clauses);
        clauses.finish(self.errors);
        Some(Tier { condition, label, basis, fine, measures, span })
    }

    /// `order`, `also`, `apply` and `confiscate` must, `may` may.
    fn measure_groups(&mut self, clauses: &mut Clauses) -> Vec<MeasureGroup> {
        let mut found = Vec::new();
        for keyword in [Keyword::Order, Keyword::Confiscate, Keyword::Also, Keyword::Apply, Keyword::May] {
            for clause in clauses.many(keyword) {
                if let Body::Choice(choice) = clause.body {
                    let measures = self.measures(choice);
                    if !measures.is_empty() {
                        found.push(MeasureGroup { measures, may: keyword == Keyword::May, span: clause.span });
                    }
                }
            }
        }
        found.sort_by_key(|group| group.span);
        found
    }

    fn measures(&mut self, choice: Choice) -> Vec<(usize, Option<Label>)> {
        let mut out = Vec::new();
        for reference in choice {
            match self.symbols.measures.get(&reference.name.text) {
                Some(index) => out.push((index, reference.approval)),
                None => self.errors.push(unknown(
                    Code::MeasureUnknown,
                    &reference.name,
                    ("措施", "measure"),
                    self.symbols.measures.names(),
                )),
            }
        }
        out
    }

    fn leniency_list(&mut self, mut declaration: Declaration) {
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

    fn exempt(&mut self, clause: Clause) -> Option<Exempt<Written>> {
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
    fn force_clause<T: Copy>(&mut self, clauses: &mut Clauses, allowed: words::Words<T>) -> Option<(bool, T)> {
        let shall = clauses.one(Keyword::Shall);
        let may = clauses.one(Keyword::May);
        let (clause, duty) = match (shall, may) {
            (Some(clause), None) => (clause, true),
            (None, Some(clause)) => (clause, false),
            (None, None) => {
                clauses.missing(Keyword::Shall);
                return None;
            }
            (Some(first), Some(second)) => {
                self.errors.push(
                    Diagnostic::new(
                        Code::ClauseTwice,
                        second.span,
                        "“应当”和“可以”不能同时写",
                        "`shall` and `may` exclude each other",
                    )
                    .label(first.span, "另一个在这里", "the other stands here")
                    .help("照法规原文保留一个", "keep the one the instrument uses"),
                );
                return None;
            }
        };
        let Body::Choice(choice) = clause.body else {
            return None;
        };
        let mut choice = choice.into_iter();
        let first = choice.next()?;
        if let Some(second) = choice.next() {
            self.one_only(&second.name, first.name.span);
        }
        if first.approval.is_some() {
            self.errors.push(Diagnostic::new(
                Code::ClauseNotAllowed,
                clause.span,
                "“须经”只用于措施",
                "`with approval of` is for measures only",
            ));
        }
        words::look_up(&first.name, allowed, self.errors).map(|meaning| (duty, meaning))
    }

    fn violation_known(&mut self, name: &Name) {
        if self.symbols.violations.get(&name.text).is_none() {
            let known = self.symbols.violations.names();
            self.errors.push(unknown(Code::ViolationUnknown, name, ("违法行为", "violation"), known));
        }
    }

    fn benchmark(&mut self, mut declaration: Declaration) {
        self.violation_known(&declaration.name.clone());
        let mut clauses = take(&mut declaration, ("裁量基准", "benchmark"));
        let head = self.head(&declaration, &mut clauses, true);
        let mut steps = Vec::new();
        let mut blocks = clauses.many(Keyword::Weights);
        blocks.extend(clauses.many(Keyword::Let));
        blocks.sort_by_key(|clause| clause.span);
        for clause in blocks {
            match clause.body {
                Body::Weights(name, label, inner) => steps.push(self.weights(name, label, inner, clause.span)),
                Body::Step(name, value) => steps.push(Step::Let(name, value)),
                _ => {}
            }
        }
        let names: Vec<&Name> = steps
            .iter()
            .map(|step| match step {
                Step::Weights { name, .. } | Step::Let(name, _) => name,
            })
            .collect();
        for (index, name) in names.iter().enumerate() {
            let earlier = names.iter().take(index).find(|first| first.text == name.text).map(|first| first.span);
            let symbols = &self.symbols;
            let declared =
                || [&symbols.facts, &symbols.defines, &symbols.tables].iter().find_map(|table| table.place(&name.text));
            if let Some(first) = earlier.or_else(declared) {
                self.errors.push(super::names::declared_twice(name, first));
            } else if crate::typed::is_built_in(&name.text) {
                self.errors.push(super::names::built_in(name));
            }
        }
        let fine = clauses.required(Keyword::Fine).and_then(|clause| match clause.body {
            Body::Fine(FineShape::Result(value)) => Some(value),
            _ => {
                self.errors.push(
                    Diagnostic::new(
                        Code::ClauseNotAllowed,
                        clause.span,
                        "裁量基准要写计算式，不是法定幅度",
                        "a benchmark computes the fine; the statutory range belongs to the violation",
                    )
                    .help("写成“罚款 = 表达式”", "write `fine = expression`"),
                );
                None
            }
        });
        clauses.finish(self.errors);
        if let Some(fine) = fine {
            self.rules.benchmarks.push(Benchmark { head, steps, fine });
        }
    }

    fn weights(&mut self, name: Name, label: Label, inner: Vec<Clause>, span: Span) -> Step<Written> {
        let mut clauses = Clauses::new(inner, ("权重", "weights"), name.span, false);
        let start = clauses.one(Keyword::Start).and_then(expression);
        let cap = clauses.one(Keyword::AtMost).and_then(expression);
        let floor = clauses.one(Keyword::AtLeast).and_then(expression);
        let lowest = clauses.one(Keyword::Unestablished).and_then(|clause| self.word(&clause, words::LOWEST)).is_some();
        let factors = clauses
            .many(Keyword::Factor)
            .into_iter()
            .filter_map(|clause| match clause.body {
                Body::Factor(factor) => self.factor(factor, lowest, clause.span),
                _ => None,
            })
            .collect();
        clauses.finish(self.errors);
        Step::Weights { name, label, start, factors, cap, floor, span }
    }

    fn factor(&mut self, factor: FactorKey, lowest: bool, span: Span) -> Option<Factor<Written>> {
        let FactorKey { key, label, hit, rows, unestablished } = factor;
        let own = unestablished.and_then(|word| words::look_up(&word, words::LOWEST, self.errors));
        if rows.len() > MOST_ROWS {
            self.too_many_rows(span);
            return None;
        }
        let text: Arc<str> = match &key.kind {
            ExprKind::Name(name) => Arc::clone(&name.text),
            _ => Arc::from(""),
        };
        let name = Name { text, span: key.span };
        let symbols = &self.symbols;
        let is_value = !matches!(&key.kind, ExprKind::Name(name)
            if symbols.facts.get(&name.text).is_none()
                && symbols.defines.get(&name.text).is_none()
                && symbols.tables.get(&name.text).is_none()
                && !crate::typed::is_built_in(&name.text));
        let with_cells = rows.iter().filter(|row| row.cell.is_some()).count();
        // A lone name is a cell when the factor has a key, and a condition when it has none.
        let (mut cells, mut conditions, mut results) = (Vec::new(), Vec::new(), Vec::new());
        for row in rows {
            match (row.cell, row.condition) {
                (Some(cell), None) if is_value => cells.push(cell),
                (None, Some(condition)) if !is_value => conditions.push(condition),
                (Some(cell), None) => match lone_expression(cell) {
                    Some(condition) => conditions.push(condition),
                    None => self.mixed_rows(row.span, &name, with_cells > 0),
                },
                _ => self.mixed_rows(row.span, &name, with_cells > 0),
            }
            results.push((RowResult { value: row.result.value, upper: row.result.upper }, row.span));
        }
        let rows = if is_value { FactorRows::Keyed(key, cells) } else { FactorRows::Conditions(conditions) };
        let hit = hit.map_or(HitPolicy::Unique, |(hit, _)| hit);
        Some(Factor { name, label, rows, results, hit, lowest_when_unestablished: lowest || own.is_some(), span })
    }

    fn mixed_rows(&mut self, span: Span, key: &Name, has_cells: bool) {
        let key_text = &key.text;
        let diagnostic = Diagnostic::new(
            Code::KindOfFactorMixed,
            span,
            "这一行与因素的写法不一致",
            "this row does not fit the kind of factor",
        )
        .label(key.span, "因素", "the factor");
        self.errors.push(if has_cells {
            diagnostic
                .why(
                    format!("“{key_text}”不是已声明的事实或定义时，各行必须是条件；是时，各行必须是单元格"),
                    format!("when `{key_text}` is a declared fact or definition its rows are cells, otherwise they are conditions"),
                )
                .suggest(key_text, self.symbols.facts.names().chain(self.symbols.defines.names()))
        } else {
            diagnostic.help(
                "单元格写数值、范围或类型成员，如 >= 3、[3, 8)、A类",
                "a cell is a value, a range or a member, such as >= 3, [3, 8) or a name",
            )
        });
    }

    fn too_many_rows(&mut self, span: Span) {
        self.errors.push(Diagnostic::new(
            Code::TooMany,
            span,
            format!("超过{MOST_ROWS}行"),
            format!("more than {MOST_ROWS} rows"),
        ));
    }

    fn circumstance(&mut self, mut declaration: Declaration) {
        let mut clauses = take(&mut declaration, ("情节", "circumstance"));
        let head = self.head(&declaration, &mut clauses, true);
        let when = clauses.required(Keyword::When).and_then(expression);
        let recommended = clauses
            .one(Keyword::Recommend)
            .and_then(|clause| self.word(&clause, words::RECOMMEND_USE))
            .unwrap_or(false);
        let force = self.force_clause(&mut clauses, words::DIRECTION);
        let effect = clauses.required(Keyword::Effect).and_then(expression);
        clauses.finish(self.errors);
        if let (Some((shall, reduced)), Some(effect)) = (force, effect) {
            let force = words::force(shall, recommended);
            self.rules.circumstances.push(Circumstance { head, when, force, reduced, effect });
        }
    }

    fn credit(&mut self, mut declaration: Declaration) {
        let mut clauses = take(&mut declaration, ("信用", "credit rule"));
        let head = self.head(&declaration, &mut clauses, true);
        let grades = clauses.required(Keyword::Grades).and_then(|clause| self.one_word(&clause)).and_then(|word| {
            let found = self.symbols.enums.get(&word.text);
            if found.is_none() {
                self.errors.push(unknown(Code::TypeUnknown, &word, ("类型", "type"), self.symbols.enums.names()));
            }
            found
        });
        let tiers = clauses.many(Keyword::If).into_iter().filter_map(|clause| self.credit_tier(clause)).collect();
        let mut computed = Vec::new();
        for keyword in [
            Keyword::Start,
            Keyword::AtMost,
            Keyword::Add,
            Keyword::Deduct,
            Keyword::VetoTo,
            Keyword::WorstOf,
            Keyword::RepairedWhen,
            Keyword::FrozenOn,
        ] {
            for clause in clauses.many(keyword) {
                let span = clause.span;
                let expressions = match clause.body {
                    Body::Expr(value) | Body::Veto(_, value) => vec![value],
                    Body::Event(points, condition, lasting) => {
                        [Some(points), Some(condition), lasting].into_iter().flatten().collect()
                    }
                    Body::Words(names) => {
                        names.into_iter().map(|name| Expr { span: name.span, kind: ExprKind::Name(name) }).collect()
                    }
                    _ => Vec::new(),
                };
                computed.push((expressions, span));
            }
        }
        clauses.finish(self.errors);
        self.rules.credit.push(Credit { head, grades, tiers, computed });
    }

    fn credit_tier(&mut self, clause: Clause) -> Option<CreditTier<Written>> {
        let span = clause.span;
        let Body::Tier(condition, label, inner) = clause.body else {
            return None;
        };
        let mut clauses = Clauses::new(inner, ("信用的档次", "tier of the credit rule"), span, false);
        let basis = self.citations(clauses.one(Keyword::Basis));
        let coefficient = clauses.one(Keyword::Coefficient).and_then(expression);
        let effect = clauses.one(Keyword::Effect).and_then(expression);
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
        Some(CreditTier { condition, label, basis, coefficient, effect, excludes, measures, span })
    }

    fn conditional(&mut self, mut declaration: Declaration) {
        let kind = declaration.kind;
        let mut clauses = take(&mut declaration, (kind.chinese(), kind.english()));
        let head = self.head(&declaration, &mut clauses, true);
        let mut expressions = Vec::new();
        if let Some(when) = clauses.required(Keyword::When).and_then(expression) {
            expressions.push((Wanted::Condition, when));
        }
        match kind {
            DeclarationKind::Bar => {
                if let Some(clause) = clauses.required(Keyword::Outcome) {
                    self.word(&clause, words::BAR_OUTCOME);
                }
            }
            DeclarationKind::Referral => {
                clauses.required(Keyword::ReferTo);
                if let Some(clause) = clauses.one(Keyword::FineMeanwhile) {
                    self.word(&clause, words::FINE_MEANWHILE);
                }
            }
            _ => {
                clauses.required(Keyword::Requires);
                expressions.extend(clauses.one(Keyword::Within).and_then(expression).map(|value| (Wanted::Any, value)));
            }
        }
        clauses.finish(self.errors);
        self.rules.conditionals.push(Conditional { head, kind, expressions });
    }

    fn principle(&mut self, mut declaration: Declaration) {
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
        clauses.finish(self.errors);
        self.rules.principles.push(Principle { head, criteria });
    }

    fn table(&mut self, mut declaration: Declaration) {
        if self.already(self.rules.tables.iter().map(|each| &each.head), &declaration)
            || self.symbols.tables.get(&declaration.name.text).is_none()
        {
            return;
        }
        let mut clauses = take(&mut declaration, ("表", "table"));
        let head = self.head(&declaration, &mut clauses, false);
        clauses.finish(self.errors);
        let (mut keys, mut rows) = (Vec::new(), Vec::new());
        if let Some(grid) = declaration.grid.take() {
            keys = grid.keys;
            if grid.rows.len() > MOST_ROWS {
                self.too_many_rows(grid.span);
            }
            for (cells, result, span) in grid.rows.into_iter().take(MOST_ROWS) {
                if cells.len() == keys.len() {
                    rows.push((cells, RowResult { value: result.value, upper: result.upper }, span));
                } else {
                    let (found, due) = (cells.len(), keys.len());
                    self.errors.push(
                        Diagnostic::new(
                            Code::CellType,
                            span,
                            format!("这一行有{found}个单元格，表头有{due}个键"),
                            format!("this row has {found} cells, the header has {due} keys"),
                        )
                        .help("不限的键写“-”", "write `-` for a key that may be anything"),
                    );
                }
            }
        }
        let hit = declaration.hit.map_or(HitPolicy::Unique, |(hit, _)| hit);
        self.rules.tables.push(Table { head, keys, rows, hit });
    }

    // ---- parts of clauses ----

    fn word<T: Copy>(&mut self, clause: &Clause, allowed: words::Words<T>) -> Option<T> {
        words::look_up(&self.one_word(clause)?, allowed, self.errors)
    }

    /// The word of a clause that takes one; others would be passed over silently, so they are reported.
    fn one_word(&mut self, clause: &Clause) -> Option<Name> {
        let mut words = all_words(clause).into_iter();
        let first = words.next()?;
        if let Some(second) = words.next() {
            self.one_only(&second, first.span);
        }
        Some(first)
    }

    fn one_only(&mut self, second: &Name, first: Span) {
        let text = &second.text;
        self.errors.push(
            Diagnostic::new(
                Code::WordNotKnown,
                second.span,
                format!("这里只能写一个词，“{text}”是多余的"),
                format!("one word may stand here, and `{text}` is one more"),
            )
            .label(first, "第一个词", "the first word")
            .help("只保留一个", "keep one of them"),
        );
    }

    fn citations(&mut self, clause: Option<Clause>) -> Vec<Citation> {
        match clause.map(|clause| clause.body) {
            Some(Body::Citations(citations)) => self.check_citations(citations),
            _ => Vec::new(),
        }
    }

    fn check_citations(&mut self, citations: Vec<(Citation, Span)>) -> Vec<Citation> {
        for (citation, span) in &citations {
            if self.symbols.instruments.get(&citation.instrument).is_none() {
                let name = Name { text: Arc::clone(&citation.instrument), span: *span };
                let known = self.symbols.instruments.names();
                self.errors.push(unknown(Code::InstrumentUnknown, &name, ("法规", "instrument"), known));
            }
        }
        citations.into_iter().map(|(citation, _)| citation).collect()
    }

    fn interval_clause(&mut self, clause: &Clause) -> Option<InForce> {
        match &clause.body {
            Body::Interval(interval) => self.interval(interval),
            _ => None,
        }
    }

    fn interval(&mut self, interval: &Interval) -> Option<InForce> {
        let mut date = |literal: &crate::syntax::Literal| {
            let date = Date::parse(&literal.text);
            if date.is_none() {
                let text = &literal.text;
                self.errors.push(
                    Diagnostic::new(
                        Code::LiteralInvalid,
                        literal.span,
                        format!("没有“{text}”这一天"),
                        format!("there is no day {text}"),
                    )
                    .help("核对月份和日数", "check month and day"),
                );
            }
            date
        };
        let from = date(&interval.from);
        let to = interval.to.as_ref().map(&mut date);
        let (from, to) = match (from?, to) {
            (from, None) => (from, None),
            (from, Some(to)) => (from, Some(to?)),
        };
        if to.is_some_and(|to| to < from) {
            self.errors.push(
                Diagnostic::new(
                    Code::RangeEmpty,
                    interval.span,
                    "结束日早于开始日",
                    "the interval ends before it begins",
                )
                .help("调换两个日期", "swap the two dates"),
            );
            return None;
        }
        Some(InForce { from, to })
    }
}

fn take(declaration: &mut Declaration, owner: (&'static str, &'static str)) -> Clauses {
    Clauses::new(std::mem::take(&mut declaration.clauses), owner, declaration.name.span, declaration.broken)
}

fn own_instrument(declaration: &Declaration) -> Citation {
    Citation { instrument: Arc::clone(&declaration.name.text), locators: Vec::new() }
}

/// Whether declarations of this kind apply on some days and in some areas only.
fn is_chosen_by_day_and_area(kind: DeclarationKind) -> bool {
    match kind {
        DeclarationKind::Instrument
        | DeclarationKind::Violation
        | DeclarationKind::LeniencyList
        | DeclarationKind::Benchmark
        | DeclarationKind::Circumstance
        | DeclarationKind::Credit
        | DeclarationKind::Principle
        | DeclarationKind::Bar
        | DeclarationKind::Referral
        | DeclarationKind::Procedure => true,
        DeclarationKind::Unit
        | DeclarationKind::Type
        | DeclarationKind::Calendar
        | DeclarationKind::Fact
        | DeclarationKind::Define
        | DeclarationKind::Measure
        | DeclarationKind::Table => false,
    }
}

fn all_words(clause: &Clause) -> Vec<Name> {
    match &clause.body {
        Body::Words(words) => words.clone(),
        _ => Vec::new(),
    }
}

fn label(clause: Clause) -> Option<Label> {
    match clause.body {
        Body::Label(label) => Some(label),
        _ => None,
    }
}

fn expression(clause: Clause) -> Option<Expr> {
    match clause.body {
        Body::Expr(expr) => Some(expr),
        _ => None,
    }
}

/// The expression of a cell that is one point: `serious` alone reads as either.
fn lone_expression(cell: crate::syntax::Cell) -> Option<Expr> {
    let mut items = cell.items.into_iter();
    match (items.next(), items.next()) {
        (Some(crate::syntax::CellItem::Point(value)), None) => Some(value),
        _ => None,
    }
}
