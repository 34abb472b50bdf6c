//! Integers from and to floats.

use super::{Integer, magnitude};

/// Bits of a float's fraction that are stored.
const FRACTION: u64 = 52;

impl Integer {
    /// The nearest float, ties to even; infinite beyond the largest.
    pub(crate) fn to_f64(&self) -> f64 {
        let drop = self.bits().saturating_sub(64);
        let head = magnitude::shifted_right(&self.limbs, drop);
        let mut top = head.iter().rev().fold(0u64, |value, limb| value << 32 | u64::from(*limb));
        // What is dropped decides between two floats only when the rest lies in the middle: one bit tells.
        let kept = Self::new(false, magnitude::shifted_left(&head, drop));
        top |= u64::from(kept.limbs != self.limbs);
        let scale = if drop < 1024 { f64::from_bits((drop + 1023) << FRACTION) } else { f64::INFINITY };
        let value = top as f64 * scale;
        if self.negative { -value } else { value }
    }

    /// The integer part of a float, none where it has none.
    pub(crate) fn from_f64(value: f64) -> Option<Self> {
        if !value.is_finite() {
            return None;
        }
        let stored = value.trunc().to_bits();
        let exponent = (stored >> FRACTION) & 0x7ff;
        let fraction = stored & ((1 << FRACTION) - 1) | 1 << FRACTION;
        let magnitude = Self::from(if exponent == 0 { 0 } else { fraction });
        let places = FRACTION + 1023;
        let whole = if exponent >= places {
            magnitude.shifted_left(exponent - places)
        } else {
            magnitude.shifted_right(places - exponent)
        };
        Some(if value < 0.0 { whole.negated() } else { whole })
    }
}

#[cfg(test)]
mod tests {
    use super::Integer;

    #[test]
    fn floats_round_once_and_to_even() {
        let near = |text: &str| Integer::parse(text, 10).unwrap().to_f64();
        assert_eq!(near("9007199254740993"), 9007199254740992.0);
        assert_eq!(near("9007199254740995"), 9007199254740996.0);
        assert_eq!(
            near("-340282366920938463463374607431768211457"),
            -340282366920938463463374607431768211456.0
        );
        assert_eq!(near(&format!("1{}", "0".repeat(308))), 1e308);
        assert_eq!(near(&format!("1{}", "0".repeat(309))), f64::INFINITY);
        // Exactly between two floats and just above, the difference being far beyond 64 bits.
        let middle = Integer::from((1i128 << 53) + 1).shifted_left(200);
        assert_eq!(middle.to_f64(), 2f64.powi(253));
        assert_eq!(middle.plus(&Integer::from(1)).to_f64(), 2f64.powi(253) + 2f64.powi(201));
    }

    #[test]
    fn floats_lose_their_fraction() {
        let text = |value: f64| Integer::from_f64(value).map(|integer| integer.to_string());
        assert_eq!(text(-3.9).as_deref(), Some("-3"));
        assert_eq!(text(0.5).as_deref(), Some("0"));
        assert_eq!(text(1e23).as_deref(), Some("99999999999999991611392"));
        assert_eq!(text(f64::NAN), None);
        for value in [1e300, 2f64.powi(52), 2f64.powi(64), 123456789.0, 5e-324] {
            assert_eq!(Integer::from_f64(value).unwrap().to_f64(), value.trunc());
        }
    }
}
