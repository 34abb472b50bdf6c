//! Integers of 128 and 256 bits, and decimals.

use super::{Encoder, put, trimmed, zeroed};
use kinglet_types::ChType;

pub(super) fn encoder(ty: &ChType) -> Option<(Encoder, Vec<u8>)> {
    Some(match ty {
        ChType::Int128 => integer(16, true),
        ChType::UInt128 => integer(16, false),
        ChType::Int256 => integer(32, true),
        ChType::UInt256 => integer(32, false),
        ChType::Decimal(precision, scale) => decimal(*precision, *scale),
        _ => return None,
    })
}

fn integer(width: usize, signed: bool) -> (Encoder, Vec<u8>) {
    zeroed(width, move |text, out| {
        let (negative, digits) = split_sign(trimmed(text))?;
        if digits.is_empty() {
            return None;
        }
        let mut magnitude = Magnitude::default();
        for byte in digits {
            magnitude.push(*byte)?;
        }
        magnitude.write(negative, signed, out)
    })
}

fn decimal(precision: u8, scale: u8) -> (Encoder, Vec<u8>) {
    let width = match precision {
        0..=9 => 4,
        10..=18 => 8,
        19..=38 => 16,
        _ => 32,
    };
    let (precision, scale) = (usize::from(precision), usize::from(scale));
    zeroed(width, move |text, out| {
        let (negative, digits) = split_sign(trimmed(text))?;
        scaled(digits, precision, scale)?.write(negative, true, out)
    })
}

/// The number's digits with `scale` of them behind the point; more are cut off, as
/// ClickHouse does when it reads text.
fn scaled(text: &[u8], precision: usize, scale: usize) -> Option<Magnitude> {
    let (mantissa, exponent) = split_exponent(text)?;
    let point = memchr::memchr(b'.', mantissa);
    let (whole, fraction) = match point {
        Some(at) => (mantissa.get(..at)?, mantissa.get(at + 1..)?),
        None => (mantissa, [].as_slice()),
    };
    if whole.is_empty() && fraction.is_empty() {
        return None;
    }
    let kept = i64::try_from(whole.len()).ok()? + exponent + i64::try_from(scale).ok()?;
    let mut magnitude = Magnitude::default();
    let mut taken = 0i64;
    let mut significant = 0;
    for byte in whole.iter().chain(fraction) {
        if !byte.is_ascii_digit() {
            return None;
        }
        if taken < kept {
            magnitude.push(*byte)?;
            significant += usize::from(significant > 0 || *byte != b'0');
        }
        taken += 1;
    }
    while taken < kept && significant > 0 && significant <= precision {
        magnitude.push(b'0')?;
        significant += 1;
        taken += 1;
    }
    (significant <= precision).then_some(magnitude)
}

fn split_exponent(text: &[u8]) -> Option<(&[u8], i64)> {
    match memchr::memchr2(b'e', b'E', text) {
        Some(at) => {
            let exponent = super::number::parse_signed(text.get(at + 1..)?)?;
            (exponent.abs() < 1000).then_some((text.get(..at)?, exponent))
        }
        None => Some((text, 0)),
    }
}

fn split_sign(text: &[u8]) -> Option<(bool, &[u8])> {
    Some(match text.split_first()? {
        (b'-', rest) => (true, rest),
        (b'+', rest) => (false, rest),
        _ => (false, text),
    })
}

/// An unsigned number of 256 bits, the lowest 64 first.
#[derive(Default)]
struct Magnitude {
    limbs: [u64; 4],
}

impl Magnitude {
    /// Appends a decimal digit; `None` when it is none, or past 256 bits.
    fn push(&mut self, byte: u8) -> Option<()> {
        let mut carry = u128::from(byte.wrapping_sub(b'0'));
        if carry > 9 {
            return None;
        }
        for limb in &mut self.limbs {
            let wide = u128::from(*limb) * 10 + carry;
            *limb = wide as u64;
            carry = wide >> 64;
        }
        (carry == 0).then_some(())
    }

    /// Writes two's complement bytes; `None` when the number does not fit `out`.
    fn write(mut self, negative: bool, signed: bool, out: &mut [u8]) -> Option<()> {
        let is_zero = self.limbs == [0; 4];
        if negative {
            if !signed && !is_zero {
                return None;
            }
            let mut carry = true;
            for limb in &mut self.limbs {
                let (value, more) = (!*limb).overflowing_add(u64::from(carry));
                *limb = value;
                carry = more;
            }
        }
        let mut bytes = [0u8; 32];
        for (chunk, limb) in bytes.chunks_exact_mut(8).zip(self.limbs) {
            chunk.copy_from_slice(&limb.to_le_bytes());
        }
        let kept = bytes.get(..out.len())?;
        let top_bit = kept.last()? & 0x80 != 0;
        if signed && !is_zero && top_bit != negative {
            return None;
        }
        let filler = if negative && !is_zero { 0xff } else { 0 };
        let rest = bytes.get(out.len()..)?;
        if rest.iter().any(|byte| *byte != filler) {
            return None;
        }
        put(out, kept)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal128(precision: u8, scale: u8, text: &str) -> Option<i128> {
        let (encode, default) = encoder(&ChType::Decimal(precision, scale)).unwrap();
        let mut out = default;
        encode(text.as_bytes(), &mut out)?;
        Some(i128::from_le_bytes(out.try_into().unwrap()))
    }

    #[test]
    fn decimals_are_scaled_cut_and_bounded() {
        assert_eq!(decimal128(20, 2, "1.5"), Some(150));
        assert_eq!(decimal128(20, 2, "-1.559"), Some(-155));
        assert_eq!(decimal128(20, 2, "-0"), Some(0));
        assert_eq!(decimal128(20, 2, "1e3"), Some(100_000));
        assert_eq!(decimal128(20, 2, "125e-1"), Some(1250));
        assert_eq!(decimal128(20, 2, ".5"), Some(50));
        assert_eq!(decimal128(20, 2, "0000000000000000000000000000001"), Some(100));
        assert_eq!(decimal128(20, 2, "1234567890123456789"), None);
        assert_eq!(decimal128(20, 2, "0e900"), Some(0));
        for bad in ["", ".", "1..2", "a", "1e", "1e9999", "--1"] {
            assert_eq!(decimal128(20, 2, bad), None, "{bad}");
        }
    }

    #[test]
    fn wide_integers_are_bounded_by_their_width() {
        let fits = |ty: &ChType, text: &str| {
            let (encode, mut out) = encoder(ty).unwrap();
            encode(text.as_bytes(), &mut out).map(|()| out)
        };
        let max = i128::MAX.to_string();
        assert_eq!(fits(&ChType::Int128, &max), Some(i128::MAX.to_le_bytes().to_vec()));
        let min = i128::MIN.to_string();
        assert_eq!(fits(&ChType::Int128, &min), Some(i128::MIN.to_le_bytes().to_vec()));
        assert_eq!(fits(&ChType::Int128, &u128::MAX.to_string()), None);
        assert!(fits(&ChType::UInt128, &u128::MAX.to_string()).is_some());
        assert_eq!(fits(&ChType::UInt128, "-1"), None);
        assert_eq!(fits(&ChType::Int256, "-1"), Some(vec![0xff; 32]));
        assert_eq!(fits(&ChType::UInt256, &"9".repeat(78)), None);
    }
}
