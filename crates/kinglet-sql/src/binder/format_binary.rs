//! RowBinary as rows, for the table function `format`.

use arrow::array::ArrayRef;
use kinglet_types::{ErrorCode, Result, SqlError};

use crate::ColumnBuilder;
use crate::aggregate::wire::Reader;
use crate::binary::read_value;
use crate::catalog::TableColumn;

fn text(bytes: &mut Reader<'_>) -> Result<String> {
    Ok(String::from_utf8_lossy(bytes.bytes()?).into_owned())
}

/// Columns and their values of RowBinary; names and types stand first where the flags are set.
///
/// # Errors
/// 33 when the bytes end in a value, 36 where nothing tells the columns.
pub(super) fn row_binary(
    bytes: &[u8],
    columns: Option<Vec<TableColumn>>,
    (has_names, has_types): (bool, bool),
) -> Result<(Vec<TableColumn>, Vec<ArrayRef>, usize)> {
    let mut bytes = Reader::new(bytes);
    let mut names = Vec::new();
    let mut types = Vec::new();
    if has_names {
        let count = bytes.varint()?;
        for _ in 0..count {
            names.push(text(&mut bytes)?);
        }
        if has_types {
            for _ in 0..count {
                types.push(crate::operator::parse_type(&text(&mut bytes)?)?);
            }
        }
    }
    let written: Vec<TableColumn> =
        names.iter().zip(types).map(|(name, ty)| TableColumn::new(name.clone(), ty)).collect();
    let columns = match columns {
        _ if has_types => written,
        Some(columns) => columns,
        None => return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, "RowBinary needs a structure")),
    };
    let mut builders: Vec<ColumnBuilder> =
        columns.iter().map(|column| ColumnBuilder::new(&column.ty)).collect();
    let mut rows = 0;
    while !bytes.rest().is_empty() && !columns.is_empty() {
        for (builder, column) in builders.iter_mut().zip(&columns) {
            read_value(&mut bytes, &column.ty, builder)?;
        }
        rows += 1;
    }
    let arrays = builders.into_iter().map(ColumnBuilder::finish).collect::<Result<Vec<_>>>()?;
    Ok((columns, arrays, rows))
}
