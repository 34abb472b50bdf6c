//! Base58 with Bitcoin's alphabet.

use kinglet_types::{ErrorCode, Result, SqlError};

const DIGITS: &[u8; 58] = b"123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";

/// Appends the text in Base58.
pub(super) fn encode(text: &[u8], out: &mut Vec<u8>) {
    let zeros = text.iter().take_while(|byte| **byte == 0).count();
    let mut digits: Vec<u8> = Vec::new();
    for byte in text.iter().skip(zeros) {
        let mut carry = u32::from(*byte);
        for digit in &mut digits {
            carry += u32::from(*digit) << 8;
            *digit = (carry % 58) as u8;
            carry /= 58;
        }
        while carry > 0 {
            digits.push((carry % 58) as u8);
            carry /= 58;
        }
    }
    out.extend(std::iter::repeat_n(b'1', zeros));
    out.extend(digits.iter().rev().map(|digit| DIGITS[usize::from(*digit)]));
}

/// Appends the bytes of a Base58 text; `None` where it is none.
pub(super) fn decode(text: &[u8], out: &mut Vec<u8>) -> Option<()> {
    let zeros = text.iter().take_while(|byte| **byte == b'1').count();
    let mut bytes: Vec<u8> = Vec::new();
    for digit in text.iter().skip(zeros) {
        let mut carry = DIGITS.iter().position(|known| known == digit)? as u32;
        for byte in &mut bytes {
            carry += u32::from(*byte) * 58;
            *byte = carry as u8;
            carry >>= 8;
        }
        while carry > 0 {
            bytes.push(carry as u8);
            carry >>= 8;
        }
    }
    out.extend(std::iter::repeat_n(0, zeros));
    out.extend(bytes.iter().rev());
    Some(())
}

/// The error of a text that is not of an encoding.
pub(super) fn refused(name: &str, text: &[u8]) -> Result<()> {
    let message = format!("Invalid {name} value ({}), cannot be decoded", String::from_utf8_lossy(text));
    Err(SqlError::new(ErrorCode::INCORRECT_DATA, message))
}
