use super::document::{TrailLine, Weight};
use super::reader::Reader;
use crate::program::RuleId;
use crate::trail::{Moment, Operand, Origin, Step, StepKind, Trail};

impl Reader<'_> {
    /// Every step of the trail as a line, in the order and at the depth it was written.
    pub(crate) fn tree(&self, trail: &Trail) -> Vec<TrailLine> {
        let mut noted: Vec<RuleId> = Vec::new();
        trail
            .steps()
            .iter()
            .enumerate()
            .map(|(index, step)| {
                if matches!(step.kind, StepKind::Candidate(_)) {
                    // Each version is read on its own, so its notes are given again.
                    noted.clear();
                }
                self.trail_line(trail, index, step, &mut noted)
            })
            .collect()
    }

    fn trail_line(&self, trail: &Trail, index: usize, step: &Step, noted: &mut Vec<RuleId>) -> TrailLine {
        let weight = match step.kind {
            StepKind::Stage(_) | StepKind::Candidate(_) => Weight::Stage,
            StepKind::Input(..) => Weight::Input,
            _ => Weight::Step,
        };
        let rules = self.speaking_rules(step);
        let status = rules.iter().filter_map(|id| self.status(self.program.rule(*id)?)).next().map(str::to_owned);
        let mut notes = Vec::new();
        for id in rules {
            if let Some(note) = self.note(id)
                && !noted.contains(&id)
            {
                noted.push(id);
                notes.push(note.to_owned());
            }
        }
        TrailLine {
            depth: usize::from(step.depth),
            weight,
            mark: self.mark(step),
            text: self.sentence(trail, index),
            status,
            citation: self.step_citation(trail, index),
            place: self.step_place(step).filter(|place| {
                // A value is used where its expression stands; only another line is worth naming again.
                weight != Weight::Input || Some(place) != parent_place(self, trail, index).as_ref()
            }),
            notes,
        }
    }

    /// The rules whose reliability and notes belong to the step: its own, the measure it names, the presumption it used.
    fn speaking_rules(&self, step: &Step) -> Vec<RuleId> {
        let own = match step.kind {
            // A value used, a stage and a single condition speak for the rule above them, where its status and note stand.
            StepKind::Stage(_)
            | StepKind::Condition(_)
            | StepKind::Exclusion(_)
            | StepKind::Subject(..)
            | StepKind::OfUnit
            | StepKind::NotPunishable
            | StepKind::Input(..) => None,
            _ => step.rule,
        };
        let other = match step.kind {
            StepKind::Measure(rule) | StepKind::MeasureChoice(rule) => Some(rule),
            StepKind::Input(..) => self.presumption(step),
            _ => None,
        };
        let mut rules: Vec<RuleId> = own.into_iter().chain(other).collect();
        rules.dedup();
        rules
    }

    /// The rule by which a fact is presumed, on a step that used it.
    fn presumption(&self, step: &Step) -> Option<RuleId> {
        match step.kind {
            StepKind::Input(Operand::Fact(_), Origin::Presumed) => step.rule,
            _ => None,
        }
    }

    /// The citation that ends a step. A fact of the case rests on evidence, not on a norm, unless it was presumed.
    pub(crate) fn step_citation(&self, trail: &Trail, index: usize) -> Option<String> {
        let step = trail.steps().get(index)?;
        match step.kind {
            StepKind::Input(_, Origin::Presumed) => self.citation(self.presumption(step).or(step.rule)?),
            // A definition is cited where it is worked out, which is the one place that names its rule.
            StepKind::Input(Operand::Define(_), _) => self.citation(step.rule?),
            StepKind::Input(..) | StepKind::Stage(_) | StepKind::NothingDeclared => None,
            StepKind::Measure(measure) | StepKind::MeasureChoice(measure) => {
                // The clause that orders the measure is its ground; a measure with a norm of its own adds that norm.
                let grounds: Vec<String> =
                    [step.rule, Some(measure)].into_iter().flatten().filter_map(|id| self.citation(id)).collect();
                let mut grounds = grounds;
                grounds.dedup();
                (!grounds.is_empty()).then(|| grounds.join(self.pick("、", "; ")))
            }
            // The sentence itself cites the versions.
            StepKind::Candidate(_) | StepKind::Versions { .. } => None,
            _ => self.citation(step.rule.or_else(|| rule_above(trail, index))?),
        }
    }

    /// File and line of the step, or of its rule when the step stands nowhere of its own.
    pub(crate) fn step_place(&self, step: &Step) -> Option<String> {
        if matches!(step.kind, StepKind::Stage(_) | StepKind::NothingDeclared) {
            return None;
        }
        self.place(step.span).or_else(|| step.rule.and_then(|rule| self.rule_place(rule)))
    }
}

/// The indices of the steps below the one at `index`.
pub(crate) fn below(trail: &Trail, index: usize) -> std::ops::Range<usize> {
    let depth = trail.steps().get(index).map_or(0, |step| step.depth);
    let first = index.saturating_add(1);
    let count = trail.steps().iter().skip(first).take_while(|step| step.depth > depth).count();
    first..first.saturating_add(count)
}

/// The steps of the version that applies; the whole trail when versions were not worked out one by one.
pub(crate) fn of_version(trail: &Trail, moment: Option<Moment>) -> std::ops::Range<usize> {
    trail
        .steps()
        .iter()
        .position(|step| matches!(step.kind, StepKind::Candidate(at) if Some(at) == moment))
        .map_or(0..trail.steps().len(), |index| below(trail, index))
}

/// Where the step above the one at `index` stands.
fn parent_place(reader: &Reader<'_>, trail: &Trail, index: usize) -> Option<String> {
    let depth = trail.steps().get(index)?.depth;
    let parent = trail.steps().iter().take(index).rev().find(|step| step.depth < depth)?;
    reader.step_place(parent)
}

/// The rule of the nearest step above that has one; where there is none, the version of the violation that applies.
fn rule_above(trail: &Trail, index: usize) -> Option<RuleId> {
    let mut depth = trail.steps().get(index)?.depth;
    let above = trail.steps().iter().take(index).rev();
    for step in above.clone() {
        if step.depth < depth {
            depth = step.depth;
            if step.rule.is_some() {
                return step.rule;
            }
        }
    }
    above.clone().find_map(|step| match step.kind {
        StepKind::Versions { at_decision, continued: true, .. } => at_decision,
        StepKind::Versions { at_act, .. } => at_act,
        _ => None,
    })
}
