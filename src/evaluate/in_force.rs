//! Which version of a fact's presumption, a definition, a table or a measure holds on the day whose rules are used.

use super::Candidate;
use crate::program::{DefineId, FactId, MeasureUse, Program, RuleId, TableId, Versions};
use crate::source::Span;
use crate::trail::{Problem, StepKind};
use crate::value::{Date, Value};

/// A name that was looked up, and whose versions depend on the day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Dated {
    /// What a fact is presumed to be.
    Presumption(FactId),
    /// A definition.
    Define(DefineId),
    /// A table.
    Table(TableId),
    /// A measure.
    Measure(RuleId),
}

impl Dated {
    /// Whether it is the same on two days.
    pub(super) fn same(self, program: &Program, one: Date, other: Date) -> bool {
        fn agree<T: Copy + PartialEq>(versions: Option<&Versions<T>>, one: Date, other: Date) -> bool {
            versions.is_none_or(|versions| versions.on(one) == versions.on(other))
        }
        match self {
            Dated::Presumption(id) => agree(program.fact(id).map(|fact| &fact.presumptions), one, other),
            Dated::Define(id) => agree(program.define(id).map(|define| &define.versions), one, other),
            Dated::Table(id) => agree(program.table(id).map(|table| &table.versions), one, other),
            Dated::Measure(id) => agree(program.measure_versions.get(&id), one, other),
        }
    }
}

impl Candidate<'_> {
    /// What a fact that the case does not give is presumed to be.
    pub(super) fn presumption(&mut self, id: FactId) -> Option<(Value, RuleId)> {
        let fact = self.program.fact(id)?;
        self.looked_up(Dated::Presumption(id), &fact.presumptions);
        fact.presumptions.on(self.day).flatten()
    }

    /// The version of a definition that holds.
    pub(super) fn define_in_force(&mut self, id: DefineId, span: Span) -> Option<DefineId> {
        let define = self.program.define(id)?;
        self.looked_up(Dated::Define(id), &define.versions);
        self.held(&define.versions, define.rule, span)
    }

    /// The version of a table that holds.
    pub(super) fn table_in_force(&mut self, id: TableId, span: Span) -> Option<TableId> {
        let table = self.program.table(id)?;
        self.looked_up(Dated::Table(id), &table.versions);
        self.held(&table.versions, table.rule, span)
    }

    /// The version of a measure that holds; the measure as named when there is none, which leaves the outcome open.
    pub(super) fn measure_in_force(&mut self, rule: RuleId, span: Span) -> RuleId {
        let Some(versions) = self.program.measure_versions.get(&rule) else { return rule };
        self.looked_up(Dated::Measure(rule), versions);
        self.held(versions, rule, span).unwrap_or(rule)
    }

    /// A measure that a rule brings, with what is fixed of it in the version that holds.
    pub(super) fn use_in_force<'u>(&mut self, each: &'u MeasureUse, span: Span) -> &'u MeasureUse {
        let rule = self.measure_in_force(each.rule, span);
        each.versions.iter().find(|version| version.rule == rule).unwrap_or(each)
    }

    fn looked_up<T: Copy>(&mut self, dated: Dated, versions: &Versions<T>) {
        if versions.depend_on_the_day() && !self.dated.contains(&dated) {
            self.dated.push(dated);
        }
    }

    /// The version that holds on the day; none is a problem, which names the declaration and the day.
    fn held<T: Copy>(&mut self, versions: &Versions<T>, rule: RuleId, span: Span) -> Option<T> {
        let found = versions.on(self.day);
        if found.is_none() {
            let kind = StepKind::Problem(Problem::NotInForce);
            self.recorder.step(kind, span, Some(rule), Some(Value::Date(self.day)));
            if !self.problems.contains(&Problem::NotInForce) {
                self.problems.push(Problem::NotInForce);
            }
        }
        found
    }

    /// Works with the rules of another day.
    pub(super) fn on_day<T>(&mut self, day: Date, work: impl FnOnce(&mut Self) -> T) -> T {
        if day == self.day {
            return work(self);
        }
        let usual = std::mem::replace(&mut self.day, day);
        // What was worked out by the rules of one day does not hold for the other.
        let worked_out = std::mem::take(&mut self.defines);
        let noted = self.dated.len();
        let result = work(self);
        self.day = usual;
        // Under either law these are looked up on that one day.
        self.dated.truncate(noted);
        self.defines = worked_out;
        result
    }
}
