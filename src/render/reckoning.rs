use std::ops::Range;

use super::document::{Block, Line, Role, Row, Table};
use super::expression::leaves;
use super::reader::Reader;
use crate::evaluate::{CandidateResult, Outcome};
use crate::program::RuleKind;
use crate::trail::{Adjustment, StepKind, Trail, Verdict};
use crate::value::Value;

/// How the amount came about, picked from the trail.
impl Reader<'_> {
    /// How the amount came about, in the order it was worked out.
    pub(crate) fn money_rows(&self, result: &CandidateResult, trail: &Trail, steps: Range<usize>) -> Vec<Row> {
        let Some(fine) = &result.fine else {
            return Vec::new();
        };
        let mut range = vec![Line::of(Role::Money, self.range(fine.range))];
        let mut reckoning = Vec::new();
        let mut changes = Vec::new();
        for index in steps {
            let Some(step) = trail.steps().get(index) else {
                break;
            };
            let rule_kind = step.rule.and_then(|id| self.program.rule(id)).map(|rule| rule.kind);
            match &step.kind {
                StepKind::StatutoryRange => {
                    if let (Some(citation), Some(first)) = (self.step_citation(trail, index), range.first_mut()) {
                        *first = self.with_citation(std::mem::take(first), &citation);
                    }
                }
                StepKind::DeemedBase(..) => range.push(self.cited(trail, index)),
                StepKind::Rule(Verdict::Applied) if rule_kind == Some(RuleKind::Tier) => {
                    range.push(self.cited(trail, index));
                }
                StepKind::Weights => reckoning.push(self.cited(trail, index)),
                StepKind::Computed if matches!(rule_kind, Some(RuleKind::Benchmark | RuleKind::Step)) => {
                    reckoning.push(self.cited(trail, index));
                }
                StepKind::TableRow | StepKind::TableRowAtLowest => reckoning.push(self.cited(trail, index)),
                StepKind::NoBenchmark | StepKind::FixedSum => reckoning.push(self.sentence(trail, index)),
                StepKind::Adjusted(before) if step.value.and_then(Value::as_number) != Some(*before) => {
                    changes.push(self.cited(trail, index));
                }
                StepKind::Held(adjustment, ..) if *adjustment != Adjustment::WithinRange => {
                    changes.push(self.cited(trail, index));
                }
                StepKind::Rounded(before, ..) if step.value.and_then(Value::as_number) != Some(*before) => {
                    changes.push(self.cited(trail, index));
                }
                _ => {}
            }
        }
        let mut rows = vec![self.row("法定幅度", "Statutory range", range)];
        let imposed = fine.amount.map(|amount| self.money(amount)).or_else(|| fine.within.map(|band| self.range(band)));
        if result.outcome == Outcome::Undetermined
            && let Some(amount) = imposed
        {
            let line = Line::of(Role::Money, amount);
            rows.push(self.row("如予罚款", "If a fine is imposed", vec![line]));
        }
        if !reckoning.is_empty() {
            rows.push(self.row("裁量计算", "Discretion", reckoning));
        }
        if !changes.is_empty() {
            rows.push(self.row("调整", "Adjusted", changes));
        }
        rows
    }

    /// For each sum of weights, the start and the factors with what they gave.
    pub(crate) fn factor_tables(&self, trail: &Trail, steps: Range<usize>) -> Vec<Block> {
        steps
            .filter_map(|index| {
                let step = trail.steps().get(index)?;
                if step.kind != StepKind::Weights {
                    return None;
                }
                let mut rows = Vec::new();
                for (child_index, child) in trail.children(index) {
                    let name = child.rule.map(|rule| self.rule_name(rule)).unwrap_or_default();
                    let points = child.value.map_or_else(
                        || Line::of(Role::Open, "?"),
                        |value| Line::of(Role::Value, self.value(value, None)),
                    );
                    let (name, matched) = match child.kind {
                        StepKind::Start => (self.pick("起点", "start").to_owned(), Line::new()),
                        StepKind::Factor => (name, self.factor_match(child, &leaves(trail, child_index))),
                        StepKind::FactorAtLowest => (
                            name,
                            Line::of(Role::Open, self.pick("无法查明，取最低档", "cannot be established: lowest row")),
                        ),
                        _ => continue,
                    };
                    rows.push(vec![Line::of(Role::Name, name), matched, points]);
                }
                if rows.is_empty() {
                    return None;
                }
                let total = step.value.map(|value| {
                    vec![
                        Line::of(Role::Strong, step.rule.map(|rule| self.rule_name(rule)).unwrap_or_default()),
                        Line::new(),
                        Line::of(Role::Strong, self.value(value, None)),
                    ]
                });
                let head = [("裁量因素", "Discretion factor"), ("档", "Row"), ("计", "Counts")]
                    .map(|(zh, en)| self.pick(zh, en).to_owned());
                Some(Block::Table(Table { head: head.into(), rows, foot: total }))
            })
            .collect()
    }
}
