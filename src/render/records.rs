use super::document::{Line, Role};
use super::reader::Reader;
use crate::program::FactId;
use crate::source::Span;
use crate::trail::{FieldRead, Origin, Truth};
use crate::value::Value;

impl Reader<'_> {
    /// What was counted over records, in the rule's words, and what it comes to.
    pub(crate) fn over_records(&self, span: Span, value: Option<Value>) -> Line {
        let name = Line::of(Role::Expression, self.wording(span, &[]));
        match value {
            Some(value) => {
                let piece = self.value_piece(value, None);
                name.text(" = ").add(piece.role, piece.text)
            }
            None => name.text(self.colon()).add(Role::Open, self.pick("尚不能确定", "not known yet")),
        }
    }

    /// One record: whether it counts, and what was read of it.
    pub(crate) fn record(&self, list: FactId, number: u32, counts: Truth, read: &[FieldRead]) -> Line {
        let (role, zh, en) = match counts {
            Truth::True => (Role::Good, "计入", "counts"),
            Truth::False => (Role::Bad, "不计入", "does not count"),
            Truth::Unknown => (Role::Open, "是否计入尚不能确定", "not known whether it counts"),
        };
        let mut line = match self.lang {
            crate::diagnostic::Lang::Chinese => Line::plain(format!("第{number}条记录")),
            crate::diagnostic::Lang::English => Line::plain(format!("record {number}")),
        };
        line = line.text(self.colon()).add(role, self.pick(zh, en));
        self.fields_read(line, list, read)
    }

    /// What was read of a record, after what is said of it.
    pub(crate) fn fields_read(&self, mut line: Line, list: FactId, read: &[FieldRead]) -> Line {
        let fields = self.program.fact(list).map_or(&[][..], |fact| &fact.fields);
        for (index, field) in read.iter().enumerate() {
            let Some(declared) = fields.get(usize::from(field.field)) else {
                continue;
            };
            line = line
                .text(if index == 0 { self.semicolon() } else { self.comma() })
                .add(Role::Name, self.title(&declared.label, &declared.name));
            line = match field.value {
                Some(value) => {
                    let piece = self.value_piece(value, Self::unit_of_type(declared.kind));
                    line.text(" = ").add(piece.role, piece.text)
                }
                None => {
                    let said = match field.origin {
                        Origin::Unestablished => self.origin(Origin::Unestablished),
                        _ => self.origin(Origin::NotAsked),
                    };
                    line.text(" = ").add(Role::Open, said)
                }
            };
        }
        line
    }

    /// `penalties.amount` in the reader's language, and the name of a field where all records call it alike.
    pub(crate) fn label_of_field(&self, word: &str) -> Option<String> {
        if let Some((list, field)) = word.rsplit_once('.') {
            let fact = self.program.facts.get(list)?;
            let declared = fact.fields.iter().find(|each| *each.name == *field)?;
            let (list, field) = (self.title(&fact.label, list), self.title(&declared.label, field));
            return Some(match self.lang {
                crate::diagnostic::Lang::Chinese => format!("{list}的{field}"),
                crate::diagnostic::Lang::English => format!("{field} of {list}"),
            });
        }
        let mut labels = self
            .program
            .facts
            .values()
            .flat_map(|fact| &fact.fields)
            .filter(|field| *field.name == *word)
            .map(|field| self.title(&field.label, &field.name));
        let first = labels.next()?;
        labels.all(|label| label == first).then_some(first)
    }
}
