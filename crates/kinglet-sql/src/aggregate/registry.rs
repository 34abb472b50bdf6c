//! All aggregates, combinators: one line each. And binding a name to them.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::family::Member;
use super::nulls::SkipNulls;
use super::{Aggregate, Bound, Call, Combinator, Empty, Nulls};
use crate::function::Case;

/// Add an aggregate here, in alphabetical order of the files.
static AGGREGATES: &[&dyn Aggregate] = &[
    &super::any::Any,
    &super::any_last::AnyLast,
    &super::arg_max::ArgMax,
    &super::arg_min::ArgMin,
    &super::avg::Avg,
    &super::corr::Corr,
    &super::count::Count,
    &super::covar_pop::CovarPop,
    &super::covar_samp::CovarSamp,
    &super::distinct_dynamic_types::DistinctDynamicTypes,
    &super::distinct_json_paths::DistinctJsonPaths,
    &super::distinct_json_paths_and_types::DistinctJsonPathsAndTypes,
    &super::group_array::GroupArray,
    &super::group_array_sample::GroupArraySample,
    &super::group_array_sorted::GroupArraySorted,
    &super::group_bit_and::GroupBitAnd,
    &super::group_bit_or::GroupBitOr,
    &super::group_bit_xor::GroupBitXor,
    &super::group_concat::GroupConcat,
    &super::group_uniq_array::GroupUniqArray,
    &super::histogram::Histogram,
    &super::information_value::InformationValue,
    &super::kolmogorov_smirnov::KolmogorovSmirnov,
    &super::largest_triangle::LargestTriangle,
    &super::max::Max,
    &super::max_map::MaxMap,
    &super::min::Min,
    &super::min_map::MinMap,
    &super::quantile::Quantile,
    &super::quantile_exact::QuantileExact,
    &super::quantiles::Quantiles,
    &super::quantiles_exact::QuantilesExact,
    &super::respecting_nulls::FirstRespectingNulls,
    &super::respecting_nulls::LastRespectingNulls,
    &super::retention::Retention,
    &super::sequence::SequenceCount,
    &super::sequence::SequenceMatch,
    &super::sequence::SequenceMatchEvents,
    &super::sequence_next_node::SequenceNextNode,
    &super::sparkbar::Sparkbar,
    &super::stddev_pop::StddevPop,
    &super::stddev_samp::StddevSamp,
    &super::sum::Sum,
    &super::sum_map::SumMap,
    &super::top_k::TopK,
    &super::top_k_weighted::TopKWeighted,
    &super::uniq::Uniq,
    &super::uniq_exact::UniqExact,
    &super::var_pop::VarPop,
    &super::var_samp::VarSamp,
    &super::window_funnel::WindowFunnel,
];

/// Families of aggregates that differ in little. Add a family here, in alphabetical order of the files.
static FAMILIES: &[&[Member]] = &[
    super::approx_top::MEMBERS,
    super::arg_and::MEMBERS,
    super::association::MEMBERS,
    super::bitmaps::MEMBERS,
    super::dd_sketch::MEMBERS,
    super::delta_sum::MEMBERS,
    super::entropy::MEMBERS,
    super::gathered::MEMBERS,
    super::gk_summary::MEMBERS,
    super::heavy::MEMBERS,
    super::matrices::MEMBERS,
    super::mean_tests::MEMBERS,
    super::moments::MEMBERS,
    super::overflowing::MEMBERS,
    super::quantile_kinds::EXACT_LOW,
    super::quantile_kinds::EXACT_HIGH,
    super::quantile_kinds::EXACT_INCLUSIVE,
    super::quantile_kinds::EXACT_EXCLUSIVE,
    super::quantile_kinds::EXACT_WEIGHTED,
    super::quantile_kinds::EXACT_WEIGHTED_INTERPOLATED,
    super::quantile_kinds::INTERPOLATED_WEIGHTED,
    super::quantile_kinds::BFLOAT16,
    super::quantile_kinds::BFLOAT16_WEIGHTED,
    super::quantile_kinds::T_DIGEST,
    super::quantile_kinds::T_DIGEST_WEIGHTED,
    super::quantile_kinds::DETERMINISTIC,
    super::quantile_kinds::TIMING,
    super::quantile_kinds::TIMING_WEIGHTED,
    super::regression::MEMBERS,
    super::samples::MEMBERS,
    super::smoothed::MEMBERS,
    super::stable::MEMBERS,
    super::sum_map::MEMBERS,
    super::uniq_estimates::MEMBERS,
    super::weighted::MEMBERS,
];

/// Add a combinator here. Where one suffix ends in another, the longer comes first.
static COMBINATORS: &[&dyn Combinator] = &[
    &super::arg_combinator::ArgExtreme(false),
    &super::arg_combinator::ArgExtreme(true),
    &super::array_elements::ArrayElements,
    &super::distinct::Distinct,
    &super::for_each::ForEach,
    &super::if_condition::If,
    &super::map_combinator::OfMap,
    &super::merge::Merge,
    &super::or_default::OrDefault,
    &super::or_null::OrNull,
    &super::resample::Resample,
    &super::simple_state::SimpleState,
    &super::state::StateOf,
];

/// What RESPECT NULLS puts behind a name.
const RESPECTING: &str = "_respect_nulls";

/// The table of aggregates.
pub struct Aggregates {
    all: Vec<&'static dyn Aggregate>,
    exact: HashMap<&'static str, &'static dyn Aggregate>,
    folded: HashMap<String, &'static dyn Aggregate>,
}

impl Aggregates {
    /// The table, built at first use.
    pub fn get() -> &'static Self {
        static TABLE: OnceLock<Aggregates> = OnceLock::new();
        TABLE.get_or_init(|| {
            let families = FAMILIES.iter().copied().flatten().map(|member| member as &dyn Aggregate);
            let all: Vec<_> = AGGREGATES.iter().copied().chain(families).collect();
            let mut table = Self { all, exact: HashMap::new(), folded: HashMap::new() };
            for aggregate in &table.all {
                let spec = aggregate.spec();
                for name in spec.aliases.iter().copied().chain([spec.name]) {
                    table.exact.insert(name, *aggregate);
                    if spec.case == Case::Insensitive {
                        table.folded.insert(name.to_ascii_lowercase(), *aggregate);
                    }
                }
            }
            table
        })
    }

    /// All aggregates.
    pub fn all(&self) -> &[&'static dyn Aggregate] {
        &self.all
    }

    /// All combinators.
    pub fn combinators(&self) -> &'static [&'static dyn Combinator] {
        COMBINATORS
    }

    /// The aggregate of a name without combinators.
    pub fn find(&self, name: &str) -> Option<&'static dyn Aggregate> {
        self.exact.get(name).or_else(|| self.folded.get(&name.to_ascii_lowercase())).copied()
    }

    /// Whether a name is that of an aggregate, combinators included.
    pub fn contains(&self, name: &str) -> bool {
        self.canonical(name).is_some()
    }

    /// The name as ClickHouse writes it in types of states: `COUNTState` is `countState`, `median` is `quantile`.
    pub fn canonical(&self, name: &str) -> Option<String> {
        if name.eq_ignore_ascii_case("array_concat_agg") {
            return self.canonical("groupArrayArray");
        }
        // RESPECT NULLS is said of the aggregate, not of what is combined with it.
        if let Some(rest) = name.strip_suffix(RESPECTING)
            && self.find(name).is_none()
            && let Some((rest, combinator)) = split(rest)
        {
            return Some(format!(
                "{}{}",
                self.canonical(&format!("{rest}{RESPECTING}"))?,
                combinator.suffix()
            ));
        }
        if let Some(found) = self.find(name) {
            return Some(found.spec().name.to_owned());
        }
        let (rest, combinator) = split(name)?;
        Some(format!("{}{}", self.canonical(rest)?, combinator.suffix()))
    }
}

/// The name without its last combinator, and that combinator.
fn split(name: &str) -> Option<(&str, &'static dyn Combinator)> {
    COMBINATORS.iter().find_map(|combinator| {
        let rest = name.strip_suffix(combinator.suffix())?;
        (!rest.is_empty()).then_some((rest, *combinator))
    })
}

/// Binds a call: takes combinators off the name from the right and wraps the aggregate in them.
/// Argument types may hold LowCardinality, which is taken off here.
///
/// # Errors
/// 46 for a name that is no aggregate; otherwise what aggregate and combinators refuse.
pub fn bind(call: &Call<'_>) -> Result<Arc<dyn Bound>> {
    let name = Aggregates::get().canonical(call.name).ok_or_else(|| {
        SqlError::new(
            ErrorCode::UNKNOWN_AGGREGATE_FUNCTION,
            format!("Unknown aggregate function {}", call.name),
        )
    })?;
    let types: Vec<ChType> = call.types.iter().map(|ty| ty.without_low_cardinality().clone()).collect();
    bind_canonical(&Call { name: &name, types: &types, ..*call }, &name)
}

/// `base` is what of the name is still to be bound; `call.name` is what errors and state types say.
fn bind_canonical(call: &Call<'_>, base: &str) -> Result<Arc<dyn Bound>> {
    if let Some(aggregate) = Aggregates::get().find(base) {
        return bind_base(call, aggregate);
    }
    let Some((rest, combinator)) = split(base) else {
        let message = format!("Unknown aggregate function {base}");
        return Err(SqlError::new(ErrorCode::UNKNOWN_AGGREGATE_FUNCTION, message));
    };
    if let Some((_, before)) = Aggregates::get().find(rest).is_none().then(|| split(rest)).flatten()
        && before.suffix() == combinator.suffix()
        && !combinator.nests()
    {
        let message = format!("Nested identical combinator '{}' is not supported.", combinator.suffix());
        let code = ErrorCode::from_name("ILLEGAL_AGGREGATION").unwrap_or(ErrorCode::BAD_ARGUMENTS);
        return Err(SqlError::new(code, message));
    }
    let bind = |call: &Call<'_>| {
        combinator.bind(&Call { name: base, ..*call }, &|inner| {
            bind_canonical(&Call { name: rest, ..*inner }, rest)
        })
    };
    match innermost(rest) {
        Some(aggregate) if combinator.skips_nulls() && aggregate.nulls() == Nulls::Skip => {
            without_nulls(call, aggregate.empty(), bind)
        }
        _ => bind(call),
    }
}

/// The aggregate of a name with combinators.
fn innermost(name: &str) -> Option<&'static dyn Aggregate> {
    Aggregates::get().find(name).or_else(|| innermost(split(name)?.0))
}

fn bind_base(call: &Call<'_>, aggregate: &'static dyn Aggregate) -> Result<Arc<dyn Bound>> {
    match aggregate.nulls() {
        Nulls::Own => aggregate.bind(call),
        Nulls::Skip => without_nulls(call, aggregate.empty(), |call| aggregate.bind(call)),
    }
}

/// Binds to the types without Nullable; rows with a NULL are left out where one of them is.
fn without_nulls(
    call: &Call<'_>,
    empty: Empty,
    bind: impl Fn(&Call<'_>) -> Result<Arc<dyn Bound>>,
) -> Result<Arc<dyn Bound>> {
    if !call.types.iter().any(|ty| ty.is_nullable() && !ty.is_tagged()) {
        return bind(call);
    }
    let types: Vec<ChType> = call
        .types
        .iter()
        .map(|ty| match ty {
            ChType::Nullable(inner) => inner.as_ref().clone(),
            other => other.clone(),
        })
        .collect();
    let inner = bind(&Call { types: &types, ..*call })?;
    Ok(Arc::new(SkipNulls { inner, empty }))
}
