use super::document::{Line, Mark, Piece, Role};
use super::expression::{Leaf, leaves};
use super::reader::Reader;
use super::values::retyped;
use crate::case::PartyKind;
use crate::diagnostic::Lang;
use crate::program::{RuleId, RuleKind};
use crate::source::Span;
use crate::trail::{
    BaseState, ConcurrenceStep, EventFate, MeasuresCompared, Moment, Operand, Origin, Problem, Stage, Step, StepKind,
    Trail, Truth, Verdict,
};
use crate::value::Value;

impl Reader<'_> {
    /// What the step at `index` says, in one sentence.
    pub(crate) fn sentence(&self, trail: &Trail, index: usize) -> Line {
        let Some(step) = trail.steps().get(index) else {
            return Line::new();
        };
        let leaves = leaves(trail, index);
        match &step.kind {
            StepKind::Stage(stage) => Line::of(Role::Strong, self.stage(*stage)),
            StepKind::NothingDeclared => Line::of(
                Role::Dim,
                self.pick(
                    "已载入的规则对此没有规定",
                    "the rules loaded say nothing on this",
                ),
            ),
            StepKind::Subject(kind, is_subject) => self.subject(*kind, *is_subject, step.span),
            StepKind::OfUnit | StepKind::NotPunishable | StepKind::PersonsToExamine => self.of_target(step),
            StepKind::Condition(truth) => self.condition(*truth, step.span, &leaves),
            StepKind::Exclusion(truth) => self.exclusion(*truth, step.span, &leaves),
            StepKind::Input(Operand::Records(_), _) => self.over_records(step.span, step.value),
            StepKind::DueDate => self.due_date(step, &leaves),
            StepKind::WorkdaysCounted(from, amount, passed) => self.workdays_counted(*from, *amount, *passed, step),
            StepKind::Rolled(day) => self.rolled(*day, step),
            StepKind::EndOfMonth(day) => self.end_of_month(*day, step),
            StepKind::Record { list, number, counts, read } => self.record(*list, *number, *counts, read),
            StepKind::Input(operand, origin) => self.input(*operand, *origin, step.value),
            StepKind::Rule(verdict) => self.rule(*verdict, step.rule),
            StepKind::Versions {
                at_act,
                at_decision,
                continued,
            } => self.versions(*at_act, *at_decision, *continued),
            StepKind::Candidate(moment) => {
                let text = match moment {
                    Moment::Act => self.pick("按行为时的规定", "under the law at the time of the act"),
                    Moment::Decision => {
                        self.pick("按决定时的规定", "under the law at the time of the decision")
                    }
                };
                let line = Line::of(Role::Strong, text);
                step.rule.map_or(line.clone(), |rule| {
                    line.text(self.colon()).join(self.version(rule))
                })
            }
            StepKind::Concurrence(said) => self.concurrence_step(said, step),
            StepKind::Compared(criterion, lighter) => self.compared(*criterion, *lighter),
            StepKind::Chosen(moment) => Line::plain(self.pick("适用", "applied: "))
                .add(Role::Strong, self.moment(*moment)),
            StepKind::StatutoryRange => Line::plain(self.pick("法定幅度", "statutory range"))
                .text(self.colon())
                .join(self.result(step)),
            StepKind::Base(state) => self.fine_base(*state, step, &leaves),
            StepKind::FineCase(state) => self.fine_case(*state, step),
            StepKind::Portion(low, high, base) => self.portion(*low, *high, *base, step),
            StepKind::Each(one, count, unit) => self.each(*one, *count, *unit, step),
            StepKind::FineCapped(before) => self.fine_capped(*before, step),
            StepKind::DeemedForNone => Line::plain(self.pick("没有基数，按 ", "there is no base, which counts as "))
                .join(self.result(step))
                .text(self.pick(" 计算", "")),
            StepKind::DeemedBase(base, floor) => self.deemed(*base, *floor, step.value),
            StepKind::Weights => self.weights(trail, index, step),
            StepKind::Start => Line::plain(self.pick("起点 ", "start: ")).join(self.result(step)),
            StepKind::Factor => self.factor(step, &leaves),
            StepKind::FactorAtLowest => self
                .rule_label(step.rule)
                .text(self.pick("：无法查明，取最低档，计 ", ": cannot be established, the lowest row counts: "))
                .join(self.result(step)),
            StepKind::Capped(sum) => Line::plain(self.pick("合计 ", "the sum of "))
                .add(Role::Value, self.value(retyped(*sum, step.value), None))
                .text(self.pick("，高于上限，计 ", " is above the cap, so it counts as "))
                .join(self.result(step)),
            StepKind::Floored(sum) => Line::plain(self.pick("合计 ", "the sum of "))
                .add(Role::Value, self.value(retyped(*sum, step.value), None))
                .text(self.pick("，低于下限，计 ", " is below the floor, so it counts as "))
                .join(self.result(step)),
            StepKind::Computed => self.computed(step, &leaves),
            StepKind::TableRow => self
                .rule_label(step.rule)
                .text(self.colon())
                .add(Role::Expression, self.row_match(step.span, &leaves))
                .text(self.pick("，得 ", " gives "))
                .join(self.result(step)),
            StepKind::TableRowAtLowest => self
                .rule_label(step.rule)
                .text(self.pick(
                    "：有的键无法查明，在余下各行中取最低档，得 ",
                    ": a key cannot be established, and of the rows that are left the lowest counts: ",
                ))
                .join(self.result(step)),
            StepKind::Adjusted(before) => self.adjusted(step, *before, &leaves),
            StepKind::Held(adjustment, before, range) => {
                self.held(*adjustment, *before, self.range(*range), step)
            }
            StepKind::Rounded(before, mode, unit) => self.rounded(step, *before, *mode, *unit),
            StepKind::NoFineYet => Line::plain(self.pick(
                "现在不能罚款：法律只在某些情形下规定罚款（见上列档次），这些情形现在都不成立",
                "no fine is possible yet: the law threatens one only in the tiers above, and none of them holds",
            )),
            StepKind::ActOfItsOwn(day) => self.act_of_its_own(*day),
            StepKind::FineBesides(one, more) => self.fine_besides(*one, *more, step),
            StepKind::MultipleOfFine(low, high, of) => self.multiple_of_fine(*low, *high, *of, step),
            StepKind::FineChoice(force) => Line::plain(self.fine_force(*force)),
            StepKind::NoRoom(true) => Line::plain(self.pick(
                "定额罚款：从轻、从重没有余地，数额不变",
                "a fixed sum: there is no room to make it lighter or heavier, the amount stays",
            )),
            StepKind::NoRoom(false) => Line::plain(self.pick(
                "法律没有规定最低罚款：没有可以低于的下限，只能在幅度内从轻",
                "the law gives no minimum: there is nothing to go below, so the amount is only lighter inside the range",
            )),
            StepKind::LighterOrReduced(false) => Line::plain(self.pick(
                "从轻还是减轻，由行政机关选择；这里按从轻计算",
                "lighter or reduced is the authority's choice; worked out here as lighter",
            )),
            StepKind::LighterOrReduced(true) => Line::plain(self.pick(
                "从轻还是减轻，由行政机关选择；这里按规则建议的减轻计算",
                "lighter or reduced is the authority's choice; worked out here as reduced, which the rules recommend",
            )),
            StepKind::Measure(rule) => Line::plain(self.pick("应当：", "must be taken: "))
                .add(Role::Name, self.rule_name(*rule)),
            StepKind::MeasureChoice(rule) => Line::plain(self.pick("可供选择：", "to choose from: "))
                .add(Role::Name, self.rule_name(*rule)),
            StepKind::CountedTwice => self.counted_twice(step),
            StepKind::Band => Line::plain(self.pick("裁量档次", "discretion tier")).text(self.colon()).join(self.result(step)),
            StepKind::Grade => self.grade(step),
            StepKind::ScoredOn(frozen) => self.scored_on(*frozen, step),
            StepKind::Points => self.points(step),
            StepKind::CreditEvents(adds) => self.credit_events(*adds, step),
            StepKind::CreditEvent { list, number, fate, read } => {
                self.credit_event((*list, *number), *fate, read, step)
            }
            StepKind::Graded => self.graded(step, &leaves),
            StepKind::Indicator => self.indicator(step, &leaves),
            StepKind::Veto(truth) => self.veto(*truth, step, &leaves),
            StepKind::Stated => self.stated_step(step, &leaves),
            StepKind::OfMeasure(step) => self.measure_step(step),
            StepKind::FixedSum => Line::plain(self.pick(
                "定额罚款，数额没有裁量余地：",
                "a fixed sum, which leaves no discretion in the amount: ",
            ))
            .add(Role::Money, step.value.map_or_else(String::new, |value| self.value(value, None))),
            StepKind::NoBenchmark => Line::plain(self.pick(
                "没有适用于本违法行为和此类当事人的裁量基准，数额由行政机关在法定幅度内确定",
                "no discretion benchmark covers this violation and kind of party: the authority sets the amount inside the statutory range",
            )),
            StepKind::Problem(Problem::NotInForce) => self.not_in_force(step),
            StepKind::Problem(problem) => Line::of(Role::Bad, self.problem(*problem)),
        }
    }

    /// The sign before the sentence. What a rule that is not verified leads to is marked as assumed.
    pub(crate) fn mark(&self, step: &Step) -> Mark {
        match &step.kind {
            StepKind::Subject(_, true) | StepKind::Condition(Truth::True) | StepKind::Exclusion(Truth::False) => {
                Mark::Holds
            }
            StepKind::DueDate if step.value.is_none() => Mark::Unknown,
            StepKind::DueDate | StepKind::WorkdaysCounted(..) | StepKind::Rolled(_) | StepKind::EndOfMonth(_) => {
                Mark::Neutral
            }
            StepKind::Record { counts: Truth::True, .. } | StepKind::CreditEvent { fate: EventFate::Counts, .. } => {
                Mark::Holds
            }
            StepKind::Veto(truth) => match truth {
                Truth::True => Mark::Applied,
                Truth::False => Mark::Neutral,
                Truth::Unknown => Mark::Unknown,
            },
            StepKind::CreditEvent { fate: EventFate::MayCount, .. } => Mark::Unknown,
            StepKind::CreditEvent { .. } | StepKind::ScoredOn(_) => Mark::Neutral,
            StepKind::Record { counts: Truth::Unknown, .. } => Mark::Unknown,
            StepKind::Record { counts: Truth::False, .. } => Mark::Neutral,
            StepKind::Subject(_, false)
            | StepKind::NotPunishable
            | StepKind::Condition(Truth::False)
            | StepKind::Exclusion(Truth::True)
            | StepKind::Rule(Verdict::Failed | Verdict::Excluded | Verdict::Expired | Verdict::CrimeFirst) => {
                Mark::Fails
            }
            StepKind::Condition(Truth::Unknown)
            | StepKind::Exclusion(Truth::Unknown)
            | StepKind::Rule(Verdict::Unknown)
            | StepKind::PersonsToExamine
            | StepKind::Input(_, Origin::Unestablished | Origin::NotAsked) => Mark::Unknown,
            StepKind::Input(_, Origin::Presumed) => Mark::Assumed,
            StepKind::Rule(Verdict::Applied) | StepKind::Chosen(_) | StepKind::Measure(_) => Mark::Applied,
            StepKind::Rule(Verdict::Choice | Verdict::IfChosen)
            | StepKind::MeasureChoice(_)
            | StepKind::NoBenchmark => Mark::Choice,
            StepKind::Problem(_) => Mark::Problem,
            StepKind::OfMeasure(step) => self.measure_mark(step),
            StepKind::Concurrence(ConcurrenceStep::Measures(MeasuresCompared::Unclear)) => Mark::Problem,
            StepKind::Stage(_)
            | StepKind::Concurrence(_)
            | StepKind::NothingDeclared
            | StepKind::FixedSum
            | StepKind::CountedTwice
            | StepKind::Versions { .. }
            | StepKind::Candidate(_)
            | StepKind::Compared(..)
            | StepKind::Input(_, Origin::Given | Origin::Derived | Origin::Absent)
            | StepKind::OfUnit
            | StepKind::Rule(Verdict::PassedOver | Verdict::MetAlready | Verdict::OtherParty) => Mark::Neutral,
            StepKind::Base(BaseState::Absent) | StepKind::FineCase(_) | StepKind::NoRoom(_) => Mark::Neutral,
            StepKind::FineChoice(_) | StepKind::LighterOrReduced(_) => Mark::Choice,
            StepKind::NoFineYet | StepKind::ActOfItsOwn(_) => Mark::Fails,
            StepKind::StatutoryRange
            | StepKind::Base(_)
            | StepKind::Portion(..)
            | StepKind::Each(..)
            | StepKind::FineCapped(_)
            | StepKind::FineBesides(..)
            | StepKind::MultipleOfFine(..)
            | StepKind::DeemedForNone
            | StepKind::DeemedBase(..)
            | StepKind::Weights
            | StepKind::Start
            | StepKind::Factor
            | StepKind::FactorAtLowest
            | StepKind::Capped(_)
            | StepKind::Floored(_)
            | StepKind::Computed
            | StepKind::TableRow
            | StepKind::TableRowAtLowest
            | StepKind::Adjusted(_)
            | StepKind::Stated
            | StepKind::Band
            | StepKind::Grade
            | StepKind::Points
            | StepKind::CreditEvents(_)
            | StepKind::Graded
            | StepKind::Indicator
            | StepKind::Held(..)
            | StepKind::Rounded(..) => {
                let unverified =
                    step.rule.and_then(|id| self.program.rule(id)).is_some_and(|rule| self.status(rule).is_some());
                match step.value {
                    None => Mark::Unknown,
                    Some(_) if unverified => Mark::Assumed,
                    Some(_) => Mark::Neutral,
                }
            }
        }
    }

    pub(crate) fn stage(&self, stage: Stage) -> &'static str {
        let (zh, en) = match stage {
            Stage::Elements => ("违法行为的成立", "Elements of the violation"),
            Stage::Versions => ("新旧规定的适用", "Which version of the law applies"),
            Stage::Bars => ("不得处罚的事由", "What stands against a penalty"),
            Stage::Referral => ("移送", "Referral"),
            Stage::Leniency => ("不予处罚", "Leniency"),
            Stage::Statutory => ("法定幅度", "Statutory range"),
            Stage::Benchmark => ("裁量基准", "Discretion benchmark"),
            Stage::Circumstances => ("从轻、减轻、从重情节", "Circumstances: lenient, reduced, severe"),
            Stage::Credit => ("信用", "Credit"),
            Stage::Bounds => ("幅度核对与取整", "Hold in range, then round"),
            Stage::Concurrence => ("几个规定的竞合", "Several norms"),
            Stage::Procedure => ("处罚程序", "Procedure"),
            Stage::Measures => ("责令改正等措施", "Orders and other measures"),
            Stage::Supervision => ("后续监管（不影响处罚）", "Supervision (does not change the penalty)"),
        };
        self.lang.pick(zh, en)
    }

    /// Which declaration has no version, and on which day.
    fn not_in_force(&self, step: &Step) -> Line {
        let day = step.value.map_or_else(String::new, |value| self.value(value, None));
        let named = step.rule.map_or_else(Line::new, |rule| self.rule_with_kind(rule));
        Line::plain(self.pick("", "no version of the "))
            .join(named)
            .text(self.pick("在", " is in force on "))
            .text(&day)
            .text(self.pick("没有有效的版本：", ": "))
            .join(Line::of(Role::Bad, self.problem(Problem::NotInForce)))
    }

    /// The value of a step as a line; says so when there is none.
    pub(crate) fn result(&self, step: &Step) -> Line {
        step.value.map_or_else(
            || Line::of(Role::Open, self.pick("尚不能计算", "cannot be worked out yet")),
            |value| {
                let Piece { role, text } = self.value_piece(value, None);
                Line::of(role, text)
            },
        )
    }

    pub(crate) fn rule_label(&self, rule: Option<RuleId>) -> Line {
        Line::of(Role::Name, rule.map_or_else(|| self.pick("结果", "result").to_owned(), |rule| self.rule_name(rule)))
    }

    pub(crate) fn subject(&self, kind: PartyKind, is_subject: bool, span: Span) -> Line {
        let party = match (self.lang, kind) {
            (Lang::English, PartyKind::Unit) => "a unit",
            (Lang::English, PartyKind::Individual) => "an individual",
            (Lang::English, PartyKind::Responsible) => "a responsible person",
            (Lang::Chinese, _) => self.party_word(kind),
        };
        let clause = self.wording(span, &[]);
        let line = match (self.lang, is_subject) {
            (Lang::Chinese, true) => Line::plain(format!("当事人是{party}，属于处罚对象")),
            (Lang::Chinese, false) => Line::plain(format!("当事人是{party}，不属于处罚对象")),
            (Lang::English, true) => Line::plain(format!("the party is {party}, a subject of this violation")),
            (Lang::English, false) => Line::plain(format!("the party is {party}, not a subject of this violation")),
        };
        if clause.is_empty() {
            line
        } else {
            let (open, close) = match self.lang {
                Lang::Chinese => ("（", "）"),
                Lang::English => (" (", ")"),
            };
            line.text(open).add(Role::Expression, clause).text(close)
        }
    }

    /// The condition in the rule's words, with values put in.
    pub(crate) fn condition_text(&self, span: Span, leaves: &[Leaf]) -> Line {
        let words = self.wording(span, leaves);
        if words.is_empty() {
            return Line::plain(self.pick("条件", "condition"));
        }
        let line = Line::of(Role::Expression, words);
        match self.with_values(span, leaves) {
            Some(values) => line.text(self.pick("，即 ", ", that is ")).join(values),
            None => line,
        }
    }

    pub(crate) fn condition(&self, truth: Truth, span: Span, leaves: &[Leaf]) -> Line {
        self.condition_text(span, leaves).text(self.colon()).join(self.truth(truth))
    }

    pub(crate) fn truth(&self, truth: Truth) -> Line {
        match truth {
            Truth::True => Line::of(Role::Good, self.pick("符合", "met")),
            Truth::False => Line::of(Role::Bad, self.pick("不符合", "not met")),
            Truth::Unknown => Line::of(Role::Open, self.pick("尚不能确定", "not known yet")),
        }
    }

    pub(crate) fn exclusion(&self, truth: Truth, span: Span, leaves: &[Leaf]) -> Line {
        let said = match truth {
            Truth::True => Line::of(Role::Bad, self.pick("属于，因此排除", "met, so it is excluded")),
            Truth::False => Line::of(Role::Good, self.pick("不属于", "not met")),
            Truth::Unknown => Line::of(Role::Open, self.pick("尚不能确定", "not known yet")),
        };
        Line::plain(self.pick("除外情形 ", "exclusion: "))
            .join(self.condition_text(span, leaves))
            .text(self.colon())
            .join(said)
    }

    pub(crate) fn origin(&self, origin: Origin) -> &'static str {
        match origin {
            Origin::Given => self.lang.pick("案件给出", "given by the case"),
            Origin::Derived => self.lang.pick("推算", "derived"),
            Origin::Presumed => self.lang.pick("推定", "presumed"),
            Origin::Unestablished => self.lang.pick("无法查明", "cannot be established"),
            Origin::NotAsked => self.lang.pick("尚未询问", "not asked yet"),
            Origin::Absent => self.lang.pick("没有", "none"),
        }
    }

    pub(crate) fn input(&self, operand: Operand, origin: Origin, value: Option<Value>) -> Line {
        let name = Line::of(Role::Name, self.operand(operand));
        match value {
            Some(value) => {
                let piece = self.value_piece(value, self.unit_of(operand));
                name.text(" = ").add(piece.role, piece.text).add(Role::Dim, self.bracketed(self.origin(origin)))
            }
            None => {
                let said = match origin {
                    Origin::Unestablished | Origin::NotAsked | Origin::Absent => self.origin(origin),
                    Origin::Given | Origin::Derived | Origin::Presumed => self.pick("尚不能确定", "not known yet"),
                };
                name.text(self.colon()).add(Role::Open, said)
            }
        }
    }

    pub(crate) fn verdict(&self, verdict: Verdict) -> Line {
        let (role, zh, en) = match verdict {
            Verdict::Applied => (Role::Good, "适用", "applies"),
            Verdict::Choice => (
                Role::Open,
                "符合条件，可以适用，由行政机关决定",
                "its conditions are met; it may be used, the authority decides",
            ),
            Verdict::Failed => (Role::Bad, "不适用", "does not apply"),
            Verdict::Unknown => (Role::Open, "是否适用尚不能确定", "not known yet whether it applies"),
            Verdict::PassedOver => (
                Role::Dim,
                "不采用，更具体的规定或者更重的档次优先",
                "passed over, as a more local rule or a heavier tier comes first",
            ),
            Verdict::MetAlready => (
                Role::Dim,
                "同为依据，不再单独审查，上述清单已经适用",
                "rests on it too; not examined on its own, as the list above applies already",
            ),
            Verdict::IfChosen => (Role::Open, "选择有关措施时适用", "applies if the measure is chosen"),
            Verdict::CrimeFirst => (
                Role::Bad,
                "不适用，案件已作为涉嫌犯罪移送",
                "does not apply, as the case is referred as a suspected crime",
            ),
            Verdict::OtherParty => (Role::Dim, "不针对此类当事人", "is for parties of another kind"),
            Verdict::Expired => (Role::Bad, "不适用，已过施行期间", "does not apply, its time is past"),
            Verdict::Excluded => (Role::Bad, "不适用，所属清单被排除", "does not apply, as its list is excluded"),
        };
        Line::of(role, self.pick(zh, en))
    }

    /// The last day a rule is in force.
    fn last_day(&self, rule: Option<RuleId>) -> Option<String> {
        let last = self.program.rule(rule?)?.in_force?.to?;
        Some(self.date(last))
    }

    pub(crate) fn rule(&self, verdict: Verdict, rule: Option<RuleId>) -> Line {
        let line = rule.map_or_else(|| Line::plain(self.pick("规则", "rule")), |rule| self.rule_with_kind(rule));
        let is_itself = rule
            .and_then(|id| self.program.rule(id))
            .is_some_and(|rule| matches!(rule.kind, RuleKind::LeniencyList | RuleKind::Referral));
        let said = if is_itself && verdict == Verdict::Excluded {
            Line::of(Role::Bad, self.pick("不适用，被排除", "does not apply, as it is excluded"))
        } else if let (Verdict::Expired, Some(last)) = (verdict, self.last_day(rule)) {
            Line::of(
                Role::Bad,
                match self.lang {
                    Lang::Chinese => format!("不适用，施行至{last}为止"),
                    Lang::English => format!("does not apply, its last day was {last}"),
                },
            )
        } else {
            self.verdict(verdict)
        };
        line.text(self.colon()).join(said)
    }
}
