//! `RIPEMD160`: the RIPEMD-160 digest (Dobbertin, Bosselaers, Preneel 1996) of a text.

use crate::function::shape::Digest;
use crate::function::{Example, Spec};

pub(in crate::function) static RIPEMD160: Digest = Digest {
    spec: &Spec {
        name: "RIPEMD160",
        category: "hash",
        syntax: "RIPEMD160(text)",
        summary: "The RIPEMD-160 digest (Dobbertin, Bosselaers, Preneel 1996) of a text.",
        arguments: &[("text", "String")],
        returns: "FixedString(20)",
        examples: &[Example {
            sql: "hex(RIPEMD160('abc'))",
            answer: "8EB208F7E05D987A9B044A8E98C6B087F15A0BFC",
        }],
        ..Spec::EMPTY
    },
    length: 20,
    digest: |text| ripemd160(text).to_vec(),
};

/// Words that each step takes, in the left line and in the right one.
const WORDS: [[usize; 80]; 2] = [
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 7, 4, 13, 1, 10, 6, 15, 3, 12, 0, 9, 5, 2, 14,
        11, 8, 3, 10, 14, 4, 9, 15, 8, 1, 2, 7, 0, 6, 13, 11, 5, 12, 1, 9, 11, 10, 0, 8, 12, 4, 13, 3, 7, 15,
        14, 5, 6, 2, 4, 0, 5, 9, 7, 12, 2, 10, 14, 1, 3, 8, 11, 6, 15, 13,
    ],
    [
        5, 14, 7, 0, 9, 2, 11, 4, 13, 6, 15, 8, 1, 10, 3, 12, 6, 11, 3, 7, 0, 13, 5, 10, 14, 15, 8, 12, 4, 9,
        1, 2, 15, 5, 1, 3, 7, 14, 6, 9, 11, 8, 12, 2, 10, 0, 4, 13, 8, 6, 4, 1, 3, 11, 15, 0, 5, 12, 2, 13,
        9, 7, 10, 14, 12, 15, 10, 4, 1, 5, 8, 7, 6, 2, 13, 14, 0, 3, 9, 11,
    ],
];
/// Bits that each step turns by.
const TURNS: [[u32; 80]; 2] = [
    [
        11, 14, 15, 12, 5, 8, 7, 9, 11, 13, 14, 15, 6, 7, 9, 8, 7, 6, 8, 13, 11, 9, 7, 15, 7, 12, 15, 9, 11,
        7, 13, 12, 11, 13, 6, 7, 14, 9, 13, 15, 14, 8, 13, 6, 5, 12, 7, 5, 11, 12, 14, 15, 14, 15, 9, 8, 9,
        14, 5, 6, 8, 6, 5, 12, 9, 15, 5, 11, 6, 8, 13, 12, 5, 12, 13, 14, 11, 8, 5, 6,
    ],
    [
        8, 9, 9, 11, 13, 15, 15, 5, 7, 7, 8, 11, 14, 14, 12, 6, 9, 13, 15, 7, 12, 8, 9, 11, 7, 7, 12, 7, 6,
        15, 13, 11, 9, 7, 15, 11, 8, 6, 6, 14, 12, 13, 5, 14, 13, 13, 7, 5, 15, 5, 8, 11, 14, 14, 6, 14, 6,
        9, 12, 9, 12, 5, 15, 8, 8, 5, 12, 9, 12, 5, 14, 6, 8, 13, 6, 5, 15, 13, 11, 11,
    ],
];
const ADDED: [[u32; 5]; 2] = [
    [0, 0x5A82_7999, 0x6ED9_EBA1, 0x8F1B_BCDC, 0xA953_FD4E],
    [0x50A2_8BE6, 0x5C4D_D124, 0x6D70_3EF3, 0x7A6D_76E9, 0],
];

fn mixed(round: usize, x: u32, y: u32, z: u32) -> u32 {
    match round {
        0 => x ^ y ^ z,
        1 => x & y | !x & z,
        2 => (x | !y) ^ z,
        3 => x & z | y & !z,
        _ => x ^ (y | !z),
    }
}

/// The digest of a text.
pub(super) fn ripemd160(text: &[u8]) -> Vec<u8> {
    let mut state = [0x6745_2301_u32, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476, 0xC3D2_E1F0];
    for words in super::md4::blocks(text) {
        let lines = [0, 1].map(|line| {
            let [mut a, mut b, mut c, mut d, mut e] = state;
            for step in 0..80 {
                let round = step / 16;
                let sum = a
                    .wrapping_add(mixed(if line == 0 { round } else { 4 - round }, b, c, d))
                    .wrapping_add(words[WORDS[line][step]])
                    .wrapping_add(ADDED[line][round]);
                let turned = sum.rotate_left(TURNS[line][step]).wrapping_add(e);
                (a, b, c, d, e) = (e, turned, b, c.rotate_left(10), d);
            }
            [a, b, c, d, e]
        });
        let before = state;
        for (at, word) in state.iter_mut().enumerate() {
            let from = |list: &[u32; 5], step: usize| list[(at + step) % 5];
            *word = from(&before, 1).wrapping_add(from(&lines[0], 2)).wrapping_add(from(&lines[1], 3));
        }
    }
    super::md4::bytes_of(state)
}
