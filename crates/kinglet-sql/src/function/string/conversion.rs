//! The conversions of `printf`.

use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use crate::conversion::as_float;
use crate::function::Column;
use crate::text::{bytes_at, int_at};

/// A part of a pattern.
pub(super) enum Part<'a> {
    Text(&'a [u8]),
    Value(Conversion),
}

/// Flags, width, precision and letter of a conversion.
#[derive(Default)]
pub(super) struct Conversion {
    left: bool,
    plus: bool,
    space: bool,
    zero: bool,
    alternate: bool,
    width: usize,
    precision: Option<usize>,
    letter: u8,
}

fn refused(text: impl std::fmt::Display) -> SqlError {
    SqlError::new(ErrorCode::BAD_ARGUMENTS, format!("Bad format of function printf: {text}"))
}

/// The number at the front, at most 4096.
fn number(bytes: &mut std::iter::Peekable<impl Iterator<Item = u8>>) -> usize {
    let mut number = 0_usize;
    while let Some(digit) = bytes.next_if(u8::is_ascii_digit) {
        number = (number * 10 + usize::from(digit - b'0')).min(4_096);
    }
    number
}

/// The pattern taken apart.
pub(super) fn parts(pattern: &[u8]) -> Result<Vec<Part<'_>>> {
    let mut parts = Vec::new();
    let mut rest = pattern;
    while let Some(at) = memchr::memchr(b'%', rest) {
        parts.push(Part::Text(&rest[..at]));
        rest = &rest[at + 1..];
        if let Some(tail) = rest.strip_prefix(b"%") {
            parts.push(Part::Text(b"%"));
            rest = tail;
            continue;
        }
        let mut conversion = Conversion::default();
        let mut bytes = rest.iter().copied().peekable();
        while let Some(flag) = bytes.next_if(|byte| b"-+ 0#".contains(byte)) {
            match flag {
                b'-' => conversion.left = true,
                b'+' => conversion.plus = true,
                b' ' => conversion.space = true,
                b'0' => conversion.zero = true,
                _ => conversion.alternate = true,
            }
        }
        conversion.width = number(&mut bytes);
        if bytes.next_if_eq(&b'.').is_some() {
            conversion.precision = Some(number(&mut bytes).min(1_024));
        }
        conversion.letter = bytes.next().ok_or_else(|| refused("it ends in a conversion"))?;
        let left = bytes.count();
        rest = &rest[rest.len() - left..];
        parts.push(Part::Value(conversion));
    }
    parts.push(Part::Text(rest));
    Ok(parts)
}

impl Conversion {
    /// Appends the value of a row.
    pub(super) fn write(&self, column: &Column, row: usize, out: &mut Vec<u8>) -> Result<()> {
        let at = column.index(row);
        let ty = column.ty.bare();
        let text = match self.letter {
            b'd' | b'i' | b'u' | b'x' | b'X' | b'o' | b'c' if ty.is_integer() => {
                self.whole(int_at(&column.array, at), ty)
            }
            b'f' | b'F' | b'e' | b'E' | b'g' | b'G' if ty.is_number() => {
                self.float(as_float(&column.array, at, ty))
            }
            b's' if ty.is_text() => {
                let bytes = bytes_at(&column.array, at);
                let kept = self.precision.unwrap_or(bytes.len()).min(bytes.len());
                self.pad(b"", &bytes[..kept], false, out);
                return Ok(());
            }
            letter => return Err(refused(format!("%{} does not take a {}", char::from(letter), column.ty))),
        };
        let (sign, digits) = match text.strip_prefix(['-', '+', ' ']) {
            Some(digits) => (text.as_bytes().get(..1).unwrap_or_default(), digits),
            None => (&b""[..], text.as_str()),
        };
        self.pad(sign, digits.as_bytes(), self.zero && !self.left, out);
        Ok(())
    }

    fn pad(&self, sign: &[u8], text: &[u8], zero: bool, out: &mut Vec<u8>) {
        let missing = self.width.saturating_sub(sign.len() + text.len());
        if !self.left && !zero {
            out.extend(std::iter::repeat_n(b' ', missing));
        }
        out.extend_from_slice(sign);
        if zero {
            out.extend(std::iter::repeat_n(b'0', missing));
        }
        out.extend_from_slice(text);
        if self.left {
            out.extend(std::iter::repeat_n(b' ', missing));
        }
    }

    fn signed(&self, negative: bool, digits: String) -> String {
        match (negative, self.plus, self.space) {
            (true, ..) => format!("-{digits}"),
            (_, true, _) => format!("+{digits}"),
            (_, _, true) => format!(" {digits}"),
            _ => digits,
        }
    }

    fn whole(&self, value: i64, ty: &ChType) -> String {
        let (bits, signed) = ty.integer_bits().unwrap_or((64, true));
        let unsigned = value as u64 & u64::MAX >> (64 - bits.clamp(8, 64));
        let prefix = |text: &str| if self.alternate { text.to_owned() } else { String::new() };
        match self.letter {
            b'x' => format!("{}{unsigned:x}", prefix("0x")),
            b'X' => format!("{}{unsigned:X}", prefix("0X")),
            b'o' => format!("{}{unsigned:o}", prefix("0")),
            b'c' => char::from(value as u8).to_string(),
            b'u' => unsigned.to_string(),
            _ if signed => self.signed(value < 0, value.unsigned_abs().to_string()),
            _ => self.signed(false, unsigned.to_string()),
        }
    }

    fn float(&self, value: f64) -> String {
        if !value.is_finite() {
            let text = if value.is_nan() { "nan" } else { "inf" };
            return self.signed(value < 0.0, text.to_owned());
        }
        let precision = self.precision.unwrap_or(6);
        let magnitude = value.abs();
        let text = match self.letter {
            b'f' | b'F' => format!("{magnitude:.precision$}"),
            b'e' => exponent(magnitude, precision, 'e'),
            b'E' => exponent(magnitude, precision, 'E'),
            letter => shortest(magnitude, precision.max(1), if letter == b'g' { 'e' } else { 'E' }),
        };
        self.signed(value.is_sign_negative(), text)
    }
}

/// A number with an exponent of at least two digits.
fn exponent(value: f64, precision: usize, letter: char) -> String {
    let text = format!("{value:.precision$e}");
    let (digits, exponent) = text.split_once('e').unwrap_or((text.as_str(), "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let sign = if exponent < 0 { '-' } else { '+' };
    format!("{digits}{letter}{sign}{:02}", exponent.abs())
}

/// C's `%g`: plain or with an exponent, without zeros at the end.
fn shortest(value: f64, precision: usize, letter: char) -> String {
    let power = if value == 0.0 { 0 } else { value.log10().floor() as i32 };
    let trim = |text: &str| {
        if text.contains('.') {
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        } else {
            text.to_owned()
        }
    };
    if power < -4 || power >= precision as i32 {
        let text = exponent(value, precision - 1, letter);
        let (digits, exponent) = text.split_once(letter).unwrap_or((text.as_str(), "+00"));
        return format!("{}{letter}{exponent}", trim(digits));
    }
    let digits = (precision as i32 - 1 - power).max(0) as usize;
    trim(&format!("{value:.digits$}"))
}
