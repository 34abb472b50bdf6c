//! Types as text, exactly as ClickHouse prints them.

use std::fmt::{self, Display, Formatter};

use crate::ch_type::DYNAMIC_TYPES;
use crate::{AggregateType, ChType, EnumValues, JsonType, quote_identifier, quote_string};

impl Display for ChType {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Decimal(precision, scale) => write!(f, "Decimal({precision}, {scale})"),
            Self::FixedString(length) => write!(f, "FixedString({length})"),
            Self::DateTime(None) => f.write_str("DateTime"),
            Self::DateTime(Some(zone)) => write!(f, "DateTime({})", quote_string(zone)),
            Self::DateTime64(precision, None) => write!(f, "DateTime64({precision})"),
            Self::DateTime64(precision, Some(zone)) => {
                write!(f, "DateTime64({precision}, {})", quote_string(zone))
            }
            Self::Time64(precision) => write!(f, "Time64({precision})"),
            Self::Enum8(values) => enumeration(f, "Enum8", values),
            Self::Enum16(values) => enumeration(f, "Enum16", values),
            Self::Array(element) => write!(f, "Array({element})"),
            Self::Tuple(elements) => fields(f, "Tuple", elements),
            Self::Nested(elements) => fields(f, "Nested", elements),
            Self::Map(key, value) => write!(f, "Map({key}, {value})"),
            Self::Nullable(inner) => write!(f, "Nullable({inner})"),
            Self::LowCardinality(inner) => write!(f, "LowCardinality({inner})"),
            Self::AggregateFunction(of) => aggregate(f, "AggregateFunction", of),
            Self::SimpleAggregateFunction(of) => aggregate(f, "SimpleAggregateFunction", of),
            Self::Json(of) if **of == JsonType::default() => f.write_str("JSON"),
            Self::Json(of) => write!(f, "JSON({of})"),
            Self::Dynamic(DYNAMIC_TYPES) => f.write_str("Dynamic"),
            Self::Dynamic(max_types) => write!(f, "Dynamic(max_types={max_types})"),
            Self::Variant(types) => {
                f.write_str("Variant(")?;
                list(f, types)?;
                f.write_str(")")
            }
            Self::Interval(unit) => write!(f, "Interval{}", unit.name()),
            other => f.write_str(other.plain_name()),
        }
    }
}

impl ChType {
    /// Name of a type without arguments; the family's name for the others.
    pub fn plain_name(&self) -> &'static str {
        match self {
            Self::Nothing => "Nothing",
            Self::Bool => "Bool",
            Self::UInt8 => "UInt8",
            Self::UInt16 => "UInt16",
            Self::UInt32 => "UInt32",
            Self::UInt64 => "UInt64",
            Self::UInt128 => "UInt128",
            Self::UInt256 => "UInt256",
            Self::Int8 => "Int8",
            Self::Int16 => "Int16",
            Self::Int32 => "Int32",
            Self::Int64 => "Int64",
            Self::Int128 => "Int128",
            Self::Int256 => "Int256",
            Self::Float32 => "Float32",
            Self::Float64 => "Float64",
            Self::Decimal(..) => "Decimal",
            Self::String => "String",
            Self::FixedString(_) => "FixedString",
            Self::Date => "Date",
            Self::Date32 => "Date32",
            Self::DateTime(_) => "DateTime",
            Self::DateTime64(..) => "DateTime64",
            Self::Time => "Time",
            Self::Time64(_) => "Time64",
            Self::Enum8(_) => "Enum8",
            Self::Enum16(_) => "Enum16",
            Self::Uuid => "UUID",
            Self::Ipv4 => "IPv4",
            Self::Ipv6 => "IPv6",
            Self::Array(_) => "Array",
            Self::Tuple(_) => "Tuple",
            Self::Map(..) => "Map",
            Self::Nested(_) => "Nested",
            Self::Nullable(_) => "Nullable",
            Self::LowCardinality(_) => "LowCardinality",
            Self::AggregateFunction(_) => "AggregateFunction",
            Self::SimpleAggregateFunction(_) => "SimpleAggregateFunction",
            Self::Json(_) => "JSON",
            Self::Variant(_) => "Variant",
            Self::Dynamic(_) => "Dynamic",
            Self::Interval(_) => "Interval",
        }
    }
}

fn list(f: &mut Formatter<'_>, items: &[impl Display]) -> fmt::Result {
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            f.write_str(", ")?;
        }
        write!(f, "{item}")?;
    }
    Ok(())
}

fn fields(
    f: &mut Formatter<'_>,
    name: &str,
    fields: &[(Option<std::sync::Arc<str>>, ChType)],
) -> fmt::Result {
    write!(f, "{name}(")?;
    for (at, (label, ty)) in fields.iter().enumerate() {
        if at > 0 {
            f.write_str(", ")?;
        }
        if let Some(label) = label {
            write!(f, "{} ", quote_identifier(label))?;
        }
        write!(f, "{ty}")?;
    }
    f.write_str(")")
}

fn enumeration(f: &mut Formatter<'_>, name: &str, values: &EnumValues) -> fmt::Result {
    write!(f, "{name}(")?;
    for (at, (label, number)) in values.entries().iter().enumerate() {
        if at > 0 {
            f.write_str(", ")?;
        }
        write!(f, "{} = {number}", quote_string(label))?;
    }
    f.write_str(")")
}

fn aggregate(f: &mut Formatter<'_>, name: &str, of: &AggregateType) -> fmt::Result {
    write!(f, "{name}(")?;
    if let Some(version) = of.version {
        write!(f, "{version}, ")?;
    }
    f.write_str(&of.function)?;
    if !of.parameters.is_empty() {
        f.write_str("(")?;
        list(f, &of.parameters)?;
        f.write_str(")")?;
    }
    for argument in of.arguments.iter() {
        write!(f, ", {argument}")?;
    }
    f.write_str(")")
}
