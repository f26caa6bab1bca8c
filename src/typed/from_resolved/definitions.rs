//! Definitions and tables, which use each other, in an order in which each can be worked out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::diagnostic::{Code, Diagnostic};
use crate::resolved::{Define, Head, RowResult, Table, Written};
use crate::source::Span;
use crate::syntax::{self, BinaryOperator, HitPolicy};
use crate::typed::{Cells, Expr, Type, Typed, operators};

use super::{Checker, mentions, unknown};

/// The longest chain of definitions, each of which uses the next.
const DEEPEST: usize = 64;

impl Checker<'_> {
    pub(super) fn defines_and_tables(&mut self) -> (Vec<Define<Typed>>, Vec<Table<Typed>>, Vec<usize>) {
        let resolved = self.infer.resolved;
        let (defines, tables) = (&resolved.rules.defines, &resolved.rules.tables);
        // One graph of both: definitions first, then tables.
        let uses: Vec<BTreeSet<usize>> = defines
            .iter()
            .map(|define| self.uses(std::iter::once(&define.value), defines.len()))
            .chain(tables.iter().map(|table| {
                let results =
                    table.rows.iter().flat_map(|(_, result, _)| std::iter::once(&result.value).chain(&result.upper));
                self.uses(table.keys.iter().chain(results), defines.len())
            }))
            .collect();
        let heads: Vec<&Head> =
            defines.iter().map(|each| &each.head).chain(tables.iter().map(|each| &each.head)).collect();
        let order =
            self.order(&uses, |index| heads.get(index).map(|head| (Arc::clone(&head.name.text), head.name.span)));
        self.infer.defines = vec![Type::Unknown; defines.len()];
        self.infer.tables = vec![Type::Unknown; tables.len()];
        let mut typed_defines: BTreeMap<usize, Define<Typed>> = BTreeMap::new();
        let mut typed_tables: BTreeMap<usize, Table<Typed>> = BTreeMap::new();
        for index in &order {
            if let Some(define) = defines.get(*index) {
                self.enter(&define.head);
                let value = self.infer.infer(&define.value, None);
                self.version_type(*index, &define.head, value.kind_of.clone(), false);
                typed_defines.insert(*index, Define { head: define.head.clone(), value });
            } else if let Some(number) = index.checked_sub(defines.len())
                && let Some(table) = tables.get(number)
            {
                let head = &table.head;
                let (table, kind_of) = self.table(table);
                self.version_type(number, head, kind_of, true);
                typed_tables.insert(number, table);
            }
        }
        let define_order = order.into_iter().filter(|index| *index < defines.len()).collect();
        // Those in a circle were reported and have no order; they are left unknown.
        for (index, define) in defines.iter().enumerate() {
            typed_defines
                .entry(index)
                .or_insert_with(|| Define { head: define.head.clone(), value: unknown(define.value.span) });
        }
        for (number, table) in tables.iter().enumerate() {
            typed_tables.entry(number).or_insert_with(|| Table {
                head: table.head.clone(),
                keys: Vec::new(),
                rows: Vec::new(),
                hit: table.hit,
                lowest_when_unestablished: table.lowest_when_unestablished,
            });
        }
        (typed_defines.into_values().collect(), typed_tables.into_values().collect(), define_order)
    }

    /// The definitions and tables that expressions mention.
    pub(super) fn uses<'e>(
        &self,
        expressions: impl Iterator<Item = &'e syntax::Expr>,
        first_table: usize,
    ) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        for expression in expressions {
            mentions(expression, &mut |name| {
                let symbols = &self.infer.resolved.symbols;
                found.extend(symbols.defines.all(name));
                found.extend(symbols.tables.all(name).map(|table| table.saturating_add(first_table)));
            });
        }
        found
    }

    /// An order in which each item comes after those it uses. Items in a circle are reported and left out.
    pub(super) fn order(
        &mut self,
        uses: &[BTreeSet<usize>],
        name: impl Fn(usize) -> Option<(Arc<str>, Span)>,
    ) -> Vec<usize> {
        let mut order: Vec<usize> = Vec::new();
        let mut placed = vec![false; uses.len()];
        loop {
            let before = order.len();
            for (index, used) in uses.iter().enumerate() {
                let ready = used.iter().all(|each| placed.get(*each).copied().unwrap_or(true));
                if ready && placed.get(index) == Some(&false) {
                    if let Some(slot) = placed.get_mut(index) {
                        *slot = true;
                    }
                    order.push(index);
                }
            }
            if order.len() == before {
                break;
            }
        }
        let reaches = |from: usize, to: usize| {
            let mut seen = vec![false; uses.len()];
            let mut next = vec![from];
            while let Some(at) = next.pop() {
                for used in uses.get(at).into_iter().flatten() {
                    if *used == to {
                        return true;
                    }
                    if let Some(slot) = seen.get_mut(*used)
                        && !std::mem::replace(slot, true)
                    {
                        next.push(*used);
                    }
                }
            }
            false
        };
        // What only uses a circle is not in it; a circle is reported once, at its first item.
        let circular: Vec<usize> =
            (0..uses.len()).filter(|index| placed.get(*index) == Some(&false) && reaches(*index, *index)).collect();
        for (position, index) in circular.iter().enumerate() {
            let is_first =
                !circular.iter().take(position).any(|other| reaches(*other, *index) && reaches(*index, *other));
            if is_first && let Some((text, span)) = name(*index) {
                self.infer.errors.push(
                    Diagnostic::new(
                        Code::DefinitionCycle,
                        span,
                        format!("“{text}”直接或间接用自己定义自己"),
                        format!("`{text}` is defined by itself, directly or through others"),
                    )
                    .help("打破循环：其中一个要用事实来写", "break the circle: write one of them in terms of facts"),
                );
            }
        }
        let mut depths = vec![0_usize; uses.len()];
        for index in &order {
            let below = uses.get(*index).into_iter().flatten().filter_map(|used| depths.get(*used)).max();
            let depth = below.map_or(0, |depth| depth.saturating_add(1));
            if let Some(slot) = depths.get_mut(*index) {
                *slot = depth;
            }
            if depth == DEEPEST
                && let Some((text, span)) = name(*index)
            {
                self.infer.errors.push(
                    Diagnostic::new(
                        Code::NestedTooDeep,
                        span,
                        format!("“{text}”隔着{DEEPEST}层定义"),
                        format!("`{text}` rests on {DEEPEST} definitions, one upon the other"),
                    )
                    .help("缩短这串定义", "shorten the chain of definitions"),
                );
            }
        }
        order
    }

    pub(super) fn table(&mut self, table: &Table<Written>) -> (Table<Typed>, Type) {
        self.enter(&table.head);
        let keys: Vec<Expr> = table.keys.iter().map(|key| self.infer.infer(key, None)).collect();
        let mut kind_of = None;
        let rows = table
            .rows
            .iter()
            .map(|(cells, result, span)| {
                let cells = cells
                    .iter()
                    .zip(&keys)
                    .map(|(cell, key)| self.infer.cell(cell, &key.kind_of).unwrap_or(Cells::Any))
                    .collect();
                (cells, self.result(result, &mut kind_of), *span)
            })
            .collect();
        let lowest_when_unestablished = table.lowest_when_unestablished;
        let typed = Table { head: table.head.clone(), keys, rows, hit: table.hit, lowest_when_unestablished };
        let kind_of = kind_of.unwrap_or(Type::Unknown);
        self.hit_policy(table, &kind_of);
        (typed, kind_of)
    }

    /// Results that a policy compares have an order, and those it adds up can be added.
    fn hit_policy(&mut self, table: &Table<Written>, results: &Type) {
        let span = table.head.name.span;
        if table.lowest_when_unestablished && results.end().is_none() {
            self.infer.ordered(results, span);
        }
        match table.hit {
            // Of ranges, the higher is the one with the higher ends; a case in which they cross is undetermined.
            HitPolicy::Highest | HitPolicy::Lowest if results.end().is_some() => {}
            HitPolicy::Highest | HitPolicy::Lowest => {
                self.infer.ordered(results, span);
            }
            HitPolicy::Collect if operators::arithmetic(BinaryOperator::Add, results, results).is_none() => {
                let name = self.infer.name_of(results);
                self.infer.errors.push(
                    Diagnostic::new(
                        Code::ResultType,
                        span,
                        format!("“累加”的结果要能相加，这里是{}", name.zh),
                        format!("the results are to be added up, and these are {}", name.en),
                    )
                    .help(
                        "写百分比、数或金额，或换一种命中方式",
                        "write ratios, numbers or amounts, or state another hit policy",
                    ),
                );
            }
            HitPolicy::Collect | HitPolicy::Unique | HitPolicy::First => {}
        }
    }

    /// A result; all results of one table are of one type.
    pub(super) fn result(&mut self, result: &RowResult<Written>, kind_of: &mut Option<Type>) -> RowResult<Typed> {
        let element = kind_of.as_ref().map(|kind| kind.end().unwrap_or_else(|| kind.clone()));
        let value = self.infer.infer(&result.value, element.as_ref());
        let upper = result.upper.as_ref().map(|upper| self.infer.infer(upper, Some(&value.kind_of)));
        let found = match &upper {
            Some(upper) => self.infer.range_type(&value, upper).unwrap_or(Type::Unknown),
            None => value.kind_of.clone(),
        };
        match kind_of {
            Some(known) if crate::typed::operators::fits(&found, known) => {}
            Some(known) if crate::typed::operators::fits(known, &found) => *known = found,
            // A single value among ranges is a range with one point.
            Some(known) if operators::common_range(known, &found).is_some() => {
                *known = operators::common_range(known, &found).unwrap_or(found);
            }
            Some(known) => {
                let (first, this) = (self.infer.name_of(known), self.infer.name_of(&found));
                self.infer.errors.push(
                    Diagnostic::new(
                        Code::ResultType,
                        value.span,
                        format!("前面的结果是{}，这里是{}", first.zh, this.zh),
                        format!("the results before are {}, this one is {}", first.en, this.en),
                    )
                    .help("各行的结果用同一类型", "give all rows results of one type"),
                );
            }
            None if found != Type::Unknown => *kind_of = Some(found),
            None => {}
        }
        RowResult { value, upper }
    }
}
