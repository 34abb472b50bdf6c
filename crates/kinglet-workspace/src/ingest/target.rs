//! What rows are read into: the columns of a table, with their defaults and JSON paths.

use crate::error::{Error, Result};
use arrow::datatypes::SchemaRef;
use kinglet_datafile::JsonPath;
use kinglet_types::ChType;

/// A column to fill.
#[derive(Clone, Debug)]
pub(crate) struct TargetColumn {
    /// Name.
    pub(crate) name: String,
    /// Type.
    pub(crate) ty: ChType,
    /// `DEFAULT` expression, for rows that have no value.
    pub(crate) default: Option<String>,
    /// Where the value is in a JSON row.
    pub(crate) path: Option<JsonPath>,
}

impl TargetColumn {
    /// True when a row may leave this column out.
    pub(crate) fn may_be_missing(&self) -> bool {
        self.default.is_some() || self.ty.is_nullable()
    }
}

/// The columns of a table, in order, with the layout of its blocks.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    /// Columns in the table's order.
    pub(crate) columns: Vec<TargetColumn>,
    /// Layout of blocks: one field per column.
    pub(crate) schema: SchemaRef,
}

impl Target {
    /// The text for a value that `column` does not take.
    pub(crate) fn refusal(&self, column: usize, value: &[u8]) -> String {
        let Some(column) = self.columns.get(column) else {
            return "a value was refused".to_owned();
        };
        let value = excerpt(value);
        let (name, ty) = (&column.name, &column.ty);
        format!("value '{value}' on column '{name}' is not {ty}")
    }

    /// Fails unless some column can be read from JSON.
    pub(crate) fn check_paths(&self, name: &str) -> Result<()> {
        if self.columns.iter().any(|column| column.path.is_some()) {
            return Ok(());
        }
        Err(Error::invalid(format!(
            "the data source '{name}' has no jsonpaths in its schema, so it takes neither NDJSON nor Parquet: add `json:$.…` to its columns"
        )))
    }
}

/// A value as it is shown in messages: at most 100 bytes.
pub(crate) fn excerpt(value: &[u8]) -> String {
    const LONGEST: usize = 100;
    match value.get(..LONGEST) {
        Some(head) if value.len() > LONGEST => {
            let mut text = String::from_utf8_lossy(head).into_owned();
            text.push('…');
            text
        }
        _ => String::from_utf8_lossy(value).into_owned(),
    }
}
