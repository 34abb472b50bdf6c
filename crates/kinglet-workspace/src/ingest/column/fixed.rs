//! Columns of every type whose values have one width: numbers, dates, enumerations, ids.

use super::{Column, Refusal};
use crate::ingest::scalar::{self, Encoder};
use arrow::array::{ArrayData, ArrayRef, make_array};
use arrow::buffer::MutableBuffer;
use arrow::datatypes::DataType;
use kinglet_types::ChType;

/// Room for the widest value, 256 bits, or a longer fixed string.
type Scratch = Vec<u8>;

/// A column of fixed-width values, kept as their bytes: one code path for all types.
pub(super) struct FixedWidth {
    layout: DataType,
    encode: Encoder,
    default: Vec<u8>,
    takes_empty: bool,
    scratch: Scratch,
    values: MutableBuffer,
    n_rows: usize,
}

impl FixedWidth {
    /// `None` when `ty` has no fixed width or `layout` has another one.
    pub(super) fn new(ty: &ChType, layout: &DataType) -> Option<Self> {
        let (encode, default) = scalar::encoder(ty)?;
        let width = match layout {
            DataType::FixedSizeBinary(width) => usize::try_from(*width).ok()?,
            other => other.primitive_width()?,
        };
        (width == default.len()).then(|| FixedWidth {
            layout: layout.clone(),
            encode,
            takes_empty: matches!(ty, ChType::FixedString(_)),
            scratch: vec![0; default.len()],
            default,
            values: MutableBuffer::new(0),
            n_rows: 0,
        })
    }
}

impl Column for FixedWidth {
    fn push_text(&mut self, text: &[u8]) -> Result<(), Refusal> {
        if (self.encode)(text, &mut self.scratch).is_none() {
            self.push_default();
            return Err(Refusal::NotOfType);
        }
        self.values.extend_from_slice(&self.scratch);
        self.n_rows += 1;
        Ok(())
    }

    fn push_default(&mut self) {
        self.values.extend_from_slice(&self.default);
        self.n_rows += 1;
    }

    fn takes_empty_text(&self) -> bool {
        self.takes_empty
    }

    fn finish(&mut self) -> ArrayRef {
        let values = std::mem::replace(&mut self.values, MutableBuffer::new(0));
        let n_rows = std::mem::take(&mut self.n_rows);
        let data = ArrayData::builder(self.layout.clone()).len(n_rows).add_buffer(values.into()).build();
        // The buffer has exactly `n_rows` values of the layout's width.
        make_array(data.unwrap_or_else(|_| ArrayData::new_empty(&self.layout)))
    }
}
