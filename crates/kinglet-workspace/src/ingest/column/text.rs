//! Columns of `String`: any bytes; JSON numbers and documents keep their text.

use super::{Column, Refusal};
use crate::ingest::source::{Shape, Source};
use arrow::array::{ArrayRef, BinaryViewBuilder};
use std::sync::Arc;

/// A column of byte strings.
pub(super) struct Texts {
    values: BinaryViewBuilder,
}

impl Texts {
    pub(super) fn new() -> Self {
        Texts { values: BinaryViewBuilder::new() }
    }
}

impl Column for Texts {
    fn push(&mut self, source: &mut dyn Source) -> Result<(), Refusal> {
        match source.shape()? {
            Shape::Null => {
                source.scalar()?;
                Err(Refusal::NotOfType)
            }
            Shape::Scalar => {
                let text = source.scalar()?;
                self.push_text(&text)
            }
            Shape::List | Shape::Keyed => {
                let text = source.raw()?;
                self.push_text(text)
            }
        }
    }

    fn push_text(&mut self, text: &[u8]) -> Result<(), Refusal> {
        self.values.try_append_value(text).map_err(|_| Refusal::NotOfType)
    }

    fn push_default(&mut self) {
        self.values.append_value(b"");
    }

    fn takes_empty_text(&self) -> bool {
        true
    }

    fn finish(&mut self) -> ArrayRef {
        Arc::new(self.values.finish())
    }
}
