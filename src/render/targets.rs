use std::ops::Range;

use super::document::{Block, Line, Role, Row};
use super::reader::Reader;
use crate::diagnostic::Lang;
use crate::evaluate::{CandidateResult, Determination, Outcome, Recommendation, Target};
use crate::program::{PartyKind, RuleKind};
use crate::trail::{Step, StepKind, Trail, Truth, Verdict};

/// Who is judged: the unit, the persons beside it, and what the law says of each.
impl Reader<'_> {
    /// `责任人员“zhang”`; the party of the case has no name of its own.
    pub(crate) fn target(&self, target: &Target) -> String {
        let word = self.party_word(target.kind);
        let Some(id) = &target.id else {
            return word.to_owned();
        };
        let gap = self.pick("", " ");
        let name = format!("{word}{gap}“{id}”");
        match &target.of {
            Some(unit) => match self.lang {
                Lang::Chinese => format!("{name}（属“{unit}”）"),
                Lang::English => format!("{name} (of “{unit}”)"),
            },
            None => name,
        }
    }

    /// What the fines of each party come to, when there is anything to add up or to tell apart.
    pub(crate) fn totals(&self, recommendation: &Recommendation) -> Vec<Line> {
        if recommendation.determinations.len() < 2 {
            return Vec::new();
        }
        let totals = recommendation.totals();
        let alone = totals.len() == 1;
        totals
            .iter()
            .map(|total| {
                let line = if alone { Line::new() } else { Line::plain(self.target(&total.target)).text(self.colon()) };
                match total.amount {
                    Some(amount) => {
                        let lead = match (alone, total.determinations) {
                            (_, 1) => self.pick("罚款 ", "a fine of "),
                            (true, _) => self.pick("各项罚款合计 ", "All fines together: "),
                            (false, _) => self.pick("各项罚款合计 ", "all fines together "),
                        };
                        line.text(lead).add(Role::Money, self.money(amount))
                    }
                    None if total.determinations == 1 => line.add(
                        Role::Open,
                        self.pick(
                            "罚款数额尚未确定或者可以选择",
                            "the fine is not determined or left to the authority",
                        ),
                    ),
                    None => line.add(
                        Role::Open,
                        self.pick(
                            "有的事项尚不能确定罚款数额或者可以选择，不作合计",
                            "No total: in at least one matter the fine is not determined or left to the authority",
                        ),
                    ),
                }
            })
            .collect()
    }

    pub(super) fn of_target(&self, step: &Step) -> Line {
        match step.kind {
            StepKind::OfUnit => Line::plain(self.pick(
                "责任人员：违法行为是否成立、属于哪一档，按单位的行为认定",
                "a responsible person: whether there is a violation, and which tier, is judged by what the unit did",
            )),
            StepKind::NotPunishable => Line::plain(self.pick(
                "本条没有规定对此类当事人的处罚，或者其条件不具备",
                "the norm threatens such a party with nothing, or its conditions are not met",
            )),
            _ => Line::plain(self.pick("本条还处罚", "the norm also punishes "))
                .join(self.rule_label(step.rule))
                .text(self.pick("，案件没有列出", ", and the case names none of them")),
        }
    }

    /// Whom the law means and with what note, and why it does not reach this party.
    pub(crate) fn target_rows(&self, determination: &Determination, steps: Range<usize>) -> Vec<Row> {
        let trail = &determination.trail;
        let mut reached = Vec::new();
        let mut not_reached = Vec::new();
        for index in steps {
            let Some(step) = trail.steps().get(index) else { break };
            let kind = step.rule.and_then(|id| self.program.rule(id)).map(|rule| rule.kind);
            match step.kind {
                StepKind::Rule(Verdict::Applied) if kind == Some(RuleKind::Target) => {
                    reached.push(step.rule.map_or_else(Line::new, |rule| self.named_with_citation(rule)));
                    reached.extend(self.note_line(step));
                }
                StepKind::Rule(Verdict::Failed) if kind == Some(RuleKind::Target) => {
                    not_reached.push(self.cited(trail, index));
                    not_reached.extend(self.failed(trail, index));
                    not_reached.extend(self.note_line(step));
                }
                StepKind::NotPunishable => not_reached.push(self.cited(trail, index)),
                _ => {}
            }
        }
        let mut rows = Vec::new();
        if !reached.is_empty() {
            rows.push(self.row("处罚对象", "Penalised as", reached));
        }
        if determination.result.outcome == Outcome::NotPunishable {
            rows.push(self.row("不处罚的原因", "Why not", not_reached));
        }
        rows
    }

    fn note_line(&self, step: &Step) -> Option<Line> {
        let note = self.note(step.rule?)?;
        Some(Line::of(Role::Dim, format!("{}{note}", self.pick("说明：", "note: "))))
    }

    /// The conditions below a step that do not hold.
    fn failed(&self, trail: &Trail, index: usize) -> Vec<Line> {
        trail
            .children(index)
            .filter(|(_, child)| child.kind == StepKind::Condition(Truth::False))
            .map(|(at, child)| {
                let mark = self.mark(child);
                Line::of(mark.role(), format!("{} ", mark.sign())).join(self.sentence(trail, at))
            })
            .collect()
    }

    /// That persons beside the unit have to be examined.
    pub(crate) fn persons_to_examine(&self, result: &CandidateResult) -> Option<Block> {
        let lines: Vec<Line> = result
            .persons_to_examine
            .iter()
            .map(|rule| {
                let line = self.named_with_citation(*rule);
                match self.note(*rule) {
                    Some(note) => line.text(self.pick("。", ". ")).text(note),
                    None => line,
                }
            })
            .collect();
        let title = self.pick(
            "本条还处罚下列人员，案件没有列出，须另行审查",
            "The norm also punishes these persons; the case names none, so they have to be examined",
        );
        (!lines.is_empty()).then(|| Block::Warning(title.to_owned(), lines))
    }

    /// The kind of party as the footer names it.
    pub(crate) fn party_of_case(&self, kind: PartyKind) -> Line {
        Line::plain(self.party_word(kind).to_owned())
    }
}
