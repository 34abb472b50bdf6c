//! One value as text.

use std::io::Write;
use std::net::{Ipv4Addr, Ipv6Addr};

use arrow::array::{Array, ArrayRef, AsArray};
use arrow::datatypes::{
    DataType, Date32Type, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type, Float32Type,
    Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, TimeUnit, TimestampMicrosecondType,
    TimestampMillisecondType, TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type,
    UInt32Type, UInt64Type, i256,
};
use chrono_tz::Tz;
use kinglet_types::ChType;

use super::json::write_json_string;
use super::number::{write_decimal, write_i256};
use super::{DateTimeStyle, write_date, write_date_time, write_f32, write_f64};
use crate::json::{write_document, write_tagged};
use crate::{Environment, stored_precision};

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// As `toString` answers; texts inside arrays are quoted.
    Plain,
    /// As TabSeparated: tabs, line ends and backslashes escaped.
    Escaped,
    /// As a SQL literal: texts in single quotes.
    Quoted,
    /// As CSV: texts in double quotes.
    Csv,
    /// As JSON.
    Json {
        /// Quote integers of 64 bits and more.
        quote_64_bit: bool,
        /// Write `"nan"` and `"inf"` instead of null.
        quote_denormals: bool,
    },
}

/// Appends the value at `row` of a column of type `ty`.
pub fn write_value(
    array: &ArrayRef,
    row: usize,
    ty: &ChType,
    style: Style,
    environment: &Environment,
    out: &mut Vec<u8>,
) {
    if array.is_null(row) || *array.data_type() == DataType::Null {
        let null: &[u8] = match style {
            Style::Plain | Style::Quoted => b"NULL",
            Style::Escaped => environment.output.tsv_null.as_bytes(),
            Style::Csv => environment.output.csv_null.as_bytes(),
            Style::Json { .. } => b"null",
        };
        out.extend_from_slice(null);
        return;
    }
    let writer = Writer { style, environment };
    writer.value(array, row, ty.bare(), out);
}

struct Writer<'a> {
    style: Style,
    environment: &'a Environment,
}

impl Writer<'_> {
    fn json(&self) -> bool {
        matches!(self.style, Style::Json { .. })
    }

    fn value(&self, array: &ArrayRef, row: usize, ty: &ChType, out: &mut Vec<u8>) {
        match ty {
            ChType::Array(element) => self.list(array, row, element, out),
            ChType::Nested(_) => self.list(array, row, &ty.element().unwrap_or(ChType::Nothing), out),
            ChType::Tuple(_) | ChType::Map(..) if self.style == Style::Csv => {
                self.compound_csv(array, row, ty, out);
            }
            ChType::Tuple(elements) => self.tuple(array, row, elements, out),
            ChType::Map(key, value) => self.map(array, row, key, value, out),
            ChType::Variant(_) | ChType::Dynamic(_) => {
                write_tagged(bytes_at(array, row), self.style, self.environment, out);
            }
            ChType::Float32 => {
                self.float(f64::from(array.as_primitive::<Float32Type>().value(row)), out, |out| {
                    write_f32(array.as_primitive::<Float32Type>().value(row), out);
                });
            }
            ChType::Float64 => {
                let value = array.as_primitive::<Float64Type>().value(row);
                let output = &self.environment.output;
                match self.style {
                    Style::Json { quote_denormals, .. } if output.quote_floats => {
                        out.push(b'"');
                        match value.is_finite() || quote_denormals {
                            true => write_f64(value, out),
                            false => out.extend_from_slice(b"null"),
                        }
                        out.push(b'"');
                    }
                    _ => self.float(value, out, |out| write_f64(value, out)),
                }
            }
            ChType::Bool => {
                let output = &self.environment.output;
                let text = match (self.style, array.as_boolean().value(row)) {
                    (Style::Json { .. } | Style::Quoted, true) => "true",
                    (Style::Json { .. } | Style::Quoted, false) => "false",
                    (_, true) => &output.bool_true,
                    (_, false) => &output.bool_false,
                };
                out.extend_from_slice(text.as_bytes());
            }
            ChType::Decimal(_, scale) => self.decimal(decimal_at(array, row), *scale, out),
            ChType::String | ChType::AggregateFunction(_) => self.text(bytes_at(array, row), out),
            ChType::FixedString(_) => self.text(bytes_at(array, row), out),
            ChType::Json(_) if self.json() => {
                write_document(bytes_at(array, row), self.style, self.environment, out);
            }
            ChType::Json(_) => {
                let quote_64_bit = self.environment.quote_64_bit_integers;
                let style = Style::Json { quote_64_bit, quote_denormals: true };
                let mut text = Vec::new();
                write_document(bytes_at(array, row), style, self.environment, &mut text);
                self.text(&text, out);
            }
            ChType::Enum8(values) | ChType::Enum16(values) => {
                let name = values.name(int_at(array, row) as i16).unwrap_or("");
                self.text(name.as_bytes(), out);
            }
            ChType::Date | ChType::Date32 => self.quoted(out, |out| write_date(int_at(array, row), out)),
            ChType::DateTime(_) => {
                let zone = self.environment.zone_of(ty);
                self.date_time(int_at(array, row), 0, 0, zone, out);
            }
            ChType::DateTime64(precision, _) => {
                let zone = self.environment.zone_of(ty);
                let stored = stored_precision(*precision);
                self.date_time(int_at(array, row), stored, *precision, zone, out);
            }
            ChType::Time | ChType::Time64(_) => {
                self.quoted(out, |out| time_of_day(int_at(array, row), ty, out));
            }
            ChType::Uuid => self.quoted(out, |out| uuid(bytes_at(array, row), out)),
            ChType::Ipv4 => self.quoted(out, |out| {
                let _ = write!(out, "{}", Ipv4Addr::from(int_at(array, row) as u32));
            }),
            ChType::Ipv6 => self.quoted(out, |out| {
                let bytes: [u8; 16] = bytes_at(array, row).try_into().unwrap_or_default();
                write_ipv6(bytes, out);
            }),
            ChType::Int128 | ChType::Int256 => {
                self.wide(out, |out| write_i256(bytes_at(array, row), true, out));
            }
            ChType::UInt128 | ChType::UInt256 => {
                self.wide(out, |out| write_i256(bytes_at(array, row), false, out));
            }
            ChType::UInt64 => self.wide(out, |out| {
                let _ = write!(out, "{}", array.as_primitive::<UInt64Type>().value(row));
            }),
            ChType::Int64 | ChType::Interval(_) => self.wide(out, |out| {
                let _ = write!(out, "{}", int_at(array, row));
            }),
            _ => {
                let _ = write!(out, "{}", int_at(array, row));
            }
        }
    }

    fn text(&self, text: &[u8], out: &mut Vec<u8>) {
        write_string(text, self.style, self.environment, out);
    }

    /// Dates and the like: bare in plain styles, quoted elsewhere.
    fn quoted(&self, out: &mut Vec<u8>, write: impl Fn(&mut Vec<u8>)) {
        let quote = match self.style {
            Style::Plain | Style::Escaped => None,
            Style::Quoted => Some(b'\''),
            Style::Csv | Style::Json { .. } => Some(b'"'),
        };
        out.extend(quote);
        write(out);
        out.extend(quote);
    }

    /// A point in time in the style of the settings.
    fn date_time(&self, ticks: i64, stored: u8, digits: u8, zone: Tz, out: &mut Vec<u8>) {
        match self.environment.output.date_time {
            DateTimeStyle::Simple => {
                self.quoted(out, |out| write_date_time(ticks, stored, digits, zone, out));
            }
            DateTimeStyle::Iso => self.quoted(out, |out| {
                let start = out.len();
                write_date_time(ticks, stored, digits, Tz::UTC, out);
                if let Some(space) =
                    out.get_mut(start..).and_then(|text| text.iter_mut().find(|b| **b == b' '))
                {
                    *space = b'T';
                }
                out.push(b'Z');
            }),
            DateTimeStyle::UnixTimestamp => self.quoted(out, |out| {
                let unit = 10_i64.pow(u32::from(stored));
                let _ = write!(out, "{}", ticks.div_euclid(unit));
                if digits > 0 {
                    let shown = ticks.rem_euclid(unit) / 10_i64.pow(u32::from(stored.saturating_sub(digits)));
                    let _ = write!(out, ".{shown:0width$}", width = usize::from(digits));
                }
            }),
        }
    }

    fn decimal(&self, value: i256, scale: u8, out: &mut Vec<u8>) {
        let output = &self.environment.output;
        let quote = (self.json() && output.quote_decimals).then_some(b'"');
        out.extend(quote);
        let start = out.len();
        write_decimal(value, scale, out);
        if output.decimal_trailing_zeros && scale > 0 {
            let written = out.get(start..).unwrap_or_default();
            let fraction =
                written.iter().position(|byte| *byte == b'.').map(|point| written.len() - point - 1);
            if fraction.is_none() {
                out.push(b'.');
            }
            out.resize(out.len() + usize::from(scale).saturating_sub(fraction.unwrap_or(0)), b'0');
        }
        out.extend(quote);
    }

    fn wide(&self, out: &mut Vec<u8>, write: impl Fn(&mut Vec<u8>)) {
        let quote = matches!(self.style, Style::Json { quote_64_bit: true, .. }).then_some(b'"');
        out.extend(quote);
        write(out);
        out.extend(quote);
    }

    fn float(&self, value: f64, out: &mut Vec<u8>, write: impl Fn(&mut Vec<u8>)) {
        match self.style {
            Style::Json { quote_denormals: false, .. } if !value.is_finite() => {
                out.extend_from_slice(b"null");
            }
            Style::Json { .. } if !value.is_finite() => {
                out.push(b'"');
                write(out);
                out.push(b'"');
            }
            _ => write(out),
        }
    }

    fn inner(&self) -> Writer<'_> {
        let style = if self.json() { self.style } else { Style::Quoted };
        Writer { style, environment: self.environment }
    }

    fn nested(&self, array: &ArrayRef, row: usize, ty: &ChType, out: &mut Vec<u8>) {
        write_value(array, row, ty, self.inner().style, self.environment, out);
    }

    /// An array, tuple or map in CSV is its text in double quotes.
    fn compound_csv(&self, array: &ArrayRef, row: usize, ty: &ChType, out: &mut Vec<u8>) {
        let mut text = Vec::new();
        Writer { style: Style::Plain, environment: self.environment }.value(array, row, ty, &mut text);
        csv(&text, out);
    }

    fn list(&self, array: &ArrayRef, row: usize, element: &ChType, out: &mut Vec<u8>) {
        if self.style == Style::Csv {
            return self.compound_csv(array, row, &ChType::array(element.clone()), out);
        }
        let values = array.as_list::<i32>().value(row);
        out.push(b'[');
        for at in 0..values.len() {
            if at > 0 {
                out.push(b',');
            }
            self.nested(&values, at, element, out);
        }
        out.push(b']');
    }

    fn tuple(
        &self,
        array: &ArrayRef,
        row: usize,
        elements: &[(Option<std::sync::Arc<str>>, ChType)],
        out: &mut Vec<u8>,
    ) {
        let columns = array.as_struct().columns();
        let named = self.json()
            && self.environment.output.tuples_as_objects
            && !elements.is_empty()
            && elements.iter().all(|(name, _)| name.is_some());
        let (open, close) = match (self.json(), named) {
            (true, true) => (b'{', b'}'),
            (true, false) => (b'[', b']'),
            _ => (b'(', b')'),
        };
        out.push(open);
        for (at, ((name, ty), column)) in elements.iter().zip(columns).enumerate() {
            if at > 0 {
                out.push(b',');
            }
            if let (true, Some(name)) = (named, name) {
                write_json_string(name.as_bytes(), out);
                out.push(b':');
            }
            self.nested(column, row, ty, out);
        }
        out.push(close);
    }

    fn map(&self, array: &ArrayRef, row: usize, key: &ChType, value: &ChType, out: &mut Vec<u8>) {
        let entries = array.as_map().value(row);
        let [keys, values] = entries.columns() else { return };
        out.push(b'{');
        for at in 0..keys.len() {
            if at > 0 {
                out.push(b',');
            }
            if self.json() && !key.is_text() {
                let mut text = Vec::new();
                write_value(keys, at, key, Style::Plain, self.environment, &mut text);
                write_json_string(&text, out);
            } else {
                self.nested(keys, at, key, out);
            }
            out.push(b':');
            self.nested(values, at, value, out);
        }
        out.push(b'}');
    }
}

/// Appends a text as a value of type String.
pub(crate) fn write_string(text: &[u8], style: Style, environment: &Environment, out: &mut Vec<u8>) {
    match style {
        Style::Plain => out.extend_from_slice(text),
        Style::Escaped => escaped(text, false, out),
        Style::Quoted => {
            out.push(b'\'');
            escaped(text, true, out);
            out.push(b'\'');
        }
        Style::Csv => csv(text, out),
        Style::Json { .. } if environment.output.escape_slashes => write_json_string(text, out),
        Style::Json { .. } => {
            let mut escaped = Vec::with_capacity(text.len() + 2);
            write_json_string(text, &mut escaped);
            let mut bytes = escaped.into_iter().peekable();
            while let Some(byte) = bytes.next() {
                match (byte, bytes.peek()) {
                    (b'\\', Some(b'/')) => {}
                    (b'\\', Some(_)) => out.extend([Some(byte), bytes.next()].into_iter().flatten()),
                    _ => out.push(byte),
                }
            }
        }
    }
}

fn escaped(text: &[u8], quotes: bool, out: &mut Vec<u8>) {
    for &byte in text {
        match byte {
            b'\\' => out.extend_from_slice(b"\\\\"),
            b'\n' => out.extend_from_slice(b"\\n"),
            b'\t' => out.extend_from_slice(b"\\t"),
            b'\r' => out.extend_from_slice(b"\\r"),
            0 => out.extend_from_slice(b"\\0"),
            0x08 => out.extend_from_slice(b"\\b"),
            0x0c => out.extend_from_slice(b"\\f"),
            b'\'' if quotes => out.extend_from_slice(b"\\'"),
            b'\'' => out.extend_from_slice(b"\\'"),
            _ => out.push(byte),
        }
    }
}

/// A text as TabSeparated writes it.
pub(crate) fn escaped_text(text: &[u8], out: &mut Vec<u8>) {
    escaped(text, false, out);
}

fn csv(text: &[u8], out: &mut Vec<u8>) {
    out.push(b'"');
    for &byte in text {
        if byte == b'"' {
            out.push(b'"');
        }
        out.push(byte);
    }
    out.push(b'"');
}

fn uuid(bytes: &[u8], out: &mut Vec<u8>) {
    for (at, byte) in bytes.iter().enumerate() {
        if matches!(at, 4 | 6 | 8 | 10) {
            out.push(b'-');
        }
        let _ = write!(out, "{byte:02x}");
    }
}

/// Appends an IPv6 address; IPv4-mapped ones as `::ffff:a.b.c.d`.
pub(crate) fn write_ipv6(bytes: [u8; 16], out: &mut Vec<u8>) {
    let _ = write!(out, "{}", Ipv6Addr::from(bytes));
}

fn time_of_day(ticks: i64, ty: &ChType, out: &mut Vec<u8>) {
    let digits = if let ChType::Time64(precision) = ty { *precision } else { 0 };
    let unit = 10_i64.pow(u32::from(digits));
    let (seconds, fraction) = (ticks.abs() / unit, ticks.abs() % unit);
    let sign = if ticks < 0 { "-" } else { "" };
    let _ = write!(out, "{sign}{:02}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if digits > 0 {
        let _ = write!(out, ".{fraction:0width$}", width = usize::from(digits));
    }
}

/// The bytes of a value stored as BinaryView or FixedSizeBinary.
pub(crate) fn bytes_at(array: &ArrayRef, row: usize) -> &[u8] {
    match array.data_type() {
        DataType::BinaryView => array.as_binary_view().value(row),
        DataType::FixedSizeBinary(_) => array.as_fixed_size_binary().value(row),
        _ => &[],
    }
}

/// The stored number of a value of at most 64 bits; UInt64 keeps its bits.
pub(crate) fn int_at(array: &ArrayRef, row: usize) -> i64 {
    match array.data_type() {
        DataType::Boolean => array.as_boolean().value(row).into(),
        DataType::Int8 => array.as_primitive::<Int8Type>().value(row).into(),
        DataType::Int16 => array.as_primitive::<Int16Type>().value(row).into(),
        DataType::Int32 => array.as_primitive::<Int32Type>().value(row).into(),
        DataType::Int64 => array.as_primitive::<Int64Type>().value(row),
        DataType::UInt8 => array.as_primitive::<UInt8Type>().value(row).into(),
        DataType::UInt16 => array.as_primitive::<UInt16Type>().value(row).into(),
        DataType::UInt32 => array.as_primitive::<UInt32Type>().value(row).into(),
        DataType::UInt64 => array.as_primitive::<UInt64Type>().value(row) as i64,
        DataType::Date32 => array.as_primitive::<Date32Type>().value(row).into(),
        DataType::Timestamp(unit, _) => match unit {
            TimeUnit::Second => array.as_primitive::<TimestampSecondType>().value(row),
            TimeUnit::Millisecond => array.as_primitive::<TimestampMillisecondType>().value(row),
            TimeUnit::Microsecond => array.as_primitive::<TimestampMicrosecondType>().value(row),
            TimeUnit::Nanosecond => array.as_primitive::<TimestampNanosecondType>().value(row),
        },
        _ => 0,
    }
}

/// The unscaled value of a decimal.
pub(crate) fn decimal_at(array: &ArrayRef, row: usize) -> i256 {
    match array.data_type() {
        DataType::Decimal32(..) => i256::from_i128(array.as_primitive::<Decimal32Type>().value(row).into()),
        DataType::Decimal64(..) => i256::from_i128(array.as_primitive::<Decimal64Type>().value(row).into()),
        DataType::Decimal128(..) => i256::from_i128(array.as_primitive::<Decimal128Type>().value(row)),
        DataType::Decimal256(..) => array.as_primitive::<Decimal256Type>().value(row),
        _ => i256::ZERO,
    }
}
