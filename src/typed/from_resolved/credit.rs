//! How a credit grade is reached, typed.

use crate::diagnostic::{Code, Diagnostic};
use crate::resolved::{CreditEvent, EventSource, Grading, RecordEvents, Veto, Written};
use crate::syntax::Name;
use crate::typed::{Type, Typed};
use crate::value::DurationUnit;

use super::Checker;

impl Checker<'_> {
    /// Types how a grade is reached; what is compared to be the worst needs grades in an order, from best to worst.
    pub(super) fn grading(&mut self, grading: &Grading<Written>, grades: Option<usize>) -> Grading<Typed> {
        let number = [Type::Number];
        let grade = grades.map_or(Type::Unknown, Type::Enum);
        self.infer.scope.scoring = true;
        if !(grading.indicators.is_empty() && grading.vetoes.is_empty()) {
            self.infer.ordered(&grade, grading.span);
        }
        let start = grading.start.as_ref().map(|value| self.infer.value_of(value, &number));
        let events = grading.events.iter().map(|event| self.credit_event(event)).collect();
        let cap = grading.cap.as_ref().map(|value| self.infer.value_of(value, &number));
        let floor = grading.floor.as_ref().map(|value| self.infer.value_of(value, &number));
        let due = std::slice::from_ref(&grade);
        let indicators = grading.indicators.iter().map(|value| self.infer.value_of(value, due)).collect();
        let vetoes = grading
            .vetoes
            .iter()
            .map(|veto| Veto {
                grade: self.infer.value_of(&veto.grade, due),
                condition: self.infer.condition(&veto.condition),
                span: veto.span,
            })
            .collect();
        self.infer.scope.scoring = false;
        let graded = grading.graded.as_ref().map(|value| self.infer.value_of(value, due));
        let (frozen, span) = (grading.frozen.clone(), grading.span);
        Grading { start, events, cap, floor, graded, indicators, vetoes, frozen, span }
    }

    fn credit_event(&mut self, event: &CreditEvent<Written>) -> CreditEvent<Typed> {
        let outer = self.infer.scope.fields.clone();
        let source = match &event.source {
            EventSource::Once(condition) => EventSource::Once(self.infer.condition(condition)),
            EventSource::Records(records) => EventSource::Records(self.record_events(records)),
        };
        let points = self.infer.value_of(&event.points, &[Type::Number]);
        self.infer.scope.fields = outer;
        let most = event.most.as_ref().map(|value| self.infer.value_of(value, &[Type::Number]));
        CreditEvent { adds: event.adds, points, source, most, label: event.label.clone(), span: event.span }
    }

    /// The fields of the records are in scope from here on.
    fn record_events(&mut self, records: &RecordEvents<Written>) -> RecordEvents<Typed> {
        let name = &records.list;
        let fact = self.infer.resolved.symbols.facts.get(&name.text);
        let fields = match fact.and_then(|fact| self.infer.facts.get(fact)) {
            Some(Type::List(fields)) => fields.clone(),
            Some(Type::Unknown) => Vec::new(),
            _ => {
                self.no_records(name);
                Vec::new()
            }
        };
        let field = records.since.as_ref().and_then(|since| {
            let index = fields.iter().position(|(field, _)| *field == since.text);
            let is_date = index.and_then(|index| fields.get(index)).is_some_and(|(_, kind)| *kind == Type::Date);
            if !is_date && !fields.is_empty() {
                self.no_day(since);
            }
            index
        });
        self.infer.scope.fields = fields;
        let filter = records.filter.as_ref().map(|filter| self.infer.condition(filter));
        let repaired = records.repaired.as_ref().map(|repaired| self.infer.condition(repaired));
        let lasting = records.lasting.as_ref().map(|lasting| {
            let units = [DurationUnit::Days, DurationUnit::Months].map(Type::Duration);
            let typed = self.infer.value_of(lasting, &units);
            if typed.kind_of != Type::Unknown && crate::typed::infer::constant(&typed).is_none() {
                self.infer.errors.push(
                    Diagnostic::new(
                        Code::NotConstant,
                        typed.span,
                        "有效期只能是确定的期间",
                        "how long it counts must be a fixed time",
                    )
                    .help("写一个期间，如 6个月", "write a time, such as `6 months`"),
                );
            }
            typed
        });
        let (list, since) = (records.list.clone(), records.since.clone());
        RecordEvents { list, fact, filter, since, field, lasting, repaired }
    }

    fn no_records(&mut self, name: &Name) {
        let text = &name.text;
        let symbols = &self.infer.resolved.symbols;
        let diagnostic = match symbols.facts.get(text) {
            None => Diagnostic::new(
                Code::NameUnknown,
                name.span,
                format!("没有声明“{text}”"),
                format!("`{text}` is not declared"),
            )
            .suggest(text, symbols.facts.names()),
            Some(_) => Diagnostic::new(
                Code::TypesDiffer,
                name.span,
                format!("“{text}”不是一列记录"),
                format!("`{text}` is not a list of records"),
            ),
        };
        self.infer
            .errors
            .push(diagnostic.help("“每”后面写一个记录型事实", "after `per` stands a fact that holds records"));
    }

    fn no_day(&mut self, name: &Name) {
        let text = &name.text;
        self.infer.errors.push(
            Diagnostic::new(
                Code::NameUnknown,
                name.span,
                format!("记录没有日期字段“{text}”"),
                format!("the records have no field `{text}` that is a date"),
            )
            .help("“自”后面写记录的一个日期字段", "after `from` stands a field of the records that is a date"),
        );
    }
}
