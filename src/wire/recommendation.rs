use serde::Serialize;

use crate::case::PartyKind;
use crate::diagnostic::Lang;
use crate::evaluate::{CandidateResult, Determination, MeasureResult, OfficerOption, Outcome, Recommendation};
use crate::program::{FactId, RuleId, RuleKind, Status, Titles};
use crate::render::{ENGINE_VERSION, LANGUAGE_VERSION, Line, Reader, problem_code};
use crate::trail::{
    Adjustment, Criterion, Moment, Operand, Origin, Problem, Stage, Step, StepKind, Trail, Truth, Verdict,
};
use crate::value::{AmountRange, Number, RoundingMode, Value};

/// The version of the JSON form of a recommendation. It changes when a field changes its meaning or goes away.
pub const FORMAT_VERSION: u32 = 1;

#[derive(Serialize)]
struct Both {
    zh: String,
    en: String,
}

#[derive(Serialize)]
struct RecommendationJson<'a> {
    format_version: u32,
    engine: &'static str,
    engine_version: &'static str,
    language_version: &'static str,
    packs: Vec<PackJson<'a>>,
    case: &'a str,
    area: &'a str,
    decided_on: String,
    party: &'static str,
    currency: &'a str,
    determinations: Vec<DeterminationJson<'a>>,
    total: Option<String>,
}

#[derive(Serialize)]
struct PackJson<'a> {
    name: &'a str,
    version: &'a str,
    digest: &'a str,
}

#[derive(Serialize)]
struct DeterminationJson<'a> {
    act: ActJson<'a>,
    violation: ViolationJson<'a>,
    moment: Option<&'static str>,
    #[serde(flatten)]
    result: ResultJson,
    other: Option<ResultJson>,
    trail: Vec<StepJson>,
}

#[derive(Serialize)]
struct ActJson<'a> {
    id: &'a str,
    began_on: String,
    ended_on: Option<String>,
    discovered_on: Option<String>,
}

#[derive(Serialize)]
struct ViolationJson<'a> {
    id: &'a str,
    label: Both,
}

#[derive(Serialize)]
struct ResultJson {
    version: Option<VersionJson>,
    outcome: &'static str,
    sentence: Both,
    fine: Option<FineJson>,
    measures: Vec<MeasureJson>,
    options: Vec<OptionJson>,
    decided_by: Vec<RuleJson>,
    unverified: Vec<RuleJson>,
    presumed: Vec<PresumedJson>,
    facts_to_ask: Vec<QuestionJson>,
    problems: Vec<ProblemJson>,
}

#[derive(Serialize)]
struct VersionJson {
    #[serde(flatten)]
    rule: RuleJson,
    in_force_from: Option<String>,
    in_force_to: Option<String>,
    breaches: Option<Both>,
}

#[derive(Serialize)]
struct FineJson {
    amount: Option<String>,
    range: RangeJson,
    benchmark: Option<String>,
    currency: String,
}

#[derive(Serialize)]
struct RangeJson {
    min: Option<String>,
    max: Option<String>,
}

#[derive(Serialize)]
struct MeasureJson {
    #[serde(flatten)]
    rule: RuleJson,
    approval: Option<Both>,
}

#[derive(Serialize)]
struct OptionJson {
    kind: &'static str,
    text: Both,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule: Option<RuleJson>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    measures: Vec<MeasureJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fine: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    recommended: Option<bool>,
}

#[derive(Serialize)]
struct RuleJson {
    kind: &'static str,
    name: String,
    label: Both,
    basis: Option<Both>,
    status: &'static str,
    note: Option<Both>,
    place: Option<String>,
}

#[derive(Serialize)]
struct PresumedJson {
    name: String,
    label: Both,
    value: Option<ValueJson>,
    basis: Option<Both>,
}

#[derive(Serialize)]
struct QuestionJson {
    name: String,
    label: Both,
    question: Option<Both>,
    evidence: Option<Both>,
}

#[derive(Serialize)]
struct ProblemJson {
    code: String,
    kind: &'static str,
    text: Both,
}

/// A value: its type, its exact form, and the text for each language.
#[derive(Serialize)]
struct ValueJson {
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    exact: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max: Option<String>,
    text: Both,
}

#[derive(Serialize)]
struct StepJson {
    kind: &'static str,
    /// The stage, truth, verdict, origin, moment or adjustment, as the kind has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'static str>,
    /// What versions were compared by.
    #[serde(skip_serializing_if = "Option::is_none")]
    criterion: Option<&'static str>,
    /// The name of the fact, definition or step used, or of a fixed operand.
    #[serde(skip_serializing_if = "Option::is_none")]
    operand: Option<String>,
    text: Both,
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<ValueJson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    status: Option<&'static str>,
    citation: Option<Both>,
    place: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    children: Vec<StepJson>,
}

impl Recommendation {
    /// The recommendation as JSON, indented, with the same bytes for the same recommendation. Amounts and other numbers are
    /// exact strings: `"280000"`, or `"1/3"` where a decimal does not end.
    #[must_use]
    pub fn to_json(&self) -> String {
        let wire = Wire { zh: Reader::new(self, Lang::Chinese), en: Reader::new(self, Lang::English) };
        let program = self.program();
        let json = RecommendationJson {
            format_version: FORMAT_VERSION,
            engine: "lenity",
            engine_version: ENGINE_VERSION,
            language_version: LANGUAGE_VERSION,
            packs: program
                .packs
                .iter()
                .map(|pack| PackJson { name: &pack.name, version: &pack.version, digest: &pack.digest })
                .collect(),
            case: &self.case_id,
            area: &self.area,
            decided_on: self.decided_on.to_string(),
            party: match self.party {
                PartyKind::Unit => "unit",
                PartyKind::Individual => "individual",
            },
            currency: &program.currency,
            determinations: self.determinations.iter().map(|determination| wire.determination(determination)).collect(),
            total: self.total().map(|total| total.to_string()),
        };
        // Strings, lists and named fields always serialise; an empty object stands for what cannot happen.
        serde_json::to_string_pretty(&json).unwrap_or_else(|_| "{}".to_owned())
    }
}

/// One program read in both languages.
struct Wire<'a> {
    zh: Reader<'a>,
    en: Reader<'a>,
}

impl<'a> Wire<'a> {
    fn both(&self, say: impl Fn(&Reader<'a>) -> String) -> Both {
        Both { zh: say(&self.zh), en: say(&self.en) }
    }

    fn line(&self, say: impl Fn(&Reader<'a>) -> Line) -> Both {
        self.both(|reader| say(reader).to_string())
    }

    fn maybe(&self, say: impl Fn(&Reader<'a>) -> Option<String>) -> Option<Both> {
        Some(Both { zh: say(&self.zh)?, en: say(&self.en)? })
    }

    fn titles(&self, titles: Option<&Titles>) -> Option<Both> {
        self.maybe(|reader| titles?.get(reader.lang).map(str::to_owned))
    }

    fn determination<'d>(&self, determination: &'d Determination) -> DeterminationJson<'d> {
        DeterminationJson {
            act: ActJson {
                id: &determination.act,
                began_on: determination.began_on.to_string(),
                ended_on: determination.ended_on.map(|date| date.to_string()),
                discovered_on: determination.discovered_on.map(|date| date.to_string()),
            },
            violation: ViolationJson {
                id: &determination.violation,
                label: self.both(|reader| reader.violation_name(determination)),
            },
            moment: determination.moment.map(moment),
            result: self.result(&determination.result),
            other: determination.other.as_ref().map(|other| self.result(other)),
            trail: self.trail(&determination.trail),
        }
    }

    fn result(&self, result: &CandidateResult) -> ResultJson {
        let rules = |ids: &[RuleId]| ids.iter().map(|id| self.rule(*id)).collect();
        ResultJson {
            version: result.version.map(|id| self.version(id)),
            outcome: outcome(result.outcome),
            sentence: self.line(|reader| reader.outcome(result)),
            fine: result.fine.map(|fine| FineJson {
                amount: fine.amount.map(|amount| amount.to_string()),
                range: RangeJson {
                    min: fine.range.min.map(|min| min.to_string()),
                    max: fine.range.max.map(|max| max.to_string()),
                },
                benchmark: fine.benchmark.map(|amount| amount.to_string()),
                currency: self.zh.program.currency.to_string(),
            }),
            measures: self.measures(&result.measures),
            options: result.options.iter().map(|option| self.option(option)).collect(),
            decided_by: rules(&result.decided_by),
            unverified: rules(&result.unverified),
            presumed: result.presumed.iter().filter_map(|id| self.presumed(*id)).collect(),
            facts_to_ask: result.facts_to_ask.iter().filter_map(|id| self.question(*id)).collect(),
            problems: result
                .problems
                .iter()
                .map(|each| ProblemJson {
                    code: problem_code(*each),
                    kind: problem(*each),
                    text: self.both(|reader| reader.problem(*each)),
                })
                .collect(),
        }
    }

    fn rule(&self, id: RuleId) -> RuleJson {
        let rule = self.zh.program.rule(id);
        RuleJson {
            kind: rule.map_or("unknown", |rule| rule_kind(rule.kind)),
            name: rule.map_or_else(String::new, |rule| rule.name.to_string()),
            label: self.both(|reader| reader.rule_name(id)),
            basis: self.maybe(|reader| reader.citation(id)),
            status: rule.map_or("assumed", |rule| status(rule.status)),
            note: self.maybe(|reader| reader.note(id).map(str::to_owned)),
            place: self.zh.rule_place(id),
        }
    }

    fn version(&self, id: RuleId) -> VersionJson {
        let rule = self.zh.program.rule(id);
        let in_force = rule.and_then(|rule| rule.in_force);
        VersionJson {
            rule: self.rule(id),
            in_force_from: in_force.map(|in_force| in_force.from.to_string()),
            in_force_to: in_force.and_then(|in_force| Some(in_force.to?.to_string())),
            breaches: self.maybe(|reader| reader.cite_all(&rule?.breaches)),
        }
    }

    fn measures(&self, measures: &[MeasureResult]) -> Vec<MeasureJson> {
        measures
            .iter()
            .map(|measure| MeasureJson {
                rule: self.rule(measure.rule),
                approval: self.titles(measure.approval.as_ref()),
            })
            .collect()
    }

    fn option(&self, option: &OfficerOption) -> OptionJson {
        let text = self.line(|reader| reader.option(option));
        let empty =
            OptionJson { kind: "measures", text, rule: None, measures: Vec::new(), fine: None, recommended: None };
        match option {
            OfficerOption::Measures(measures) => OptionJson { measures: self.measures(measures), ..empty },
            OfficerOption::OneOf(measures) => OptionJson { kind: "one_of", measures: self.measures(measures), ..empty },
            OfficerOption::Waive(rule, recommended) => {
                OptionJson { kind: "waive", rule: Some(self.rule(*rule)), recommended: Some(*recommended), ..empty }
            }
            OfficerOption::Circumstance(rule, fine, recommended) => OptionJson {
                kind: "circumstance",
                rule: Some(self.rule(*rule)),
                fine: fine.map(|fine| fine.to_string()),
                recommended: Some(*recommended),
                ..empty
            },
        }
    }

    fn presumed(&self, id: FactId) -> Option<PresumedJson> {
        let fact = self.zh.program.fact(id)?;
        let operand = Operand::Fact(id);
        Some(PresumedJson {
            name: fact.name.to_string(),
            label: self.both(|reader| reader.operand(operand)),
            value: fact.presumption.map(|(value, _)| self.value(value, Some(operand))),
            basis: self.maybe(|reader| reader.citation(fact.presumption?.1)),
        })
    }

    fn question(&self, id: FactId) -> Option<QuestionJson> {
        let fact = self.zh.program.fact(id)?;
        Some(QuestionJson {
            name: fact.name.to_string(),
            label: self.both(|reader| reader.operand(Operand::Fact(id))),
            question: self.titles(fact.question.as_ref()),
            evidence: self.titles(fact.evidence.as_ref()),
        })
    }

    fn value(&self, value: Value, operand: Option<Operand>) -> ValueJson {
        let unit = operand.and_then(|operand| self.zh.unit_of(operand));
        let ends = |range: AmountRange| (range.min.map(|min| min.to_string()), range.max.map(|max| max.to_string()));
        let program = self.zh.program;
        let (kind, exact, (min, max)) = match value {
            Value::Bool(truth) => ("bool", Some(truth.to_string()), (None, None)),
            Value::Number(number) => ("number", Some(number.to_string()), (None, None)),
            Value::Percent(ratio) => ("percent", Some(ratio.to_string()), (None, None)),
            Value::Money(amount) => ("money", Some(amount.to_string()), (None, None)),
            Value::Quantity(amount, _) => ("quantity", Some(amount.to_string()), (None, None)),
            Value::Date(date) => ("date", Some(date.to_string()), (None, None)),
            Value::Duration(duration) => ("duration", Some(duration.amount.to_string()), (None, None)),
            Value::Member(kind, member) => (
                "member",
                program
                    .enumeration(kind)
                    .and_then(|kind| kind.members.get(usize::from(member)))
                    .map(|(name, _)| name.to_string()),
                (None, None),
            ),
            Value::Range(range) => ("range", None, ends(range)),
            Value::PercentRange(range) => ("percent_range", None, ends(range)),
        };
        let unit_name = match value {
            // The exact number is in the base unit, whatever unit the text uses.
            Value::Quantity(_, base) => program.unit(base).map(|unit| unit.name.to_string()),
            Value::Duration(duration) => Some(
                match duration.unit {
                    crate::value::DurationUnit::Days => "days",
                    crate::value::DurationUnit::Workdays => "workdays",
                    crate::value::DurationUnit::Months => "months",
                }
                .to_owned(),
            ),
            Value::Money(_) | Value::Range(_) => Some(program.currency.to_string()),
            _ => None,
        };
        ValueJson { kind, exact, unit: unit_name, min, max, text: self.both(|reader| reader.value(value, unit)) }
    }

    /// The steps as a tree, as deep as they were written.
    fn trail(&self, trail: &Trail) -> Vec<StepJson> {
        // Steps whose children are still coming, from the root to the last one read.
        let mut open: Vec<(u16, StepJson)> = Vec::new();
        let mut roots = Vec::new();
        for (index, step) in trail.steps().iter().enumerate() {
            close(&mut open, &mut roots, step.depth);
            open.push((step.depth, self.step(trail, index, step)));
        }
        close(&mut open, &mut roots, 0);
        roots
    }

    fn step(&self, trail: &Trail, index: usize, step: &Step) -> StepJson {
        let operand = match step.kind {
            StepKind::Input(operand, _) => Some(operand),
            _ => None,
        };
        let (kind, detail) = step_kind(&step.kind);
        StepJson {
            kind,
            detail,
            criterion: match step.kind {
                StepKind::Compared(by, _) => Some(criterion(by)),
                _ => None,
            },
            operand: operand.map(|operand| self.operand_name(operand)),
            text: self.line(|reader| reader.sentence(trail, index)),
            before: before(&step.kind).map(|number| number.to_string()),
            value: step.value.map(|value| self.value(value, operand)),
            status: step
                .rule
                .and_then(|id| self.zh.program.rule(id))
                .filter(|rule| rule.status != Status::Verified)
                .map(|rule| status(rule.status)),
            citation: self.maybe(|reader| reader.step_citation(step)),
            place: self.zh.step_place(step),
            children: Vec::new(),
        }
    }

    fn operand_name(&self, operand: Operand) -> String {
        let program = self.zh.program;
        let name = match operand {
            Operand::Fact(id) => program.fact(id).map(|fact| &*fact.name),
            Operand::Define(id) => program.define(id).map(|define| &*define.name),
            Operand::Step(id) => program.rule(id).map(|rule| &*rule.name),
            Operand::StatutoryMin => Some("statutory_min"),
            Operand::StatutoryMax => Some("statutory_max"),
            Operand::Fine => Some("fine"),
            Operand::ActBegan => Some("act_began"),
            Operand::ActEnded => Some("act_ended"),
            Operand::Discovered => Some("discovered"),
            Operand::Decided => Some("decided"),
            Operand::CreditGrade => Some("credit_grade"),
        };
        name.unwrap_or_default().to_owned()
    }
}

/// Hands each open step at `depth` or deeper to the step above it.
fn close(open: &mut Vec<(u16, StepJson)>, roots: &mut Vec<StepJson>, depth: u16) {
    while open.last().is_some_and(|(at, _)| *at >= depth) {
        let Some((_, step)) = open.pop() else {
            return;
        };
        match open.last_mut() {
            Some((_, parent)) => parent.children.push(step),
            None => roots.push(step),
        }
    }
}

fn before(kind: &StepKind) -> Option<Number> {
    match kind {
        StepKind::DeemedBase(before, _)
        | StepKind::Capped(before)
        | StepKind::Floored(before)
        | StepKind::Adjusted(before)
        | StepKind::Held(_, before, _)
        | StepKind::Rounded(before, ..) => Some(*before),
        _ => None,
    }
}

fn step_kind(kind: &StepKind) -> (&'static str, Option<&'static str>) {
    match kind {
        StepKind::Stage(at) => ("stage", Some(stage(*at))),
        StepKind::NothingDeclared => ("nothing_declared", None),
        StepKind::Subject(true) => ("subject", Some("true")),
        StepKind::Subject(false) => ("subject", Some("false")),
        StepKind::Condition(value) => ("condition", Some(truth(*value))),
        StepKind::Exclusion(value) => ("exclusion", Some(truth(*value))),
        StepKind::Input(_, from) => ("input", Some(origin(*from))),
        StepKind::Rule(became) => ("rule", Some(verdict(*became))),
        StepKind::Versions { continued: true, .. } => ("versions", Some("continued")),
        StepKind::Versions { .. } => ("versions", None),
        StepKind::Candidate(at) => ("candidate", Some(moment(*at))),
        StepKind::Compared(_, lighter) => ("compared", lighter.map(moment)),
        StepKind::Chosen(at) => ("chosen", Some(moment(*at))),
        StepKind::StatutoryRange => ("statutory_range", None),
        StepKind::DeemedBase(..) => ("deemed_base", None),
        StepKind::Weights => ("weights", None),
        StepKind::Start => ("start", None),
        StepKind::Factor => ("factor", None),
        StepKind::FactorAtLowest => ("factor_at_lowest", None),
        StepKind::Capped(_) => ("capped", None),
        StepKind::Floored(_) => ("floored", None),
        StepKind::Computed => ("computed", None),
        StepKind::TableRow => ("table_row", None),
        StepKind::Adjusted(_) => ("adjusted", None),
        StepKind::Held(how, ..) => (
            "held",
            Some(match how {
                Adjustment::HeldAtMinimum => "held_at_minimum",
                Adjustment::HeldAtMaximum => "held_at_maximum",
                Adjustment::WithinRange => "within_range",
                Adjustment::ReducedBelowMinimum => "reduced_below_minimum",
            }),
        ),
        StepKind::Rounded(_, mode, _) => (
            "rounded",
            Some(match mode {
                RoundingMode::Down => "down",
                RoundingMode::Up => "up",
                RoundingMode::HalfUp => "half_up",
            }),
        ),
        StepKind::Measure(_) => ("measure", None),
        StepKind::MeasureChoice(_) => ("measure_choice", None),
        StepKind::NoBenchmark => ("no_benchmark", None),
        StepKind::Problem(what) => ("problem", Some(problem(*what))),
    }
}

fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Elements => "elements",
        Stage::Versions => "versions",
        Stage::Leniency => "leniency",
        Stage::Statutory => "statutory",
        Stage::Benchmark => "benchmark",
        Stage::Circumstances => "circumstances",
        Stage::Credit => "credit",
        Stage::Bounds => "bounds",
        Stage::Measures => "measures",
    }
}

fn truth(truth: Truth) -> &'static str {
    match truth {
        Truth::True => "true",
        Truth::False => "false",
        Truth::Unknown => "unknown",
    }
}

fn origin(origin: Origin) -> &'static str {
    match origin {
        Origin::Given => "given",
        Origin::Derived => "derived",
        Origin::Presumed => "presumed",
        Origin::Unestablished => "unestablished",
        Origin::NotAsked => "not_asked",
    }
}

fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Applied => "applied",
        Verdict::Choice => "choice",
        Verdict::Failed => "failed",
        Verdict::Unknown => "unknown",
        Verdict::PassedOver => "passed_over",
        Verdict::Excluded => "excluded",
    }
}

fn moment(moment: Moment) -> &'static str {
    match moment {
        Moment::Act => "act",
        Moment::Decision => "decision",
    }
}

fn criterion(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::Outcome => "outcome",
        Criterion::StatutoryRange => "statutory_range",
        Criterion::Amount => "amount",
    }
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::NotEstablished => "not_established",
        Outcome::NoLongerUnlawful => "no_longer_unlawful",
        Outcome::NoPenalty => "no_penalty",
        Outcome::OrderOnly => "order_only",
        Outcome::Choice => "choice",
        Outcome::Fine => "fine",
        Outcome::Undetermined => "undetermined",
    }
}

fn problem(problem: Problem) -> &'static str {
    match problem {
        Problem::NoRow => "no_row",
        Problem::SeveralRows => "several_rows",
        Problem::Arithmetic => "arithmetic",
        Problem::NoVersion => "no_version",
        Problem::NoPrinciple => "no_principle",
        Problem::NoMinimum => "no_minimum",
        Problem::NotEstablished => "not_established",
    }
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Verified => "verified",
        Status::Transcribed => "transcribed",
        Status::Assumed => "assumed",
    }
}

fn rule_kind(kind: RuleKind) -> &'static str {
    match kind {
        RuleKind::Violation => "violation",
        RuleKind::Tier => "tier",
        RuleKind::LeniencyList => "leniency_list",
        RuleKind::Exemption => "exemption",
        RuleKind::Benchmark => "benchmark",
        RuleKind::Step => "step",
        RuleKind::Factor => "factor",
        RuleKind::Circumstance => "circumstance",
        RuleKind::Credit => "credit",
        RuleKind::CreditTier => "credit_tier",
        RuleKind::Measure => "measure",
        RuleKind::Principle => "principle",
        RuleKind::Instrument => "instrument",
        RuleKind::Define => "define",
        RuleKind::Table => "table",
        RuleKind::Presumption => "presumption",
    }
}
