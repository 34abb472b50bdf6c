//! Sums that need care or time: Kahan's sum and the exponential moving average.

use std::sync::Arc;

use kinglet_types::{ChType, ErrorCode, SqlError};

use super::family::Member;
use super::sums::{self, Formula, MOST, Width, expect_numbers};
use crate::function::{Example, Spec};

/// An aggregate over a window whose weights fall to 1/e with each `decay` of age.
macro_rules! decayed {
    ($name:literal, $arguments:literal, $decay:expr, $summary:literal, $example:literal = $value:literal) => {
        Member::new(
            &Spec {
                name: $name,
                category: "aggregate",
                syntax: concat!($name, "(decay)", $arguments),
                summary: $summary,
                arguments: &[("value", "Number"), ("time", "Number, Date or DateTime")],
                returns: "Float64",
                examples: &[Example {
                    sql: concat!(
                        "SELECT ",
                        $name,
                        "(1)(",
                        $example,
                        ") OVER (ORDER BY number) AS x FROM numbers(3) ORDER BY number DESC LIMIT 1"
                    ),
                    answer: $value,
                }],
                ..Spec::EMPTY
            },
            |call| decayed(call, $decay),
        )
        .with_nulls()
    };
}

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
    decayed!(
        "exponentialTimeDecayedSum",
        "(value, time)",
        Decay::Sum,
        "The sum of values whose weights fall with age.",
        "number, number" = "2.3678794411714423"
    ),
    decayed!(
        "exponentialTimeDecayedMax",
        "(value, time)",
        Decay::Max,
        "The greatest of values whose weights fall with age.",
        "number, number" = "2"
    ),
    decayed!(
        "exponentialTimeDecayedAvg",
        "(value, time)",
        Decay::Mean,
        "The mean of values whose weights fall with age.",
        "number, number" = "1.5752103826044412"
    ),
    decayed!(
        "exponentialTimeDecayedCount",
        "(time)",
        Decay::Count,
        "The weights of rows, which fall with age.",
        "number" = "1.5032147244080551"
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

fn decayed(call: &super::Call<'_>, kind: Decay) -> kinglet_types::Result<Arc<dyn super::Bound>> {
    let count = if kind == Decay::Count { 1 } else { 2 };
    call.expect_count(count..=count)?;
    if kind != Decay::Count {
        call.expect(0, ChType::is_number)?;
    }
    let time = call.ty(count - 1);
    if !(time.is_number() || time.is_date_time()) {
        let message = format!("Argument {count} must be DateTime, DateTime64 or a number, '{time}' given.");
        return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
    }
    let decay = call.float_parameter(0, 1.0)?;
    Ok(sums::bound(call.types, Arc::new(Decayed { kind, decay })))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Decay {
    Sum,
    Max,
    Mean,
    Count,
}

/// Sum (or greatest value), the latest time, the sum of weights.
#[derive(Debug)]
struct Decayed {
    kind: Decay,
    decay: f64,
}

impl Formula for Decayed {
    fn layout(&self) -> &[Width] {
        &[Width::Float, Width::Float, Width::Float]
    }

    fn add(&self, state: &mut [f64; MOST], row: &[f64]) {
        let (value, time) = match row {
            [value, time] => (*value, *time),
            [time] => (1.0, *time),
            _ => return,
        };
        let mut other = [0.0; MOST];
        (other[0], other[1], other[2]) = (value, time, 1.0);
        self.merge(state, &other);
    }

    fn merge(&self, state: &mut [f64; MOST], other: &[f64; MOST]) {
        if other[2] == 0.0 {
            return;
        }
        if state[2] == 0.0 {
            *state = *other;
            return;
        }
        let later = state[1].max(other[1]);
        let (mine, theirs) =
            (((state[1] - later) / self.decay).exp(), ((other[1] - later) / self.decay).exp());
        let (a, b) = (state[0] * mine, other[0] * theirs);
        state[0] = if self.kind == Decay::Max { a.max(b) } else { a + b };
        state[1] = later;
        state[2] = state[2] * mine + other[2] * theirs;
    }

    fn result_type(&self) -> ChType {
        ChType::Float64
    }

    fn finish(&self, [sum, _, weight, ..]: &[f64; MOST], out: &mut Vec<f64>) {
        out.push(match self.kind {
            Decay::Mean => sum / weight,
            Decay::Count => *weight,
            Decay::Sum | Decay::Max => *sum,
        });
    }
}
