//! The further kinds of quantiles: a table of them, each with its form for one level and for several.

use super::exact_quantile::{self, Rule};
use super::family::Member;
use super::{frequencies, t_digest, thinned, timing};
use crate::function::{Example, Spec};

const QUANTILE: Spec = Spec {
    category: "aggregate",
    arguments: &[("number", "Number, Date or DateTime")],
    returns: "A number, or an array of one per level.",
    ..Spec::EMPTY
};

/// Two aggregates and the `median` of one: name, alias, name of several, arguments, what it is, binding, answers to
/// level 0.5 over `numbers(11)` of one and of several.
macro_rules! kind {
    ($one:literal, $median:literal, $many:literal, $arguments:literal, $summary:literal, $bind:expr,
     $example:literal = $value:literal) => {
        [
            Member::new(
                &Spec {
                    name: $one,
                    aliases: &[$median],
                    syntax: concat!($one, "(level)", $arguments),
                    summary: $summary,
                    examples: &[Example {
                        sql: concat!("SELECT ", $one, "(0.5)", $example, " FROM numbers(11)"),
                        answer: $value,
                    }],
                    ..QUANTILE
                },
                |call| $bind(call, false),
            ),
            Member::new(
                &Spec {
                    name: $many,
                    syntax: concat!($many, "(level, ..)", $arguments),
                    summary: $summary,
                    examples: &[Example {
                        sql: concat!("SELECT ", $many, "(0.5, 0.5)", $example, " FROM numbers(11)"),
                        answer: concat!("[", $value, ",", $value, "]"),
                    }],
                    ..QUANTILE
                },
                |call| $bind(call, true),
            ),
        ]
    };
}

pub(super) static EXACT_LOW: &[Member] = &kind!(
    "quantileExactLow",
    "medianExactLow",
    "quantilesExactLow",
    "(number)",
    "The value at that share of the sorted values; of two in the middle the lower.",
    |call, several| exact_quantile::bind(call, several, Rule::Low),
    "(number)" = "5"
);

pub(super) static EXACT_HIGH: &[Member] = &kind!(
    "quantileExactHigh",
    "medianExactHigh",
    "quantilesExactHigh",
    "(number)",
    "The value at that share of the sorted values; of two in the middle the higher.",
    |call, several| exact_quantile::bind(call, several, Rule::Exact),
    "(number)" = "5"
);

pub(super) static EXACT_INCLUSIVE: &[Member] = &kind!(
    "quantileExactInclusive",
    "medianExactInclusive",
    "quantilesExactInclusive",
    "(number)",
    "Interpolated between the sorted values, as PERCENTILE.INC of spreadsheets.",
    |call, several| exact_quantile::bind(call, several, Rule::Inclusive),
    "(number)" = "5"
);

pub(super) static EXACT_EXCLUSIVE: &[Member] = &kind!(
    "quantileExactExclusive",
    "medianExactExclusive",
    "quantilesExactExclusive",
    "(number)",
    "Interpolated between the sorted values, as PERCENTILE.EXC of spreadsheets.",
    |call, several| exact_quantile::bind(call, several, Rule::Exclusive),
    "(number)" = "5"
);

pub(super) static EXACT_WEIGHTED: &[Member] = &kind!(
    "quantileExactWeighted",
    "medianExactWeighted",
    "quantilesExactWeighted",
    "(number, weight)",
    "The value at that share of the sorted values, each counted as often as its weight says.",
    |call, several| frequencies::bind(call, several, frequencies::Rule::Exact),
    "(number, 1)" = "5"
);

pub(super) static EXACT_WEIGHTED_INTERPOLATED: &[Member] = &kind!(
    "quantileExactWeightedInterpolated",
    "medianExactWeightedInterpolated",
    "quantilesExactWeightedInterpolated",
    "(number, weight)",
    "Interpolated between the sorted values, each counted as often as its weight says.",
    |call, several| frequencies::bind(call, several, frequencies::Rule::ExactInterpolated),
    "(number, 1)" = "5"
);

pub(super) static INTERPOLATED_WEIGHTED: &[Member] = &kind!(
    "quantileInterpolatedWeighted",
    "medianInterpolatedWeighted",
    "quantilesInterpolatedWeighted",
    "(number, weight)",
    "Interpolated between the middles of the sorted values' weights.",
    |call, several| frequencies::bind(call, several, frequencies::Rule::Interpolated),
    "(number, 1)" = "5"
);

pub(super) static BFLOAT16: &[Member] = &kind!(
    "quantileBFloat16",
    "medianBFloat16",
    "quantilesBFloat16",
    "(number)",
    "The value at that share, all values cut to the 8 leading bits of a BFloat16.",
    |call, several| frequencies::bind(call, several, frequencies::Rule::BFloat16),
    "(number)" = "5"
);

pub(super) static BFLOAT16_WEIGHTED: &[Member] = &kind!(
    "quantileBFloat16Weighted",
    "medianBFloat16Weighted",
    "quantilesBFloat16Weighted",
    "(number, weight)",
    "The value at that share with weights, all values cut to the 8 leading bits of a BFloat16.",
    |call, several| frequencies::bind(call, several, frequencies::Rule::BFloat16Weighted),
    "(number, 1)" = "5"
);

pub(super) static T_DIGEST: &[Member] = &kind!(
    "quantileTDigest",
    "medianTDigest",
    "quantilesTDigest",
    "(number)",
    "An approximation by the t-digest, good at the ends.",
    |call, several| t_digest::bind(call, several, false),
    "(number)" = "5"
);

pub(super) static T_DIGEST_WEIGHTED: &[Member] = &kind!(
    "quantileTDigestWeighted",
    "medianTDigestWeighted",
    "quantilesTDigestWeighted",
    "(number, weight)",
    "An approximation by the t-digest, each value counted as often as its weight says.",
    |call, several| t_digest::bind(call, several, true),
    "(number, 1)" = "5"
);

pub(super) static DETERMINISTIC: &[Member] = &kind!(
    "quantileDeterministic",
    "medianDeterministic",
    "quantilesDeterministic",
    "(number, determinator)",
    "Interpolated in a sample that is chosen by a hash of the second argument.",
    |call, several| thinned::bind(call, several),
    "(number, number)" = "5"
);

pub(super) static TIMING: &[Member] = &kind!(
    "quantileTiming",
    "medianTiming",
    "quantilesTiming",
    "(milliseconds)",
    "The value at that share, for times of loading: whole milliseconds up to 1,024, sixteenths up to 30,000, no more.",
    |call, several| timing::bind(call, several, false),
    "(number)" = "5"
);

pub(super) static TIMING_WEIGHTED: &[Member] = &kind!(
    "quantileTimingWeighted",
    "medianTimingWeighted",
    "quantilesTimingWeighted",
    "(milliseconds, weight)",
    "As quantileTiming, each value counted as often as its weight says.",
    |call, several| timing::bind(call, several, true),
    "(number, 1)" = "5"
);
