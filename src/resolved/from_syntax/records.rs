//! Facts that hold records: the fields of one record.

use std::sync::Arc;

use super::Resolver;
use crate::diagnostic::{Code, Diagnostic};
use crate::resolved::is_built_in;
use crate::resolved::names::{built_in, declared_twice};
use crate::resolved::{FactKind, RecordField};
use crate::source::Span;
use crate::syntax::{Field, Name};

/// The most fields of one record.
const MOST_FIELDS: usize = 64;

impl Resolver<'_> {
    /// The type of a list of records.
    pub(super) fn record(&mut self, fields: Vec<Field>, span: Span, in_record: bool) -> FactKind {
        if in_record {
            self.errors.push(
                Diagnostic::new(Code::TypeUnknown, span, "记录里不能再有记录", "a record cannot hold records")
                    .why("对记录的计数只看一层", "what is counted over records looks at one list at a time")
                    .help("把里层写成单独的事实", "make the inner list a fact of its own"),
            );
            return FactKind::Unknown;
        }
        if fields.len() > MOST_FIELDS {
            self.errors.push(
                Diagnostic::new(
                    Code::TooMany,
                    span,
                    format!("一条记录超过{MOST_FIELDS}个字段"),
                    format!("a record has more than {MOST_FIELDS} fields"),
                )
                .help("只留规则用到的字段", "keep the fields that rules use"),
            );
            return FactKind::Unknown;
        }
        let mut names: Vec<Name> = Vec::new();
        let mut out = Vec::new();
        for field in fields {
            match names.iter().find(|name| name.text == field.name.text) {
                Some(first) => self.errors.push(declared_twice(&field.name, first.span)),
                None => self.field_is_free(&field.name),
            }
            names.push(field.name.clone());
            let kind = self.fact_kind(field.kind, true);
            out.push(RecordField { name: field.name.text, label: field.label, kind });
        }
        FactKind::List(out)
    }

    /// Inside `where` a field and what is declared elsewhere are both named, so they must not share a name.
    fn field_is_free(&mut self, name: &Name) {
        let symbols = &self.symbols;
        let place = [&symbols.facts, &symbols.defines, &symbols.tables]
            .into_iter()
            .find_map(|table| table.place(&Arc::clone(&name.text)));
        if let Some(first) = place {
            self.errors.push(declared_twice(name, first));
        } else if is_built_in(&name.text) {
            self.errors.push(built_in(name));
        }
    }
}
