//! `corrMatrix`, `covarPopMatrix`, `covarSampMatrix`: every column with every other.

use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array};
use kinglet_types::{ChType, Result};

use super::family::{Member, all_numbers};
use super::wire::Reader;
use super::{Bound, Call, Groups, PerGroup, State};
use crate::function::result::lists;
use crate::function::{Example, Spec};

const BASE: Spec = Spec {
    category: "aggregate",
    arguments: &[("column", "Number, any number of them")],
    returns: "Array(Array(Float64))",
    ..Spec::EMPTY
};

pub(super) static MEMBERS: &[Member] = &[
    Member::new(
        &Spec {
            name: "corrMatrix",
            syntax: "corrMatrix(column, ..)",
            summary: "Pearson's correlation of every column with every other.",
            examples: &[Example {
                sql: "SELECT corrMatrix(number, -number) FROM numbers(4)",
                answer: "[[1,-1],[-1,1]]",
            }],
            ..BASE
        },
        |call| bind(call, Measure::Correlation),
    ),
    Member::new(
        &Spec {
            name: "covarPopMatrix",
            syntax: "covarPopMatrix(column, ..)",
            summary: "The population covariance of every column with every other.",
            examples: &[Example {
                sql: "SELECT covarPopMatrix(number, 2 * number) FROM numbers(4)",
                answer: "[[1.25,2.5],[2.5,5]]",
            }],
            ..BASE
        },
        |call| bind(call, Measure::Population),
    ),
    Member::new(
        &Spec {
            name: "covarSampMatrix",
            syntax: "covarSampMatrix(column, ..)",
            summary: "The sample covariance of every column with every other.",
            examples: &[Example {
                sql: "SELECT covarSampMatrix(number, 3 * number) FROM numbers(3)",
                answer: "[[1,3],[3,9]]",
            }],
            ..BASE
        },
        |call| bind(call, Measure::Sample),
    ),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Measure {
    Correlation,
    Population,
    Sample,
}

fn bind(call: &Call<'_>, measure: Measure) -> Result<Arc<dyn Bound>> {
    call.expect_no_parameters()?;
    (0..call.types.len()).try_for_each(|at| call.expect(at, ChType::is_number).map(|_| ()))?;
    Ok(Arc::new(BoundMatrix { setup: (call.types.into(), measure) }))
}

type Setup = (Arc<[ChType]>, Measure);

#[derive(Debug)]
struct BoundMatrix {
    setup: Setup,
}

impl Bound for BoundMatrix {
    fn result_type(&self) -> ChType {
        ChType::array(ChType::array(ChType::Float64))
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(PerGroup::<Moments>::new(self.setup.clone()))
    }
}

/// For each pair of columns, the second not after the first: the number of rows, then the sums of x, y, x * y,
/// x * x and y * y.
struct Moments(Vec<[f64; 6]>);

/// The pairs of `count` columns.
fn pairs(count: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..count).flat_map(|first| (0..=first).map(move |second| (first, second)))
}

impl Measure {
    /// Whether a number of a pair is part of the state.
    fn keeps(self, at: usize) -> bool {
        self == Self::Correlation || at < 4
    }

    fn of(self, [count, x, y, xy, xx, yy]: &[f64; 6]) -> f64 {
        match self {
            Self::Correlation => (count * xy - x * y) / ((count * xx - x * x) * (count * yy - y * y)).sqrt(),
            Self::Population => (xy - x * y / count) / count,
            Self::Sample => (xy - x * y / count) / (count - 1.0),
        }
    }
}

impl State for Moments {
    type Setup = Setup;
    type Input<'a> = Vec<Vec<f64>>;

    fn empty((types, _): &Setup) -> Self {
        Self(vec![[0.0; 6]; pairs(types.len()).count()])
    }

    fn input<'a>((types, _): &Setup, columns: &'a [ArrayRef]) -> Result<Self::Input<'a>> {
        all_numbers(columns, types)
    }

    fn add(&mut self, (types, _): &Setup, input: &Self::Input<'_>, row: usize) -> Result<()> {
        let value = |at: usize| input.get(at).and_then(|column| column.get(row)).copied().unwrap_or_default();
        for ((first, second), sums) in pairs(types.len()).zip(&mut self.0) {
            let (x, y) = (value(first), value(second));
            sums.iter_mut().zip([1.0, x, y, x * y, x * x, y * y]).for_each(|(sum, value)| *sum += value);
        }
        Ok(())
    }

    fn merge(&mut self, _: &Setup, other: Self) -> Result<()> {
        for (sums, others) in self.0.iter_mut().zip(other.0) {
            sums.iter_mut().zip(others).for_each(|(sum, other)| *sum += other);
        }
        Ok(())
    }

    fn write(&self, (_, measure): &Setup, out: &mut Vec<u8>) -> Result<()> {
        for sums in &self.0 {
            let kept = sums.iter().enumerate().filter(|(at, _)| measure.keeps(*at));
            kept.for_each(|(_, sum)| out.extend(sum.to_le_bytes()));
        }
        Ok(())
    }

    fn read(setup: &Setup, bytes: &mut Reader<'_>) -> Result<Self> {
        let mut read = Self::empty(setup);
        for sums in &mut read.0 {
            for (_, sum) in sums.iter_mut().enumerate().filter(|(at, _)| setup.1.keeps(*at)) {
                *sum = f64::from_le_bytes(bytes.array()?);
            }
        }
        Ok(read)
    }

    fn finish((types, measure): &Setup, states: Vec<Self>) -> Result<ArrayRef> {
        let width = types.len();
        let mut values = vec![0.0; states.len() * width * width];
        for (at, state) in states.iter().enumerate() {
            for ((first, second), sums) in pairs(width).zip(&state.0) {
                let value = measure.of(sums);
                for (row, column) in [(first, second), (second, first)] {
                    if let Some(cell) = values.get_mut((at * width + row) * width + column) {
                        *cell = value;
                    }
                }
            }
        }
        let row = ChType::array(ChType::Float64);
        let rows = lists(&row, Arc::new(Float64Array::from(values)), vec![width; states.len() * width])?;
        lists(&ChType::array(row), rows, vec![width; states.len()])
    }

    fn size(&self) -> usize {
        self.0.capacity() * 48
    }
}
