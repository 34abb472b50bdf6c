//! ClickHouse's random numbers for samples: the generator PCG `mcg_xsh_rs_64_32` (O'Neill, 2014).

use kinglet_types::{ErrorCode, Result, SqlError};

use super::wire::{Reader, write_bytes};

const MULTIPLIER: u64 = 6_364_136_223_846_793_005;

/// A generator of 32-bit numbers.
#[derive(Clone, Copy, Debug)]
pub(super) struct Generator(u64);

impl Generator {
    /// The generator of a seed.
    pub(super) fn new(seed: u64) -> Self {
        Self(seed | 3)
    }

    fn next(&mut self) -> u64 {
        let state = self.0;
        self.0 = state.wrapping_mul(MULTIPLIER);
        let shift = 22 + (state >> 61);
        u64::from(((state ^ (state >> 22)) >> shift) as u32)
    }

    /// A number less than `limit`.
    pub(super) fn below(&mut self, limit: u64) -> u64 {
        if limit <= u64::from(u32::MAX) {
            return self.next() % limit.max(1);
        }
        let high = self.next();
        (high << 32).wrapping_add(self.next()) % limit
    }

    /// Appends the state as the text that C++ writes it as.
    pub(super) fn write(self, out: &mut Vec<u8>) {
        write_bytes(format!("{MULTIPLIER} 0 {}", self.0).as_bytes(), out);
    }

    /// Reads what [`Generator::write`] wrote.
    ///
    /// # Errors
    /// 33 when the text is no state.
    pub(super) fn read(bytes: &mut Reader<'_>) -> Result<Self> {
        let text = std::str::from_utf8(bytes.bytes()?).ok();
        let state = text.and_then(|text| text.rsplit(' ').next()?.parse().ok());
        state.map(Self).ok_or_else(|| {
            SqlError::new(ErrorCode::CANNOT_READ_ALL_DATA, "The generator in an aggregate state is damaged")
        })
    }
}
