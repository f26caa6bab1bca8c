use super::document::{Line, Role};
use super::expression::Leaf;
use super::reader::Reader;
use crate::diagnostic::Lang;
use crate::resolved::FineForce;
use crate::trail::{BaseState, Step};
use crate::value::{AmountRange, Date, Number, UnitId, Value};

/// The sentences of steps that find the statutory range.
impl Reader<'_> {
    /// `基数：违法所得 = 60,000元`.
    pub(crate) fn fine_base(&self, state: BaseState, step: &Step, leaves: &[Leaf]) -> Line {
        let line = Line::of(Role::Name, self.pick("基数", "base"));
        match state {
            BaseState::Amount | BaseState::Open => self.equation(line, step, leaves),
            BaseState::Absent | BaseState::Unestablished => {
                line.text(self.colon()).add(Role::Open, self.base_state(state))
            }
        }
    }

    fn base_state(&self, state: BaseState) -> &'static str {
        let (zh, en) = match state {
            BaseState::Amount => ("已查明", "established"),
            BaseState::Absent => ("没有", "there is none"),
            BaseState::Unestablished => ("无法查明", "it cannot be established"),
            BaseState::Open => ("尚未查明", "not known yet"),
        };
        self.lang.pick(zh, en)
    }

    /// Which of the amounts of a fine holds, in the words of the rule where the reader reads them.
    pub(crate) fn fine_case(&self, state: BaseState, step: &Step) -> Line {
        let line = match step.value {
            Some(base) => Line::plain(self.pick("基数为 ", "the base is ")).add(Role::Money, self.value(base, None)),
            None => Line::plain(self.pick("基数", "base: ")).add(Role::Open, self.base_state(state)),
        };
        if self.is_foreign(step.span) {
            return line.text(self.pick("，适用为此规定的幅度", ": the amount stated for that case holds"));
        }
        line.text(self.pick("，适用：", ": this holds: ")).add(Role::Expression, self.wording(step.span, &[]))
    }

    /// `60,000元 的 5倍 至 10倍 = 300,000元 至 600,000元`.
    pub(crate) fn portion(&self, low: Option<Value>, high: Value, base: Number, step: &Step) -> Line {
        self.share(low, high, self.money(base)).text(" = ").join(self.result(step))
    }

    /// The same of the fine itself, or of the range inside which it is fixed.
    pub(crate) fn multiple_of_fine(&self, low: Option<Value>, high: Value, of: AmountRange, step: &Step) -> Line {
        let base = format!("{}{}", self.pick("罚款 ", "the fine of "), self.range(of));
        let line = self.share(low, high, base).text(" = ").join(self.result(step));
        if of.min == of.max {
            return line;
        }
        line.text(
            self.pick(
                "，两次裁量：先定罚款，再定倍数",
                "; two discretions in a row: first the fine, then the multiple",
            ),
        )
    }

    fn share(&self, low: Option<Value>, high: Value, base: String) -> Line {
        let is_percent = matches!(high, Value::Percent(_));
        let show = |value: Value| {
            let figure = self.value(value, None);
            match (self.lang, is_percent) {
                (Lang::Chinese, false) => format!("{figure}倍"),
                _ => figure,
            }
        };
        let ends = match low {
            None => show(high),
            Some(low) if low == high => show(high),
            Some(low) => format!("{}{}{}", show(low), self.pick(" 至 ", " to "), show(high)),
        };
        let up_to = if low.is_none() { self.pick("至多 ", "up to ") } else { "" };
        match self.lang {
            Lang::Chinese => Line::of(Role::Money, base).text(" 的 ").text(up_to).add(Role::Value, ends),
            Lang::English => Line::plain(up_to)
                .add(Role::Value, ends)
                .text(if is_percent { " of " } else { " times " })
                .add(Role::Money, base),
        }
    }

    /// One fine besides another.
    pub(crate) fn fine_besides(&self, one: AmountRange, more: AmountRange, step: &Step) -> Line {
        Line::of(Role::Money, self.range(one))
            .text(self.pick("，另并处 ", ", and besides "))
            .add(Role::Money, self.range(more))
            .text(self.pick("，合计 ", ": in all "))
            .join(self.result(step))
    }

    /// What a tier punishes happened under another version.
    pub(crate) fn act_of_its_own(&self, day: Date) -> Line {
        let day = self.date(day);
        Line::plain(match self.lang {
            Lang::Chinese => {
                format!("发生于{day}，其时施行的已不是行为时的规定：不适用本档，应作为另一行为，按该日的规定处理")
            }
            Lang::English => format!(
                "it happened on {day}, when the law was no longer that of the act: the tier does not apply, and it is to be judged as an act of its own under the law of that day"
            ),
        })
    }

    /// With what force the law threatens the fine.
    pub(crate) fn fine_force(&self, force: FineForce) -> &'static str {
        let (zh, en) = match force {
            FineForce::Shall => ("应当罚款", "a fine must be imposed"),
            FineForce::Besides => ("并处罚款", "a fine comes besides"),
            FineForce::May => ("可以罚款，也可以不罚款", "a fine may be imposed, or none"),
            FineForce::OneOf => ("罚款与下列措施应当选择其一", "one of these must be taken: the fine, or"),
            FineForce::MayOneOf => {
                ("罚款与下列措施可以选择其一，也可以都不采取", "one of these may be taken, or none: the fine, or")
            }
            FineForce::AnyOf => {
                ("罚款与下列措施可以选择其一，也可以并处", "any of these may be taken, one or several: the fine, and")
            }
        };
        self.lang.pick(zh, en)
    }

    /// `每平方米 1,000元 至 10,000元 × 320 = 320,000元 至 3,200,000元`.
    pub(crate) fn each(&self, one: AmountRange, count: Value, unit: Option<UnitId>, step: &Step) -> Line {
        let number = self.value(count, unit);
        let line = match self.lang {
            Lang::Chinese => Line::plain("每").text(unit.map_or_else(|| "个".to_owned(), |unit| self.unit_name(unit))),
            Lang::English => {
                Line::plain("each").text(unit.map_or_else(String::new, |unit| format!(" {}", self.unit_name(unit))))
            }
        };
        line.text(self.colon())
            .add(Role::Money, self.range(one))
            .text(" × ")
            .add(Role::Value, number)
            .text(" = ")
            .join(self.result(step))
    }

    fn unit_name(&self, unit: UnitId) -> String {
        let Some(declared) = self.program.unit(unit) else {
            return String::new();
        };
        match (self.lang, &declared.symbol) {
            (Lang::English, Some(symbol)) => symbol.to_string(),
            _ => self.title(&declared.label, &declared.name),
        }
    }

    /// The range was above the most that the fine may be.
    pub(crate) fn fine_capped(&self, before: AmountRange, step: &Step) -> Line {
        Line::of(Role::Money, self.range(before))
            .text(self.pick("，超过封顶数额，计 ", " is above the most that the fine may be, so it counts as "))
            .join(self.result(step))
    }
}
