//! Decimal types by name.

/// Storage bits, precision and scale of a decimal type, or `None` when the text is none that
/// Tinybird knows.
///
/// `Decimal` alone is `Decimal(10, 0)`; `DecimalN(s)` has the largest precision of its width.
pub fn decimal_type(text: &str) -> Option<(u16, u8, u8)> {
    let rest = text.strip_prefix("Decimal")?;
    let (width, arguments) = match rest.trim_start().strip_prefix('(') {
        Some(arguments) => ("", arguments),
        None if rest.is_empty() => return Some((64, 10, 0)),
        None => rest.split_once('(')?,
    };
    let arguments = arguments.strip_suffix(')')?;
    let numbers: Vec<u8> =
        arguments.split(',').map(|number| number.trim().parse().ok()).collect::<Option<_>>()?;
    let (precision, scale) = match (width.trim(), numbers.as_slice()) {
        ("", [precision]) => (*precision, 0),
        ("", [precision, scale]) => (*precision, *scale),
        ("32", [scale]) => (9, *scale),
        ("64", [scale]) => (18, *scale),
        ("128", [scale]) => (38, *scale),
        ("256", [scale]) => (76, *scale),
        _ => return None,
    };
    let bits = match precision {
        0..=9 => 32,
        10..=18 => 64,
        19..=38 => 128,
        39..=76 => 256,
        _ => return None,
    };
    (scale <= precision).then_some((bits, precision, scale))
}

#[cfg(test)]
mod tests {
    use super::decimal_type;

    #[test]
    fn widths() {
        assert_eq!(decimal_type("Decimal"), Some((64, 10, 0)));
        assert_eq!(decimal_type("Decimal ( 5 , 1 )"), Some((32, 5, 1)));
        assert_eq!(decimal_type("Decimal32(4)"), Some((32, 9, 4)));
        assert_eq!(decimal_type("Decimal(3, 4)"), None);
        assert_eq!(decimal_type("Decimal128(4, 2)"), None);
        assert_eq!(decimal_type("Decimal(5) x"), None);
        assert_eq!(decimal_type("decimal(3)"), None);
    }
}
