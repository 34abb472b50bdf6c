//! Errors across the border to DataFusion and back.

use datafusion::common::DataFusionError;
use kinglet_types::{ErrorCode, SqlError};

/// A ClickHouse error inside DataFusion.
pub(crate) fn to_datafusion(error: SqlError) -> DataFusionError {
    DataFusionError::External(Box::new(error))
}

/// The ClickHouse error inside a DataFusion error; resource errors become 241, all others 49.
pub(crate) fn from_datafusion(error: DataFusionError) -> SqlError {
    match error.find_root() {
        DataFusionError::External(inner) => {
            if let Some(error) = inner.downcast_ref::<SqlError>() {
                return error.clone();
            }
        }
        DataFusionError::ResourcesExhausted(message) => {
            let message = format!("Query memory limit exceeded: {message}");
            return SqlError::new(ErrorCode::MEMORY_LIMIT_EXCEEDED, message);
        }
        DataFusionError::IoError(error) => {
            if let Some(error) = error.get_ref().and_then(|inner| inner.downcast_ref::<SqlError>()) {
                return error.clone();
            }
        }
        DataFusionError::ArrowError(arrow, _) => {
            if let Some(error) = sql_error_of(arrow) {
                return error;
            }
        }
        _ => {}
    }
    SqlError::new(ErrorCode::LOGICAL_ERROR, error.strip_backtrace())
}

fn sql_error_of(error: &arrow::error::ArrowError) -> Option<SqlError> {
    let inner = match error {
        arrow::error::ArrowError::ExternalError(inner) => inner,
        arrow::error::ArrowError::IoError(_, error) => {
            return error.get_ref().and_then(|inner| inner.downcast_ref::<SqlError>()).cloned();
        }
        _ => return None,
    };
    if let Some(found) = inner.downcast_ref::<SqlError>() {
        return Some(found.clone());
    }
    let inner = inner.downcast_ref::<DataFusionError>()?;
    match inner.find_root() {
        DataFusionError::External(inner) => inner.downcast_ref::<SqlError>().cloned(),
        _ => None,
    }
}
