//! Which alternatives of a Variant are hard to tell apart.

use crate::ChType;

/// Two alternatives of a Variant, anywhere in a type, whose values could be taken for each other's: numbers of
/// different types, texts, dates and times. ClickHouse refuses to create such columns unless told otherwise.
pub fn similar_alternatives(ty: &ChType) -> Option<(&ChType, &ChType)> {
    match ty {
        ChType::Variant(types) => types.iter().enumerate().find_map(|(at, a)| {
            let b = types.iter().skip(at + 1).find(|b| similar(a, b))?;
            Some((a, b))
        }),
        ChType::Array(inner) | ChType::Nullable(inner) => similar_alternatives(inner),
        ChType::Map(_, value) => similar_alternatives(value),
        ChType::Tuple(fields) | ChType::Nested(fields) => {
            fields.iter().find_map(|(_, ty)| similar_alternatives(ty))
        }
        _ => None,
    }
}

fn similar(a: &ChType, b: &ChType) -> bool {
    match (a, b) {
        (ChType::Array(a), ChType::Array(b)) => a != b && similar(a, b),
        (ChType::Map(ka, va), ChType::Map(kb, vb)) => {
            (ka == kb || similar(ka, kb)) && (va == vb || similar(va, vb))
        }
        (ChType::Tuple(a), ChType::Tuple(b)) => {
            a.len() == b.len() && a.iter().zip(b.iter()).all(|((_, a), (_, b))| a == b || similar(a, b))
        }
        _ => kind(a).is_some_and(|known| kind(b) == Some(known)),
    }
}

#[derive(PartialEq, Eq)]
enum Kind {
    Number,
    Text,
    Time,
}

fn kind(ty: &ChType) -> Option<Kind> {
    Some(match ty.bare() {
        ChType::Bool => return None,
        ChType::Ipv4 | ChType::Enum8(_) | ChType::Enum16(_) => Kind::Number,
        ty if ty.is_number() => Kind::Number,
        ty if ty.is_text() => Kind::Text,
        ty if ty.is_date() || ty.is_date_time() => Kind::Time,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn alternatives_are_similar_as_in_clickhouse() {
        let cases = [
            ("Variant(UInt8, String)", false),
            ("Variant(UInt8, Float64)", true),
            ("Variant(UInt8, Bool)", false),
            ("Variant(Date, DateTime)", true),
            ("Variant(String, FixedString(3))", true),
            ("Variant(String, LowCardinality(String))", true),
            ("Variant(Array(UInt8), Array(UInt16))", true),
            ("Variant(Array(UInt8), Array(String))", false),
            ("Variant(IPv4, UInt32, String)", true),
            ("Array(Variant(Date, Date32))", true),
        ];
        for (text, wanted) in cases {
            let ty = ChType::parse(text).expect("a type of the table");
            assert_eq!(similar_alternatives(&ty).is_some(), wanted, "{text}");
        }
    }
}
