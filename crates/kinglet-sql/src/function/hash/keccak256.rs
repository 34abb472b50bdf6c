//! `keccak256`: the Keccak-256 digest, the one before SHA-3 (Bertoni, Daemen, Peeters, Van Assche 2011) of a text.

use crate::function::shape::Digest;
use crate::function::{Example, Spec};

pub(in crate::function) static KECCAK256: Digest = Digest {
    spec: &Spec {
        name: "keccak256",
        category: "hash",
        syntax: "keccak256(text)",
        summary: "The Keccak-256 digest, the one before SHA-3 (Bertoni, Daemen, Peeters, Van Assche 2011) of a text.",
        arguments: &[("text", "String")],
        returns: "FixedString(32)",
        examples: &[Example {
            sql: "hex(keccak256('abc'))",
            answer: "4E03657AEA45A94FC7D47BA826C8D667C0D1E6E33A64A036EC44F58FA12D6C45",
        }],
        ..Spec::EMPTY
    },
    length: 32,
    digest: |text| keccak256(text).to_vec(),
};

/// Bytes that are taken in between two permutations.
const RATE: usize = 136;

/// The constants of the rounds, from the shift register that the specification gives.
fn round_constants() -> [u64; 24] {
    let mut register = 1_u8;
    let mut constants = [0; 24];
    for constant in &mut constants {
        for power in 0..7 {
            if register & 1 == 1 {
                *constant |= 1 << ((1 << power) - 1);
            }
            let carry = register >> 7 == 1;
            register <<= 1;
            if carry {
                register ^= 0x71;
            }
        }
    }
    constants
}

fn permute(state: &mut [u64; 25]) {
    for constant in round_constants() {
        let mut columns = [0; 5];
        for (at, lane) in state.iter().enumerate() {
            columns[at % 5] ^= lane;
        }
        for (at, lane) in state.iter_mut().enumerate() {
            *lane ^= columns[(at + 4) % 5] ^ columns[(at + 1) % 5].rotate_left(1);
        }
        let (mut at, mut moved) = (1_usize, state[1]);
        for step in 1..25_u32 {
            let (x, y) = (at % 5, at / 5);
            at = y + (2 * x + 3 * y) % 5 * 5;
            (state[at], moved) = (moved.rotate_left(step * (step + 1) / 2 % 64), state[at]);
        }
        for row in state.chunks_exact_mut(5) {
            let old = [row[0], row[1], row[2], row[3], row[4]];
            for (at, lane) in row.iter_mut().enumerate() {
                *lane ^= !old[(at + 1) % 5] & old[(at + 2) % 5];
            }
        }
        state[0] ^= constant;
    }
}

/// The digest of a text.
fn keccak256(text: &[u8]) -> Vec<u8> {
    let mut padded = text.to_vec();
    padded.push(1);
    padded.resize(padded.len().next_multiple_of(RATE), 0);
    if let Some(last) = padded.last_mut() {
        *last |= 0x80;
    }
    let mut state = [0; 25];
    for block in padded.chunks_exact(RATE) {
        for (lane, bytes) in state.iter_mut().zip(block.chunks_exact(8)) {
            *lane ^= bytes.iter().rev().fold(0, |lane, byte| lane << 8 | u64::from(*byte));
        }
        permute(&mut state);
    }
    state.iter().flat_map(|lane| lane.to_le_bytes()).take(32).collect()
}
