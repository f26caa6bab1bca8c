use std::ops::Range;

use super::document::{Block, Line, Role, Row};
use super::reader::Reader;
use super::trail::{below, of_version};
use crate::evaluate::{CandidateResult, Determination, OfficerOption, Outcome};
use crate::program::RuleKind;
use crate::trail::{ConcurrenceStep, Moment, StepKind, Trail, Truth, Verdict};

impl Reader<'_> {
    /// What is recommended for one party to one act, with its main reasons taken from the trail. The act is described where
    /// it is first met; `earlier` are the determinations shown before.
    pub(crate) fn determination(
        &self,
        determination: &Determination,
        describe_act: bool,
        earlier: &[Determination],
    ) -> Vec<Block> {
        let result = &determination.result;
        let trail = &determination.trail;
        let steps = of_version(trail, determination.moment);
        let mut blocks = vec![Block::Lead(self.outcome(result))];
        let mut rows = if describe_act { self.facts_of_the_act(determination) } else { Vec::new() };
        rows.extend(self.law(determination));
        rows.extend(self.referrals(result));
        rows.extend(self.target_rows(determination, steps.clone()));
        rows.extend(self.failed_elements(determination, steps.clone()));
        rows.extend(self.money_rows(result, trail, steps.clone()));
        blocks.push(Block::Rows(rows));
        if result.fine.is_some() {
            blocks.extend(self.factor_tables(trail, steps.clone()));
        }
        let mut more = Vec::from_iter(self.leniency(trail, steps));
        more.extend(self.measures(result));
        more.extend(self.grounds(result));
        more.extend(self.other_version(determination));
        if !more.is_empty() {
            blocks.push(Block::Rows(more));
        }
        blocks.extend(self.persons_to_examine(result));
        blocks.extend(self.warnings(result));
        blocks.extend(self.reliance(determination, earlier));
        blocks
    }

    /// The answer in one sentence.
    pub(crate) fn outcome(&self, result: &CandidateResult) -> Line {
        let fine = || self.fine(result);
        match result.outcome {
            Outcome::NotEstablished => Line::plain(self.pick("违法行为不成立", "no violation is established")),
            Outcome::NoLongerUnlawful => Line::plain(self.pick(
                "不予处罚：决定时的规定不再认为该行为违法",
                "no penalty: the law at the time of the decision no longer regards the act as unlawful",
            )),
            Outcome::NotPunishable => {
                Line::plain(self.pick("不处罚：不属于本条的处罚对象", "no penalty: not punishable under this norm"))
            }
            Outcome::NoPenalty => Line::plain(self.pick("应当不予行政处罚", "no penalty shall be imposed")),
            Outcome::Barred => Line::plain(self.pick("不再给予行政处罚", "no penalty may be imposed any more")),
            Outcome::OrderOnly => {
                Line::plain(self.pick("不罚款，采取责令改正等措施", "no fine; orders and other measures"))
            }
            Outcome::Referred => self.referred(result),
            Outcome::Choice if !result.options.iter().any(|option| matches!(option, OfficerOption::Waive(..))) => {
                self.fine_left_to_officer(result)
            }
            Outcome::Choice => {
                let waive_first =
                    result.options.iter().any(|option| matches!(option, OfficerOption::Waive(_, true, _)));
                let waive = Line::plain(self.pick("可以不予行政处罚", "the penalty may be waived"));
                let (or, first) = (
                    self.pick("，也可以", ", or "),
                    self.pick("（规则建议优先考虑不予处罚）", " (the rules put waiving first)"),
                );
                let line = waive.text(or).join(fine());
                let line = if waive_first { line.text(first) } else { line };
                line.text(self.pick("，由行政机关决定", "; the authority decides"))
            }
            Outcome::Fine => fine(),
            Outcome::Undetermined
                if result.facts_to_ask.is_empty() && !result.grade_to_ask && !result.discovery_to_ask =>
            {
                Line::of(Role::Open, self.pick("尚不能得出建议", "no recommendation can be given yet"))
            }
            Outcome::Undetermined => Line::of(
                Role::Open,
                self.pick(
                    "尚不能得出建议，须先查明下列事实",
                    "no recommendation can be given yet: the facts below must be established first",
                ),
            ),
        }
    }

    pub(crate) fn fine(&self, result: &CandidateResult) -> Line {
        let line = Line::plain(self.pick("罚款 ", "a fine of "));
        match result.fine {
            None => Line::plain(self.pick("罚款", "a fine")),
            Some(fine) => match fine.amount {
                Some(amount) => line.add(Role::Money, self.money(amount)),
                None if fine.within.is_some() => line
                    .add(Role::Money, fine.within.map_or_else(String::new, |band| self.range(band)))
                    .text(self.pick(
                        "，具体数额由行政机关在此幅度内确定",
                        "; the authority sets the amount inside this band",
                    )),
                None => line
                    .add(Role::Money, self.range(fine.range))
                    .text(self.pick("，具体数额由行政机关确定", "; the authority sets the amount")),
            },
        }
    }

    /// A fine that may be imposed, or stands among other things to choose from.
    fn fine_left_to_officer(&self, result: &CandidateResult) -> Line {
        let mut line = self.fine(result);
        for option in &result.options {
            let said = match option {
                OfficerOption::Fine(..) | OfficerOption::FurtherFine(..) => self.option(option),
                _ => continue,
            };
            line = line.text(self.pick("；", "; ")).join(said);
        }
        line.text(self.pick("，由行政机关决定", "; the authority decides"))
    }

    pub(crate) fn row(&self, zh: &str, en: &str, lines: Vec<Line>) -> Row {
        Row { key: self.pick(zh, en).to_owned(), lines }
    }

    pub(crate) fn facts_of_the_act(&self, determination: &Determination) -> Vec<Row> {
        let began = self.date(determination.began_on);
        let period = match determination.ended_on {
            Some(ended) if ended == determination.began_on => began,
            Some(ended) => format!("{began} {} {}", self.pick("至", "to"), self.date(ended)),
            None => format!("{began} {}", self.pick("起，仍在持续", "and still going on")),
        };
        let mut act = Line::plain(determination.act.to_string()).text(self.comma()).add(Role::Value, period);
        if let Some(discovered) = determination.discovered_on {
            act = act.text(self.pick("；发现于 ", "; discovered on ")).add(Role::Value, self.date(discovered));
        }
        let mut violation = Line::of(Role::Name, self.violation_name(determination))
            .add(Role::Dim, self.bracketed(&determination.violation));
        if let Some(rule) = determination.result.version.and_then(|id| self.program.rule(id))
            && let Some(breached) = self.cite_all(&rule.breaches)
        {
            violation = violation.text(self.pick("，违反 ", ", breach of ")).add(Role::Citation, breached);
        }
        vec![self.row("违法行为", "Violation", vec![violation]), self.row("行为", "Act", vec![act])]
    }

    /// What the violation is called under the version that applies, else under its last version.
    pub(crate) fn violation_name(&self, determination: &Determination) -> String {
        let last = || {
            self.program
                .violations
                .get(&determination.violation)
                .and_then(|violation| violation.versions.last())
                .map(|version| version.rule)
        };
        determination
            .result
            .version
            .or_else(last)
            .map_or_else(|| determination.violation.to_string(), |id| self.rule_name(id))
    }

    pub(crate) fn law(&self, determination: &Determination) -> Option<Row> {
        let version = determination.result.version?;
        let law = self.version(version);
        let line = match determination.moment {
            Some(moment) => Line::plain(self.moment(moment)).text(self.colon()).join(law),
            None => law,
        };
        Some(self.row("适用", "Law applied", vec![line]))
    }

    pub(crate) fn failed_elements(&self, determination: &Determination, steps: Range<usize>) -> Option<Row> {
        if determination.result.outcome != Outcome::NotEstablished {
            return None;
        }
        let trail = &determination.trail;
        let lines: Vec<Line> = trail
            .steps()
            .iter()
            .enumerate()
            .take(steps.end)
            .skip(steps.start)
            .filter(|(index, step)| {
                matches!(step.kind, StepKind::Subject(_, false) | StepKind::Condition(Truth::False))
                    && stage_of(trail, *index) == Some(crate::trail::Stage::Elements)
            })
            .map(|(index, _)| self.cited(trail, index))
            .collect();
        (!lines.is_empty()).then(|| self.row("未满足的要件", "Elements not met", lines))
    }

    /// The sentence of a step with its citation.
    pub(crate) fn cited(&self, trail: &Trail, index: usize) -> Line {
        let line = self.sentence(trail, index);
        match self.step_citation(trail, index) {
            Some(citation) => self.with_citation(line, &citation),
            None => line,
        }
    }

    /// What became of each leniency item, and which condition failed.
    pub(crate) fn leniency(&self, trail: &Trail, steps: Range<usize>) -> Option<Row> {
        let mut lines = Vec::new();
        for index in steps {
            let Some(step) = trail.steps().get(index) else {
                break;
            };
            let (StepKind::Rule(verdict), Some(rule)) = (&step.kind, step.rule) else {
                continue;
            };
            let kind = self.program.rule(rule).map(|rule| rule.kind);
            if !matches!(kind, Some(RuleKind::Exemption | RuleKind::LeniencyList)) {
                continue;
            }
            // A list that applies says nothing its items do not say.
            if kind == Some(RuleKind::LeniencyList) && matches!(verdict, Verdict::Applied | Verdict::Choice) {
                continue;
            }
            lines.push(self.cited(trail, index));
            lines.extend(
                trail
                    .children(index)
                    .filter(|(_, child)| match verdict {
                        Verdict::Failed | Verdict::Excluded => {
                            matches!(child.kind, StepKind::Condition(Truth::False) | StepKind::Exclusion(Truth::True))
                        }
                        Verdict::Unknown => matches!(
                            child.kind,
                            StepKind::Condition(Truth::Unknown) | StepKind::Exclusion(Truth::Unknown)
                        ),
                        Verdict::Applied
                        | Verdict::Choice
                        | Verdict::PassedOver
                        | Verdict::MetAlready
                        | Verdict::Expired
                        | Verdict::CrimeFirst
                        | Verdict::IfChosen
                        | Verdict::OtherParty => false,
                    })
                    .map(|(at, child)| {
                        let mark = self.mark(child);
                        Line::of(mark.role(), format!("{} ", mark.sign())).join(self.sentence(trail, at))
                    }),
            );
        }
        (!lines.is_empty()).then(|| self.row("不予处罚", "Leniency", lines))
    }

    pub(crate) fn grounds(&self, result: &CandidateResult) -> Option<Row> {
        let lines: Vec<Line> = result
            .decided_by
            .iter()
            .map(|id| {
                let line = self.rule_with_kind(*id);
                let line = match self.citation(*id) {
                    Some(citation) => self.with_citation(line, &citation),
                    None => line,
                };
                match self.rule_place(*id) {
                    Some(place) => line.text(" ").add(Role::Place, place),
                    None => line,
                }
            })
            .collect();
        (!lines.is_empty()).then(|| self.row("主要依据", "Main grounds", lines))
    }

    pub(crate) fn other_version(&self, determination: &Determination) -> Option<Row> {
        let other = determination.other.as_ref()?;
        let other_moment = determination.moment.map(|moment| match moment {
            Moment::Act => Moment::Decision,
            Moment::Decision => Moment::Act,
        });
        let mut line =
            other_moment.map_or_else(Line::new, |moment| Line::plain(self.moment(moment)).text(self.colon()));
        if let Some(version) = other.version {
            line = line.join(self.version(version)).text(self.comma());
        }
        let mut lines = vec![line.join(self.outcome(other))];
        let trail = &determination.trail;
        for (index, step) in trail.steps().iter().enumerate() {
            let compares = match step.kind {
                StepKind::Concurrence(said) => {
                    matches!(said, ConcurrenceStep::Whole { .. } | ConcurrenceStep::Measures(_))
                }
                StepKind::Compared(..) | StepKind::Chosen(_) => true,
                _ => false,
            };
            if compares {
                lines.push(self.cited(trail, index));
            }
        }
        Some(self.row("另一版本的规定", "The other version", lines))
    }
}

/// The stage the step at `index` belongs to.
fn stage_of(trail: &Trail, index: usize) -> Option<crate::trail::Stage> {
    trail.steps().iter().enumerate().take(index).rev().find_map(|(at, step)| match step.kind {
        StepKind::Stage(stage) if below(trail, at).contains(&index) => Some(stage),
        _ => None,
    })
}
