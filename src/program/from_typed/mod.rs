//! Typed declarations to slots, nodes and indexed cells.

mod benchmarks;
mod credit;
mod double_counting;
mod expressions;
mod fine;
mod measures;
mod penalty_ranks;
mod referrals;
mod targets;
mod versions;
mod violations;

use std::collections::BTreeMap;
use std::sync::Arc;

use indexmap::IndexMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::program::{
    AdjustmentRule, Allowance, BarRule, Calendar, CellIndex, CountedTwice, CreditTier, CreditVersion, Define, DefineId,
    EnumType, FactId, InForce, Instrument, PackIdentity, Principle, ProcedureRule, Program, Rule, RuleId, RuleKind,
    TableProgram, TimeLimit, Titles, Unit, Versions,
};
use crate::resolved::{self, ConditionalKind, Head};
use crate::source::{Citation, SourceMap, Span};
use crate::typed::{ExprKind, Typed, TypedRules};
use crate::value::{EnumId, UnitId, Value};
use versions::Repeated;

/// Compiles typed declarations. Constructs that this version does not evaluate are reported, never passed over.
pub fn compile(
    typed: TypedRules,
    sources: SourceMap,
    packs: Vec<PackIdentity>,
    area: &str,
    currency: &str,
    errors: &mut Vec<Diagnostic>,
) -> Program {
    let identity: String = packs.iter().map(|pack| format!("{}:{};", pack.name, pack.digest)).collect();
    let program = Program {
        sources,
        identity: identity.into(),
        packs,
        area: area.into(),
        currency: currency.into(),
        rules: Vec::new(),
        unverified: Vec::new(),
        instruments: IndexMap::new(),
        facts: IndexMap::new(),
        defines: Vec::new(),
        pool: Arc::default(),
        units: Vec::new(),
        enums: Vec::new(),
        grades: typed.grades.map(enum_id),
        nodes: Vec::new(),
        tables: Vec::new(),
        measures: Vec::new(),
        due_measures: Vec::new(),
        measure_versions: BTreeMap::new(),
        violations: IndexMap::new(),
        bars: Vec::new(),
        calendars: Vec::new(),
        allowances: Vec::new(),
        referrals: Vec::new(),
        procedures: Vec::new(),
        circumstances: Vec::new(),
        credit: Vec::new(),
        principles: Vec::new(),
        depends_on_the_day: false,
        adds_up: false,
    };
    let mut compiler = Compiler {
        program,
        errors,
        measures: Vec::new(),
        measure_terms: Vec::new(),
        first_measures: BTreeMap::new(),
        fact_slots: BTreeMap::new(),
        fact_ids: Vec::new(),
        steps: IndexMap::new(),
        define_ids: Vec::new(),
    };
    compiler.rules(typed);
    compiler.program
}

struct Compiler<'e> {
    program: Program,
    errors: &'e mut Vec<Diagnostic>,
    /// Rules of measures by their place in the table of measures.
    measures: Vec<RuleId>,
    /// What each declaration of a measure fixes, by the same place.
    measure_terms: Vec<resolved::MeasureTerms<Typed>>,
    /// The rule of the first measure of each name.
    first_measures: BTreeMap<Arc<str>, RuleId>,
    /// The version of each fact that says what is asked: when it holds, and where it is named.
    fact_slots: BTreeMap<Arc<str>, (Option<InForce>, Span)>,
    /// Steps of the benchmark at hand: number and rule.
    steps: IndexMap<Arc<str>, (u16, RuleId)>,
    /// Facts by their place in the table of facts; all versions of a fact are one.
    fact_ids: Vec<FactId>,
    /// Definitions by their place in the table of definitions.
    define_ids: Vec<DefineId>,
}

fn enum_id(index: usize) -> EnumId {
    EnumId(u16::try_from(index).unwrap_or(u16::MAX))
}

fn unit_id(index: usize) -> UnitId {
    UnitId(u16::try_from(index).unwrap_or(u16::MAX))
}

impl Compiler<'_> {
    pub(super) fn rules(&mut self, typed: TypedRules) {
        let TypedRules { rules, units, define_order, step_orders, .. } = typed;
        let double = double_counting::check(&rules, self.errors);
        penalty_ranks::check(&rules, self.errors);
        if rules.units.len() > usize::from(u16::MAX) || rules.enums.len() > usize::from(u16::MAX) {
            self.errors.push(Diagnostic::new(
                Code::TooMany,
                Span::NOWHERE,
                "单位或类型过多",
                "too many units or types",
            ));
            return;
        }
        self.program.units = rules
            .units
            .iter()
            .enumerate()
            .map(|(index, unit)| Unit {
                name: Arc::clone(&unit.head.name.text),
                symbol: unit.symbol.clone(),
                label: unit.head.label.clone().into(),
                base: unit_id(units.base(index)),
                factor: units.factor(index),
                span: unit.head.span,
            })
            .collect();
        self.program.enums = rules
            .enums
            .iter()
            .map(|each| EnumType {
                name: Arc::clone(&each.head.name.text),
                ordered: each.ordered,
                members: each
                    .members
                    .iter()
                    .map(|(name, label)| (Arc::clone(&name.text), label.clone().into()))
                    .collect(),
                span: each.head.span,
            })
            .collect();
        for instrument in rules.instruments {
            self.instrument(instrument);
        }
        let repeated = Repeated::among(rules.facts.iter().map(|fact| &fact.head));
        for fact in rules.facts {
            self.fact(fact, &repeated);
        }
        self.program.allowances = rules
            .allowances
            .into_iter()
            .map(|allowance| Allowance {
                code: allowance.code,
                scope: allowance.scope,
                reason: allowance.reason.into(),
                span: allowance.span,
            })
            .collect();
        for calendar in rules.calendars {
            self.calendar(calendar);
        }
        let repeated = Repeated::among(rules.measures.iter().map(|measure| &measure.head));
        for measure in &rules.measures {
            self.measure_versions(measure, &repeated);
        }
        self.define_ids = vec![DefineId::new(0); rules.defines.len()];
        for (position, index) in define_order.iter().enumerate() {
            if let Some(slot) = self.define_ids.get_mut(*index) {
                *slot = DefineId::new(position);
            }
        }
        // Tables are reserved first, since a definition may look one up and a table may use a definition.
        for table in &rules.tables {
            let rule = self.rule(RuleKind::Table, &table.head, None);
            let (versions, keys) = (Versions::default(), Vec::new());
            let index = CellIndex::new(0, &[]);
            self.program.tables.push(TableProgram {
                rule,
                versions,
                keys,
                index,
                rows: Vec::new(),
                hit: table.hit,
                lowest_when_unestablished: false,
            });
        }
        self.table_versions(&rules.tables);
        for index in define_order {
            if let Some(define) = rules.defines.get(index) {
                let rule = self.rule(RuleKind::Define, &define.head, None);
                let value = self.expression(&define.value);
                let (name, label) = (Arc::clone(&define.head.name.text), define.head.label.clone().into());
                self.program.defines.push(Define { name, label, value, rule, versions: Versions::default() });
            }
        }
        self.define_versions(&rules.defines);
        for (number, table) in rules.tables.into_iter().enumerate() {
            self.table(number, table);
        }
        for (number, measure) in rules.measures.into_iter().enumerate() {
            self.measure(number, measure);
        }
        for violation in rules.violations {
            self.violation(violation);
        }
        for list in rules.lists {
            self.list(list);
        }
        for (benchmark, order) in rules.benchmarks.into_iter().zip(step_orders) {
            self.benchmark(benchmark, &order);
        }
        for (circumstance, violations) in rules.circumstances.into_iter().zip(double.circumstances) {
            self.circumstance(circumstance, violations);
        }
        for (credit, violations) in rules.credit.into_iter().zip(double.tiers) {
            self.credit(credit, violations);
        }
        for conditional in rules.conditionals {
            self.conditional(conditional);
        }
        for referral in rules.referrals {
            self.referral(referral);
        }
        for principle in rules.principles {
            if let Some(in_force) = self.in_force(&principle.head) {
                let rule = self.rule(RuleKind::Principle, &principle.head, None);
                let area = principle.head.area;
                self.program.principles.push(Principle {
                    rule,
                    in_force,
                    area,
                    criteria: principle.criteria,
                    norms: principle.norms,
                });
            }
        }
        self.sort();
        self.note_what_depends_on_the_day();
    }

    /// Puts everything in an order that does not depend on the order of declarations.
    pub(super) fn sort(&mut self) {
        let segments = |area: &str| std::cmp::Reverse(area.split('-').count());
        self.program.violations.sort_unstable_keys();
        for violation in self.program.violations.values_mut() {
            violation.versions.sort_by_key(|version| version.in_force.from);
            violation.lists.sort_by(|a, b| {
                (segments(&a.area), &a.name, a.in_force.from).cmp(&(segments(&b.area), &b.name, b.in_force.from))
            });
            violation.benchmarks.sort_by_key(|each| {
                let first_kind = each.subjects.iter().next();
                (segments(&each.area), each.in_force.from, first_kind)
            });
        }
        let program = &self.program;
        let is_unverified = |id: RuleId| program.rule(id).is_some_and(|rule| rule.status != resolved::Status::Verified);
        self.program.unverified = (0..program.rules.len())
            .map(RuleId::new)
            .map(|id| {
                let cited = program.rule(id).into_iter().flat_map(|rule| &rule.basis);
                let instruments = cited.filter_map(|citation| program.instruments.get(&citation.instrument));
                std::iter::once(id)
                    .chain(instruments.map(|instrument| instrument.rule))
                    .filter(|id| is_unverified(*id))
                    .collect()
            })
            .collect();
        let rules = &self.program.rules;
        let name = |rule: RuleId| rules.get(rule.index()).map(|rule| Arc::clone(&rule.name));
        self.program.due_measures.sort_by_key(|rule| name(*rule));
        self.program.bars.sort_by_key(|each| (name(each.rule), each.in_force.from));
        self.program.referrals.sort_by_key(|each| (each.kind, name(each.rule), each.in_force.from));
        self.program
            .procedures
            .sort_by_key(|each| (each.stage.is_none(), each.stage, name(each.rule), each.in_force.from));
        self.program.circumstances.sort_by_key(|each| (name(each.rule), each.in_force.from));
        self.program.credit.sort_by_key(|each| (name(each.rule), each.in_force.from));
        self.program.principles.sort_by_key(|each| each.in_force.from);
    }

    pub(super) fn not_evaluated(&mut self, span: Span, zh: &str, en: &str) {
        self.errors.push(
            Diagnostic::new(
                Code::NotEvaluated,
                span,
                format!("此版本尚不能计算：{zh}"),
                format!("this version does not evaluate {en}"),
            )
            .why(
                "写法有效，名称和类型已核对；但不计算而放过它会使结果出错",
                "it is well formed and its names and types were checked, but leaving it out would make results wrong",
            )
            .help("暂时移出规则包，由人工处理", "leave it out of the pack for now, and deal with it by hand"),
        );
    }

    pub(super) fn rule(&mut self, kind: RuleKind, head: &Head, parent: Option<RuleId>) -> RuleId {
        self.add(Rule {
            kind,
            name: Arc::clone(&head.name.text),
            label: head.label.clone().into(),
            basis: head.basis.clone(),
            breaches: Vec::new(),
            status: head.status,
            note: head.note.clone().map(Titles::from),
            in_force: head.in_force,
            parent,
            span: head.span,
        })
    }

    /// A part of a rule that is cited by itself: it has its own label and, where it gives one, its own basis.
    pub(super) fn part(
        &mut self,
        kind: RuleKind,
        parent: RuleId,
        name: Arc<str>,
        label: Titles,
        basis: Vec<Citation>,
        span: Span,
    ) -> RuleId {
        let status = self.program.rule(parent).map_or(resolved::Status::Assumed, |rule| rule.status);
        self.add(Rule {
            kind,
            name,
            label,
            basis,
            breaches: Vec::new(),
            status,
            note: None,
            in_force: None,
            parent: Some(parent),
            span,
        })
    }

    pub(super) fn add(&mut self, rule: Rule) -> RuleId {
        let id = RuleId::new(self.program.rules.len());
        self.program.rules.push(rule);
        id
    }

    pub(super) fn in_force(&mut self, head: &Head) -> Option<InForce> {
        if head.in_force.is_none() {
            let name = &head.name.text;
            self.errors.push(
                Diagnostic::new(
                    Code::InForceUnknown,
                    head.name.span,
                    format!("“{name}”没有施行期间"),
                    format!("`{name}` has no in-force interval"),
                )
                .help("加上“施行 A 至 B”", "add `effective A .. B`"),
            );
        }
        head.in_force
    }

    pub(super) fn instrument(&mut self, instrument: resolved::Instrument<Typed>) {
        let rule = self.rule(RuleKind::Instrument, &instrument.head, None);
        let rounding = instrument.rounding.and_then(|(mode, step)| match step.kind {
            ExprKind::Constant(Value::Money(step)) => Some((mode, step)),
            _ => None,
        });
        let head = instrument.head;
        self.program.instruments.insert(
            Arc::clone(&head.name.text),
            Instrument {
                rule,
                name: head.name.text,
                label: head.label.into(),
                title: instrument.title.map(Titles::from),
                number: instrument.number.map(Titles::from),
                level: instrument.level,
                area: Some(head.area),
                in_force: head.in_force,
                above_included: instrument.above_included,
                below_included: instrument.below_included,
                rounding,
            },
        );
    }

    fn calendar(&mut self, calendar: resolved::Calendar) {
        let Some(in_force) = self.in_force(&calendar.head) else { return };
        let rule = self.rule(RuleKind::Calendar, &calendar.head, None);
        let (area, holidays, workdays) = (Arc::clone(&calendar.head.area), calendar.holidays, calendar.workdays);
        self.program.calendars.push(Calendar { rule, in_force, area, holidays, workdays });
    }

    pub(super) fn conditional(&mut self, conditional: resolved::Conditional<Typed>) {
        let Some(in_force) = self.in_force(&conditional.head) else { return };
        let condition = self.condition(&conditional.when);
        let area = Arc::clone(&conditional.head.area);
        let covers = conditional.covers;
        match conditional.kind {
            ConditionalKind::Bar(outcome) => {
                let rule = self.rule(RuleKind::Bar, &conditional.head, None);
                self.program.bars.push(BarRule { rule, in_force, area, covers, condition, outcome });
            }
            ConditionalKind::Procedure(requires, within, states, stage) => {
                let rule = self.rule(RuleKind::Procedure, &conditional.head, None);
                let within = within.map(|within| TimeLimit {
                    length: self.expression(&within.length),
                    from: within.from.as_ref().map(|from| self.expression(from)),
                    rolling: within.rolling,
                    span: within.span,
                });
                let (requires, states) = (requires.into(), self.stated(states));
                self.program.procedures.push(ProcedureRule {
                    rule,
                    in_force,
                    area,
                    covers,
                    condition,
                    requires,
                    within,
                    states,
                    stage,
                });
            }
        }
    }

    pub(super) fn circumstance(&mut self, circumstance: resolved::Circumstance<Typed>, double: Vec<Arc<str>>) {
        let Some(in_force) = self.in_force(&circumstance.head) else {
            return;
        };
        let rule = self.rule(RuleKind::Circumstance, &circumstance.head, None);
        let condition = self.condition(&circumstance.when);
        let effect = self.expression(&circumstance.effect);
        let area = Arc::clone(&circumstance.head.area);
        self.program.circumstances.push(AdjustmentRule {
            rule,
            in_force,
            area,
            covers: circumstance.covers,
            condition,
            force: circumstance.force,
            direction: circumstance.direction,
            reduced_first: circumstance.reduced_first,
            counted_twice: circumstance.counted_twice.map(|twice| self.counted_twice(twice, double)),
            effect,
        });
    }

    fn counted_twice(&self, twice: resolved::CountedTwice<Typed>, violations: Vec<Arc<str>>) -> CountedTwice {
        let text = |span: Span| self.program.sources.text(span).into();
        let names = twice.facts.iter().map(|fact| text(fact.span)).collect();
        CountedTwice { names, reason: twice.reason.into(), violations, span: twice.span }
    }

    pub(super) fn credit(&mut self, credit: resolved::Credit<Typed>, double: Vec<Vec<Arc<str>>>) {
        let Some(in_force) = self.in_force(&credit.head) else {
            return;
        };
        let rule = self.rule(RuleKind::Credit, &credit.head, None);
        let name = Arc::clone(&credit.head.name.text);
        let grading = credit.grading.map(|grading| self.grading(grading));
        let tiers = credit
            .tiers
            .into_iter()
            .zip(double)
            .map(|(tier, double)| CreditTier {
                rule: self.part(
                    RuleKind::CreditTier,
                    rule,
                    Arc::clone(&name),
                    tier.label.into(),
                    tier.basis,
                    tier.span,
                ),
                condition: self.condition([&tier.condition]),
                coefficient: tier.coefficient.as_ref().map(|value| self.expression(value)),
                effect: tier.effect.as_ref().map(|value| self.expression(value)),
                counted_twice: tier.counted_twice.map(|twice| self.counted_twice(twice, double)),
                excludes: tier.excludes,
                measures: self.measure_groups(tier.measures),
            })
            .collect();
        self.program.credit.push(CreditVersion {
            rule,
            in_force,
            area: Arc::clone(&credit.head.area),
            covers: credit.covers,
            subjects: credit.subjects,
            grading,
            tiers,
        });
    }
}
