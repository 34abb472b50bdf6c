//! Sums that need care or time: Kahan's sum and the exponential moving average.

use std::sync::Arc;

use kinglet_types::ChType;

use super::family::Member;
use super::sums::{self, Formula, MOST, Width, expect_numbers};
use crate::function::{Example, Spec};

pub(super) static MEMBERS: &[Member] = &[
    Member::new(
        &Spec {
            name: "sumKahan",
            category: "aggregate",
            syntax: "sumKahan(value)",
            summary: "The sum, with Kahan's compensation for what rounding loses.",
            arguments: &[("value", "Number")],
            returns: "Float64; a Decimal for decimals.",
            examples: &[Example { sql: "SELECT sumKahan(0.1) FROM numbers(10)", answer: "1" }],
            ..Spec::EMPTY
        },
        |call| {
            expect_numbers(call, 1)?;
            call.expect_no_parameters()?;
            if call.ty(0).is_decimal() {
                return super::bind(&super::Call { name: "sum", ..*call });
            }
            Ok(sums::bound(call.types, Arc::new(Kahan)))
        },
    ),
    Member::new(
        &Spec {
            name: "exponentialMovingAverage",
            category: "aggregate",
            syntax: "exponentialMovingAverage(half_life)(value, time)",
            summary: "The mean of values whose weights halve with each `half_life` of age.",
            arguments: &[("value", "Number"), ("time", "Number")],
            returns: "Float64",
            examples: &[Example {
                sql: "SELECT round(exponentialMovingAverage(3)(number, number), 4) FROM numbers(4)",
                answer: "1.0763",
            }],
            ..Spec::EMPTY
        },
        |call| {
            expect_numbers(call, 2)?;
            let half_life = call.float_parameter(0, 1.0)?;
            Ok(sums::bound(call.types, Arc::new(Moving { half_life })))
        },
    ),
];

/// The sum and what rounding took from it.
#[derive(Debug)]
struct Kahan;

impl Formula for Kahan {
    fn layout(&self) -> &[Width] {
        &[Width::Float, Width::Float]
    }

    fn add(&self, [sum, lost, ..]: &mut [f64; MOST], row: &[f64]) {
        let value = row.first().copied().unwrap_or_default() - *lost;
        let next = *sum + value;
        *lost = (next - *sum) - value;
        *sum = next;
    }

    fn merge(&self, [sum, lost, ..]: &mut [f64; MOST], [other, also_lost, ..]: &[f64; MOST]) {
        let raw = *sum + other;
        let added = raw - *sum;
        let all_lost = (other - added) + (*sum - (raw - added)) + *lost + also_lost;
        *sum = raw + all_lost;
        *lost = all_lost - (*sum - raw);
    }

    fn result_type(&self) -> ChType {
        ChType::Float64
    }

    fn finish(&self, [sum, ..]: &[f64; MOST], out: &mut Vec<f64>) {
        out.push(*sum);
    }
}

/// The weighted sum at the latest time.
#[derive(Debug)]
struct Moving {
    half_life: f64,
}

impl Formula for Moving {
    fn layout(&self) -> &[Width] {
        &[Width::Float, Width::Float]
    }

    fn add(&self, state: &mut [f64; MOST], row: &[f64]) {
        if let [value, time] = row {
            let mut other = [0.0; MOST];
            (other[0], other[1]) = (*value, *time);
            self.merge(state, &other);
        }
    }

    fn merge(&self, [sum, time, ..]: &mut [f64; MOST], [other, other_time, ..]: &[f64; MOST]) {
        let later = time.max(*other_time);
        let aged = |value: f64, time: f64| value * ((time - later) / self.half_life).exp2();
        *sum = aged(*sum, *time) + aged(*other, *other_time);
        *time = later;
    }

    fn result_type(&self) -> ChType {
        ChType::Float64
    }

    fn finish(&self, [sum, ..]: &[f64; MOST], out: &mut Vec<f64>) {
        out.push(sum * (1.0 - (-1.0 / self.half_life).exp2()));
    }
}
