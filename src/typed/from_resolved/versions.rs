//! Versions of one name mean the same kind of thing, so that what uses the name does not depend on the day.

use crate::diagnostic::{Code, Diagnostic};
use crate::resolved::Head;
use crate::typed::{Type, operators};

use super::Checker;

impl Checker<'_> {
    /// Notes the type of one version of a definition or table; the first version stands for the name.
    pub(super) fn version_type(&mut self, index: usize, head: &Head, found: Type, is_table: bool) {
        let symbols = &self.infer.resolved.symbols;
        let (names, types) = if is_table {
            (&symbols.tables, &mut self.infer.tables)
        } else {
            (&symbols.defines, &mut self.infer.defines)
        };
        let first = names.get(&head.name.text).unwrap_or(index);
        let Some(known) = types.get_mut(first) else { return };
        if *known == Type::Unknown || operators::fits(known, &found) {
            *known = found;
            return;
        }
        let rules = &self.infer.resolved.rules;
        let other = if is_table {
            rules.tables.get(first).map(|table| &table.head)
        } else {
            rules.defines.get(first).map(|define| &define.head)
        };
        if let Some(other) = other.filter(|other| are_versions(head, other))
            && !operators::fits(&found, known)
        {
            let known = known.clone();
            let (this, others) = (self.infer.name_of(&found), self.infer.name_of(&known));
            let name = &head.name.text;
            let diagnostic = Diagnostic::new(
                Code::VersionsDiffer,
                head.name.span,
                format!("“{name}”的这个版本是{}，另一个是{}", this.zh, others.zh),
                format!("this version of `{name}` is {}, another is {}", this.en, others.en),
            );
            let diagnostic = diagnostic.label(other.name.span, "另一个版本", "another version");
            self.infer.errors.push(explained(diagnostic));
        }
    }

    /// A fact is answered in one way, whatever the day.
    pub(super) fn fact_versions(&mut self) {
        let resolved = self.infer.resolved;
        for (index, fact) in resolved.rules.facts.iter().enumerate() {
            let first = resolved.symbols.facts.get(&fact.head.name.text).unwrap_or(index);
            let (Some(other), Some(found), Some(known)) =
                (resolved.rules.facts.get(first), self.infer.facts.get(index), self.infer.facts.get(first))
            else {
                continue;
            };
            if !are_versions(&fact.head, &other.head)
                || fact.kind == other.kind
                || *found == Type::Unknown
                || *known == Type::Unknown
            {
                continue;
            }
            let (this, others) = (self.infer.name_of(found), self.infer.name_of(known));
            let name = &fact.head.name.text;
            self.infer.errors.push(explained(
                Diagnostic::new(
                    Code::VersionsDiffer,
                    fact.head.name.span,
                    format!("“{name}”的这个版本是{}，另一个是{}", this.zh, others.zh),
                    format!("this version of `{name}` is {}, another is {}", this.en, others.en),
                )
                .label(other.head.name.span, "另一个版本", "another version"),
            ));
        }
    }
}

/// Whether both have an interval; a name declared twice otherwise is another mistake.
fn are_versions(one: &Head, other: &Head) -> bool {
    one.in_force.is_some() && other.in_force.is_some()
}

fn explained(diagnostic: Diagnostic) -> Diagnostic {
    diagnostic
        .why(
            "同名的各个版本在不同日期代替彼此，必须是同一类型和单位",
            "versions of one name stand for each other on different days, so they are of one type and unit",
        )
        .help("改成同一类型，或换一个名字", "make them of one type, or give one another name")
}
