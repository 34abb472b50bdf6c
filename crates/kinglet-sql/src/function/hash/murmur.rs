//! MurmurHash2 and 3 (A. Appleby, public domain).

fn word(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |value, byte| value << 8 | u64::from(*byte))
}

/// MurmurHash2 of 32 bits.
pub(super) fn murmur2_32(seed: u32, bytes: &[u8]) -> u32 {
    const M: u32 = 0x5bd1_e995;
    let mut hash = seed ^ bytes.len() as u32;
    let mut chunks = bytes.chunks_exact(4);
    for chunk in &mut chunks {
        let mut key = (word(chunk) as u32).wrapping_mul(M);
        key ^= key >> 24;
        hash = hash.wrapping_mul(M) ^ key.wrapping_mul(M);
    }
    let rest = chunks.remainder();
    if !rest.is_empty() {
        hash = (hash ^ word(rest) as u32).wrapping_mul(M);
    }
    hash ^= hash >> 13;
    hash = hash.wrapping_mul(M);
    hash ^ hash >> 15
}

/// MurmurHash64A.
pub(super) fn murmur2_64(seed: u64, bytes: &[u8]) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    let mut hash = seed ^ (bytes.len() as u64).wrapping_mul(M);
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let mut key = word(chunk).wrapping_mul(M);
        key ^= key >> 47;
        hash = (hash ^ key.wrapping_mul(M)).wrapping_mul(M);
    }
    let rest = chunks.remainder();
    if !rest.is_empty() {
        hash = (hash ^ word(rest)).wrapping_mul(M);
    }
    hash ^= hash >> 47;
    hash = hash.wrapping_mul(M);
    hash ^ hash >> 47
}

/// MurmurHash64A as GCC's standard library mixes it.
pub(super) fn gcc(bytes: &[u8]) -> u64 {
    const M: u64 = 0xc6a4_a793_5bd1_e995;
    let mix = |value: u64| value ^ value >> 47;
    let mut hash = 0xc70f_6907_u64 ^ (bytes.len() as u64).wrapping_mul(M);
    let mut chunks = bytes.chunks_exact(8);
    for chunk in &mut chunks {
        let key = mix(word(chunk).wrapping_mul(M)).wrapping_mul(M);
        hash = (hash ^ key).wrapping_mul(M);
    }
    let rest = chunks.remainder();
    if !rest.is_empty() {
        hash = (hash ^ word(rest)).wrapping_mul(M);
    }
    mix(mix(hash).wrapping_mul(M))
}

/// MurmurHash3 of 32 bits.
pub(super) fn murmur3_32(bytes: &[u8]) -> u32 {
    let scramble = |key: u32| key.wrapping_mul(0xcc9e_2d51).rotate_left(15).wrapping_mul(0x1b87_3593);
    let mut hash = 0_u32;
    let mut chunks = bytes.chunks_exact(4);
    for chunk in &mut chunks {
        hash =
            (hash ^ scramble(word(chunk) as u32)).rotate_left(13).wrapping_mul(5).wrapping_add(0xe654_6b64);
    }
    let rest = chunks.remainder();
    if !rest.is_empty() {
        hash ^= scramble(word(rest) as u32);
    }
    hash ^= bytes.len() as u32;
    hash = (hash ^ hash >> 16).wrapping_mul(0x85eb_ca6b);
    hash = (hash ^ hash >> 13).wrapping_mul(0xc2b2_ae35);
    hash ^ hash >> 16
}

/// MurmurHash3 of 128 bits for 64-bit machines.
pub(super) fn murmur3_128(bytes: &[u8]) -> u128 {
    const C1: u64 = 0x87c3_7b91_1142_53d5;
    const C2: u64 = 0x4cf5_ad43_2745_937f;
    let first = |key: u64| key.wrapping_mul(C1).rotate_left(31).wrapping_mul(C2);
    let second = |key: u64| key.wrapping_mul(C2).rotate_left(33).wrapping_mul(C1);
    let (mut a, mut b) = (0_u64, 0_u64);
    let mut chunks = bytes.chunks_exact(16);
    for chunk in &mut chunks {
        let (low, high) = chunk.split_at(8);
        a = (a ^ first(word(low))).rotate_left(27).wrapping_add(b).wrapping_mul(5).wrapping_add(0x52dc_e729);
        b = (b ^ second(word(high)))
            .rotate_left(31)
            .wrapping_add(a)
            .wrapping_mul(5)
            .wrapping_add(0x3849_5ab5);
    }
    let rest = chunks.remainder();
    let (low, high) = rest.split_at(rest.len().min(8));
    b ^= second(word(high));
    a ^= first(word(low));
    (a, b) = (a ^ bytes.len() as u64, b ^ bytes.len() as u64);
    a = a.wrapping_add(b);
    b = b.wrapping_add(a);
    (a, b) = (crate::hash::int_hash_64(a), crate::hash::int_hash_64(b));
    a = a.wrapping_add(b);
    b = b.wrapping_add(a);
    u128::from(a) | u128::from(b) << 64
}
