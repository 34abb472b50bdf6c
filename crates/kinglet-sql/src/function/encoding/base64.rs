//! Base64 and Base32, RFC 4648.

const BASE64: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
const BASE64_URL: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const BASE32: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// An alphabet, and whether texts are filled up with `=`.
#[derive(Clone, Copy)]
pub(super) struct Alphabet {
    digits: &'static [u8],
    /// Bits of a digit.
    bits: usize,
    /// Digits of a full group.
    group: usize,
    padded: bool,
}

/// Base64 with padding.
pub(super) const STANDARD: Alphabet = Alphabet { digits: BASE64, bits: 6, group: 4, padded: true };
/// Base64 for URLs, without padding.
pub(super) const URL: Alphabet = Alphabet { digits: BASE64_URL, bits: 6, group: 4, padded: false };
/// Base32 with padding.
pub(super) const THIRTY_TWO: Alphabet = Alphabet { digits: BASE32, bits: 5, group: 8, padded: true };

impl Alphabet {
    /// Appends the encoded text.
    pub(super) fn encode(self, text: &[u8], out: &mut Vec<u8>) {
        let start = out.len();
        let (mut held, mut count) = (0_usize, 0);
        let mask = (1 << self.bits) - 1;
        for byte in text {
            held = (held << 8 | usize::from(*byte)) & 0xffff;
            count += 8;
            while count >= self.bits {
                count -= self.bits;
                out.push(self.digits[held >> count & mask]);
            }
        }
        if count > 0 {
            out.push(self.digits[held << (self.bits - count) & mask]);
        }
        while self.padded && !(out.len() - start).is_multiple_of(self.group) {
            out.push(b'=');
        }
    }

    /// Appends the decoded text; `None` where it is not of this alphabet.
    pub(super) fn decode(self, text: &[u8], out: &mut Vec<u8>) -> Option<()> {
        let end = text.iter().rposition(|byte| *byte != b'=').map_or(0, |at| at + 1);
        let padding = text.len() - end;
        if self.padded && !text.len().is_multiple_of(self.group) || padding >= self.group {
            return None;
        }
        if !self.padded && padding > 0 && !text.len().is_multiple_of(self.group) {
            return None;
        }
        let (mut held, mut count) = (0_usize, 0);
        for digit in &text[..end] {
            let value = self.digits.iter().position(|known| known == digit)?;
            held = (held << self.bits | value) & 0xffff;
            count += self.bits;
            if count >= 8 {
                count -= 8;
                out.push((held >> count) as u8);
            }
        }
        (count < self.bits).then_some(())
    }
}
