//! Stage 13: what the result requires. Procedure is always that of the day of the decision.

use std::sync::Arc;

use super::band::Band;
use super::knowledge::Known;
use super::result::Chosen;
use super::{Candidate, DueDate, Notice};
use crate::program::{Condition, RuleId, TimeLimit};
use crate::source::Span;
use crate::trail::{StepKind, Truth, Verdict};
use crate::value::{Duration, Value};

impl Candidate<'_> {
    /// Notes what a result with this fine requires, for these violations.
    pub(super) fn procedure(&mut self, fine: Option<Band>, violations: &[Arc<str>]) {
        self.on_day(self.case.decided_on, |candidate| candidate.required(fine, violations));
    }

    fn required(&mut self, fine: Option<Band>, violations: &[Arc<str>]) {
        let program = self.program;
        let decided_on = self.case.decided_on;
        // What procedure asks for or cannot work out does not open the outcome again.
        let asked = self.asked();
        let mut any = false;
        self.fine = fine;
        for rule in program.procedures.iter().filter(|rule| rule.in_force.holds_on(decided_on)) {
            if !(self.covers(&rule.area) && violations.iter().any(|each| rule.covers.includes(each))) {
                continue;
            }
            any = true;
            let span = program.rule(rule.rule).map_or(Span::NOWHERE, |rule| rule.span);
            let open = self.recorder.open(StepKind::Rule(Verdict::Unknown), span, Some(rule.rule));
            let (truth, if_chosen) = self.requirement(&rule.condition);
            let verdict = match truth {
                Truth::True => Verdict::Applied,
                Truth::False => Verdict::Failed,
                Truth::Unknown if !if_chosen.is_empty() => Verdict::IfChosen,
                Truth::Unknown => Verdict::Unknown,
            };
            if verdict != Verdict::Failed {
                self.rests_on(rule.rule);
                let stated = self.stated(&rule.states, rule.rule);
                let (within, due) =
                    rule.within.as_ref().map_or((None, DueDate::NotStated), |limit| self.due_date(limit));
                self.notices.push(Notice {
                    rule: rule.rule,
                    requires: rule.requires.clone(),
                    within,
                    due,
                    certain: verdict == Verdict::Applied,
                    if_chosen,
                    stated,
                });
            }
            self.recorder.close(open, StepKind::Rule(verdict), None);
        }
        self.forget(asked);
        if !any {
            self.recorder.step(StepKind::NothingDeclared, Span::NOWHERE, None, None);
        }
    }

    /// Whether a condition about the result holds; where only a measure left to the officer keeps it open, the measures that
    /// would make it hold.
    fn requirement(&mut self, condition: &Condition) -> (Truth, Vec<RuleId>) {
        self.choices_asked.clear();
        let truth = self.condition(condition);
        let choices = std::mem::take(&mut self.choices_asked);
        if truth != Truth::Unknown || choices.is_empty() {
            return (truth, Vec::new());
        }
        // The same again, unwritten, with all choices taken and with none.
        let (on, problems) = (self.recorder.pause(), self.problems.len());
        self.chosen = Chosen::All;
        let with_all = self.condition(condition);
        self.chosen = Chosen::None;
        let with_none = self.condition(condition);
        self.chosen = Chosen::Open;
        self.choices_asked.clear();
        self.problems.truncate(problems);
        self.recorder.resume(on);
        match (with_all, with_none) {
            (all, none) if all == none => (all, Vec::new()),
            (Truth::True, Truth::False) => (Truth::Unknown, choices),
            _ => (Truth::Unknown, Vec::new()),
        }
    }

    /// How long, and the last day where the rule says from when.
    fn due_date(&mut self, limit: &TimeLimit) -> (Option<Duration>, DueDate) {
        let open = self.recorder.open(StepKind::DueDate, limit.span, None);
        let length = self.value(limit.length.root);
        let from = limit.from.map(|from| self.value(from.root));
        let duration = match length {
            Known::Value(Value::Duration(duration)) => Some(duration),
            _ => None,
        };
        let due = match (duration, from) {
            (_, None) => DueDate::NotStated,
            (Some(duration), Some(Known::Value(Value::Date(from)))) => {
                let last = self.shifted(from, duration, true);
                let last = last.then(|last| match last {
                    Value::Date(day) if limit.rolling => self.rolled(day),
                    other => Known::Value(other),
                });
                match last {
                    Known::Value(Value::Date(day)) => DueDate::On(day),
                    _ => DueDate::Open,
                }
            }
            _ => DueDate::Open,
        };
        let value = match due {
            DueDate::On(day) => Some(Value::Date(day)),
            DueDate::Open => None,
            DueDate::NotStated => duration.map(Value::Duration),
        };
        self.recorder.close(open, StepKind::DueDate, value);
        (duration, due)
    }
}
