//! Benchmarks: steps, weights and factors.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::resolved::{Benchmark, Factor, FactorRows, Step, Written};
use crate::syntax::Name;
use crate::typed::{Cells, Type, Typed};

use super::{Checker, step_mentions, step_name};

impl Checker<'_> {
    pub(super) fn benchmark(&mut self, benchmark: &Benchmark<Written>) -> (Benchmark<Typed>, Vec<usize>) {
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
        let band = benchmark.band.as_ref().map(|band| self.infer.value_of(band, &[Type::Range]));
        self.infer.scope.band = band.is_some();
        let fine = self.infer.value_of(&benchmark.fine, &[Type::Money, Type::Range]);
        let order = order.iter().map(|index| typed.keys().position(|key| key == index).unwrap_or(0)).collect();
        let (head, subjects) = (benchmark.head.clone(), benchmark.subjects);
        (Benchmark { head, subjects, steps: typed.into_values().collect(), band, fine }, order)
    }

    pub(super) fn step(&mut self, step: &Step<Written>) -> (Step<Typed>, Type) {
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

    pub(super) fn factor(&mut self, factor: &Factor<Written>, kind_of: &mut Option<Type>) -> Factor<Typed> {
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
}
