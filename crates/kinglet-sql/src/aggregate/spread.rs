//! Variance, covariance and correlation from sums of powers, as ClickHouse keeps them.

use std::sync::Arc;

use arrow::array::{ArrayRef, Float64Array};
use arrow::compute::cast;
use arrow::datatypes::{DataType, Float64Type};
use kinglet_types::{ChType, Result};

use super::wire::Reader;
use super::{Bound, Call, Groups, PerGroup, State};
use crate::function::result::internal;

/// What is computed of the sums.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spread {
    VarPop,
    VarSamp,
    StddevPop,
    StddevSamp,
    CovarPop,
    CovarSamp,
    Corr,
}

impl Spread {
    fn arguments(self) -> usize {
        if matches!(self, Spread::CovarPop | Spread::CovarSamp | Spread::Corr) { 2 } else { 1 }
    }

    /// Number of sums in ClickHouse's state.
    fn sums(self) -> usize {
        match self {
            Spread::CovarPop | Spread::CovarSamp => 4,
            Spread::Corr => 6,
            _ => 3,
        }
    }

    fn answer(self, [count, x, y, xy, xx, yy]: [f64; 6]) -> f64 {
        let variance =
            |divisor: f64| if divisor > 0.0 { ((xx - x * x / count) / divisor).max(0.0) } else { f64::NAN };
        let covariance = |divisor: f64| if divisor > 0.0 { (xy - x * y / count) / divisor } else { f64::NAN };
        match self {
            Spread::VarPop => variance(count),
            Spread::VarSamp => variance(count - 1.0),
            Spread::StddevPop => variance(count).sqrt(),
            Spread::StddevSamp => variance(count - 1.0).sqrt(),
            Spread::CovarPop => covariance(count),
            Spread::CovarSamp => covariance(count - 1.0),
            Spread::Corr => {
                let (of_x, of_y) = (count * xx - x * x, count * yy - y * y);
                if count > 0.0 { (count * xy - x * y) / (of_x * of_y).sqrt() } else { f64::NAN }
            }
        }
    }
}

/// Binds one of them to numbers.
pub(super) fn bind(call: &Call<'_>, spread: Spread) -> Result<Arc<dyn Bound>> {
    call.expect_count(spread.arguments()..=spread.arguments())?;
    call.expect_no_parameters()?;
    for at in 0..spread.arguments() {
        call.expect(at, ChType::is_number)?;
    }
    let narrow = (0..spread.arguments()).all(|at| *call.ty(at) == ChType::Float32);
    Ok(Arc::new(BoundSpread { spread, result: if narrow { ChType::Float32 } else { ChType::Float64 } }))
}

#[derive(Debug)]
struct BoundSpread {
    spread: Spread,
    result: ChType,
}

impl Bound for BoundSpread {
    fn result_type(&self) -> ChType {
        self.result.clone()
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(PerGroup::<Sums>::new((self.spread, self.result.clone())))
    }
}

/// Count, sum of x, of y, of x times y, of x and of y squared.
struct Sums([f64; 6]);

impl State for Sums {
    type Setup = (Spread, ChType);
    type Input<'a> = Vec<Float64Array>;

    fn empty(_: &Self::Setup) -> Self {
        Self([0.0; 6])
    }

    fn input<'a>(_: &Self::Setup, columns: &'a [ArrayRef]) -> Result<Self::Input<'a>> {
        let float = |column: &ArrayRef| {
            let column = cast(column, &DataType::Float64).map_err(internal)?;
            Ok(arrow::array::AsArray::as_primitive::<Float64Type>(&column).clone())
        };
        columns.iter().map(float).collect()
    }

    fn add(&mut self, _: &Self::Setup, input: &Self::Input<'_>, row: usize) -> Result<()> {
        let x = input.first().map_or(0.0, |column| column.value(row));
        let y = input.get(1).map_or(0.0, |column| column.value(row));
        for (sum, value) in self.0.iter_mut().zip([1.0, x, y, x * y, x * x, y * y]) {
            *sum += value;
        }
        Ok(())
    }

    fn merge(&mut self, _: &Self::Setup, other: Self) -> Result<()> {
        self.0.iter_mut().zip(other.0).for_each(|(sum, value)| *sum += value);
        Ok(())
    }

    fn write(&self, (spread, _): &Self::Setup, out: &mut Vec<u8>) -> Result<()> {
        let [count, x, y, xy, xx, yy] = self.0;
        let sums =
            if spread.arguments() == 1 { [count, x, xx, 0.0, 0.0, 0.0] } else { [count, x, y, xy, xx, yy] };
        sums.iter().take(spread.sums()).for_each(|sum| out.extend(sum.to_le_bytes()));
        Ok(())
    }

    fn read((spread, _): &Self::Setup, bytes: &mut Reader<'_>) -> Result<Self> {
        let mut sums = [0.0; 6];
        for sum in sums.iter_mut().take(spread.sums()) {
            *sum = f64::from_le_bytes(bytes.array()?);
        }
        if spread.arguments() == 1 {
            let [count, x, xx, ..] = sums;
            sums = [count, x, 0.0, 0.0, xx, 0.0];
        }
        Ok(Self(sums))
    }

    fn finish((spread, ty): &Self::Setup, states: Vec<Self>) -> Result<ArrayRef> {
        let answers: ArrayRef =
            Arc::new(Float64Array::from_iter_values(states.iter().map(|state| spread.answer(state.0))));
        if *ty == ChType::Float32 {
            cast(&answers, &DataType::Float32).map_err(internal)
        } else {
            Ok(answers)
        }
    }
}
