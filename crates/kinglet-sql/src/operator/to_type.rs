//! `toUInt8`, `toDate`, `toDecimal64OrNull` and all other conversions named after their type.

use std::sync::Arc;

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, IntervalUnit, Result, SqlError};

use crate::conversion::{Failure, convert};
use crate::function::{Args, Call, Case, Column, Example, Function, Nulls, Spec, expect_default, or_default};

/// What a conversion makes of its arguments after the first.
#[derive(Clone, Copy)]
enum Kind {
    /// Always this type.
    Plain(fn() -> ChType),
    /// A time zone may follow.
    Zoned,
    /// Precision, then maybe a time zone.
    DateTime64,
    /// A time of the day or a span; the day of a DateTime is left out.
    Time,
    /// The same with a precision.
    Time64,
    /// A scale follows; the type has this many digits.
    Decimal(u8),
    /// A length follows.
    Fixed,
    /// A text; a time zone may follow.
    Text,
}

/// A conversion.
pub(super) struct To {
    kind: Kind,
    failure: Failure,
    spec: &'static Spec,
}

macro_rules! spec {
    ($name:expr, $case:ident, $sql:expr, $answer:literal) => {
        &Spec {
            name: $name,
            case: Case::$case,
            category: "conversion",
            syntax: concat!($name, "(value)"),
            summary: "The value as the type of the function's name. OrNull and OrZero answer NULL or the type's default where a text does not parse.",
            arguments: &[("value", "Any type")],
            returns: "The type.",
            examples: &[Example { sql: $sql, answer: $answer }],
            ..Spec::EMPTY
        }
    };
}

macro_rules! conversions {
    ($($name:literal, $case:ident, $kind:expr, $sql:literal, $answer:literal;)*) => {
        /// The same with a default of the caller's for what does not fit.
        pub(super) static WITH_DEFAULTS: &[OrDefault] = &[
            $(OrDefault(To {
                kind: $kind,
                failure: Failure::AccurateNull,
                spec: spec!(concat!($name, "OrDefault"), Sensitive, concat!($name, "OrDefault(", $sql, ")"), $answer),
            }),)*
            OrDefault(To {
                kind: Kind::DateTime64,
                failure: Failure::AccurateNull,
                spec: spec!("toDateTime64OrDefault", Sensitive, "toDateTime64OrDefault('x', 3)", "1970-01-01 00:00:00.000"),
            }),
        ];

        pub(super) static CONVERSIONS: &[To] = &[
            $(
                To { kind: $kind, failure: Failure::Error, spec: spec!($name, $case, concat!($name, "(", $sql, ")"), $answer) },
                To {
                    kind: $kind,
                    failure: Failure::Null,
                    spec: spec!(concat!($name, "OrNull"), Sensitive, concat!($name, "OrNull(", $sql, ")"), $answer),
                },
                To {
                    kind: $kind,
                    failure: Failure::Default,
                    spec: spec!(concat!($name, "OrZero"), Sensitive, concat!($name, "OrZero(", $sql, ")"), $answer),
                },
            )*
        ];
    };
}

conversions! {
    "toUInt8", Sensitive, Kind::Plain(|| ChType::UInt8), "'7'", "7";
    "toUInt16", Sensitive, Kind::Plain(|| ChType::UInt16), "'7'", "7";
    "toUInt32", Sensitive, Kind::Plain(|| ChType::UInt32), "'7'", "7";
    "toUInt64", Sensitive, Kind::Plain(|| ChType::UInt64), "'7'", "7";
    "toUInt128", Sensitive, Kind::Plain(|| ChType::UInt128), "'7'", "7";
    "toUInt256", Sensitive, Kind::Plain(|| ChType::UInt256), "'7'", "7";
    "toInt8", Sensitive, Kind::Plain(|| ChType::Int8), "'-7'", "-7";
    "toInt16", Sensitive, Kind::Plain(|| ChType::Int16), "'-7'", "-7";
    "toInt32", Sensitive, Kind::Plain(|| ChType::Int32), "'-7'", "-7";
    "toInt64", Sensitive, Kind::Plain(|| ChType::Int64), "'-7'", "-7";
    "toInt128", Sensitive, Kind::Plain(|| ChType::Int128), "'-7'", "-7";
    "toInt256", Sensitive, Kind::Plain(|| ChType::Int256), "'-7'", "-7";
    "toFloat32", Sensitive, Kind::Plain(|| ChType::Float32), "'1.5'", "1.5";
    "toFloat64", Sensitive, Kind::Plain(|| ChType::Float64), "'1.5'", "1.5";
    "toDate", Insensitive, Kind::Plain(|| ChType::Date), "'2024-02-29'", "2024-02-29";
    "toDate32", Sensitive, Kind::Plain(|| ChType::Date32), "'1950-01-01'", "1950-01-01";
    "toDateTime", Insensitive, Kind::Zoned, "'2024-02-29 12:00:00'", "2024-02-29 12:00:00";
    "toUUID", Sensitive, Kind::Plain(|| ChType::Uuid), "'61f0c404-5cb3-11e7-907b-a6006ad3dba0'", "61f0c404-5cb3-11e7-907b-a6006ad3dba0";
    "toIPv4", Sensitive, Kind::Plain(|| ChType::Ipv4), "'10.0.0.1'", "10.0.0.1";
    "toIPv6", Sensitive, Kind::Plain(|| ChType::Ipv6), "'::1'", "::1";
    "toDecimal32", Sensitive, Kind::Decimal(9), "'1.25', 2", "1.25";
    "toDecimal64", Sensitive, Kind::Decimal(18), "'1.25', 2", "1.25";
    "toDecimal128", Sensitive, Kind::Decimal(38), "'1.25', 2", "1.25";
    "toDecimal256", Sensitive, Kind::Decimal(76), "'1.25', 2", "1.25";
}

/// Conversions of one name.
pub(super) static SINGLE: &[To] = &[
    To {
        kind: Kind::Zoned,
        failure: Failure::Error,
        spec: spec!("toDateTime32", Sensitive, "toDateTime32('2024-02-29 12:00:00')", "2024-02-29 12:00:00"),
    },
    To {
        kind: Kind::Plain(|| ChType::Bool),
        failure: Failure::Error,
        spec: spec!("toBool", Sensitive, "toBool('true')", "true"),
    },
    time("toTime", Failure::Error),
    time("toTimeOrNull", Failure::Null),
    time("toTimeOrZero", Failure::Default),
    time("toTime64", Failure::Error),
    time("toTime64OrNull", Failure::Null),
    time("toTime64OrZero", Failure::Default),
];

/// A conversion to Time, or to Time64 by its name.
const fn time(name: &'static str, failure: Failure) -> To {
    let (kind, spec) = match (name.len() > 8 && name.as_bytes()[6] == b'6' || name.len() == 8, failure) {
        (false, Failure::Null) => (Kind::Time, spec!("toTimeOrNull", Sensitive, "toTimeOrNull('x')", "\\N")),
        (false, Failure::Default) => {
            (Kind::Time, spec!("toTimeOrZero", Sensitive, "toTimeOrZero('x')", "00:00:00"))
        }
        (false, _) => (Kind::Time, spec!("toTime", Sensitive, "toTime('12:34:56')", "12:34:56")),
        (true, Failure::Null) => (
            Kind::Time64,
            spec!("toTime64OrNull", Sensitive, "toTime64OrNull('12:34:56.5', 3)", "12:34:56.500"),
        ),
        (true, Failure::Default) => {
            (Kind::Time64, spec!("toTime64OrZero", Sensitive, "toTime64OrZero('x', 3)", "00:00:00.000"))
        }
        (true, _) => {
            (Kind::Time64, spec!("toTime64", Sensitive, "toTime64('12:34:56.789', 3)", "12:34:56.789"))
        }
    };
    To { kind, failure, spec }
}

pub(super) static TO_STRING: To = To {
    kind: Kind::Text,
    failure: Failure::Error,
    spec: &Spec {
        name: "toString",
        category: "conversion",
        syntax: "toString(value[, zone])",
        summary: "The value as text. A time may be shown in another time zone.",
        arguments: &[("value", "Any type"), ("zone", "A time zone, for times")],
        returns: "String",
        examples: &[Example { sql: "toString([1, 2])", answer: "[1,2]" }],
        ..Spec::EMPTY
    },
};

/// `DATE(value)`, MySQL's name of `toDate`.
pub(super) static DATE: To = To {
    kind: Kind::Plain(|| ChType::Date),
    failure: Failure::Error,
    spec: spec!("DATE", Insensitive, "DATE('2024-02-29')", "2024-02-29"),
};

pub(super) static TO_FIXED_STRING: To = To {
    kind: Kind::Fixed,
    failure: Failure::Error,
    spec: spec!("toFixedString", Sensitive, "length(toFixedString('ab', 4))", "4"),
};

pub(super) static TO_DATE_TIME_64: To = To {
    kind: Kind::DateTime64,
    failure: Failure::Error,
    spec: spec!(
        "toDateTime64",
        Sensitive,
        "toDateTime64('2024-02-29 12:00:00.5', 3)",
        "2024-02-29 12:00:00.500"
    ),
};

pub(super) static TO_DATE_TIME_64_OR_NULL: To = To {
    kind: Kind::DateTime64,
    failure: Failure::Null,
    spec: spec!("toDateTime64OrNull", Sensitive, "toDateTime64OrNull('x', 3)", "\\N"),
};

pub(super) static TO_DATE_TIME_64_OR_ZERO: To = To {
    kind: Kind::DateTime64,
    failure: Failure::Default,
    spec: spec!("toDateTime64OrZero", Sensitive, "toDateTime64OrZero('x', 3)", "1970-01-01 00:00:00.000"),
};

impl To {
    /// The zone named by a constant argument.
    fn zone(args: &Args<'_>, at: usize) -> Result<Option<Arc<str>>> {
        if args.len() <= at {
            return Ok(None);
        }
        let zone = args.constant_text(at)?;
        if zone.parse::<chrono_tz::Tz>().is_err() {
            return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, format!("Cannot load time zone {zone}")));
        }
        Ok(Some(zone.into()))
    }

    fn target(&self, args: &Args<'_>) -> Result<ChType> {
        match self.kind {
            Kind::Plain(ty) => {
                args.expect_count(1..=2)?;
                Ok(ty())
            }
            Kind::Text => {
                args.expect_count(1..=2)?;
                Self::zone(args, 1)?;
                Ok(ChType::String)
            }
            Kind::Zoned => {
                args.expect_count(1..=2)?;
                let inherited = match args.ty(0).bare() {
                    ChType::DateTime(zone) | ChType::DateTime64(_, zone) => zone.clone(),
                    _ => None,
                };
                // `toDateTime(value, 3)` is a DateTime64, as in ClickHouse.
                if let Some(precision) = args.constant(1).and_then(Column::int_value) {
                    return Ok(ChType::DateTime64(precision.clamp(0, 9) as u8, inherited));
                }
                Ok(ChType::DateTime(Self::zone(args, 1)?.or(inherited)))
            }
            Kind::DateTime64 => {
                args.expect_count(1..=3)?;
                let inherited = match args.ty(0).bare() {
                    ChType::DateTime(zone) | ChType::DateTime64(_, zone) => zone.clone(),
                    _ => None,
                };
                let precision = if args.len() > 1 { args.constant_int(1)? } else { 3 };
                if !(0..=9).contains(&precision) {
                    let message = format!("Scale {precision} of DateTime64 is out of range 0 to 9");
                    return Err(SqlError::new(ErrorCode::ARGUMENT_OUT_OF_BOUND, message));
                }
                Ok(ChType::DateTime64(precision as u8, Self::zone(args, 2)?.or(inherited)))
            }
            Kind::Time => {
                args.expect_count(1..=1)?;
                Ok(ChType::Time)
            }
            Kind::Time64 => {
                args.expect_count(1..=2)?;
                let precision = if args.len() > 1 { args.constant_int(1)? } else { 3 };
                if !(0..=9).contains(&precision) {
                    let message = format!("Scale {precision} of Time64 is out of range 0 to 9");
                    return Err(SqlError::new(ErrorCode::ARGUMENT_OUT_OF_BOUND, message));
                }
                Ok(ChType::Time64(precision as u8))
            }
            Kind::Decimal(digits) => {
                args.expect_count(2..=2)?;
                let scale = args.constant_int(1)?;
                if !(0..=i64::from(digits)).contains(&scale) {
                    let message = format!("Scale {scale} of a Decimal of {digits} digits is out of bounds");
                    return Err(SqlError::new(ErrorCode::ARGUMENT_OUT_OF_BOUND, message));
                }
                Ok(ChType::Decimal(digits, scale as u8))
            }
            Kind::Fixed => {
                args.expect_count(2..=2)?;
                let length = args.constant_int(1)?;
                u32::try_from(length).ok().filter(|n| *n > 0).map(ChType::FixedString).ok_or_else(|| {
                    SqlError::new(
                        ErrorCode::ARGUMENT_OUT_OF_BOUND,
                        "The length of a FixedString must be positive",
                    )
                })
            }
        }
    }
}

impl Function for To {
    fn spec(&self) -> &'static Spec {
        self.spec
    }

    fn nulls(&self) -> Nulls {
        Nulls::Own
    }

    fn takes_tagged(&self) -> bool {
        self.failure == Failure::Error
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        let target = self.target(args)?;
        if args.list.iter().any(|arg| arg.ty.is_only_null()) {
            return Ok(ChType::Nothing.nullable());
        }
        let integer = matches!(self.kind, Kind::Plain(_) | Kind::DateTime64) && args.ty(0).is_integer();
        if self.failure != Failure::Error && !args.ty(0).is_text() && !integer {
            return Err(args.illegal(0));
        }
        let from = args.ty(0).bare();
        let possible = match from {
            ChType::Array(_) | ChType::Tuple(_) | ChType::Map(..) => target == ChType::String,
            ChType::Uuid => {
                matches!(target, ChType::String | ChType::Uuid | ChType::UInt128 | ChType::FixedString(_))
            }
            _ => true,
        };
        if !possible {
            return Err(args.illegal(0));
        }
        Ok(match self.failure {
            Failure::Null => target.nullable(),
            _ => target.nullable_if(args.list.iter().any(|arg| arg.ty.is_nullable() && !arg.ty.is_tagged())),
        })
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let value = call.arg(0)?;
        if call.result.is_only_null() {
            return Ok(crate::function::result::nulls(call.result, call.rows));
        }
        let nullable = value.ty.is_nullable();
        let mut from = value.ty.bare().clone();
        if let (Kind::Text, Some(zone)) = (self.kind, call.args.get(1).and_then(Column::text_value)) {
            from = match from {
                ChType::DateTime(_) => ChType::DateTime(Some(zone.into())),
                ChType::DateTime64(precision, _) => ChType::DateTime64(precision, Some(zone.into())),
                other => other,
            };
        }
        let mut environment = call.environment.clone();
        if let (Kind::Plain(_), Some(zone)) = (self.kind, call.args.get(1).and_then(Column::text_value)) {
            environment.time_zone = zone.parse().unwrap_or(environment.time_zone);
            from = match from {
                ChType::DateTime(_) => ChType::DateTime(Some(zone.into())),
                ChType::DateTime64(precision, _) => ChType::DateTime64(precision, Some(zone.into())),
                other => other,
            };
        }
        // A text that may be NULL becomes NULL where it does not parse.
        let failure = match call.result.bare() {
            ChType::Bool | ChType::String => self.failure,
            _ if nullable && from.is_text() && self.failure == Failure::Error => Failure::AccurateNull,
            _ => self.failure,
        };
        let from = from.nullable_if(nullable);
        convert(&value.expanded(call.rows), &from, call.result, failure, &environment)
    }
}

/// `toTypeOrDefault`: a default follows the arguments of the conversion.
pub(super) struct OrDefault(To);

impl OrDefault {
    /// Number of arguments of the conversion itself.
    fn own(&self, is_text: impl Fn(usize) -> bool) -> usize {
        match self.0.kind {
            Kind::Decimal(_) | Kind::Fixed => 2,
            Kind::DateTime64 if is_text(2) => 3,
            Kind::DateTime64 => 2,
            Kind::Zoned if is_text(1) => 2,
            _ => 1,
        }
    }
}

impl Function for OrDefault {
    fn spec(&self) -> &'static Spec {
        self.0.spec
    }

    fn nulls(&self) -> Nulls {
        Nulls::Own
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        let own = self.own(|at| args.ty(at).is_text());
        args.expect_count(1..=own + 1)?;
        let list = args.list.get(..own.min(args.len())).unwrap_or_default();
        let ty = self.0.target(&Args { list, ..*args })?;
        expect_default(args, own, &ty)?;
        Ok(ty)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let own = self.own(|at| call.ty(at).is_text());
        or_default(call, call.result, call.args.get(own), call.environment)
    }
}

/// `toIntervalDay` and so on.
pub(super) struct ToInterval {
    unit: IntervalUnit,
    spec: &'static Spec,
}

macro_rules! intervals {
    ($($unit:ident)*) => {
        pub(super) static INTERVALS: &[ToInterval] = &[$(ToInterval {
            unit: IntervalUnit::$unit,
            spec: &Spec {
                name: concat!("toInterval", stringify!($unit)),
                category: "conversion",
                syntax: concat!("toInterval", stringify!($unit), "(count)"),
                summary: "An interval of that many units.",
                arguments: &[("count", "A whole number")],
                returns: "Interval",
                examples: &[Example { sql: concat!("toInterval", stringify!($unit), "(3)"), answer: "3" }],
                ..Spec::EMPTY
            },
        }),*];
    };
}

intervals! { Nanosecond Microsecond Millisecond Second Minute Hour Day Week Month Quarter Year }

impl Function for ToInterval {
    fn spec(&self) -> &'static Spec {
        self.spec
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| ty.is_number() || ty.is_text() || matches!(ty, ChType::Interval(_)))?;
        Ok(ChType::Interval(self.unit))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let value = call.arg(0)?;
        let counts =
            convert(&value.expanded(call.rows), &value.ty, &ChType::Int64, Failure::Error, call.environment)?;
        Ok(counts)
    }
}
