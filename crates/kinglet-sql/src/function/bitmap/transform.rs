//! `bitmapTransform`: values of a set replaced by others.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::operands::{BASE, SET, Sets, expect_set, written};
use crate::function::{Args, Call, Example, Function, Spec};

pub(in crate::function) struct BitmapTransform;

static SPEC: Spec = Spec {
    name: "bitmapTransform",
    syntax: "bitmapTransform(set, from, to)",
    summary: "The set with each value of `from` that it holds replaced by the one of `to` at the same place.",
    arguments: &[
        ("set", SET),
        ("from", "Array of unsigned numbers"),
        ("to", "Array of unsigned numbers, as many"),
    ],
    returns: "The type of the set",
    examples: &[Example {
        sql: "bitmapToArray(bitmapTransform(bitmapBuild([1, 2, 3]), [2, 9], [20, 90]))",
        answer: "[1,3,20]",
    }],
    ..BASE
};

impl Function for BitmapTransform {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(3..=3)?;
        expect_set(args, 0)?;
        let unsigned = |ty: &ChType| ty.integer_bits().is_some_and(|(bits, signed)| bits <= 64 && !signed);
        for at in 1..3 {
            args.expect(at, |ty| ty.element().is_some_and(|ty| unsigned(&ty)))?;
        }
        Ok(args.ty(0).clone())
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let sets = Sets::of(call, 0)?;
        let (from, to) = (call.lists(1)?, call.lists(2)?);
        let old = from.int_elements().ok_or_else(|| call.illegal_column(1))?;
        let new = to.int_elements().ok_or_else(|| call.illegal_column(2))?;
        written(call.rows, |row| {
            let (Some(old), Some(new)) = (old.get(from.range(row)), new.get(to.range(row))) else {
                return Err(call.illegal_column(1));
            };
            if old.len() != new.len() {
                return Err(SqlError::new(
                    ErrorCode::BAD_ARGUMENTS,
                    "From array size and to array size mismatch",
                ));
            }
            let mut set = sets.get(row)?;
            set.widen();
            for (old, new) in old.iter().zip(new).filter(|(old, new)| old != new) {
                if *new as u64 > sets.element.greatest() {
                    let message = format!(
                        "Replacement value {} does not fit into the bitmap element type, the maximum is {}",
                        *new as u64,
                        sets.element.greatest()
                    );
                    return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
                }
                if *old as u64 <= sets.element.greatest() && set.remove(sets.element.key(*old)) {
                    set.add(sets.element.key(*new));
                }
            }
            Ok(set)
        })
    }
}
