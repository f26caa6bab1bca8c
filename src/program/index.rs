use crate::value::{End, Value};

use super::node::Cells;

/// Which rows of one column a key value can match.
///
/// The ends of all cells cut the line into points and open stretches; each keeps the bit set of its rows. A look-up is one
/// binary search, whatever the number of rows.
#[derive(Clone, PartialEq, Debug)]
pub struct ColumnIndex {
    /// The distinct ends, ascending.
    cuts: Vec<Value>,
    /// Bit sets: before the first cut, at it, between it and the next, …: `2 × cuts + 1` sets of `words` words each.
    sets: Vec<u64>,
    words: usize,
    /// For each stretch, whether other rows match it than the one before.
    differs: Vec<bool>,
}

/// An end of cells, and whether rows tell its value from what lies next to it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Cut {
    /// The end.
    pub value: Value,
    /// Other rows match it than what is just below.
    pub below: bool,
    /// Other rows match what is just above.
    pub above: bool,
}

/// The columns of a table.
#[derive(Clone, PartialEq, Debug)]
pub struct CellIndex {
    columns: Vec<ColumnIndex>,
    rows: usize,
}

/// Where one cell begins or ends to match, by the number of the stretch.
struct Event {
    stretch: usize,
    row: usize,
    begins: bool,
}

impl ColumnIndex {
    fn new(cells: &[&Cells]) -> Self {
        let mut cuts: Vec<Value> = Vec::new();
        let mut cut = |end: &End<Value>| match end {
            End::Open => {}
            End::Included(value) | End::Excluded(value) => cuts.push(*value),
        };
        for cell in cells {
            match cell {
                Cells::Any => {}
                Cells::Ranges(ranges) => ranges.iter().for_each(|range| {
                    cut(&range.low);
                    cut(&range.high);
                }),
                Cells::Not(value) => cut(&End::Included(*value)),
            }
        }
        cuts.sort_by(|a, b| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
        cuts.dedup();
        let words = cells.len().div_ceil(64).max(1);
        let stretches = cuts.len().saturating_mul(2).saturating_add(1);
        let mut events = events(cells, &cuts, stretches);
        events.sort_by_key(|event| event.stretch);
        // One pass along the line: what matches a stretch is what matched the one before, but for what begins and ends here.
        let mut matching = vec![0_u64; words];
        // A cell may be several ranges, and they may overlap.
        let mut ranges = vec![0_u32; cells.len()];
        let mut sets = Vec::with_capacity(stretches.saturating_mul(words));
        let mut differs = Vec::with_capacity(stretches);
        let mut events = events.into_iter().peekable();
        for stretch in 0..stretches {
            while let Some(event) = events.next_if(|event| event.stretch <= stretch) {
                let (Some(count), Some(word)) = (ranges.get_mut(event.row), matching.get_mut(event.row / 64)) else {
                    continue;
                };
                *count = if event.begins { count.saturating_add(1) } else { count.saturating_sub(1) };
                let bit = bit(event.row);
                *word = if *count > 0 { *word | bit } else { *word & !bit };
            }
            let before = sets.len().checked_sub(words).and_then(|start| sets.get(start..));
            differs.push(before.is_some_and(|before| before != matching));
            sets.extend_from_slice(&matching);
        }
        ColumnIndex { cuts, sets, words, differs }
    }

    fn set(&self, value: &Value) -> &[u64] {
        let below = self.cuts.partition_point(|cut| cut < value);
        let at = self.cuts.get(below).is_some_and(|cut| cut == value);
        let stretch = below.saturating_mul(2).saturating_add(usize::from(at));
        let start = stretch.saturating_mul(self.words);
        self.sets.get(start..start.saturating_add(self.words)).unwrap_or(&[])
    }
}

/// Where the cells begin and end to match. Even stretches lie between cuts, odd ones are the cuts themselves.
fn events(cells: &[&Cells], cuts: &[Value], stretches: usize) -> Vec<Event> {
    // The stretch of a cut, or the one after it.
    let stretch = |value: &Value, after: bool| {
        let place = cuts.partition_point(|cut| cut < value);
        place.saturating_mul(2).saturating_add(1).saturating_add(usize::from(after))
    };
    let mut events = Vec::new();
    let mut matches = |row: usize, begin: usize, end: usize| {
        if begin < end {
            events.push(Event { stretch: begin, row, begins: true });
            events.push(Event { stretch: end, row, begins: false });
        }
    };
    for (row, cell) in cells.iter().enumerate() {
        match cell {
            Cells::Any => matches(row, 0, stretches),
            Cells::Not(value) => {
                matches(row, 0, stretch(value, false));
                matches(row, stretch(value, true), stretches);
            }
            Cells::Ranges(ranges) => {
                for range in ranges {
                    let begin = match &range.low {
                        End::Open => 0,
                        End::Included(low) => stretch(low, false),
                        End::Excluded(low) => stretch(low, true),
                    };
                    let end = match &range.high {
                        End::Open => stretches,
                        End::Included(high) => stretch(high, true),
                        End::Excluded(high) => stretch(high, false),
                    };
                    matches(row, begin, end);
                }
            }
        }
    }
    events
}

fn bit(row: usize) -> u64 {
    u32::try_from(row % 64).ok().and_then(|row| 1_u64.checked_shl(row)).unwrap_or(0)
}

impl CellIndex {
    /// Indexes rows of cells; each row has one cell for each column.
    #[must_use]
    pub fn new(columns: usize, rows: &[Vec<Cells>]) -> Self {
        let columns = (0..columns)
            .map(|column| {
                let cells: Vec<&Cells> = rows.iter().map(|row| row.get(column).unwrap_or(&Cells::Any)).collect();
                ColumnIndex::new(&cells)
            })
            .collect();
        CellIndex { columns, rows: rows.len() }
    }

    /// Calls `found` with each row that matches the key values, in order of rows. A key without a value may have any.
    pub fn matches(&self, keys: &[Option<Value>], mut found: impl FnMut(usize)) {
        for word in 0..self.rows.div_ceil(64) {
            let mut bits = u64::MAX;
            for (column, key) in self.columns.iter().zip(keys) {
                if let Some(key) = key {
                    bits &= column.set(key).get(word).copied().unwrap_or(0);
                }
            }
            while bits != 0 {
                let row = word.saturating_mul(64).saturating_add(usize::try_from(bits.trailing_zeros()).unwrap_or(0));
                if row < self.rows {
                    found(row);
                }
                bits &= bits.wrapping_sub(1);
            }
        }
    }

    /// Two rows that match the same value of a one-column index, when there are such.
    #[must_use]
    pub fn first_overlap(&self) -> Option<(usize, usize)> {
        let column = self.columns.first().filter(|_| self.columns.len() == 1)?;
        column.sets.chunks(column.words).find_map(|set| {
            let mut rows = set.iter().enumerate().flat_map(|(word, bits)| {
                (0..64_usize)
                    .filter(move |bit| {
                        bits.checked_shr(u32::try_from(*bit).unwrap_or(64)).is_some_and(|rest| rest & 1 == 1)
                    })
                    .map(move |bit| word.saturating_mul(64).saturating_add(bit))
            });
            Some((rows.next()?, rows.next()?))
        })
    }

    /// The distinct ends of the cells of a column, ascending.
    #[must_use]
    pub fn cuts(&self, column: usize) -> &[Value] {
        self.columns.get(column).map_or(&[], |column| &column.cuts)
    }

    /// The same, with what rows tell apart there.
    pub fn told_apart(&self, column: usize) -> impl Iterator<Item = Cut> + '_ {
        self.columns.get(column).into_iter().flat_map(|column| {
            let differs = column.differs.get(1..).unwrap_or(&[]).chunks_exact(2);
            column.cuts.iter().zip(differs).map(|(value, differs)| Cut {
                value: *value,
                below: differs.first() == Some(&true),
                above: differs.get(1) == Some(&true),
            })
        })
    }

    /// The rows that match a value of one column, as a bit set.
    #[must_use]
    pub fn rows_of(&self, column: usize, value: &Value) -> &[u64] {
        self.columns.get(column).map_or(&[], |column| column.set(value))
    }

    /// Whether a row matches a value of one column.
    #[must_use]
    pub fn row_matches(&self, row: usize, column: usize, value: &Value) -> bool {
        self.rows_of(column, value).get(row / 64).is_some_and(|word| word & bit(row) != 0)
    }

    /// The number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }
}

#[cfg(test)]
mod tests {
    use super::CellIndex;
    use crate::program::Cells;
    use crate::value::{End, Number, Range, Value};

    fn number(value: i64) -> Value {
        Value::Number(Number::integer(value))
    }

    fn between(low: i64, high: i64) -> Range<Value> {
        Range { low: End::Included(number(low)), high: End::Excluded(number(high)) }
    }

    #[test]
    fn rows_of_ranges_that_overlap_or_leave_out_a_value_match_what_they_contain() {
        let cells = [
            Cells::Any,
            Cells::Not(number(3)),
            Cells::Ranges(vec![between(1, 4), between(2, 6)]),
            Cells::Ranges(vec![between(5, 2)]),
            Cells::Ranges(vec![Range { low: End::Excluded(number(4)), high: End::Open }]),
        ];
        let rows: Vec<Vec<Cells>> = cells.iter().map(|cell| vec![cell.clone()]).collect();
        let index = CellIndex::new(1, &rows);
        for value in 0..9 {
            for (row, cell) in cells.iter().enumerate() {
                assert_eq!(index.row_matches(row, 0, &number(value)), cell.contains(&number(value)), "{row} {value}");
            }
        }
    }

    #[test]
    fn only_ends_where_the_rows_change_tell_values_apart() {
        let rows =
            [vec![Cells::Ranges(vec![between(1, 3)])], vec![Cells::Ranges(vec![between(3, 5)])], vec![Cells::Any]];
        let index = CellIndex::new(1, &rows);
        let told: Vec<(Value, bool, bool)> = index.told_apart(0).map(|cut| (cut.value, cut.below, cut.above)).collect();
        assert_eq!(told, [(number(1), true, false), (number(3), true, false), (number(5), true, false)]);
    }
}
