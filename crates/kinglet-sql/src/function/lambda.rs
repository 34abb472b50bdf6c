//! Lambda arguments of higher-order functions.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use arrow::array::{ArrayRef, RecordBatch, RecordBatchOptions, UInt32Array};
use arrow::compute::take;
use arrow::datatypes::SchemaRef;
use datafusion::logical_expr::Expr;
use datafusion::physical_expr::PhysicalExpr;
use kinglet_types::{ChType, Result};

use super::result::internal;
use crate::fault::from_datafusion;

/// A bound lambda: its body over captured columns and parameters.
#[derive(Clone, Debug)]
pub struct Lambda {
    /// Type of the body.
    pub result: ChType,
    /// Number of parameters.
    pub parameters: usize,
    /// The body as bound; identifies the lambda.
    pub(crate) body: Expr,
    /// The body, compiled over `schema`.
    pub(crate) compiled: Arc<dyn PhysicalExpr>,
    /// Captured columns first, then the parameters.
    pub(crate) schema: SchemaRef,
    /// Captured columns of the batch at hand.
    pub(crate) captures: Vec<super::Column>,
}

impl Lambda {
    /// Evaluates the body once per element.
    ///
    /// `rows[i]` is the row of the batch that element `i` belongs to (captured columns take their value
    /// from there), `parameters` the values of the parameters, each as long as `rows`.
    ///
    /// # Errors
    /// Whatever the body raises.
    pub fn evaluate(&self, rows: &UInt32Array, parameters: &[ArrayRef]) -> Result<ArrayRef> {
        let mut columns = Vec::with_capacity(self.captures.len() + parameters.len());
        for captured in &self.captures {
            let column = if captured.constant {
                captured.expanded(rows.len())
            } else {
                take(&captured.array, rows, None).map_err(internal)?
            };
            columns.push(column);
        }
        columns.extend(parameters.iter().cloned());
        let options = RecordBatchOptions::new().with_row_count(Some(rows.len()));
        let schema = Arc::clone(&self.schema);
        let batch = RecordBatch::try_new_with_options(schema, columns, &options).map_err(internal)?;
        let value = self.compiled.evaluate(&batch).map_err(from_datafusion)?;
        value.into_array(rows.len()).map_err(from_datafusion)
    }

    /// The row each element of lists with these offsets belongs to, as [`Lambda::evaluate`] needs it.
    pub fn rows_of(offsets: &[i32]) -> UInt32Array {
        let mut rows = Vec::new();
        for (row, pair) in offsets.windows(2).enumerate() {
            rows.extend(std::iter::repeat_n(row as u32, (pair[1] - pair[0]) as usize));
        }
        rows.into()
    }
}

impl PartialEq for Lambda {
    fn eq(&self, other: &Self) -> bool {
        self.body == other.body && self.result == other.result
    }
}

impl Eq for Lambda {}

impl Hash for Lambda {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.body.hash(state);
        self.result.hash(state);
    }
}
