//! Functions that exist only over windows: `row_number`, `rank`, `lagInFrame`, ..

use std::ops::Range;

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::Call;
use crate::function::Spec;

/// A window function that is no aggregate.
pub trait Window: Send + Sync {
    /// Name, documentation and examples.
    fn spec(&self) -> &'static Spec;

    /// The result's type. Argument types come without LowCardinality but with Nullable.
    ///
    /// # Errors
    /// When ClickHouse refuses number (42) or types (43) of the arguments.
    fn result_type(&self, call: &Call<'_>) -> Result<ChType>;

    /// One value per row of the partition, in the layout of `result`.
    ///
    /// # Errors
    /// When an argument's value is refused.
    fn evaluate(&self, partition: &Partition<'_>, result: &ChType) -> Result<ArrayRef>;
}

/// The rows of one partition in window order.
pub struct Partition<'a> {
    /// The argument columns, constants expanded.
    pub columns: &'a [ArrayRef],
    /// The argument types.
    pub types: &'a [ChType],
    /// Number of rows.
    pub rows: usize,
    /// Number of the peer group (rows equal in ORDER BY) of each row, from 0.
    pub peers: &'a [usize],
    /// The rows of each row's frame; may be empty.
    pub frames: &'a [Range<usize>],
}

/// Add a window function here, in alphabetical order of the files.
static WINDOWS: &[&dyn Window] = &[
    &super::cume_dist::CumeDist,
    &super::dense_rank::DenseRank,
    &super::lag::Lag,
    &super::lag_in_frame::LagInFrame,
    &super::lead::Lead,
    &super::lead_in_frame::LeadInFrame,
    &super::derivative::NonNegativeDerivative,
    &super::nth_value::NthValue,
    &super::ntile::Ntile,
    &super::percent_rank::PercentRank,
    &super::rank::Rank,
    &super::row_number::RowNumber,
];

/// All window functions that are no aggregates.
pub fn windows() -> &'static [&'static dyn Window] {
    WINDOWS
}

/// The window function of a name, taken in any case where its spec says so.
pub fn find_window(name: &str) -> Option<&'static dyn Window> {
    WINDOWS.iter().copied().find(|window| {
        let spec = window.spec();
        spec.aliases.iter().chain([&spec.name]).any(|known| match spec.case {
            crate::function::Case::Sensitive => *known == name,
            crate::function::Case::Insensitive => known.eq_ignore_ascii_case(name),
        })
    })
}
