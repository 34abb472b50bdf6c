//! Window functions: rows sorted by partition and order, a frame of rows for each row.

use std::cmp::Ordering;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, RecordBatch};
use arrow::compute::{SortColumn, SortOptions, lexsort_to_indices, take_record_batch};
use arrow::datatypes::SchemaRef;
use datafusion::common::Result;
use datafusion::execution::{SendableRecordBatchStream, TaskContext};
use datafusion::physical_plan::stream::RecordBatchStreamAdapter;
use futures::{StreamExt, stream};
use kinglet_types::ChType;

use super::held::{Held, bytes_of};
use super::{Operator, window_aggregate};
use crate::aggregate::{Bound, Partition, Window};
use crate::fault::to_datafusion;

/// A column to sort by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct SortKey {
    pub(crate) column: usize,
    pub(crate) descending: bool,
    pub(crate) nulls_first: bool,
}

/// What a frame's ends count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FrameUnit {
    Rows,
    Range,
    Groups,
}

/// One end of a frame; offsets of RANGE are in stored units of the order column.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum FrameEnd {
    Unbounded,
    Current,
    Preceding(f64),
    Following(f64),
}

/// The rows a window function sees around each row.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Frame {
    pub(crate) unit: FrameUnit,
    pub(crate) start: FrameEnd,
    pub(crate) end: FrameEnd,
}

/// What is computed over the frames.
#[derive(Clone)]
pub(crate) enum WindowFunction {
    Aggregate(Arc<dyn Bound>),
    Window(&'static dyn Window),
}

/// One window function to compute.
#[derive(Clone)]
pub(crate) struct WindowCall {
    pub(crate) function: WindowFunction,
    /// Positions of the arguments.
    pub(crate) arguments: Vec<usize>,
    pub(crate) types: Vec<ChType>,
    pub(crate) result: ChType,
    pub(crate) frame: Frame,
}

/// Sorts its input and appends a column per call.
pub(crate) struct WindowOperator {
    pub(crate) partition: Vec<usize>,
    pub(crate) order: Vec<SortKey>,
    pub(crate) calls: Vec<WindowCall>,
}

impl fmt::Debug for WindowOperator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Window partition {:?} order {:?}", self.partition, self.order)
    }
}

impl Operator for WindowOperator {
    fn name(&self) -> &'static str {
        "Window"
    }

    fn run(
        &self,
        mut inputs: Vec<SendableRecordBatchStream>,
        schema: SchemaRef,
        context: &Arc<TaskContext>,
    ) -> Result<SendableRecordBatchStream> {
        let Some(input) = inputs.pop() else {
            return datafusion::common::internal_err!("Window without input");
        };
        let this =
            Self { partition: self.partition.clone(), order: self.order.clone(), calls: self.calls.clone() };
        let wanted = Arc::clone(&schema);
        let mut held = Held::new(self.name(), context);
        let computed = async move {
            let all = held.collect(input).await?;
            // The sorted rows, their order and a value per call.
            held.grow(bytes_of(&all) + all.num_rows() * (16 + 16 * this.calls.len()))?;
            this.compute(&all, &wanted)
        };
        Ok(Box::pin(RecordBatchStreamAdapter::new(schema, stream::once(computed).boxed())))
    }
}

impl WindowOperator {
    fn compute(&self, input: &RecordBatch, schema: &SchemaRef) -> Result<RecordBatch> {
        let sorted = self.sorted(input)?;
        let rows = sorted.num_rows();
        let same_partition = equal_to_previous(&sorted, &self.partition)?;
        let order: Vec<usize> = self.order.iter().map(|key| key.column).collect();
        let same_peer = equal_to_previous(&sorted, &order)?;
        let mut partitions: Vec<Range<usize>> = Vec::new();
        for row in 0..rows {
            match partitions.last_mut() {
                Some(last) if same_partition(row) => last.end = row + 1,
                _ => partitions.push(row..row + 1),
            }
        }
        let mut columns = sorted.columns().to_vec();
        for call in &self.calls {
            let mut parts = Vec::with_capacity(partitions.len());
            for partition in &partitions {
                parts.push(self.evaluate(call, &sorted, partition.clone(), &same_peer)?);
            }
            let parts: Vec<&dyn Array> = parts.iter().map(AsRef::as_ref).collect();
            columns.push(match parts.is_empty() {
                true => arrow::array::new_empty_array(&crate::arrow_type(&call.result)),
                false => arrow::compute::concat(&parts)?,
            });
        }
        Ok(RecordBatch::try_new(Arc::clone(schema), columns)?)
    }

    fn sorted(&self, input: &RecordBatch) -> Result<RecordBatch> {
        let ascending = |column: &usize| SortKey { column: *column, descending: false, nulls_first: true };
        let keys: Vec<SortKey> =
            self.partition.iter().map(ascending).chain(self.order.iter().copied()).collect();
        if keys.is_empty() || input.num_rows() < 2 {
            return Ok(input.clone());
        }
        let mut columns: Vec<SortColumn> = keys
            .iter()
            .map(|key| SortColumn {
                values: Arc::clone(input.column(key.column)),
                options: Some(SortOptions { descending: key.descending, nulls_first: key.nulls_first }),
            })
            .collect();
        // The row's number last, which makes the sort stable.
        let numbers: ArrayRef =
            Arc::new(arrow::array::UInt32Array::from_iter_values(0..input.num_rows() as u32));
        columns.push(SortColumn { values: numbers, options: None });
        Ok(take_record_batch(input, &lexsort_to_indices(&columns, None)?)?)
    }

    fn evaluate(
        &self,
        call: &WindowCall,
        sorted: &RecordBatch,
        partition: Range<usize>,
        same_peer: &dyn Fn(usize) -> bool,
    ) -> Result<ArrayRef> {
        let rows = partition.len();
        let mut peers = Vec::with_capacity(rows);
        for row in partition.clone() {
            let previous = peers.last().copied();
            peers.push(match previous {
                None => 0,
                Some(peer) if self.order.is_empty() || same_peer(row) => peer,
                Some(peer) => peer + 1,
            });
        }
        let order = self.order.first().map(|key| {
            let column = sorted.column(key.column).slice(partition.start, rows);
            (column, *key)
        });
        let frames = frames(&call.frame, &peers, order.as_ref())?;
        let columns: Vec<ArrayRef> =
            call.arguments.iter().map(|at| sorted.column(*at).slice(partition.start, rows)).collect();
        match &call.function {
            WindowFunction::Window(window) => {
                let partition =
                    Partition { columns: &columns, types: &call.types, rows, peers: &peers, frames: &frames };
                window.evaluate(&partition, &call.result).map_err(to_datafusion)
            }
            WindowFunction::Aggregate(bound) => {
                window_aggregate::over_frames(bound.as_ref(), &columns, &frames).map_err(to_datafusion)
            }
        }
    }
}

/// Whether a row equals the one before it in the given columns.
fn equal_to_previous<'a>(
    batch: &'a RecordBatch,
    columns: &[usize],
) -> Result<Box<dyn Fn(usize) -> bool + 'a>> {
    let comparators = columns
        .iter()
        .map(|at| {
            let column = batch.column(*at);
            arrow::array::make_comparator(column, column, SortOptions::default())
        })
        .collect::<Result<Vec<_>, _>>()?;
    Ok(Box::new(move |row| {
        row > 0 && comparators.iter().all(|compare| compare(row, row - 1) == Ordering::Equal)
    }))
}

fn frames(frame: &Frame, peers: &[usize], order: Option<&(ArrayRef, SortKey)>) -> Result<Vec<Range<usize>>> {
    let rows = peers.len();
    let first_of = |peer: usize| peers.partition_point(|p| *p < peer);
    let last_of = |peer: usize| peers.partition_point(|p| *p <= peer);
    // Values of the order column as floats, the sign flipped for descending order.
    let keys: Vec<Option<f64>> = match (frame.unit, order) {
        (FrameUnit::Range, Some((column, key))) if needs_values(frame) => (0..rows)
            .map(|row| {
                column.is_valid(row).then(|| {
                    let value = crate::conversion::as_float(column, row, &ChType::Nothing);
                    if key.descending { -value } else { value }
                })
            })
            .collect(),
        _ => Vec::new(),
    };
    let range_at = |row: usize, offset: f64, end: bool| match keys.get(row) {
        Some(Some(value)) => {
            let limit = value + offset;
            if end { peers_end(&keys, |v| v <= limit) } else { peers_start(&keys, |v| v < limit) }
        }
        _ => {
            let peer = peers.get(row).copied().unwrap_or(0);
            if end { last_of(peer) } else { first_of(peer) }
        }
    };
    let mut out = Vec::with_capacity(rows);
    for (row, peer) in peers.iter().copied().enumerate() {
        let at = |end_of: FrameEnd, end: bool| -> usize {
            let (offset, forward) = match end_of {
                FrameEnd::Unbounded => return if end { rows } else { 0 },
                FrameEnd::Current => (0.0, true),
                FrameEnd::Preceding(n) => (n, false),
                FrameEnd::Following(n) => (n, true),
            };
            let signed = if forward { offset } else { -offset };
            match frame.unit {
                FrameUnit::Rows => {
                    let place = row as i64 + signed as i64 + i64::from(end);
                    place.clamp(0, rows as i64) as usize
                }
                FrameUnit::Range if matches!(end_of, FrameEnd::Current) => {
                    if end {
                        last_of(peer)
                    } else {
                        first_of(peer)
                    }
                }
                FrameUnit::Range => range_at(row, signed, end),
                FrameUnit::Groups => {
                    let wanted = peer as i64 + signed as i64;
                    match usize::try_from(wanted) {
                        Ok(wanted) if end => last_of(wanted),
                        Ok(wanted) => first_of(wanted),
                        Err(_) => 0,
                    }
                }
            }
        };
        let (start, end) = (at(frame.start, false), at(frame.end, true));
        out.push(start..end.max(start));
    }
    Ok(out)
}

fn needs_values(frame: &Frame) -> bool {
    let offset = |end| matches!(end, FrameEnd::Preceding(_) | FrameEnd::Following(_));
    offset(frame.start) || offset(frame.end)
}

/// First row whose value does not satisfy `before`; rows without a value, all at one end, are skipped over.
fn peers_start(keys: &[Option<f64>], before: impl Fn(f64) -> bool) -> usize {
    let (start, valid) = valid(keys);
    let at = valid.partition_point(|key| key.is_some_and(&before));
    if at == valid.len() { keys.len() } else { start + at }
}

/// One past the last row whose value satisfies `within`.
fn peers_end(keys: &[Option<f64>], within: impl Fn(f64) -> bool) -> usize {
    let (start, valid) = valid(keys);
    match valid.partition_point(|key| key.is_some_and(&within)) {
        0 => 0,
        at => start + at,
    }
}

/// The rows with a value and where they start.
fn valid(keys: &[Option<f64>]) -> (usize, &[Option<f64>]) {
    let start =
        if keys.first().is_some_and(Option::is_none) { keys.partition_point(Option::is_none) } else { 0 };
    let rest = keys.get(start..).unwrap_or_default();
    (start, rest.get(..rest.partition_point(Option::is_some)).unwrap_or_default())
}
