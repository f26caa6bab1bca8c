use super::shapes::*;
use super::words::{
    before, criterion, fine_meanwhile, gives_way, moment, outcome, party_kind, problem, referral_kind, rule_kind,
    status, step_kind,
};
use crate::diagnostic::Lang;
use crate::evaluate::{
    CandidateResult, Competition, Determination, DueDate, Fine, Presumed, Recommendation, Referred, Standing,
    StatedValue, Target,
};
use crate::program::{FactId, RuleId, Status, Titles};
use crate::render::{ENGINE_VERSION, LANGUAGE_VERSION, Line, Reader, problem_code};
use crate::trail::{Operand, Problem, Step, StepKind, Trail};
use crate::value::{AmountRange, Value};

/// The version of the JSON form of a recommendation. It changes when a field changes its meaning or goes away.
pub const FORMAT_VERSION: u32 = 1;

impl Recommendation {
    /// The recommendation as JSON, indented, with the same bytes for the same recommendation. Amounts and other numbers are
    /// exact strings: `"280000"`, or `"1/3"` where a decimal does not end.
    #[must_use]
    pub fn to_json(&self) -> String {
        let wire = Wire { zh: Reader::new(self, Lang::Chinese), en: Reader::new(self, Lang::English) };
        let program = self.program();
        let totals = self.totals();
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
            party: party_kind(self.party),
            currency: &program.currency,
            determinations: self
                .determinations
                .iter()
                .map(|determination| wire.determination(self, determination))
                .collect(),
            competitions: self.competitions.iter().map(|each| wire.competition(each)).collect(),
            total: self.total().map(|total| total.to_string()),
            totals: totals
                .iter()
                .map(|total| TotalJson {
                    party: party(&total.target),
                    amount: total.amount.map(|amount| amount.to_string()),
                })
                .collect(),
            not_examined: wire.both(|reader| reader.not_examined().to_owned()),
        };
        // Strings, lists and named fields always serialise; an empty object stands for what cannot happen.
        serde_json::to_string_pretty(&json).unwrap_or_else(|_| "{}".to_owned())
    }
}

fn party(target: &Target) -> PartyJson<'_> {
    PartyJson { kind: party_kind(target.kind), id: target.id.as_deref(), of: target.of.as_deref() }
}

/// One program read in both languages.
pub(super) struct Wire<'a> {
    pub(super) zh: Reader<'a>,
    en: Reader<'a>,
}

impl<'a> Wire<'a> {
    pub(super) fn both(&self, say: impl Fn(&Reader<'a>) -> String) -> Both {
        Both { zh: say(&self.zh), en: say(&self.en) }
    }

    pub(super) fn line(&self, say: impl Fn(&Reader<'a>) -> Line) -> Both {
        self.both(|reader| say(reader).to_string())
    }

    pub(super) fn maybe(&self, say: impl Fn(&Reader<'a>) -> Option<String>) -> Option<Both> {
        Some(Both { zh: say(&self.zh)?, en: say(&self.en)? })
    }

    pub(super) fn titles(&self, titles: Option<&Titles>) -> Option<Both> {
        self.maybe(|reader| titles?.get(reader.lang).map(str::to_owned))
    }

    fn determination<'d>(
        &self,
        recommendation: &Recommendation,
        determination: &'d Determination,
    ) -> DeterminationJson<'d> {
        DeterminationJson {
            party: party(&determination.target),
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
            standing: self.standing(recommendation, determination),
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
            fine: result.fine.map(|fine| self.fine(fine)),
            fine_if_returned: result.waiting.map(|fine| self.fine(fine)),
            referrals: result.referrals.iter().map(|each| self.referral(each)).collect(),
            separate_acts: result
                .separate_acts
                .iter()
                .map(|act| SeparateActJson {
                    tier: self.rule(act.tier),
                    occurred_on: act.occurred_on.to_string(),
                    text: self.line(|reader| reader.act_of_its_own(act.occurred_on)),
                })
                .collect(),
            measures: self.measures(&result.measures),
            supervision: result
                .supervision
                .iter()
                .map(|each| SupervisionJson {
                    measure: self.measure(&each.measure),
                    text: self.line(|reader| reader.supervised(each)),
                    certain: each.certain,
                    depends_on: self.operand_names(&each.depends_on),
                })
                .collect(),
            notices: result
                .notices
                .iter()
                .map(|notice| NoticeJson {
                    rule: self.rule(notice.rule),
                    text: self.both(|reader| reader.notice(notice).to_string()),
                    due_on: match notice.due {
                        DueDate::On(day) => Some(day.to_string()),
                        DueDate::NotStated | DueDate::Open => None,
                    },
                    certain: notice.certain,
                    if_chosen: rules(&notice.if_chosen),
                    stated: self.stated(&notice.stated),
                })
                .collect(),
            options: result.options.iter().map(|option| self.option(option)).collect(),
            decided_by: rules(&result.decided_by),
            unverified: rules(&result.unverified),
            presumed: result.presumed.iter().filter_map(|presumed| self.presumed(presumed)).collect(),
            facts_to_ask: result.facts_to_ask.iter().filter_map(|id| self.question(*id)).collect(),
            facts_for_measures: result.facts_for_measures.iter().filter_map(|id| self.question(*id)).collect(),
            credit_grade_to_ask: result.grade_to_ask,
            discovery_date_to_ask: result.discovery_to_ask,
            problems: self.problems(&result.problems),
            persons_to_examine: rules(&result.persons_to_examine),
        }
    }

    fn problems(&self, problems: &[Problem]) -> Vec<ProblemJson> {
        problems
            .iter()
            .map(|each| ProblemJson {
                code: problem_code(*each),
                kind: problem(*each),
                text: self.both(|reader| reader.problem(*each)),
            })
            .collect()
    }

    fn competition<'d>(&self, competition: &'d Competition) -> CompetitionJson<'d> {
        CompetitionJson {
            act: &competition.act,
            party: party(&competition.target),
            determinations: &competition.determinations,
            winner: competition.winner,
            compared_by: competition.compared_by.map(criterion),
            principle: competition.principle.map(|rule| self.rule(rule)),
            gravest: competition
                .gravest
                .iter()
                .map(|each| GravestJson {
                    determination: each.determination,
                    must: each.must.map(|rule| self.rule(rule)),
                    may: each.may.map(|rule| self.rule(rule)),
                })
                .collect(),
            problems: self.problems(&competition.problems),
        }
    }

    fn standing(&self, recommendation: &Recommendation, determination: &Determination) -> StandingJson {
        let (kind, way) = match determination.standing {
            Standing::Applies => ("applies", None),
            Standing::WithoutFine => ("without_fine", None),
            Standing::GivesWay(why, to) => ("gives_way", Some((why, to))),
            Standing::Waits => ("waits", None),
            Standing::LeftToOfficer(_) => ("left_to_officer", None),
            Standing::Open => ("open", None),
        };
        StandingJson {
            kind,
            reason: way.map(|(why, _)| gives_way(why)),
            to: match determination.standing {
                Standing::GivesWay(_, to) | Standing::LeftToOfficer(to) => Some(to),
                _ => None,
            },
            keeps_measures: way.map(|(why, _)| why.keeps_measures()),
            text: self.line(|reader| reader.standing(recommendation, determination)),
        }
    }

    pub(super) fn fine(&self, fine: Fine) -> FineJson {
        FineJson {
            amount: fine.amount.map(|amount| amount.to_string()),
            within: fine.within.map(range),
            range: range(fine.range),
            benchmark: fine.benchmark.map(|amount| amount.to_string()),
            currency: self.zh.program.currency.to_string(),
        }
    }

    pub(super) fn referral(&self, referred: &Referred) -> ReferralJson {
        ReferralJson {
            rule: self.rule(referred.rule),
            kind: referral_kind(referred.kind),
            refer_to: self.titles(Some(&referred.refer_to)),
            fine_meanwhile: fine_meanwhile(referred.fine),
            grounds: referred.grounds.iter().map(|id| self.rule(*id)).collect(),
            text: self.line(|reader| reader.referral(referred)),
        }
    }

    pub(super) fn rule(&self, id: RuleId) -> RuleJson {
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

    pub(super) fn stated(&self, stated: &[StatedValue]) -> Vec<StatedJson> {
        stated
            .iter()
            .map(|each| StatedJson {
                label: self.both(|reader| each.label.get(reader.lang).unwrap_or_default().to_owned()),
                value: each.value.map(|value| self.value(value, None)),
                depends_on: self.operand_names(&each.depends_on),
            })
            .collect()
    }

    pub(super) fn operand_names(&self, operands: &[Operand]) -> Vec<String> {
        operands.iter().map(|operand| self.operand_name(*operand)).collect()
    }

    fn presumed(&self, presumed: &Presumed) -> Option<PresumedJson> {
        let fact = self.zh.program.fact(presumed.fact)?;
        let operand = Operand::Fact(presumed.fact);
        Some(PresumedJson {
            name: fact.name.to_string(),
            label: self.both(|reader| reader.operand(operand)),
            value: Some(self.value(presumed.value, Some(operand))),
            basis: self.maybe(|reader| reader.citation(presumed.rule)),
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

    pub(super) fn value(&self, value: Value, operand: Option<Operand>) -> ValueJson {
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
            Value::NumberRange(range) => ("number_range", None, ends(range)),
            Value::Text(id) => ("text", self.zh.pool.text(id).map(str::to_owned), (None, None)),
            Value::Provision(id) => {
                let named = self.zh.pool.provisions(id).iter().map(|each| each.citation().chinese());
                ("clause", Some(named.collect::<Vec<_>>().join("、")), (None, None))
            }
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
            citation: self.maybe(|reader| reader.step_citation(trail, index)),
            place: self.zh.step_place(step),
            children: Vec::new(),
        }
    }

    pub(super) fn operand_name(&self, operand: Operand) -> String {
        let program = self.zh.program;
        let name = match operand {
            Operand::Fact(id) | Operand::Records(id) => program.fact(id).map(|fact| &*fact.name),
            Operand::Define(id) => program.define(id).map(|define| &*define.name),
            Operand::Step(id) => program.rule(id).map(|rule| &*rule.name),
            Operand::BuiltIn(name) => Some(name.names().1),
            Operand::Measure(id) => program.rule(id).map(|rule| &*rule.name),
            Operand::MeasureKind(kind) => Some(kind.words().1),
            Operand::Referral(kind) => Some(referral_kind(kind)),
        };
        name.unwrap_or_default().to_owned()
    }
}

pub(super) fn range(range: AmountRange) -> RangeJson {
    RangeJson { min: range.min.map(|min| min.to_string()), max: range.max.map(|max| max.to_string()) }
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

/// One amount, or the range in which the officer still picks.
pub(super) fn fine_or_range(amount: Option<AmountRange>) -> (Option<String>, Option<RangeJson>) {
    match amount {
        Some(range) if range.min == range.max => (range.min.map(|amount| amount.to_string()), None),
        range => (None, range.map(self::range)),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::Value as Json;

    use crate::render::fixture::fine;
    use crate::trail::Trail;

    fn json() -> Json {
        serde_json::from_str(&fine().to_json()).unwrap()
    }

    /// Steps in the order written, with the depth each stands at.
    fn flattened(steps: &[Json], depth: u16, out: &mut Vec<(u16, String)>) {
        for step in steps {
            out.push((depth, step["text"]["zh"].as_str().unwrap().to_owned()));
            if let Some(children) = step["children"].as_array() {
                flattened(children, depth.saturating_add(1), out);
            }
        }
    }

    #[test]
    fn the_trail_keeps_its_depth_and_order() {
        let all = fine();
        let trail: &Trail = &all.determinations[0].trail;
        let mut found = Vec::new();
        flattened(json()["determinations"][0]["trail"].as_array().unwrap(), 0, &mut found);
        let depths: Vec<u16> = found.iter().map(|(depth, _)| *depth).collect();
        let written: Vec<u16> = trail.steps().iter().map(|step| step.depth).collect();
        assert_eq!(depths, written);
        assert!(found.iter().any(|(_, text)| text == "罚款 = 总权重 × 法定最高 = 28% × 1,000,000元 = 280,000元"));
    }

    #[test]
    fn numbers_are_exact_strings_and_texts_are_in_both_languages() {
        let json = json();
        assert_eq!(json["format_version"], 1);
        assert_eq!(json["total"], "280000");
        let one = &json["determinations"][0];
        assert_eq!(one["outcome"], "fine");
        assert_eq!(one["fine"]["amount"], "280000");
        assert_eq!(one["fine"]["range"]["min"], "100000");
        assert_eq!(one["moment"], "act");
        assert_eq!(one["version"]["basis"]["en"], "Water Law, art. 83 item 2");
        assert_eq!(one["unverified"][0]["status"], "assumed");
        assert_eq!(one["presumed"][0]["value"]["exact"], "false");
        assert_eq!(one["options"][0]["kind"], "measures");
        assert_eq!(one["decided_by"][0]["place"], "cn-gd/water.lenity:16");
        assert!(json["not_examined"]["en"].as_str().unwrap().contains("evidence"));
        assert_eq!(json["packs"][0]["digest"].as_str().unwrap().len(), 64);
    }

    #[test]
    fn a_value_says_its_type_its_exact_form_and_its_unit() {
        let json = json();
        let stages = json["determinations"][0]["trail"].as_array().unwrap();
        let benchmark = stages.iter().find(|stage| stage["detail"] == "benchmark").unwrap();
        let weights = &benchmark["children"][0]["children"][0];
        assert_eq!(weights["kind"], "weights");
        assert_eq!(weights["value"]["exact"], "0.28");
        let discharge = &weights["children"][2]["children"][0];
        assert_eq!(discharge["operand"], "日排放量");
        assert_eq!(discharge["detail"], "given");
        assert_eq!(discharge["value"]["exact"], "60");
        assert_eq!(discharge["value"]["unit"], "吨");
        assert_eq!(discharge["value"]["text"]["en"], "60,000 kg");
    }

    #[test]
    fn the_same_recommendation_gives_the_same_bytes() {
        assert_eq!(fine().to_json(), fine().to_json());
    }
}
