//! Aggregate functions, their combinators and window functions.
//!
//! # Adding an aggregate
//!
//! One aggregate is one file here, one line in `registry.rs` and one [`Spec`](crate::function::Spec).
//!
//! 1. [`Aggregate::bind`] checks parameters and argument types ([`Call`] words the errors) and answers an
//!    [`Bound`]: the aggregate for these types. Types come in bare: `LowCardinality` is off, and
//!    `Nullable` too unless [`Aggregate::nulls`] says [`Nulls::Own`]; with [`Nulls::Skip`] the framework leaves out rows
//!    that hold a NULL, and answers NULL (or, by [`Aggregate::empty`], the default) where no row is left.
//! 2. [`Bound::groups`] makes the states of all groups, [`Groups`]. Write that trait by hand over flat
//!    vectors where speed matters (`sum.rs`), or write one state and wrap it in [`PerGroup`] where a state
//!    is a struct ([`State`]).
//! 3. [`Groups::states`] and [`Groups::merge`] use **ClickHouse's own bytes**: what `hex(fState(x))` shows
//!    there. [`wire`] has its integers and strings. A state is one value of a BinaryView column.
//!
//! An aggregate never knows about groups that are filtered, nullable arguments, `-If`, `-State` or
//! `-Merge`: those wrap it.
//!
//! # Adding a combinator
//!
//! A combinator is one file with a unit struct that implements [`Combinator`], and a line in
//! `registry.rs`. It is written once over any [`Bound`]: `if_condition.rs` (`-If`) changes the rows an
//! update sees, `state.rs` (`-State`) what is answered, `merge.rs` (`-Merge`) what is read. Names are
//! taken apart from the right (`quantileIfState` is `State(If(quantile))`), so combinators stack.
//!
//! # Adding a window function
//!
//! `row_number`, `lagInFrame` and so on implement [`Window`]: one call per partition over sorted rows with
//! their peers and frames. Every aggregate is a window function without further work.

mod accumulator;
mod any;
mod any_last;
mod any_rows;
mod approx_top;
mod arg_and;
mod arg_combinator;
mod arg_extreme;
mod arg_max;
mod arg_min;
mod array_elements;
mod array_wire;
mod association;
mod avg;
pub(crate) mod bitmap_set;
pub(crate) mod bitmaps;
mod bits;
mod call;
mod collected;
mod corr;
mod count;
mod covar_pop;
mod covar_samp;
mod cume_dist;
mod dd_sketch;
mod delta_sum;
mod dense_rank;
mod derivative;
mod distinct;
mod distinct_dynamic_types;
mod distinct_json_paths;
mod distinct_json_paths_and_types;
mod distinct_key;
mod distinct_paths;
mod distribution;
mod entropy;
mod exact_quantile;
mod family;
mod for_each;
mod frequencies;
mod gathered;
mod gathered_states;
mod generator;
mod gk_summary;
mod group_array;
mod group_array_sample;
mod group_array_sorted;
mod group_bit_and;
mod group_bit_or;
mod group_bit_xor;
mod group_concat;
mod group_uniq_array;
mod heavy;
mod histogram;
mod hyper_log_log;
mod if_condition;
mod information_value;
mod keep;
mod kept_rows;
mod key_wise;
mod kolmogorov_smirnov;
mod lag;
mod lag_in_frame;
mod largest_triangle;
mod lead;
mod lead_in_frame;
mod levels;
mod map_combinator;
mod matrices;
mod max;
mod max_map;
mod mean_tests;
mod merge;
mod min;
mod min_map;
mod moments;
mod nth_value;
mod ntile;
mod nulls;
mod offset;
mod or_default;
mod or_null;
mod overflowing;
mod parts;
mod per_group;
mod percent_rank;
mod quantile;
mod quantile_exact;
mod quantile_kinds;
mod quantiles;
mod quantiles_exact;
mod rank;
mod refused;
mod registry;
mod regression;
mod resample;
mod reservoir;
mod respecting_nulls;
mod retention;
mod row_number;
mod samples;
mod sequence;
mod sequence_next_node;
mod sequence_pattern;
mod simple_state;
mod single_value;
mod slots;
mod smoothed;
mod space_saving;
mod sparkbar;
mod spread;
mod stable;
mod state;
mod stddev_pop;
mod stddev_samp;
mod sum;
mod sum_map;
mod sums;
mod t_digest;
#[cfg(test)]
mod tests;
mod thinned;
mod timing;
mod top_k;
mod top_k_weighted;
mod two_samples;
mod udaf;
mod uniq;
mod uniq_estimates;
mod uniq_exact;
mod var_pop;
mod var_samp;
mod weighted;
mod window;
mod window_funnel;
pub mod wire;

pub(crate) use call::parameter_of;
pub use call::{Call, Parameter};
pub(crate) use keep::{is_narrow, stored_ints};
pub use per_group::{PerGroup, State};
pub use registry::{Aggregates, bind};
pub(crate) use udaf::result_of;
pub use udaf::udaf;
pub use window::{Partition, Window, find_window, windows};

use std::fmt::Debug;
use std::sync::Arc;

use arrow::array::{ArrayRef, BooleanArray};
use kinglet_types::{AggregateType, ChType, Result};

use crate::function::Spec;

/// A family of aggregate functions: a name that is bound to parameters and argument types.
pub trait Aggregate: Send + Sync {
    /// Name, documentation and examples.
    fn spec(&self) -> &'static Spec;

    /// The aggregate for these parameters and argument types.
    ///
    /// # Errors
    /// When ClickHouse refuses their number (42) or types (43), or a parameter.
    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>>;

    /// What NULL arguments do.
    fn nulls(&self) -> Nulls {
        Nulls::Skip
    }

    /// What is answered with [`Nulls::Skip`] where every row held a NULL.
    fn empty(&self) -> Empty {
        Empty::Null
    }
}

/// What an aggregate does with NULL arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nulls {
    /// Rows with a NULL in any argument are left out.
    Skip,
    /// The aggregate sees `Nullable` types and NULL values.
    Own,
}

/// The answer of a NULL-skipping aggregate of a Nullable argument when no row is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Empty {
    /// NULL; the result's type is Nullable. `sum`, `max`, `avg`, most.
    Null,
    /// The answer over no rows; the type is as for plain arguments. `count`, `uniq`, ..
    /// ClickHouse's `returns_default_when_only_null`.
    Default,
    /// The same, and states do not start with a byte that says whether a row was added. `groupArray`, ..
    Plain,
}

/// An aggregate for given parameters and argument types.
pub trait Bound: Debug + Send + Sync {
    /// Type of the answer.
    fn result_type(&self) -> ChType;

    /// Fresh states, of no group yet.
    fn groups(&self) -> Box<dyn Groups>;

    /// The type `-State` answers, where it is not the aggregate's own name and argument types
    /// (`-Merge` and `-State` themselves hand through what they wrap).
    fn state_type(&self) -> Option<Arc<AggregateType>> {
        None
    }
}

/// The states of all groups of one aggregation.
pub trait Groups: Send + Sync {
    /// Adds rows to their groups. Groups up to `rows.total` exist afterwards.
    ///
    /// # Errors
    /// When a value cannot be aggregated.
    fn update(&mut self, rows: &Rows<'_>) -> Result<()>;

    /// Merges states (`rows.columns` is one BinaryView of states in ClickHouse's bytes) into groups.
    ///
    /// # Errors
    /// 33 or 117 when the bytes are no state of this aggregate.
    fn merge(&mut self, rows: &Rows<'_>) -> Result<()>;

    /// Answers of the first `count` groups, which are removed; the others move up.
    ///
    /// # Errors
    /// When an answer cannot be computed.
    fn finish(&mut self, count: usize) -> Result<ArrayRef>;

    /// States of the first `count` groups as BinaryView in ClickHouse's bytes; they are removed.
    ///
    /// # Errors
    /// When a state cannot be written.
    fn states(&mut self, count: usize) -> Result<ArrayRef>;

    /// Number of bytes of the state at the front of `bytes`, which other states may follow.
    ///
    /// # Errors
    /// 33 when the bytes end too early.
    fn state_length(&self, bytes: &[u8]) -> Result<usize>;

    /// Which of the rows are aggregated, where that depends on their values: the condition of `-If`.
    ///
    /// # Errors
    /// When the columns are not laid out as bound.
    fn condition(&self, rows: &Rows<'_>) -> Result<Option<BooleanArray>> {
        let _ = rows;
        Ok(None)
    }

    /// Adds to each group what the groups before it hold, so that group n has the rows of groups 0 to n; false, and
    /// nothing done, where that is not worth its memory.
    fn accumulate(&mut self) -> bool {
        false
    }

    /// Number of groups held.
    fn len(&self) -> usize;

    /// Whether no group is held.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Bytes held, roughly.
    fn size(&self) -> usize;
}

/// Rows to add to groups.
#[derive(Clone, Copy)]
pub struct Rows<'a> {
    /// The argument columns, all of one length.
    pub columns: &'a [ArrayRef],
    /// The group of each row.
    pub groups: &'a [usize],
    /// Which rows count; all if absent. It holds no NULLs.
    pub filter: Option<&'a BooleanArray>,
    /// Number of groups there are now.
    pub total: usize,
}

impl Rows<'_> {
    /// Calls `visit` with row and group of each row that counts.
    ///
    /// # Errors
    /// The first error of `visit`.
    pub fn each(&self, mut visit: impl FnMut(usize, usize) -> Result<()>) -> Result<()> {
        match self.filter {
            None => {
                for (row, group) in self.groups.iter().enumerate() {
                    visit(row, *group)?;
                }
            }
            Some(filter) => {
                for (row, group) in self.groups.iter().enumerate() {
                    if row < filter.len() && filter.value(row) {
                        visit(row, *group)?;
                    }
                }
            }
        }
        Ok(())
    }

    /// Adds the value of each row that counts to its group's entry in `states`.
    pub(crate) fn fold<S: Copy, V: Copy>(&self, states: &mut [S], values: &[V], add: impl Fn(S, V) -> S) {
        match (self.filter, states) {
            (None, [only]) => *only = values.iter().fold(*only, |state, value| add(state, *value)),
            (None, states) => {
                for (group, value) in self.groups.iter().zip(values) {
                    if let Some(state) = states.get_mut(*group) {
                        *state = add(*state, *value);
                    }
                }
            }
            (Some(filter), states) => {
                for ((group, value), counts) in self.groups.iter().zip(values).zip(filter.values()) {
                    if counts && let Some(state) = states.get_mut(*group) {
                        *state = add(*state, *value);
                    }
                }
            }
        }
    }

    /// Adds one to the count of each row's group.
    pub(crate) fn count(&self, counts: &mut [u64]) {
        match (self.filter, counts) {
            (None, [only]) => *only = only.wrapping_add(self.groups.len() as u64),
            (Some(filter), [only]) => *only = only.wrapping_add(filter.true_count() as u64),
            (_, counts) => self.fold(counts, self.groups, |count, _| count.wrapping_add(1)),
        }
    }

    /// The argument column `at`.
    ///
    /// # Errors
    /// 49 when there is none.
    pub fn column(&self, at: usize) -> Result<&ArrayRef> {
        self.columns
            .get(at)
            .ok_or_else(|| crate::function::result::internal(format!("no aggregate argument {}", at + 1)))
    }
}

/// A suffix of aggregate names that changes what an aggregate does.
pub trait Combinator: Send + Sync {
    /// The suffix: `If`, `State`, ..
    fn suffix(&self) -> &'static str;

    /// One sentence, for documentation.
    fn summary(&self) -> &'static str;

    /// Whether it may follow itself in a name.
    fn nests(&self) -> bool {
        false
    }

    /// Whether rows with a NULL in an argument are left out before it sees them; otherwise what it wraps does that.
    fn skips_nulls(&self) -> bool {
        true
    }

    /// The combined aggregate. `inner` binds what stands left of the suffix to other argument types.
    ///
    /// # Errors
    /// When the arguments do not fit the combinator or what it wraps.
    fn bind(&self, call: &Call<'_>, inner: &Inner<'_>) -> Result<Arc<dyn Bound>>;
}

/// Binds the aggregate a combinator wraps, for a changed [`Call`].
pub type Inner<'a> = dyn Fn(&Call<'_>) -> Result<Arc<dyn Bound>> + 'a;
