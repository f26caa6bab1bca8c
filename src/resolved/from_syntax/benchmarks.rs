//! Benchmarks, weights, factors and tables.

use std::sync::Arc;

use super::{MOST_ROWS, Resolver, expression, lone_expression, take};
use crate::diagnostic::{Code, Diagnostic};
use crate::resolved::clauses::Clauses;
use crate::resolved::{Benchmark, Factor, FactorRows, RowResult, Step, Table};
use crate::resolved::{Written, words};
use crate::source::Span;
use crate::syntax::{Body, Clause, Declaration, ExprKind, FactorKey, FineShape, HitPolicy, Keyword, Label, Name};

impl Resolver<'_> {
    pub(super) fn benchmark(&mut self, mut declaration: Declaration) {
        self.violation_known(&declaration.name.clone());
        let mut clauses = take(&mut declaration, ("裁量基准", "benchmark"));
        let head = self.head(&declaration, &mut clauses, true);
        let subjects = self.for_whom(&mut clauses);
        let mut steps = Vec::new();
        let mut blocks = clauses.many(Keyword::Weights);
        blocks.extend(clauses.many(Keyword::Let));
        blocks.sort_by_key(|clause| clause.span);
        for clause in blocks {
            match clause.body {
                Body::Weights(name, label, inner) => steps.push(self.weights(name, label, inner, clause.span)),
                Body::Step(name, value) => steps.push(Step::Let(name, value)),
                _ => {}
            }
        }
        let names: Vec<&Name> = steps
            .iter()
            .map(|step| match step {
                Step::Weights { name, .. } | Step::Let(name, _) => name,
            })
            .collect();
        for (index, name) in names.iter().enumerate() {
            let earlier = names.iter().take(index).find(|first| first.text == name.text).map(|first| first.span);
            let symbols = &self.symbols;
            let declared =
                || [&symbols.facts, &symbols.defines, &symbols.tables].iter().find_map(|table| table.place(&name.text));
            if let Some(first) = earlier.or_else(declared) {
                self.errors.push(crate::resolved::names::declared_twice(name, first));
            } else if crate::resolved::is_built_in(&name.text) {
                self.errors.push(crate::resolved::names::built_in(name));
            }
        }
        let fine = clauses.required(Keyword::Fine).and_then(|clause| match clause.body {
            Body::Fine(FineShape::Result(value)) => Some(value),
            _ => {
                self.errors.push(
                    Diagnostic::new(
                        Code::ClauseNotAllowed,
                        clause.span,
                        "裁量基准要写计算式，不是法定幅度",
                        "a benchmark computes the fine; the statutory range belongs to the violation",
                    )
                    .help("写成“罚款 = 表达式”", "write `fine = expression`"),
                );
                None
            }
        });
        let band = clauses.one(Keyword::Band).and_then(expression);
        clauses.finish(self.errors);
        if let Some(fine) = fine {
            self.rules.benchmarks.push(Benchmark { head, subjects, steps, band, fine });
        }
    }

    pub(super) fn weights(&mut self, name: Name, label: Label, inner: Vec<Clause>, span: Span) -> Step<Written> {
        let mut clauses = Clauses::new(inner, ("权重", "weights"), name.span, false);
        let start = clauses.one(Keyword::Start).and_then(expression);
        let cap = clauses.one(Keyword::AtMost).and_then(expression);
        let floor = clauses.one(Keyword::AtLeast).and_then(expression);
        let lowest = clauses.one(Keyword::Unestablished).and_then(|clause| self.word(&clause, words::LOWEST)).is_some();
        let factors = clauses
            .many(Keyword::Factor)
            .into_iter()
            .filter_map(|clause| match clause.body {
                Body::Factor(factor) => self.factor(factor, lowest, clause.span),
                _ => None,
            })
            .collect();
        clauses.finish(self.errors);
        Step::Weights { name, label, start, factors, cap, floor, span }
    }

    pub(super) fn factor(&mut self, factor: FactorKey, lowest: bool, span: Span) -> Option<Factor<Written>> {
        let FactorKey { key, label, hit, rows, unestablished } = factor;
        let own = unestablished.and_then(|word| words::look_up(&word, words::LOWEST, self.errors));
        if rows.len() > MOST_ROWS {
            self.too_many_rows(span);
            return None;
        }
        let text: Arc<str> = match &key.kind {
            ExprKind::Name(name) => Arc::clone(&name.text),
            _ => Arc::from(""),
        };
        let name = Name { text, span: key.span };
        let symbols = &self.symbols;
        let is_value = !matches!(&key.kind, ExprKind::Name(name)
            if symbols.facts.get(&name.text).is_none()
                && symbols.defines.get(&name.text).is_none()
                && symbols.tables.get(&name.text).is_none()
                && !crate::resolved::is_built_in(&name.text));
        let with_cells = rows.iter().filter(|row| row.cell.is_some()).count();
        // A lone name is a cell when the factor has a key, and a condition when it has none.
        let (mut cells, mut conditions, mut results) = (Vec::new(), Vec::new(), Vec::new());
        for row in rows {
            match (row.cell, row.condition) {
                (Some(cell), None) if is_value => cells.push(cell),
                (None, Some(condition)) if !is_value => conditions.push(condition),
                (Some(cell), None) => match lone_expression(cell) {
                    Some(condition) => conditions.push(condition),
                    None => self.mixed_rows(row.span, &name, with_cells > 0),
                },
                _ => self.mixed_rows(row.span, &name, with_cells > 0),
            }
            results.push((RowResult { value: row.result.value, upper: row.result.upper }, row.span));
        }
        let rows = if is_value { FactorRows::Keyed(key, cells) } else { FactorRows::Conditions(conditions) };
        let hit = hit.map_or(HitPolicy::Unique, |(hit, _)| hit);
        Some(Factor { name, label, rows, results, hit, lowest_when_unestablished: lowest || own.is_some(), span })
    }

    pub(super) fn mixed_rows(&mut self, span: Span, key: &Name, has_cells: bool) {
        let key_text = &key.text;
        let diagnostic = Diagnostic::new(
            Code::KindOfFactorMixed,
            span,
            "这一行与因素的写法不一致",
            "this row does not fit the kind of factor",
        )
        .label(key.span, "因素", "the factor")
        .why(
            format!("“{key_text}”若是已声明的事实、定义或表，每行写它的值或范围，如 >= 3；若不是，每行写完整的条件"),
            format!("if `{key_text}` is a declared fact, definition or table, each row gives a value or range of it, such as >= 3; if it is not, each row is a whole condition"),
        );
        let symbols = &self.symbols;
        let declared = symbols.facts.get(key_text).is_some() || symbols.defines.get(key_text).is_some();
        self.errors.push(if has_cells && !declared {
            diagnostic.suggest(key_text, symbols.facts.names().chain(symbols.defines.names()))
        } else {
            diagnostic.help(
                "单元格写数值、范围或类型成员，如 >= 3、[3, 8)、A类；需要条件时，因素另取一个未声明的名称",
                "a cell is a value, a range or a member, such as >= 3, [3, 8) or a name; where conditions are needed, give the factor a name that is not declared",
            )
        });
    }

    pub(super) fn too_many_rows(&mut self, span: Span) {
        self.errors.push(Diagnostic::new(
            Code::TooMany,
            span,
            format!("超过{MOST_ROWS}行"),
            format!("more than {MOST_ROWS} rows"),
        ));
    }

    pub(super) fn table(&mut self, mut declaration: Declaration) {
        if self.symbols.tables.get(&declaration.name.text).is_none() {
            return;
        }
        let mut clauses = take(&mut declaration, ("表", "table"));
        let head = self.head(&declaration, &mut clauses, false);
        clauses.finish(self.errors);
        let (mut keys, mut rows, mut lowest) = (Vec::new(), Vec::new(), false);
        if let Some(grid) = declaration.grid.take() {
            lowest = grid.unestablished.and_then(|word| words::look_up(&word, words::LOWEST, self.errors)).is_some();
            keys = grid.keys;
            if grid.rows.len() > MOST_ROWS {
                self.too_many_rows(grid.span);
            }
            for (cells, result, span) in grid.rows.into_iter().take(MOST_ROWS) {
                if cells.len() == keys.len() {
                    rows.push((cells, RowResult { value: result.value, upper: result.upper }, span));
                } else {
                    let (found, due) = (cells.len(), keys.len());
                    self.errors.push(
                        Diagnostic::new(
                            Code::CellType,
                            span,
                            format!("这一行有{found}个单元格，表头有{due}个键"),
                            format!("this row has {found} cells, the header has {due} keys"),
                        )
                        .help("不限的键写“-”", "write `-` for a key that may be anything"),
                    );
                }
            }
        }
        let hit = declaration.hit.map_or(HitPolicy::Unique, |(hit, _)| hit);
        self.rules.tables.push(Table { head, keys, rows, hit, lowest_when_unestablished: lowest });
    }
}
