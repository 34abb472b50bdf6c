//! MetroHash64 (J. Andrew Rogers, MIT licence of the reference; written from its description).

fn word(bytes: &[u8]) -> u64 {
    bytes.iter().rev().fold(0, |value, byte| value << 8 | u64::from(*byte))
}

/// MetroHash64, variant 1, seed 0.
pub(super) fn metro_64(bytes: &[u8]) -> u64 {
    const K: [u64; 4] = [0xc83a_91e1, 0x8648_dbdb, 0x7bde_c03b, 0x2f58_70a5];
    let mut hash = K[2].wrapping_mul(K[0]).wrapping_add(bytes.len() as u64);
    let mut rest = bytes;
    if rest.len() >= 32 {
        let mut v = [hash; 4];
        while rest.len() >= 32 {
            let (block, tail) = rest.split_at(32);
            for at in 0..4 {
                v[at] = v[at].wrapping_add(word(&block[8 * at..8 * at + 8]).wrapping_mul(K[at]));
                v[at] = v[at].rotate_right(29).wrapping_add(v[(at + 2) % 4]);
            }
            rest = tail;
        }
        let turned = |sum: u64, k: u64, add: u64| sum.wrapping_mul(k).wrapping_add(add).rotate_right(33);
        v[2] ^= turned(v[0].wrapping_add(v[3]), K[0], v[1]).wrapping_mul(K[1]);
        v[3] ^= turned(v[1].wrapping_add(v[2]), K[1], v[0]).wrapping_mul(K[0]);
        v[0] ^= turned(v[0].wrapping_add(v[2]), K[0], v[3]).wrapping_mul(K[1]);
        v[1] ^= turned(v[1].wrapping_add(v[3]), K[1], v[2]).wrapping_mul(K[0]);
        hash = hash.wrapping_add(v[0] ^ v[1]);
    }
    if rest.len() >= 16 {
        let v0 = hash.wrapping_add(word(&rest[..8]).wrapping_mul(K[0])).rotate_right(33).wrapping_mul(K[1]);
        let v1 = hash.wrapping_add(word(&rest[8..16]).wrapping_mul(K[1])).rotate_right(33).wrapping_mul(K[2]);
        let v0 = v0 ^ v0.wrapping_mul(K[0]).rotate_right(35).wrapping_add(v1);
        let v1 = v1 ^ v1.wrapping_mul(K[3]).rotate_right(35).wrapping_add(v0);
        hash = hash.wrapping_add(v1);
        rest = &rest[16..];
    }
    for (width, turn, k) in [(8, 33, K[1]), (4, 15, K[1]), (2, 13, K[1]), (1, 25, K[1])] {
        if rest.len() >= width {
            let (head, tail) = rest.split_at(width);
            hash = hash.wrapping_add(word(head).wrapping_mul(K[3]));
            hash ^= hash.rotate_right(turn).wrapping_mul(k);
            rest = tail;
        }
    }
    hash ^= hash.rotate_right(33);
    hash = hash.wrapping_mul(K[0]);
    hash ^ hash.rotate_right(33)
}
