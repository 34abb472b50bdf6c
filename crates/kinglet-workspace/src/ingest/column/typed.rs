//! Columns of JSON, Dynamic and Variant: values that bring their types along.

use super::{Column, Refusal};
use crate::ingest::source::{Shape, Source};
use arrow::array::ArrayRef;
use kinglet_sql::{ColumnBuilder, Environment, read_json_value, text::read_text};
use kinglet_types::ChType;

/// A column whose values are read by the engine's own rules.
pub(super) struct SelfTyped {
    builder: ColumnBuilder,
    environment: Environment,
}

impl SelfTyped {
    pub(super) fn new(ty: &ChType) -> Self {
        SelfTyped { builder: ColumnBuilder::new(ty), environment: Environment::default() }
    }

    /// Makes sure that exactly one value was added since there were `before`.
    fn taken(&mut self, before: usize, read: bool) -> Result<(), Refusal> {
        if read && self.builder.len() == before + 1 {
            return Ok(());
        }
        self.builder.truncate(before);
        self.builder.append_default();
        Err(Refusal::NotOfType)
    }
}

impl Column for SelfTyped {
    fn push(&mut self, source: &mut dyn Source) -> Result<(), Refusal> {
        let before = self.builder.len();
        let null = match source.shape() {
            Ok(shape) => shape == Shape::Null,
            Err(malformed) => {
                self.push_default();
                return Err(malformed.into());
            }
        };
        match source.raw() {
            Ok(_) if null => self.push_null(),
            Ok(text) => {
                let read = read_json_value(text, &mut self.builder, &self.environment).is_ok();
                self.taken(before, read)
            }
            Err(malformed) => {
                self.push_default();
                Err(malformed.into())
            }
        }
    }

    fn push_text(&mut self, text: &[u8]) -> Result<(), Refusal> {
        let before = self.builder.len();
        let read = read_text(text, &mut self.builder, &self.environment).is_ok();
        self.taken(before, read)
    }

    fn push_null(&mut self) -> Result<(), Refusal> {
        self.builder.append_null();
        Ok(())
    }

    fn push_default(&mut self) {
        self.builder.append_default();
    }

    fn finish(&mut self) -> ArrayRef {
        let empty = ColumnBuilder::new(self.builder.ty());
        let layout = kinglet_sql::arrow_type(self.builder.ty());
        let full = std::mem::replace(&mut self.builder, empty);
        full.finish().unwrap_or_else(|_| arrow::array::new_empty_array(&layout))
    }
}
