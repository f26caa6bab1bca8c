//! What followed a decision: orders to correct with their re-inspections, and payment.

use super::Reader;
use crate::case::{DailyCycle, Found, OrderServed, Payment};
use crate::diagnostic::{Code, Diagnostic};
use crate::program::FactType;
use crate::source::Span;
use crate::value::{Date, Number, Value};
use crate::wire::document::{Entry, Kind, Node};

/// The most cycles, orders and intervals in one list.
const MOST: usize = 1_000;

type Day = Option<(Date, Span)>;

impl Reader<'_> {
    /// `[[acts.daily_penalty]]`: one entry for each fine decision.
    pub(super) fn daily_cycles(&mut self, entry: Option<Entry>, began_on: Day, decided_on: Day) -> Vec<DailyCycle> {
        let Some(entry) = entry else { return Vec::new() };
        let mut last: Day = began_on;
        let mut last_name = "began_on";
        let mut cycles = Vec::new();
        for node in self.list(entry, "daily_penalty") {
            let Some(mut fields) = self.fields(node, ("daily_penalty", "daily_penalty")) else { continue };
            let original_fine = fields.take("original_fine").and_then(|entry| self.sum_of_money(entry));
            let orders = match fields.take("orders") {
                Some(entry) => self.list(entry, "orders"),
                None => {
                    self.missing(
                        &fields,
                        "orders",
                        "orders = [{ served_on = 2024-05-06, rechecked_on = 2024-05-20, found = \"continuing\" }]",
                    );
                    Vec::new()
                }
            };
            fields.take("note");
            self.finish(fields);
            let mut read = Vec::new();
            for node in orders {
                read.extend(self.order(node, &mut last, &mut last_name, decided_on));
            }
            cycles.push(DailyCycle { original_fine, orders: read });
        }
        cycles
    }

    fn order(
        &mut self,
        node: Node,
        last: &mut Day,
        last_name: &mut &'static str,
        decided_on: Day,
    ) -> Option<OrderServed> {
        let mut fields = self.fields(node, ("责令改正", "an order"))?;
        let served = fields.take("served_on");
        if served.is_none() {
            self.missing(&fields, "served_on", "served_on = 2024-05-06");
        }
        let rechecked = fields.take("rechecked_on");
        let found = fields.take("found");
        if let (None, Some(found)) = (&rechecked, &found) {
            self.errors.push(
                Diagnostic::new(
                    Code::FieldMissing,
                    found.place,
                    "有复查结果，却没有复查日 rechecked_on",
                    "`found` is given without the day of the re-inspection, `rechecked_on`",
                )
                .help("加上：rechecked_on = 2024-05-20", "add: rechecked_on = 2024-05-20"),
            );
        }
        let found = found.and_then(|entry| self.found(entry));
        fields.take("note");
        self.finish(fields);
        let mut day =
            |entry: &Option<Entry>| entry.as_ref().and_then(|entry| self.date(entry).map(|date| (date, entry.place)));
        let (served_on, rechecked_on) = (day(&served), day(&rechecked));
        self.in_order(*last, served_on, (last_name, "served_on"));
        self.in_order(served_on, rechecked_on, ("served_on", "rechecked_on"));
        self.in_order(served_on, decided_on, ("served_on", "decided_on"));
        self.in_order(rechecked_on, decided_on, ("rechecked_on", "decided_on"));
        (*last, *last_name) = match (served_on, rechecked_on) {
            (_, Some(_)) => (rechecked_on, "rechecked_on"),
            (Some(_), None) => (served_on, "served_on"),
            (None, None) => (*last, *last_name),
        };
        Some(OrderServed { served_on: served_on?.0, rechecked_on: rechecked_on.map(|(date, _)| date), found })
    }

    fn found(&mut self, entry: Entry) -> Option<Found> {
        const WORDS: [(&str, &str, Found); 4] = [
            ("continuing", "继续违法", Found::Continuing),
            ("refused", "拒绝复查", Found::Refused),
            ("corrected", "已改正", Found::Corrected),
            ("halted", "已被制止", Found::Halted),
        ];
        let span = entry.value.span;
        let text = self.text(entry)?;
        let known = WORDS.iter().find(|(en, zh, _)| *en == text || *zh == text);
        if known.is_none() {
            self.errors.push(
                Diagnostic::new(
                    Code::MemberUnknown,
                    span,
                    format!("复查结果不能是“{text}”"),
                    format!("a re-inspection does not find `{text}`"),
                )
                .help(
                    "写 continuing（继续违法）、refused（拒绝复查）、corrected（已改正）或 halted（已被制止）",
                    "write continuing, refused, corrected or halted",
                )
                .suggest(&text, WORDS.iter().flat_map(|(en, zh, _)| [*en, *zh])),
            );
        }
        known.map(|(_, _, found)| *found)
    }

    /// `[acts.payment]`: the sum due, and when it was paid.
    pub(super) fn payment(&mut self, entry: Option<Entry>, decided_on: Day) -> Option<Payment> {
        let mut fields = self.fields(entry?.value, ("payment", "payment"))?;
        let due = fields.take("due_on");
        if due.is_none() {
            self.missing(&fields, "due_on", "due_on = 2024-07-01");
        }
        let paid = fields.take("paid_on");
        let sum = fields.take("sum").and_then(|entry| self.sum_of_money(entry));
        let intervals = match fields.take("suspended") {
            Some(entry) => self.list(entry, "suspended"),
            None => Vec::new(),
        };
        fields.take("note");
        self.finish(fields);
        let mut day =
            |entry: &Option<Entry>| entry.as_ref().and_then(|entry| self.date(entry).map(|date| (date, entry.place)));
        let (due_on, paid_on) = (day(&due), day(&paid));
        self.in_order(paid_on, decided_on, ("paid_on", "decided_on"));
        let mut suspended = Vec::new();
        let mut last: Day = None;
        for node in intervals {
            let Some(mut fields) = self.fields(node, ("suspended", "suspended")) else { continue };
            let (from, to) = (fields.take("from"), fields.take("to"));
            for (entry, name, example) in [(&from, "from", "from = 2024-07-05"), (&to, "to", "to = 2024-08-01")] {
                if entry.is_none() {
                    self.missing(&fields, name, example);
                }
            }
            self.finish(fields);
            let mut day = |entry: &Option<Entry>| {
                entry.as_ref().and_then(|entry| self.date(entry).map(|date| (date, entry.place)))
            };
            let (from, to) = (day(&from), day(&to));
            self.in_order(from, to, ("from", "to"));
            // A day counts in one interval only.
            let after = last.and_then(|(date, place)| Some((date.tomorrow()?, place)));
            self.in_order(after, from, ("suspended", "from"));
            last = to;
            suspended.extend(from.zip(to).map(|((from, _), (to, _))| (from, to)));
        }
        Some(Payment { due_on: due_on?.0, paid_on: paid_on.map(|(date, _)| date), sum, suspended })
    }

    /// The items of a list, which may be left out when there is one.
    fn list(&mut self, entry: Entry, name: &str) -> Vec<Node> {
        let span = entry.value.span;
        match entry.value.kind {
            Kind::List(items) if items.len() > MOST => {
                self.errors.push(
                    Diagnostic::new(
                        Code::TooMany,
                        entry.place,
                        format!("{name} 超过{MOST}项"),
                        format!("`{name}` has more than {MOST} items"),
                    )
                    .help("分成几个案件", "split it into several cases"),
                );
                Vec::new()
            }
            Kind::List(items) => items,
            _ => {
                self.wrong_type(span, (&format!("{name} 应是一列"), &format!("`{name}` must be a list")));
                Vec::new()
            }
        }
    }

    fn sum_of_money(&mut self, entry: Entry) -> Option<Number> {
        let place = entry.place;
        match self.value(&entry.key, &entry.value, FactType::Money)? {
            Value::Money(amount) if amount > Number::ZERO => Some(amount),
            _ => {
                let key = &entry.key;
                self.errors.push(
                    Diagnostic::new(
                        Code::OutOfBounds,
                        place,
                        format!("“{key}”应大于零"),
                        format!("`{key}` must be above zero"),
                    )
                    .help("没有罚款的，删去它", "leave it out when there is none"),
                );
                None
            }
        }
    }
}
