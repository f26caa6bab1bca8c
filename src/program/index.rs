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
}

/// The columns of a table.
#[derive(Clone, PartialEq, Debug)]
pub struct CellIndex {
    columns: Vec<ColumnIndex>,
    rows: usize,
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
        let mut sets = vec![0_u64; stretches.saturating_mul(words)];
        for (row, cell) in cells.iter().enumerate() {
            let bit = 1_u64.checked_shl(u32::try_from(row % 64).unwrap_or(0)).unwrap_or(0);
            for stretch in 0..stretches {
                if covers(cell, &cuts, stretch)
                    && let Some(word) = sets.get_mut(stretch.saturating_mul(words).saturating_add(row / 64))
                {
                    *word |= bit;
                }
            }
        }
        ColumnIndex { cuts, sets, words }
    }

    fn set(&self, value: &Value) -> &[u64] {
        let below = self.cuts.partition_point(|cut| cut < value);
        let at = self.cuts.get(below).is_some_and(|cut| cut == value);
        let stretch = below.saturating_mul(2).saturating_add(usize::from(at));
        let start = stretch.saturating_mul(self.words);
        self.sets.get(start..start.saturating_add(self.words)).unwrap_or(&[])
    }
}

/// Whether a cell covers a stretch of the line: even stretches lie between cuts, odd ones are the cuts themselves.
fn covers(cell: &Cells, cuts: &[Value], stretch: usize) -> bool {
    let position = stretch / 2;
    let is_cut = stretch % 2 == 1;
    match cell {
        Cells::Any => true,
        Cells::Not(value) => !(is_cut && cuts.get(position) == Some(value)),
        Cells::Ranges(ranges) => ranges.iter().any(|range| {
            if is_cut {
                cuts.get(position).is_some_and(|cut| range.contains(cut))
            } else {
                // An open stretch lies between the cuts before and after it; no end of the range falls inside it.
                let after_low = match &range.low {
                    End::Open => true,
                    End::Included(low) | End::Excluded(low) => {
                        position.checked_sub(1).and_then(|before| cuts.get(before)).is_some_and(|cut| low <= cut)
                    }
                };
                let before_high = match &range.high {
                    End::Open => true,
                    End::Included(high) | End::Excluded(high) => cuts.get(position).is_some_and(|cut| cut <= high),
                };
                after_low && before_high
            }
        }),
    }
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

    /// Whether a row matches a value of one column.
    #[must_use]
    pub fn row_matches(&self, row: usize, column: usize, value: &Value) -> bool {
        let set = self.columns.get(column).map_or(&[][..], |column| column.set(value));
        let bit = u32::try_from(row % 64).ok().and_then(|bit| 1_u64.checked_shl(bit)).unwrap_or(0);
        set.get(row / 64).is_some_and(|word| word & bit != 0)
    }

    /// The number of rows.
    #[must_use]
    pub fn rows(&self) -> usize {
        self.rows
    }
}
