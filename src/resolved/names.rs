use std::collections::BTreeMap;
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::Name;

/// The names a rule set declares, each with its place in its table and where it is declared.
#[derive(Debug, Default)]
pub struct Symbols {
    /// Instruments.
    pub instruments: Table,
    /// Units.
    pub units: Table,
    /// Symbols of units, each with the place of its unit.
    pub unit_symbols: Table,
    /// Enumerated types.
    pub enums: Table,
    /// Members of enumerated types: each with its type and number, several when types share a name.
    pub members: BTreeMap<Arc<str>, Vec<(usize, u16)>>,
    /// Facts.
    pub facts: Table,
    /// Definitions.
    pub defines: Table,
    /// Tables.
    pub tables: Table,
    /// Measures.
    pub measures: Table,
    /// Violations; the number is of no meaning.
    pub violations: Table,
    /// Leniency lists; the number is of no meaning.
    pub lists: Table,
}

impl Symbols {
    /// A unit by name or symbol.
    #[must_use]
    pub fn unit(&self, name: &str) -> Option<usize> {
        self.units.get(name).or_else(|| self.unit_symbols.get(name))
    }
}

/// Names of one kind.
#[derive(Debug, Default)]
pub struct Table {
    names: BTreeMap<Arc<str>, (usize, Span)>,
    /// Places of later declarations of a name, after the first.
    later: BTreeMap<Arc<str>, Vec<usize>>,
    /// How many declarations there are.
    declarations: usize,
}

impl Table {
    /// The place of a name in its table; of several declarations, that of the first.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<usize> {
        self.names.get(name).map(|(index, _)| *index)
    }

    /// The places of all declarations of a name.
    pub fn all(&self, name: &str) -> impl Iterator<Item = usize> {
        self.get(name).into_iter().chain(self.later.get(name).into_iter().flatten().copied())
    }

    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.names.keys().map(AsRef::as_ref)
    }

    /// How many names there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.names.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// Adds a name; one that is there already is reported.
    pub(super) fn declare(&mut self, name: &Name, index: usize, errors: &mut Vec<Diagnostic>) {
        if let Some((_, first)) = self.names.get(&name.text) {
            errors.push(declared_twice(name, *first));
        } else {
            self.names.insert(Arc::clone(&name.text), (index, name.span));
        }
    }

    /// Adds a declaration of a name that may have several versions. Its place is the number of declarations before it.
    pub(super) fn declare_version(&mut self, name: &Name) {
        let index = self.declarations;
        self.declarations = index.saturating_add(1);
        if self.names.contains_key(&name.text) {
            self.later.entry(Arc::clone(&name.text)).or_default().push(index);
        } else {
            self.names.insert(Arc::clone(&name.text), (index, name.span));
        }
    }

    /// Adds a name that may be there already.
    pub(super) fn mention(&mut self, name: &Name, index: usize) {
        self.names.entry(Arc::clone(&name.text)).or_insert((index, name.span));
    }

    pub(super) fn place(&self, name: &str) -> Option<Span> {
        self.names.get(name).map(|(_, span)| *span)
    }
}

pub(super) fn declared_twice(name: &Name, first: Span) -> Diagnostic {
    let text = &name.text;
    Diagnostic::new(Code::NameTwice, name.span, format!("“{text}”已经声明过"), format!("`{text}` is declared already"))
        .label(first, "第一次声明在这里", "first declared here")
        .help("改名，或删去其中一个", "rename one of them, or remove one")
}

/// Reports a name that already means something everywhere.
pub(super) fn built_in(name: &Name) -> Diagnostic {
    let text = &name.text;
    Diagnostic::new(
        Code::NameTwice,
        name.span,
        format!("“{text}”是语言自带的名称"),
        format!("`{text}` is a name of the language itself"),
    )
    .why("它在各处已有含义，不能另作他用", "it means something everywhere already")
    .help("换一个名称", "choose another name")
}

/// Reports a name that is not declared, with the nearest one that is.
pub(super) fn unknown<'a>(
    code: Code,
    name: &Name,
    what: (&str, &str),
    known: impl IntoIterator<Item = &'a str>,
) -> Diagnostic {
    let text = &name.text;
    let (zh, en) = what;
    Diagnostic::new(code, name.span, format!("没有声明{zh}“{text}”"), format!("the {en} `{text}` is not declared"))
        .help(format!("先声明{zh}“{text}”，或核对名称"), format!("declare the {en} `{text}`, or check its name"))
        .suggest(text, known)
}
