//! Signatures: how many arguments a function takes and of which types, as ClickHouse does.
//!
//! The table `signatures.tsv` is measured (`xtask differential probes`, `signatures`): a line per function with the least
//! and most arguments (with `!` and the error's code where it is not 42) and a field per argument. A field is the bits of [`SIGNATURE_TYPES`] that the argument may be, `+`
//! and those it may be as a constant only, `!` and the error's code where it is not 43; `*` is anything. Arguments past
//! the last field are not checked here, nor are the types that are not in the list. Each function's `return_type` checks what
//! depends on several arguments at once.

use std::collections::HashMap;
use std::sync::OnceLock;

use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::Args;

/// Names of the classes of types, in the order of their bits, with values of them as ClickHouse writes them.
pub const SIGNATURE_TYPES: [(&str, &[&str]); 40] = [
    ("UInt8", &["toUInt8(1)"]),
    ("UInt16", &["toUInt16(1)"]),
    ("UInt32", &["toUInt32(1)"]),
    ("UInt64", &["toUInt64(1)"]),
    ("UInt128", &["toUInt128(1)"]),
    ("UInt256", &["toUInt256(1)"]),
    ("Int8", &["toInt8(1)"]),
    ("Int16", &["toInt16(1)"]),
    ("Int32", &["toInt32(1)"]),
    ("Int64", &["toInt64(1)"]),
    ("Int128", &["toInt128(1)"]),
    ("Int256", &["toInt256(1)"]),
    ("Float32", &["toFloat32(1)"]),
    ("Float64", &["toFloat64(1)"]),
    ("Decimal32", &["toDecimal32(1, 1)"]),
    ("Decimal64", &["toDecimal64(1, 3)"]),
    ("Decimal128", &["toDecimal128(1, 3)"]),
    ("Decimal256", &["toDecimal256(1, 3)"]),
    ("Bool", &["true"]),
    ("String", &["'1'", "'a'"]),
    ("FixedString", &["toFixedString('ab', 2)", "toFixedString('0123456789abcdef', 16)"]),
    ("Date", &["toDate('2024-02-29')"]),
    ("Date32", &["toDate32('2024-02-29')"]),
    ("DateTime", &["toDateTime('2024-02-29 12:00:00')"]),
    ("DateTime64", &["toDateTime64('2024-02-29 12:00:00', 3)"]),
    ("Enum8", &["CAST('a', 'Enum8(\\'a\\' = 1, \\'b\\' = 2)')"]),
    ("Enum16", &["CAST('a', 'Enum16(\\'a\\' = 1, \\'b\\' = 2)')"]),
    ("UUID", &["toUUID('61f0c404-5cb3-11e7-907b-a6006ad3dba0')"]),
    ("IPv4", &["toIPv4('10.0.0.1')"]),
    ("IPv6", &["toIPv6('::1')"]),
    ("Array of integers", &["[1, 2]", "[toUInt64(1)]", "[-1]"]),
    ("Array of floats or decimals", &["[1.5, 2.5]", "[toDecimal32(1, 1)]"]),
    ("Array of texts", &["['a', 'b']"]),
    ("Array of arrays", &["[[1, 2], [3, 4]]", "[['a']]", "[[1.5, 2.5]]"]),
    ("Array of tuples", &["[(1, 2), (3, 4)]", "[(1.5, 2.5)]", "[('a', 1)]"]),
    (
        "Array of others",
        &["[toDate('2024-02-29')]", "[map('a', 1)]", "[toUUID('61f0c404-5cb3-11e7-907b-a6006ad3dba0')]"],
    ),
    ("Tuple", &["(1, 2)", "(1.5, 2.5)", "('a', 1)", "(1, 2, 3)", "([1, 2], [3, 4])"]),
    ("Map", &["map('a', 1)", "map(1, 'a')"]),
    ("Interval", &["toIntervalDay(1)"]),
    ("AggregateFunction", &["initializeAggregation('sumState', 1)", "initializeAggregation('uniqState', 1)"]),
];

/// Bit of a type; none for those that no field speaks of.
fn bit(ty: &ChType) -> Option<u32> {
    Some(match ty.bare() {
        ChType::Bool => 18,
        ChType::Float32 => 12,
        ChType::Float64 => 13,
        ChType::Decimal(precision, _) => match precision {
            0..=9 => 14,
            10..=18 => 15,
            19..=38 => 16,
            _ => 17,
        },
        ChType::String => 19,
        ChType::FixedString(_) => 20,
        ChType::Date => 21,
        ChType::Date32 => 22,
        ChType::DateTime(_) => 23,
        ChType::DateTime64(..) => 24,
        ChType::Enum8(_) => 25,
        ChType::Enum16(_) => 26,
        ChType::Uuid => 27,
        ChType::Ipv4 => 28,
        ChType::Ipv6 => 29,
        ChType::Array(element) => match element.bare() {
            ChType::Nothing => return None,
            ChType::Array(_) => 33,
            ChType::Tuple(_) => 34,
            element if element.is_integer() => 30,
            element if element.is_number() => 31,
            element if element.is_text() => 32,
            _ => 35,
        },
        ChType::Tuple(_) => 36,
        ChType::Map(..) => 37,
        ChType::Interval(_) => 38,
        ChType::AggregateFunction(_) => 39,
        other => {
            let (bits, signed) = other.integer_bits()?;
            bits.ilog2() - 3 + if signed { 6 } else { 0 }
        }
    })
}

/// What one argument may be.
#[derive(Clone, Copy, Debug)]
struct Argument {
    full: u64,
    constant: u64,
    code: u16,
}

/// What a function takes.
#[derive(Debug)]
pub(super) struct Signature {
    least: usize,
    most: usize,
    /// Codes of the errors about fewer and more arguments.
    count_codes: (u16, u16),
    arguments: Vec<Argument>,
}

impl Signature {
    /// The signature of a function, if the table has it.
    pub(super) fn of(name: &str) -> Option<&'static Self> {
        static TABLE: OnceLock<HashMap<&'static str, Signature>> = OnceLock::new();
        TABLE.get_or_init(|| include_str!("signatures.tsv").lines().filter_map(read).collect()).get(name)
    }

    /// # Errors
    /// 42 for another number of arguments than the one there is.
    pub(super) fn check_fixed_count(&self, args: &Args<'_>) -> Result<()> {
        if self.least == self.most { self.check_count(args) } else { Ok(()) }
    }

    fn check_count(&self, args: &Args<'_>) -> Result<()> {
        let code = if args.len() < self.least { self.count_codes.0 } else { self.count_codes.1 };
        args.expect_count(self.least..=self.most).map_err(|error| SqlError { code: ErrorCode(code), ..error })
    }

    /// # Errors
    /// 42 for a number of arguments, 43 or 44 for an argument that ClickHouse refuses.
    pub(super) fn check(&self, args: &Args<'_>) -> Result<()> {
        self.check_count(args)?;
        for (at, (allowed, arg)) in self.arguments.iter().zip(args.list).enumerate() {
            let Some(bit) = bit(&arg.ty).filter(|_| !arg.is_lambda) else { continue };
            let bit = 1_u64 << bit;
            if allowed.full & bit != 0 || arg.constant.is_some() && allowed.constant & bit != 0 {
                continue;
            }
            if allowed.constant & bit != 0 {
                return args.expect_constant(at);
            }
            if allowed.code == ErrorCode::ILLEGAL_COLUMN.0 {
                let message =
                    format!("Illegal column {} of argument {} of function {}", arg.ty, at + 1, args.name);
                return Err(SqlError::new(ErrorCode::ILLEGAL_COLUMN, message));
            }
            return Err(args.illegal(at));
        }
        Ok(())
    }
}

fn read(line: &'static str) -> Option<(&'static str, Signature)> {
    let mut fields = line.split('\t');
    let name = fields.next()?;
    let coded = |field: &'static str| field.split_once('!').unwrap_or((field, "42"));
    let ((least, few), (most, many)) = (coded(fields.next()?), coded(fields.next()?));
    let arguments = fields.map(argument).collect::<Option<Vec<_>>>()?;
    Some((
        name,
        Signature {
            least: least.parse().ok()?,
            most: most.parse().unwrap_or(usize::MAX),
            count_codes: (few.parse().ok()?, many.parse().ok()?),
            arguments,
        },
    ))
}

fn argument(field: &str) -> Option<Argument> {
    if field == "*" {
        return Some(Argument { full: u64::MAX, constant: u64::MAX, code: 43 });
    }
    let (bits, code) = field.split_once('!').unwrap_or((field, "43"));
    let (full, constant) = bits.split_once('+').unwrap_or((bits, "0"));
    let hex = |text: &str| u64::from_str_radix(text, 16).ok();
    let (full, constant) = (hex(full)?, hex(constant)?);
    Some(Argument { full, constant: full | constant, code: code.parse().ok()? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_table_is_readable() {
        let lines = include_str!("signatures.tsv").lines();
        let wrong: Vec<&str> = lines.filter(|line| read(line).is_none()).collect();
        assert!(wrong.is_empty(), "{wrong:?}");
    }

    #[test]
    fn each_type_has_the_bit_of_its_name() {
        for (at, (name, _)) in SIGNATURE_TYPES.iter().enumerate() {
            let text = match *name {
                "FixedString" => "FixedString(2)",
                "Enum8" => "Enum8('a' = 1)",
                "Enum16" => "Enum16('a' = 1)",
                "DateTime64" => "DateTime64(3)",
                "Decimal32" | "Decimal64" | "Decimal128" | "Decimal256" => &format!("{name}(1)"),
                "Array of integers" => "Array(Int8)",
                "Array of floats or decimals" => "Array(Float32)",
                "Array of texts" => "Array(String)",
                "Array of arrays" => "Array(Array(UInt8))",
                "Array of tuples" => "Array(Tuple(UInt8))",
                "Array of others" => "Array(Date)",
                "Tuple" => "Tuple(UInt8)",
                "Map" => "Map(String, UInt8)",
                "Interval" => "IntervalDay",
                "AggregateFunction" => "AggregateFunction(sum, UInt8)",
                other => other,
            };
            assert_eq!(bit(&ChType::parse(text).expect("a type")), Some(at as u32), "{name}");
        }
    }
}
