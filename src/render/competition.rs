use super::document::{Block, Line, Role, Row, Section, Table};
use super::reader::Reader;
use crate::diagnostic::Lang;
use crate::evaluate::{Competition, Determination, GivesWay, Outcome, Recommendation, Standing};
use crate::program::RuleId;
use crate::trail::{ConcurrenceStep, Criterion, MeasuresCompared, Step};

/// One act that several norms cover: which applies, and what becomes of the others.
impl Reader<'_> {
    /// A section for each act that several norms cover.
    pub(crate) fn competitions(&self, recommendation: &Recommendation) -> Vec<Section> {
        let several = recommendation.competitions.len() > 1;
        recommendation
            .competitions
            .iter()
            .map(|competition| {
                let heading = self.pick("一个行为触犯几个规定", "One act, several norms").to_owned();
                let heading = if several {
                    let party = self.target(&competition.target);
                    format!("{heading}{}{}{}{party}", self.colon(), competition.act, self.comma())
                } else {
                    heading
                };
                Section { heading, blocks: self.competition(recommendation, competition) }
            })
            .collect()
    }

    fn competition(&self, recommendation: &Recommendation, competition: &Competition) -> Vec<Block> {
        let norms: Vec<&Determination> =
            competition.determinations.iter().filter_map(|place| recommendation.determinations.get(*place)).collect();
        let mut blocks = vec![Block::Lead(self.concurrence(recommendation, competition))];
        let head =
            [("规定", "Norm"), ("法定幅度", "Statutory range"), ("计算金额", "Amount"), ("结果", "What becomes of it")];
        let rows = norms
            .iter()
            .map(|norm| {
                let fine = norm.result.fine.or(norm.result.waiting);
                vec![
                    self.norm_name(norm),
                    fine.map_or_else(Line::new, |fine| Line::of(Role::Money, self.range(fine.range))),
                    match fine.map(|fine| fine.amount) {
                        Some(Some(amount)) => Line::of(Role::Money, self.money(amount)),
                        Some(None) => Line::of(Role::Open, self.pick("由行政机关确定", "set by the authority")),
                        None => Line::new(),
                    },
                    self.standing(recommendation, norm),
                ]
            })
            .collect();
        let head = head.iter().map(|(zh, en)| self.pick(zh, en).to_owned()).collect();
        blocks.push(Block::Table(Table { head, rows, foot: None }));
        let mut rows: Vec<Row> = Vec::new();
        if let Some(principle) = competition.principle {
            let mut line = self.rule_with_kind(principle);
            if let Some(citation) = self.citation(principle) {
                line = self.with_citation(line, &citation);
            }
            rows.push(self.row("比较依据", "Compared under", vec![line]));
        }
        if !competition.gravest.is_empty() {
            let lines = competition.gravest.iter().filter_map(|each| {
                let norm = recommendation.determinations.get(each.determination)?;
                let named = |rule: Option<RuleId>| {
                    rule.map_or_else(|| self.pick("无", "none").to_owned(), |rule| self.rule_name(rule))
                };
                let line = Line::of(Role::Name, self.violation_name(norm)).text(self.colon());
                let line = line.text(self.pick("必处 ", "must: ")).text(named(each.must));
                let line = line.text(self.semicolon()).text(self.pick("可处更重的 ", "graver that may be: "));
                Some(line.text(named(each.may)))
            });
            let lines = lines.collect();
            rows.push(self.row(
                "整体比较：罚款以外最重的措施",
                "Compared as a whole: gravest measure besides the fine",
                lines,
            ));
        }
        if !rows.is_empty() {
            blocks.push(Block::Rows(rows));
        }
        if !competition.problems.is_empty() {
            let lines =
                competition.problems.iter().map(|problem| Line::of(Role::Bad, self.problem(*problem))).collect();
            blocks
                .push(Block::Warning(self.pick("不能得出结论的原因", "Why no answer can be given").to_owned(), lines));
        }
        blocks
    }

    /// The answer for the act in one sentence.
    fn concurrence(&self, recommendation: &Recommendation, competition: &Competition) -> Line {
        let winner = competition.winner.and_then(|place| recommendation.determinations.get(place));
        let at = |standing: Standing| {
            competition
                .determinations
                .iter()
                .filter_map(|place| recommendation.determinations.get(*place))
                .any(|each| each.standing == standing)
        };
        match winner {
            Some(winner) => {
                let lead = if winner.result.fine.is_some() || winner.result.outcome == Outcome::Undetermined {
                    self.pick("只处一个罚款，依照 ", "one fine only, under ")
                } else {
                    self.pick("不罚款，依照 ", "no fine, and the penalty is that under ")
                };
                let line = Line::plain(lead).add(Role::Name, self.violation_name(winner));
                let line = match competition.compared_by {
                    Some(criterion) => line.text(self.pick("：", ": ")).text(self.told_apart(criterion)),
                    None => line,
                };
                let may_be_replaced = competition
                    .determinations
                    .iter()
                    .filter_map(|place| recommendation.determinations.get(*place))
                    .any(|each| matches!(each.standing, Standing::LeftToOfficer(_)));
                if may_be_replaced {
                    line.text(self.pick(
                        "；行政机关也可以改处另一规定中可能较高的罚款，不得并处",
                        "; the authority may impose another norm's fine, which may be higher, in its place, and not both",
                    ))
                } else {
                    line
                }
            }
            None if at(Standing::Waits) => Line::plain(self.pick(
                "该行为涉嫌犯罪已移送，各规定的罚款都暂缓",
                "the act is referred, and the fines of all norms wait",
            )),
            None if at(Standing::Open) => Line::of(
                Role::Open,
                self.pick(
                    "尚不能确定依照哪个规定罚款；须先查明各项尚缺的事实，或者解决下述问题",
                    "it cannot be said yet which norm the fine comes from: establish the facts that are missing, or settle what is named below",
                ),
            ),
            None => Line::plain(self.pick("没有罚款相互竞合", "no fines compete")),
        }
    }

    /// What a step says of an act under several norms.
    pub(crate) fn concurrence_step(&self, said: &ConcurrenceStep, step: &Step) -> Line {
        match said {
            ConcurrenceStep::ComparedLater => Line::plain(self.pick(
                "一个行为触犯几个规定，先竞合，再以整体结果比较新旧法，见“几个规定的竞合”",
                "one act under several norms: old and new law are compared as a whole after concurrence, see “Several norms”",
            )),
            ConcurrenceStep::Whole { moment, amount, must, may } => {
                let line = Line::of(Role::Strong, self.moment(*moment));
                let line = line.text(self.pick("，竞合之后：", ", after concurrence: "));
                let line = match step.value {
                    Some(range) => {
                        let line = line.text(self.pick("罚款 ", "a fine of "));
                        let line = match amount {
                            Some(amount) => line.add(Role::Money, self.money(*amount)),
                            None => line.add(Role::Open, self.pick("由行政机关确定", "set by the authority")),
                        };
                        let inside = self.bracketed(&format!(
                            "{}{}",
                            self.pick("法定幅度 ", "statutory range "),
                            self.value(range, None)
                        ));
                        line.text(inside)
                    }
                    None => line.text(self.pick("没有罚款", "no fine")),
                };
                let measures = [
                    (must, "；最重的必处措施：", "; gravest measure that must be taken: "),
                    (may, "；最重的可处措施：", "; gravest measure that may be taken: "),
                ];
                measures.into_iter().fold(line, |line, (rule, zh, en)| match rule {
                    Some(rule) => line.text(self.pick(zh, en)).add(Role::Name, self.rule_name(*rule)),
                    None => line,
                })
            }
            ConcurrenceStep::NotImposed { keeps_measures } => {
                let line = Line::plain(self.pick(
                    "以上算出的罚款不处，以它为基数的数额不适用",
                    "the fine worked out above is not imposed, and no sum reckoned from it applies",
                ));
                let line = if *keeps_measures {
                    line.text(self.pick("；其他措施仍然采取", "; the other measures stay"))
                } else {
                    line.text(self.pick("；其他措施也不采取", "; nor are the other measures taken"))
                };
                match step.rule {
                    Some(rule) => line.text(self.pick("。依照：", ". What applies: ")).join(self.named_with_citation(rule)),
                    None => line,
                }
            }
            ConcurrenceStep::Measures(found) => {
                let line = Line::plain(self.pick("比较罚款以外的措施：", "compared by measures besides the fine: "));
                match found {
                    MeasuresCompared::Lighter(moment) => match self.lang {
                        Lang::Chinese => line.add(Role::Strong, format!("{}较轻", self.moment(*moment))),
                        Lang::English => line.add(Role::Strong, format!("{} is lighter", self.moment(*moment))),
                    },
                    MeasuresCompared::Same => line.text(self.pick("没有轻重之分", "neither is lighter")),
                    MeasuresCompared::Unclear => {
                        line.text(self.pick("种类不同，分不出轻重", "they differ in kind and cannot be told apart"))
                    }
                }
            }
        }
    }

    fn told_apart(&self, criterion: Criterion) -> &'static str {
        match criterion {
            Criterion::StatutoryRange => self.lang.pick("法定幅度较高", "its statutory range is higher"),
            Criterion::Amount => self.lang.pick("罚款数额较高", "its fine is higher"),
            Criterion::Outcome => self.lang.pick("整体处罚较重", "its penalty as a whole is heavier"),
        }
    }

    fn norm_name(&self, norm: &Determination) -> Line {
        let line = Line::of(Role::Name, self.violation_name(norm));
        match norm.result.version.and_then(|rule| self.citation(rule)) {
            Some(citation) => self.with_citation(line, &citation),
            None => line,
        }
    }

    /// What becomes of one norm beside the others.
    pub(crate) fn standing(&self, recommendation: &Recommendation, norm: &Determination) -> Line {
        match norm.standing {
            Standing::Applies if norm.result.outcome == Outcome::Choice => Line::of(
                Role::Open,
                self.pick(
                    "适用；不予处罚的，再比较其余规定",
                    "applies; if the penalty is waived, the other norms are compared again",
                ),
            ),
            Standing::Applies => Line::of(Role::Good, self.pick("适用", "applies")),
            Standing::WithoutFine => Line::of(Role::Dim, self.outcome(&norm.result).to_string()),
            Standing::Waits => {
                Line::of(Role::Open, self.pick("罚款暂缓：该行为已移送", "its fine waits, as the act is referred"))
            }
            Standing::LeftToOfficer(to) => {
                let other =
                    recommendation.determinations.get(to).map_or_else(String::new, |other| self.violation_name(other));
                Line::of(
                    Role::Open,
                    self.pick(
                        "可以处罚款且可能较高，由行政机关决定；不处的，仍应依照",
                        "its fine may be imposed and may be the higher one; unless the authority imposes it, the fine must be imposed under",
                    ),
                )
                .add(Role::Name, match self.lang {
                    Lang::Chinese => format!("“{other}”罚款"),
                    Lang::English => format!(" “{other}”"),
                })
            }
            Standing::Open => Line::of(Role::Open, self.pick("尚不能确定", "cannot be said yet")),
            Standing::GivesWay(why, to) => {
                let other =
                    recommendation.determinations.get(to).map_or_else(String::new, |other| self.violation_name(other));
                let (zh, en) = match why {
                    GivesWay::Yields => ("不适用，规定本身让位于", "does not apply: it yields to"),
                    GivesWay::LowerLevel => ("不适用，层级低于", "does not apply: of a lower level than"),
                    GivesWay::General => ("不适用，特别规定优先：", "does not apply beside the special norm"),
                    GivesWay::Earlier => ("不适用，较新的规定优先：", "does not apply beside the later norm"),
                    GivesWay::LighterPenalty => {
                        ("不适用，处罚较重的是", "does not apply: the heavier penalty is that of")
                    }
                    GivesWay::LowerFine => ("不另罚款，罚款较高的是", "no fine of its own: the higher one is that of"),
                    GivesWay::Narrowed => {
                        ("不按本幅度罚款，下位规定在本幅度内细化：", "no fine of its own: its range is narrowed by")
                    }
                    GivesWay::SameFine => ("不另罚款，罚款相同：", "no fine of its own: the same fine as that of"),
                };
                let quoted = match self.lang {
                    crate::diagnostic::Lang::Chinese => format!("“{other}”"),
                    crate::diagnostic::Lang::English => format!(" “{other}”"),
                };
                let line = Line::of(Role::Dim, self.pick(zh, en)).add(Role::Name, quoted);
                if why.keeps_measures() {
                    line.text(self.pick("；其他措施仍然采取", "; its measures stay"))
                } else {
                    line
                }
            }
        }
    }
}
