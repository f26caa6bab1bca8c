//! Stage 5: whether a leniency list forgives the act. A `may` never decides by itself.

use std::cmp::Ordering;

use super::{Candidate, OfficerOption};
use crate::program::{ExemptItem, Force, LeniencyVersion, RuleId};
use crate::resolved::{self, Level};
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
        if lists.is_empty() {
            self.recorder.step(StepKind::NothingDeclared, Span::NOWHERE, None, None);
        }
        let (asked, was_open) = (self.asked(), self.open);
        let mut result = Leniency::None;
        let mut decisive = None;
        for list in &lists {
            let span = self.program.rule(list.rule).map_or(Span::NOWHERE, |rule| rule.span);
            if lists.iter().any(|other| self.takes_the_place_of(other, list)) {
                self.recorder.step(StepKind::Rule(Verdict::PassedOver), span, Some(list.rule), None);
                continue;
            }
            if result == Leniency::Waived {
                // A more local list spells it out, and rests on it.
                if self.ranks_above(list, decisive) {
                    self.recorder.step(StepKind::Rule(Verdict::MetAlready), span, Some(list.rule), None);
                    self.rests_on(list.rule);
                    self.decided_by.push(list.rule);
                }
                continue;
            }
            match self.list(list, span) {
                Leniency::Waived => {
                    // One list that forgives is enough, whatever others leave open.
                    self.forget(asked);
                    self.open = was_open;
                    result = Leniency::Waived;
                    decisive = Some(*list);
                }
                Leniency::Choice => result = Leniency::Choice,
                Leniency::None => {}
            }
        }
        result
    }

    /// Whether a more local list takes the place of a wider one, which it does only where its instrument does not rank below
    /// that of the other: a catalogue adds to a statute and cannot displace it.
    fn takes_the_place_of(&self, local: &LeniencyVersion, wider: &LeniencyVersion) -> bool {
        let more_local = local.area != wider.area && super::covers(&wider.area, &local.area);
        more_local && self.rank(local).against(self.rank(wider)).is_some_and(Ordering::is_ge)
    }

    fn ranks_above(&self, list: &LeniencyVersion, decisive: Option<&LeniencyVersion>) -> bool {
        decisive.is_some_and(|decisive| self.rank(list).against(self.rank(decisive)) == Some(Ordering::Greater))
    }

    /// The level of the instrument a list is called after; one that says none is no more than a normative document.
    fn rank(&self, list: &LeniencyVersion) -> Level {
        let instrument = self.program.instruments.get(&list.name);
        instrument
            .and_then(|instrument| resolved::level(instrument.level.as_deref()?))
            .unwrap_or(Level::NormativeDocument)
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
                | Verdict::MetAlready
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
