//! The bytes of log, checkpoint and marks: little-endian base-128 numbers and length-prefixed strings.

use bytes::Bytes;

use crate::error::StorageError;

/// Appends values to bytes.
#[derive(Debug, Default)]
pub(crate) struct Encoder {
    bytes: Vec<u8>,
}

impl Encoder {
    pub(crate) fn number(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.bytes.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.bytes.push(value as u8);
    }

    pub(crate) fn flag(&mut self, value: bool) {
        self.bytes.push(u8::from(value));
    }

    pub(crate) fn fixed32(&mut self, value: u32) {
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }

    pub(crate) fn fixed64(&mut self, value: u64) {
        self.bytes.extend_from_slice(&value.to_le_bytes());
    }

    pub(crate) fn bytes(&mut self, value: &[u8]) {
        self.number(value.len() as u64);
        self.bytes.extend_from_slice(value);
    }

    pub(crate) fn text(&mut self, value: &str) {
        self.bytes(value.as_bytes());
    }

    /// The text or, for `None`, an absence.
    pub(crate) fn optional_text(&mut self, value: Option<&str>) {
        self.flag(value.is_some());
        if let Some(value) = value {
            self.text(value);
        }
    }

    pub(crate) fn finish(self) -> Vec<u8> {
        self.bytes
    }
}

/// Takes values from bytes; every lack is an error, never a panic.
#[derive(Debug)]
pub(crate) struct Decoder {
    bytes: Bytes,
}

fn short() -> StorageError {
    StorageError::Damaged("A stored record ends too early".to_owned())
}

impl Decoder {
    pub(crate) fn new(bytes: Bytes) -> Self {
        Decoder { bytes }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    pub(crate) fn raw(&mut self, length: usize) -> Result<Bytes, StorageError> {
        if length > self.bytes.len() {
            return Err(short());
        }
        Ok(self.bytes.split_to(length))
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], StorageError> {
        <[u8; N]>::try_from(self.raw(N)?.as_ref()).map_err(|_| short())
    }

    pub(crate) fn number(&mut self) -> Result<u64, StorageError> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let [byte] = self.array::<1>()?;
            value |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(StorageError::Damaged("A stored number has too many bytes".to_owned()))
    }

    /// A count of things that take at least one byte each.
    pub(crate) fn count(&mut self) -> Result<usize, StorageError> {
        let count = self.number()? as usize;
        if count > self.bytes.len() { Err(short()) } else { Ok(count) }
    }

    /// Numbers behind their count.
    pub(crate) fn numbers(&mut self) -> Result<Vec<u64>, StorageError> {
        let count = self.count()?;
        (0..count).map(|_| self.number()).collect()
    }

    pub(crate) fn flag(&mut self) -> Result<bool, StorageError> {
        self.array::<1>().map(|[byte]| byte != 0)
    }

    pub(crate) fn fixed32(&mut self) -> Result<u32, StorageError> {
        self.array().map(u32::from_le_bytes)
    }

    pub(crate) fn fixed64(&mut self) -> Result<u64, StorageError> {
        self.array().map(u64::from_le_bytes)
    }

    pub(crate) fn bytes(&mut self) -> Result<Bytes, StorageError> {
        let length = self.number()? as usize;
        self.raw(length)
    }

    pub(crate) fn text(&mut self) -> Result<String, StorageError> {
        let bytes = self.bytes()?;
        String::from_utf8(bytes.into())
            .map_err(|_| StorageError::Damaged("A stored text is not UTF-8".to_owned()))
    }

    pub(crate) fn optional_text(&mut self) -> Result<Option<String>, StorageError> {
        if self.flag()? { self.text().map(Some) } else { Ok(None) }
    }
}
