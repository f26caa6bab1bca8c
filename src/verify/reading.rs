//! Everything that the rules on a violation read, whatever stage it is read in.

use super::space::{Beyond, Uses};
use crate::program::{
    Condition, EventSource, ExtentProgram, GradeProgram, MeasureGroup, MeasureUse, Program, Stated, Target, TermEnd,
    Violation, ViolationVersion,
};
use crate::resolved::MeasureKind;

/// What the rules on a violation read.
pub(super) fn of(program: &Program, id: &str, violation: &Violation) -> Uses {
    let mut reading = Reading { program, uses: Uses::default() };
    violation.versions.iter().for_each(|version| reading.version(version));
    for list in &violation.lists {
        reading.condition(&list.condition);
        list.exclusions.iter().for_each(|each| reading.uses.expression(program, *each));
        for item in list.items.iter() {
            reading.condition(&item.condition);
            item.exclusions.iter().for_each(|each| reading.uses.expression(program, *each));
            reading.groups(&item.measures);
        }
    }
    violation.benchmarks.iter().for_each(|benchmark| reading.uses.benchmark(program, benchmark));
    for circumstance in program.circumstances.iter().filter(|each| each.covers.includes(id)) {
        reading.condition(&circumstance.condition);
        reading.uses.expression(program, circumstance.effect);
    }
    for credit in program.credit.iter().filter(|each| each.covers.includes(id)) {
        credit.grading.iter().for_each(|each| reading.grading(each));
        for tier in &credit.tiers {
            reading.condition(&tier.condition);
            tier.coefficient.iter().chain(&tier.effect).for_each(|each| reading.uses.expression(program, *each));
            reading.groups(&tier.measures);
        }
    }
    program.bars.iter().filter(|each| each.covers.includes(id)).for_each(|bar| reading.condition(&bar.condition));
    for referral in program.referrals.iter().filter(|each| each.covers.includes(id)) {
        reading.condition(&referral.condition);
        referral.exclusions.iter().for_each(|each| reading.uses.expression(program, *each));
        referral.grounds.iter().for_each(|ground| reading.condition(&ground.condition));
    }
    for procedure in program.procedures.iter().filter(|each| each.covers.includes(id)) {
        reading.condition(&procedure.condition);
        reading.stated(&procedure.states);
        if let Some(within) = &procedure.within {
            reading.uses.expression(program, within.length);
            within.from.iter().for_each(|from| reading.uses.expression(program, *from));
            if within.from.is_some() {
                reading.beyond(Beyond::Days);
            }
        }
    }
    for measure in &program.measures {
        if let Some(due) = &measure.due {
            reading.condition(&due.condition);
            reading.stated(&measure.states);
            reading.measure(&measure.declared);
        }
    }
    reading.uses
}

/// What a grade is worked out from.
pub(super) fn of_grading(program: &Program, grading: &GradeProgram) -> Uses {
    let mut reading = Reading { program, uses: Uses::default() };
    reading.grading(grading);
    reading.uses
}

struct Reading<'a> {
    program: &'a Program,
    uses: Uses,
}

impl Reading<'_> {
    fn beyond(&mut self, beyond: Beyond) {
        if !self.uses.beyond.contains(&beyond) {
            self.uses.beyond.push(beyond);
        }
    }

    fn condition(&mut self, condition: &Condition) {
        self.uses.condition(self.program, condition);
    }

    fn version(&mut self, version: &ViolationVersion) {
        self.uses.threat(self.program, version);
        self.groups(&version.measures);
        let fines = version.fine.iter().chain(version.tiers.iter().filter_map(|tier| tier.fine.as_ref()));
        fines.for_each(|fine| self.groups(&fine.among));
        for tier in &version.tiers {
            self.groups(&tier.measures);
            // What a tier punishes may have happened on another day, which is an act of its own.
            if tier.occurs_on.is_some() {
                self.beyond(Beyond::Days);
            }
        }
        version
            .targets
            .iter()
            .chain(version.tiers.iter().flat_map(|tier| &tier.targets))
            .for_each(|each| self.target(each));
    }

    fn target(&mut self, target: &Target) {
        self.groups(&target.measures);
        target.fine.iter().for_each(|fine| self.groups(&fine.among));
    }

    fn grading(&mut self, grading: &GradeProgram) {
        // A grade that is worked out is one that the case does not give.
        self.beyond(Beyond::Points);
        if !grading.frozen.is_empty() {
            self.beyond(Beyond::Days);
        }
        let program = self.program;
        grading.indicators.iter().for_each(|each| self.uses.expression(program, *each));
        grading.vetoes.iter().for_each(|veto| self.condition(&veto.condition));
        let Some(points) = &grading.points else { return };
        let limits = [Some(points.start), points.cap, points.floor, Some(points.graded)];
        limits.into_iter().flatten().for_each(|each| self.uses.expression(program, each));
        for event in &points.events {
            self.uses.expression(program, event.points);
            event.most.iter().for_each(|most| self.uses.expression(program, *most));
            match &event.source {
                EventSource::Once(condition) => self.condition(condition),
                EventSource::Records(records) => self.beyond(Beyond::Records(records.list)),
            }
        }
    }

    fn groups(&mut self, groups: &[MeasureGroup]) {
        groups.iter().flat_map(|group| &group.measures).for_each(|each| self.measure(each));
    }

    fn measure(&mut self, measure: &MeasureUse) {
        if let Some(term) = &measure.term {
            let high = match term.high {
                TermEnd::At(high) => Some(high),
                TermEnd::Life | TermEnd::Unspecified => None,
            };
            term.low.into_iter().chain(high).for_each(|each| self.uses.expression(self.program, each));
        }
        if let Some(ExtentProgram { low, high, .. }) = measure.extent {
            low.into_iter().chain([high]).for_each(|each| self.uses.expression(self.program, each));
        }
        if let Some(declared) = self.program.measure(measure.rule) {
            // Orders, inspections and payments have days of their own.
            if matches!(declared.kind, MeasureKind::DailyPenalty | MeasureKind::Surcharge) {
                self.beyond(Beyond::Days);
            }
            self.stated(&declared.states);
            // What the declaration fixes has been taken over; a measure that names itself would not end.
            if declared.declared != *measure {
                self.declared(&declared.declared);
            }
        }
        measure.versions.iter().for_each(|version| self.declared(version));
    }

    /// The term and extent alone.
    fn declared(&mut self, measure: &MeasureUse) {
        let ends = measure.term.iter().flat_map(|term| {
            let high = match term.high {
                TermEnd::At(high) => Some(high),
                TermEnd::Life | TermEnd::Unspecified => None,
            };
            term.low.into_iter().chain(high)
        });
        let extent = measure.extent.iter().flat_map(|extent| extent.low.into_iter().chain([extent.high]));
        for each in ends.chain(extent) {
            self.uses.expression(self.program, each);
        }
        for stated in self.program.measure(measure.rule).into_iter().flat_map(|declared| &declared.states) {
            self.uses.expression(self.program, stated.value);
        }
    }

    fn stated(&mut self, stated: &[Stated]) {
        stated.iter().for_each(|each| self.uses.expression(self.program, each.value));
    }
}
