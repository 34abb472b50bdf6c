//! ClickHouse's binary encoding of numbers and strings, as aggregate states use it.

use kinglet_types::{ChType, ErrorCode, Result, SqlError};

/// Appends an unsigned number in LEB128.
pub fn write_varint(mut value: u64, out: &mut Vec<u8>) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Appends length and bytes.
pub fn write_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    write_varint(bytes.len() as u64, out);
    out.extend_from_slice(bytes);
}

/// Bytes of a value of a type that is stored as a whole number.
fn int_width(ty: &ChType) -> usize {
    match ty {
        ChType::Date => 2,
        ChType::Date32 | ChType::DateTime(_) => 4,
        ChType::Bool | ChType::Enum8(_) => 1,
        ChType::Enum16(_) => 2,
        ty => ty.integer_bits().map_or(8, |(bits, _)| usize::from(bits.min(64)) / 8),
    }
}

/// Appends a stored whole number (a number of up to 64 bits, a date or time) in the width of its type.
pub(crate) fn write_int(value: i64, ty: &ChType, out: &mut Vec<u8>) {
    out.extend(value.to_le_bytes().iter().take(int_width(ty)));
}

/// Reads what [`write_int`] wrote.
///
/// # Errors
/// 33 when there are fewer bytes.
pub(crate) fn read_int(bytes: &mut Reader<'_>, ty: &ChType) -> Result<i64> {
    let taken = bytes.take(int_width(ty))?;
    let unsigned = ty.integer_bits().is_some_and(|(_, signed)| !signed)
        || matches!(ty, ChType::Date | ChType::DateTime(_) | ChType::Bool);
    let negative = !unsigned && taken.last().is_some_and(|byte| byte & 0x80 != 0);
    let mut wide = [if negative { 0xff } else { 0 }; 8];
    wide.iter_mut().zip(taken).for_each(|(to, from)| *to = *from);
    Ok(i64::from_le_bytes(wide))
}

/// Reads from the front of a state.
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// A reader of all of `bytes`.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The next `count` bytes.
    ///
    /// # Errors
    /// 33 when there are fewer.
    pub fn take(&mut self, count: usize) -> Result<&'a [u8]> {
        let (head, rest) = self.rest.split_at_checked(count).ok_or_else(ended)?;
        self.rest = rest;
        Ok(head)
    }

    /// The next `N` bytes, to be read with `from_le_bytes`.
    ///
    /// # Errors
    /// 33 when there are fewer.
    pub fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        let (head, rest) = self.rest.split_first_chunk::<N>().ok_or_else(ended)?;
        self.rest = rest;
        Ok(*head)
    }

    /// A number in LEB128.
    ///
    /// # Errors
    /// 33 when it does not end.
    pub fn varint(&mut self) -> Result<u64> {
        let mut value = 0_u64;
        for shift in (0..64).step_by(7) {
            let [byte] = self.array::<1>()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(ended())
    }

    /// Length and bytes.
    ///
    /// # Errors
    /// 33 when there are fewer bytes than the length says.
    pub fn bytes(&mut self) -> Result<&'a [u8]> {
        let length = usize::try_from(self.varint()?).map_err(|_| ended())?;
        self.take(length)
    }

    /// What has not been read yet.
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }
}

fn ended() -> SqlError {
    SqlError::new(ErrorCode::CANNOT_READ_ALL_DATA, "An aggregate state ends too early")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_bytes_come_back() {
        let mut out = Vec::new();
        for value in [0, 127, 128, 300, u64::MAX] {
            write_varint(value, &mut out);
        }
        write_bytes(b"abc", &mut out);
        let mut reader = Reader::new(&out);
        for value in [0, 127, 128, 300, u64::MAX] {
            assert_eq!(reader.varint(), Ok(value));
        }
        assert_eq!(reader.bytes(), Ok(&b"abc"[..]));
        assert!(reader.bytes().is_err());
    }
}
