//! Random rows of any type: `generateRandom`.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::column_builder::ColumnBuilder;

/// Numbers of the generator SplitMix64 (Steele, Lea and Flood, 2014), and how long what they make may be.
pub(super) struct Random {
    state: u64,
    longest_text: u64,
    longest_array: u64,
}

impl Random {
    /// The generator of a seed.
    pub(super) fn new(seed: u64, longest_text: u64, longest_array: u64) -> Self {
        Self {
            state: seed,
            longest_text: longest_text.min(1 << 16),
            longest_array: longest_array.min(1 << 12),
        }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut value = self.state;
        value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        value ^ (value >> 31)
    }

    fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit.max(1)
    }

    /// A column of random values.
    pub(super) fn column(&mut self, ty: &ChType, rows: usize) -> Result<ArrayRef> {
        let mut builder = ColumnBuilder::new(ty);
        (0..rows).for_each(|_| self.value(ty, &mut builder));
        builder.finish()
    }

    fn value(&mut self, ty: &ChType, out: &mut ColumnBuilder) {
        match ty {
            ChType::Nullable(inner) => match self.below(16) {
                0 => out.append_null(),
                _ => self.value(inner, out),
            },
            ChType::LowCardinality(inner) => self.value(inner, out),
            ChType::String => {
                let length = self.below(self.longest_text + 1);
                let text: Vec<u8> = (0..length).map(|_| 32 + self.below(95) as u8).collect();
                out.append_bytes(&text);
            }
            ChType::FixedString(length) => {
                let bytes: Vec<u8> = (0..*length).map(|_| self.next() as u8).collect();
                out.append_bytes(&bytes);
            }
            ChType::Uuid | ChType::Ipv6 => {
                let bytes = [self.next().to_le_bytes(), self.next().to_le_bytes()].concat();
                out.append_bytes(&bytes);
            }
            ChType::Float32 | ChType::Float64 => {
                out.append_float((self.next() >> 11) as f64 / (1_u64 << 53) as f64 * 2e9 - 1e9);
            }
            ChType::Decimal(precision, _) => {
                let limit = 10_u64.checked_pow((*precision).into()).unwrap_or(u64::MAX >> 1);
                out.append_wide(arrow::datatypes::i256::from_i128(self.below(limit).into()));
            }
            ChType::Date => out.append_int(self.below(65_536) as i64),
            ChType::Date32 => out.append_int(self.below(120_000) as i64 - 25_567),
            ChType::DateTime(_) => out.append_int(self.below(1 << 32) as i64),
            ChType::DateTime64(precision, _) => {
                let unit = 10_i64.pow(crate::stored_precision(*precision).into());
                out.append_int((self.below(1 << 32) as i64).saturating_mul(unit));
            }
            ChType::Bool => out.append_int(self.below(2) as i64),
            ChType::Enum8(_) | ChType::Enum16(_) => out.append_default(),
            ChType::Array(element) => {
                let length = self.below(self.longest_array + 1);
                if let Some(elements) = out.elements() {
                    (0..length).for_each(|_| self.value(element, elements));
                }
                out.close();
            }
            ChType::Tuple(types) => {
                for ((_, ty), field) in types.iter().zip(out.fields()) {
                    self.value(ty, field);
                }
                out.close();
            }
            ChType::Map(key, value) => {
                let length = self.below(self.longest_array + 1);
                for _ in 0..length {
                    if let Some((keys, values)) = out.entries() {
                        self.value(key, keys);
                        self.value(value, values);
                    }
                }
                out.close();
            }
            other => match other.integer_bits() {
                Some((bits, _)) if bits > 64 => {
                    let wide = i128::from(self.next()) << 32 ^ i128::from(self.next());
                    out.append_wide(arrow::datatypes::i256::from_i128(wide));
                }
                _ => out.append_int(self.next() as i64),
            },
        }
    }
}
