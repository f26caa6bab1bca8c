//! Stage 5: whether a leniency list forgives the act. A `may` never decides by itself.

use std::sync::Arc;

use super::{Candidate, OfficerOption};
use crate::program::{ExemptItem, Force, LeniencyVersion, RuleId};
use crate::source::Span;
use crate::trail::{StepKind, Truth, Verdict};

/// What the lists say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Leniency {
    /// No list forgives it, or it cannot be said yet.
    None,
    /// The penalty may be waived.
    Choice,
    /// The penalty shall be waived.
    Waived,
}

impl Candidate<'_> {
    pub(super) fn leniency(&mut self) -> Leniency {
        let violation = self.violation;
        let day = self.day;
        self.name_expired_lists();
        let lists: Vec<&LeniencyVersion> =
            violation.lists.iter().filter(|list| list.in_force.holds_on(day) && self.covers(&list.area)).collect();
        let Some(local) = lists.first().map(|list| Arc::clone(&list.area)) else {
            self.recorder.step(StepKind::NothingDeclared, Span::NOWHERE, None, None);
            return Leniency::None;
        };
        let (asked, was_open) = (self.asked(), self.open);
        let mut result = Leniency::None;
        for list in lists {
            let span = self.program.rule(list.rule).map_or(Span::NOWHERE, |rule| rule.span);
            if list.area != local {
                self.recorder.step(StepKind::Rule(Verdict::PassedOver), span, Some(list.rule), None);
                continue;
            }
            match self.list(list, span) {
                Leniency::Waived => {
                    // One list that forgives is enough, whatever others leave open.
                    self.forget(asked);
                    self.open = was_open;
                    result = Leniency::Waived;
                    break;
                }
                Leniency::Choice => result = Leniency::Choice,
                Leniency::None => {}
            }
        }
        result
    }

    fn list(&mut self, list: &LeniencyVersion, span: Span) -> Leniency {
        let open = self.recorder.open(StepKind::Rule(Verdict::Unknown), span, Some(list.rule));
        // Whether it forgives or not, the answer rests on it.
        self.rests_on(list.rule);
        let asked = self.asked();
        let was_open = self.open;
        let by_credit = self.excluded_by_credit(&list.name);
        let mut excluded = by_credit;
        for exclusion in &list.exclusions {
            excluded = excluded.or(self.element(*exclusion, StepKind::Exclusion));
        }
        if excluded == Truth::True {
            self.forget(asked);
            self.open = was_open;
            self.recorder.close(open, StepKind::Rule(Verdict::Excluded), None);
            return Leniency::None;
        }
        let umbrella = self.condition(&list.condition);
        let mut result = Leniency::None;
        let mut verdict = Verdict::Failed;
        let mut any_open = false;
        for item in &*list.items {
            let item_span = self.program.rule(item.rule).map_or(Span::NOWHERE, |rule| rule.span);
            let item_open = self.recorder.open(StepKind::Rule(Verdict::Unknown), item_span, Some(item.rule));
            let holds = self.item(item);
            let whole = umbrella.and(holds).and(!excluded);
            let item_verdict = match (whole, item.force) {
                (Truth::False, _) => Verdict::Failed,
                (Truth::Unknown, _) => Verdict::Unknown,
                (Truth::True, Force::Shall) => Verdict::Applied,
                (Truth::True, Force::May(_)) => Verdict::Choice,
            };
            // An item whose own conditions hold fails with its list; the list's steps show why.
            self.recorder.close(item_open, StepKind::Rule(item_verdict), None);
            match item_verdict {
                Verdict::Applied => {
                    self.applied(item, list.rule);
                    result = Leniency::Waived;
                    verdict = Verdict::Applied;
                    break;
                }
                Verdict::Choice => {
                    let recommended = matches!(item.force, Force::May(true));
                    let measures = self.with_waiver(&item.measures);
                    self.options.push(OfficerOption::Waive(item.rule, recommended, measures));
                    self.decided_by.insert(0, item.rule);
                    result = Leniency::Choice;
                    verdict = Verdict::Choice;
                }
                Verdict::Unknown => any_open = true,
                Verdict::Failed
                | Verdict::PassedOver
                | Verdict::Expired
                | Verdict::Excluded
                | Verdict::CrimeFirst
                | Verdict::IfChosen
                | Verdict::OtherParty => {}
            }
        }
        if result != Leniency::Waived && any_open {
            self.open = true;
            if verdict == Verdict::Failed {
                verdict = Verdict::Unknown;
            }
        } else if result != Leniency::Waived {
            self.forget(asked);
        }
        self.recorder.close(open, StepKind::Rule(verdict), None);
        result
    }

    fn item(&mut self, item: &ExemptItem) -> Truth {
        let asked = self.asked();
        let mut holds = self.condition(&item.condition);
        for exclusion in &item.exclusions {
            holds = holds.and(!self.element(*exclusion, StepKind::Exclusion));
        }
        if holds != Truth::Unknown {
            self.forget(asked);
        }
        holds
    }

    fn applied(&mut self, item: &ExemptItem, list: RuleId) {
        self.decided_by.insert(0, list);
        self.decided_by.insert(0, item.rule);
        // What the violation would have brought falls away; what the item brings takes its place.
        self.options.clear();
        self.groups(&item.measures);
    }
}
