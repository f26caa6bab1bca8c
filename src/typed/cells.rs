//! Cells: sets of points with constant ends, of the type of their key.

use super::infer::{Infer, constant};
use super::{Cells, Type, operators};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::{self, CellItem};
use crate::value::{End, Number, Range, Value};

impl Infer<'_> {
    /// The set a cell stands for. `None` when something is wrong with it, which is reported.
    pub(super) fn cell(&mut self, cell: &syntax::Cell, key: &Type) -> Option<Cells> {
        let mut ranges = Vec::new();
        let mut whole = None;
        let mut known = true;
        for item in &cell.items {
            let range = match item {
                CellItem::Any => {
                    whole = Some(Cells::Any);
                    continue;
                }
                CellItem::Not(value) => {
                    match self.cell_end(value, key) {
                        Some(value) if cell.items.len() == 1 => whole = Some(Cells::Not(value)),
                        Some(_) => {
                            self.errors.push(
                                Diagnostic::new(
                                    Code::CellType,
                                    cell.span,
                                    "“!=”不能与别的值写在同一单元格",
                                    "`!=` cannot share a cell with other values",
                                )
                                .help("分成两行", "write two rows"),
                            );
                            known = false;
                        }
                        None => known = false,
                    }
                    continue;
                }
                CellItem::Point(value) => self.cell_end(value, key).map(Range::point),
                CellItem::Range(low, high) => self.cell_range(low, high, key, cell.span),
                CellItem::Boundary { low, high, span } => self.boundary(low.as_ref(), high.as_ref(), *span, key),
            };
            match range {
                Some(range) => ranges.push(range),
                None => known = false,
            }
        }
        known.then(|| whole.unwrap_or(Cells::Ranges(ranges)))
    }

    /// A range with constant ends, which must hold something.
    pub(super) fn cell_range(
        &mut self,
        low: &End<syntax::Expr>,
        high: &End<syntax::Expr>,
        key: &Type,
        span: Span,
    ) -> Option<Range<Value>> {
        let mut end = |end: &End<syntax::Expr>| match end {
            End::Open => Some(End::Open),
            End::Included(value) => self.cell_end(value, key).map(End::Included),
            End::Excluded(value) => self.cell_end(value, key).map(End::Excluded),
        };
        let (low, high) = (end(low), end(high));
        if *key != Type::Unknown && !self.ordered(key, span) {
            return None;
        }
        self.hold_something(Range { low: low?, high: high? }, key, span)
    }

    fn hold_something(&mut self, range: Range<Value>, key: &Type, span: Span) -> Option<Range<Value>> {
        let range = if *key == Type::Integer { close_integers(range) } else { range };
        if range.is_empty() {
            self.errors.push(
                Diagnostic::new(Code::RangeEmpty, span, "这个范围不含任何值", "this range holds nothing")
                    .help("核对两端的大小和括号", "check the order of the ends and the brackets"),
            );
            return None;
        }
        Some(range)
    }

    fn boundary(
        &mut self,
        low: Option<&(bool, syntax::Expr)>,
        high: Option<&(bool, syntax::Expr)>,
        span: Span,
        key: &Type,
    ) -> Option<Range<Value>> {
        let (above, below) = self.scope.boundary;
        let mut end = |part: Option<&(bool, syntax::Expr)>, declared: Option<bool>| -> Option<End<Value>> {
            let Some((by_word, value)) = part else {
                return Some(End::Open);
            };
            let value = self.cell_end(value, key)?;
            // 超过 and 不满 exclude the number everywhere; what 以上 and 以下 do, the instrument says.
            if !by_word {
                return Some(End::Excluded(value));
            }
            let Some(included) = declared else {
                let (zh, en) = match &self.scope.instrument {
                    Some(name) => (
                        format!("《{name}》没有声明“以上”“以下”是否含本数"),
                        format!("《{name}》 does not declare whether 以上 and 以下 include the number"),
                    ),
                    None => (
                        "没有引用法规，不知“以上”“以下”是否含本数".to_owned(),
                        "no instrument is cited, so it is not known whether 以上 and 以下 include the number"
                            .to_owned(),
                    ),
                };
                self.errors.push(
                    Diagnostic::new(Code::BoundaryUndeclared, span, zh, en)
                        .why(
                            "各地规定不同：有的“以下”含本数，有的不含",
                            "instruments differ: some include the number in 以下, some do not",
                        )
                        .help(
                            "引用法规，并在它的声明里写“以上 含本数”“以下 不含本数”；或改用 [a, b) 这样的写法",
                            "cite an instrument and add `above included` and `below excluded` to its declaration, or write [a, b)",
                        ),
                );
                return None;
            };
            Some(if included { End::Included(value) } else { End::Excluded(value) })
        };
        let (low, high) = (end(low, above), end(high, below));
        self.hold_something(Range { low: low?, high: high? }, key, span)
    }

    /// One end of a range, or a point: a constant of the key's type.
    pub(super) fn cell_end(&mut self, value: &syntax::Expr, key: &Type) -> Option<Value> {
        let typed = self.infer(value, Some(key));
        if typed.kind_of == Type::Unknown || *key == Type::Unknown {
            return None;
        }
        if !operators::comparable(&typed.kind_of, key) {
            let (found, due) = (self.name_of(&typed.kind_of), self.name_of(key));
            let plain = matches!(typed.kind_of, Type::Integer | Type::Number) && key.has_unit();
            let code = if plain { Code::UnitMissing } else { Code::CellType };
            let diagnostic = Diagnostic::new(
                code,
                value.span,
                format!("键是{}，这里却是{}", due.zh, found.zh),
                format!("the key is {}, but this is {}", due.en, found.en),
            );
            self.errors.push(if plain {
                diagnostic.help(
                    "写上单位，如 50吨、10万元、7%、3个月",
                    "write the unit, such as 50 t, CNY 100_000, 7%, 3 months",
                )
            } else {
                diagnostic.help("写与键同一类型的值", "write a value of the key's type")
            });
            return None;
        }
        let found = constant(&typed);
        if found.is_none() {
            self.errors.push(
                Diagnostic::new(
                    Code::NotConstant,
                    value.span,
                    "这里只能写确定的值",
                    "only a fixed value may stand here",
                )
                .why(
                    "单元格必须能逐格核对缺口和重叠",
                    "cells are checked for gaps and overlaps, so their ends must be fixed",
                )
                .help(
                    "用“定义”算出要比较的值，再与确定的值比较",
                    "work out the value to compare with `define`, and compare that",
                ),
            );
        }
        found
    }
}

/// Ranges of integers with included ends: between 2 and 3 there is nothing.
fn close_integers(range: Range<Value>) -> Range<Value> {
    let step = |value: Value, by: i64| match value {
        Value::Number(number) if number.is_integer() => number.plus(Number::integer(by)).map(Value::Number),
        _ => None,
    };
    let low = match range.low {
        End::Excluded(value) => step(value, 1).map_or(range.low, End::Included),
        other => other,
    };
    let high = match range.high {
        End::Excluded(value) => step(value, -1).map_or(range.high, End::Included),
        other => other,
    };
    Range { low, high }
}
