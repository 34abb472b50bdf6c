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

impl Column for Maps {
    fn push(&mut self, source: &mut dyn Source) -> Result<(), Refusal> {
        match source.shape()? {
            Shape::Keyed => {}
            Shape::Scalar => {
                let text = source.scalar()?;
                return self.push_text(&text);
            }
            Shape::Null | Shape::List => return Err(Refusal::NotOfType),
        }
        source.enter()?;
        while source.next()? {
            let key = source.scalar()?;
            self.keys.push_text(&key)?;
            source.after_key()?;
            self.values.push(source)?;
            self.n_entries = self.n_entries.checked_add(1).ok_or(Refusal::NotOfType)?;
        }
        self.offsets.push(self.n_entries);
        Ok(())
    }

    fn push_text(&mut self, text: &[u8]) -> Result<(), Refusal> {
        let mut literal = Literal::new(text);
        if literal.shape()? != Shape::Keyed {
            return Err(Refusal::NotOfType);
        }
        self.push(&mut literal)?;
        Ok(literal.end()?)
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
