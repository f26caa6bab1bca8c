use super::document::{Line, Role};
use super::expression::Leaf;
use super::reader::Reader;
use super::values::retyped;
use crate::diagnostic::Lang;
use crate::program::RuleKind;
use crate::trail::{Adjustment, Step, StepKind, Trail};
use crate::value::{Number, RoundingMode, Value};

/// The sentences of steps that work out an amount.
impl Reader<'_> {
    pub(crate) fn deemed(&self, base: Number, floor: Number, value: Option<Value>) -> Line {
        let [base, floor] = [base, floor].map(|number| self.value(retyped(number, value), None));
        let counts = value.map(|value| self.value(value, None)).unwrap_or_default();
        match self.lang {
            Lang::Chinese => Line::plain("基数 ")
                .add(Role::Money, base)
                .text("，不足 ")
                .add(Role::Money, &floor)
                .text(" 的按该数计算，计 ")
                .add(Role::Money, counts),
            Lang::English => Line::plain("base of ")
                .add(Role::Money, base)
                .text(", counted as at least ")
                .add(Role::Money, &floor)
                .text(": ")
                .add(Role::Money, counts),
        }
    }

    /// `裁量百分值总和 = 7% + 10% = 17%`, from the rows that gave something.
    pub(crate) fn weights(&self, trail: &Trail, index: usize, step: &Step) -> Line {
        let name = self.rule_label(step.rule);
        let Some(total) = step.value else {
            return name.text(self.colon()).join(self.result(step));
        };
        let mut terms = Vec::new();
        let mut sum = None;
        let mut known = true;
        for (_, child) in trail.children(index) {
            match child.kind {
                StepKind::Start | StepKind::Factor | StepKind::FactorAtLowest => match child.value {
                    Some(value) if value.as_number() == Some(Number::ZERO) => {}
                    Some(value) => terms.push(self.value(value, None)),
                    None => known = false,
                },
                StepKind::Capped(before) | StepKind::Floored(before) => {
                    sum.get_or_insert(before);
                }
                _ => {}
            }
        }
        let mut line = name.text(" = ");
        if known && terms.len() > 1 {
            line = line.add(Role::Value, terms.join(" + ")).text(" = ");
        }
        if let Some(sum) = sum {
            line = line
                .add(Role::Value, self.value(retyped(sum, Some(total)), None))
                .text(self.pick("，计 ", ", counted as "));
        }
        line.add(Role::Strong, self.value(total, None))
    }

    /// What a factor's row was found by: the value of its key, or the row's own condition.
    pub(crate) fn factor_match(&self, step: &Step, leaves: &[Leaf]) -> Line {
        let inside = leaves.iter().any(|leaf| step.span.contains(leaf.span));
        let row = self.row_match(step.span, leaves);
        match leaves {
            [leaf] if !inside => match leaf.value {
                Some(value) => {
                    let text = self.value(value, self.unit_of(leaf.operand));
                    // A row that names exactly the value, or the member whose label the value shows, says nothing more.
                    let exact = row.is_empty() || row == text || matches!(value, Value::Member(..) | Value::Bool(_));
                    let line = Line::of(Role::Value, text);
                    if exact { line } else { self.beside(line, &row) }
                }
                None => Line::of(Role::Open, self.origin(leaf.origin)),
            },
            _ => Line::of(Role::Expression, row),
        }
    }

    /// A value with the row that holds it: `60吨（50吨以上）`, or `3个月 在 [3个月, 6个月)` for an interval.
    fn beside(&self, value: Line, row: &str) -> Line {
        if row.starts_with(['[', '(', '［', '（']) {
            value.text(self.pick(" 在 ", " in ")).add(Role::Expression, row)
        } else {
            value.add(Role::Expression, self.bracketed(row))
        }
    }

    pub(crate) fn factor(&self, step: &Step, leaves: &[Leaf]) -> Line {
        let matched = self.factor_match(step, leaves);
        let name = self.rule_label(step.rule).text(self.colon());
        let name = if matched.is_empty() { name } else { name.join(matched).text(self.comma()) };
        match step.value {
            Some(_) => name.text(self.pick("计 ", "counts ")).join(self.result(step)),
            None => name.join(self.result(step)),
        }
    }

    /// `罚款 = 总权重 × 法定最高 = 36% × 1,000,000元 = 360,000元`.
    pub(crate) fn computed(&self, step: &Step, leaves: &[Leaf]) -> Line {
        let kind = step.rule.and_then(|id| self.program.rule(id)).map(|rule| rule.kind);
        let name = match kind {
            Some(RuleKind::Benchmark) => Line::of(Role::Name, self.pick("罚款", "fine")),
            _ => self.rule_label(step.rule),
        };
        self.equation(name, step, leaves)
    }

    pub(crate) fn equation(&self, name: Line, step: &Step, leaves: &[Leaf]) -> Line {
        let result = self.result(step);
        let words = self.wording(step.span, leaves);
        let mut line = name;
        if !words.is_empty() && words != result.to_string() && words != line.to_string() {
            line = line.text(" = ").add(Role::Expression, words);
        }
        if let Some(values) = self.with_values(step.span, leaves)
            && values.to_string() != result.to_string()
        {
            line = line.text(" = ").join(values);
        }
        match step.value {
            Some(_) => line.text(" = ").join(result),
            None => line.text(self.colon()).join(result),
        }
    }

    pub(crate) fn adjusted(&self, step: &Step, before: Number, leaves: &[Leaf]) -> Line {
        let line = step.rule.map_or_else(Line::new, |rule| self.rule_with_kind(rule).text(self.colon()));
        let line =
            if leaves.is_empty() { line } else { line.join(self.condition_text(step.span, leaves)).text(self.comma()) };
        let after = step.value.and_then(Value::as_number);
        let before_text = self.money(before);
        if after == Some(before) {
            line.text(self.pick("数额不变，为 ", "the amount stays at ")).add(Role::Money, before_text)
        } else {
            line.text(self.pick("由 ", "from "))
                .add(Role::Money, before_text)
                .text(self.pick(" 调整为 ", " to "))
                .join(self.result(step))
        }
    }

    pub(crate) fn held(&self, adjustment: Adjustment, before: Number, range: String, step: &Step) -> Line {
        let before = Line::of(Role::Money, self.money(before));
        let range = Line::of(Role::Money, range);
        match adjustment {
            Adjustment::WithinRange => before
                .text(self.pick(" 在法定幅度 ", " is inside the statutory range of "))
                .join(range)
                .text(self.pick(" 之内", "")),
            Adjustment::HeldAtMinimum => before
                .text(self.pick(" 低于法定最低，按法定最低计 ", " is below the statutory minimum: held at "))
                .join(self.result(step))
                .text(self.pick("（法定幅度 ", " (statutory range "))
                .join(range)
                .text(self.pick("）", ")")),
            Adjustment::HeldAtMaximum => before
                .text(self.pick(" 高于法定最高，按法定最高计 ", " is above the statutory maximum: held at "))
                .join(self.result(step))
                .text(self.pick("（法定幅度 ", " (statutory range "))
                .join(range)
                .text(self.pick("）", ")")),
            Adjustment::ReducedBelowMinimum => before
                .text(self.pick(
                    " 低于法定最低，因有减轻情节而允许（法定幅度 ",
                    " is below the statutory minimum, which a reducing circumstance allows (statutory range ",
                ))
                .join(range)
                .text(self.pick("）", ")")),
        }
    }

    pub(crate) fn rounded(&self, step: &Step, before: Number, mode: RoundingMode, unit: Number) -> Line {
        let after = step.value.and_then(Value::as_number);
        let before_text = Line::of(Role::Money, self.money(before));
        if after == Some(before) {
            before_text.text(self.pick("，不需取整", " needs no rounding"))
        } else if step.rule.is_none() {
            before_text
                .text(self.pick(
                    "，没有取整规定，不足一分的部分舍去（有利于当事人），为 ",
                    ", no rounding rule is declared: what is below one fen is dropped in the party's favour, ",
                ))
                .join(self.result(step))
        } else {
            before_text
                .text(match self.lang {
                    Lang::Chinese => {
                        format!("，按{}取整（{}），为 ", self.money(unit), self.rounding(mode))
                    }
                    Lang::English => {
                        format!(", rounded {} to a multiple of {}, is ", self.rounding(mode), self.money(unit))
                    }
                })
                .join(self.result(step))
        }
    }
}
