//! Benchmarks, factors and tables, with their cells indexed.

use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::program::{
    BenchmarkStep, BenchmarkVersion, CellIndex, Cells, Expression, FactorKind, FactorProgram, RuleId, RuleKind,
    TableRow, Titles, WeightsProgram,
};
use crate::resolved::{self, FactorRows};
use crate::source::Span;
use crate::syntax::HitPolicy;
use crate::typed::{self, ExprKind, Type, Typed};

use super::Compiler;

impl Compiler<'_> {
    pub(super) fn result(&mut self, result: &resolved::RowResult<Typed>, span: Span) -> TableRow {
        let result = match &result.upper {
            None => self.expression(&result.value),
            Some(upper) => {
                let whole = typed::Expr {
                    kind_of: result.value.kind_of.range().unwrap_or(Type::Range),
                    span: result.value.span.to(upper.span),
                    kind: ExprKind::Range(Box::new([result.value.clone(), upper.clone()])),
                };
                self.expression(&whole)
            }
        };
        TableRow { result, span }
    }

    pub(super) fn table(&mut self, number: usize, table: resolved::Table<Typed>) {
        let keys: Vec<Expression> = table.keys.iter().map(|key| self.expression(key)).collect();
        let cells: Vec<Vec<Cells>> = table.rows.iter().map(|(cells, _, _)| cells.clone()).collect();
        let index = CellIndex::new(keys.len(), &cells);
        let rows: Vec<TableRow> = table.rows.iter().map(|(_, result, span)| self.result(result, *span)).collect();
        self.rows_overlap(&index, &rows, table.hit);
        if let Some(slot) = self.program.tables.get_mut(number) {
            slot.keys = keys;
            slot.index = index;
            slot.rows = rows;
            slot.lowest_when_unestablished = table.lowest_when_unestablished;
        }
    }

    pub(super) fn rows_overlap(&mut self, index: &CellIndex, rows: &[TableRow], hit: HitPolicy) {
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

    pub(super) fn benchmark(&mut self, benchmark: resolved::Benchmark<Typed>, order: &[usize]) {
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
        let band = benchmark.band.as_ref().map(|band| self.expression(band));
        let fine = self.expression(&benchmark.fine);
        let rounding = benchmark.head.basis.first().and_then(|citation| {
            let instrument = self.program.instruments.get(&citation.instrument)?;
            instrument.rounding.map(|(mode, step)| (mode, step, instrument.rule))
        });
        let area = Arc::clone(&benchmark.head.area);
        let version =
            BenchmarkVersion { rule, in_force, area, subjects: benchmark.subjects, steps, band, fine, rounding };
        self.program.violations.entry(benchmark.head.name.text).or_default().benchmarks.push(version);
    }

    pub(super) fn factor(&mut self, factor: &resolved::Factor<Typed>, step: RuleId) -> FactorProgram {
        let mut label: Titles = factor.label.clone().into();
        if label.is_empty() {
            label = match &factor.rows {
                FactorRows::Keyed(typed::Expr { kind: ExprKind::Fact(index), .. }, _) => {
                    self.program.fact(self.fact_id(*index)).map(|fact| fact.label.clone()).unwrap_or_default()
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
}
