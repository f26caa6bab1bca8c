use super::document::{Block, Line, Role, Row};
use super::reader::Reader;
use crate::evaluate::{CandidateResult, ChoiceFine, Notice, OfficerOption};
use crate::program::{Direction, Fact, Titles};
use crate::resolved::BuiltInName;
use crate::trail::{Operand, Problem};

/// What goes with the outcome: measures, what is left to the authority, and what it rests on.
impl Reader<'_> {
    pub(crate) fn option(&self, option: &OfficerOption) -> Line {
        match option {
            OfficerOption::Fine(force, among) => {
                let line = Line::plain(self.fine_force(*force));
                if among.is_empty() {
                    return line;
                }
                let among = among.iter().map(|measure| self.measure(measure));
                line.text(self.colon()).join(Line::list(among, self.pick("，或者", ", or ")))
            }
            OfficerOption::FurtherFine(tier, range) => {
                Line::plain(self.pick("可以改为罚款 ", "may impose instead a fine of "))
                    .add(Role::Money, self.range(*range))
                    .text(self.pick("：", ", under: "))
                    .join(self.named_with_citation(*tier))
            }
            OfficerOption::Measures(choice) => self.choice(choice, true),
            OfficerOption::OneOf(choice) => self.choice(choice, false),
            OfficerOption::Waive(rule, recommended, measures) => {
                let line = Line::plain(self.pick("可以不予行政处罚：", "may waive the penalty: "))
                    .join(self.named_with_citation(*rule));
                let line = if measures.is_empty() {
                    line
                } else {
                    let also = measures.iter().map(|measure| self.measure(measure));
                    line.text(self.pick("，并：", ", with: ")).join(Line::list(also, self.pick("、", ", ")))
                };
                if *recommended {
                    line.text(self.pick("；规则建议优先考虑", "; the rules put this first"))
                } else {
                    line
                }
            }
            OfficerOption::Weigh { rule, shall, direction } => {
                let lead = if *shall {
                    self.pick("确定数额时应当适用情节：", "in fixing the amount, must use the circumstance: ")
                } else {
                    self.pick("确定数额时可以适用情节：", "in fixing the amount, may use the circumstance: ")
                };
                let line = Line::plain(lead).join(self.named_with_citation(*rule));
                match direction {
                    Direction::Reduced => line.text(self.pick(
                        "；减轻，数额可以低于法定最低",
                        "; reduced, so the amount may go below the statutory minimum",
                    )),
                    Direction::LighterOrReduced => line.text(self.pick(
                        "；从轻还是减轻由行政机关选择，减轻的，数额可以低于法定最低",
                        "; lighter or reduced is the authority's choice, and if reduced the amount may go below the statutory minimum",
                    )),
                    Direction::Lighter | Direction::Heavier => line,
                }
            }
            OfficerOption::Circumstance { rule, fine, recommended, included } => {
                let line = Line::plain(self.pick("可以适用情节：", "may use the circumstance: "))
                    .join(self.named_with_citation(*rule));
                if !recommended {
                    return line.join(self.choice_fine(
                        self.pick("，罚款为 ", ", which makes the fine "),
                        self.pick("，罚款尚不能计算", ", whose fine cannot be worked out yet"),
                        fine,
                    ));
                }
                line.text(if *included {
                    self.pick(
                        "；规则建议采用，建议的数额已经计入",
                        "; the rules recommend it and the amount recommended includes it",
                    )
                } else {
                    self.pick("；规则建议采用", "; the rules recommend it")
                })
                .join(self.choice_fine(
                    self.pick("；不采用的，罚款为 ", "; without it the fine is "),
                    self.pick("；不采用的，罚款尚不能计算", "; the fine without it cannot be worked out yet"),
                    fine,
                ))
            }
            OfficerOption::LighterOrReduced { rule, lighter, reduced, recommended } => {
                let line = Line::plain(
                    self.pick("从轻还是减轻，由行政机关选择：", "lighter or reduced is the authority's choice: "),
                )
                .join(self.named_with_citation(*rule));
                if lighter == reduced {
                    let lead = self.pick("；从轻、减轻结果相同，罚款为 ", "; both lead to the same fine of ");
                    let open = self.pick("，罚款尚不能计算", ", whose fine cannot be worked out yet");
                    return line.join(self.choice_fine(lead, open, lighter));
                }
                line.join(self.choice_fine(
                    self.pick(
                        "；从轻（不低于法定最低）的，罚款为 ",
                        "; lighter, not below the statutory minimum, the fine is ",
                    ),
                    self.pick("；从轻的，罚款尚不能计算", "; the fine when lighter cannot be worked out yet"),
                    lighter,
                ))
                .join(self.choice_fine(
                    self.pick(
                        "；减轻（可以低于法定最低）的，罚款为 ",
                        "; reduced, which may go below it, the fine is ",
                    ),
                    self.pick("；减轻的，罚款尚不能计算", "; the fine when reduced cannot be worked out yet"),
                    reduced,
                ))
                .text(match recommended {
                    Some(true) => self.pick("；规则建议减轻", "; the rules recommend reduced"),
                    None => "",
                    Some(false) => self.pick("；建议的数额按从轻", "; the amount recommended is the lighter one"),
                })
            }
        }
    }

    /// The fine a choice leads to, after `lead`; or `open`, which says that it cannot be worked out, and why.
    fn choice_fine(&self, lead: &str, open: &str, choice: &ChoiceFine) -> Line {
        match choice.fine {
            Some(amount) => Line::plain(lead).add(Role::Money, self.range(amount)),
            None => self.not_worked_out(open, &choice.depends_on, choice.problem),
        }
    }

    /// Why the fine under a circumstance cannot be worked out, and what to ask.
    fn not_worked_out(&self, open: &str, depends_on: &[Operand], problem: Option<Problem>) -> Line {
        let line = Line::of(Role::Open, open);
        let line = match self.names(depends_on) {
            Some(names) => line.text(self.pick("，取决于：", ": it depends on ")).text(&names),
            None => line,
        };
        match problem {
            Some(problem) => line.text(self.pick("：", ": ")).text(self.problem(problem)),
            None => line,
        }
    }

    pub(crate) fn measures(&self, result: &CandidateResult) -> Vec<Row> {
        let mut rows = Vec::new();
        if !result.measures.is_empty() {
            rows.push(self.row(
                "应当采取的措施",
                "Measures that must be taken",
                result.measures.iter().map(|measure| self.measure(measure)).collect(),
            ));
        }
        if !result.separate_acts.is_empty() {
            let lines = result.separate_acts.iter().map(|act| {
                self.named_with_citation(act.tier).text(self.colon()).join(self.act_of_its_own(act.occurred_on))
            });
            rows.push(self.row("应另行处理的行为", "To be judged as an act of its own", lines.collect()));
        }
        if !result.options.is_empty() {
            rows.push(self.row(
                "由行政机关选择",
                "Left to the authority",
                result.options.iter().map(|option| self.option(option)).collect(),
            ));
        }
        rows.extend(self.supervision(result));
        if !result.notices.is_empty() {
            rows.push(self.row(
                "程序要求",
                "Procedure",
                result.notices.iter().map(|notice| self.notice(notice)).collect(),
            ));
        }
        rows
    }

    /// What a procedure requires: `hearing: … within 5 working days`.
    pub(crate) fn notice(&self, notice: &Notice) -> Line {
        let text = notice.requires.get(self.lang).unwrap_or_default().to_owned();
        let mut line = Line::plain(text);
        if let Some(limit) = self.time_limit(notice) {
            line = line.text(self.bracketed(&limit));
        }
        if !notice.if_chosen.is_empty() {
            let measures = Line::list(
                notice.if_chosen.iter().map(|rule| Line::of(Role::Name, self.rule_name(*rule))),
                self.pick("、", ", "),
            );
            line = line.text(self.pick("（选择下列措施时需要：", " (needed if chosen: ")).join(measures);
            line = line.text(self.pick("）", ")"));
        } else if !notice.certain {
            line = line.add(
                Role::Open,
                self.pick(
                    "（是否需要，取决于尚未确定的事项）",
                    " (whether it is needed depends on what is not settled yet)",
                ),
            );
        }
        let line = match self.citation(notice.rule) {
            Some(citation) => line.add(Role::Citation, self.bracketed(&citation)),
            None => line,
        };
        self.stated(line, &notice.stated)
    }

    pub(crate) fn warnings(&self, result: &CandidateResult) -> Vec<Block> {
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
                .map(|fact| self.question(fact))
                .chain(
                    result
                        .grade_to_ask
                        .then(|| Line::of(Role::Name, self.operand(Operand::BuiltIn(BuiltInName::CreditGrade)))),
                )
                .chain(
                    result
                        .discovery_to_ask
                        .then(|| Line::of(Role::Name, self.operand(Operand::BuiltIn(BuiltInName::Discovered)))),
                )
                .collect(),
        );
        warn(
            "为确定措施尚待查明的事实（不影响罚款）",
            "Facts to establish for the measures; the fine does not depend on them",
            result
                .facts_for_measures
                .iter()
                .filter_map(|id| self.program.fact(*id))
                .map(|fact| self.question(fact))
                .collect(),
        );
        blocks
    }

    /// A fact with the question put to the officer and the evidence it rests on.
    fn question(&self, fact: &Fact) -> Line {
        let text =
            |titles: &Option<Titles>| titles.as_ref().and_then(|titles| titles.get(self.lang)).map(str::to_owned);
        let mut line = Line::of(Role::Name, self.title(&fact.label, &fact.name));
        if let Some(question) = text(&fact.question) {
            line = line.text(self.colon()).text(question);
        }
        if let Some(evidence) = text(&fact.evidence) {
            let said = format!("{}{evidence}", self.pick("证据：", "evidence: "));
            line = line.add(Role::Dim, self.bracketed(&said));
        }
        line
    }
}
