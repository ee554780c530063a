//! The row and the column behind a number of a product of matrices.

use super::index::repeated;

/// The factors of a row and a column: their places in two tensors, and how many there are.
pub(super) struct Factors {
    pub(super) count: usize,
    first: [usize; 2],
    step: [usize; 2],
}

impl Factors {
    /// Of the unit with this index of a product of matrices of these sizes; a single dimension is a row first and a column
    /// second.
    pub(super) fn of(
        index: &[usize],
        [a, b]: [&[usize]; 2],
        transposed: [bool; 2],
    ) -> Option<Self> {
        let (rows, columns) = (a.len() > 1, b.len() > 1);
        let batch =
            index.get(..index.len().checked_sub(usize::from(rows) + usize::from(columns))?)?;
        let mut own = index.get(batch.len()..)?.iter().copied();
        let row = if rows { own.next()? } else { 0 };
        let column = if columns { own.next()? } else { 0 };
        let matrix = |sizes: &[usize], is_matrix: bool, across: bool| -> Option<[usize; 3]> {
            // Where the matrix begins, and its rows and columns.
            if !is_matrix {
                let length = *sizes.first()?;
                return Some(if across { [0, length, 1] } else { [0, 1, length] });
            }
            let (before, last) = sizes.split_at(sizes.len() - 2);
            let (down, right) = (*last.first()?, *last.last()?);
            Some([repeated(batch, before) * down * right, down, right])
        };
        let ([a_at, a_down, a_right], [b_at, b_down, b_right]) =
            (matrix(a, rows, false)?, matrix(b, columns, true)?);
        let (count, a_first, a_step) = if transposed[0] {
            (a_down, a_at + row, a_right)
        } else {
            (a_right, a_at + row * a_right, 1)
        };
        let (other, b_first, b_step) = if transposed[1] {
            (b_right, b_at + column * b_right, 1)
        } else {
            (b_down, b_at + column, b_right)
        };
        (count == other).then_some(Self {
            count,
            first: [a_first, b_first],
            step: [a_step, b_step],
        })
    }

    /// The places of one pair.
    pub(super) const fn pair(&self, at: usize) -> [usize; 2] {
        [self.first[0] + at * self.step[0], self.first[1] + at * self.step[1]]
    }
}
