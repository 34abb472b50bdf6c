//! The recursive term of WITH RECURSIVE, run once per round: counts the rounds and gives the thread back.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use arrow::datatypes::SchemaRef;
use datafusion::common::Result;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use futures::StreamExt;
use kinglet_types::{ErrorCode, SqlError};

use super::concat::renamed;
use super::yielding::Yielding;
use super::{Operator, ReadCount};
use crate::fault::to_datafusion;

/// Hands rows through until there were too many rounds.
pub(crate) struct Rounds {
    /// Name of the common table expression.
    pub(crate) name: String,
    /// Most rounds.
    pub(crate) most: u64,
    pub(crate) count: Arc<ReadCount>,
    pub(crate) done: AtomicU64,
}

impl std::fmt::Debug for Rounds {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Rounds of {}", self.name)
    }
}

impl Operator for Rounds {
    fn name(&self) -> &'static str {
        "Rounds"
    }

    fn run(
        &self,
        mut inputs: Vec<SendableRecordBatchStream>,
        schema: SchemaRef,
        _context: &Arc<TaskContext>,
    ) -> Result<SendableRecordBatchStream> {
        let Some(input) = inputs.pop() else {
            return datafusion::common::internal_err!("Rounds without input");
        };
        if let Some(check) = self.count.checkpoint.get() {
            check().map_err(to_datafusion)?;
        }
        if self.done.fetch_add(1, Ordering::Relaxed) >= self.most {
            let message = format!(
                "Maximum recursive CTE evaluation depth ({}) exceeded, during evaluation of {}",
                self.most, self.name
            );
            return Err(to_datafusion(SqlError::new(ErrorCode::TOO_DEEP_RECURSION, message)));
        }
        let wanted = Arc::clone(&schema);
        let batches = input.map(move |batch| renamed(&batch?, &wanted));
        Ok(Box::pin(RecordBatchStreamAdapter::new(schema, Yielding::new(batches))))
    }
}
