//! Types from text.

mod json;

use std::sync::Arc;

use kinglet_diagnostic::Span;

use crate::{AggregateType, ChType, EnumValues, IntervalUnit, TupleFields, suggest};

/// How deep types may nest in each other.
const MAX_DEPTH: usize = 64;

/// Why a text is not a type, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TypeError {
    /// One sentence for people.
    pub message: String,
    /// The offending part of the text.
    pub span: Span,
    /// Whether the text is well formed but names a type that does not exist.
    pub unknown_type: bool,
    /// Whether the type exists and its arguments do not go together.
    pub refused: bool,
}

impl ChType {
    /// Parses a type such as `Map(LowCardinality(String), Array(Nullable(Int8)))`.
    /// Names that ClickHouse takes in any case (`varchar`, `BIGINT`) are accepted too.
    ///
    /// # Errors
    /// Says what is wrong and where; nesting deeper than 64 is refused.
    pub fn parse(text: &str) -> Result<Self, TypeError> {
        let mut parser = Parser { text, at: 0 };
        let ty = parser.ty(0)?;
        parser.space();
        if parser.at < text.len() {
            return Err(parser.error(format!("Unexpected `{}` after the type {ty}", parser.rest())));
        }
        Ok(ty)
    }
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
}

type Parsed<T> = Result<T, TypeError>;

impl<'a> Parser<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn error(&self, message: impl Into<String>) -> TypeError {
        TypeError {
            message: message.into(),
            span: Span::new(self.at, self.text.len()),
            unknown_type: false,
            refused: false,
        }
    }

    fn space(&mut self) {
        self.at = self.text.len() - self.rest().trim_start().len();
    }

    fn eat(&mut self, c: char) -> bool {
        self.space();
        let found = self.rest().starts_with(c);
        if found {
            self.at += c.len_utf8();
        }
        found
    }

    fn expect(&mut self, c: char) -> Parsed<()> {
        if self.eat(c) { Ok(()) } else { Err(self.error(format!("Expected `{c}` in a type"))) }
    }

    fn word(&mut self) -> Option<&'a str> {
        self.space();
        let rest = self.rest();
        let len = rest
            .bytes()
            .enumerate()
            .take_while(|(at, b)| *b == b'_' || b.is_ascii_alphabetic() || (*at > 0 && b.is_ascii_digit()))
            .count();
        self.at += len;
        (len > 0).then(|| &rest[..len])
    }

    fn number(&mut self) -> Parsed<i64> {
        self.space();
        let rest = self.rest();
        let len = rest
            .bytes()
            .enumerate()
            .take_while(|(at, b)| b.is_ascii_digit() || (*at == 0 && *b == b'-'))
            .count();
        let value = rest[..len].parse().map_err(|_| self.error("Expected a number in a type"))?;
        self.at += len;
        Ok(value)
    }

    /// A text in `quote`s with backslash escapes and doubled quotes.
    fn quoted(&mut self, quote: char) -> Parsed<String> {
        self.expect(quote)?;
        let mut out = String::new();
        let mut chars = self.rest().char_indices().peekable();
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' => match chars.next() {
                    Some((_, 'n')) => out.push('\n'),
                    Some((_, 't')) => out.push('\t'),
                    Some((_, 'r')) => out.push('\r'),
                    Some((_, '0')) => out.push('\0'),
                    Some((_, 'b')) => out.push('\u{8}'),
                    Some((_, 'f')) => out.push('\u{c}'),
                    Some((_, other)) => out.push(other),
                    None => break,
                },
                c if c == quote && chars.peek().is_some_and(|(_, next)| *next == quote) => {
                    chars.next();
                    out.push(quote);
                }
                c if c == quote => {
                    self.at += at + c.len_utf8();
                    return Ok(out);
                }
                c => out.push(c),
            }
        }
        Err(self.error(format!("Unclosed {quote} in a type")))
    }

    fn name(&mut self) -> Option<Parsed<String>> {
        self.space();
        match self.rest().chars().next()? {
            quote @ ('`' | '"') => Some(self.quoted(quote)),
            _ => self.word().map(|word| Ok(word.to_owned())),
        }
    }

    fn ty(&mut self, depth: usize) -> Parsed<ChType> {
        if depth > MAX_DEPTH {
            return Err(self.error(format!("Types nest deeper than {MAX_DEPTH}")));
        }
        self.space();
        let start = self.at;
        let Some(word) = self.word() else { return Err(self.error("Expected a type")) };
        let name = self.family(word);
        let ty = match name.as_str() {
            "Decimal" => self.decimal()?,
            "Decimal32" => self.sized_decimal(9)?,
            "Decimal64" => self.sized_decimal(18)?,
            "Decimal128" => self.sized_decimal(38)?,
            "Decimal256" => self.sized_decimal(76)?,
            "FixedString" => self.fixed_string()?,
            "DateTime" => self.date_time()?,
            "DateTime32" => ChType::DateTime(self.zone_in_parentheses()?),
            "DateTime64" => self.date_time_64()?,
            "Time64" => ChType::Time64(self.optional_precision(3)?),
            "Enum" | "Enum8" | "Enum16" => self.enumeration(&name)?,
            "Array" => self.one(depth).map(ChType::array)?,
            "Nullable" => self.nullable(depth, start)?,
            "LowCardinality" => self.low_cardinality(depth)?,
            "Tuple" => ChType::Tuple(self.fields(depth, false)?),
            "Nested" => ChType::Nested(self.fields(depth, true)?),
            "Map" => self.map(depth)?,
            "Variant" => self.variant(depth)?,
            "AggregateFunction" => ChType::AggregateFunction(Arc::new(self.aggregate(depth)?)),
            "SimpleAggregateFunction" => ChType::SimpleAggregateFunction(Arc::new(self.aggregate(depth)?)),
            "JSON" => ChType::Json(Arc::new(self.json(depth)?)),
            "Object" => self.ignored_arguments().map(|()| ChType::json())?,
            "Dynamic" => self.dynamic()?,
            "Point" => point(),
            "Ring" | "LineString" => ChType::array(point()),
            "Polygon" | "MultiLineString" => ChType::array(ChType::array(point())),
            "MultiPolygon" => ChType::array(ChType::array(ChType::array(point()))),
            other => match plain(other) {
                Some(ty) => ty,
                None => {
                    let message = format!("Unknown data type family: {word}{}", suggest::hint(word));
                    return Err(TypeError {
                        message,
                        span: Span::new(start, self.at),
                        unknown_type: true,
                        refused: false,
                    });
                }
            },
        };
        if plain(&name).is_some() && !name.starts_with("Interval") {
            // `VARCHAR(255)`, `INT(11)`, `DOUBLE(8, 2)`: sizes without a meaning.
            self.ignored_sizes()?;
        }
        Ok(ty)
    }

    /// The canonical name of a family, whatever spelling was used; reads a second word where one belongs.
    fn family(&mut self, word: &str) -> String {
        if plain(word).is_some() || FAMILIES.contains(&word) {
            return word.to_owned();
        }
        let upper = word.to_ascii_uppercase();
        if let Some(canonical) = alias(&upper) {
            self.second_word(&upper, canonical).to_owned()
        } else {
            word.to_owned()
        }
    }

    fn second_word(&mut self, upper: &str, canonical: &'static str) -> &'static str {
        let before = self.at;
        let second = self.word().map(str::to_ascii_uppercase);
        match (upper, second.as_deref()) {
            ("INT" | "INTEGER" | "TINYINT" | "SMALLINT" | "MEDIUMINT" | "BIGINT", Some("UNSIGNED")) => {
                return match canonical {
                    "Int8" => "UInt8",
                    "Int16" => "UInt16",
                    "Int64" => "UInt64",
                    _ => "UInt32",
                };
            }
            ("INT" | "INTEGER" | "TINYINT" | "SMALLINT" | "MEDIUMINT" | "BIGINT", Some("SIGNED"))
            | ("DOUBLE", Some("PRECISION"))
            | ("CHAR" | "CHARACTER" | "NCHAR", Some("VARYING"))
            | ("BINARY", Some("VARYING" | "LARGE")) => return canonical,
            _ => self.at = before,
        }
        canonical
    }

    fn ignored_sizes(&mut self) -> Parsed<()> {
        if self.eat('(') {
            self.number()?;
            while self.eat(',') {
                self.number()?;
            }
            self.expect(')')?;
        }
        Ok(())
    }

    fn one(&mut self, depth: usize) -> Parsed<ChType> {
        self.expect('(')?;
        let ty = self.ty(depth + 1)?;
        self.expect(')')?;
        Ok(ty)
    }

    fn nullable(&mut self, depth: usize, start: usize) -> Parsed<ChType> {
        let inner = self.one(depth)?;
        if !inner.can_be_nullable() {
            let message = format!("Nested type {inner} cannot be inside Nullable type");
            return Err(TypeError {
                message,
                span: Span::new(start, self.at),
                unknown_type: false,
                refused: false,
            });
        }
        Ok(ChType::Nullable(Arc::new(inner)))
    }

    fn low_cardinality(&mut self, depth: usize) -> Parsed<ChType> {
        let inner = self.one(depth)?;
        let scalar = inner.is_text()
            || inner.is_integer()
            || inner.is_float()
            || inner.is_date()
            || inner.is_date_time();
        if scalar || matches!(inner.bare(), ChType::Uuid | ChType::Ipv4 | ChType::Ipv6) {
            return Ok(ChType::LowCardinality(Arc::new(inner)));
        }
        Err(self.error(format!("{inner} cannot be inside LowCardinality type")))
    }

    fn map(&mut self, depth: usize) -> Parsed<ChType> {
        self.expect('(')?;
        let key = self.ty(depth + 1)?;
        self.expect(',')?;
        let value = self.ty(depth + 1)?;
        self.expect(')')?;
        Ok(ChType::map(key, value))
    }

    fn variant(&mut self, depth: usize) -> Parsed<ChType> {
        let start = self.at;
        self.expect('(')?;
        let mut types = Vec::new();
        while !self.eat(')') {
            let ty = self.ty(depth + 1)?;
            match ty {
                ChType::Variant(_) => return Err(self.refused(start, "Nested Variant types are not allowed")),
                ChType::Dynamic(_) => {
                    return Err(self.refused(start, "Dynamic type is not allowed inside Variant type"));
                }
                _ if ty.is_nullable() => {
                    let message =
                        "Nullable/LowCardinality(Nullable) types are not allowed inside Variant type";
                    return Err(self.refused(start, message));
                }
                _ => types.push(ty),
            }
            if !self.eat(',') {
                self.expect(')')?;
                break;
            }
        }
        if types.is_empty() {
            return Err(self.refused(start, "Variant type should have at least one nested type"));
        }
        let mut ordered: Vec<ChType> = Vec::with_capacity(types.len());
        for ty in types {
            let text = ty.to_string();
            let at = ordered.partition_point(|known| known.to_string() < text);
            if ordered.get(at) != Some(&ty) {
                ordered.insert(at, ty);
            }
        }
        Ok(ChType::Variant(ordered.into()))
    }

    /// `(T, name T, ..)`; `named` demands names.
    fn fields(&mut self, depth: usize, named: bool) -> Parsed<TupleFields> {
        let mut fields = Vec::new();
        self.expect('(')?;
        while !self.eat(')') {
            let start = self.at;
            let label = match self.name() {
                Some(name) => Some(name?),
                None => return Err(self.error("Expected a type or a name")),
            };
            self.space();
            let is_label = !matches!(self.rest().chars().next(), None | Some('(' | ')' | ','));
            // `DOUBLE PRECISION` and the like are types of two words.
            let two_words = label.as_deref().is_some_and(|l| is_two_word_type(l, self.rest()));
            let label = if is_label && !two_words {
                label.map(Arc::from)
            } else {
                self.at = start;
                None
            };
            if named && label.is_none() {
                return Err(self.error("Expected a name and a type inside Nested"));
            }
            fields.push((label, self.ty(depth + 1)?));
            if !self.eat(',') {
                self.expect(')')?;
                break;
            }
        }
        Ok(fields.into())
    }

    fn decimal(&mut self) -> Parsed<ChType> {
        if !self.eat('(') {
            return Ok(ChType::Decimal(10, 0));
        }
        let precision = self.number()?;
        let scale = if self.eat(',') { self.number()? } else { 0 };
        self.expect(')')?;
        self.checked_decimal(precision, scale)
    }

    fn sized_decimal(&mut self, precision: i64) -> Parsed<ChType> {
        self.expect('(')?;
        let scale = self.number()?;
        self.expect(')')?;
        self.checked_decimal(precision, scale)
    }

    fn checked_decimal(&self, precision: i64, scale: i64) -> Parsed<ChType> {
        match (u8::try_from(precision), u8::try_from(scale)) {
            (Ok(p @ 1..=76), Ok(s)) if s <= p => Ok(ChType::Decimal(p, s)),
            _ => Err(self.error(format!("Decimal({precision}, {scale}) is out of bounds"))),
        }
    }

    fn fixed_string(&mut self) -> Parsed<ChType> {
        self.expect('(')?;
        let length = self.number()?;
        self.expect(')')?;
        match u32::try_from(length) {
            Ok(length @ 1..=0xFF_FFFF) => Ok(ChType::FixedString(length)),
            _ => Err(self.error("The length of a FixedString must be from 1 to 16777215")),
        }
    }

    fn zone_in_parentheses(&mut self) -> Parsed<Option<Arc<str>>> {
        if !self.eat('(') {
            return Ok(None);
        }
        if self.eat(')') {
            return Ok(None);
        }
        let zone = self.quoted('\'')?;
        self.expect(')')?;
        Ok(Some(zone.into()))
    }

    fn date_time(&mut self) -> Parsed<ChType> {
        let before = self.at;
        if self.eat('(') {
            self.space();
            if self.rest().starts_with(|c: char| c.is_ascii_digit()) {
                self.at = before;
                return self.date_time_64();
            }
            self.at = before;
        }
        Ok(ChType::DateTime(self.zone_in_parentheses()?))
    }

    fn date_time_64(&mut self) -> Parsed<ChType> {
        if !self.eat('(') {
            return Ok(ChType::DateTime64(3, None));
        }
        if self.eat(')') {
            return Ok(ChType::DateTime64(3, None));
        }
        let precision = self.number()?;
        let zone = if self.eat(',') { Some(Arc::from(self.quoted('\'')?)) } else { None };
        self.expect(')')?;
        Ok(ChType::DateTime64(self.checked_precision(precision)?, zone))
    }

    fn optional_precision(&mut self, default: u8) -> Parsed<u8> {
        if !self.eat('(') {
            return Ok(default);
        }
        let precision = self.number()?;
        self.expect(')')?;
        self.checked_precision(precision)
    }

    fn checked_precision(&self, precision: i64) -> Parsed<u8> {
        match u8::try_from(precision) {
            Ok(precision @ 0..=9) => Ok(precision),
            _ => Err(self.error(format!("Scale {precision} is out of the range 0 to 9"))),
        }
    }

    fn enumeration(&mut self, family: &str) -> Parsed<ChType> {
        self.expect('(')?;
        let mut entries: Vec<(Arc<str>, i16)> = Vec::new();
        let mut next = 1;
        while !self.eat(')') {
            let label = self.quoted('\'')?;
            if self.eat('=') {
                next = self.number()?;
            }
            let number =
                i16::try_from(next).map_err(|_| self.error(format!("Enum value {next} is out of range")))?;
            entries.push((label.into(), number));
            next += 1;
            if !self.eat(',') {
                self.expect(')')?;
                break;
            }
        }
        let narrow = entries.iter().all(|(_, number)| i8::try_from(*number).is_ok());
        let values = EnumValues::new(entries)
            .ok_or_else(|| self.error("An Enum needs values, each name and number once"))?;
        match family {
            "Enum8" if !narrow => Err(self.error("A value does not fit Enum8")),
            "Enum16" => Ok(ChType::Enum16(Arc::new(values))),
            _ if narrow => Ok(ChType::Enum8(Arc::new(values))),
            _ => Ok(ChType::Enum16(Arc::new(values))),
        }
    }

    fn aggregate(&mut self, depth: usize) -> Parsed<AggregateType> {
        self.expect('(')?;
        self.space();
        let version = if self.rest().starts_with(|c: char| c.is_ascii_digit()) {
            let version = self.number()?;
            self.expect(',')?;
            u32::try_from(version).ok()
        } else {
            None
        };
        let Some(function) = self.word() else { return Err(self.error("Expected an aggregate function")) };
        let parameters = if self.eat('(') { self.parameters()? } else { Vec::new() };
        let mut arguments = Vec::new();
        while self.eat(',') {
            arguments.push(self.ty(depth + 1)?);
        }
        self.expect(')')?;
        Ok(AggregateType {
            version,
            function: function.into(),
            parameters: parameters.into(),
            arguments: arguments.into(),
        })
    }

    /// Literals up to the closing parenthesis, which is read too.
    fn parameters(&mut self) -> Parsed<Vec<Arc<str>>> {
        let mut out = Vec::new();
        loop {
            if self.eat(')') {
                return Ok(out);
            }
            self.space();
            let start = self.at;
            if self.rest().starts_with('\'') {
                self.quoted('\'')?;
            } else {
                let len = self.rest().bytes().take_while(|b| !b",)".contains(b)).count();
                self.at += len;
            }
            let literal = self.text.get(start..self.at).unwrap_or("").trim();
            if literal.is_empty() {
                return Err(self.error("Expected a literal as parameter of an aggregate function"));
            }
            out.push(literal.into());
            self.eat(',');
        }
    }

    /// A type that is well formed and cannot be, error 36.
    fn refused(&self, start: usize, message: impl Into<String>) -> TypeError {
        TypeError { refused: true, span: Span::new(start, self.at), ..self.error(message) }
    }
}

fn is_two_word_type(first: &str, rest: &str) -> bool {
    let second: String = rest.chars().take_while(char::is_ascii_alphabetic).collect();
    matches!(second.to_ascii_uppercase().as_str(), "PRECISION" | "UNSIGNED" | "SIGNED" | "VARYING")
        && alias(&first.to_ascii_uppercase()).is_some()
}

fn point() -> ChType {
    ChType::tuple([ChType::Float64, ChType::Float64])
}

/// Families that take arguments.
const FAMILIES: [&str; 30] = [
    "Decimal",
    "Decimal32",
    "Decimal64",
    "Decimal128",
    "Decimal256",
    "FixedString",
    "DateTime",
    "DateTime32",
    "DateTime64",
    "Time64",
    "Enum",
    "Enum8",
    "Enum16",
    "Array",
    "Nullable",
    "LowCardinality",
    "Tuple",
    "Nested",
    "Map",
    "Variant",
    "AggregateFunction",
    "SimpleAggregateFunction",
    "JSON",
    "Object",
    "Dynamic",
    "Point",
    "Ring",
    "LineString",
    "Polygon",
    "MultiPolygon",
];

/// Types without arguments.
fn plain(name: &str) -> Option<ChType> {
    Some(match name {
        "Nothing" => ChType::Nothing,
        "Bool" => ChType::Bool,
        "UInt8" => ChType::UInt8,
        "UInt16" => ChType::UInt16,
        "UInt32" => ChType::UInt32,
        "UInt64" => ChType::UInt64,
        "UInt128" => ChType::UInt128,
        "UInt256" => ChType::UInt256,
        "Int8" => ChType::Int8,
        "Int16" => ChType::Int16,
        "Int32" => ChType::Int32,
        "Int64" => ChType::Int64,
        "Int128" => ChType::Int128,
        "Int256" => ChType::Int256,
        "Float32" => ChType::Float32,
        "Float64" => ChType::Float64,
        "String" => ChType::String,
        "Date" => ChType::Date,
        "Date32" => ChType::Date32,
        "Time" => ChType::Time,
        "UUID" => ChType::Uuid,
        "IPv4" => ChType::Ipv4,
        "IPv6" => ChType::Ipv6,
        _ => {
            return name.strip_prefix("Interval").and_then(|unit| {
                IntervalUnit::ALL.into_iter().find(|known| known.name() == unit).map(ChType::Interval)
            });
        }
    })
}

/// Spellings ClickHouse takes in any case; `upper` is in capitals.
fn alias(upper: &str) -> Option<&'static str> {
    Some(match upper {
        "BOOL" | "BOOLEAN" => "Bool",
        "TINYINT" | "INT1" | "BYTE" => "Int8",
        "SMALLINT" => "Int16",
        "INT" | "INTEGER" | "MEDIUMINT" => "Int32",
        "BIGINT" | "SIGNED" => "Int64",
        "UNSIGNED" | "BIT" | "SET" => "UInt64",
        "YEAR" => "UInt16",
        "FLOAT" | "REAL" | "SINGLE" => "Float32",
        "DOUBLE" => "Float64",
        "DECIMAL" | "DEC" | "NUMERIC" | "FIXED" => "Decimal",
        "DECIMAL32" => "Decimal32",
        "DECIMAL64" => "Decimal64",
        "DECIMAL128" => "Decimal128",
        "DECIMAL256" => "Decimal256",
        "CHAR" | "CHARACTER" | "NCHAR" | "VARCHAR" | "VARCHAR2" | "NVARCHAR" | "TEXT" | "TINYTEXT"
        | "MEDIUMTEXT" | "LONGTEXT" | "BLOB" | "TINYBLOB" | "MEDIUMBLOB" | "LONGBLOB" | "BYTEA" | "CLOB"
        | "VARBINARY" => "String",
        "BINARY" => "FixedString",
        "DATE" => "Date",
        "DATE32" => "Date32",
        "DATETIME" | "TIMESTAMP" => "DateTime",
        "DATETIME32" => "DateTime32",
        "DATETIME64" => "DateTime64",
        "TIME" => "Time",
        "TIME64" => "Time64",
        "ENUM" => "Enum",
        "INET4" => "IPv4",
        "INET6" => "IPv6",
        "JSON" => "JSON",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Text, and how it prints if differently.
    const ROUND_TRIPS: &[(&str, &str)] = &[
        ("Array(Nullable(LowCardinality(String)))", "!"),
        ("Map(LowCardinality(String), Array(Nullable(Int8)))", ""),
        ("Tuple(a UInt8, `b c` Array(String))", ""),
        ("Tuple(UInt8,String)", "Tuple(UInt8, String)"),
        ("Tuple()", ""),
        ("Nested(sku String, n UInt8)", ""),
        ("DateTime64(3, 'Europe/Madrid')", ""),
        ("DateTime64", "DateTime64(3)"),
        ("DateTime64()", "DateTime64(3)"),
        ("DateTime('UTC')", ""),
        ("Enum('b' = 2, 'a' = 1)", "Enum8('a' = 1, 'b' = 2)"),
        ("Enum8('it\\'s', 'x')", "Enum8('it\\'s' = 1, 'x' = 2)"),
        ("Enum16('a' = 1000)", ""),
        ("Decimal32(4)", "Decimal(9, 4)"),
        ("numeric(10)", "Decimal(10, 0)"),
        ("AggregateFunction(quantiles(0.5, 0.9), Float64)", ""),
        ("AggregateFunction(1, argMax, String, DateTime)", ""),
        ("AggregateFunction(count)", ""),
        ("SimpleAggregateFunction(max, Nullable(DateTime))", ""),
        ("JSON(max_dynamic_paths=8, `a.b` UInt32)", ""),
        (
            "JSON(SKIP z, a.b Array(UInt8), SKIP REGEXP 'x.*', max_dynamic_types=3, a String, SKIP b.c)",
            "JSON(max_dynamic_types=3, a String, `a.b` Array(UInt8), SKIP `b.c`, SKIP z, SKIP REGEXP 'x.*')",
        ),
        ("JSON(max_dynamic_types=32, max_dynamic_paths=1024)", "JSON"),
        ("JSON(a UInt8, a UInt8)", "!"),
        ("JSON(a.b UInt8, SKIP a)", "!"),
        ("JSON(max_dynamic_types=255)", "!"),
        ("Dynamic(max_types=3)", ""),
        ("Dynamic(max_types=32)", "Dynamic"),
        ("Dynamic(max_types=255)", "!"),
        ("Nullable(JSON)", ""),
        ("Variant()", "!"),
        ("Variant(Nullable(UInt8))", "!"),
        ("Variant(UInt8, String)", "Variant(String, UInt8)"),
        ("bigint unsigned", "UInt64"),
        ("VARCHAR(255)", "String"),
        ("double precision", "Float64"),
        ("IntervalDay", ""),
        ("FixedString(0)", "!"),
        ("Decimal(77, 2)", "!"),
        ("Nullable(Array(UInt8))", "!"),
        ("Array(", "!"),
        ("Array(String) x", "!"),
        ("Strin", "!"),
        ("", "!"),
    ];

    #[test]
    fn prints_as_clickhouse_does() {
        for (text, printed) in ROUND_TRIPS {
            let got = ChType::parse(text).map_or_else(|_| "!".to_owned(), |ty| ty.to_string());
            let wanted = if printed.is_empty() { text } else { printed };
            assert_eq!(&got, wanted, "{text}");
        }
    }

    #[test]
    fn depth_is_bounded() {
        let deep = format!("{}UInt8{}", "Array(".repeat(500), ")".repeat(500));
        assert!(ChType::parse(&deep).is_err());
    }
}
