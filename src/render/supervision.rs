use super::document::{Line, Role, Row};
use super::expression::Leaf;
use super::reader::Reader;
use crate::evaluate::{CandidateResult, StatedValue, SupervisionResult};
use crate::trail::{Operand, Step};

/// How the party is supervised from now on, and what measures and notices say.
impl Reader<'_> {
    pub(crate) fn supervision(&self, result: &CandidateResult) -> Option<Row> {
        let lines: Vec<Line> = result.supervision.iter().map(|each| self.supervised(each)).collect();
        (!lines.is_empty())
            .then(|| self.row("后续监管（不影响处罚）", "Supervision (does not change the penalty)", lines))
    }

    pub(crate) fn supervised(&self, supervision: &SupervisionResult) -> Line {
        let line = self.measure(&supervision.measure);
        if supervision.certain {
            return line;
        }
        match self.names(&supervision.depends_on) {
            Some(names) => line.add(
                Role::Open,
                self.bracketed(&format!(
                    "{}{names}",
                    self.pick("是否适用，取决于：", "whether it applies depends on: ")
                )),
            ),
            None => {
                line.add(Role::Open, self.pick("（是否适用，不能得出）", " (whether it applies cannot be worked out)"))
            }
        }
    }

    /// `…；抽查比例：20%`, after the line of a measure or notice.
    pub(crate) fn stated(&self, line: Line, stated: &[StatedValue]) -> Line {
        stated.iter().fold(line, |line, each| {
            let label = each.label.get(self.lang).unwrap_or_default();
            let line = line.text(self.semicolon()).text(label).text(self.colon());
            match (each.value, self.names(&each.depends_on)) {
                (Some(value), _) => line.add(Role::Value, self.value(value, None)),
                (None, Some(names)) => {
                    let said = format!("{}{names}", self.pick("尚不能确定，取决于：", "not known yet, depends on: "));
                    line.add(Role::Open, said)
                }
                (None, None) => line.add(Role::Open, self.pick("不能得出", "cannot be worked out")),
            }
        })
    }

    /// The step that works out what a measure or notice says.
    pub(crate) fn stated_step(&self, step: &Step, leaves: &[Leaf]) -> Line {
        let label = step.rule.and_then(|rule| self.stated_label(rule, step));
        let line = Line::of(Role::Name, label.unwrap_or_default()).text(self.colon());
        let line = if leaves.is_empty() {
            line
        } else {
            line.add(Role::Expression, self.wording(step.span, leaves)).text(" = ")
        };
        line.join(self.result(step))
    }

    fn stated_label(&self, rule: crate::program::RuleId, step: &Step) -> Option<String> {
        let program = self.program;
        let of_measure = program.measure(rule).map(|measure| &measure.states);
        let states = of_measure.or_else(|| {
            program.procedures.iter().find(|procedure| procedure.rule == rule).map(|procedure| &procedure.states)
        })?;
        let stated = states.iter().find(|stated| stated.value.span == step.span)?;
        stated.label.get(self.lang).map(str::to_owned)
    }

    /// The names of what something depends on; `None` when there are none.
    pub(super) fn names(&self, operands: &[Operand]) -> Option<String> {
        let names: Vec<String> = operands.iter().map(|operand| self.operand(*operand)).collect();
        (!names.is_empty()).then(|| names.join(self.pick("、", ", ")))
    }
}
