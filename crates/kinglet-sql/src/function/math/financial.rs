//! `financialNetPresentValue`, `financialInternalRateOfReturn`: values of flows of cash.

use arrow::array::{ArrayRef, AsArray};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use crate::function::result::internal;
use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct NetPresentValue;
pub(in crate::function) struct InternalRateOfReturn;

static NPV: Spec = Spec {
    name: "financialNetPresentValue",
    category: "math",
    syntax: "financialNetPresentValue(rate, flows[, from_zero])",
    summary: "What a series of equally spaced flows of cash is worth now at a rate.",
    arguments: &[
        ("rate", "Float"),
        ("flows", "Array of numbers"),
        ("from_zero", "Bool: whether the first flow is now; true if left out"),
    ],
    returns: "Float64",
    examples: &[Example {
        sql: "round(financialNetPresentValue(0.05, [-1000., 300., 420., 680.]), 4)",
        answer: "254.0762",
    }],
    ..Spec::EMPTY
};

static IRR: Spec = Spec {
    name: "financialInternalRateOfReturn",
    category: "math",
    syntax: "financialInternalRateOfReturn(flows[, guess])",
    summary: "The rate at which equally spaced flows of cash are worth nothing now; NaN where there is none.",
    arguments: &[("flows", "Array of numbers"), ("guess", "Float to start from, constant")],
    returns: "Float64",
    examples: &[Example {
        sql: "round(financialInternalRateOfReturn([-250, 90, 110, 130]), 6)",
        answer: "0.142989",
    }],
    ..Spec::EMPTY
};

/// Most steps of Newton's method.
const STEPS: usize = 100;

fn expect_flows(args: &Args<'_>, at: usize) -> Result<()> {
    args.expect(at, |ty| ty.element().is_some_and(|element| element.is_number() && !element.is_nullable()))?;
    Ok(())
}

/// The flows of each row.
fn flows(call: &Call<'_>, at: usize) -> Result<Vec<Vec<f64>>> {
    let lists = call.lists(at)?;
    let values = cast(lists.elements(), &DataType::Float64).map_err(internal)?;
    let values = values.as_primitive::<Float64Type>();
    let row = |row: usize| lists.range(row).map(|at| values.value(at)).collect();
    Ok((0..call.rows).map(row).collect())
}

fn present_value(rate: f64, flows: &[f64], first: i32) -> f64 {
    flows.iter().zip(first..).map(|(flow, at)| flow / (1.0 + rate).powi(at)).sum()
}

impl Function for NetPresentValue {
    fn spec(&self) -> &'static Spec {
        &NPV
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=3)?;
        args.expect(0, ChType::is_number)?;
        expect_flows(args, 1)?;
        if args.len() > 2 {
            args.expect(2, ChType::is_integer)?;
        }
        Ok(ChType::Float64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (rates, flows) = (call.floats(0)?, flows(call, 1)?);
        let zero = if call.args.len() > 2 { Some(call.ints(2)?) } else { None };
        result::floats(call.result, call.rows, |row| {
            let first = i32::from(zero.as_ref().is_some_and(|zero| zero.get(row) == 0));
            Ok(present_value(rates.get(row), flows.get(row).map_or(&[], Vec::as_slice), first))
        })
    }
}

impl Function for InternalRateOfReturn {
    fn spec(&self) -> &'static Spec {
        &IRR
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=2)?;
        expect_flows(args, 0)?;
        if args.len() > 1 {
            args.expect(1, ChType::is_float)?;
            args.expect_constant(1)?;
        }
        Ok(ChType::Float64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let flows = flows(call, 0)?;
        let guess = if call.args.len() > 1 { call.floats(1)?.get(0) } else { 0.1 };
        if guess <= -1.0 {
            return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, "The guess must be greater than -1"));
        }
        result::floats(call.result, call.rows, |row| {
            Ok(rate_of_return(flows.get(row).map_or(&[], Vec::as_slice), guess))
        })
    }
}

/// Newton's method from a guess.
fn rate_of_return(flows: &[f64], guess: f64) -> f64 {
    let mut rate = guess;
    for _ in 0..STEPS {
        let value = present_value(rate, flows, 0);
        if value.abs() < 1e-10 {
            return rate;
        }
        let parts = flows.iter().zip(0..);
        let slope: f64 = parts.map(|(flow, at)| -f64::from(at) * flow / (1.0 + rate).powi(at + 1)).sum();
        let next = rate - value / slope;
        if !next.is_finite() || next <= -1.0 {
            return f64::NAN;
        }
        if (next - rate).abs() < 1e-14 {
            return next;
        }
        rate = next;
    }
    f64::NAN
}
