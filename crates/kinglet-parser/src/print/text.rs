//! Literals as text.

use kinglet_types::scientific;

use crate::ast::Value;

/// Writes bytes between quotes, with ClickHouse's escapes.
///
/// Bytes that are no UTF-8 are written as `\xHH`, so that the text can be read again.
pub(crate) fn quote(out: &mut String, bytes: &[u8], quote: u8) {
    out.push(char::from(quote));
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            match c {
                '\0' => out.push_str("\\0"),
                '\x08' => out.push_str("\\b"),
                '\x0C' => out.push_str("\\f"),
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                '\\' => out.push_str("\\\\"),
                c if c == char::from(quote) => out.extend(['\\', c]),
                c => out.push(c),
            }
        }
        for byte in chunk.invalid() {
            out.push_str(&format!("\\x{byte:02X}"));
        }
    }
    out.push(char::from(quote));
}

/// Writes a string literal.
pub(crate) fn quote_string(out: &mut String, bytes: &[u8]) {
    quote(out, bytes, b'\'');
}

/// Writes a literal as ClickHouse's formatter does: floats always show a point, an exponent or a word.
pub(crate) fn write_value(out: &mut String, value: &Value) {
    match value {
        Value::Null => out.push_str("NULL"),
        Value::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Value::UInt64(value) => out.push_str(&value.to_string()),
        Value::Int64(value) => out.push_str(&value.to_string()),
        Value::Float64(value) => {
            let start = out.len();
            write_float(out, *value);
            let written = out.get(start..).unwrap_or("");
            if written.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') {
                out.push('.');
            }
        }
        Value::String(bytes) => quote_string(out, bytes),
    }
}

/// Writes a float with the fewest digits that read back to it: as a decimal from 1e-6 to 1e21,
/// otherwise with an exponent.
pub(crate) fn write_float(out: &mut String, value: f64) {
    if value.is_nan() {
        return out.push_str("nan");
    }
    if value.is_infinite() {
        return out.push_str(if value > 0.0 { "inf" } else { "-inf" });
    }
    let text = scientific(value);
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let exponent: i32 = exponent.parse().unwrap_or(0);
    let (sign, mantissa) = mantissa.strip_prefix('-').map_or(("", mantissa), |rest| ("-", rest));
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    out.push_str(sign);
    if value != 0.0 && !(-7..21).contains(&exponent) || exponent == -7 {
        out.push_str(&text[sign.len()..]);
        return;
    }
    if exponent < 0 {
        out.push_str("0.");
        out.extend(std::iter::repeat_n('0', exponent.unsigned_abs() as usize - 1));
        out.push_str(&digits);
        return;
    }
    let whole = exponent as usize + 1;
    if digits.len() <= whole {
        out.push_str(&digits);
        out.extend(std::iter::repeat_n('0', whole - digits.len()));
    } else {
        let (before, after) = digits.split_at(whole);
        out.extend([before, ".", after]);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn float(value: f64) -> String {
        let mut out = String::new();
        write_value(&mut out, &Value::Float64(value));
        out
    }

    #[test]
    fn floats_look_as_in_clickhouse() {
        let cases = [
            (1.0, "1."),
            (1e10, "10000000000."),
            (1e20, "100000000000000000000."),
            (1e21, "1e21"),
            (0.000001, "0.000001"),
            (1e-7, "1e-7"),
            (-0.0, "-0."),
            (1.5e-3, "0.0015"),
            (12345678901234567890.5, "12345678901234567000."),
            (5e-324, "5e-324"),
            (f64::INFINITY, "inf"),
        ];
        for (value, text) in cases {
            assert_eq!(float(value), text);
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_escaped() {
        let mut out = String::new();
        quote_string(&mut out, b"a'\xFF\n");
        assert_eq!(out, "'a\\'\\xFF\\n'");
    }
}
