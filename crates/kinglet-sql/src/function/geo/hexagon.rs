//! H3 cells.

use arrow::array::ArrayRef;
use h3o::{CellIndex, LatLng, Resolution};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use crate::ColumnBuilder;
use crate::function::result::int_array;
use crate::function::{Args, Call, result};

/// Checks that the first argument is a cell's number and the others are whole numbers.
pub(super) fn expect_index(args: &Args<'_>) -> Result<()> {
    args.expect(0, |ty| *ty == ChType::UInt64)?;
    for at in 1..args.len() {
        args.expect(at, ChType::is_integer)?;
    }
    Ok(())
}

/// The cell of a number.
pub(super) fn cell(index: i64) -> Result<CellIndex> {
    CellIndex::try_from(index as u64).map_err(|_| invalid(index))
}

/// The error about a number that is no cell.
pub(super) fn invalid(index: i64) -> SqlError {
    SqlError::new(ErrorCode::INCORRECT_DATA, format!("Invalid H3 cell index: {}", index as u64))
}

/// The resolution of a number.
pub(super) fn resolution(level: i64) -> Result<Resolution> {
    u8::try_from(level)
        .ok()
        .and_then(|level| Resolution::try_from(level).ok())
        .ok_or_else(|| out_of_bound(level))
}

/// The error about a resolution or distance that is none.
pub(super) fn out_of_bound(level: i64) -> SqlError {
    SqlError::new(ErrorCode::ARGUMENT_OUT_OF_BOUND, format!("The argument {level} is out of bounds"))
}

/// The type of a place.
pub(super) fn place() -> ChType {
    ChType::Tuple(
        [(Some("latitude".into()), ChType::Float64), (Some("longitude".into()), ChType::Float64)].into(),
    )
}

/// Appends a place.
pub(super) fn append(builder: &mut ColumnBuilder, place: LatLng) {
    if let [latitude, longitude] = builder.fields() {
        latitude.append_float(place.lat());
        longitude.append_float(place.lng());
    }
    builder.close();
}

/// Arrays of cells.
pub(super) fn cells(
    call: &Call<'_>,
    mut push: impl FnMut(usize, &mut Vec<i64>) -> Result<()>,
) -> Result<ArrayRef> {
    let (mut cells, mut lengths) = (Vec::new(), Vec::with_capacity(call.rows));
    for row in 0..call.rows {
        let before = cells.len();
        push(row, &mut cells)?;
        lengths.push(cells.len() - before);
    }
    result::lists(call.result, int_array(&ChType::UInt64, cells, None)?, lengths)
}
