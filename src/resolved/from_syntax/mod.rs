//! Declarations from syntax trees: clauses in their places, references bound.

mod adjustments;
mod benchmarks;
mod calendars;
mod credit;
mod fine;
mod measures;
mod norms;
mod records;
mod referrals;
mod targets;
mod violations;
mod vocabulary;

use std::sync::Arc;

use super::clauses::Clauses;
use super::names::{Symbols, unknown};
use super::targets::PartyKind;
use super::{ConditionalKind, Head, InForce, Instrument, Rules, Stated, Status, Violation};
use super::{Resolved, Written, allowances, versions, words};
use crate::diagnostic::{Code, Diagnostic};
use crate::pack::Manifest;
use crate::source::{Citation, Span};
use crate::syntax::{Body, Clause, Declaration, DeclarationKind, Expr, File, Interval, Keyword, Label, Name};
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
        allowances::collect(&declaration, &mut resolver.rules.allowances, resolver.errors);
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
    pub(super) fn one_keyword_language(&mut self, files: &[File]) {
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

    pub(super) fn declare(&mut self, declaration: &Declaration) {
        let name = &declaration.name;
        let symbols = &mut self.symbols;
        let errors = &mut *self.errors;
        let next = crate::resolved::names::Table::len;
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
                let symbol = declaration.clauses.iter().find(|clause| clause.keyword == Keyword::Symbol);
                if let Some(symbol) = symbol.and_then(|clause| all_words(clause).into_iter().next()) {
                    symbols.unit_symbols.mention(&symbol, index);
                }
            }
            DeclarationKind::Fact | DeclarationKind::Define | DeclarationKind::Table => {
                let (table, others) = match declaration.kind {
                    DeclarationKind::Fact => (&mut symbols.facts, [&symbols.defines, &symbols.tables]),
                    DeclarationKind::Define => (&mut symbols.defines, [&symbols.facts, &symbols.tables]),
                    _ => (&mut symbols.tables, [&symbols.facts, &symbols.defines]),
                };
                if let Some(first) = others.iter().find_map(|table| table.place(&name.text)) {
                    errors.push(crate::resolved::names::declared_twice(name, first));
                    return;
                }
                if crate::resolved::is_built_in(&name.text) && table.get(&name.text).is_none() {
                    errors.push(crate::resolved::names::built_in(name));
                }
                table.declare_version(name);
            }
            DeclarationKind::Measure => symbols.measures.declare_version(name),
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

    pub(super) fn versions(&mut self) {
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
        // Benchmarks for different kinds of party stand beside one another.
        for kind in PartyKind::ALL {
            let mut found = Vec::new();
            let benchmarks = rules.benchmarks.iter().filter(|each| each.subjects.contains(kind));
            versions::check(
                benchmarks.map(|each| (name(&each.head), &each.head)),
                ("裁量基准", "benchmark"),
                &mut found,
            );
            found.retain(|diagnostic| !errors.contains(diagnostic));
            errors.append(&mut found);
        }
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
        // One calendar says of a day whether it is worked, whatever its name.
        versions::check(
            rules.calendars.iter().map(|each| (Arc::clone(&each.head.area), &each.head)),
            ("工作日历", "calendar"),
            errors,
        );
        // One rule works out the grade, whatever its name.
        for kind in PartyKind::ALL {
            let known = errors.len();
            let gradings =
                rules.credit.iter().filter(|credit| credit.grading.is_some() && credit.subjects.contains(kind));
            versions::check(
                gradings.map(|each| (Arc::clone(&each.head.area), &each.head)),
                ("信用等级的计算", "way to work out the credit grade"),
                errors,
            );
            if errors.len() > known {
                break;
            }
        }
        versions::named(rules.facts.iter().map(|each| &each.head), ("事实", "fact"), errors);
        versions::named(rules.defines.iter().map(|each| &each.head), ("定义", "definition"), errors);
        versions::named(rules.tables.iter().map(|each| &each.head), ("表", "table"), errors);
        versions::named(rules.measures.iter().map(|each| &each.head), ("措施", "measure"), errors);
        versions::check(
            rules.referrals.iter().map(|each| (name(&each.head), &each.head)),
            ("移送", "referral"),
            errors,
        );
        for what in [("阻却", "bar"), ("程序", "procedure")] {
            let of_this_kind = rules.conditionals.iter().filter(|each| conditional_kind(&each.kind) == what);
            versions::check(of_this_kind.map(|each| (name(&each.head), &each.head)), what, errors);
        }
        // One principle decides how versions compete, whatever its name.
        versions::check(rules.principles.iter().map(|each| ((), &each.head)), ("原则", "principle"), errors);
    }

    pub(super) fn declaration(&mut self, declaration: Declaration) {
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
            DeclarationKind::Referral => self.referral(declaration),
            DeclarationKind::Bar | DeclarationKind::Procedure => self.conditional(declaration),
        }
    }

    /// Reads the clauses every declaration may have. A rule that needs an interval and has none is reported.
    pub(super) fn head(&mut self, declaration: &Declaration, clauses: &mut Clauses, needs_interval: bool) -> Head {
        let mut basis = self.citations(clauses.one(Keyword::Basis));
        if basis.is_empty() && declaration.kind == DeclarationKind::LeniencyList {
            // A list is an instrument itself: what it does not say, its own instrument says.
            basis.push(own_instrument(declaration));
        }
        let cites_itself = matches!(declaration.kind, DeclarationKind::Instrument);
        if needs_interval && basis.is_empty() && !cites_itself {
            clauses.missing(Keyword::Basis);
        }
        // A list holds as long as the instrument it is, whatever it is based on.
        let own_instrument = (declaration.kind == DeclarationKind::LeniencyList).then(|| own_instrument(declaration));
        let cited = own_instrument.as_ref().or(basis.first()).and_then(|citation| self.cited(citation));
        let (cited_interval, cited_area) = cited
            .map_or((None, None), |instrument| (instrument.head.in_force, Some(Arc::clone(&instrument.head.area))));
        // An instrument that is not declared was reported, and so is an interval that cannot be read.
        let unknown_instrument = !basis.is_empty() && cited.is_none();
        let effective = clauses.one(Keyword::Effective);
        let reported = effective.is_some() || unknown_instrument;
        let area = clauses.one(Keyword::Area);
        let by_day = effective.iter().filter(|_| !is_chosen_by_day(declaration.kind));
        let due_of_itself = declaration.kind == DeclarationKind::Measure && clauses.has(Keyword::When);
        let by_area = area.iter().filter(|_| !due_of_itself && !is_chosen_by_area(declaration.kind));
        by_day.chain(by_area).for_each(|clause| self.not_yet_chosen(clause));
        let own = effective.and_then(|clause| self.interval_clause(&clause));
        let in_force = own.or(cited_interval);
        if needs_interval && in_force.is_none() && !reported && !declaration.broken {
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
        let area = area
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
            own_interval: own.is_some(),
            area,
            span: declaration.span,
        }
    }

    /// Units, types and calendars hold for all time, and what rules refer to by name holds everywhere, so far.
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
                "单位和类型对所有日期都一样；事实、定义、表和措施对所有区域都一样",
                "units and types are the same on all days; facts, definitions, tables and measures are the same in all areas",
            )
            .help("删去它，把期间和区域写在使用它的规则上", "remove it, and give day and area on the rules that use it"),
        );
    }

    pub(super) fn cited(&self, citation: &Citation) -> Option<&Instrument<Written>> {
        self.rules.instruments.iter().find(|instrument| instrument.head.name.text == citation.instrument)
    }

    pub(super) fn word<T: Copy>(&mut self, clause: &Clause, allowed: words::Words<T>) -> Option<T> {
        words::look_up(&self.one_word(clause)?, allowed, self.errors)
    }

    /// The word of a clause that takes one; others would be passed over silently, so they are reported.
    pub(super) fn one_word(&mut self, clause: &Clause) -> Option<Name> {
        let mut words = all_words(clause).into_iter();
        let first = words.next()?;
        if let Some(second) = words.next() {
            self.one_only(&second, first.span);
        }
        Some(first)
    }

    pub(super) fn one_only(&mut self, second: &Name, first: Span) {
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

    pub(super) fn citations(&mut self, clause: Option<Clause>) -> Vec<Citation> {
        match clause.map(|clause| clause.body) {
            Some(Body::Citations(citations)) => self.check_citations(citations),
            _ => Vec::new(),
        }
    }

    pub(super) fn check_citations(&mut self, citations: Vec<(Citation, Span)>) -> Vec<Citation> {
        for (citation, span) in &citations {
            if self.symbols.instruments.get(&citation.instrument).is_none() {
                let name = Name { text: Arc::clone(&citation.instrument), span: *span };
                let known = self.symbols.instruments.names();
                self.errors.push(unknown(Code::InstrumentUnknown, &name, ("法规", "instrument"), known));
            }
        }
        citations.into_iter().map(|(citation, _)| citation).collect()
    }

    pub(super) fn interval_clause(&mut self, clause: &Clause) -> Option<InForce> {
        match &clause.body {
            Body::Interval(interval) => self.interval(interval),
            _ => None,
        }
    }

    pub(super) fn interval(&mut self, interval: &Interval) -> Option<InForce> {
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

/// The instrument that a list is itself.
fn own_instrument(declaration: &Declaration) -> Citation {
    Citation { instrument: Arc::clone(&declaration.name.text), locators: Vec::new() }
}

/// Whether declarations of this kind may hold on some days only.
fn is_chosen_by_day(kind: DeclarationKind) -> bool {
    !matches!(kind, DeclarationKind::Unit | DeclarationKind::Type)
}

/// Whether declarations of this kind may hold in some areas only.
fn is_chosen_by_area(kind: DeclarationKind) -> bool {
    let everywhere = matches!(
        kind,
        DeclarationKind::Fact | DeclarationKind::Define | DeclarationKind::Measure | DeclarationKind::Table
    );
    !everywhere && is_chosen_by_day(kind)
}

/// What a bar and a procedure are called.
fn conditional_kind(kind: &ConditionalKind<Written>) -> (&'static str, &'static str) {
    match kind {
        ConditionalKind::Bar(_) => ("阻却", "bar"),
        ConditionalKind::Procedure(..) => ("程序", "procedure"),
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

/// What a measure or notice says.
fn stated(clauses: &mut Clauses) -> Vec<Stated<Written>> {
    clauses
        .many(Keyword::States)
        .into_iter()
        .filter_map(|clause| match clause.body {
            Body::Stated(label, value) => Some(Stated { label, value }),
            _ => None,
        })
        .collect()
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
