//! Integers from and to digits.

use std::fmt;

use super::{Integer, magnitude};

impl Integer {
    /// Reads an optional minus and ASCII digits of a base from 2 to 36.
    pub(crate) fn parse(text: &str, radix: u32) -> Option<Self> {
        let digits = text.strip_prefix('-').unwrap_or(text);
        if digits.is_empty() || !(2..=36).contains(&radix) {
            return None;
        }
        let mut limbs = Vec::new();
        for c in digits.chars() {
            magnitude::scale(&mut limbs, radix, c.to_digit(radix)?);
        }
        Some(Self::new(digits.len() < text.len(), limbs))
    }

    /// Digits in a base from 2 to 36, lower case, with a minus in front of negative ones.
    pub(crate) fn to_text(&self, radix: u32) -> String {
        let radix = radix.clamp(2, 36);
        // So many digits at a time as a limb holds.
        let (mut unit, mut width) = (radix, 1);
        while let Some(next) = unit.checked_mul(radix) {
            (unit, width) = (next, width + 1);
        }
        let mut limbs = self.limbs.clone();
        let mut reversed = Vec::new();
        while !limbs.is_empty() {
            let mut group = magnitude::shrink(&mut limbs, unit);
            for _ in 0..width {
                reversed.push(char::from_digit(group % radix, radix).unwrap_or('0'));
                group /= radix;
            }
        }
        while reversed.last() == Some(&'0') {
            reversed.pop();
        }
        if reversed.is_empty() {
            reversed.push('0');
        }
        if self.negative {
            reversed.push('-');
        }
        reversed.iter().rev().collect()
    }
}

impl fmt::Display for Integer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text(10))
    }
}
