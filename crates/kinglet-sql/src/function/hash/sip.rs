//! SipHash with keys, and of hashes.

use std::hash::Hasher;

/// SipHash-2-4 of 64 bits.
pub(super) fn sip_64(key: (u64, u64), text: &[u8]) -> u128 {
    let mut hasher = siphasher::sip::SipHasher24::new_with_keys(key.0, key.1);
    hasher.write(text);
    hasher.finish().into()
}

/// The hash of two hashes of 64 bits.
pub(super) fn join_64(key: (u64, u64), left: u128, right: u128) -> u128 {
    sip_64(key, &[(left as u64).to_le_bytes(), (right as u64).to_le_bytes()].concat())
}

/// ClickHouse's own 128 bits of SipHash: the halves that the 64-bit hash would join.
pub(super) fn sip_128(key: (u64, u64), text: &[u8]) -> u128 {
    crate::hash::sip_hash_128_keyed(key, text)
}

/// The hash of two hashes of 128 bits.
pub(super) fn join_128(key: (u64, u64), left: u128, right: u128) -> u128 {
    sip_128(key, &[left.to_le_bytes(), right.to_le_bytes()].concat())
}

/// SipHash-2-4 of 128 bits as its authors define it.
pub(super) fn reference_128(key: (u64, u64), text: &[u8]) -> u128 {
    let hasher = siphasher::sip128::SipHasher24::new_with_keys(key.0, key.1);
    let hash = hasher.hash(text);
    u128::from(hash.h1) | u128::from(hash.h2) << 64
}

/// The reference hash of two hashes of 128 bits.
pub(super) fn join_reference(key: (u64, u64), left: u128, right: u128) -> u128 {
    reference_128(key, &[left.to_le_bytes(), right.to_le_bytes()].concat())
}
