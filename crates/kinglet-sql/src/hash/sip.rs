//! SipHash-2-4 with 128 bits as ClickHouse takes them.
//!
//! The algorithm is that of Aumasson and Bernstein, "SipHash: a fast short-input PRF" (2012), with a key of
//! zeros. ClickHouse's 128 bits are the two halves that the 64-bit hash would join.

/// Hash of `bytes`: 16 bytes as ClickHouse stores them.
pub(crate) fn sip_hash_128(bytes: &[u8]) -> u128 {
    sip_hash_128_keyed((0, 0), bytes)
}

/// The same with a key.
pub(crate) fn sip_hash_128_keyed(key: (u64, u64), bytes: &[u8]) -> u128 {
    let mut state = [
        0x736f_6d65_7073_6575 ^ key.0,
        0x646f_7261_6e64_6f6d ^ key.1,
        0x6c79_6765_6e65_7261 ^ key.0,
        0x7465_6462_7974_6573 ^ key.1,
    ];
    let (words, rest) = bytes.as_chunks::<8>();
    for word in words {
        compress(&mut state, u64::from_le_bytes(*word));
    }
    let rest = rest.iter().rev().fold(0, |value, byte| value << 8 | u64::from(*byte));
    compress(&mut state, rest | (bytes.len() as u64) << 56);
    state[2] ^= 0xff;
    (0..4).for_each(|_| round(&mut state));
    let [v0, v1, v2, v3] = state;
    u128::from(v0 ^ v1) | u128::from(v2 ^ v3) << 64
}

fn compress(state: &mut [u64; 4], word: u64) {
    state[3] ^= word;
    round(state);
    round(state);
    state[0] ^= word;
}

fn round(state: &mut [u64; 4]) {
    let [mut v0, mut v1, mut v2, mut v3] = *state;
    v0 = v0.wrapping_add(v1);
    v1 = v1.rotate_left(13) ^ v0;
    v0 = v0.rotate_left(32);
    v2 = v2.wrapping_add(v3);
    v3 = v3.rotate_left(16) ^ v2;
    v0 = v0.wrapping_add(v3);
    v3 = v3.rotate_left(21) ^ v0;
    v2 = v2.wrapping_add(v1);
    v1 = v1.rotate_left(17) ^ v2;
    v2 = v2.rotate_left(32);
    *state = [v0, v1, v2, v3];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_what_clickhouse_stores_for_a_letter() {
        // hex(uniqExactState('a')) is 01 and then these bytes.
        let expected =
            [0x71, 0x31, 0x5E, 0x76, 0x3C, 0xCB, 0x60, 0x89, 0x38, 0x93, 0xCD, 0xBB, 0x5C, 0xC3, 0xA2, 0x1F];
        assert_eq!(sip_hash_128(b"a").to_le_bytes(), expected);
    }
}
