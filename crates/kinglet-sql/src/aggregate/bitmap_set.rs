//! Sets of whole numbers, as `groupBitmap` and the `bitmap…` functions hold them, in ClickHouse's bytes.
//!
//! Up to 32 values are kept in the order they came, more in a Roaring bitmap. Values of 8 to 32 bits are held
//! as 32-bit numbers with their sign extended, those of 64 bits as they are; so the greatest are the negative.

use kinglet_types::{ChType, ErrorCode, Result, SqlError};
use roaring::{RoaringBitmap, RoaringTreemap};

use super::wire::{Reader, write_bytes, write_varint};

/// The most values that are kept one by one.
const FEW: usize = 32;

/// Width and sign of the values of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Element {
    bits: u32,
    signed: bool,
}

impl Element {
    /// The element of a type, where sets of it exist: whole numbers of 8 to 64 bits.
    pub(crate) fn of(ty: &ChType) -> Option<Self> {
        match ty {
            ChType::UInt8 | ChType::UInt16 | ChType::UInt32 | ChType::UInt64 => {}
            ChType::Int8 | ChType::Int16 | ChType::Int32 | ChType::Int64 => {}
            _ => return None,
        }
        let (bits, signed) = ty.integer_bits()?;
        Some(Self { bits: u32::from(bits), signed })
    }

    /// How a value is held.
    pub(crate) fn key(self, value: i64) -> u64 {
        if self.bits == 64 { value as u64 } else { u64::from(value as u32) }
    }

    /// The greatest value.
    pub(crate) fn greatest(self) -> u64 {
        (u64::MAX >> (64 - self.bits)) >> u32::from(self.signed)
    }

    /// A held value as an unsigned number of the element's width.
    fn unsigned(self, key: u64) -> u64 {
        key & (u64::MAX >> (64 - self.bits))
    }

    fn extended(self, value: u64) -> u64 {
        let shift = 64 - self.bits;
        if self.signed { self.key(((value << shift) as i64) >> shift) } else { self.key(value as i64) }
    }

    fn bytes(self) -> usize {
        self.bits as usize / 8
    }
}

/// A set.
#[derive(Clone, Debug)]
pub(crate) struct BitmapSet {
    element: Element,
    /// The values in the order they came, while there are few.
    few: Vec<u64>,
    /// The values once there are many; `few` is empty then.
    many: Option<RoaringTreemap>,
}

impl BitmapSet {
    /// No values.
    pub(crate) fn new(element: Element) -> Self {
        Self { element, few: Vec::new(), many: None }
    }

    /// Adds a held value.
    pub(crate) fn add(&mut self, key: u64) {
        if self.many.is_some() || (self.few.len() >= FEW && !self.few.contains(&key)) {
            self.many().insert(key);
        } else if !self.few.contains(&key) {
            self.few.push(key);
        }
    }

    fn many(&mut self) -> &mut RoaringTreemap {
        let few = std::mem::take(&mut self.few);
        self.many.get_or_insert_with(|| few.into_iter().collect())
    }

    /// Whether a held value is there.
    pub(crate) fn contains(&self, key: u64) -> bool {
        self.many.as_ref().map_or_else(|| self.few.contains(&key), |many| many.contains(key))
    }

    /// Number of values.
    pub(crate) fn len(&self) -> u64 {
        self.many.as_ref().map_or(self.few.len() as u64, RoaringTreemap::len)
    }

    /// The held values: few in the order they came, many in their own.
    pub(crate) fn iter(&self) -> impl Iterator<Item = u64> + '_ {
        self.few.iter().copied().chain(self.many.iter().flat_map(RoaringTreemap::iter))
    }

    /// The least value; of none the greatest number there is.
    pub(crate) fn least(&self) -> u64 {
        let none = if self.element.bits == 64 { u64::MAX } else { u64::from(u32::MAX) };
        let few = self.few.iter().map(|key| self.element.unsigned(*key)).min();
        few.or_else(|| self.many.as_ref().and_then(RoaringTreemap::min)).unwrap_or(none)
    }

    /// The greatest value, 0 of none.
    pub(crate) fn greatest(&self) -> u64 {
        let few = self.few.iter().map(|key| self.element.unsigned(*key)).max();
        few.or_else(|| self.many.as_ref().and_then(RoaringTreemap::max)).unwrap_or(0)
    }

    /// Removes a held value, and says whether it was there; the set is then a Roaring bitmap.
    pub(crate) fn remove(&mut self, key: u64) -> bool {
        self.many().remove(key)
    }

    /// Makes the set a Roaring bitmap, however few its values.
    pub(crate) fn widen(&mut self) {
        self.many();
    }

    /// The values of either.
    pub(crate) fn unite(&mut self, other: &Self) {
        other.few.iter().for_each(|key| self.add(*key));
        if let Some(others) = &other.many {
            *self.many() |= others;
        }
    }

    /// The values of both.
    pub(crate) fn intersect(&mut self, other: &Self) {
        match (&mut self.many, &other.many) {
            (Some(many), Some(others)) => *many &= others,
            (Some(many), None) => {
                self.few = other.few.iter().copied().filter(|key| many.contains(*key)).collect();
                self.many = None;
            }
            (None, _) => self.few.retain(|key| other.contains(*key)),
        }
    }

    /// The values of one but not both.
    pub(crate) fn differ(&mut self, other: &Self) {
        let many = self.many();
        match &other.many {
            Some(others) => *many ^= others,
            None => *many ^= other.few.iter().copied().collect::<RoaringTreemap>(),
        }
    }

    /// The values that `other` has not.
    pub(crate) fn subtract(&mut self, other: &Self) {
        match (&mut self.many, &other.many) {
            (Some(many), Some(others)) => *many -= others,
            (Some(many), None) => other.few.iter().for_each(|key| {
                many.remove(*key);
            }),
            (None, _) => self.few.retain(|key| !other.contains(*key)),
        }
    }

    /// Appends the set in ClickHouse's bytes.
    ///
    /// # Errors
    /// 49 when it cannot be written.
    pub(crate) fn write(&self, out: &mut Vec<u8>) -> Result<()> {
        let Some(many) = &self.many else {
            out.push(0);
            write_varint(self.few.len() as u64, out);
            for key in &self.few {
                out.extend(key.to_le_bytes().iter().take(self.element.bytes()));
            }
            return Ok(());
        };
        out.push(1);
        let mut bytes = Vec::new();
        let mut many = many.clone();
        many.optimize();
        let written = if self.element.bits == 64 {
            many.serialize_into(&mut bytes)
        } else {
            match many.bitmaps().find(|(high, _)| *high == 0) {
                Some((_, low)) => low.serialize_into(&mut bytes),
                None => RoaringBitmap::new().serialize_into(&mut bytes),
            }
        };
        written.map_err(crate::function::result::internal)?;
        write_bytes(&bytes, out);
        Ok(())
    }

    /// Reads what [`BitmapSet::write`] wrote.
    ///
    /// # Errors
    /// 33 when the bytes end too early, 117 when they are no set.
    pub(crate) fn read(element: Element, bytes: &mut Reader<'_>) -> Result<Self> {
        if bytes.array::<1>()? == [0] {
            let count = bytes.varint()?;
            if count > FEW as u64 {
                return Err(broken("too many values for a small set"));
            }
            let mut set = Self::new(element);
            for _ in 0..count {
                let mut value = [0; 8];
                for (to, from) in value.iter_mut().zip(bytes.take(element.bytes())?) {
                    *to = *from;
                }
                set.add(element.extended(u64::from_le_bytes(value)));
            }
            return Ok(set);
        }
        let rest = bytes.bytes()?;
        let many = if element.bits == 64 {
            RoaringTreemap::deserialize_from(rest).map_err(broken)?
        } else {
            let low = RoaringBitmap::deserialize_from(rest).map_err(broken)?;
            RoaringTreemap::from_bitmaps([(0, low)])
        };
        Ok(Self { element, few: Vec::new(), many: Some(many) })
    }

    /// Bytes held, roughly.
    pub(crate) fn size(&self) -> usize {
        let many = self.many.iter().flat_map(RoaringTreemap::bitmaps);
        self.few.capacity() * 8 + many.map(|(_, bitmap)| bitmap.serialized_size() + 64).sum::<usize>()
    }
}

fn broken(why: impl std::fmt::Display) -> SqlError {
    SqlError::new(ErrorCode::INCORRECT_DATA, format!("Cannot read a bitmap: {why}"))
}
