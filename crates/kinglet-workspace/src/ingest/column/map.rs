//! Columns of `Map(K, V)`: from objects.

use super::{Column, Refusal, column};
use crate::ingest::source::{Literal, Shape, Source};
use arrow::array::{ArrayRef, MapArray, StructArray};
use arrow::buffer::{OffsetBuffer, ScalarBuffer};
use arrow::datatypes::{DataType, FieldRef, Fields};
use kinglet_types::ChType;
use std::sync::Arc;

/// A column of maps: an offset per row into columns of keys and values.
pub(super) struct Maps {
    entries: FieldRef,
    fields: Fields,
    keys: Box<dyn Column>,
    values: Box<dyn Column>,
    offsets: Vec<i32>,
    n_entries: i32,
}

impl Maps {
    pub(super) fn new(key: &ChType, value: &ChType, entries: &FieldRef) -> Option<Self> {
        let DataType::Struct(fields) = entries.data_type() else {
            return None;
        };
        let [key_field, value_field] = fields.as_ref() else {
            return None;
        };
        Some(Maps {
            entries: entries.clone(),
            fields: fields.clone(),
            keys: column(key, key_field.data_type())?,
            values: column(value, value_field.data_type())?,
            offsets: vec![0],
            n_entries: 0,
        })
    }
}

impl Maps {
    /// Reads the entries of the value that comes next, up to the first that is refused.
    fn read(&mut self, source: &mut dyn Source) -> Result<(), Refusal> {
        match source.shape()? {
            Shape::Keyed => self.read_entries(source),
            Shape::Scalar => {
                let text = source.scalar()?;
                self.read_text(&text)
            }
            Shape::Null | Shape::List => Err(Refusal::NotOfType),
        }
    }

    fn read_text(&mut self, text: &[u8]) -> Result<(), Refusal> {
        let mut literal = Literal::new(text);
        if literal.shape()? != Shape::Keyed {
            return Err(Refusal::NotOfType);
        }
        self.read_entries(&mut literal)?;
        Ok(literal.end()?)
    }

    fn read_entries(&mut self, source: &mut dyn Source) -> Result<(), Refusal> {
        source.enter()?;
        while source.next()? {
            self.n_entries = self.n_entries.checked_add(1).ok_or(Refusal::NotOfType)?;
            let key = read_key(&mut *self.keys, source);
            if let Err(refusal) = key {
                self.values.push_default();
                return Err(refusal);
            }
            self.values.push(source)?;
        }
        Ok(())
    }
}

/// Adds the key that comes next, and moves on to its value.
fn read_key(keys: &mut dyn Column, source: &mut dyn Source) -> Result<(), Refusal> {
    match source.scalar() {
        Ok(key) => keys.push_text(&key)?,
        Err(malformed) => {
            keys.push_default();
            return Err(malformed.into());
        }
    }
    Ok(source.after_key()?)
}

impl Column for Maps {
    fn push(&mut self, source: &mut dyn Source) -> Result<(), Refusal> {
        let read = self.read(source);
        self.offsets.push(self.n_entries);
        read
    }

    fn push_text(&mut self, text: &[u8]) -> Result<(), Refusal> {
        let read = self.read_text(text);
        self.offsets.push(self.n_entries);
        read
    }

    fn push_default(&mut self) {
        self.offsets.push(self.n_entries);
    }

    fn finish(&mut self) -> ArrayRef {
        let offsets = std::mem::replace(&mut self.offsets, vec![0]);
        self.n_entries = 0;
        let columns = vec![self.keys.finish(), self.values.finish()];
        Arc::new(MapArray::new(
            self.entries.clone(),
            OffsetBuffer::new(ScalarBuffer::from(offsets)),
            StructArray::new(self.fields.clone(), columns, None),
            None,
            false,
        ))
    }
}
