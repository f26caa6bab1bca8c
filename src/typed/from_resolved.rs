use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::infer::{Infer, Scope};
use super::{Cells, Expr, ExprKind, Type, Typed, Units};
use crate::diagnostic::{Code, Diagnostic};
use crate::resolved::{
    Benchmark, Circumstance, Conditional, Credit, CreditTier, Define, Exempt, Fact, Factor, FactorRows, Fine, Head,
    Instrument, LeniencyList, Measure, Resolved, RowResult, Rules, Step, Table, Tier, Violation, Wanted, Written,
};
use crate::source::Span;
use crate::syntax::{self, HitPolicy, Name};
use crate::value::{Number, Value};

/// Typed declarations and the units they use.
#[derive(Debug)]
pub struct TypedRules {
    /// The declarations.
    pub rules: Rules<Typed>,
    /// Units reduced to their bases.
    pub units: Units,
    /// The order in which definitions can be worked out: each uses only those before it.
    pub define_order: Vec<usize>,
    /// The order in which the steps of each benchmark can be worked out.
    pub step_orders: Vec<Vec<usize>>,
    /// The type of credit grades.
    pub grades: Option<usize>,
}

/// Types every expression; whatever does not fit is reported, all in one run.
pub fn check_types(resolved: &Resolved, currency: &str, errors: &mut Vec<Diagnostic>) -> TypedRules {
    let units = Units::new(resolved, errors);
    let grades = resolved.rules.credit.iter().find_map(|credit| credit.grades);
    let infer = Infer {
        resolved,
        units,
        currency: currency.to_owned(),
        facts: Vec::new(),
        defines: Vec::new(),
        tables: Vec::new(),
        scope: Scope { grades, ..Scope::default() },
        errors,
    };
    Checker { infer, grades }.rules()
}

struct Checker<'r> {
    infer: Infer<'r>,
    grades: Option<usize>,
}

impl Checker<'_> {
    fn rules(mut self) -> TypedRules {
        let resolved = self.infer.resolved;
        let rules = &resolved.rules;
        self.infer.facts = rules.facts.iter().map(|fact| self.infer.fact_type(&fact.kind)).collect();
        let (defines, tables, define_order) = self.defines_and_tables();
        let mut step_orders = Vec::new();
        let benchmarks = rules
            .benchmarks
            .iter()
            .map(|benchmark| {
                let (benchmark, order) = self.benchmark(benchmark);
                step_orders.push(order);
                benchmark
            })
            .collect();
        let typed = Rules {
            instruments: rules.instruments.iter().map(|each| self.instrument(each)).collect(),
            units: rules.units.clone(),
            enums: rules.enums.clone(),
            facts: rules.facts.iter().map(|each| self.fact(each)).collect(),
            defines,
            tables,
            measures: rules.measures.iter().map(|each| self.measure(each)).collect(),
            violations: rules.violations.iter().map(|each| self.violation(each)).collect(),
            lists: rules.lists.iter().map(|each| self.list(each)).collect(),
            benchmarks,
            circumstances: rules.circumstances.iter().map(|each| self.circumstance(each)).collect(),
            credit: rules.credit.iter().map(|each| self.credit(each)).collect(),
            conditionals: rules.conditionals.iter().map(|each| self.conditional(each)).collect(),
            principles: rules.principles.clone(),
            calendars: rules.calendars.clone(),
        };
        TypedRules { rules: typed, units: self.infer.units, define_order, step_orders, grades: self.grades }
    }

    /// Opens the scope of a rule: what the instrument it cites says of 以上 and 以下.
    fn enter(&mut self, head: &Head) {
        let cited = head.basis.first().map(|citation| Arc::clone(&citation.instrument));
        let instruments = &self.infer.resolved.rules.instruments;
        let instrument = cited.as_ref().and_then(|name| instruments.iter().find(|each| each.head.name.text == *name));
        self.infer.scope = Scope {
            grades: self.grades,
            boundary: instrument.map_or((None, None), |each| (each.above_included, each.below_included)),
            instrument: cited,
            ..Scope::default()
        };
    }

    fn instrument(&mut self, instrument: &Instrument<Written>) -> Instrument<Typed> {
        self.enter(&instrument.head);
        let rounding = instrument.rounding.as_ref().map(|(mode, step)| {
            let step = self.infer.value_of(step, &[Type::Money]);
            match super::infer::constant(&step) {
                Some(Value::Money(amount)) if amount > Number::ZERO => {}
                _ if step.kind_of == Type::Unknown => {}
                _ => self.infer.errors.push(
                    Diagnostic::new(
                        Code::NotConstant,
                        step.span,
                        "舍入单位应是大于零的确定金额",
                        "the rounding step must be a fixed amount above zero",
                    )
                    .help("如“舍入 舍去 到 1元”", "as in `rounding down to CNY 1`"),
                ),
            }
            (*mode, step)
        });
        Instrument {
            head: instrument.head.clone(),
            title: instrument.title.clone(),
            number: instrument.number.clone(),
            level: instrument.level.clone(),
            above_included: instrument.above_included,
            below_included: instrument.below_included,
            rounding,
        }
    }

    fn fact(&mut self, fact: &Fact<Written>) -> Fact<Typed> {
        self.enter(&fact.head);
        let kind_of = self.infer.fact_type(&fact.kind);
        let bounds = fact.bounds.as_ref().and_then(|cell| self.infer.cell(cell, &kind_of));
        let presumption = fact.presumption.as_ref().map(|(value, citations)| {
            let typed = self.infer.value_of(value, std::slice::from_ref(&kind_of));
            if typed.kind_of != Type::Unknown && super::infer::constant(&typed).is_none() {
                self.infer.errors.push(
                    Diagnostic::new(
                        Code::NotConstant,
                        typed.span,
                        "推定只能是确定的值",
                        "a presumption must be a fixed value",
                    )
                    .help("写一个值，如“否”", "write a value, such as `false`"),
                );
            }
            if let (Some(value), Some(bounds)) = (super::infer::constant(&typed), &bounds)
                && !bounds.contains(&value)
            {
                self.infer.errors.push(Diagnostic::new(
                    Code::RangeEmpty,
                    typed.span,
                    "推定的值不在范围内",
                    "the presumed value is outside the bounds",
                ));
            }
            (typed, citations.clone())
        });
        Fact {
            head: fact.head.clone(),
            kind: fact.kind.clone(),
            bounds,
            question: fact.question.clone(),
            evidence: fact.evidence.clone(),
            presumption,
        }
    }

    // ---- definitions and tables, which use each other ----

    fn defines_and_tables(&mut self) -> (Vec<Define<Typed>>, Vec<Table<Typed>>, Vec<usize>) {
        let resolved = self.infer.resolved;
        let (defines, tables) = (&resolved.rules.defines, &resolved.rules.tables);
        // One graph of both: definitions first, then tables.
        let uses: Vec<BTreeSet<usize>> = defines
            .iter()
            .map(|define| self.uses(std::iter::once(&define.value), defines.len()))
            .chain(tables.iter().map(|table| {
                let results =
                    table.rows.iter().flat_map(|(_, result, _)| std::iter::once(&result.value).chain(&result.upper));
                self.uses(table.keys.iter().chain(results), defines.len())
            }))
            .collect();
        let heads: Vec<&Head> =
            defines.iter().map(|each| &each.head).chain(tables.iter().map(|each| &each.head)).collect();
        let order =
            self.order(&uses, |index| heads.get(index).map(|head| (Arc::clone(&head.name.text), head.name.span)));
        self.infer.defines = vec![Type::Unknown; defines.len()];
        self.infer.tables = vec![Type::Unknown; tables.len()];
        let mut typed_defines: BTreeMap<usize, Define<Typed>> = BTreeMap::new();
        let mut typed_tables: BTreeMap<usize, Table<Typed>> = BTreeMap::new();
        for index in &order {
            if let Some(define) = defines.get(*index) {
                self.enter(&define.head);
                let value = self.infer.infer(&define.value, None);
                if let Some(slot) = self.infer.defines.get_mut(*index) {
                    *slot = value.kind_of.clone();
                }
                typed_defines.insert(*index, Define { head: define.head.clone(), value });
            } else if let Some(number) = index.checked_sub(defines.len())
                && let Some(table) = tables.get(number)
            {
                let (table, kind_of) = self.table(table);
                if let Some(slot) = self.infer.tables.get_mut(number) {
                    *slot = kind_of;
                }
                typed_tables.insert(number, table);
            }
        }
        let define_order = order.into_iter().filter(|index| *index < defines.len()).collect();
        // Those in a circle were reported and have no order; they are left unknown.
        for (index, define) in defines.iter().enumerate() {
            typed_defines
                .entry(index)
                .or_insert_with(|| Define { head: define.head.clone(), value: unknown(define.value.span) });
        }
        for (number, table) in tables.iter().enumerate() {
            typed_tables.entry(number).or_insert_with(|| Table {
                head: table.head.clone(),
                keys: Vec::new(),
                rows: Vec::new(),
                hit: table.hit,
            });
        }
        (typed_defines.into_values().collect(), typed_tables.into_values().collect(), define_order)
    }

    /// The definitions and tables that expressions mention.
    fn uses<'e>(&self, expressions: impl Iterator<Item = &'e syntax::Expr>, first_table: usize) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        for expression in expressions {
            mentions(expression, &mut |name| {
                let symbols = &self.infer.resolved.symbols;
                let table = symbols.tables.get(name).map(|table| table.saturating_add(first_table));
                found.extend(symbols.defines.get(name).or(table));
            });
        }
        found
    }

    /// An order in which each item comes after those it uses. Items in a circle are reported and left out.
    fn order(&mut self, uses: &[BTreeSet<usize>], name: impl Fn(usize) -> Option<(Arc<str>, Span)>) -> Vec<usize> {
        let mut order: Vec<usize> = Vec::new();
        let mut placed = vec![false; uses.len()];
        loop {
            let before = order.len();
            for (index, used) in uses.iter().enumerate() {
                let ready = used.iter().all(|each| placed.get(*each).copied().unwrap_or(true));
                if ready && placed.get(index) == Some(&false) {
                    if let Some(slot) = placed.get_mut(index) {
                        *slot = true;
                    }
                    order.push(index);
                }
            }
            if order.len() == before {
                break;
            }
        }
        for (index, done) in placed.iter().enumerate() {
            if !done && let Some((text, span)) = name(index) {
                self.infer.errors.push(
                    Diagnostic::new(
                        Code::DefinitionCycle,
                        span,
                        format!("“{text}”直接或间接用自己定义自己"),
                        format!("`{text}` is defined by itself, directly or through others"),
                    )
                    .help("打破循环：其中一个要用事实来写", "break the circle: write one of them in terms of facts"),
                );
            }
        }
        order
    }

    fn table(&mut self, table: &Table<Written>) -> (Table<Typed>, Type) {
        self.enter(&table.head);
        let keys: Vec<Expr> = table.keys.iter().map(|key| self.infer.infer(key, None)).collect();
        let mut kind_of = None;
        let rows = table
            .rows
            .iter()
            .map(|(cells, result, span)| {
                let cells = cells
                    .iter()
                    .zip(&keys)
                    .map(|(cell, key)| self.infer.cell(cell, &key.kind_of).unwrap_or(Cells::Any))
                    .collect();
                (cells, self.result(result, &mut kind_of), *span)
            })
            .collect();
        let typed = Table { head: table.head.clone(), keys, rows, hit: table.hit };
        let kind_of = kind_of.unwrap_or(Type::Unknown);
        match table.hit {
            HitPolicy::Highest | HitPolicy::Lowest => {
                self.infer.ordered(&kind_of, table.head.name.span);
            }
            HitPolicy::Collect if !self.can_be_added(&kind_of) => self.infer.errors.push(
                Diagnostic::new(
                    Code::ResultType,
                    table.head.name.span,
                    format!("“累加”的结果要能相加，这里是{}", self.infer.name_of(&kind_of).zh),
                    format!("the results are to be added up, and these are {}", self.infer.name_of(&kind_of).en),
                )
                .help(
                    "写百分比、数或金额，或换一种命中方式",
                    "write ratios, numbers or amounts, or state another hit policy",
                ),
            ),
            HitPolicy::Collect | HitPolicy::Unique | HitPolicy::First => {}
        }
        (typed, kind_of)
    }

    fn can_be_added(&self, kind: &Type) -> bool {
        super::operators::arithmetic(syntax::BinaryOperator::Add, kind, kind).is_some()
    }

    /// A result; all results of one table are of one type.
    fn result(&mut self, result: &RowResult<Written>, kind_of: &mut Option<Type>) -> RowResult<Typed> {
        let element = match kind_of.as_ref() {
            Some(Type::Range) => Some(Type::Money),
            Some(Type::PercentRange) => Some(Type::Percent),
            other => other.cloned(),
        };
        let value = self.infer.infer(&result.value, element.as_ref());
        let upper = result.upper.as_ref().map(|upper| self.infer.value_of(upper, std::slice::from_ref(&value.kind_of)));
        let found = match (&value.kind_of, &upper) {
            (Type::Money, Some(_)) => Type::Range,
            (Type::Percent, Some(_)) => Type::PercentRange,
            (Type::Unknown, _) => Type::Unknown,
            (_, Some(upper)) => {
                let name = self.infer.name_of(&value.kind_of);
                self.infer.errors.push(Diagnostic::new(
                    Code::ResultType,
                    upper.span,
                    format!("幅度的两端应是金额或百分比，这里是{}", name.zh),
                    format!("the ends of a range are money or percent; this is {}", name.en),
                ));
                Type::Unknown
            }
            (kind, None) => kind.clone(),
        };
        match kind_of {
            Some(known) if super::operators::fits(&found, known) => {}
            Some(known) if super::operators::fits(known, &found) => *known = found,
            Some(known) => {
                let (first, this) = (self.infer.name_of(known), self.infer.name_of(&found));
                self.infer.errors.push(
                    Diagnostic::new(
                        Code::ResultType,
                        value.span,
                        format!("前面的结果是{}，这里是{}", first.zh, this.zh),
                        format!("the results before are {}, this one is {}", first.en, this.en),
                    )
                    .help("各行的结果用同一类型", "give all rows results of one type"),
                );
            }
            None if found != Type::Unknown => *kind_of = Some(found),
            None => {}
        }
        RowResult { value, upper }
    }

    // ---- rules ----

    fn conditions(&mut self, conditions: &[syntax::Expr]) -> Vec<Expr> {
        conditions.iter().map(|condition| self.infer.condition(condition)).collect()
    }

    fn optional_condition(&mut self, condition: Option<&syntax::Expr>) -> Option<Expr> {
        condition.map(|condition| self.infer.condition(condition))
    }

    fn measure(&mut self, measure: &Measure<Written>) -> Measure<Typed> {
        self.enter(&measure.head);
        Measure { head: measure.head.clone(), when: self.optional_condition(measure.when.as_ref()) }
    }

    fn fine(&mut self, fine: &Fine<Written>) -> Fine<Typed> {
        let multiple = fine.multiple.as_ref().map(|(base, floor)| {
            let base = self.infer.value_of(base, &[Type::Money]);
            let floor = floor.as_ref().map(|floor| self.infer.value_of(floor, &[Type::Money]));
            (base, floor)
        });
        let due: &[Type] = if multiple.is_some() { &[Type::Number, Type::Percent] } else { &[Type::Money] };
        let low = fine.low.as_ref().map(|low| self.infer.value_of(low, due));
        let high = self.infer.value_of(&fine.high, due);
        if let (Some(low), Some(high)) = (low.as_ref().and_then(super::infer::constant), super::infer::constant(&high))
            && low > high
        {
            self.infer.errors.push(
                Diagnostic::new(
                    Code::RangeEmpty,
                    fine.span,
                    "罚款的下限高于上限",
                    "the lower end of the fine is above the upper end",
                )
                .help("核对两个数额", "check the two amounts"),
            );
        }
        Fine { low, high, multiple, span: fine.span }
    }

    fn violation(&mut self, violation: &Violation<Written>) -> Violation<Typed> {
        self.enter(&violation.head);
        let elements = self.optional_condition(violation.elements.as_ref());
        let fine = violation.fine.as_ref().map(|fine| self.fine(fine));
        let tiers = violation
            .tiers
            .iter()
            .map(|tier| Tier {
                condition: self.infer.condition(&tier.condition),
                label: tier.label.clone(),
                basis: tier.basis.clone(),
                fine: tier.fine.as_ref().map(|fine| self.fine(fine)),
                measures: tier.measures.clone(),
                span: tier.span,
            })
            .collect();
        Violation {
            head: violation.head.clone(),
            breaches: violation.breaches.clone(),
            subjects: violation.subjects,
            elements,
            no_longer_unlawful: violation.no_longer_unlawful,
            fine,
            measures: violation.measures.clone(),
            tiers,
        }
    }

    fn list(&mut self, list: &LeniencyList<Written>) -> LeniencyList<Typed> {
        self.enter(&list.head);
        let when = self.conditions(&list.when);
        let except = self.conditions(&list.except);
        let items = list
            .items
            .iter()
            .map(|item| Exempt {
                violations: item.violations.clone(),
                label: item.label.clone(),
                basis: item.basis.clone(),
                note: item.note.clone(),
                when: self.optional_condition(item.when.as_ref()),
                except: self.conditions(&item.except),
                force: item.force,
                measures: item.measures.clone(),
                span: item.span,
            })
            .collect();
        LeniencyList { head: list.head.clone(), when, except, items }
    }

    fn benchmark(&mut self, benchmark: &Benchmark<Written>) -> (Benchmark<Typed>, Vec<usize>) {
        self.enter(&benchmark.head);
        self.infer.scope.statutory = true;
        let names: Vec<Name> = benchmark.steps.iter().map(|step| step_name(step).clone()).collect();
        let uses: Vec<BTreeSet<usize>> = benchmark
            .steps
            .iter()
            .map(|step| {
                let mut used = BTreeSet::new();
                step_mentions(step, &mut |name| used.extend(names.iter().position(|each| &*each.text == name)));
                used
            })
            .collect();
        let order = self.order(&uses, |index| names.get(index).map(|name| (Arc::clone(&name.text), name.span)));
        let mut typed: BTreeMap<usize, Step<Typed>> = BTreeMap::new();
        for index in &order {
            let Some(step) = benchmark.steps.get(*index) else {
                continue;
            };
            let (step, kind_of) = self.step(step);
            if let Some(name) = names.get(*index) {
                self.infer.scope.steps.insert(Arc::clone(&name.text), kind_of);
            }
            typed.insert(*index, step);
        }
        // Steps in a circle were reported; that they are declared stays known.
        for name in &names {
            self.infer.scope.steps.entry(Arc::clone(&name.text)).or_insert(Type::Unknown);
        }
        let fine = self.infer.value_of(&benchmark.fine, &[Type::Money]);
        let order = order.iter().map(|index| typed.keys().position(|key| key == index).unwrap_or(0)).collect();
        (Benchmark { head: benchmark.head.clone(), steps: typed.into_values().collect(), fine }, order)
    }

    fn step(&mut self, step: &Step<Written>) -> (Step<Typed>, Type) {
        match step {
            Step::Let(name, value) => {
                let value = self.infer.infer(value, None);
                let kind_of = value.kind_of.clone();
                (Step::Let(name.clone(), value), kind_of)
            }
            Step::Weights { name, label, start, factors, cap, floor, span } => {
                let mut kind_of = None;
                let sum = [Type::Percent, Type::Number, Type::Money];
                let start = start.as_ref().map(|start| {
                    let start = self.infer.value_of(start, &sum);
                    if start.kind_of != Type::Unknown {
                        kind_of = Some(start.kind_of.clone());
                    }
                    start
                });
                let factors = factors.iter().map(|factor| self.factor(factor, &mut kind_of)).collect();
                let due = kind_of.clone().unwrap_or(Type::Percent);
                let cap = cap.as_ref().map(|cap| self.infer.value_of(cap, std::slice::from_ref(&due)));
                let floor = floor.as_ref().map(|floor| self.infer.value_of(floor, std::slice::from_ref(&due)));
                let weights =
                    Step::Weights { name: name.clone(), label: label.clone(), start, factors, cap, floor, span: *span };
                (weights, if due == Type::Integer { Type::Number } else { due })
            }
        }
    }

    fn factor(&mut self, factor: &Factor<Written>, kind_of: &mut Option<Type>) -> Factor<Typed> {
        let rows = match &factor.rows {
            FactorRows::Keyed(key, cells) => {
                let key = self.infer.infer(key, None);
                let cells =
                    cells.iter().map(|cell| self.infer.cell(cell, &key.kind_of).unwrap_or(Cells::Any)).collect();
                FactorRows::Keyed(key, cells)
            }
            FactorRows::Conditions(conditions) => FactorRows::Conditions(self.conditions(conditions)),
        };
        let results = factor.results.iter().map(|(result, span)| (self.result(result, kind_of), *span)).collect();
        if let Some(kind) = kind_of.as_ref()
            && !matches!(kind, Type::Percent | Type::Integer | Type::Number | Type::Money | Type::Unknown)
        {
            let name = self.infer.name_of(kind);
            self.infer.errors.push(
                Diagnostic::new(
                    Code::ResultType,
                    factor.span,
                    format!("权重的各项要能相加，这里是{}", name.zh),
                    format!("the rows of a factor are added up, and these are {}", name.en),
                )
                .help("写百分比、数或金额，或改用“表”", "write a ratio, a number or an amount, or use a `table`"),
            );
            *kind_of = None;
        }
        Factor {
            name: factor.name.clone(),
            label: factor.label.clone(),
            rows,
            results,
            hit: factor.hit,
            lowest_when_unestablished: factor.lowest_when_unestablished,
            span: factor.span,
        }
    }

    fn circumstance(&mut self, circumstance: &Circumstance<Written>) -> Circumstance<Typed> {
        self.enter(&circumstance.head);
        let when = self.optional_condition(circumstance.when.as_ref());
        self.infer.scope.statutory = true;
        self.infer.scope.fine = true;
        let effect = self.infer.value_of(&circumstance.effect, &[Type::Money]);
        Circumstance {
            head: circumstance.head.clone(),
            when,
            force: circumstance.force,
            reduced: circumstance.reduced,
            effect,
        }
    }

    fn credit(&mut self, credit: &Credit<Written>) -> Credit<Typed> {
        self.enter(&credit.head);
        self.infer.scope.grades = credit.grades;
        let tiers = credit
            .tiers
            .iter()
            .map(|tier| {
                let condition = self.infer.condition(&tier.condition);
                self.infer.scope.statutory = true;
                self.infer.scope.fine = true;
                let coefficient =
                    tier.coefficient.as_ref().map(|value| self.infer.value_of(value, &[Type::Percent, Type::Number]));
                let effect = tier.effect.as_ref().map(|value| self.infer.value_of(value, &[Type::Money]));
                self.infer.scope.statutory = false;
                self.infer.scope.fine = false;
                CreditTier {
                    condition,
                    label: tier.label.clone(),
                    basis: tier.basis.clone(),
                    coefficient,
                    effect,
                    excludes: tier.excludes.clone(),
                    measures: tier.measures.clone(),
                    span: tier.span,
                }
            })
            .collect();
        let computed = credit
            .computed
            .iter()
            .map(|(expressions, span)| {
                (expressions.iter().map(|expression| self.infer.infer(expression, None)).collect(), *span)
            })
            .collect();
        Credit { head: credit.head.clone(), grades: credit.grades, tiers, computed }
    }

    fn conditional(&mut self, conditional: &Conditional<Written>) -> Conditional<Typed> {
        self.enter(&conditional.head);
        self.infer.scope.fine = conditional.kind == syntax::DeclarationKind::Procedure;
        let expressions = conditional
            .expressions
            .iter()
            .map(|(wanted, expression)| {
                let typed = match wanted {
                    Wanted::Condition => self.infer.condition(expression),
                    Wanted::Any => self.infer.infer(expression, None),
                };
                (*wanted, typed)
            })
            .collect();
        Conditional { head: conditional.head.clone(), kind: conditional.kind, expressions }
    }
}

fn unknown(span: Span) -> Expr {
    Expr { kind: ExprKind::Unknown, kind_of: Type::Unknown, span }
}

fn step_name(step: &Step<Written>) -> &Name {
    match step {
        Step::Weights { name, .. } | Step::Let(name, _) => name,
    }
}

fn step_mentions(step: &Step<Written>, found: &mut impl FnMut(&str)) {
    match step {
        Step::Let(_, value) => mentions(value, found),
        Step::Weights { start, factors, cap, floor, .. } => {
            for expression in start.iter().chain(cap).chain(floor) {
                mentions(expression, found);
            }
            for factor in factors {
                match &factor.rows {
                    FactorRows::Keyed(key, _) => mentions(key, found),
                    FactorRows::Conditions(conditions) => conditions.iter().for_each(|each| mentions(each, found)),
                }
                for (result, _) in &factor.results {
                    std::iter::once(&result.value).chain(&result.upper).for_each(|each| mentions(each, found));
                }
            }
        }
    }
}

/// Calls `found` with every name an expression mentions.
fn mentions(expression: &syntax::Expr, found: &mut impl FnMut(&str)) {
    use syntax::ExprKind as E;
    match &expression.kind {
        E::Literal(_) | E::Bool(_) => {}
        E::Name(name) => found(&name.text),
        E::Call(_, arguments) => {
            for (argument, filter) in arguments {
                mentions(argument, found);
                if let Some(filter) = filter {
                    mentions(filter, found);
                }
            }
        }
        E::Not(inner) | E::Negate(inner) | E::In(_, inner, _) => mentions(inner, found),
        E::Or(parts) | E::And(parts) => parts.iter().for_each(|part| mentions(part, found)),
        E::Arithmetic(_, left, right) | E::Compare(_, left, right) => {
            mentions(left, found);
            mentions(right, found);
        }
        E::If(parts) => parts.iter().for_each(|part| mentions(part, found)),
    }
}
