//! Columns that may hold NULL: a validity mask over another column.

use super::{Column, Refusal};
use crate::ingest::source::{Shape, Source};
use arrow::array::{ArrayRef, NullBufferBuilder, make_array};

/// A column of `Nullable(T)`.
pub(super) struct Nullable {
    inner: Box<dyn Column>,
    validity: NullBufferBuilder,
}

impl Nullable {
    pub(super) fn new(inner: Box<dyn Column>) -> Self {
        Nullable { inner, validity: NullBufferBuilder::new(0) }
    }
}

impl Column for Nullable {
    fn push(&mut self, source: &mut dyn Source) -> Result<(), Refusal> {
        match source.shape() {
            Ok(Shape::Null) => {
                self.push_default();
                source.scalar()?;
                Ok(())
            }
            Ok(_) => {
                self.validity.append_non_null();
                self.inner.push(source)
            }
            Err(malformed) => {
                self.push_default();
                Err(malformed.into())
            }
        }
    }

    fn push_text(&mut self, text: &[u8]) -> Result<(), Refusal> {
        if text == b"\\N" {
            return self.push_null();
        }
        self.validity.append_non_null();
        self.inner.push_text(text)
    }

    fn push_null(&mut self) -> Result<(), Refusal> {
        self.push_default();
        Ok(())
    }

    fn push_default(&mut self) {
        self.inner.push_default();
        self.validity.append_null();
    }

    fn finish(&mut self) -> ArrayRef {
        let array = self.inner.finish();
        let Some(nulls) = self.validity.finish() else {
            return array;
        };
        let masked = array.to_data().into_builder().nulls(Some(nulls)).build();
        masked.map_or(array, make_array)
    }
}
