//! `sparkbar`: a line of bars as text.

use std::collections::BTreeMap;
use std::sync::Arc;

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::family::numbers;
use super::keep::stored_ints;
use super::wire::{Reader, write_varint};
use super::{Aggregate, Bound, Call, Groups, PerGroup, State};
use crate::function::result::{internal, texts};
use crate::function::{Case, Example, Spec};

pub(super) struct Sparkbar;

static SPEC: Spec = Spec {
    name: "sparkbar",
    aliases: &["sparkBar"],
    case: Case::Sensitive,
    category: "aggregate",
    syntax: "sparkbar(width[, begin, end])(x, y)",
    summary: "A line of `width` bars: each is as high as the mean of the sums of y over the x of its part of the range.",
    arguments: &[
        ("width", "Number of bars, 2 to 1024"),
        ("begin, end", "The range of x; that of the rows if left out"),
        ("x", "Unsigned number, Date or DateTime"),
        ("y", "Number; those not above zero are left out"),
    ],
    returns: "String",
    examples: &[Example {
        sql: "SELECT sparkbar(9)(number, number) FROM numbers(10)", answer: "▁▂▃▄▄▅▆▇█"
    }],
    ..Spec::EMPTY
};

impl Aggregate for Sparkbar {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        let given = call.parameters.len();
        if given != 1 && given != 3 {
            let message = format!(
                "The number of params does not match for aggregate function '{}', expected 1 or 3, got {given}.",
                call.name
            );
            return Err(SqlError::new(ErrorCode::NUMBER_OF_ARGUMENTS_DOESNT_MATCH, message));
        }
        call.expect_count(2..=2)?;
        let unsigned = |ty: &ChType| ty.integer_bits().is_some_and(|(bits, signed)| bits <= 64 && !signed);
        let x = call.expect(0, |ty| unsigned(ty) || matches!(ty, ChType::Date | ChType::DateTime(_)))?;
        let y = call.expect(1, |ty| ty.is_number() && !ty.is_decimal())?;
        let width = call.uint_parameter(0)?.unwrap_or(0);
        if !(2..=1024).contains(&width) {
            let message = "Parameter width must be in range [2, 1024].";
            return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
        }
        let range = match (call.uint_parameter(1)?, call.uint_parameter(2)?) {
            (Some(begin), Some(end)) if begin >= end => {
                let message = "Parameter `min_x` must be less than `max_x`";
                return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
            }
            (Some(begin), Some(end)) => Some((begin, end)),
            _ => None,
        };
        let x_bytes = match x {
            ChType::Date => 2,
            ChType::DateTime(_) => 4,
            ty => ty.integer_bits().map_or(8, |(bits, _)| usize::from(bits) / 8),
        };
        let setup = Setup { y: y.clone(), x_bytes, width: width as usize, range };
        Ok(Arc::new(BoundBars { setup }))
    }
}

#[derive(Clone, Debug)]
struct Setup {
    y: ChType,
    /// Width of x in a state.
    x_bytes: usize,
    width: usize,
    range: Option<(u64, u64)>,
}

impl Setup {
    /// The greatest y, where whole numbers stop growing.
    fn greatest(&self) -> f64 {
        match self.y.integer_bits() {
            Some((bits, signed)) => 2_f64.powi(i32::from(bits) - i32::from(signed)) - 1.0,
            None => f64::INFINITY,
        }
    }

    fn whole(&self) -> bool {
        !self.y.is_float()
    }

    fn y_bytes(&self) -> usize {
        match (&self.y, self.y.integer_bits()) {
            (ChType::Float32, _) => 4,
            (_, Some((bits, _))) => usize::from(bits) / 8,
            _ => 8,
        }
    }

    fn write_y(&self, value: f64, out: &mut Vec<u8>) {
        match (&self.y, self.whole()) {
            (ChType::Float32, _) => out.extend((value as f32).to_le_bytes()),
            (_, false) => out.extend(value.to_le_bytes()),
            (_, true) => out.extend((value as i128).to_le_bytes().iter().take(self.y_bytes().min(16))),
        }
    }

    fn read_y(&self, bytes: &mut Reader<'_>) -> Result<f64> {
        Ok(match (&self.y, self.whole()) {
            (ChType::Float32, _) => f32::from_le_bytes(bytes.array()?).into(),
            (_, false) => f64::from_le_bytes(bytes.array()?),
            (_, true) => {
                let taken = bytes.take(self.y_bytes())?;
                let signed = self.y.integer_bits().is_some_and(|(_, signed)| signed);
                let negative = signed && taken.last().is_some_and(|byte| byte & 0x80 != 0);
                let mut wide = [if negative { 0xff } else { 0 }; 16];
                wide.iter_mut().zip(taken).for_each(|(to, from)| *to = *from);
                i128::from_le_bytes(wide) as f64
            }
        })
    }
}

#[derive(Debug)]
struct BoundBars {
    setup: Setup,
}

impl Bound for BoundBars {
    fn result_type(&self) -> ChType {
        ChType::String
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(PerGroup::<Bars>::new(self.setup.clone()))
    }
}

/// Sums of y by x, and the ranges of both.
#[derive(Default)]
struct Bars {
    points: BTreeMap<u64, f64>,
    x: Option<(u64, u64)>,
    y: (f64, f64),
}

impl Bars {
    fn insert(&mut self, setup: &Setup, x: u64, y: f64) {
        let mut sum = 0.0;
        if y > 0.0 {
            let point = self.points.entry(x).or_default();
            *point = (*point + y).min(setup.greatest());
            sum = *point;
        }
        self.y = match self.x {
            None => (y, sum),
            Some(_) => (self.y.0.min(y), self.y.1.max(sum)),
        };
        self.widen((x, x));
    }

    fn widen(&mut self, (low, high): (u64, u64)) {
        self.x = Some(self.x.map_or((low, high), |(least, greatest)| (least.min(low), greatest.max(high))));
    }

    /// The height of each bar from 1 to 8, 0 for none.
    fn heights(&self, setup: &Setup) -> Vec<usize> {
        let Some((from, to)) = setup.range.or(self.x).filter(|_| !self.points.is_empty()) else {
            return Vec::new();
        };
        if from >= to {
            return vec![8];
        }
        let mut bars = vec![(0.0, 0.0); setup.width];
        let delta = (to - from).saturating_add(1) as f64;
        for (x, y) in self.points.range(from..=to) {
            let place = (setup.width as f64 / delta * (x - from) as f64) as usize;
            if let Some((sum, count)) = bars.get_mut(place.min(setup.width - 1)) {
                *sum += y;
                *count += 1.0;
            }
        }
        let whole = |value: f64| if setup.whole() { value.trunc() } else { value };
        let means: Vec<f64> =
            bars.iter().map(|(sum, count)| if *count > 0.0 { whole(sum / count) } else { 0.0 }).collect();
        let most = means.iter().copied().fold(0.0, f64::max);
        if most == 0.0 {
            return Vec::new();
        }
        let height = |mean: f64| {
            if mean <= 0.0 {
                return 0;
            }
            // Whole numbers are scaled without rounding up; where that would overflow, less exactly.
            let scaled = if !setup.whole() {
                mean / (most / 7.0)
            } else if mean * 7.0 > setup.greatest() {
                whole(mean / whole(most / 7.0).max(1.0))
            } else {
                whole(mean * 7.0 / most)
            };
            (scaled + 1.0) as usize
        };
        means.into_iter().map(height).collect()
    }
}

const BARS: [&str; 9] = [" ", "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

impl State for Bars {
    type Setup = Setup;
    type Input<'a> = (arrow::buffer::ScalarBuffer<i64>, Vec<f64>);

    fn empty(_: &Setup) -> Self {
        Self::default()
    }

    fn input<'a>(setup: &Setup, columns: &'a [ArrayRef]) -> Result<Self::Input<'a>> {
        let [x, y] = columns else { return Err(internal("two columns are needed")) };
        Ok((stored_ints(x)?, numbers(y, &setup.y)?))
    }

    fn add(&mut self, setup: &Setup, (x, y): &Self::Input<'_>, row: usize) -> Result<()> {
        let (Some(x), Some(y)) = (x.get(row), y.get(row)) else { return Ok(()) };
        let x = *x as u64;
        if setup.range.is_none_or(|(begin, end)| (begin..=end).contains(&x)) {
            self.insert(setup, x, *y);
        }
        Ok(())
    }

    fn merge(&mut self, setup: &Setup, other: Self) -> Result<()> {
        let Some(range) = other.x else { return Ok(()) };
        let before = (self.x.is_some(), self.y);
        for (x, y) in other.points {
            let point = self.points.entry(x).or_default();
            *point = (*point + y).min(setup.greatest());
        }
        let greatest = self.points.values().copied().fold(0.0, f64::max);
        self.y = if before.0 { (before.1.0.min(other.y.0), greatest.max(other.y.1)) } else { other.y };
        self.widen(range);
        Ok(())
    }

    fn write(&self, setup: &Setup, out: &mut Vec<u8>) -> Result<()> {
        let (x, y) = match self.x {
            Some(range) => (range, self.y),
            None if setup.whole() => ((u64::MAX, 0), (setup.greatest(), -setup.greatest())),
            None => ((u64::MAX, 0), (f64::MAX, f64::MIN)),
        };
        let write_x = |x: u64, out: &mut Vec<u8>| out.extend(x.to_le_bytes().iter().take(setup.x_bytes));
        write_x(x.0, out);
        write_x(x.1, out);
        setup.write_y(y.0, out);
        setup.write_y(y.1, out);
        write_varint(self.points.len() as u64, out);
        for (x, y) in &self.points {
            write_x(*x, out);
            setup.write_y(*y, out);
        }
        Ok(())
    }

    fn read(setup: &Setup, bytes: &mut Reader<'_>) -> Result<Self> {
        let read_x = |bytes: &mut Reader<'_>| {
            let mut x = [0; 8];
            x.iter_mut().zip(bytes.take(setup.x_bytes)?).for_each(|(to, from)| *to = *from);
            Ok::<u64, SqlError>(u64::from_le_bytes(x))
        };
        let range = (read_x(bytes)?, read_x(bytes)?);
        let y = (setup.read_y(bytes)?, setup.read_y(bytes)?);
        let mut read = Self { points: BTreeMap::new(), x: (range.0 <= range.1).then_some(range), y };
        for _ in 0..bytes.varint()? {
            let x = read_x(bytes)?;
            read.points.insert(x, setup.read_y(bytes)?);
        }
        Ok(read)
    }

    fn finish(setup: &Setup, states: Vec<Self>) -> Result<ArrayRef> {
        texts(states.len(), |row, out| {
            let heights = states.get(row).map(|state| state.heights(setup)).unwrap_or_default();
            for height in heights {
                out.extend_from_slice(BARS.get(height).unwrap_or(&" ").as_bytes());
            }
            Ok(())
        })
    }

    fn size(&self) -> usize {
        self.points.len() * 48
    }
}
