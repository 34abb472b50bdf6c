//! The k-way merge: cursors over sorted sources, the one with the least key gives a run of rows.

use std::cmp::Ordering;
use std::sync::Arc;

use arrow::compute::interleave_record_batch;
use arrow::record_batch::RecordBatch;
use arrow::row::{RowConverter, Rows};

use super::{Batches, sort};
use crate::engine::KeyEvaluator;
use crate::error::StorageError;

/// Merged rows.
pub(crate) struct Merged {
    pub(crate) rows: RecordBatch,
    /// Where a key begins that differs from the row before, if asked for. Row 0 is in it unless it continues the
    /// key of the last row of the batch before.
    pub(crate) starts: Vec<usize>,
}

/// An iterator over the merged rows of its sources.
pub(crate) struct MergeStream {
    keys: Arc<dyn KeyEvaluator>,
    converter: Option<RowConverter>,
    cursors: Vec<Cursor>,
    /// The cursors that have rows, by key and then by place.
    order: Vec<usize>,
    started: bool,
    batch_rows: usize,
    groups: bool,
    last_key: Option<Vec<u8>>,
}

struct Cursor {
    source: Batches,
    batch: Option<(RecordBatch, Rows)>,
    row: usize,
}

/// Rows chosen for the next batch.
#[derive(Default)]
struct Output {
    batches: Vec<RecordBatch>,
    /// For each cursor, where its current batch is in `batches`.
    slots: Vec<Option<usize>>,
    /// Slot, first row, number of rows.
    runs: Vec<(usize, usize, usize)>,
    rows: usize,
    starts: Vec<usize>,
}

impl MergeStream {
    pub(crate) fn new(
        sources: Vec<Batches>,
        keys: Arc<dyn KeyEvaluator>,
        batch_rows: usize,
        groups: bool,
    ) -> Self {
        let cursors = sources.into_iter().map(|source| Cursor { source, batch: None, row: 0 }).collect();
        MergeStream {
            keys,
            converter: None,
            cursors,
            order: Vec::new(),
            started: false,
            batch_rows: batch_rows.max(1),
            groups,
            last_key: None,
        }
    }

    fn step(&mut self) -> Result<Option<Merged>, StorageError> {
        if !self.started {
            self.started = true;
            for place in 0..self.cursors.len() {
                self.load(place)?;
            }
        }
        let mut output = Output { slots: vec![None; self.cursors.len()], ..Output::default() };
        while output.rows < self.batch_rows && !self.order.is_empty() {
            let place = self.order.remove(0);
            self.take_run(place, &mut output)?;
        }
        output.finish()
    }

    /// Gives the next batch of a source that has used up its own, and puts the source in its place in the order.
    fn load(&mut self, place: usize) -> Result<(), StorageError> {
        let Some(cursor) = self.cursors.get_mut(place) else { return Ok(()) };
        loop {
            let Some(batch) = cursor.source.next().transpose()? else {
                cursor.batch = None;
                return Ok(());
            };
            if batch.num_rows() == 0 {
                continue;
            }
            let keys = sort::keys_or_same(&batch, &*self.keys)?;
            let converter = match &mut self.converter {
                Some(converter) => converter,
                none => none.insert(sort::converter(&keys)?),
            };
            cursor.batch = Some((batch, converter.convert_columns(&keys)?));
            cursor.row = 0;
            break;
        }
        self.enlist(place);
        Ok(())
    }

    fn enlist(&mut self, place: usize) {
        let at = self.order.partition_point(|other| self.compare(*other, place) == Ordering::Less);
        self.order.insert(at, place);
    }

    fn compare(&self, a: usize, b: usize) -> Ordering {
        let key = |place: usize| self.cursors.get(place).and_then(Cursor::key);
        key(a).cmp(&key(b)).then(a.cmp(&b))
    }

    /// Takes rows of the least cursor while no other has a lesser key.
    fn take_run(&mut self, place: usize, output: &mut Output) -> Result<(), StorageError> {
        let next = self.order.first().copied();
        let next = next.and_then(|other| Some((other, self.cursors.get(other)?.key()?)));
        let Some(cursor) = self.cursors.get(place) else { return Ok(()) };
        let Some((batch, rows)) = &cursor.batch else { return Ok(()) };
        let most = (cursor.row + self.batch_rows - output.rows).min(batch.num_rows());
        let end = match next {
            None => most,
            Some((other, limit)) => gallop(cursor.row, most, |row| match rows.row(row).data().cmp(limit) {
                Ordering::Less => true,
                Ordering::Equal => place < other,
                Ordering::Greater => false,
            }),
        };
        if self.groups {
            let mut last = self.last_key.take();
            for row in cursor.row..end {
                let key = rows.row(row);
                let same = match row.checked_sub(1).filter(|before| *before >= cursor.row) {
                    Some(before) => rows.row(before) == key,
                    None => last.as_deref() == Some(key.data()),
                };
                if !same {
                    output.starts.push(output.rows + row - cursor.row);
                }
            }
            if let Some(row) = end.checked_sub(1) {
                last = Some(rows.row(row).data().to_vec());
            }
            self.last_key = last;
        }
        output.push(place, batch, cursor.row, end - cursor.row);
        let used_up = end == batch.num_rows();
        if let Some(cursor) = self.cursors.get_mut(place) {
            cursor.row = end;
        }
        if used_up {
            if let Some(slot) = output.slots.get_mut(place) {
                *slot = None;
            }
            self.load(place)
        } else {
            self.enlist(place);
            Ok(())
        }
    }
}

/// The first row of `start + 1..end` for which `within` is false; it is true for `start` and then for a while.
fn gallop(start: usize, end: usize, within: impl Fn(usize) -> bool) -> usize {
    let (mut known, mut step) = (start, 1);
    let mut bound = end;
    while known + step < end {
        if within(known + step) {
            known += step;
            step *= 2;
        } else {
            bound = known + step;
            break;
        }
    }
    let mut low = known + 1;
    while low < bound {
        let middle = low + (bound - low) / 2;
        if within(middle) { low = middle + 1 } else { bound = middle }
    }
    low.min(end)
}

impl Cursor {
    fn key(&self) -> Option<&[u8]> {
        let (_, rows) = self.batch.as_ref()?;
        (self.row < rows.num_rows()).then(|| rows.row(self.row).data())
    }
}

impl Output {
    fn push(&mut self, place: usize, batch: &RecordBatch, start: usize, rows: usize) {
        let slot = match self.slots.get(place).copied().flatten() {
            Some(slot) => slot,
            None => {
                self.batches.push(batch.clone());
                if let Some(slot) = self.slots.get_mut(place) {
                    *slot = Some(self.batches.len() - 1);
                }
                self.batches.len() - 1
            }
        };
        self.rows += rows;
        match self.runs.last_mut() {
            Some((last, from, count)) if *last == slot && *from + *count == start => *count += rows,
            _ => self.runs.push((slot, start, rows)),
        }
    }

    fn finish(self) -> Result<Option<Merged>, StorageError> {
        let rows = match self.runs.as_slice() {
            [] => return Ok(None),
            [(slot, start, count)] => self.batches.get(*slot).map(|batch| batch.slice(*start, *count)),
            runs => {
                let indices = runs
                    .iter()
                    .flat_map(|(slot, start, count)| (*start..start + count).map(|row| (*slot, row)));
                let batches: Vec<&RecordBatch> = self.batches.iter().collect();
                Some(interleave_record_batch(&batches, &indices.collect::<Vec<_>>())?)
            }
        };
        Ok(rows.map(|rows| Merged { rows, starts: self.starts }))
    }
}

impl Iterator for MergeStream {
    type Item = Result<Merged, StorageError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.step().transpose()
    }
}
