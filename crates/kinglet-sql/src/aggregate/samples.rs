//! Aggregates of numbers that need all values at once: order statistics, tests on ranks, intervals.

use std::ops::Range;
use std::sync::Arc;

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::distribution::{fisher_survival, normal};
use super::family::{Member, all_numbers};
use super::kept_rows::{self, Codec, OverRows};
use super::sums::{answer_column, expect_numbers, named};
use super::wire::{Reader, write_varint};
use super::{Bound, Call, two_samples};
use crate::binary::{read_value, write_value};
use crate::column_builder::ColumnBuilder;
use crate::function::result::internal;
use crate::function::{Example, Spec};

const BASE: Spec = Spec { category: "aggregate", returns: "Float64", ..Spec::EMPTY };

pub(super) static MEMBERS: &[Member] = &[
    Member::new(
        &Spec {
            name: "gini",
            syntax: "gini(value)",
            summary: "The Gini coefficient of the values.",
            arguments: &[("value", "Number")],
            examples: &[Example { sql: "SELECT round(gini(number), 4) FROM numbers(5)", answer: "0.4" }],
            ..BASE
        },
        |call| bind(call, 1, Answer::Gini),
    ),
    Member::new(
        &Spec {
            name: "rankCorr",
            syntax: "rankCorr(x, y)",
            summary: "Spearman's correlation of ranks.",
            arguments: &[("x", "Number"), ("y", "Number")],
            examples: &[Example { sql: "SELECT rankCorr(number, -number) FROM numbers(5)", answer: "-1" }],
            ..BASE
        },
        |call| bind(call, 2, Answer::RankCorr),
    ),
    Member::new(
        &Spec {
            name: "mannWhitneyUTest",
            syntax: "mannWhitneyUTest[(alternative[, correction])](value, sample)",
            summary: "The test of Mann and Whitney whether one of two samples has greater values.",
            arguments: &[("value", "Number"), ("sample", "0 for the first sample, else the second")],
            returns: "Tuple(u_statistic Float64, p_value Float64)",
            examples: &[Example {
                sql: "SELECT mannWhitneyUTest(number, number % 2).u_statistic FROM numbers(10)",
                answer: "10",
            }],
            ..BASE
        },
        mann_whitney,
    ),
    Member::new(
        &Spec {
            name: "analysisOfVariance",
            aliases: &["anova"],
            syntax: "analysisOfVariance(value, group)",
            summary: "The one-way analysis of variance: whether groups differ in their means.",
            arguments: &[("value", "Number"), ("group", "Number of the group, from 0")],
            returns: "Tuple(f_statistic Float64, p_value Float64)",
            examples: &[Example {
                sql: "SELECT round(analysisOfVariance(number, number % 2).f_statistic, 4) FROM numbers(10)",
                answer: "0.25",
            }],
            ..BASE
        },
        |call| bind(call, 2, Answer::Variance),
    ),
    Member::new(
        &Spec {
            name: "maxIntersections",
            syntax: "maxIntersections(start, end)",
            summary: "The greatest number of intervals that lie over each other.",
            arguments: &[("start", "Number"), ("end", "Number")],
            returns: "UInt64",
            examples: &[Example {
                sql: "SELECT maxIntersections(number, number + 3) FROM numbers(10)",
                answer: "3",
            }],
            ..BASE
        },
        |call| {
            expect_same(call)?;
            bind(call, 2, Answer::Intersections)
        },
    ),
    Member::new(
        &Spec {
            name: "maxIntersectionsPosition",
            syntax: "maxIntersectionsPosition(start, end)",
            summary: "Where first the greatest number of intervals lie over each other.",
            arguments: &[("start", "Number"), ("end", "Number")],
            returns: "The type of the start.",
            examples: &[Example {
                sql: "SELECT maxIntersectionsPosition(number, number + 3) FROM numbers(10)",
                answer: "2",
            }],
            ..BASE
        },
        |call| {
            expect_same(call)?;
            bind(call, 2, Answer::IntersectionsPosition)
        },
    ),
    Member::new(
        &Spec {
            name: "intervalLengthSum",
            syntax: "intervalLengthSum(start, end)",
            summary: "The length that intervals cover together.",
            arguments: &[("start", "Number, Date or DateTime"), ("end", "The same")],
            returns: "UInt64, or Float64 for floats.",
            examples: &[Example {
                sql: "SELECT intervalLengthSum(number, number + 3) FROM numbers(10)",
                answer: "12",
            }],
            ..BASE
        },
        |call| {
            call.expect_count(2..=2)?;
            call.expect_no_parameters()?;
            let fits = |ty: &ChType| {
                (ty.is_number() && !ty.is_decimal()) || matches!(ty, ChType::Date | ChType::DateTime(_))
            };
            (0..2).try_for_each(|at| call.expect(at, fits).map(|_| ()))?;
            expect_same(call)?;
            Ok(bound(call, Answer::Covered))
        },
    )
    .or_plain_default(),
];

/// # Errors
/// 43 when both arguments are not of one type.
fn expect_same(call: &Call<'_>) -> Result<()> {
    call.expect_count(2..=2)?;
    if call.ty(0) == call.ty(1) {
        return Ok(());
    }
    let message = format!("{}: arguments must have the same type.", call.name);
    Err(SqlError::new(ErrorCode::ILLEGAL_TYPE_OF_ARGUMENT, message))
}

fn bind(call: &Call<'_>, count: usize, answer: Answer) -> Result<Arc<dyn Bound>> {
    expect_numbers(call, count)?;
    call.expect_no_parameters()?;
    Ok(bound(call, answer))
}

fn bound(call: &Call<'_>, answer: Answer) -> Arc<dyn Bound> {
    let kept = match answer {
        Answer::MannWhitney(..) | Answer::RankCorr => two_samples::kept(),
        _ => call.types.to_vec(),
    };
    let sample = Sample { types: kept.clone().into(), answer };
    kept_rows::bound_as(call.types, kept, Arc::new(sample))
}

fn mann_whitney(call: &Call<'_>) -> Result<Arc<dyn Bound>> {
    expect_numbers(call, 2)?;
    let side = match call.text_parameter(0)?.as_deref() {
        None | Some("two-sided") => Side::Both,
        Some("greater") => Side::Greater,
        Some("less") => Side::Less,
        Some(other) => {
            let message = format!(
                "Unknown alternative in aggregate function {}. It must be one of: 'two-sided', 'less', 'greater', not '{other}'",
                call.name
            );
            return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
        }
    };
    let corrected = call.uint_parameter(1)?.is_none_or(|flag| flag != 0);
    Ok(bound(call, Answer::MannWhitney(side, corrected)))
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Both,
    Greater,
    Less,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    Gini,
    RankCorr,
    MannWhitney(Side, bool),
    Variance,
    Intersections,
    IntersectionsPosition,
    Covered,
}

#[derive(Debug)]
struct Sample {
    types: Arc<[ChType]>,
    answer: Answer,
}

impl OverRows for Sample {
    fn result_type(&self) -> ChType {
        let first = self.types.first().unwrap_or(&ChType::Nothing);
        match self.answer {
            Answer::MannWhitney(..) => named(&["u_statistic", "p_value"]),
            Answer::Variance => named(&["f_statistic", "p_value"]),
            Answer::Intersections => ChType::UInt64,
            Answer::IntersectionsPosition => first.clone(),
            Answer::Covered if !first.is_float() => ChType::UInt64,
            _ => ChType::Float64,
        }
    }

    fn finish(&self, columns: &[ArrayRef], groups: &[Range<usize>]) -> Result<ArrayRef> {
        let columns = all_numbers(columns, &self.types)?;
        let part = |at: usize, rows: &Range<usize>| {
            columns.get(at).and_then(|column| column.get(rows.clone())).unwrap_or_default()
        };
        let mut answers = Vec::with_capacity(groups.len());
        for rows in groups {
            let (x, y) = (part(0, rows), part(1, rows));
            match self.answer {
                Answer::Gini => answers.push(gini(x)?),
                Answer::RankCorr => answers.push(rank_correlation(x, y)),
                Answer::MannWhitney(side, corrected) => answers.extend(u_test(x, y, side, corrected)?),
                Answer::Variance => answers.extend(variance_analysis(x, y)),
                Answer::Intersections => answers.push(intersections(x, y).0),
                Answer::IntersectionsPosition => answers.push(intersections(x, y).1),
                Answer::Covered => answers.push(covered(x, y)),
            }
        }
        let ty = self.result_type();
        if self.answer == Answer::IntersectionsPosition {
            let mut builder = ColumnBuilder::new(&ty);
            answers.into_iter().for_each(|value| builder.append_float(value));
            return builder.finish();
        }
        answer_column(&ty, answers, groups.len())
    }

    fn codec(&self) -> Option<&dyn Codec> {
        match self.answer {
            Answer::MannWhitney(..) => Some(&two_samples::TwoSamples),
            Answer::RankCorr => Some(&two_samples::TwoColumns),
            Answer::Intersections | Answer::IntersectionsPosition | Answer::Covered => Some(self),
            _ => None,
        }
    }
}

/// Intervals: their ends with a step of one up or down each, or a mark and pairs.
impl Codec for Sample {
    fn write(&self, columns: &[ArrayRef], rows: usize, out: &mut Vec<u8>) -> Result<()> {
        let covered = self.answer == Answer::Covered;
        if covered {
            out.push(u8::from(rows == 0));
            out.extend((rows as u64).to_le_bytes());
        } else {
            write_varint(rows as u64 * 2, out);
        }
        for row in 0..rows {
            for ((column, ty), step) in columns.iter().zip(self.types.iter()).zip([1_i64, -1]) {
                write_value(column, row, ty, out)?;
                if !covered {
                    out.extend(step.to_le_bytes());
                }
            }
        }
        Ok(())
    }

    fn read(&self, bytes: &mut Reader<'_>, out: &mut [ColumnBuilder]) -> Result<u64> {
        let ty = self.types.first().unwrap_or(&ChType::Nothing);
        let [starts, ends] = out else { return Err(internal("two columns are needed")) };
        if self.answer == Answer::Covered {
            bytes.take(1)?;
            let rows = u64::from_le_bytes(bytes.array()?);
            for _ in 0..rows {
                read_value(bytes, ty, starts)?;
                read_value(bytes, ty, ends)?;
            }
            return Ok(rows);
        }
        let points = bytes.varint()?;
        for _ in 0..points {
            let before = bytes.rest();
            read_value(bytes, ty, &mut ColumnBuilder::new(ty))?;
            let point = before.get(..before.len() - bytes.rest().len()).unwrap_or_default();
            let step = i64::from_le_bytes(bytes.array()?);
            read_value(&mut Reader::new(point), ty, if step > 0 { &mut *starts } else { &mut *ends })?;
        }
        if starts.len() != ends.len() {
            return Err(super::parts::ended());
        }
        Ok(points / 2)
    }
}

fn gini(values: &[f64]) -> Result<f64> {
    if values.iter().any(|value| *value < 0.0) {
        let message = "Aggregate function `gini` does not support negative values";
        return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
    }
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let count = sorted.len() as f64;
    let total: f64 = sorted.iter().sum();
    let ranked: f64 = sorted.iter().zip(1..).map(|(value, rank)| value * f64::from(rank)).sum();
    if sorted.len() < 2 {
        return Ok(f64::NAN);
    }
    Ok((2.0 * ranked - (count + 1.0) * total) / (count * total))
}

/// Ranks from 1, equal values sharing the mean of theirs; and the sum over ties of their cubes less themselves.
fn ranks(values: &[f64]) -> (Vec<f64>, f64) {
    let mut order: Vec<usize> = (0..values.len()).collect();
    let value = |at: &usize| values.get(*at).copied().unwrap_or_default();
    order.sort_by(|a, b| value(a).total_cmp(&value(b)));
    let mut ranks = vec![0.0; values.len()];
    let (mut start, mut ties) = (0, 0.0);
    for tied in order.chunk_by(|a, b| value(a) == value(b)) {
        let mean = start as f64 + (tied.len() as f64 + 1.0) / 2.0;
        for at in tied {
            if let Some(rank) = ranks.get_mut(*at) {
                *rank = mean;
            }
        }
        start += tied.len();
        ties += (tied.len() as f64).powi(3) - tied.len() as f64;
    }
    (ranks, ties)
}

fn rank_correlation(x: &[f64], y: &[f64]) -> f64 {
    let (x, y) = (ranks(x).0, ranks(y).0);
    let count = x.len() as f64;
    let distances: f64 = x.iter().zip(&y).map(|(x, y)| (x - y) * (x - y)).sum();
    1.0 - 6.0 * distances / (count * (count * count - 1.0))
}

fn u_test(values: &[f64], second: &[f64], side: Side, corrected: bool) -> Result<[f64; 2]> {
    let (ranks, ties) = ranks(values);
    let of_second = second.iter().filter(|flag| **flag != 0.0).count() as f64;
    let of_first = values.len() as f64 - of_second;
    if of_first == 0.0 || of_second == 0.0 {
        let message = "Aggregate function mannWhitneyUTest require both samples to be non empty";
        return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
    }
    let first: f64 = ranks.iter().zip(second).filter(|(_, flag)| **flag == 0.0).map(|(rank, _)| rank).sum();
    let product = of_first * of_second;
    let u1 = product + of_first * (of_first + 1.0) / 2.0 - first;
    let u2 = product - u1;
    let u = match side {
        Side::Both => u1.max(u2),
        Side::Greater => u2,
        Side::Less => u1,
    };
    let all = of_first + of_second;
    let tied = 1.0 - ties / (all.powi(3) - all);
    let deviation = (tied * product * (all + 1.0) / 12.0).sqrt();
    let mean = product / 2.0 + if corrected { 0.5 } else { 0.0 };
    let z = (u - mean) / deviation;
    let p = match side {
        Side::Both => (2.0 * normal(-z.abs())).min(1.0),
        _ => normal(-z),
    };
    Ok([u2, p])
}

fn variance_analysis(values: &[f64], groups: &[f64]) -> [f64; 2] {
    let mut sums: Vec<[f64; 3]> = Vec::new();
    for (value, group) in values.iter().zip(groups) {
        let at = group.clamp(0.0, 65_535.0) as usize;
        if sums.len() <= at {
            sums.resize(at + 1, [0.0; 3]);
        }
        if let Some([count, sum, squares]) = sums.get_mut(at) {
            *count += 1.0;
            *sum += value;
            *squares += value * value;
        }
    }
    let total: f64 = values.iter().sum();
    let (count, number) = (values.len() as f64, sums.len() as f64);
    let mean = total / count;
    let between: f64 = sums.iter().map(|[n, sum, _]| n * (sum / n - mean).powi(2)).sum();
    let within: f64 = sums.iter().map(|[n, sum, squares]| squares - sum * sum / n).sum();
    let (free_between, free_within) = (number - 1.0, count - number);
    let f = (between / free_between) / (within / free_within);
    [f, fisher_survival(f, free_between, free_within)]
}

/// The most intervals over each other, and where they are first.
fn intersections(starts: &[f64], ends: &[f64]) -> (f64, f64) {
    let mut steps: Vec<(f64, f64)> =
        starts.iter().map(|start| (*start, 1.0)).chain(ends.iter().map(|end| (*end, -1.0))).collect();
    steps.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
    let (mut open, mut most, mut place) = (0.0, 0.0, 0.0);
    for (position, step) in steps {
        open += step;
        if open > most {
            (most, place) = (open, position);
        }
    }
    (most, place)
}

fn covered(starts: &[f64], ends: &[f64]) -> f64 {
    let mut intervals: Vec<(f64, f64)> =
        starts.iter().copied().zip(ends.iter().copied()).filter(|(start, end)| start < end).collect();
    intervals.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut length, mut reached) = (0.0, f64::NEG_INFINITY);
    for (start, end) in intervals {
        if end > reached {
            length += end - start.max(reached);
            reached = end;
        }
    }
    length
}
