//! `arrayMap`: a lambda over the elements of arrays.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::{Args, Call, Example, Function, Lambda, Lists, Spec, result};

pub(super) struct ArrayMap;

static SPEC: Spec = Spec {
    name: "arrayMap",
    category: "array",
    syntax: "arrayMap(lambda, array, ..)",
    summary: "The arrays made of what the lambda answers for each element; several arrays are walked together.",
    arguments: &[
        ("lambda", "x -> expression, one parameter per array"),
        ("array", "Arrays of equal lengths"),
    ],
    returns: "Array of the lambda's type.",
    examples: &[
        Example { sql: "arrayMap(x -> x + 2, [1, 2, 3])", answer: "[3,4,5]" },
        Example { sql: "arrayMap((x, y) -> (x, y), [1, 2], ['a', 'b'])", answer: "[(1,'a'),(2,'b')]" },
    ],
    ..Spec::EMPTY
};

impl Function for ArrayMap {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=usize::MAX)?;
        Ok(ChType::array(args.ty(0).without_low_cardinality_deep()))
    }

    fn lambda_parameters(&self, args: &Args<'_>) -> Result<Option<Vec<ChType>>> {
        element_types(args, 1).map(Some)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let zipped = Zipped::read(call, 1)?;
        let rows = Lambda::rows_of(&zipped.offsets);
        let mapped = call.lambda(0)?.evaluate(&rows, &zipped.elements)?;
        result::lists_like(call.result, mapped, &zipped.offsets)
    }
}

/// Element types of the arguments from `first` on, which must be arrays.
///
/// # Errors
/// 43 for an argument that is none.
pub(super) fn element_types(args: &Args<'_>, first: usize) -> Result<Vec<ChType>> {
    (first..args.len()).map(|at| args.ty(at).element().ok_or_else(|| args.illegal(at))).collect()
}

/// The elements of several arrays walked together.
pub(super) struct Zipped {
    /// Elements of each array, constants repeated; all of equal length.
    pub(super) elements: Vec<ArrayRef>,
    /// Offsets of the rows in the elements, starting at 0.
    pub(super) offsets: Vec<i32>,
}

impl Zipped {
    /// Reads the arguments from `first` on.
    ///
    /// # Errors
    /// 190 when arrays of one row differ in length.
    pub(super) fn read(call: &Call<'_>, first: usize) -> Result<Self> {
        let mut zipped: Option<Self> = None;
        for at in first..call.args.len() {
            let expanded = super::Column::new(call.ty(at).clone(), call.arg(at)?.expanded(call.rows));
            let args = [expanded];
            let lists = Call { args: &args, ..*call }.lists(0)?;
            let (elements, offsets) = compacted(&lists, call.rows);
            match &mut zipped {
                None => zipped = Some(Self { elements: vec![elements], offsets }),
                Some(first) if first.offsets == offsets => first.elements.push(elements),
                Some(_) => {
                    let message = format!("Arrays passed to function {} must have equal lengths", call.name);
                    return Err(SqlError::new(ErrorCode::SIZES_OF_ARRAYS_DONT_MATCH, message));
                }
            }
        }
        zipped.ok_or_else(|| SqlError::wrong_argument_count(call.name, call.args.len(), "2 or more"))
    }
}

/// Elements and offsets of the rows alone, the offsets starting at 0.
fn compacted(lists: &Lists<'_>, rows: usize) -> (ArrayRef, Vec<i32>) {
    let mut offsets = Vec::with_capacity(rows + 1);
    offsets.push(0);
    let first = lists.range(0).start;
    let mut end = first;
    for row in 0..rows {
        end = lists.range(row).end;
        offsets.push((end - first) as i32);
    }
    (lists.elements().slice(first, end - first), offsets)
}
