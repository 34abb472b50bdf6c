//! `midpoint`: the mean of several values in their common type.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::conversion::{Failure, convert};
use crate::function::{Args, Call, Column, Example, Function, Spec, result};

pub(in crate::function) struct Midpoint;

static SPEC: Spec = Spec {
    name: "midpoint",
    aliases: &["avg2"],
    category: "math",
    syntax: "midpoint(a, b, ..)",
    summary: "The mean of the values in their common type; of whole numbers without a fraction.",
    arguments: &[("a", "Number, Date or DateTime")],
    returns: "The common type",
    examples: &[Example { sql: "midpoint(1, 4)", answer: "2" }],
    ..Spec::EMPTY
};

impl Function for Midpoint {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=usize::MAX)?;
        let fits = |ty: &ChType| {
            ty.is_float()
                || ty.is_date()
                || ty.is_date_time()
                || ty.integer_bits().is_some_and(|(bits, _)| bits <= 64)
        };
        for at in 0..args.len() {
            args.expect(at, fits)?;
        }
        args.common_type()
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let count = call.args.len();
        let columns = (0..count).map(|at| {
            let column = call.arg(at)?;
            let array = convert(&column.array, &column.ty, call.result, Failure::Error, call.environment)?;
            Ok(Column { ty: call.result.clone(), array, constant: column.constant })
        });
        let columns = columns.collect::<Result<Vec<_>>>()?;
        let call = Call { args: &columns, ..*call };
        if call.result.is_float() {
            let numbers = (0..count).map(|at| call.floats(at)).collect::<Result<Vec<_>>>()?;
            return result::floats(call.result, call.rows, |row| {
                Ok(numbers.iter().map(|numbers| numbers.get(row)).sum::<f64>() / count as f64)
            });
        }
        let unsigned = *call.result.bare() == ChType::UInt64;
        let numbers = (0..count).map(|at| call.ints(at)).collect::<Result<Vec<_>>>()?;
        result::ints(call.result, call.rows, |row| {
            let wide = |number: i64| if unsigned { i128::from(number as u64) } else { i128::from(number) };
            let sum: i128 = numbers.iter().map(|numbers| wide(numbers.get(row))).sum();
            Ok((sum / count as i128) as i64)
        })
    }
}
