//! Floats as text: the shortest digits that read back the same, with an exponent from 1e21 on and below 1e-6.

use std::io::Write;

/// Appends a Float64.
pub fn write_f64(value: f64, out: &mut Vec<u8>) {
    if special(value.is_nan(), value.is_infinite(), value.is_sign_negative(), out) {
        return;
    }
    shaped(value, format!("{value:e}"), out, |out| {
        let _ = write!(out, "{value}");
    });
}

/// Appends a Float32.
pub fn write_f32(value: f32, out: &mut Vec<u8>) {
    if special(value.is_nan(), value.is_infinite(), value.is_sign_negative(), out) {
        return;
    }
    shaped(f64::from(value), format!("{value:e}"), out, |out| {
        let _ = write!(out, "{value}");
    });
}

fn special(nan: bool, infinite: bool, negative: bool, out: &mut Vec<u8>) -> bool {
    let text: &[u8] = match (nan, infinite, negative) {
        (true, _, _) => b"nan",
        (_, true, false) => b"inf",
        (_, true, true) => b"-inf",
        _ => return false,
    };
    out.extend_from_slice(text);
    true
}

fn shaped(value: f64, scientific: String, out: &mut Vec<u8>, plain: impl Fn(&mut Vec<u8>)) {
    let magnitude = value.abs();
    if magnitude != 0.0 && !(1e-6..1e21).contains(&magnitude) {
        out.extend_from_slice(scientific.as_bytes());
    } else {
        plain(out);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_clickhouse_prints() {
        for (value, text) in [
            (0.1, "0.1"),
            (-0.0, "-0"),
            (1e20, "100000000000000000000"),
            (1e21, "1e21"),
            (1.5e-7, "1.5e-7"),
            (0.000001, "0.000001"),
            (f64::NAN, "nan"),
            (f64::NEG_INFINITY, "-inf"),
        ] {
            let mut out = Vec::new();
            write_f64(value, &mut out);
            assert_eq!(String::from_utf8_lossy(&out), text);
        }
    }
}
