//! `MD4`: the MD4 digest (RFC 1320) of a text.

use crate::function::shape::Digest;
use crate::function::{Example, Spec};

pub(in crate::function) static MD4: Digest = Digest {
    spec: &Spec {
        name: "MD4",
        category: "hash",
        syntax: "MD4(text)",
        summary: "The MD4 digest (RFC 1320) of a text.",
        arguments: &[("text", "String")],
        returns: "FixedString(16)",
        examples: &[Example { sql: "hex(MD4('abc'))", answer: "A448017AAF21D8525FC10AE87AA6729D" }],
        ..Spec::EMPTY
    },
    length: 16,
    digest: |text| md4(text).to_vec(),
};

/// The digest of a text.
pub(super) fn md4(text: &[u8]) -> Vec<u8> {
    let mut state = [0x6745_2301_u32, 0xEFCD_AB89, 0x98BA_DCFE, 0x1032_5476];
    for words in blocks(text) {
        let [mut a, mut b, mut c, mut d] = state;
        for step in 0..48_usize {
            let (round, at) = (step / 16, step % 16);
            let (mixed, word, added) = match round {
                0 => (b & c | !b & d, at, 0),
                1 => (b & c | b & d | c & d, at % 4 * 4 + at / 4, 0x5A82_7999),
                _ => (b ^ c ^ d, [0, 8, 4, 12, 2, 10, 6, 14, 1, 9, 5, 13, 3, 11, 7, 15][at], 0x6ED9_EBA1),
            };
            let turn = [[3, 7, 11, 19], [3, 5, 9, 13], [3, 9, 11, 15]][round.min(2)][at % 4];
            let sum = a.wrapping_add(mixed).wrapping_add(words[word]).wrapping_add(added);
            (a, b, c, d) = (d, sum.rotate_left(turn), b, c);
        }
        state.iter_mut().zip([a, b, c, d]).for_each(|(word, add)| *word = word.wrapping_add(add));
    }
    bytes_of(state)
}

/// The message with a 1 bit, zeros and its length in bits, as words with the lowest byte first.
pub(super) fn blocks(text: &[u8]) -> Vec<[u32; 16]> {
    let mut padded = text.to_vec();
    padded.push(0x80);
    padded.resize((padded.len() + 8).next_multiple_of(64) - 8, 0);
    padded.extend_from_slice(&(text.len() as u64).wrapping_mul(8).to_le_bytes());
    let word = |bytes: &[u8]| bytes.iter().rev().fold(0, |word, byte| word << 8 | u32::from(*byte));
    let block = |bytes: &[u8]| {
        let mut words = [0; 16];
        words.iter_mut().zip(bytes.chunks(4)).for_each(|(place, bytes)| *place = word(bytes));
        words
    };
    padded.chunks(64).map(block).collect()
}

/// Words as bytes, the lowest first.
pub(super) fn bytes_of<const WORDS: usize>(state: [u32; WORDS]) -> Vec<u8> {
    state.iter().flat_map(|word| word.to_le_bytes()).collect()
}
