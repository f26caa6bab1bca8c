use super::document::{Line, Mark, Role};
use super::reader::Reader;
use crate::case::Found;
use crate::diagnostic::Lang;
use crate::evaluate::{DailyCycleResult, DailyPenalty};
use crate::trail::{DailyStep, OriginalFine, SurchargeStep};
use crate::value::{Date, Number};

/// What follows a decision: the days of a daily penalty, and of a surcharge.
impl Reader<'_> {
    fn amount(&self, amount: Number) -> Line {
        Line::of(Role::Money, self.money(amount))
    }

    fn open_amount(&self) -> Line {
        Line::of(Role::Open, self.pick("数额尚不能确定", "an amount that is not settled"))
    }

    fn days(&self, days: i64) -> String {
        match (self.lang, days) {
            (Lang::Chinese, _) => format!("{days}日"),
            (Lang::English, 1) => "1 day".to_owned(),
            (Lang::English, _) => format!("{days} days"),
        }
    }

    /// What a daily penalty would come to, with its factors.
    pub(crate) fn daily_penalty(&self, daily: &DailyPenalty) -> Line {
        let cycles = daily.cycles.iter().map(|cycle| self.daily_cycle(cycle));
        let line = Line::list(cycles, self.semicolon());
        let line = match daily.total {
            Some(total) if daily.cycles.len() > 1 => {
                line.text(self.pick("；合计 ", "; together ")).join(self.amount(total))
            }
            _ => line,
        };
        line.text(self.pick("；另行决定，不并入上述罚款", "; a decision of its own, not part of the fine above"))
    }

    fn daily_cycle(&self, cycle: &DailyCycleResult) -> Line {
        let original = cycle.original_fine.map_or_else(
            || Line::of(Role::Open, self.pick("原罚款（尚未确定）", "the original fine (not known yet)")),
            |fine| Line::plain(self.pick("原罚款 ", "the original fine of ")).join(self.amount(fine)),
        );
        let line = original.text(" × ").add(Role::Value, self.days(cycle.days)).text(" = ");
        let line = match cycle.amount {
            Some(amount) => line.join(self.amount(amount)),
            None => line.join(self.open_amount()),
        };
        if cycle.recheck_due {
            line.add(Role::Open, self.pick("（尚待复查）", " (a re-inspection is still due)"))
        } else if cycle.settled {
            line
        } else {
            line.add(Role::Open, self.pick("（有复查情况尚待认定）", " (a re-inspection is not settled)"))
        }
    }

    fn finding(&self, found: Found) -> &'static str {
        let (zh, en) = match found {
            Found::Continuing => ("发现继续违法", "found the act going on"),
            Found::Refused => ("拒绝、阻挠复查", "was refused or obstructed"),
            Found::Corrected => ("已改正或者停止", "found it corrected or stopped"),
            Found::Halted => ("因停产、查封、扣押等已被制止", "found it stopped by a halt, a sealing or a seizure"),
        };
        self.lang.pick(zh, en)
    }

    fn say(&self, zh: impl FnOnce() -> String, en: impl FnOnce() -> String) -> Line {
        Line::plain(match self.lang {
            Lang::Chinese => zh(),
            Lang::English => en(),
        })
    }

    /// What a step of a daily penalty says.
    pub(crate) fn daily_step(&self, step: DailyStep) -> Line {
        let day = |date: Date| self.date(date);
        match step {
            DailyStep::NothingStated => Line::plain(self.pick(
                "案件没有写明责令改正决定书的送达和复查，尚不计日数",
                "the case states no order served and no re-inspection, so no days are counted yet",
            )),
            DailyStep::NoCount => Line::plain(self.pick(
                "规则没有写明复查期限，不计日数",
                "the rule does not say within what time to re-inspect, so no days are counted",
            )),
            DailyStep::NoFine => Line::plain(self.pick(
                "没有原罚款，不能按日连续处罚",
                "there is no original fine, so there can be no daily penalty",
            )),
            DailyStep::NotProvided => Line::plain(self.pick(
                "案件写明了责令改正和复查，但对这一违法行为没有按日连续处罚的规定，不计日数",
                "the case states orders and re-inspections, but no rule provides for a daily penalty here: no days are counted",
            )),
            DailyStep::Cycle(number, original) => self.daily_cycle_begins(number, original),
            DailyStep::Due { served_on, until } => self.say(
                || format!("责令改正决定书 {} 送达，应当在 {} 前复查，尚未复查，不计日数", day(served_on), day(until)),
                || format!("order served on {}, to be re-inspected by {}; not done yet, so no days are counted", day(served_on), day(until)),
            ),
            DailyStep::Counted { served_on, rechecked_on, found, days } => self.say(
                || format!("责令改正决定书 {} 送达，{} 复查，{}：自送达次日起至复查之日止计 {}", day(served_on), day(rechecked_on), self.finding(found), self.days(days)),
                || format!("order served on {}; the re-inspection of {} {}: from the day after service to that day, {}", day(served_on), day(rechecked_on), self.finding(found), self.days(days)),
            ),
            DailyStep::Closed(rechecked_on, found) => self.say(
                || format!("{} 复查，{}：不计日数，本周期结束", day(rechecked_on), self.finding(found)),
                || format!("the re-inspection of {} {}: no days are counted, and the cycle is closed", day(rechecked_on), self.finding(found)),
            ),
            DailyStep::RefusalNotCounted(rechecked_on) => self.say(
                || format!("{} 拒绝、阻挠复查：所依据的规定不以此计罚，不计日数", day(rechecked_on)),
                || format!("the re-inspection of {} was refused, which the rule does not count: no days", day(rechecked_on)),
            ),
            DailyStep::RefusalSilent(rechecked_on) => self.say(
                || format!("{} 拒绝、阻挠复查：所依据的规定没有写明是否计罚，由行政机关依法认定", day(rechecked_on)),
                || format!("the re-inspection of {} was refused, and the rule does not say whether that counts: for the authority to settle", day(rechecked_on)),
            ),
            DailyStep::Late { rechecked_on, until } => self.say(
                || format!("{} 复查，晚于复查期限届满之日 {}：是否计罚、计至何日，规则没有规定，由行政机关依法认定", day(rechecked_on), day(until)),
                || format!("the re-inspection of {} came after {}, the last day for it: the rules do not say whether and to what day days count, so the authority has to settle it", day(rechecked_on), day(until)),
            ),
            DailyStep::FindingMissing(rechecked_on) => self.say(
                || format!("案件没有写明 {} 复查的结果（found）", day(rechecked_on)),
                || format!("the case does not say what the re-inspection of {} found (`found`)", day(rechecked_on)),
            ),
            DailyStep::AfterClosing(served_on) => self.say(
                || format!("改正之后 {} 又送达责令改正：再次发现违法的，应当另行作出罚款决定，重新起算周期，须另列一项", day(served_on)),
                || format!("an order of {} after the correction: the act found again needs a new fine decision, which begins a new cycle and an entry of its own", day(served_on)),
            ),
            DailyStep::BeforeClosing(number) => self.say(
                || format!("前一周期尚未因改正或者制止而结束，第{number}项罚款决定的依据有待认定"),
                || format!("the cycle before has not ended by correction or halt, so what fine decision {number} rests on has to be settled"),
            ),
            DailyStep::Sum { days, original, amount } => self.daily_cycle(&DailyCycleResult {
                original_fine: original,
                days,
                amount,
                settled: amount.is_some() || original.is_none(),
                recheck_due: false,
                of_this: false,
            }),
            DailyStep::Total(total) => Line::plain(self.pick("各周期合计 ", "all cycles together: ")).join(self.amount(total)),
            DailyStep::NotStarted => Line::plain(self.pick(
                "没有应计的日数，不启动按日连续处罚",
                "no days count, so the daily penalty is not started",
            )),
        }
    }

    fn daily_cycle_begins(&self, number: usize, original: OriginalFine) -> Line {
        let lead = self.say(|| format!("第{number}个周期："), || format!("cycle {number}: "));
        match original {
            OriginalFine::Stated(fine) => lead
                .text(self.pick("原罚款 ", "original fine "))
                .join(self.amount(fine))
                .add(Role::Dim, self.bracketed(self.pick("案件给出", "given by the case"))),
            OriginalFine::OfThis(fine) => lead
                .text(self.pick(
                    "案件没有写明原罚款，以本建议的罚款为原罚款 ",
                    "the case states no original fine; that of this recommendation counts, ",
                ))
                .join(self.amount(fine)),
            OriginalFine::Open => lead.add(
                Role::Open,
                self.pick(
                    "原罚款尚未确定：请写明原处罚决定的罚款数额（original_fine）",
                    "the original fine is not known: state that of the first decision (`original_fine`)",
                ),
            ),
            OriginalFine::Missing => lead.add(
                Role::Open,
                self.pick(
                    "新的周期须有新的罚款决定：请写明其罚款数额（original_fine）",
                    "a new cycle needs a new fine decision: state its fine (`original_fine`)",
                ),
            ),
        }
    }

    pub(crate) fn daily_mark(step: DailyStep) -> Mark {
        match step {
            DailyStep::Counted { .. } => Mark::Applied,
            DailyStep::NoFine | DailyStep::NotStarted => Mark::Fails,
            DailyStep::Cycle(_, OriginalFine::Open | OriginalFine::Missing)
            | DailyStep::RefusalSilent(_)
            | DailyStep::Late { .. }
            | DailyStep::FindingMissing(_)
            | DailyStep::AfterClosing(_)
            | DailyStep::BeforeClosing(_)
            | DailyStep::Sum { amount: None, .. } => Mark::Unknown,
            DailyStep::NothingStated
            | DailyStep::NoCount
            | DailyStep::NotProvided
            | DailyStep::Cycle(..)
            | DailyStep::Due { .. }
            | DailyStep::Closed(..)
            | DailyStep::RefusalNotCounted(_)
            | DailyStep::Sum { .. }
            | DailyStep::Total(_) => Mark::Neutral,
        }
    }

    /// What a step of a surcharge says.
    pub(crate) fn surcharge_step(&self, step: SurchargeStep) -> Line {
        let day = |date: Date| self.date(date);
        match step {
            SurchargeStep::NothingStated => Line::plain(self.pick(
                "案件没有写明到期日和缴纳情况（payment），不加处",
                "the case states no sum due and no payment (`payment`), so nothing is added",
            )),
            SurchargeStep::InTime(paid_on) => self.say(
                || format!("截至 {} 没有逾期，不加处", day(paid_on)),
                || format!("not late by {}, so nothing is added", day(paid_on)),
            ),
            SurchargeStep::NotPaid(until) => self.say(
                || format!("尚未缴纳，计至决定日 {}", day(until)),
                || format!("not paid yet: counted to the day of the decision, {}", day(until)),
            ),
            SurchargeStep::Suspended { from, to, days } => self.say(
                || {
                    format!(
                        "{} 至 {} 不予计算（如行政复议、行政诉讼期间），扣除 {}",
                        day(from),
                        day(to),
                        self.days(days)
                    )
                },
                || {
                    format!(
                        "{} to {} does not count (such as review or suit): {} fall away",
                        day(from),
                        day(to),
                        self.days(days)
                    )
                },
            ),
            SurchargeStep::Days { from, to, days } => self.say(
                || format!("自 {} 至 {}，计 {}", day(from), day(to), self.days(days)),
                || format!("from {} to {}: {}", day(from), day(to), self.days(days)),
            ),
            SurchargeStep::Amount { sum, rate, days, amount } => self
                .amount(sum)
                .text(format!(" × {} × {} = ", rate.percent(), self.days(days)))
                .join(self.amount(amount)),
            SurchargeStep::Capped { before, cap, reached } => self
                .amount(before)
                .text(self.pick("，超过上限，以上限计 ", " is above the most it can come to, so it is "))
                .join(self.amount(cap))
                .add(
                    Role::Dim,
                    self.bracketed(&match self.lang {
                        Lang::Chinese => format!("第{reached}日达到上限"),
                        Lang::English => format!("reached on day {reached}"),
                    }),
                ),
        }
    }
}
