use std::sync::Arc;

use indexmap::IndexMap;

use super::{
    AdjustmentRule, BenchmarkStep, BenchmarkVersion, CellIndex, Cells, Condition, CreditTier, CreditVersion, Define,
    DefineId, EnumType, ExemptItem, Expression, Fact, FactId, FactType, FactorKind, FactorProgram, FineBounds, InForce,
    Instrument, LeniencyVersion, MeasureGroup, Multiple, Node, NodeId, PackIdentity, Principle, Program, Rule, RuleId,
    RuleKind, Subjects, TableId, TableProgram, TableRow, Tier, Titles, Unit, ViolationVersion, WeightsProgram,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::resolved::{self, FactKind, FactorRows, Head};
use crate::source::{Citation, SourceMap, Span};
use crate::syntax::HitPolicy;
use crate::typed::{self, BuiltInFunction, BuiltInName, ExprKind, Type, Typed, TypedRules};
use crate::value::{DurationUnit, EnumId, RoundingMode, UnitId, Value};

/// Compiles typed declarations. Constructs that this version does not evaluate are reported, never passed over.
pub fn compile(
    typed: TypedRules,
    sources: SourceMap,
    packs: Vec<PackIdentity>,
    area: &str,
    currency: &str,
    errors: &mut Vec<Diagnostic>,
) -> Program {
    let program = Program {
        sources,
        packs,
        area: area.into(),
        currency: currency.into(),
        rules: Vec::new(),
        instruments: IndexMap::new(),
        facts: IndexMap::new(),
        defines: Vec::new(),
        units: Vec::new(),
        enums: Vec::new(),
        grades: typed.grades.map(enum_id),
        nodes: Vec::new(),
        tables: Vec::new(),
        violations: IndexMap::new(),
        circumstances: Vec::new(),
        credit: Vec::new(),
        principles: Vec::new(),
    };
    let mut compiler =
        Compiler { program, errors, measures: Vec::new(), steps: IndexMap::new(), define_ids: Vec::new() };
    compiler.rules(typed);
    compiler.program
}

struct Compiler<'e> {
    program: Program,
    errors: &'e mut Vec<Diagnostic>,
    /// Rules of measures by their place in the table of measures.
    measures: Vec<RuleId>,
    /// Steps of the benchmark at hand: number and rule.
    steps: IndexMap<Arc<str>, (u16, RuleId)>,
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
    fn rules(&mut self, typed: TypedRules) {
        let TypedRules { rules, units, define_order, step_orders, .. } = typed;
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
            })
            .collect();
        for instrument in rules.instruments {
            self.instrument(instrument);
        }
        for fact in rules.facts {
            self.fact(fact);
        }
        for calendar in &rules.calendars {
            self.not_evaluated(calendar.head.name.span, "工作日历", "a calendar of working days");
        }
        for measure in rules.measures {
            if let Some(when) = &measure.when {
                self.not_evaluated(when.span, "有自己条件的措施", "a measure with a condition of its own");
            }
            let rule = self.rule(RuleKind::Measure, &measure.head, None);
            self.measures.push(rule);
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
            let index = CellIndex::new(0, &[]);
            self.program.tables.push(TableProgram { rule, keys: Vec::new(), index, rows: Vec::new(), hit: table.hit });
        }
        for index in define_order {
            if let Some(define) = rules.defines.get(index) {
                let rule = self.rule(RuleKind::Define, &define.head, None);
                let value = self.expression(&define.value);
                let (name, label) = (Arc::clone(&define.head.name.text), define.head.label.clone().into());
                self.program.defines.push(Define { name, label, value, rule });
            }
        }
        for (number, table) in rules.tables.into_iter().enumerate() {
            self.table(number, table);
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
        for circumstance in rules.circumstances {
            self.circumstance(circumstance);
        }
        for credit in rules.credit {
            self.credit(credit);
        }
        for conditional in &rules.conditionals {
            let (zh, en) = (conditional.kind.chinese(), conditional.kind.english());
            self.not_evaluated(conditional.head.name.span, zh, &format!("a {en}"));
        }
        for principle in rules.principles {
            if let Some(in_force) = self.in_force(&principle.head) {
                let rule = self.rule(RuleKind::Principle, &principle.head, None);
                let area = principle.head.area;
                self.program.principles.push(Principle { rule, in_force, area, criteria: principle.criteria });
            }
        }
        self.sort();
    }

    /// Puts everything in an order that does not depend on the order of declarations.
    fn sort(&mut self) {
        let segments = |area: &str| std::cmp::Reverse(area.split('-').count());
        self.program.violations.sort_unstable_keys();
        for violation in self.program.violations.values_mut() {
            violation.versions.sort_by_key(|version| version.in_force.from);
            violation.lists.sort_by(|a, b| {
                (segments(&a.area), &a.name, a.in_force.from).cmp(&(segments(&b.area), &b.name, b.in_force.from))
            });
            violation.benchmarks.sort_by_key(|each| (segments(&each.area), each.in_force.from));
        }
        let rules = &self.program.rules;
        let name = |rule: RuleId| rules.get(rule.index()).map(|rule| Arc::clone(&rule.name));
        self.program.circumstances.sort_by_key(|each| (name(each.rule), each.in_force.from));
        self.program.credit.sort_by_key(|each| (name(each.rule), each.in_force.from));
        self.program.principles.sort_by_key(|each| each.in_force.from);
    }

    fn not_evaluated(&mut self, span: Span, zh: &str, en: &str) {
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

    // ---- citable rules ----

    fn rule(&mut self, kind: RuleKind, head: &Head, parent: Option<RuleId>) -> RuleId {
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
    fn part(
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

    fn add(&mut self, rule: Rule) -> RuleId {
        let id = RuleId::new(self.program.rules.len());
        self.program.rules.push(rule);
        id
    }

    fn in_force(&mut self, head: &Head) -> Option<InForce> {
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

    fn instrument(&mut self, instrument: resolved::Instrument<Typed>) {
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

    fn fact(&mut self, fact: resolved::Fact<Typed>) {
        let head = fact.head;
        let kind = match fact.kind {
            FactKind::Bool | FactKind::Unknown => FactType::Bool,
            FactKind::Integer => FactType::Integer,
            FactKind::Decimal => FactType::Decimal,
            FactKind::Percent => FactType::Percent,
            FactKind::Money => FactType::Money,
            FactKind::Date => FactType::Date,
            FactKind::Duration(unit) => {
                self.workdays(unit, head.name.span);
                FactType::Duration(unit)
            }
            FactKind::Quantity(unit) => FactType::Quantity(unit_id(unit)),
            FactKind::Enum(index) => FactType::Enum(enum_id(index)),
            FactKind::List(_) | FactKind::Text => {
                self.not_evaluated(head.name.span, "记录型事实", "a fact that holds records");
                FactType::Bool
            }
        };
        let presumption = fact.presumption.and_then(|(value, basis)| match value.kind {
            ExprKind::Constant(constant) => {
                let rule = self.add(Rule {
                    kind: RuleKind::Presumption,
                    name: Arc::clone(&head.name.text),
                    label: head.label.clone().into(),
                    basis,
                    breaches: Vec::new(),
                    status: head.status,
                    note: None,
                    in_force: None,
                    parent: None,
                    span: value.span,
                });
                Some((constant, rule))
            }
            _ => None,
        });
        self.program.facts.insert(
            Arc::clone(&head.name.text),
            Fact {
                name: head.name.text,
                label: head.label.into(),
                kind,
                bounds: fact.bounds,
                question: fact.question.map(Titles::from),
                evidence: fact.evidence.map(Titles::from),
                presumption,
                span: head.span,
            },
        );
    }

    fn workdays(&mut self, unit: DurationUnit, span: Span) {
        if unit == DurationUnit::Workdays {
            self.not_evaluated(span, "工作日", "working days");
        }
    }

    // ---- expressions ----

    fn expression(&mut self, expr: &typed::Expr) -> Expression {
        Expression { root: self.node(expr), span: expr.span }
    }

    fn nodes(&mut self, exprs: &[typed::Expr]) -> Vec<NodeId> {
        exprs.iter().map(|expr| self.node(expr)).collect()
    }

    /// Lowers an expression; operands get their places before the nodes that use them.
    fn node(&mut self, expr: &typed::Expr) -> NodeId {
        let span = expr.span;
        let node = match &expr.kind {
            ExprKind::Constant(value) => {
                if let Value::Duration(duration) = value {
                    self.workdays(duration.unit, span);
                }
                Node::Constant(*value)
            }
            ExprKind::Fact(index) => Node::Fact(FactId::new(*index), span),
            ExprKind::Define(index) => {
                Node::Define(self.define_ids.get(*index).copied().unwrap_or_else(|| DefineId::new(*index)), span)
            }
            ExprKind::Table(index) => Node::Table(TableId(u32::try_from(*index).unwrap_or(u32::MAX)), span),
            ExprKind::Step(name) => match self.steps.get(name) {
                Some((number, rule)) => Node::Step(*number, *rule, span),
                None => self.impossible(span),
            },
            ExprKind::BuiltIn(name) => match name {
                BuiltInName::StatutoryMin => Node::StatutoryMin(span),
                BuiltInName::StatutoryMax => Node::StatutoryMax(span),
                BuiltInName::Fine => Node::Fine(span),
                BuiltInName::ActBegan => Node::ActBegan(span),
                BuiltInName::ActEnded => Node::ActEnded(span),
                BuiltInName::Discovered => Node::Discovered(span),
                BuiltInName::Decided => Node::Decided(span),
                BuiltInName::CreditGrade => Node::CreditGrade(span),
            },
            ExprKind::Not(inner) => Node::Not(self.node(inner)),
            ExprKind::And(parts) => Node::And(self.nodes(parts)),
            ExprKind::Or(parts) => Node::Or(self.nodes(parts)),
            ExprKind::Negate(inner) => Node::Negate(self.node(inner)),
            ExprKind::Arithmetic(operator, left, right) => {
                let (left, right) = (self.node(left), self.node(right));
                Node::Arithmetic(*operator, left, right)
            }
            ExprKind::Compare(operator, left, right) => {
                let (left, right) = (self.node(left), self.node(right));
                Node::Compare(*operator, left, right)
            }
            ExprKind::In(value, cells) => Node::In(self.node(value), cells.clone()),
            ExprKind::If(parts) => {
                let [condition, yes, no] = &**parts;
                let (condition, yes, no) = (self.node(condition), self.node(yes), self.node(no));
                Node::If(condition, yes, no)
            }
            ExprKind::Range(parts) => {
                let [low, high] = &**parts;
                let (low, high) = (self.node(low), self.node(high));
                Node::Range(low, high)
            }
            ExprKind::Call(function, arguments) => {
                let nodes = self.nodes(arguments);
                self.call(*function, &nodes, span)
            }
            ExprKind::Aggregate { .. } | ExprKind::Field(_) => {
                self.not_evaluated(span, "对记录的计数、合计等", "counts, sums and the like over records");
                Node::Constant(Value::Bool(false))
            }
            ExprKind::Unknown => self.impossible(span),
        };
        let id = NodeId(u32::try_from(self.program.nodes.len()).unwrap_or(u32::MAX));
        self.program.nodes.push(node);
        id
    }

    /// Compilation only runs on trees without mistakes; should one slip through, it is refused here rather than evaluated.
    fn impossible(&mut self, span: Span) -> Node {
        self.errors.push(Diagnostic::new(
            Code::NotEvaluated,
            span,
            "这个表达式没有类型",
            "this expression has no type",
        ));
        Node::Constant(Value::Bool(false))
    }

    fn call(&mut self, function: BuiltInFunction, nodes: &[NodeId], span: Span) -> Node {
        match (function, nodes) {
            (BuiltInFunction::Minimum, nodes) => Node::Minimum(nodes.to_vec()),
            (BuiltInFunction::Maximum, nodes) => Node::Maximum(nodes.to_vec()),
            (BuiltInFunction::Lower, [range]) => Node::LowerEnd(*range),
            (BuiltInFunction::Upper, [range]) => Node::UpperEnd(*range),
            (BuiltInFunction::Midpoint, [range]) => Node::Midpoint(*range),
            (BuiltInFunction::RoundDown, [value, step]) => Node::Round(RoundingMode::Down, *value, *step),
            (BuiltInFunction::RoundUp, [value, step]) => Node::Round(RoundingMode::Up, *value, *step),
            (BuiltInFunction::RoundHalfUp, [value, step]) => Node::Round(RoundingMode::HalfUp, *value, *step),
            (BuiltInFunction::FullMonths, [from, to]) => Node::FullMonths(*from, *to),
            (BuiltInFunction::DaysBetween, [from, to]) => Node::DaysBetween(*from, *to),
            _ => self.impossible(span),
        }
    }

    /// The conjuncts of a condition, so that each is a step of its own.
    fn condition<'t>(&mut self, parts: impl IntoIterator<Item = &'t typed::Expr>) -> Condition {
        let mut elements = Vec::new();
        for part in parts {
            self.conjuncts(part, &mut elements);
        }
        Condition { elements }
    }

    fn conjuncts(&mut self, expr: &typed::Expr, elements: &mut Vec<Expression>) {
        match &expr.kind {
            ExprKind::And(parts) => parts.iter().for_each(|part| self.conjuncts(part, elements)),
            _ => elements.push(self.expression(expr)),
        }
    }

    fn result(&mut self, result: &resolved::RowResult<Typed>, span: Span) -> TableRow {
        let result = match &result.upper {
            None => self.expression(&result.value),
            Some(upper) => {
                let whole = typed::Expr {
                    kind_of: if result.value.kind_of == Type::Money { Type::Range } else { Type::PercentRange },
                    span: result.value.span.to(upper.span),
                    kind: ExprKind::Range(Box::new([result.value.clone(), upper.clone()])),
                };
                self.expression(&whole)
            }
        };
        TableRow { result, span }
    }

    fn table(&mut self, number: usize, table: resolved::Table<Typed>) {
        let keys: Vec<Expression> = table.keys.iter().map(|key| self.expression(key)).collect();
        let cells: Vec<Vec<Cells>> = table.rows.iter().map(|(cells, _, _)| cells.clone()).collect();
        let index = CellIndex::new(keys.len(), &cells);
        let rows: Vec<TableRow> = table.rows.iter().map(|(_, result, span)| self.result(result, *span)).collect();
        self.rows_overlap(&index, &rows, table.hit);
        if let Some(slot) = self.program.tables.get_mut(number) {
            slot.keys = keys;
            slot.index = index;
            slot.rows = rows;
        }
    }

    fn rows_overlap(&mut self, index: &CellIndex, rows: &[TableRow], hit: HitPolicy) {
        if hit != HitPolicy::Unique {
            return;
        }
        if let Some((first, second)) = index.first_overlap()
            && let (Some(first), Some(second)) = (rows.get(first), rows.get(second))
        {
            self.errors.push(
                Diagnostic::new(
                    Code::RowsOverlap,
                    second.span,
                    "这一行与前面一行有共同的值",
                    "this row and one before it match the same value",
                )
                .label(first.span, "前面的一行", "the row before")
                .why(
                    "命中方式是“唯一”，同一个值只能落在一行",
                    "the hit policy is `unique`: a value falls in one row only",
                )
                .help(
                    "改动其中一行的边界，或写明命中方式，如“取最高”",
                    "move the bound of one of them, or state a hit policy such as `highest`",
                ),
            );
        }
    }

    // ---- violations ----

    fn measure_groups(&self, groups: Vec<resolved::MeasureGroup>) -> Vec<MeasureGroup> {
        groups
            .into_iter()
            .map(|group| MeasureGroup {
                measures: group
                    .measures
                    .into_iter()
                    .filter_map(|(index, approval)| Some((*self.measures.get(index)?, approval.map(Titles::from))))
                    .collect(),
                may: group.may,
                span: group.span,
            })
            .collect()
    }

    fn fine(&mut self, fine: &resolved::Fine<Typed>) -> FineBounds {
        FineBounds {
            low: fine.low.as_ref().map(|low| self.expression(low)),
            high: self.expression(&fine.high),
            multiple: fine.multiple.as_ref().map(|(base, floor)| Multiple {
                base: self.expression(base),
                floor: floor.as_ref().map(|floor| self.expression(floor)),
            }),
            span: fine.span,
        }
    }

    fn violation(&mut self, violation: resolved::Violation<Typed>) {
        let Some(in_force) = self.in_force(&violation.head) else {
            return;
        };
        let rule = self.rule(RuleKind::Violation, &violation.head, None);
        if let Some(entry) = self.program.rules.get_mut(rule.index()) {
            entry.breaches = violation.breaches;
        }
        let (name, area) = (violation.head.name.text, violation.head.area);
        let elements = self.condition(&violation.elements);
        let fine = violation.fine.as_ref().map(|fine| self.fine(fine));
        let measures = self.measure_groups(violation.measures);
        let tiers = violation
            .tiers
            .into_iter()
            .map(|tier| Tier {
                rule: self.part(RuleKind::Tier, rule, Arc::clone(&name), tier.label.into(), tier.basis, tier.span),
                condition: self.condition([&tier.condition]),
                fine: tier.fine.as_ref().map(|fine| self.fine(fine)),
                measures: self.measure_groups(tier.measures),
            })
            .collect();
        let version = ViolationVersion {
            rule,
            in_force,
            area,
            no_longer_unlawful: violation.no_longer_unlawful,
            subjects: violation.subjects.map(|(unit, individual, span)| Subjects { unit, individual, span }),
            elements,
            fine,
            measures,
            tiers,
        };
        self.program.violations.entry(name).or_default().versions.push(version);
    }

    fn list(&mut self, list: resolved::LeniencyList<Typed>) {
        let Some(in_force) = self.in_force(&list.head) else {
            return;
        };
        let rule = self.rule(RuleKind::LeniencyList, &list.head, None);
        let condition = self.condition(&list.when);
        let exclusions: Vec<Expression> = list.except.iter().map(|each| self.expression(each)).collect();
        let mut by_violation: IndexMap<Arc<str>, Vec<ExemptItem>> = IndexMap::new();
        for item in list.items {
            let name = Arc::clone(&list.head.name.text);
            let id = self.part(RuleKind::Exemption, rule, name, item.label.into(), item.basis, item.span);
            if let Some(entry) = self.program.rules.get_mut(id.index()) {
                entry.note = item.note.map(Titles::from);
            }
            let compiled = ExemptItem {
                rule: id,
                condition: self.condition(&item.when),
                exclusions: item.except.iter().map(|each| self.expression(each)).collect(),
                force: item.force,
                measures: self.measure_groups(item.measures),
            };
            for violation in item.violations {
                by_violation.entry(violation.text).or_default().push(compiled.clone());
            }
        }
        for (violation, items) in by_violation {
            let version = LeniencyVersion {
                rule,
                name: Arc::clone(&list.head.name.text),
                in_force,
                area: Arc::clone(&list.head.area),
                condition: condition.clone(),
                exclusions: exclusions.clone(),
                items: items.into(),
            };
            self.program.violations.entry(violation).or_default().lists.push(version);
        }
    }

    // ---- benchmarks ----

    fn benchmark(&mut self, benchmark: resolved::Benchmark<Typed>, order: &[usize]) {
        let Some(in_force) = self.in_force(&benchmark.head) else {
            return;
        };
        let rule = self.rule(RuleKind::Benchmark, &benchmark.head, None);
        self.steps.clear();
        let mut steps = Vec::new();
        for index in order {
            let Some(step) = benchmark.steps.get(*index) else {
                continue;
            };
            let number = u16::try_from(steps.len()).unwrap_or(u16::MAX);
            let (name, compiled, id) = match step {
                resolved::Step::Let(name, value) => {
                    let id = self.part(
                        RuleKind::Step,
                        rule,
                        Arc::clone(&name.text),
                        Titles::default(),
                        Vec::new(),
                        name.span,
                    );
                    let value = self.expression(value);
                    (name, BenchmarkStep::Let(id, value), id)
                }
                resolved::Step::Weights { name, label, start, factors, cap, floor, span } => {
                    let label = label.clone().into();
                    let id = self.part(RuleKind::Step, rule, Arc::clone(&name.text), label, Vec::new(), *span);
                    let weights = WeightsProgram {
                        start: start.as_ref().map(|start| self.expression(start)),
                        factors: factors.iter().map(|factor| self.factor(factor, id)).collect(),
                        cap: cap.as_ref().map(|cap| self.expression(cap)),
                        floor: floor.as_ref().map(|floor| self.expression(floor)),
                    };
                    (name, BenchmarkStep::Weights(id, weights, *span), id)
                }
            };
            self.steps.insert(Arc::clone(&name.text), (number, id));
            steps.push(compiled);
        }
        let fine = self.expression(&benchmark.fine);
        let rounding = benchmark.head.basis.first().and_then(|citation| {
            let instrument = self.program.instruments.get(&citation.instrument)?;
            instrument.rounding.map(|(mode, step)| (mode, step, instrument.rule))
        });
        let area = Arc::clone(&benchmark.head.area);
        let version = BenchmarkVersion { rule, in_force, area, steps, fine, rounding };
        self.program.violations.entry(benchmark.head.name.text).or_default().benchmarks.push(version);
    }

    fn factor(&mut self, factor: &resolved::Factor<Typed>, step: RuleId) -> FactorProgram {
        let mut label: Titles = factor.label.clone().into();
        if label.is_empty() {
            label = match &factor.rows {
                FactorRows::Keyed(typed::Expr { kind: ExprKind::Fact(index), .. }, _) => {
                    self.program.fact(FactId::new(*index)).map(|fact| fact.label.clone()).unwrap_or_default()
                }
                FactorRows::Keyed(typed::Expr { kind: ExprKind::Define(index), .. }, _) => {
                    let id = self.define_ids.get(*index).copied();
                    id.and_then(|id| self.program.define(id)).map(|define| define.label.clone()).unwrap_or_default()
                }
                FactorRows::Keyed(..) | FactorRows::Conditions(_) => Titles::default(),
            };
        }
        let rule = self.part(RuleKind::Factor, step, Arc::clone(&factor.name.text), label, Vec::new(), factor.span);
        let rows: Vec<TableRow> = factor.results.iter().map(|(result, span)| self.result(result, *span)).collect();
        let kind = match &factor.rows {
            FactorRows::Keyed(key, cells) => {
                let key = self.expression(key);
                let cells: Vec<Vec<Cells>> = cells.iter().map(|cell| vec![cell.clone()]).collect();
                let index = CellIndex::new(1, &cells);
                self.rows_overlap(&index, &rows, factor.hit);
                FactorKind::Keyed(key, index)
            }
            FactorRows::Conditions(conditions) => {
                FactorKind::Conditions(conditions.iter().map(|condition| self.expression(condition)).collect())
            }
        };
        FactorProgram { rule, kind, rows, hit: factor.hit, lowest_when_unestablished: factor.lowest_when_unestablished }
    }

    // ---- circumstances and credit ----

    fn circumstance(&mut self, circumstance: resolved::Circumstance<Typed>) {
        let Some(in_force) = self.in_force(&circumstance.head) else {
            return;
        };
        let rule = self.rule(RuleKind::Circumstance, &circumstance.head, None);
        let condition = self.condition(&circumstance.when);
        let effect = self.expression(&circumstance.effect);
        let area = Arc::clone(&circumstance.head.area);
        let (force, reduced) = (circumstance.force, circumstance.reduced);
        self.program.circumstances.push(AdjustmentRule { rule, in_force, area, condition, force, reduced, effect });
    }

    fn credit(&mut self, credit: resolved::Credit<Typed>) {
        let Some(in_force) = self.in_force(&credit.head) else {
            return;
        };
        for (_, span) in &credit.computed {
            self.not_evaluated(*span, "信用等级的计算", "the computation of a credit grade; the case gives the grade");
        }
        let rule = self.rule(RuleKind::Credit, &credit.head, None);
        let name = Arc::clone(&credit.head.name.text);
        let tiers = credit
            .tiers
            .into_iter()
            .map(|tier| CreditTier {
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
                excludes: tier.excludes,
                measures: self.measure_groups(tier.measures),
            })
            .collect();
        self.program.credit.push(CreditVersion { rule, in_force, area: Arc::clone(&credit.head.area), tiers });
    }
}
