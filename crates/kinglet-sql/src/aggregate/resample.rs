//! `-Resample`: rows apart by intervals of a key.

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, BinaryViewBuilder, BooleanArray};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::parts::{self, take_state};
use super::{Bound, Call, Combinator, Groups, Inner, Rows};
use crate::function::result::{self, internal};
use crate::text::int_at;

/// Most intervals, as in ClickHouse.
const MOST: i128 = 0x10_0000;

pub(super) struct Resample;

impl Combinator for Resample {
    fn suffix(&self) -> &'static str {
        "Resample"
    }

    fn summary(&self) -> &'static str {
        "Takes start, end and step as last parameters and a key as last argument; aggregates the rows of each interval of the key apart."
    }

    fn bind(&self, call: &Call<'_>, inner: &Inner<'_>) -> Result<Arc<dyn Bound>> {
        let Some((key, types)) = call.types.split_last() else {
            return Err(SqlError::wrong_argument_count(call.name, 0, "1 or more"));
        };
        if key.integer_bits().is_none_or(|(bits, _)| bits > 64) {
            return Err(SqlError::illegal_type(call.name, call.types.len(), key));
        }
        let Some((parameters, [start, end, step])) = call.parameters.split_last_chunk::<3>() else {
            let message = format!("Aggregate function {} requires at least three parameters", call.name);
            let code = ErrorCode::from_name("NUMBER_OF_ARGUMENTS_DOESNT_MATCH");
            return Err(SqlError::new(code.unwrap_or(ErrorCode::BAD_ARGUMENTS), message));
        };
        let wrong = |message: &str| {
            SqlError::new(
                ErrorCode::from_name("ARGUMENT_OUT_OF_BOUND").unwrap_or(ErrorCode::BAD_ARGUMENTS),
                message,
            )
        };
        let number = |value: &super::Parameter| {
            value.int_value().ok_or_else(|| wrong("Parameters of -Resample must be whole numbers"))
        };
        let (start, end, step) = (number(start)?, number(end)?, number(step)?);
        if step <= 0 {
            return Err(wrong("The step used in function Resample could not be zero"));
        }
        let count = if end > start { (end - start + step - 1) / step } else { 0 };
        if i128::from(count) > MOST {
            return Err(wrong("The range given in function Resample contains too many elements"));
        }
        let inner = inner(&Call { types, parameters, ..*call })?;
        let setup = Intervals { start, end, step, count: count as usize };
        Ok(Arc::new(BoundResample { inner, setup }))
    }
}

#[derive(Clone, Copy, Debug)]
struct Intervals {
    start: i64,
    end: i64,
    step: i64,
    count: usize,
}

#[derive(Debug)]
struct BoundResample {
    inner: Arc<dyn Bound>,
    setup: Intervals,
}

impl Bound for BoundResample {
    fn result_type(&self) -> ChType {
        ChType::array(self.inner.result_type())
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(Resampled { inner: self.inner.groups(), setup: self.setup, ty: self.result_type(), len: 0 })
    }
}

struct Resampled {
    /// One inner group per group and interval.
    inner: Box<dyn Groups>,
    setup: Intervals,
    ty: ChType,
    len: usize,
}

impl Groups for Resampled {
    fn update(&mut self, rows: &Rows<'_>) -> Result<()> {
        self.len = self.len.max(rows.total);
        let Some((keys, columns)) = rows.columns.split_last() else {
            return Err(internal("-Resample without a key"));
        };
        let Intervals { start, end, step, count } = self.setup;
        let mut groups = vec![0; rows.groups.len()];
        let mut counted = vec![false; rows.groups.len()];
        rows.each(|row, group| {
            let key = int_at(keys, row);
            if key >= start
                && key < end
                && let (Some(place), Some(counted)) = (groups.get_mut(row), counted.get_mut(row))
            {
                *place = group * count + ((key - start) / step) as usize;
                *counted = true;
            }
            Ok(())
        })?;
        let filter = BooleanArray::from(counted);
        self.inner.update(&Rows { columns, groups: &groups, filter: Some(&filter), total: self.len * count })
    }

    fn merge(&mut self, rows: &Rows<'_>) -> Result<()> {
        self.len = self.len.max(rows.total);
        let count = self.setup.count;
        let states = parts::states(rows)?;
        let mut inner = Vec::new();
        let mut groups = Vec::new();
        rows.each(|row, group| {
            let Some(Some(state)) = states.get(row) else { return Ok(()) };
            let mut rest = *state;
            for at in 0..count {
                inner.push(Some(take_state(self.inner.as_ref(), &mut rest)?));
                groups.push(group * count + at);
            }
            Ok(())
        })?;
        parts::merge_into(self.inner.as_mut(), inner, &groups, None, self.len * count)
    }

    fn finish(&mut self, count: usize) -> Result<ArrayRef> {
        self.len = self.len.saturating_sub(count);
        let each = self.setup.count;
        let answers = self.inner.finish(count * each)?;
        result::lists(&self.ty, answers, vec![each; count])
    }

    fn states(&mut self, count: usize) -> Result<ArrayRef> {
        self.len = self.len.saturating_sub(count);
        let each = self.setup.count;
        let states = self.inner.states(count * each)?;
        let states = states.as_binary_view_opt().ok_or_else(|| internal("states are bytes"))?;
        let mut builder = BinaryViewBuilder::with_capacity(count);
        for group in 0..count {
            let all: Vec<u8> =
                (group * each..(group + 1) * each).flat_map(|row| states.value(row)).copied().collect();
            builder.append_value(&all);
        }
        Ok(Arc::new(builder.finish()))
    }

    fn state_length(&self, bytes: &[u8]) -> Result<usize> {
        let mut rest = bytes;
        for _ in 0..self.setup.count {
            take_state(self.inner.as_ref(), &mut rest)?;
        }
        Ok(bytes.len() - rest.len())
    }

    fn len(&self) -> usize {
        self.len
    }

    fn size(&self) -> usize {
        self.inner.size()
    }
}
