//! Which changes of a column's type keep every value.

use kinglet_types::ChType;

/// Passes when every value of `from` is one of `to`.
///
/// # Errors
/// Why not, in Tinybird's words.
pub(super) fn check(from: &ChType, to: &ChType) -> Result<(), String> {
    if fits(from, to) {
        return Ok(());
    }
    match (from.bare(), to.bare()) {
        (ChType::AggregateFunction(old), ChType::AggregateFunction(new)) if old.function != new.function => {
            Err(format!("Incompatible aggregate functions: {} vs {}", old.function, new.function))
        }
        (ChType::AggregateFunction(old), ChType::AggregateFunction(new)) => {
            let pair = old.arguments.iter().zip(new.arguments.iter()).enumerate().find(|(_, (a, b))| a != b);
            Err(match pair {
                Some((at, (a, b))) => format!("Different #{at} argument: {a} vs {b}"),
                None => wont_fit(from, to),
            })
        }
        (old, ChType::String) if !old.is_text() => {
            Err("Automatic casting to String is disallowed".to_owned())
        }
        _ => Err(wont_fit(from, to)),
    }
}

fn wont_fit(from: &ChType, to: &ChType) -> String {
    format!("{from} might contain values that won't fit inside a column of type {to}")
}

fn fits(from: &ChType, to: &ChType) -> bool {
    use ChType as T;
    if from == to {
        return true;
    }
    match (from, to) {
        (T::LowCardinality(inner), _) => fits(inner, to),
        (_, T::LowCardinality(inner)) => fits(from, inner),
        (T::SimpleAggregateFunction(function), _) => {
            function.arguments.first().is_some_and(|inner| fits(inner, to))
        }
        (_, T::SimpleAggregateFunction(function)) => {
            function.arguments.first().is_some_and(|inner| fits(from, inner))
        }
        (T::Nullable(from), T::Nullable(to)) | (T::Array(from), T::Array(to)) => fits(from, to),
        (T::Nullable(_), _) => false,
        (_, T::Nullable(inner)) => fits(from, inner),
        (T::Bool, T::UInt8)
        | (T::UInt8, T::Bool)
        | (T::Float32, T::Float64)
        | (T::FixedString(_), T::String) => true,
        (T::Enum8(_) | T::Enum16(_), T::String) => true,
        (T::Date, T::Date32 | T::DateTime(_)) => true,
        (T::DateTime(_), T::DateTime(_) | T::DateTime64(..)) => true,
        (T::DateTime64(old, _), T::DateTime64(new, _)) => new >= old,
        (T::Decimal(p, s), T::Decimal(q, t)) => t >= s && q.saturating_sub(*t) >= p.saturating_sub(*s),
        (T::Tuple(old), T::Tuple(new)) => {
            old.len() == new.len() && old.iter().zip(new.iter()).all(|(old, new)| fits(&old.1, &new.1))
        }
        (T::Map(k, v), T::Map(l, w)) => fits(k, l) && fits(v, w),
        (T::AggregateFunction(old), T::AggregateFunction(new)) => {
            let pairs = old.arguments.iter().zip(new.arguments.iter());
            old.function == new.function
                && old.parameters == new.parameters
                && pairs.into_iter().all(|(old, new)| unwrapped(old) == unwrapped(new))
        }
        _ => match (width(from), width(to)) {
            (Some((false, old)), Some((true, new))) => new > old,
            (Some((true, _)), Some((false, _))) => false,
            (Some((_, old)), Some((_, new))) => new >= old,
            _ => false,
        },
    }
}

/// Without hints of storage.
fn unwrapped(ty: &ChType) -> &ChType {
    match ty {
        ChType::LowCardinality(inner) => inner,
        other => other,
    }
}

/// Sign and bits of an integer type.
fn width(ty: &ChType) -> Option<(bool, u16)> {
    use ChType as T;
    Some(match ty {
        T::UInt8 => (false, 8),
        T::UInt16 => (false, 16),
        T::UInt32 => (false, 32),
        T::UInt64 => (false, 64),
        T::UInt128 => (false, 128),
        T::UInt256 => (false, 256),
        T::Int8 => (true, 8),
        T::Int16 => (true, 16),
        T::Int32 => (true, 32),
        T::Int64 => (true, 64),
        T::Int128 => (true, 128),
        T::Int256 => (true, 256),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(from: &str, to: &str) -> Result<(), String> {
        check(&ChType::parse(from).unwrap(), &ChType::parse(to).unwrap())
    }

    #[test]
    fn what_keeps_every_value_is_allowed() {
        for pair in [
            "Int8 -> Int64",
            "UInt8 -> UInt64",
            "UInt8 -> Int16",
            "Float32 -> Float64",
            "Int32 -> Nullable(Int32)",
            "String -> LowCardinality(String)",
            "LowCardinality(String) -> String",
            "LowCardinality(String) -> LowCardinality(Nullable(String))",
            "FixedString(3) -> String",
            "Enum8('a' = 1) -> String",
            "Date -> DateTime",
            "Date -> Date32",
            "DateTime -> DateTime64(3)",
            "DateTime64(3) -> DateTime64(6)",
            "DateTime('UTC') -> DateTime('Europe/Madrid')",
            "Bool -> UInt8",
            "UInt8 -> Bool",
            "Decimal(10, 2) -> Decimal(12, 2)",
            "Array(Int32) -> Array(Int64)",
            "Tuple(Int8, String) -> Tuple(Int16, String)",
            "SimpleAggregateFunction(sum, Int64) -> Int64",
            "Int64 -> SimpleAggregateFunction(sum, Int64)",
            "AggregateFunction(count, UInt64) -> AggregateFunction(count)",
            "AggregateFunction(uniq, LowCardinality(String)) -> AggregateFunction(uniq, String)",
        ] {
            let (from, to) = pair.split_once(" -> ").unwrap();
            assert_eq!(verdict(from, to), Ok(()), "{pair}");
        }
    }

    #[test]
    fn what_may_lose_values_is_refused_with_a_reason() {
        let fits = |from: &str, to: &str| {
            format!("{from} might contain values that won't fit inside a column of type {to}")
        };
        for (from, to, expected) in [
            ("Int64", "Int32", fits("Int64", "Int32")),
            ("UInt8", "Int8", fits("UInt8", "Int8")),
            ("Float64", "Float32", fits("Float64", "Float32")),
            ("Nullable(Int32)", "Int32", fits("Nullable(Int32)", "Int32")),
            ("DateTime", "Date", fits("DateTime", "Date")),
            ("UInt32", "DateTime", fits("UInt32", "DateTime")),
            ("Map(String, String)", "Map(String, Int32)", fits("Map(String, String)", "Map(String, Int32)")),
            ("Int32", "String", "Automatic casting to String is disallowed".to_owned()),
            (
                "AggregateFunction(sum, UInt64)",
                "AggregateFunction(sum, UInt32)",
                "Different #0 argument: UInt64 vs UInt32".to_owned(),
            ),
            (
                "AggregateFunction(uniq, String)",
                "AggregateFunction(uniqExact, String)",
                "Incompatible aggregate functions: uniq vs uniqExact".to_owned(),
            ),
        ] {
            assert_eq!(verdict(from, to), Err(expected));
        }
    }
}
