//! Reading and writing sets in arguments and results.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use crate::aggregate::bitmap_set::{BitmapSet, Element};
use crate::aggregate::bitmaps::element_type;
use crate::aggregate::wire::Reader;
use crate::function::{Args, Bytes, Call, Spec, result};

pub(super) const BASE: Spec = Spec { category: "bitmap", ..Spec::EMPTY };

/// What an argument that is a set is.
pub(super) const SET: &str = "AggregateFunction(groupBitmap, ..)";

/// The type of the values of argument `at`, a set.
///
/// # Errors
/// 43 when it is no set.
pub(super) fn expect_set<'a>(args: &Args<'a>, at: usize) -> Result<&'a ChType> {
    let ty = args.ty(at);
    element_type(ty).filter(|ty| Element::of(ty).is_some()).ok_or_else(|| {
        let message =
            format!("Argument {} for function {} must be a bitmap but it has type {ty}", at + 1, args.name);
        SqlError::new(ErrorCode::ILLEGAL_TYPE_OF_ARGUMENT, message)
    })
}

/// The sets of an argument by row.
pub(super) struct Sets<'a> {
    bytes: Bytes<'a>,
    pub(super) element: Element,
}

impl<'a> Sets<'a> {
    /// # Errors
    /// 44 when the argument is no set.
    pub(super) fn of(call: &Call<'a>, at: usize) -> Result<Self> {
        let element =
            element_type(call.ty(at)).and_then(Element::of).ok_or_else(|| call.illegal_column(at))?;
        Ok(Self { bytes: call.bytes(at)?, element })
    }

    /// # Errors
    /// When the bytes are no set.
    pub(super) fn get(&self, row: usize) -> Result<BitmapSet> {
        let bytes = self.bytes.get(row);
        // The default of a column of states has no bytes.
        if bytes.is_empty() {
            return Ok(BitmapSet::new(self.element));
        }
        BitmapSet::read(self.element, &mut Reader::new(bytes))
    }
}

/// A column of sets.
pub(super) fn written(rows: usize, mut set: impl FnMut(usize) -> Result<BitmapSet>) -> Result<ArrayRef> {
    result::texts(rows, |row, out| set(row)?.write(out))
}
