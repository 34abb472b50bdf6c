//! Columns of `Array(T)`.

use super::{Column, Refusal};
use crate::ingest::source::{Literal, Shape, Source};
use arrow::array::{ArrayRef, ListArray};
use arrow::buffer::{OffsetBuffer, ScalarBuffer};
use arrow::datatypes::FieldRef;
use std::sync::Arc;

/// A column of arrays: an offset per row into a column of elements.
pub(super) struct Lists {
    field: FieldRef,
    elements: Box<dyn Column>,
    offsets: Vec<i32>,
    n_elements: i32,
}

impl Lists {
    pub(super) fn new(field: FieldRef, elements: Box<dyn Column>) -> Self {
        Lists { field, elements, offsets: vec![0], n_elements: 0 }
    }
}

impl Lists {
    /// Reads the elements of the value that comes next, up to the first that is refused.
    fn read(&mut self, source: &mut dyn Source) -> Result<(), Refusal> {
        match source.shape()? {
            Shape::List => self.read_elements(source),
            // ClickHouse's literals come as strings in JSON, too.
            Shape::Scalar => {
                let text = source.scalar()?;
                self.read_text(&text)
            }
            Shape::Null | Shape::Keyed => Err(Refusal::NotOfType),
        }
    }

    fn read_text(&mut self, text: &[u8]) -> Result<(), Refusal> {
        let mut literal = Literal::new(text);
        if literal.shape()? != Shape::List {
            return Err(Refusal::NotOfType);
        }
        self.read_elements(&mut literal)?;
        Ok(literal.end()?)
    }

    fn read_elements(&mut self, source: &mut dyn Source) -> Result<(), Refusal> {
        source.enter()?;
        while source.next()? {
            self.n_elements = self.n_elements.checked_add(1).ok_or(Refusal::NotOfType)?;
            self.elements.push(source)?;
        }
        Ok(())
    }
}

impl Column for Lists {
    fn push(&mut self, source: &mut dyn Source) -> Result<(), Refusal> {
        let read = self.read(source);
        self.offsets.push(self.n_elements);
        read
    }

    fn push_text(&mut self, text: &[u8]) -> Result<(), Refusal> {
        let read = self.read_text(text);
        self.offsets.push(self.n_elements);
        read
    }

    fn push_default(&mut self) {
        self.offsets.push(self.n_elements);
    }

    fn finish(&mut self) -> ArrayRef {
        let offsets = std::mem::replace(&mut self.offsets, vec![0]);
        self.n_elements = 0;
        let offsets = OffsetBuffer::new(ScalarBuffer::from(offsets));
        let elements = self.elements.finish();
        Arc::new(ListArray::new(self.field.clone(), offsets, elements, None))
    }
}
