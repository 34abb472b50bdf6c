//! Columns of a Parquet file as ClickHouse types.

use super::{Analysis, AnalyzedColumn};
use crate::error::{Error, Result};
use crate::import::Format;
use crate::ingest::parquet;
use arrow::datatypes::{DataType, Field, TimeUnit};
use bytes::Bytes;
use kinglet_datafile::Datasource;

/// What a Parquet file holds. A column is `Nullable` when it has nulls.
pub(super) fn analyze(file: Bytes) -> Result<Analysis> {
    let mut columns = Vec::new();
    for (field, has_nulls) in parquet::fields(file)? {
        let ty = type_text(&field).ok_or_else(|| {
            let (name, ty) = (field.name(), field.data_type());
            Error::invalid(format!(
                "column '{name}' of the Parquet file has the type {ty}, which has no counterpart"
            ))
        })?;
        let nullable =
            has_nulls && !ty.starts_with("Array") && !ty.starts_with("Tuple") && !ty.starts_with("Map");
        let ty = if nullable { format!("Nullable({ty})") } else { ty };
        columns.push((field.name().clone(), ty));
    }
    let datasource = Datasource::from_names_and_types(&columns, true);
    let analyzed = datasource.columns.iter().map(|column| AnalyzedColumn {
        name: column.name.clone(),
        path: column.jsonpath.clone().unwrap_or_default(),
        ty: column.full_type(),
        present_share: 1.0,
    });
    Ok(Analysis { format: Format::Parquet, dialect: None, columns: analyzed.collect(), datasource })
}

fn type_text(field: &Field) -> Option<String> {
    Some(match field.data_type() {
        DataType::Boolean => "Bool".to_owned(),
        ty @ (DataType::Int8
        | DataType::Int16
        | DataType::Int32
        | DataType::Int64
        | DataType::UInt8
        | DataType::UInt16
        | DataType::UInt32
        | DataType::UInt64
        | DataType::Float32
        | DataType::Float64) => ty.to_string(),
        DataType::Float16 => "Float32".to_owned(),
        DataType::Date32 | DataType::Date64 => "Date32".to_owned(),
        DataType::Timestamp(unit, _) => format!("DateTime64({})", digits(*unit)),
        DataType::Decimal32(p, s)
        | DataType::Decimal64(p, s)
        | DataType::Decimal128(p, s)
        | DataType::Decimal256(p, s) => {
            let scale = u8::try_from(*s).ok()?;
            format!("Decimal({p}, {scale})")
        }
        DataType::FixedSizeBinary(width) => format!("FixedString({width})"),
        DataType::Utf8
        | DataType::LargeUtf8
        | DataType::Utf8View
        | DataType::Binary
        | DataType::LargeBinary
        | DataType::BinaryView
        | DataType::Null => "String".to_owned(),
        DataType::Dictionary(_, values) => type_text(&Field::new("", values.as_ref().clone(), false))?,
        DataType::List(item) | DataType::LargeList(item) | DataType::FixedSizeList(item, _) => {
            format!("Array({})", element_text(item)?)
        }
        DataType::Struct(fields) => {
            let fields =
                fields.iter().map(|field| Some(format!("`{}` {}", field.name(), element_text(field)?)));
            format!("Tuple({})", fields.collect::<Option<Vec<_>>>()?.join(", "))
        }
        DataType::Map(entries, _) => {
            let DataType::Struct(fields) = entries.data_type() else {
                return None;
            };
            let [key, value] = fields.as_ref() else {
                return None;
            };
            format!("Map({}, {})", type_text(key)?, element_text(value)?)
        }
        _ => return None,
    })
}

/// The type of a value inside another: `Nullable` where the file allows nulls.
fn element_text(field: &Field) -> Option<String> {
    let inner = type_text(field)?;
    let composite = ["Array", "Tuple", "Map"].iter().any(|word| inner.starts_with(word));
    Some(if field.is_nullable() && !composite { format!("Nullable({inner})") } else { inner })
}

fn digits(unit: TimeUnit) -> u8 {
    match unit {
        TimeUnit::Second => 0,
        TimeUnit::Millisecond => 3,
        TimeUnit::Microsecond => 6,
        TimeUnit::Nanosecond => 9,
    }
}
