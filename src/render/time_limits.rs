use super::document::{Line, Role};
use super::expression::Leaf;
use super::reader::Reader;
use crate::diagnostic::Lang;
use crate::evaluate::{DueDate, Notice};
use crate::trail::Step;
use crate::value::{Date, Value};

impl Reader<'_> {
    /// `within 5 working days, by 2024-10-12`.
    pub(crate) fn time_limit(&self, notice: &Notice) -> Option<String> {
        let within = notice.within.map(|within| self.value(Value::Duration(within), None));
        let length = match (&within, self.lang) {
            (Some(within), Lang::Chinese) => format!("期限{within}"),
            (Some(within), Lang::English) => format!("within {within}"),
            (None, Lang::Chinese) => "期限".to_owned(),
            (None, Lang::English) => "time limit".to_owned(),
        };
        Some(match (notice.due, self.lang) {
            (DueDate::NotStated, _) => within.map(|_| length)?,
            (DueDate::On(day), Lang::Chinese) => format!("{length}，{}届满", self.date(day)),
            (DueDate::On(day), Lang::English) => format!("{length}, the last day is {}", self.date(day)),
            (DueDate::Open, Lang::Chinese) => format!("{length}，届满日尚不能算出"),
            (DueDate::Open, Lang::English) => format!("{length}, the last day cannot be worked out yet"),
        })
    }

    /// A time limit with its last day.
    pub(crate) fn due_date(&self, step: &Step, leaves: &[Leaf]) -> Line {
        Line::of(Role::Expression, self.wording(step.span, leaves))
            .text(match step.value {
                Some(Value::Date(_)) => self.pick("，届满日为 ", ": the last day is "),
                _ => self.colon(),
            })
            .join(self.result(step))
    }

    /// Working days counted from a date.
    pub(crate) fn workdays_counted(&self, from: Date, amount: i64, passed: u32, step: &Step) -> Line {
        let (from, count) = (self.date(from), amount.unsigned_abs());
        Line::plain(match (self.lang, amount < 0) {
            (Lang::Chinese, false) => {
                format!("从{from}起算，当日不计，往后{count}个工作日，其间非工作日{passed}日，为 ")
            }
            (Lang::Chinese, true) => {
                format!("从{from}起算，当日不计，往前{count}个工作日，其间非工作日{passed}日，为 ")
            }
            (Lang::English, false) => {
                format!("{count} working days after {from}, which is not counted; {passed} days between are none: ")
            }
            (Lang::English, true) => {
                format!("{count} working days before {from}, which is not counted; {passed} days between are none: ")
            }
        })
        .join(self.result(step))
    }

    /// A last day moved to the next working day.
    pub(crate) fn rolled(&self, day: Date, step: &Step) -> Line {
        let day = self.date(day);
        Line::plain(match self.lang {
            Lang::Chinese => format!("{day}不是工作日，顺延至 "),
            Lang::English => format!("{day} is no working day, so the last day moves to "),
        })
        .join(self.result(step))
    }

    /// A month without such a day.
    pub(crate) fn end_of_month(&self, day: Date, step: &Step) -> Line {
        let day = self.date(day);
        Line::plain(match self.lang {
            Lang::Chinese => format!("从{day}按月计算，该月没有对应日，以月末日为准："),
            Lang::English => format!("months from {day}: the month has no such day, its last day counts: "),
        })
        .join(self.result(step))
    }
}
