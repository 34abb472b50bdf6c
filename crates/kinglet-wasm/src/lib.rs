//! The engine as a wasm module: the thin edge between a browser worker and the API.

use std::sync::Arc;

use arrow::array::{Int64Array, RecordBatch};
use datafusion::functions_aggregate::expr_fn::sum;
use datafusion::prelude::{SessionConfig, SessionContext, col};
use wasm_bindgen::prelude::wasm_bindgen;

/// Sum the integers below `n` by a grouped DataFusion plan.
#[wasm_bindgen]
pub async fn probe(n: i32) -> Result<f64, String> {
    let context = SessionContext::new_with_config(SessionConfig::new().with_target_partitions(1));
    let column = Arc::new(Int64Array::from_iter_values(0..i64::from(n)));
    let batch = RecordBatch::try_from_iter([("n", column as _)]).map_err(|error| error.to_string())?;
    let frame = context.read_batch(batch).map_err(|error| error.to_string())?;
    let frame = frame.aggregate(vec![], vec![sum(col("n"))]).map_err(|error| error.to_string())?;
    let batches = frame.collect().await.map_err(|error| error.to_string())?;
    let sums =
        batches.first().and_then(|batch| batch.column(0).as_any().downcast_ref::<Int64Array>().cloned());
    Ok(sums.map_or(0.0, |sums| sums.value(0) as f64))
}
