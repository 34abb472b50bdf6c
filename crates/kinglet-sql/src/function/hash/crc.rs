//! Cyclic redundancy checks.

/// A check of reflected bits: `width` of 32 or 64, polynomial reflected.
pub(super) fn crc(text: &[u8], polynomial: u64, start: u64) -> u64 {
    let mut value = start;
    for byte in text {
        value ^= u64::from(*byte);
        for _ in 0..8 {
            value = if value & 1 == 1 { value >> 1 ^ polynomial } else { value >> 1 };
        }
    }
    value
}
