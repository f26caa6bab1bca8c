use std::ops::Range;

use super::document::{Block, Line, Role, Row, Table};
use super::expression::leaves;
use super::reader::Reader;
use super::trail::{below, of_version};
use crate::evaluate::{CandidateResult, Determination, MeasureResult, OfficerOption, Outcome};
use crate::program::{RuleId, RuleKind};
use crate::trail::{Adjustment, Moment, StepKind, Trail, Truth, Verdict};
use crate::value::Value;

impl Reader<'_> {
    /// What is recommended for one act and violation, with its main reasons taken from the trail.
    pub(crate) fn determination(&self, determination: &Determination) -> Vec<Block> {
        let result = &determination.result;
        let trail = &determination.trail;
        let steps = of_version(trail, determination.moment);
        let mut blocks = vec![Block::Lead(self.outcome(result))];
        let mut rows = self.facts_of_the_act(determination);
        rows.extend(self.law(determination));
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
        blocks.extend(self.warnings(result));
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
            Outcome::NoPenalty => Line::plain(self.pick("应当不予行政处罚", "no penalty must be imposed")),
            Outcome::OrderOnly => {
                Line::plain(self.pick("不罚款，采取责令改正等措施", "no fine; orders and other measures"))
            }
            Outcome::Choice => {
                let waive_first = result.options.iter().any(|option| matches!(option, OfficerOption::Waive(_, true)));
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
            Outcome::Undetermined if result.facts_to_ask.is_empty() => {
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

    fn fine(&self, result: &CandidateResult) -> Line {
        let line = Line::plain(self.pick("罚款 ", "a fine of "));
        match result.fine {
            None => Line::plain(self.pick("罚款", "a fine")),
            Some(fine) => match fine.amount {
                Some(amount) => line.add(Role::Money, self.money(amount)),
                None => line
                    .add(Role::Money, self.range(fine.range))
                    .text(self.pick("，具体数额由行政机关确定", "; the authority sets the amount")),
            },
        }
    }

    fn row(&self, zh: &str, en: &str, lines: Vec<Line>) -> Row {
        Row { key: self.pick(zh, en).to_owned(), lines }
    }

    fn facts_of_the_act(&self, determination: &Determination) -> Vec<Row> {
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

    fn law(&self, determination: &Determination) -> Option<Row> {
        let version = determination.result.version?;
        let law = self.version(version);
        let line = match determination.moment {
            Some(moment) => Line::plain(self.moment(moment)).text(self.colon()).join(law),
            None => law,
        };
        Some(self.row("适用", "Law applied", vec![line]))
    }

    fn failed_elements(&self, determination: &Determination, steps: Range<usize>) -> Option<Row> {
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
                matches!(step.kind, StepKind::Subject(false) | StepKind::Condition(Truth::False))
                    && stage_of(trail, *index) == Some(crate::trail::Stage::Elements)
            })
            .map(|(index, _)| self.cited(trail, index))
            .collect();
        (!lines.is_empty()).then(|| self.row("未满足的要件", "Elements not met", lines))
    }

    /// The sentence of a step with its citation.
    fn cited(&self, trail: &Trail, index: usize) -> Line {
        let line = self.sentence(trail, index);
        match trail.steps().get(index).and_then(|step| self.step_citation(step)) {
            Some(citation) => self.with_citation(line, &citation),
            None => line,
        }
    }

    /// How the amount came about, in the order it was worked out.
    fn money_rows(&self, result: &CandidateResult, trail: &Trail, steps: Range<usize>) -> Vec<Row> {
        let Some(fine) = &result.fine else {
            return Vec::new();
        };
        let mut range = vec![Line::of(Role::Money, self.range(fine.range))];
        let mut reckoning = Vec::new();
        let mut changes = Vec::new();
        for index in steps {
            let Some(step) = trail.steps().get(index) else {
                break;
            };
            let rule_kind = step.rule.and_then(|id| self.program.rule(id)).map(|rule| rule.kind);
            match &step.kind {
                StepKind::StatutoryRange => {
                    if let (Some(citation), Some(first)) = (self.step_citation(step), range.first_mut()) {
                        *first = self.with_citation(std::mem::take(first), &citation);
                    }
                }
                StepKind::DeemedBase(..) => range.push(self.cited(trail, index)),
                StepKind::Rule(Verdict::Applied) if rule_kind == Some(RuleKind::Tier) => {
                    range.push(self.cited(trail, index));
                }
                StepKind::Weights => reckoning.push(self.cited(trail, index)),
                StepKind::Computed if matches!(rule_kind, Some(RuleKind::Benchmark | RuleKind::Step)) => {
                    reckoning.push(self.cited(trail, index));
                }
                StepKind::TableRow => reckoning.push(self.cited(trail, index)),
                StepKind::NoBenchmark => reckoning.push(self.sentence(trail, index)),
                StepKind::Adjusted(before) if step.value.and_then(Value::as_number) != Some(*before) => {
                    changes.push(self.cited(trail, index));
                }
                StepKind::Held(adjustment, ..) if *adjustment != Adjustment::WithinRange => {
                    changes.push(self.cited(trail, index));
                }
                StepKind::Rounded(before, ..) if step.value.and_then(Value::as_number) != Some(*before) => {
                    changes.push(self.cited(trail, index));
                }
                _ => {}
            }
        }
        let mut rows = vec![self.row("法定幅度", "Statutory range", range)];
        if !reckoning.is_empty() {
            rows.push(self.row("裁量计算", "Discretion", reckoning));
        }
        if !changes.is_empty() {
            rows.push(self.row("调整", "Adjusted", changes));
        }
        rows
    }

    /// For each sum of weights, the start and the factors with what they gave.
    fn factor_tables(&self, trail: &Trail, steps: Range<usize>) -> Vec<Block> {
        steps
            .filter_map(|index| {
                let step = trail.steps().get(index)?;
                if step.kind != StepKind::Weights {
                    return None;
                }
                let mut rows = Vec::new();
                for (child_index, child) in trail.children(index) {
                    let name = child.rule.map(|rule| self.rule_name(rule)).unwrap_or_default();
                    let points = child.value.map_or_else(
                        || Line::of(Role::Open, "?"),
                        |value| Line::of(Role::Value, self.value(value, None)),
                    );
                    let (name, matched) = match child.kind {
                        StepKind::Start => (self.pick("起点", "start").to_owned(), Line::new()),
                        StepKind::Factor => (name, self.factor_match(child, &leaves(trail, child_index))),
                        StepKind::FactorAtLowest => (
                            name,
                            Line::of(Role::Open, self.pick("无法查明，取最低档", "cannot be established: lowest row")),
                        ),
                        _ => continue,
                    };
                    rows.push(vec![Line::of(Role::Name, name), matched, points]);
                }
                if rows.is_empty() {
                    return None;
                }
                let total = step.value.map(|value| {
                    vec![
                        Line::of(Role::Strong, step.rule.map(|rule| self.rule_name(rule)).unwrap_or_default()),
                        Line::new(),
                        Line::of(Role::Strong, self.value(value, None)),
                    ]
                });
                let head = [("裁量因素", "Discretion factor"), ("档", "Row"), ("计", "Counts")]
                    .map(|(zh, en)| self.pick(zh, en).to_owned());
                Some(Block::Table(Table { head: head.into(), rows, foot: total }))
            })
            .collect()
    }

    /// What became of each leniency item, and which condition failed.
    fn leniency(&self, trail: &Trail, steps: Range<usize>) -> Option<Row> {
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
                        Verdict::Applied | Verdict::Choice | Verdict::PassedOver => false,
                    })
                    .map(|(at, child)| {
                        let mark = self.mark(child);
                        Line::of(mark.role(), format!("{} ", mark.sign())).join(self.sentence(trail, at))
                    }),
            );
        }
        (!lines.is_empty()).then(|| self.row("不予处罚", "Leniency", lines))
    }

    pub(crate) fn measure(&self, measure: &MeasureResult) -> Line {
        let line = self.named_with_citation(measure.rule);
        match measure.approval.as_ref().and_then(|approval| approval.get(self.lang)) {
            Some(approval) => line.text(match self.lang {
                crate::diagnostic::Lang::Chinese => format!("，须经{approval}批准"),
                crate::diagnostic::Lang::English => format!(", with approval of {approval}"),
            }),
            None => line,
        }
    }

    pub(crate) fn option(&self, option: &OfficerOption) -> Line {
        let list = |measures: &[MeasureResult]| {
            Line::list(measures.iter().map(|measure| self.measure(measure)), self.pick("，或者", ", or "))
        };
        match option {
            OfficerOption::Measures(measures) => Line::plain(self.pick("可以：", "may: ")).join(list(measures)),
            OfficerOption::OneOf(measures) => {
                Line::plain(self.pick("应当选择其一：", "must take one of: ")).join(list(measures))
            }
            OfficerOption::Waive(rule, recommended) => {
                let line = Line::plain(self.pick("可以不予行政处罚：", "may waive the penalty: "))
                    .join(self.named_with_citation(*rule));
                if *recommended {
                    line.text(self.pick("；规则建议优先考虑", "; the rules put this first"))
                } else {
                    line
                }
            }
            OfficerOption::Circumstance(rule, amount, included) => {
                let line = Line::plain(self.pick("可以适用情节：", "may use the circumstance: "))
                    .join(self.named_with_citation(*rule));
                let line = match amount {
                    Some(amount) => line
                        .text(self.pick("，罚款为 ", ", which makes the fine "))
                        .add(Role::Money, self.money(*amount)),
                    None => line,
                };
                if *included {
                    line.text(self.pick(
                        "；规则建议采用，上述数额已经计入",
                        "; the rules recommend it and the amount above includes it",
                    ))
                } else {
                    line
                }
            }
        }
    }

    fn measures(&self, result: &CandidateResult) -> Vec<Row> {
        let mut rows = Vec::new();
        if !result.measures.is_empty() {
            rows.push(self.row(
                "应当采取的措施",
                "Measures that must be taken",
                result.measures.iter().map(|measure| self.measure(measure)).collect(),
            ));
        }
        if !result.options.is_empty() {
            rows.push(self.row(
                "由行政机关选择",
                "Left to the authority",
                result.options.iter().map(|option| self.option(option)).collect(),
            ));
        }
        rows
    }

    fn grounds(&self, result: &CandidateResult) -> Option<Row> {
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

    fn other_version(&self, determination: &Determination) -> Option<Row> {
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
            if matches!(step.kind, StepKind::Compared(..) | StepKind::Chosen(_)) {
                lines.push(self.cited(trail, index));
            }
        }
        Some(self.row("另一版本的规定", "The other version", lines))
    }

    fn warnings(&self, result: &CandidateResult) -> Vec<Block> {
        let mut blocks = Vec::new();
        let mut warn = |zh: &str, en: &str, lines: Vec<Line>| {
            if !lines.is_empty() {
                blocks.push(Block::Warning(self.pick(zh, en).to_owned(), lines));
            }
        };
        warn(
            "不能得出结论的原因",
            "Why no answer can be given",
            result.problems.iter().map(|problem| Line::of(Role::Bad, self.problem(*problem))).collect(),
        );
        warn(
            "尚待查明的事实",
            "Facts to establish",
            result
                .facts_to_ask
                .iter()
                .filter_map(|id| self.program.fact(*id))
                .map(|fact| {
                    let text = |titles: &Option<crate::program::Titles>| {
                        titles.as_ref().and_then(|titles| titles.get(self.lang)).map(str::to_owned)
                    };
                    let mut line = Line::of(Role::Name, self.title(&fact.label, &fact.name));
                    if let Some(question) = text(&fact.question) {
                        line = line.text(self.colon()).text(question);
                    }
                    if let Some(evidence) = text(&fact.evidence) {
                        let said = format!("{}{evidence}", self.pick("证据：", "evidence: "));
                        line = line.add(Role::Dim, self.bracketed(&said));
                    }
                    line
                })
                .collect(),
        );
        warn(
            "使用了推定",
            "Presumptions used",
            result
                .presumed
                .iter()
                .filter_map(|id| Some((*id, self.program.fact(*id)?)))
                .map(|(id, fact)| {
                    let line = Line::of(Role::Name, self.title(&fact.label, &fact.name));
                    let Some((value, rule)) = fact.presumption else {
                        return line;
                    };
                    let unit = self.unit_of(crate::trail::Operand::Fact(id));
                    let line = line
                        .text(self.pick("：推定为 ", ": presumed to be "))
                        .add(Role::Value, self.value(value, unit));
                    match self.citation(rule) {
                        Some(citation) => self.with_citation(line, &citation),
                        None => line,
                    }
                })
                .collect(),
        );
        warn(
            "所依据的规则中尚未核对的",
            "Rules it rests on that are not verified",
            result.unverified.iter().map(|id| self.unverified(*id)).collect(),
        );
        blocks
    }

    fn unverified(&self, id: RuleId) -> Line {
        let mut line = self.rule_with_kind(id);
        if let Some(status) = self.program.rule(id).and_then(|rule| self.status(rule)) {
            line = line.text(self.colon()).add(Role::Open, status);
        }
        if let Some(note) = self.note(id) {
            line = line.text(self.semicolon()).text(note);
        }
        match self.rule_place(id) {
            Some(place) => line.text(" ").add(Role::Place, place),
            None => line,
        }
    }
}

/// The stage the step at `index` belongs to.
fn stage_of(trail: &Trail, index: usize) -> Option<crate::trail::Stage> {
    trail.steps().iter().enumerate().take(index).rev().find_map(|(at, step)| match step.kind {
        StepKind::Stage(stage) if below(trail, at).contains(&index) => Some(stage),
        _ => None,
    })
}
