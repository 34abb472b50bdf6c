//! Floats as decimal text.
//!
//! With the feature `exact-floats`, which everything that computes has, reading and writing are exact. Without it they
//! are near: their tables and code are a twentieth of the editor's small module, which runs no query.

/// Whether floats are read and written exactly.
pub const EXACT_FLOATS: bool = cfg!(feature = "exact-floats");

/// Reads digits with an optional point and exponent. `None` for anything else.
pub fn parse_float(text: &str) -> Option<f64> {
    if EXACT_FLOATS { exact::parse(text) } else { near::parse(text) }
}

/// Writes a finite number with the fewest digits that read back to it, as `d.ddde-7`.
pub fn scientific(value: f64) -> String {
    if EXACT_FLOATS { exact::scientific(value) } else { near::scientific(value) }
}

mod exact {
    pub(super) fn parse(text: &str) -> Option<f64> {
        text.parse().ok()
    }

    pub(super) fn scientific(value: f64) -> String {
        format!("{value:e}")
    }
}

mod near {
    /// Digits that a mantissa of 64 bits holds whatever they are.
    const MAX_DIGITS: usize = 18;

    /// Digits that are written at most.
    const WRITTEN: i32 = 15;

    pub(super) fn parse(text: &str) -> Option<f64> {
        let (sign, text) = match text.strip_prefix('-') {
            Some(rest) => (-1.0, rest),
            None => (1.0, text.strip_prefix('+').unwrap_or(text)),
        };
        let (mantissa, exponent) = match text.find(['e', 'E']) {
            Some(at) => (text.get(..at)?, text.get(at + 1..)?.parse::<i32>().ok()?),
            None => (text, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let is_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if (whole.is_empty() && fraction.is_empty()) || !is_digits(whole) || !is_digits(fraction) {
            return None;
        }
        let (mut value, mut scale, mut digits) = (0u64, exponent, 0);
        for (at, byte) in whole.bytes().chain(fraction.bytes()).enumerate() {
            let is_fraction = at >= whole.len();
            if digits < MAX_DIGITS {
                value = value * 10 + u64::from(byte - b'0');
                digits += usize::from(value > 0);
                scale = scale.saturating_sub(i32::from(is_fraction));
            } else {
                scale = scale.saturating_add(i32::from(!is_fraction));
            }
        }
        Some(sign * scaled(value as f64, scale))
    }

    /// `value * 10^scale`, in two steps so that neither power leaves the range alone.
    fn scaled(value: f64, scale: i32) -> f64 {
        let scale = scale.clamp(-700, 700);
        let half = scale / 2;
        let power = |scale: i32| if scale < 0 { 1.0 / 10f64.powi(-scale) } else { 10f64.powi(scale) };
        value * power(half) * power(scale - half)
    }

    pub(super) fn scientific(value: f64) -> String {
        let sign = if value.is_sign_negative() { "-" } else { "" };
        let value = value.abs();
        if value == 0.0 {
            return [sign, "0e0"].concat();
        }
        let mut exponent = 0;
        while exponent < 400 && scaled(value, -exponent) >= 10.0 {
            exponent += 1;
        }
        while exponent > -400 && scaled(value, -exponent) < 1.0 {
            exponent -= 1;
        }
        let mut mantissa = (scaled(value, WRITTEN - 1 - exponent) + 0.5) as u64;
        if mantissa >= 10u64.pow(WRITTEN.unsigned_abs()) {
            mantissa /= 10;
            exponent += 1;
        }
        while mantissa.is_multiple_of(10) && mantissa > 0 {
            mantissa /= 10;
        }
        let digits = mantissa.to_string();
        let (first, rest) = digits.split_at_checked(1).unwrap_or((&digits, ""));
        [sign, first, if rest.is_empty() { "" } else { "." }, rest, "e", &exponent.to_string()].concat()
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn common_numbers_are_the_same_as_exact_ones() {
            for text in
                ["0", "0.5", "1.5", "100", "0.001", "3.25e10", "1e-9", "123456.789", "-2.5", "1e22", "7."]
            {
                let exact: f64 = text.parse().expect("a number");
                let found = parse(text).expect("a number");
                assert!((found - exact).abs() <= exact.abs() * 1e-14, "{text}: {found}");
                assert_eq!(scientific(exact), format!("{exact:e}"), "{text}");
            }
        }

        #[test]
        fn ends_of_the_range_and_other_texts() {
            for text in ["", ".", "e5", "1e", "1e+", "x", "1_0", "1e99999999999"] {
                assert_eq!(parse(text), None, "{text}");
            }
            assert_eq!(parse("1e400"), Some(f64::INFINITY));
            assert_eq!(parse("1e-400"), Some(0.0));
            assert!(scientific(5e-324).ends_with("e-324") && scientific(f64::MAX).ends_with("e308"));
        }
    }
}
