//! The type tree and questions about it.

use std::collections::HashSet;
use std::sync::Arc;

use crate::JsonType;

/// Names, where given, and types of the elements of a tuple.
pub type TupleFields = Arc<[(Option<Arc<str>>, ChType)]>;

/// The `max_types` of a Dynamic that names none.
pub(crate) const DYNAMIC_TYPES: u8 = 32;

/// A ClickHouse type. Cloning is cheap: children are shared.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ChType {
    /// The type of `NULL` inside `Nullable` and of the elements of `[]`.
    Nothing,
    /// `Bool`: UInt8 that prints as true and false.
    Bool,
    /// 8-bit unsigned.
    UInt8,
    /// 16-bit unsigned.
    UInt16,
    /// 32-bit unsigned.
    UInt32,
    /// 64-bit unsigned.
    UInt64,
    /// 128-bit unsigned.
    UInt128,
    /// 256-bit unsigned.
    UInt256,
    /// 8-bit signed.
    Int8,
    /// 16-bit signed.
    Int16,
    /// 32-bit signed.
    Int32,
    /// 64-bit signed.
    Int64,
    /// 128-bit signed.
    Int128,
    /// 256-bit signed.
    Int256,
    /// Single precision.
    Float32,
    /// Double precision.
    Float64,
    /// `Decimal(precision, scale)`, precision 1 to 76.
    Decimal(u8, u8),
    /// Bytes of any length.
    String,
    /// Exactly n bytes.
    FixedString(u32),
    /// Days from 1970-01-01, 16 bits.
    Date,
    /// Days from 1900-01-01 to 2299-12-31.
    Date32,
    /// Seconds since the epoch, with a time zone if given.
    DateTime(Option<Arc<str>>),
    /// Ticks of 10^-precision seconds since the epoch, with a time zone if given.
    DateTime64(u8, Option<Arc<str>>),
    /// Time of day in seconds.
    Time,
    /// Time of day in ticks of 10^-precision seconds.
    Time64(u8),
    /// Names for 8-bit values.
    Enum8(Arc<EnumValues>),
    /// Names for 16-bit values.
    Enum16(Arc<EnumValues>),
    /// 16 bytes.
    Uuid,
    /// 32 bits.
    Ipv4,
    /// 16 bytes.
    Ipv6,
    /// `Array(T)`.
    Array(Arc<ChType>),
    /// `Tuple(T, ..)` or `Tuple(name T, ..)`.
    Tuple(TupleFields),
    /// `Map(K, V)`.
    Map(Arc<ChType>, Arc<ChType>),
    /// `Nested(name T, ..)`: behaves as `Array(Tuple(name T, ..))`.
    Nested(TupleFields),
    /// `Nullable(T)`.
    Nullable(Arc<ChType>),
    /// `LowCardinality(T)`: a storage hint that shows in type names.
    LowCardinality(Arc<ChType>),
    /// The intermediate state of an aggregate function.
    AggregateFunction(Arc<AggregateType>),
    /// A value to be combined with an aggregate function when rows merge.
    SimpleAggregateFunction(Arc<AggregateType>),
    /// `JSON`, with its limits, typed and skipped paths.
    Json(Arc<JsonType>),
    /// One of several types, sorted by name.
    Variant(Arc<[ChType]>),
    /// Any type; the number is `max_types`.
    Dynamic(u8),
    /// A number of calendar or clock units.
    Interval(IntervalUnit),
}

/// Function, parameters and argument types of an aggregate state.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AggregateType {
    /// Version of the state's layout, when the type names one.
    pub version: Option<u32>,
    /// Name with its combinators, such as `quantileIf`.
    pub function: Arc<str>,
    /// Parameters as literals in ClickHouse's spelling (`0.5`, `'x'`).
    pub parameters: Arc<[Arc<str>]>,
    /// Argument types.
    pub arguments: Arc<[ChType]>,
}

/// Names and numbers of an enumeration, sorted by number.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EnumValues {
    entries: Vec<(Arc<str>, i16)>,
}

impl EnumValues {
    /// Entries are sorted by number. `None` when a name or a number occurs twice or there is none.
    pub fn new(mut entries: Vec<(Arc<str>, i16)>) -> Option<Self> {
        entries.sort_unstable_by_key(|(_, number)| *number);
        let distinct_numbers = entries.windows(2).all(|pair| pair[0].1 != pair[1].1);
        let mut names: HashSet<&str> = HashSet::with_capacity(entries.len());
        let distinct_names = entries.iter().all(|(name, _)| names.insert(name));
        (distinct_numbers && distinct_names && !entries.is_empty()).then_some(Self { entries })
    }

    /// Names and numbers in ascending order of the numbers.
    pub fn entries(&self) -> &[(Arc<str>, i16)] {
        &self.entries
    }

    /// The name of a number.
    pub fn name(&self, number: i16) -> Option<&str> {
        let at = self.entries.binary_search_by_key(&number, |(_, n)| *n).ok()?;
        self.entries.get(at).map(|(name, _)| &**name)
    }

    /// The number of a name.
    pub fn number(&self, name: &[u8]) -> Option<i16> {
        self.entries.iter().find(|(n, _)| n.as_bytes() == name).map(|(_, number)| *number)
    }

    /// The number a column of this type is filled with: the smallest.
    pub fn default_number(&self) -> i16 {
        self.entries.first().map_or(0, |(_, number)| *number)
    }
}

/// The unit of an interval.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum IntervalUnit {
    /// 10^-9 s.
    Nanosecond,
    /// 10^-6 s.
    Microsecond,
    /// 10^-3 s.
    Millisecond,
    /// Second.
    Second,
    /// 60 s.
    Minute,
    /// 3600 s.
    Hour,
    /// Calendar day.
    Day,
    /// 7 days.
    Week,
    /// Calendar month.
    Month,
    /// 3 months.
    Quarter,
    /// 12 months.
    Year,
}

impl IntervalUnit {
    /// All units, the shortest first.
    pub const ALL: [Self; 11] = [
        Self::Nanosecond,
        Self::Microsecond,
        Self::Millisecond,
        Self::Second,
        Self::Minute,
        Self::Hour,
        Self::Day,
        Self::Week,
        Self::Month,
        Self::Quarter,
        Self::Year,
    ];

    /// `Second`, `Minute`, .., as in `IntervalSecond` and `toIntervalSecond`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Nanosecond => "Nanosecond",
            Self::Microsecond => "Microsecond",
            Self::Millisecond => "Millisecond",
            Self::Second => "Second",
            Self::Minute => "Minute",
            Self::Hour => "Hour",
            Self::Day => "Day",
            Self::Week => "Week",
            Self::Month => "Month",
            Self::Quarter => "Quarter",
            Self::Year => "Year",
        }
    }

    /// Reads a unit as written in SQL, in any case, singular, plural or abbreviated.
    pub fn parse(text: &str) -> Option<Self> {
        let lower = text.to_ascii_lowercase();
        Some(match lower.as_str() {
            "nanosecond" | "nanoseconds" | "ns" => Self::Nanosecond,
            "microsecond" | "microseconds" | "us" => Self::Microsecond,
            "millisecond" | "milliseconds" | "ms" => Self::Millisecond,
            "second" | "seconds" | "ss" | "s" | "sql_tsi_second" => Self::Second,
            "minute" | "minutes" | "mi" | "n" | "m" | "sql_tsi_minute" => Self::Minute,
            "hour" | "hours" | "hh" | "h" | "sql_tsi_hour" => Self::Hour,
            "day" | "days" | "dd" | "d" | "sql_tsi_day" => Self::Day,
            "week" | "weeks" | "wk" | "ww" | "w" | "sql_tsi_week" => Self::Week,
            "month" | "months" | "mm" | "sql_tsi_month" => Self::Month,
            "quarter" | "quarters" | "qq" | "q" | "sql_tsi_quarter" => Self::Quarter,
            "year" | "years" | "yyyy" | "yy" | "y" | "sql_tsi_year" => Self::Year,
            _ => return None,
        })
    }

    /// Length in nanoseconds, for the units whose length does not depend on the calendar.
    pub fn fixed_nanoseconds(self) -> Option<i64> {
        Some(match self {
            Self::Nanosecond => 1,
            Self::Microsecond => 1_000,
            Self::Millisecond => 1_000_000,
            Self::Second => 1_000_000_000,
            Self::Minute => 60_000_000_000,
            Self::Hour => 3_600_000_000_000,
            _ => return None,
        })
    }
}

impl ChType {
    /// `Array(element)`.
    pub fn array(element: ChType) -> Self {
        Self::Array(Arc::new(element))
    }

    /// `JSON` without arguments.
    pub fn json() -> Self {
        Self::Json(Arc::default())
    }

    /// `Dynamic` without arguments.
    pub fn dynamic() -> Self {
        Self::Dynamic(DYNAMIC_TYPES)
    }

    /// Whether values carry their own type: Variant and Dynamic.
    pub fn is_tagged(&self) -> bool {
        matches!(self, Self::Variant(_) | Self::Dynamic(_))
    }

    /// A tuple without names.
    pub fn tuple(elements: impl IntoIterator<Item = ChType>) -> Self {
        Self::Tuple(elements.into_iter().map(|element| (None, element)).collect())
    }

    /// `Map(key, value)`.
    pub fn map(key: ChType, value: ChType) -> Self {
        Self::Map(Arc::new(key), Arc::new(value))
    }

    /// `Nullable(self)` where that exists; types that cannot be inside Nullable are returned as they are.
    /// `LowCardinality(T)` becomes `LowCardinality(Nullable(T))`.
    #[must_use]
    pub fn nullable(self) -> Self {
        match self {
            Self::LowCardinality(inner) => Self::LowCardinality(Arc::new(inner.as_ref().clone().nullable())),
            other if other.can_be_nullable() => Self::Nullable(Arc::new(other)),
            other => other,
        }
    }

    /// `Nullable(self)` if `wanted`, else `self`.
    #[must_use]
    pub fn nullable_if(self, wanted: bool) -> Self {
        if wanted { self.nullable() } else { self }
    }

    /// Whether `Nullable(self)` is a type of its own.
    pub fn can_be_nullable(&self) -> bool {
        !matches!(
            self,
            Self::Nullable(_)
                | Self::LowCardinality(_)
                | Self::Array(_)
                | Self::Map(..)
                | Self::Nested(_)
                | Self::Tuple(_)
                | Self::Variant(_)
                | Self::Dynamic(_)
                | Self::AggregateFunction(_)
        )
    }

    /// Whether values may be NULL (looks through LowCardinality and SimpleAggregateFunction).
    pub fn is_nullable(&self) -> bool {
        match self {
            Self::Nullable(_) | Self::Variant(_) | Self::Dynamic(_) => true,
            Self::LowCardinality(inner) => inner.is_nullable(),
            Self::SimpleAggregateFunction(of) => of.arguments.first().is_some_and(Self::is_nullable),
            _ => false,
        }
    }

    /// Whether this is exactly `Nullable(Nothing)`, the type of a bare `NULL`.
    pub fn is_only_null(&self) -> bool {
        matches!(self.without_low_cardinality(), Self::Nullable(inner) if **inner == Self::Nothing)
    }

    /// The type without an outer LowCardinality, and the argument type of a SimpleAggregateFunction.
    pub fn without_low_cardinality(&self) -> &Self {
        match self {
            Self::LowCardinality(inner) => inner,
            Self::SimpleAggregateFunction(of) => {
                of.arguments.first().map_or(self, Self::without_low_cardinality)
            }
            other => other,
        }
    }

    /// The type without LowCardinality and Nullable around it.
    pub fn bare(&self) -> &Self {
        match self.without_low_cardinality() {
            Self::Nullable(inner) => inner.bare(),
            other => other,
        }
    }

    /// The type with every LowCardinality removed, at any depth.
    #[must_use]
    pub fn without_low_cardinality_deep(&self) -> Self {
        match self {
            Self::LowCardinality(inner) => inner.without_low_cardinality_deep(),
            Self::Nullable(inner) => Self::Nullable(Arc::new(inner.without_low_cardinality_deep())),
            Self::Array(inner) => Self::array(inner.without_low_cardinality_deep()),
            Self::Map(k, v) => Self::map(k.without_low_cardinality_deep(), v.without_low_cardinality_deep()),
            Self::Tuple(elements) => Self::Tuple(
                elements.iter().map(|(n, t)| (n.clone(), t.without_low_cardinality_deep())).collect(),
            ),
            other => other.clone(),
        }
    }

    /// Whether the bare type is a whole number of any width (Bool included, Enum not).
    pub fn is_integer(&self) -> bool {
        self.integer_bits().is_some()
    }

    /// Whether the bare type is Float32 or Float64.
    pub fn is_float(&self) -> bool {
        matches!(self.bare(), Self::Float32 | Self::Float64)
    }

    /// Whether the bare type is a Decimal.
    pub fn is_decimal(&self) -> bool {
        matches!(self.bare(), Self::Decimal(..))
    }

    /// Whether the bare type is an integer, a float or a Decimal.
    pub fn is_number(&self) -> bool {
        self.is_integer() || self.is_float() || self.is_decimal()
    }

    /// Whether the bare type is String or FixedString.
    pub fn is_text(&self) -> bool {
        matches!(self.bare(), Self::String | Self::FixedString(_))
    }

    /// Whether the bare type is Date or Date32.
    pub fn is_date(&self) -> bool {
        matches!(self.bare(), Self::Date | Self::Date32)
    }

    /// Whether the bare type is DateTime or DateTime64.
    pub fn is_date_time(&self) -> bool {
        matches!(self.bare(), Self::DateTime(_) | Self::DateTime64(..))
    }

    /// Whether the bare type is an Enum.
    pub fn enum_values(&self) -> Option<&EnumValues> {
        match self.bare() {
            Self::Enum8(values) | Self::Enum16(values) => Some(values),
            _ => None,
        }
    }

    /// Element type of the bare type if it is an Array (or Nested).
    pub fn element(&self) -> Option<ChType> {
        match self.bare() {
            Self::Array(element) => Some(element.as_ref().clone()),
            Self::Nested(columns) => Some(Self::Tuple(columns.clone())),
            _ => None,
        }
    }

    /// The time zone of a DateTime or DateTime64, if its type names one.
    pub fn time_zone(&self) -> Option<&str> {
        match self.bare() {
            Self::DateTime(zone) | Self::DateTime64(_, zone) => zone.as_deref(),
            _ => None,
        }
    }

    /// Width in bits and whether it is signed, for whole numbers. Bool counts as UInt8.
    pub fn integer_bits(&self) -> Option<(u16, bool)> {
        Some(match self.bare() {
            Self::Bool | Self::UInt8 => (8, false),
            Self::UInt16 => (16, false),
            Self::UInt32 => (32, false),
            Self::UInt64 => (64, false),
            Self::UInt128 => (128, false),
            Self::UInt256 => (256, false),
            Self::Int8 => (8, true),
            Self::Int16 => (16, true),
            Self::Int32 => (32, true),
            Self::Int64 => (64, true),
            Self::Int128 => (128, true),
            Self::Int256 => (256, true),
            _ => return None,
        })
    }

    /// The whole-number type of at least `bits` bits; beyond 256 it stays at 256.
    pub fn integer(bits: u16, signed: bool) -> Self {
        match (bits, signed) {
            (0..=8, false) => Self::UInt8,
            (9..=16, false) => Self::UInt16,
            (17..=32, false) => Self::UInt32,
            (33..=64, false) => Self::UInt64,
            (65..=128, false) => Self::UInt128,
            (_, false) => Self::UInt256,
            (0..=8, true) => Self::Int8,
            (9..=16, true) => Self::Int16,
            (17..=32, true) => Self::Int32,
            (33..=64, true) => Self::Int64,
            (65..=128, true) => Self::Int128,
            (_, true) => Self::Int256,
        }
    }
}
