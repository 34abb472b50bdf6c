//! Hashes that ClickHouse's functions and aggregate states are made of.

mod sip;

pub(crate) use sip::{sip_hash_128, sip_hash_128_keyed};

/// ClickHouse's `intHash64`: the finaliser of MurmurHash3 (Austin Appleby, public domain).
pub(crate) fn int_hash_64(mut value: u64) -> u64 {
    value ^= value >> 33;
    value = value.wrapping_mul(0xff51_afd7_ed55_8ccd);
    value ^= value >> 33;
    value = value.wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    value ^ (value >> 33)
}

/// The remainder ClickHouse adds to sampled counts: CRC-32C of a number, started with all ones, not inverted.
pub(crate) fn int_hash_crc32(value: u64) -> u64 {
    u64::from(!crc32c::crc32c(&value.to_le_bytes()))
}

/// ClickHouse's `intHash32` without salt: Thomas Wang's hash of 64 to 32 bits (public domain).
pub(crate) fn int_hash_32(mut key: u64) -> u32 {
    key = (!key).wrapping_add(key << 18);
    key ^= key.rotate_right(31);
    key = key.wrapping_mul(21);
    key ^= key.rotate_right(11);
    key = key.wrapping_add(key << 6);
    key ^= key.rotate_right(22);
    key as u32
}
