//! Groups of an aggregate that could not be set up: every use answers why.

use arrow::array::ArrayRef;
use kinglet_types::{Result, SqlError};

use super::{Groups, Rows};

/// Answers its error to everything.
pub(super) struct Refused(pub(super) SqlError);

impl Groups for Refused {
    fn update(&mut self, _: &Rows<'_>) -> Result<()> {
        Err(self.0.clone())
    }

    fn merge(&mut self, _: &Rows<'_>) -> Result<()> {
        Err(self.0.clone())
    }

    fn finish(&mut self, _: usize) -> Result<ArrayRef> {
        Err(self.0.clone())
    }

    fn states(&mut self, _: usize) -> Result<ArrayRef> {
        Err(self.0.clone())
    }

    fn state_length(&self, _: &[u8]) -> Result<usize> {
        Err(self.0.clone())
    }

    fn len(&self) -> usize {
        0
    }

    fn size(&self) -> usize {
        0
    }
}
