//! `ORDER BY .. WITH FILL`: rows for values that are missing from a sequence.

use std::sync::Arc;

use arrow::array::{Array, ArrayRef, RecordBatch, make_comparator};
use arrow::compute::{SortOptions, interleave};
use arrow::datatypes::SchemaRef;
use datafusion::common::Result;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use futures::{StreamExt, stream};
use kinglet_types::{ChType, ErrorCode, IntervalUnit, SqlError};

use super::Operator;
use super::held::Held;
use crate::conversion::as_float;
use crate::engine::RowExpression;
use crate::fault::to_datafusion;
use crate::operator::add_interval;
use crate::text::int_at;
use crate::{ColumnBuilder, Environment};

/// No more rows than this are made up.
const MAX_FILLED: usize = 10_000_000;

/// How far apart the values of a sequence are.
#[derive(Clone, Copy, Debug)]
pub(crate) enum FillStep {
    /// Stored units.
    Ticks(i64),
    Float(f64),
    Interval(i64, IntervalUnit),
}

/// One column to fill.
#[derive(Clone, Debug)]
pub(crate) struct FillKey {
    pub(crate) column: usize,
    pub(crate) ty: ChType,
    pub(crate) descending: bool,
    pub(crate) from: Option<f64>,
    pub(crate) to: Option<f64>,
    pub(crate) step: FillStep,
    /// How far behind a row of the input made-up rows may be.
    pub(crate) staleness: Option<FillStep>,
}

/// Fills sequences; the input is sorted by `prefix`, then the keys.
pub(crate) struct Fill {
    pub(crate) prefix: Vec<usize>,
    pub(crate) keys: Vec<FillKey>,
    /// Type of each column, for defaults.
    pub(crate) types: Vec<ChType>,
    /// Columns that made-up rows compute from the row before.
    pub(crate) interpolate: Vec<(usize, RowExpression)>,
    pub(crate) environment: Arc<Environment>,
}

impl std::fmt::Debug for Fill {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Fill {:?}", self.keys)
    }
}

impl Operator for Arc<Fill> {
    fn name(&self) -> &'static str {
        "Fill"
    }

    fn run(
        &self,
        mut inputs: Vec<SendableRecordBatchStream>,
        schema: SchemaRef,
        context: &Arc<TaskContext>,
    ) -> Result<SendableRecordBatchStream> {
        let Some(input) = inputs.pop() else {
            return datafusion::common::internal_err!("Fill without input");
        };
        let (this, wanted, mut held) =
            (Arc::clone(self), Arc::clone(&schema), Held::new(self.name(), context));
        let filled = async move {
            let rows = held.collect(input).await?;
            this.filled(&rows, &wanted, &mut held)
        };
        Ok(Box::pin(RecordBatchStreamAdapter::new(schema, stream::once(filled).boxed())))
    }
}

/// A row of the output: one of the input, or made up with a value per key and a row of its group.
enum Row {
    Input(usize),
    Made(Vec<Option<f64>>, Option<usize>),
}

/// The rows so far, and the memory they take.
struct Output<'a> {
    rows: Vec<Row>,
    /// Rows whose memory is counted.
    counted: usize,
    row_bytes: usize,
    held: &'a mut Held,
}

impl Output<'_> {
    /// Counts the memory of rows from time to time, and refuses too many.
    fn check(&mut self) -> Result<()> {
        const STEP: usize = 4_096;
        if self.rows.len() > MAX_FILLED {
            let message = "WITH FILL makes too many rows";
            return Err(to_datafusion(SqlError::new(ErrorCode::INVALID_WITH_FILL_EXPRESSION, message)));
        }
        let new = self.rows.len() - self.counted;
        if new >= STEP {
            self.held.grow(new * self.row_bytes)?;
            self.counted = self.rows.len();
        }
        Ok(())
    }
}

impl Fill {
    fn filled(&self, input: &RecordBatch, schema: &SchemaRef, held: &mut Held) -> Result<RecordBatch> {
        let same = |columns: &[usize]| {
            let all: Vec<_> = columns
                .iter()
                .map(|at| make_comparator(input.column(*at), input.column(*at), SortOptions::default()))
                .collect::<Result<Vec<_>, _>>()?;
            Ok::<_, datafusion::common::DataFusionError>(move |a: usize, b: usize| {
                all.iter().all(|c| c(a, b).is_eq())
            })
        };
        let same_prefix = same(&self.prefix)?;
        // A row, where its values come from, and the values.
        let row_bytes = size_of::<Row>() + 16 * self.keys.len() + 32 * input.num_columns();
        let mut out = Output { rows: Vec::new(), counted: 0, row_bytes, held };
        let mut start = 0;
        let total = input.num_rows();
        while start < total || total == 0 {
            let mut end = start;
            while end < total && (end == start || same_prefix(end - 1, end)) {
                end += 1;
            }
            let group: Vec<usize> = (start..end).collect();
            let before = out.rows.len();
            self.level(input, 0, &group, &mut Vec::new(), &mut out)?;
            for row in out.rows.iter_mut().skip(before) {
                if let Row::Made(_, of) = row {
                    *of = (start < end).then_some(start);
                }
            }
            start = end;
            if total == 0 {
                break;
            }
        }
        self.assembled(input, &out.rows, schema)
    }

    /// The value of a row's key, the sign turned for descending order.
    fn value(&self, input: &RecordBatch, key: &FillKey, row: usize) -> Option<f64> {
        let column = input.column(key.column);
        if column.is_null(row) {
            return None;
        }
        Some(if key.ty.is_float() {
            as_float(column, row, key.ty.bare())
        } else {
            int_at(column, row) as f64
        })
    }

    fn next(&self, key: &FillKey, value: f64) -> f64 {
        self.after(key, value, key.step)
    }

    fn after(&self, key: &FillKey, value: f64, step: FillStep) -> f64 {
        match step {
            FillStep::Ticks(step) => value + step as f64,
            FillStep::Float(step) => value + step,
            FillStep::Interval(count, unit) => {
                add_interval(value as i64, &key.ty, count, unit, &self.environment) as f64
            }
        }
    }

    /// The first place of a sequence, from `place` on, that is not before `value`.
    fn reached(&self, key: &FillKey, mut place: f64, value: f64) -> f64 {
        let behind = |place: f64| if key.descending { place > value } else { place < value };
        if let FillStep::Ticks(_) | FillStep::Float(_) = key.step
            && behind(place)
        {
            let step = self.next(key, place) - place;
            place += ((value - place) / step).floor() * step;
        }
        while behind(place) {
            place = self.next(key, place);
        }
        place
    }

    /// Fills the sequence of key `depth` for rows that agree in all keys before it.
    fn level(
        &self,
        input: &RecordBatch,
        depth: usize,
        group: &[usize],
        made: &mut Vec<Option<f64>>,
        out: &mut Output<'_>,
    ) -> Result<()> {
        let Some(key) = self.keys.get(depth) else {
            match group.is_empty() {
                true => out.rows.push(Row::Made(made.clone(), None)),
                false => out.rows.extend(group.iter().map(|row| Row::Input(*row))),
            }
            return out.check();
        };
        // An unsigned sequence ends at zero.
        let unsigned = key.ty.bare().integer_bits().is_some_and(|(_, signed)| !signed);
        let before = |a: f64, b: f64| {
            if key.descending { a > b && !(unsigned && a < 0.0) } else { a < b }
        };
        let mut cursor = key.from;
        let mut stale: Option<f64> = None;
        let mut at = 0;
        while at < group.len() {
            let Some(row) = group.get(at).copied() else { break };
            let value = self.value(input, key, row);
            let mut end = at + 1;
            while group.get(end).is_some_and(|next| self.value(input, key, *next) == value) {
                end += 1;
            }
            let rows = group.get(at..end).unwrap_or_default();
            if let Some(value) = value.filter(|value| !value.is_nan()) {
                let mut place = cursor.unwrap_or(value);
                let fresh = |place: f64, stale: Option<f64>| stale.is_none_or(|stale| before(place, stale));
                while before(place, value) && key.to.is_none_or(|to| before(place, to)) && fresh(place, stale)
                {
                    self.made_up(input, depth, place, made, out)?;
                    place = self.next(key, place);
                }
                if key.staleness.is_some() {
                    place = self.reached(key, place, value);
                }
                if place == value {
                    place = self.next(key, place);
                }
                cursor = Some(place);
                stale = key.staleness.map(|step| self.after(key, value, step));
            }
            made.push(value);
            self.level(input, depth + 1, rows, made, out)?;
            made.pop();
            at = end;
        }
        if let (Some(end), Some(mut place)) = (stale.or(key.to), cursor) {
            while before(place, end) && key.to.is_none_or(|to| before(place, to)) {
                self.made_up(input, depth, place, made, out)?;
                place = self.next(key, place);
            }
        } else if group.is_empty() {
            made.push(None);
            self.level(input, depth + 1, &[], made, out)?;
            made.pop();
        }
        Ok(())
    }

    fn made_up(
        &self,
        input: &RecordBatch,
        depth: usize,
        value: f64,
        made: &mut Vec<Option<f64>>,
        out: &mut Output<'_>,
    ) -> Result<()> {
        made.push(Some(value));
        self.level(input, depth + 1, &[], made, out)?;
        made.pop();
        Ok(())
    }

    fn assembled(&self, input: &RecordBatch, rows: &[Row], schema: &SchemaRef) -> Result<RecordBatch> {
        // Per column: the arrays its values come from, and where each row's value is.
        let mut sources: Vec<Vec<ArrayRef>> = Vec::new();
        for (column, ty) in input.columns().iter().zip(&self.types) {
            let mut default = ColumnBuilder::new(ty);
            default.append_default();
            sources.push(vec![Arc::clone(column), default.finish().map_err(to_datafusion)?]);
        }
        let mut places: Vec<Vec<(usize, usize)>> = vec![Vec::with_capacity(rows.len()); sources.len()];
        let mut keys: Vec<ColumnBuilder> = self.keys.iter().map(|key| ColumnBuilder::new(&key.ty)).collect();
        for row in rows {
            match row {
                Row::Input(row) => {
                    places.iter_mut().for_each(|place| place.push((0, *row)));
                }
                Row::Made(values, group) => {
                    let previous: Vec<Option<(usize, usize)>> =
                        places.iter().map(|place| place.last().copied()).collect();
                    for (column, place) in places.iter_mut().enumerate() {
                        let key = self.keys.iter().position(|key| key.column == column);
                        place.push(
                            match key.and_then(|key| keys.get_mut(key).map(|b| (b, values.get(key)))) {
                                Some((builder, Some(Some(value)))) => {
                                    match self.types.get(column).is_some_and(ChType::is_float) {
                                        true => builder.append_float(*value),
                                        false => builder.append_int(*value as i64),
                                    }
                                    (2, builder.len() - 1)
                                }
                                // The sorting prefix stays that of the group.
                                _ if self.prefix.contains(&column) => group.map_or((1, 0), |row| (0, row)),
                                _ => (1, 0),
                            },
                        );
                    }
                    self.interpolated(input, &previous, &mut sources, &mut places)?;
                }
            }
        }
        for (key, builder) in self.keys.iter().zip(keys) {
            if let Some(source) = sources.get_mut(key.column) {
                // Made-up key values are the third source; interpolated columns are never keys.
                source.insert(2, builder.finish().map_err(to_datafusion)?);
            }
        }
        let columns = sources
            .iter()
            .zip(&places)
            .map(|(source, places)| {
                let arrays: Vec<&dyn Array> = source.iter().map(AsRef::as_ref).collect();
                interleave(&arrays, places)
            })
            .collect::<Result<Vec<_>, _>>()?;
        Ok(RecordBatch::try_new(Arc::clone(schema), columns)?)
    }

    /// Computes the columns of INTERPOLATE for the row pushed last from the row before it.
    fn interpolated(
        &self,
        input: &RecordBatch,
        previous: &[Option<(usize, usize)>],
        sources: &mut [Vec<ArrayRef>],
        places: &mut [Vec<(usize, usize)>],
    ) -> Result<()> {
        if self.interpolate.is_empty() {
            return Ok(());
        }
        let row: Vec<ArrayRef> = sources
            .iter()
            .zip(previous)
            .map(|(source, place)| match place.and_then(|(array, row)| Some((source.get(array)?, row))) {
                Some((array, row)) => array.slice(row, 1),
                None => source.get(1).map_or_else(|| input.column(0).slice(0, 0), Arc::clone),
            })
            .collect();
        let row = RecordBatch::try_new(input.schema(), row)?;
        for (column, expression) in &self.interpolate {
            let value = expression.evaluate(&row).map_err(to_datafusion)?;
            if let (Some(source), Some(place)) = (sources.get_mut(*column), places.get_mut(*column)) {
                source.push(value);
                if let Some(last) = place.last_mut() {
                    *last = (source.len() - 1, 0);
                }
            }
        }
        Ok(())
    }
}
