//! What ClickHouse demands of types that a grammar cannot say: aggregate functions and wrappers.

use kinglet_types::{AggregateType, ChType};

/// Functions whose states may be kept as plain values.
const SIMPLE: [&str; 18] = [
    "any",
    "anyLast",
    "min",
    "max",
    "sum",
    "sumWithOverflow",
    "groupBitAnd",
    "groupBitOr",
    "groupBitXor",
    "sumMap",
    "minMap",
    "maxMap",
    "groupArrayArray",
    "groupArrayLastArray",
    "groupUniqArrayArray",
    "sumMappedArrays",
    "minMappedArrays",
    "maxMappedArrays",
];

const COMBINATORS: [&str; 15] = [
    "SimpleState",
    "OrDefault",
    "Distinct",
    "Resample",
    "ForEach",
    "ArgMax",
    "ArgMin",
    "OrNull",
    "Tuple",
    "Merge",
    "State",
    "Array",
    "Null",
    "Map",
    "If",
];

/// Why a well-formed type cannot be a column's, if so.
pub(super) fn objection(ty: &ChType) -> Option<String> {
    match ty {
        ChType::AggregateFunction(state) => unknown(state).or_else(|| {
            let empty = state.arguments.is_empty() && !matches!(&*state.function, "count" | "nothing");
            let message = "Incorrect number of arguments for aggregate function";
            empty.then(|| format!("Error parsing type: {message} {}", state.function))
        }),
        ChType::SimpleAggregateFunction(state) => unknown(state).or_else(|| not_simple(state)),
        ChType::LowCardinality(inner) if !fits_dictionary(inner) => Some(format!(
            "Error parsing type: LowCardinality is supported only for numbers, strings, Date or DateTime, but got {inner}"
        )),
        ChType::Array(inner) | ChType::Nullable(inner) | ChType::LowCardinality(inner) => objection(inner),
        ChType::Map(key, _) if matches!(**key, ChType::Nullable(_)) => {
            Some(format!("Error parsing type: Map cannot have a key of type {key}"))
        }
        ChType::Map(key, value) => objection(key).or_else(|| objection(value)),
        _ => None,
    }
}

fn fits_dictionary(inner: &ChType) -> bool {
    let bare = match inner {
        ChType::Nullable(inner) => inner,
        other => other,
    };
    let number = bare.is_number() && !bare.is_decimal();
    let other =
        matches!(bare, ChType::Bool | ChType::Uuid | ChType::Ipv4 | ChType::Ipv6 | ChType::DateTime(_));
    let twice = matches!(bare, ChType::LowCardinality(_));
    !twice && (number || bare.is_text() || bare.is_date() || other)
}

fn unknown(state: &AggregateType) -> Option<String> {
    (!is_function(&state.function, COMBINATORS.len()))
        .then(|| format!("Error parsing type: Unknown aggregate function {}", state.function))
}

/// Whether a name is an aggregate function, with at most `combinators` combinators behind it.
fn is_function(name: &str, combinators: usize) -> bool {
    let known = |word: &str| {
        let mut names = include_str!("aggregate_functions.txt").lines();
        names.any(|known| known.eq_ignore_ascii_case(word))
    };
    known(name)
        || (combinators > 0
            && COMBINATORS.iter().any(|combinator| {
                name.strip_suffix(combinator)
                    .is_some_and(|rest| !rest.is_empty() && is_function(rest, combinators - 1))
            }))
}

fn not_simple(state: &AggregateType) -> Option<String> {
    let function = &*state.function;
    if !SIMPLE.contains(&function) {
        return Some(format!(
            "Error parsing type: Unsupported aggregate function {function}, supported functions are {}",
            SIMPLE.join(",")
        ));
    }
    let [argument] = &*state.arguments else { return None };
    let wide = if function == "sum" { sum_of(argument)? } else { return None };
    (wide != *argument.bare()).then(|| {
        format!(
            "Incompatible data types between aggregate function '{function}' which returns {wide} and column storage \
             type {argument}"
        )
    })
}

/// The type of a sum of numbers, where it is wider than the numbers may be.
fn sum_of(argument: &ChType) -> Option<ChType> {
    let bare = argument.bare();
    match bare {
        ChType::Float32 => Some(ChType::Float64),
        ChType::Decimal(precision, scale) if *precision < 38 => Some(ChType::Decimal(38, *scale)),
        _ => {
            bare.integer_bits().filter(|(bits, _)| *bits < 64).map(|(_, signed)| ChType::integer(64, signed))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> bool {
        ChType::parse(text).map_or(true, |ty| objection(&ty).is_some())
    }

    #[test]
    fn states() {
        assert!(!refused("AggregateFunction(count)"));
        assert!(!refused("AggregateFunction(quantilesIf(0.5), Float64, UInt8)"));
        assert!(!refused("AggregateFunction(uniqStateArrayIf, Array(String), UInt8)"));
        assert!(refused("AggregateFunction(uniq)"));
        assert!(refused("AggregateFunction(medianish, Float64)"));
        assert!(refused("Array(SimpleAggregateFunction(avg, Float64))"));
        assert!(refused("SimpleAggregateFunction(sum, UInt16)"));
        assert!(!refused("SimpleAggregateFunction(sum, Nullable(Int64))"));
        assert!(refused("SimpleAggregateFunction(sum, Decimal(18, 2))"));
        assert!(refused("LowCardinality(Array(String))"));
        assert!(refused("LowCardinality(Decimal(9, 2))"));
        assert!(!refused("LowCardinality(Nullable(String))"));
    }
}
