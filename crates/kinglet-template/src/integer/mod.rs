//! Integers of any size, as Python has them: sign and magnitude, written to be small rather than fast.
//!
//! Templates count to ten and check whether a parameter fits 256 bits; a library of numbers costs more in the browser
//! than all that. Every algorithm here is the one taught at school, so its work grows with the product of the lengths:
//! callers bound the lengths before they multiply or divide.

mod bits;
mod float;
mod magnitude;
mod text;

use std::cmp::Ordering;

/// An integer of any size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Integer {
    /// Never set for zero.
    negative: bool,
    /// Base 2³², lowest first, without zeros at the end.
    limbs: Vec<u32>,
}

impl Integer {
    /// Zero.
    pub(crate) const ZERO: Self = Self { negative: false, limbs: Vec::new() };

    fn new(negative: bool, mut limbs: Vec<u32>) -> Self {
        magnitude::trim(&mut limbs);
        Self { negative: negative && !limbs.is_empty(), limbs }
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.limbs.is_empty()
    }

    pub(crate) fn is_negative(&self) -> bool {
        self.negative
    }

    /// Bits of the magnitude: 0 for zero, 8 for 255.
    pub(crate) fn bits(&self) -> u64 {
        magnitude::bits(&self.limbs)
    }

    /// `-self`.
    pub(crate) fn negated(self) -> Self {
        Self::new(!self.negative, self.limbs)
    }

    /// The magnitude.
    pub(crate) fn abs(&self) -> Self {
        Self { negative: false, limbs: self.limbs.clone() }
    }

    /// `self + other`.
    pub(crate) fn plus(&self, other: &Self) -> Self {
        if self.negative == other.negative {
            return Self::new(self.negative, magnitude::sum(&self.limbs, &other.limbs));
        }
        match magnitude::compare(&self.limbs, &other.limbs) {
            Ordering::Less => Self::new(other.negative, magnitude::difference(&other.limbs, &self.limbs)),
            _ => Self::new(self.negative, magnitude::difference(&self.limbs, &other.limbs)),
        }
    }

    /// `self - other`.
    pub(crate) fn minus(&self, other: &Self) -> Self {
        self.plus(&other.clone().negated())
    }

    /// `self * other`.
    pub(crate) fn times(&self, other: &Self) -> Self {
        Self::new(self.negative != other.negative, magnitude::product(&self.limbs, &other.limbs))
    }

    /// Quotient rounded toward zero and remainder of the sign of `self`; none by zero.
    pub(crate) fn divided(&self, other: &Self) -> Option<(Self, Self)> {
        let (quotient, remainder) = magnitude::quotient(&self.limbs, &other.limbs)?;
        Some((Self::new(self.negative != other.negative, quotient), Self::new(self.negative, remainder)))
    }

    /// `self` multiplied by itself so many times.
    pub(crate) fn power(&self, exponent: u32) -> Self {
        let (mut result, mut square, mut rest) = (Self::from(1u8), self.clone(), exponent);
        while rest > 0 {
            if rest & 1 == 1 {
                result = result.times(&square);
            }
            rest >>= 1;
            if rest > 0 {
                square = square.times(&square);
            }
        }
        result
    }

    /// The value, where it fits.
    pub(crate) fn to_i128(&self) -> Option<i128> {
        if self.limbs.len() > 4 {
            return None;
        }
        let magnitude = self.limbs.iter().rev().fold(0u128, |value, limb| (value << 32) | u128::from(*limb));
        if self.negative { 0i128.checked_sub_unsigned(magnitude) } else { i128::try_from(magnitude).ok() }
    }

    /// The value, where it fits.
    pub(crate) fn to_i64(&self) -> Option<i64> {
        self.to_i128().and_then(|value| i64::try_from(value).ok())
    }

    /// The value, where it fits.
    pub(crate) fn to_u32(&self) -> Option<u32> {
        self.to_i128().and_then(|value| u32::try_from(value).ok())
    }

    /// The value, where it fits.
    pub(crate) fn to_usize(&self) -> Option<usize> {
        self.to_i128().and_then(|value| usize::try_from(value).ok())
    }
}

impl From<i128> for Integer {
    fn from(value: i128) -> Self {
        let magnitude = value.unsigned_abs();
        let limbs = (0..4).map(|at| (magnitude >> (32 * at)) as u32).collect();
        Self::new(value < 0, limbs)
    }
}

macro_rules! from_smaller {
    ($($kind:ty)*) => {
        $(impl From<$kind> for Integer {
            fn from(value: $kind) -> Self {
                Self::from(value as i128)
            }
        })*
    };
}

from_smaller!(i32 i64 u8 u32 u64 usize);

impl Ord for Integer {
    fn cmp(&self, other: &Self) -> Ordering {
        match (self.negative, other.negative) {
            (false, false) => magnitude::compare(&self.limbs, &other.limbs),
            (true, true) => magnitude::compare(&other.limbs, &self.limbs),
            (negative, _) => {
                if negative {
                    Ordering::Less
                } else {
                    Ordering::Greater
                }
            }
        }
    }
}

impl PartialOrd for Integer {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::Integer;

    /// A fixed sequence of numbers that look random.
    fn numbers(count: usize) -> Vec<i128> {
        let mut state = 0x9e37_79b9_7f4a_7c15_u128;
        let mut next = || {
            state = state.wrapping_mul(0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645).wrapping_add(0x5851_f42d);
            (state >> 1) as i128
        };
        (0..count)
            .map(|at| {
                let value = next() >> (7 * at % 120);
                if at % 3 == 0 { -value } else { value }
            })
            .collect()
    }

    #[test]
    fn small_integers_calculate_as_the_machine_does() {
        let values = numbers(90);
        for a in &values {
            for b in values.iter().chain([&0, &1, &-1, &(1 << 64), &(1 << 32)]) {
                let (left, right) = (Integer::from(*a), Integer::from(*b));
                assert_eq!(left.cmp(&right), a.cmp(b));
                let checks = [
                    (a.checked_add(*b), left.plus(&right)),
                    (a.checked_sub(*b), left.minus(&right)),
                    (a.checked_mul(*b), left.times(&right)),
                    (Some(a & b), left.and(&right)),
                    (Some(a | b), left.or(&right)),
                    (Some(a ^ b), left.xor(&right)),
                ];
                for (wanted, got) in checks {
                    assert!(wanted.is_none_or(|wanted| got == Integer::from(wanted)), "{a} {b}");
                }
                let divided = a.checked_div(*b).zip(a.checked_rem(*b));
                let wanted = divided.map(|(quotient, remainder)| (quotient.into(), remainder.into()));
                assert_eq!(left.divided(&right), wanted, "{a} / {b}");
            }
            assert_eq!(Integer::from(*a).to_string(), a.to_string());
            assert_eq!(Integer::from(*a).to_i128(), Some(*a));
            assert_eq!(Integer::from(*a).to_f64(), *a as f64);
            assert_eq!(Integer::from(*a).shifted_right(70), Integer::from(*a >> 70));
        }
    }

    #[test]
    fn long_division_is_the_inverse_of_multiplication() {
        let values = numbers(40);
        let long = |at: usize| {
            let pieces = values.iter().cycle().skip(at).take(5 + at % 7);
            pieces.fold(Integer::from(3), |long, value| {
                long.times(&Integer::from(*value)).plus(&Integer::from(at))
            })
        };
        for at in 0..40 {
            let (a, b, c) = (long(at), long(at + 11), Integer::from(at));
            let product = a.times(&b).plus(&c);
            let (quotient, remainder) = product.divided(&b).unwrap();
            assert_eq!(quotient.times(&b).plus(&remainder), product);
            assert!(remainder.abs() < b.abs());
            assert_eq!(Integer::parse(&product.to_string(), 10), Some(product.clone()));
            for radix in [2, 8, 16, 36] {
                assert_eq!(Integer::parse(&product.to_text(radix), radix), Some(product.clone()));
            }
        }
    }

    #[test]
    fn the_corrections_of_long_division_happen() {
        // Dividends whose first guess of a digit is too large, once and twice.
        let parse = |text: &str| Integer::parse(text, 16).unwrap();
        for (a, b) in [
            ("7fffffff800000010000000000000000", "800000008000000200000005"),
            ("800000000000000000000003", "200000000000000000000001"),
            ("fffffffeffffffffffffffff00000000", "ffffffffffffffff"),
            ("800000000000fffe00000000", "800000000000ffff"),
        ] {
            let (a, b) = (parse(a), parse(b));
            let (quotient, remainder) = a.divided(&b).unwrap();
            assert!(remainder < b && !remainder.is_negative());
            assert_eq!(quotient.times(&b).plus(&remainder), a);
        }
    }
}
