//! What a part is, as its own file says: enough to take the file into another store.

use crate::codec::{Decoder, Encoder};
use crate::error::StorageError;

/// Facts of a part that its rows alone do not tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct PartFacts {
    /// How many merges made it, one after the other.
    pub(crate) level: u32,
    /// Milliseconds since 1970.
    pub(crate) created_millis: u64,
    /// The partition's value as text; empty without partitions.
    pub(crate) partition: String,
    /// No two rows have the same sorting key.
    pub(crate) unique_keys: bool,
    /// Bytes in memory of each column.
    pub(crate) column_bytes: Vec<u64>,
    /// When its rows expire, if the table had a rule for that.
    pub(crate) due: Option<Due>,
}

/// When rows of a part expire, in milliseconds since 1970; the greatest number for never.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Due {
    /// The rule that says so, as text.
    pub(crate) rule: String,
    /// The first of them.
    pub(crate) first: i64,
}

impl PartFacts {
    pub(crate) fn encode(&self, encoder: &mut Encoder) {
        encoder.number(u64::from(self.level));
        encoder.number(self.created_millis);
        encoder.text(&self.partition);
        encoder.flag(self.unique_keys);
        encoder.number(self.column_bytes.len() as u64);
        self.column_bytes.iter().for_each(|bytes| encoder.number(*bytes));
        encoder.flag(self.due.is_some());
        if let Some(due) = &self.due {
            encoder.text(&due.rule);
            encoder.fixed64(due.first as u64);
        }
    }

    pub(crate) fn decode(decoder: &mut Decoder) -> Result<Self, StorageError> {
        Ok(PartFacts {
            level: u32::try_from(decoder.number()?).unwrap_or(u32::MAX),
            created_millis: decoder.number()?,
            partition: decoder.text()?,
            unique_keys: decoder.flag()?,
            column_bytes: decoder.numbers()?,
            due: match decoder.flag()? {
                true => Some(Due { rule: decoder.text()?, first: decoder.fixed64()? as i64 }),
                false => None,
            },
        })
    }
}
