//! Hashes of values of any type, and of several values together.

use arrow::array::{Array, ArrayRef, AsArray};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::mix::{int_hash_64, number_bits};
use crate::function::{Args, Call, Column, Function, Spec, result};
use crate::text::{bytes_at, decimal_at};

/// A hash that takes any values. Hashes of 32 and 64 bits are held in the low bits.
pub(in crate::function) struct ValueHash {
    pub(super) spec: &'static Spec,
    /// Type of the answer: UInt32, UInt64 or FixedString(16).
    pub(super) ty: ChType,
    /// The hash of bytes; the key is (0, 0) unless the function takes one.
    pub(super) bytes: fn((u64, u64), &[u8]) -> u128,
    /// Whether numbers are mixed as whole numbers instead of hashed as bytes.
    pub(super) mixed: bool,
    /// Two hashes made one.
    pub(super) combine: fn((u64, u64), u128, u128) -> u128,
    /// Whether the first argument is a key: a tuple of two UInt64.
    pub(super) keyed: bool,
}

/// What ClickHouse takes for a NULL inside a tuple or array.
const NULL_HASH: u128 = 14_234_421_406_067_173_489;

/// Hashes of rows so far; `None` before the first value.
type Running = Option<Vec<u128>>;

impl ValueHash {
    /// Joins the values of an array to what there is; tuples and arrays are joined part by part.
    fn feed(&self, key: (u64, u64), array: &ArrayRef, ty: &ChType, running: &mut Running) -> Option<()> {
        match ty.bare() {
            ChType::Array(_) | ChType::Nested(_) => {
                let lists = array.as_list_opt::<i32>()?;
                let mut elements = None;
                self.feed(key, lists.values(), &ty.bare().element()?, &mut elements)?;
                self.fold(key, lists.value_offsets(), &elements.unwrap_or_default(), running);
            }
            ChType::Map(from, to) => {
                let map = array.as_map_opt()?;
                let mut pairs = None;
                self.feed(key, map.keys(), from, &mut pairs)?;
                self.feed(key, map.values(), to, &mut pairs)?;
                self.fold(key, map.value_offsets(), &pairs.unwrap_or_default(), running);
            }
            ChType::Tuple(fields) => {
                let parts = array.as_struct_opt()?;
                for (column, (_, ty)) in parts.columns().iter().zip(fields.iter()) {
                    self.feed(key, column, ty, running)?;
                }
                if fields.is_empty() && running.is_none() {
                    *running = Some(vec![self.nothing(); array.len()]);
                }
            }
            bare => {
                let value = |row| self.value(key, array, row, bare);
                let next = (0..array.len()).map(value).collect::<Option<Vec<u128>>>()?;
                self.join(key, running, &next);
            }
        }
        Some(())
    }

    fn value(&self, key: (u64, u64), array: &ArrayRef, row: usize, ty: &ChType) -> Option<u128> {
        if *array.data_type() == arrow::datatypes::DataType::Null || array.is_null(row) {
            return Some(NULL_HASH);
        }
        if let Some((bits, width)) = number_bits(array, row, ty) {
            // Decimals and times with a fraction are hashed as bytes even where numbers are mixed.
            if self.mixed && !matches!(ty, ChType::Decimal(..) | ChType::DateTime64(..)) {
                return Some(int_hash_64(bits).into());
            }
            return Some((self.bytes)(key, bits.to_le_bytes().get(..width)?));
        }
        Some(match ty {
            ChType::Uuid => {
                // Two halves, each with its last byte first, as ClickHouse keeps them in memory.
                let halves = bytes_at(array, row).chunks(8);
                let bytes: Vec<u8> = halves.flat_map(|half| half.iter().rev().copied()).collect();
                (self.bytes)(key, &bytes)
            }
            ChType::Decimal(precision, _) => {
                let bytes = decimal_at(array, row).to_le_bytes();
                (self.bytes)(key, bytes.get(..if *precision <= 38 { 16 } else { 32 })?)
            }
            _ => (self.bytes)(key, bytes_at(array, row)),
        })
    }

    /// Joins lists: their length, then each element.
    fn fold(&self, key: (u64, u64), offsets: &[i32], elements: &[u128], running: &mut Running) {
        let before = running.take();
        let hash = |(row, pair): (usize, &[i32])| {
            let (start, end) = (pair[0].max(0) as usize, pair[1].max(0) as usize);
            let length = end as u64 - start as u64;
            let first = match self.ty {
                ChType::UInt64 => int_hash_64(length).into(),
                ChType::UInt32 => super::mix::int_hash_32(length).into(),
                _ => (self.bytes)(key, &length.to_le_bytes()),
            };
            let first = match before.as_ref().and_then(|before| before.get(row)) {
                Some(before) => (self.combine)(key, *before, first),
                None => first,
            };
            let elements = elements.get(start..end).unwrap_or_default();
            elements.iter().fold(first, |hash, element| (self.combine)(key, hash, *element))
        };
        *running = Some(offsets.windows(2).enumerate().map(hash).collect());
    }

    fn join(&self, key: (u64, u64), running: &mut Running, next: &[u128]) {
        match running {
            None => *running = Some(next.to_vec()),
            Some(running) => {
                running
                    .iter_mut()
                    .zip(next)
                    .for_each(|(hash, next)| *hash = (self.combine)(key, *hash, *next));
            }
        }
    }

    fn nothing(&self) -> u128 {
        match self.ty {
            ChType::UInt32 => 0xfe22_e41c,
            _ => 0xe28d_bde7_fe22_e41c,
        }
    }

    fn key(&self, call: &Call<'_>) -> (u64, u64) {
        if !self.keyed {
            return (0, 0);
        }
        let number = |at: usize| {
            let parts = call.args.first()?.array.as_struct_opt()?;
            let column = parts.columns().get(at)?;
            (!column.is_empty()).then(|| crate::text::int_at(column, 0) as u64)
        };
        (number(0).unwrap_or(0), number(1).unwrap_or(0))
    }
}

impl Function for ValueHash {
    fn spec(&self) -> &'static Spec {
        self.spec
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        if self.keyed {
            args.expect_count(1..=usize::MAX)?;
            let key = args.expect(0, |ty| matches!(ty, ChType::Tuple(fields) if fields.len() == 2))?;
            if matches!(key, ChType::Tuple(fields) if fields.iter().any(|(_, ty)| *ty != ChType::UInt64)) {
                let message = format!("The key of function {} must be a tuple of two UInt64", args.name);
                return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
            }
        }
        Ok(self.ty.clone())
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let key = self.key(call);
        let mut hashes = None;
        for at in usize::from(self.keyed)..call.args.len() {
            let column: &Column = call.arg(at)?;
            let array = column.expanded(call.rows);
            self.feed(key, &array, &column.ty, &mut hashes).ok_or_else(|| call.illegal_column(at))?;
        }
        let hashes = hashes.unwrap_or_else(|| vec![self.nothing(); call.rows]);
        let at = |row: usize| hashes.get(row).copied().unwrap_or_default();
        match call.result.bare() {
            ChType::FixedString(_) => result::texts_of(call.result, call.rows, |row, out| {
                out.extend_from_slice(&at(row).to_le_bytes());
                Ok(())
            }),
            ty => result::ints(ty, call.rows, |row| Ok(at(row) as i64)),
        }
    }
}
