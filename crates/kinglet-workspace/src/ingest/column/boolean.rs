//! Columns of `Bool`.

use super::{Column, Refusal};
use arrow::array::{ArrayRef, BooleanArray, BooleanBufferBuilder};
use std::sync::Arc;

const TRUE: &[&str] = &["true", "t", "yes", "y", "on", "enable", "enabled", "1"];
const FALSE: &[&str] = &["false", "f", "no", "n", "off", "disable", "disabled", "0"];

/// A column of truth values.
pub(super) struct Booleans {
    bits: BooleanBufferBuilder,
}

impl Booleans {
    pub(super) fn new() -> Self {
        Booleans { bits: BooleanBufferBuilder::new(0) }
    }
}

fn is_one_of(text: &[u8], words: &[&str]) -> bool {
    words.iter().any(|word| text.eq_ignore_ascii_case(word.as_bytes()))
}

impl Column for Booleans {
    fn push_text(&mut self, text: &[u8]) -> Result<(), Refusal> {
        let value = if is_one_of(text, TRUE) {
            true
        } else if is_one_of(text, FALSE) {
            false
        } else {
            self.push_default();
            return Err(Refusal::NotOfType);
        };
        self.bits.append(value);
        Ok(())
    }

    fn push_default(&mut self) {
        self.bits.append(false);
    }

    fn finish(&mut self) -> ArrayRef {
        Arc::new(BooleanArray::new(self.bits.finish(), None))
    }
}
