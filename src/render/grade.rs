use super::document::{Line, Role};
use super::expression::Leaf;
use super::reader::Reader;
use crate::diagnostic::Lang;
use crate::program::FactId;
use crate::source::Span;
use crate::trail::{EventFate, FieldRead, Step, Truth};

/// The steps that work out a credit grade.
impl Reader<'_> {
    pub(crate) fn grade(&self, step: &Step) -> Line {
        Line::plain(
            self.pick(
                "案件没有给出信用等级，按规则计算：",
                "the case gives no credit grade; worked out by the rules: ",
            ),
        )
        .join(self.result(step))
    }

    pub(crate) fn scored_on(&self, frozen: bool, step: &Step) -> Line {
        let lead = if frozen {
            self.pick("以最近一次冻结日为准：", "as of the last day on which grades were frozen: ")
        } else {
            self.pick("以决定之日为准：", "as of the day of the decision: ")
        };
        Line::plain(lead).join(self.result(step))
    }

    pub(crate) fn points(&self, step: &Step) -> Line {
        Line::of(Role::Name, self.pick("信用分", "credit points")).text(self.colon()).join(self.result(step))
    }

    pub(crate) fn graded(&self, step: &Step, leaves: &[Leaf]) -> Line {
        Line::plain(self.pick("按积分评定 ", "grade by points: "))
            .add(Role::Expression, self.wording(step.span, leaves))
            .text(self.pick("，得 ", " gives "))
            .join(self.result(step))
    }

    pub(crate) fn indicator(&self, step: &Step, leaves: &[Leaf]) -> Line {
        Line::plain(self.pick("指标 ", "indicator: "))
            .add(Role::Expression, self.wording(step.span, leaves))
            .text(self.colon())
            .join(self.result(step))
    }

    pub(crate) fn veto(&self, truth: Truth, step: &Step, leaves: &[Leaf]) -> Line {
        Line::plain(self.pick("否决至 ", "veto to "))
            .join(self.result(step))
            .text(self.pick("（", " ("))
            .add(Role::Expression, self.wording(step.span, leaves))
            .text(self.pick("）：", "): "))
            .join(self.truth(truth))
    }

    /// What one kind of event comes to altogether.
    pub(crate) fn credit_events(&self, adds: bool, step: &Step) -> Line {
        let label = self.event_label(step.span);
        let line = match label {
            Some(label) => Line::of(Role::Name, label),
            None => Line::of(Role::Expression, self.wording(step.span, &[])),
        };
        let lead = if adds { self.pick("：加 ", ": adds ") } else { self.pick("：扣 ", ": deducts ") };
        line.text(lead).join(self.result(step))
    }

    /// One record: whether it counts and why not, and what was read of it.
    pub(crate) fn credit_event(
        &self,
        (list, number): (FactId, u32),
        fate: EventFate,
        read: &[FieldRead],
        step: &Step,
    ) -> Line {
        let line = Line::plain(match self.lang {
            Lang::Chinese => format!("第{number}条记录："),
            Lang::English => format!("record {number}: "),
        });
        let line = match fate {
            EventFate::Counts => line.add(Role::Good, self.pick("计入", "counts")),
            EventFate::MayCount => line.add(Role::Open, self.pick("是否计入尚不能确定", "not known whether it counts")),
            EventFate::Later => {
                line.add(Role::Bad, self.pick("在计分日之后，不计", "after the day of scoring, does not count"))
            }
            EventFate::Repaired => line.add(Role::Bad, self.pick("已修复，不计", "repaired, does not count")),
            EventFate::Undated => {
                line.add(Role::Bad, self.pick("日期无法查明，不计", "its day cannot be established, does not count"))
            }
            EventFate::Expired(until) => line
                .add(Role::Bad, self.pick("有效期至 ", "counted until "))
                .add(Role::Value, self.date(until))
                .add(Role::Bad, self.pick("，已过期，不计", ", expired, does not count")),
        };
        let line = match step.value {
            Some(value) => line
                .text(self.pick("，", ", "))
                .add(Role::Value, self.value(value, None))
                .text(self.pick(" 分", " points")),
            None => line,
        };
        self.fields_read(line, list, read)
    }

    /// The label of the event whose clause this is.
    fn event_label(&self, span: Span) -> Option<String> {
        let gradings = self.program.credit.iter().filter_map(|credit| credit.grading.as_ref());
        let mut events = gradings.filter_map(|grading| grading.points.as_ref()).flat_map(|points| &points.events);
        events.find(|event| event.span == span)?.label.get(self.lang).map(str::to_owned)
    }
}
