//! The type several values have in common, as `if`, arrays, UNION and IN need it.

use std::sync::Arc;

use crate::ChType;

/// The least type every one of `types` converts to without loss, as ClickHouse computes it.
/// `None` when there is none (a number and a text, UInt64 and Int64, ..). No types give `Nothing`.
pub fn supertype(types: &[ChType]) -> Option<ChType> {
    let first = types.first().unwrap_or(&ChType::Nothing);
    if types.iter().all(|ty| ty == first) {
        return Some(first.clone());
    }
    if types.iter().all(|ty| matches!(ty, ChType::LowCardinality(_))) {
        let inner: Vec<ChType> = types.iter().map(|ty| ty.without_low_cardinality().clone()).collect();
        return supertype(&inner).map(|ty| ChType::LowCardinality(Arc::new(ty)));
    }
    if let Some(dynamic) = types.iter().find(|ty| matches!(ty, ChType::Dynamic(_))) {
        return Some(dynamic.clone());
    }
    let nullable = types.iter().any(|ty| matches!(ty.without_low_cardinality(), ChType::Nullable(_)));
    let bare: Vec<ChType> =
        types.iter().map(|ty| ty.bare().clone()).filter(|ty| *ty != ChType::Nothing).collect();
    let Some(head) = bare.first() else {
        return Some(ChType::Nothing.nullable_if(nullable));
    };
    let common = if bare.iter().all(|ty| ty == head) { Some(head.clone()) } else { of_bare(&bare) };
    common
        .and_then(|ty| if nullable && !ty.can_be_nullable() { None } else { Some(ty.nullable_if(nullable)) })
}

/// [`supertype`], or where there is none the `Variant` of all the types.
pub fn or_variant(types: &[ChType]) -> ChType {
    supertype(types).unwrap_or_else(|| {
        let mut alternatives: Vec<ChType> = Vec::new();
        for ty in types {
            match ty {
                ChType::Variant(inner) => alternatives.extend(inner.iter().cloned()),
                other if other.bare() == &ChType::Nothing => {}
                other => alternatives.push(match other.without_low_cardinality() {
                    ChType::Nullable(inner) => inner.as_ref().clone(),
                    _ => other.clone(),
                }),
            }
        }
        alternatives.sort_by_key(ToString::to_string);
        alternatives.dedup();
        ChType::Variant(alternatives.into())
    })
}

fn of_bare(types: &[ChType]) -> Option<ChType> {
    let all = |test: fn(&ChType) -> bool| types.iter().all(test);
    let head = types.first()?;
    match head {
        _ if all(ChType::is_number) => numbers(types),
        _ if all(|ty| ty.is_text() || ty.enum_values().is_some()) => {
            types.iter().any(ChType::is_text).then_some(ChType::String)
        }
        _ if all(|ty| ty.is_date() || ty.is_date_time()) => dates(types),
        ChType::Array(_) => {
            let inner: Option<Vec<ChType>> = types.iter().map(ChType::element).collect();
            supertype(&inner?).map(ChType::array)
        }
        ChType::Tuple(elements) => tuples(types, elements.len()),
        ChType::Map(..) => maps(types),
        ChType::Json(_) if all(|ty| matches!(ty, ChType::Json(_))) => Some(ChType::json()),
        _ => None,
    }
}

fn tuples(types: &[ChType], len: usize) -> Option<ChType> {
    let all: Option<Vec<_>> = types
        .iter()
        .map(|ty| match ty {
            ChType::Tuple(elements) if elements.len() == len => Some(elements),
            _ => None,
        })
        .collect();
    let all = all?;
    let mut out = Vec::with_capacity(len);
    for at in 0..len {
        let column: Vec<ChType> = all.iter().filter_map(|e| e.get(at)).map(|(_, ty)| ty.clone()).collect();
        let label = all.first()?.get(at)?.0.clone();
        let same = all.iter().all(|e| e.get(at).is_some_and(|(other, _)| *other == label));
        out.push((if same { label } else { None }, supertype(&column)?));
    }
    Some(ChType::Tuple(out.into()))
}

fn maps(types: &[ChType]) -> Option<ChType> {
    let mut keys = Vec::new();
    let mut values = Vec::new();
    for ty in types {
        let ChType::Map(key, value) = ty else { return None };
        keys.push(key.as_ref().clone());
        values.push(value.as_ref().clone());
    }
    Some(ChType::map(supertype(&keys)?, supertype(&values)?))
}

fn dates(types: &[ChType]) -> Option<ChType> {
    let zone = types.iter().find_map(|ty| match ty {
        ChType::DateTime(zone) | ChType::DateTime64(_, zone) => Some(zone.clone()),
        _ => None,
    });
    let Some(zone) = zone else { return Some(ChType::Date32) };
    let wide = types.iter().any(|ty| matches!(ty, ChType::Date32 | ChType::DateTime64(..)));
    if !wide {
        return Some(ChType::DateTime(zone));
    }
    let precision = types.iter().map(|ty| if let ChType::DateTime64(p, _) = ty { *p } else { 0 }).max()?;
    Some(ChType::DateTime64(precision, zone))
}

fn numbers(types: &[ChType]) -> Option<ChType> {
    if types.iter().any(ChType::is_decimal) {
        return decimals(types);
    }
    let floats = types.iter().any(ChType::is_float);
    let bits = |signed: bool| {
        types.iter().filter_map(ChType::integer_bits).filter(|(_, s)| *s == signed).map(|(b, _)| b).max()
    };
    let (unsigned, signed) = (bits(false).unwrap_or(0), bits(true).unwrap_or(0));
    if floats {
        let mantissa = unsigned.max(signed);
        let double = types.contains(&ChType::Float64);
        return match mantissa {
            0..=16 if !double => Some(ChType::Float32),
            0..=32 => Some(ChType::Float64),
            _ => None,
        };
    }
    match (unsigned, signed) {
        (bits, 0) => Some(ChType::integer(bits, false)),
        (0, bits) => Some(ChType::integer(bits, true)),
        (u, s) if u < s => Some(ChType::integer(s, true)),
        // A signed type that also holds the widest unsigned one: twice its width, up to 64 bits.
        (u, _) if u < 64 => Some(ChType::integer(u * 2, true)),
        _ => None,
    }
}

fn decimals(types: &[ChType]) -> Option<ChType> {
    if types.iter().any(ChType::is_float) {
        return None;
    }
    let (mut scale, mut whole) = (0, 0);
    for ty in types {
        let (digits, s) = match ty {
            ChType::Decimal(p, s) => (*p - *s, *s),
            other => match other.integer_bits()?.0 {
                8 => (3, 0),
                16 => (5, 0),
                32 => (10, 0),
                64 => (20, 0),
                _ => return None,
            },
        };
        (scale, whole) = (scale.max(s), whole.max(digits));
    }
    let precision = match whole + scale {
        0..=9 => 9,
        10..=18 => 18,
        19..=38 => 38,
        39..=76 => 76,
        _ => return None,
    };
    Some(ChType::Decimal(precision, scale))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Types separated by `;`, and what they have in common (from ClickHouse 26.9).
    const CASES: &[(&str, &str)] = &[
        ("UInt8;Int8", "Int16"),
        ("UInt32;Int8", "Int64"),
        ("UInt8;Int64", "Int64"),
        ("Int64;UInt64", "Variant(Int64, UInt64)"),
        ("Int64;Float64", "Variant(Float64, Int64)"),
        ("Float32;Int32", "Float64"),
        ("Float32;Int16", "Float32"),
        ("Decimal(9, 2);Float64", "Variant(Decimal(9, 2), Float64)"),
        ("Decimal(9, 2);Int64", "Decimal(38, 2)"),
        ("Date;DateTime", "DateTime"),
        ("Date32;DateTime", "DateTime64(0)"),
        ("DateTime64(3);DateTime64(6)", "DateTime64(6)"),
        ("UInt8;String", "Variant(String, UInt8)"),
        ("UInt8;Nullable(Nothing)", "Nullable(UInt8)"),
        ("LowCardinality(String);String", "String"),
        ("LowCardinality(String);LowCardinality(Nullable(String))", "LowCardinality(Nullable(String))"),
        ("Array(UInt8);Array(Int8)", "Array(Int16)"),
        ("Array(Nothing);Array(String)", "Array(String)"),
        ("FixedString(3);String", "String"),
        ("Bool;UInt8", "UInt8"),
        ("Bool;Bool", "Bool"),
    ];

    #[test]
    fn common_types_are_clickhouses() {
        for (types, wanted) in CASES {
            let types: Vec<ChType> =
                types.split(';').map(|text| ChType::parse(text).expect("a type of the table")).collect();
            assert_eq!(or_variant(&types).to_string(), *wanted, "{types:?}");
        }
    }
}
