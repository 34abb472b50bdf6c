//! The physical layout: which Arrow type holds the values of a ClickHouse type.
//!
//! | ClickHouse | Arrow |
//! |---|---|
//! | String, AggregateFunction states | BinaryView (bytes) |
//! | JSON, Dynamic, Variant | BinaryView: ClickHouse's binary types and values (see `tagged` and `json`) |
//! | FixedString(n), UUID, IPv6, (U)Int128/256 (little endian) | FixedSizeBinary |
//! | integers, floats, Bool | Int8..UInt64, Float32/64, Boolean |
//! | Date, Date32 | Date32 |
//! | DateTime | Timestamp(Second), DateTime64(p): Timestamp of the unit that holds p |
//! | Decimal(p, s) | Decimal32/64/128/256 for p <= 9/18/38/76 |
//! | Enum8/16 | Int8/Int16, IPv4: UInt32, Time: Int32, Time64: Int64, intervals: Int64 |
//! | Array | List, Tuple: Struct, Map: Map |
//!
//! `LowCardinality(T)` and `SimpleAggregateFunction(f, T)` are stored as `T`; `Nullable(T)` is a nullable
//! field. A DateTime64(p) counts units of its Timestamp: p 0 s, 1 to 3 ms, 4 to 6 us, 7 to 9 ns.

use std::sync::Arc;

use arrow::datatypes::{DataType, Field, Fields, TimeUnit};
use kinglet_types::ChType;

/// The Arrow type that holds values of `ty`.
pub fn arrow_type(ty: &ChType) -> DataType {
    match ty {
        ChType::Nothing => DataType::Null,
        ChType::Bool => DataType::Boolean,
        ChType::UInt8 => DataType::UInt8,
        ChType::UInt16 => DataType::UInt16,
        ChType::UInt32 | ChType::Ipv4 => DataType::UInt32,
        ChType::UInt64 => DataType::UInt64,
        ChType::Int8 | ChType::Enum8(_) => DataType::Int8,
        ChType::Int16 | ChType::Enum16(_) => DataType::Int16,
        ChType::Int32 | ChType::Time => DataType::Int32,
        ChType::Int64 | ChType::Time64(_) | ChType::Interval(_) => DataType::Int64,
        ChType::UInt128 | ChType::Int128 | ChType::Uuid | ChType::Ipv6 => DataType::FixedSizeBinary(16),
        ChType::UInt256 | ChType::Int256 => DataType::FixedSizeBinary(32),
        ChType::Float32 => DataType::Float32,
        ChType::Float64 => DataType::Float64,
        ChType::Decimal(p @ 0..=9, s) => DataType::Decimal32(*p, *s as i8),
        ChType::Decimal(p @ 10..=18, s) => DataType::Decimal64(*p, *s as i8),
        ChType::Decimal(p @ 19..=38, s) => DataType::Decimal128(*p, *s as i8),
        ChType::Decimal(p, s) => DataType::Decimal256(*p, *s as i8),
        ChType::String
        | ChType::Json(_)
        | ChType::Dynamic(_)
        | ChType::Variant(_)
        | ChType::AggregateFunction(_) => DataType::BinaryView,
        ChType::FixedString(n) => DataType::FixedSizeBinary(i32::try_from(*n).unwrap_or(i32::MAX)),
        ChType::Date | ChType::Date32 => DataType::Date32,
        ChType::DateTime(_) => DataType::Timestamp(TimeUnit::Second, None),
        ChType::DateTime64(precision, _) => DataType::Timestamp(time_unit(*precision), None),
        ChType::Array(element) => DataType::List(Arc::new(arrow_field("item", element))),
        ChType::Tuple(elements) => DataType::Struct(struct_fields(elements)),
        ChType::Nested(elements) => {
            let row = DataType::Struct(struct_fields(elements));
            DataType::List(Arc::new(Field::new("item", row, false)))
        }
        ChType::Map(key, value) => {
            let keys = Field::new("keys", arrow_type(key), false);
            let entries = Fields::from(vec![keys, arrow_field("values", value)]);
            DataType::Map(Arc::new(Field::new("entries", DataType::Struct(entries), false)), false)
        }
        ChType::Nullable(inner) | ChType::LowCardinality(inner) => arrow_type(inner),
        ChType::SimpleAggregateFunction(of) => of.arguments.first().map_or(DataType::Null, arrow_type),
    }
}

/// A field named `name` for values of `ty`, nullable where `ty` is. It carries no metadata.
pub fn arrow_field(name: &str, ty: &ChType) -> Field {
    let data_type = arrow_type(ty);
    let nullable = ty.is_nullable() || data_type == DataType::Null;
    Field::new(name, data_type, nullable)
}

/// Fields of a tuple are named by position, so that tuples with and without names share a layout.
fn struct_fields(elements: &[(Option<Arc<str>>, ChType)]) -> Fields {
    elements.iter().enumerate().map(|(at, (_, ty))| arrow_field(&(at + 1).to_string(), ty)).collect()
}

/// The unit a `DateTime64(precision)` is stored in.
pub fn time_unit(precision: u8) -> TimeUnit {
    match precision {
        0 => TimeUnit::Second,
        1..=3 => TimeUnit::Millisecond,
        4..=6 => TimeUnit::Microsecond,
        _ => TimeUnit::Nanosecond,
    }
}

/// Digits after the point of the unit a `DateTime64(precision)` is stored in: 0, 3, 6 or 9.
pub fn stored_precision(precision: u8) -> u8 {
    precision.div_ceil(3) * 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layouts_follow_the_table() {
        let cases = [
            ("String", DataType::BinaryView),
            ("LowCardinality(Nullable(UInt8))", DataType::UInt8),
            ("DateTime64(4)", DataType::Timestamp(TimeUnit::Microsecond, None)),
            ("Decimal(18, 4)", DataType::Decimal64(18, 4)),
            ("Enum16('a' = 300)", DataType::Int16),
            ("Int128", DataType::FixedSizeBinary(16)),
            ("SimpleAggregateFunction(sum, UInt64)", DataType::UInt64),
        ];
        for (text, wanted) in cases {
            let ty = ChType::parse(text).expect("a type of the table");
            assert_eq!(arrow_type(&ty), wanted, "{text}");
        }
        let ty = ChType::parse("Array(Nullable(String))").expect("a type");
        let DataType::List(item) = arrow_type(&ty) else { panic!("a list") };
        assert!(item.is_nullable());
        assert!(!arrow_field("a", &ty).is_nullable());
    }
}
