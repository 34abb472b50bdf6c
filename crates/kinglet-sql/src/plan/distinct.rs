//! `DISTINCT`: the first of equal rows, in the order of the input. It is `LIMIT 1 BY` all columns.

use super::LimitBy;

impl LimitBy {
    /// The first row of each group of rows equal in the first `columns` columns.
    pub(crate) fn distinct(columns: usize) -> Self {
        Self { keys: (0..columns).collect(), offset: 0, count: 1 }
    }
}
