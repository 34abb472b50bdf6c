//! Columns of `String`: any bytes; JSON numbers and documents keep their text.

use super::{Column, Refusal};
use crate::ingest::source::{Shape, Source};
use arrow::array::{ArrayRef, BinaryViewBuilder};
use std::borrow::Cow;
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

fn text_of(source: &mut dyn Source) -> Result<Cow<'_, [u8]>, Refusal> {
    match source.shape()? {
        Shape::Null => {
            source.scalar()?;
            Err(Refusal::NotOfType)
        }
        Shape::Scalar => Ok(source.scalar()?),
        Shape::List | Shape::Keyed => Ok(Cow::Borrowed(source.raw()?)),
    }
}

impl Column for Texts {
    fn push(&mut self, source: &mut dyn Source) -> Result<(), Refusal> {
        match text_of(source) {
            Ok(text) => self.push_text(&text),
            Err(refusal) => {
                self.push_default();
                Err(refusal)
            }
        }
    }

    fn push_text(&mut self, text: &[u8]) -> Result<(), Refusal> {
        if self.values.try_append_value(text).is_err() {
            self.push_default();
            return Err(Refusal::NotOfType);
        }
        Ok(())
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
