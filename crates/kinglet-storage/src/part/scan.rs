//! Reading granules of one part, column by column, from the cache of decoded columns or from the file.

use std::collections::VecDeque;
use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use arrow::array::{Array, ArrayRef, BooleanArray};
use arrow::compute::{and, filter_record_batch};
use arrow::datatypes::SchemaRef;
use arrow::record_batch::{RecordBatch, RecordBatchOptions};
use parquet::arrow::ProjectionMask;
use parquet::arrow::arrow_reader::{
    ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder, RowSelection, RowSelectionPolicy, RowSelector,
};

use crate::cache::{CacheFill, DecodedCache};
use crate::error::StorageError;
use crate::files::Pin;
use crate::part::source::ColumnSource;
use crate::part::{Part, PartMeta, RowTests};
use crate::scan::{Narrowing, ScanCounters, count};
use crate::schema::default_array;

/// What all part scans of one scan share.
#[derive(Clone, Debug)]
pub(crate) struct ScanContext {
    /// Columns of the batches.
    pub(crate) schema: SchemaRef,
    /// The same, by position in the table.
    pub(crate) columns: Arc<[usize]>,
    /// The whole table's columns.
    pub(crate) table_schema: SchemaRef,
    pub(crate) cache: Arc<DecodedCache>,
    /// What decoded granules go into the cache.
    pub(crate) cache_fill: CacheFill,
    pub(crate) counters: Arc<ScanCounters>,
    /// Conditions that come up on the way.
    pub(crate) narrowing: Option<Arc<Narrowing>>,
    /// Conditions whose columns are read first: rows that do not meet them are left out.
    pub(crate) row_tests: Arc<RowTests>,
}

/// After so many granules a scan knows whether its row tests leave out enough to be worth their time.
const TRIED_GRANULES: usize = 8;

/// An iterator over some granules of a part: one batch per granule.
pub(crate) struct PartScan {
    context: ScanContext,
    part: Arc<Part>,
    meta: Arc<PartMeta>,
    pin: Arc<Pin>,
    granules: VecDeque<usize>,
    readers: Vec<Option<ColumnReader>>,
    /// The version of the narrowing that `granules` meets.
    narrowed: u64,
    /// What went wrong below the decoder.
    error: Arc<Mutex<Option<StorageError>>>,
    tests: Tests,
}

/// How the row tests have done so far.
#[derive(Debug, Default)]
struct Tests {
    granules: usize,
    rows: usize,
    kept: usize,
    /// The granule before held wanted rows: the next ones probably do too.
    matched: bool,
}

impl Tests {
    /// False once most rows were kept: then the tests cost more than they save.
    fn are_worth_while(&self) -> bool {
        self.granules < TRIED_GRANULES || self.kept * 2 < self.rows
    }
}

/// Decodes one column of one row group, granule by granule.
struct ColumnReader {
    reader: ParquetRecordBatchReader,
    queue: VecDeque<usize>,
}

impl PartScan {
    pub(crate) fn new(
        context: ScanContext,
        part: Arc<Part>,
        pin: Arc<Pin>,
        granules: impl IntoIterator<Item = usize>,
    ) -> Result<Self, StorageError> {
        let meta = part.meta(&context.table_schema)?;
        let readers = context.columns.iter().map(|_| None).collect();
        Ok(PartScan {
            context,
            part,
            meta,
            pin,
            granules: granules.into_iter().collect(),
            readers,
            narrowed: 0,
            error: Arc::default(),
            tests: Tests::default(),
        })
    }

    /// The wanted rows of a granule, and others if the row tests are of no use; `None` if there are none.
    fn granule(&mut self, granule: usize) -> Result<Option<RecordBatch>, StorageError> {
        let rows = self.meta.index.rows_of(granule);
        let mut columns: Vec<Option<ArrayRef>> = vec![None; self.readers.len()];
        let tested = !self.context.row_tests.is_empty() && self.tests.are_worth_while();
        let mask = if tested { self.test(granule, rows, &mut columns)? } else { None };
        count(&self.context.counters.granules_read, 1);
        let kept = mask.as_ref().map_or(rows, BooleanArray::true_count);
        if mask.is_some() {
            self.tests.granules += 1;
            self.tests.rows += rows;
            self.tests.kept += kept;
            self.tests.matched = kept > 0;
        }
        let counters = self.context.counters.clone();
        count(&counters.rows_left_out, (rows - kept) as u64);
        for place in 0..columns.len() {
            let column = self.context.columns.get(place).copied().unwrap_or_default();
            if kept > 0 && columns.get(place).is_some_and(Option::is_none) {
                let array = self.column(place, granule, rows)?;
                if let Some(slot) = columns.get_mut(place) {
                    *slot = Some(array);
                }
            }
            if columns.get(place).is_some_and(Option::is_some) {
                count(&counters.bytes_read, self.part.bytes_of(column, rows as u64));
            }
        }
        if kept == 0 {
            return Ok(None);
        }
        let options = RecordBatchOptions::new().with_row_count(Some(rows));
        let columns = columns.into_iter().flatten().collect();
        let batch = RecordBatch::try_new_with_options(self.context.schema.clone(), columns, &options)?;
        Ok(Some(match mask.filter(|_| kept < rows) {
            Some(mask) => filter_record_batch(&batch, &mask)?,
            None => batch,
        }))
    }

    /// Reads the columns with conditions, one by one while any row is left. Which rows meet them; `None` if no
    /// condition can be decided.
    fn test(
        &mut self,
        granule: usize,
        rows: usize,
        columns: &mut [Option<ArrayRef>],
    ) -> Result<Option<BooleanArray>, StorageError> {
        let tests = self.context.row_tests.clone();
        let mut mask: Option<BooleanArray> = None;
        for column in tests.columns() {
            let Some(place) = self.context.columns.iter().position(|found| *found == column) else {
                continue;
            };
            if mask.as_ref().is_some_and(|mask| mask.true_count() == 0) {
                break;
            }
            let array = self.column(place, granule, rows)?;
            if let Some(met) = tests.evaluate(column, &array)? {
                mask = Some(match mask {
                    Some(before) => and(&before, &met)?,
                    None => met,
                });
            }
            if let Some(slot) = columns.get_mut(place) {
                *slot = Some(array);
            }
        }
        Ok(mask)
    }

    /// Whether a reader of this column should decode only what is asked for now: the granules after it may all be
    /// left out by the conditions.
    fn reads_one_by_one(&self, column: usize) -> bool {
        let tests = &self.context.row_tests;
        !tests.is_empty()
            && self.tests.are_worth_while()
            && !(self.tests.matched && self.tests.granules > 1)
            && tests.columns().all(|tested| tested != column)
    }

    fn column(&mut self, place: usize, granule: usize, rows: usize) -> Result<ArrayRef, StorageError> {
        let column = self.context.columns.get(place).copied().unwrap_or_default();
        if column >= self.part.column_bytes.len() {
            let field = self.context.table_schema.field(column);
            return default_array(field.data_type(), field.is_nullable(), rows);
        }
        if let Some(array) = self.context.cache.get(self.part.id, column, granule) {
            return Ok(array);
        }
        let ready = |reader: &ColumnReader| reader.queue.front() == Some(&granule);
        let reader = self.readers.get_mut(place).and_then(Option::take).filter(ready);
        let mut reader = match reader {
            Some(reader) => reader,
            None => self.open_column(column, granule)?,
        };
        reader.queue.pop_front();
        let batch = reader.reader.next().transpose().map_err(|error| self.read_error(error.into()))?;
        let array = batch.and_then(|batch| batch.columns().first().cloned());
        let array =
            array.filter(|array| array.len() == rows).ok_or_else(|| self.unreadable("rows are missing"))?;
        if let Some(slot) = self.readers.get_mut(place) {
            *slot = Some(reader);
        }
        self.context.cache.insert(self.part.id, column, granule, &array, self.context.cache_fill);
        Ok(array)
    }

    /// A reader of the granules from this one to the end of its row group that are wanted and not in the cache.
    fn open_column(&self, column: usize, granule: usize) -> Result<ColumnReader, StorageError> {
        let (group, start, end) =
            self.meta.row_groups.of(granule).ok_or_else(|| self.unreadable("no row group"))?;
        let later = self.granules.iter().copied().take_while(|later| granule < *later && *later < end);
        let later = later.filter(|later| !self.context.cache.contains(self.part.id, column, *later));
        let later = later.take(if self.reads_one_by_one(column) { 0 } else { usize::MAX });
        let queue: VecDeque<usize> = std::iter::once(granule).chain(later).collect();
        let mask = ProjectionMask::roots(self.meta.reader.parquet_schema(), [column]);
        let (wanted, leaves) = self.wanted(column, group, start, &queue);
        let source = ColumnSource::new(
            self.part.clone(),
            self.meta.clone(),
            self.pin.clone(),
            self.context.counters.clone(),
            wanted,
            leaves,
            self.error.clone(),
        );
        let builder = ParquetRecordBatchReaderBuilder::new_with_metadata(source, self.meta.reader.clone());
        let mut builder = builder
            .with_row_groups(vec![group])
            .with_projection(mask)
            .with_batch_size(self.meta.index.granule_rows)
            .with_row_selection_policy(RowSelectionPolicy::Selectors);
        if queue.len() < end - start {
            builder = builder.with_row_selection(self.selection(start, end, &queue));
        }
        let reader = builder.build().map_err(|error| self.read_error(error.into()))?;
        Ok(ColumnReader { reader, queue })
    }

    fn selection(&self, start: usize, end: usize, wanted: &VecDeque<usize>) -> RowSelection {
        let mut wanted = wanted.iter().peekable();
        let selectors = (start..end).map(|granule| {
            let rows = self.meta.index.rows_of(granule);
            match wanted.next_if(|next| **next == granule) {
                Some(_) => RowSelector::select(rows),
                None => RowSelector::skip(rows),
            }
        });
        selectors.collect()
    }

    /// Byte ranges of the pages that hold the granules, per leaf of the column, and the number of leaves.
    fn wanted(
        &self,
        column: usize,
        group: usize,
        start: usize,
        queue: &VecDeque<usize>,
    ) -> (Vec<Range<u64>>, usize) {
        let metadata = self.meta.reader.metadata();
        let schema = self.meta.reader.parquet_schema();
        let leaves = (0..schema.num_columns()).filter(|leaf| schema.get_column_root_idx(*leaf) == column);
        let mut ranges: Vec<Range<u64>> = Vec::new();
        let mut count = 0;
        for leaf in leaves {
            count += 1;
            let pages =
                metadata.offset_index().and_then(|index| index.get(group)).and_then(|group| group.get(leaf));
            let pages = pages.map(|pages| pages.page_locations().as_slice()).unwrap_or_default();
            for (i, page) in pages.iter().enumerate() {
                let first = page.first_row_index.max(0) as usize;
                let after = pages.get(i + 1).map_or(usize::MAX, |next| next.first_row_index.max(0) as usize);
                let rows = self.meta.index.granule_rows;
                let granules = start + first / rows..=start + after.saturating_sub(1) / rows;
                let at = queue.partition_point(|granule| granule < granules.start());
                if !queue.get(at).is_some_and(|granule| granules.contains(granule)) {
                    continue;
                }
                let bytes = page.offset.max(0) as u64
                    ..page.offset.max(0) as u64 + page.compressed_page_size.max(0) as u64;
                match ranges.last_mut() {
                    Some(last) if last.end == bytes.start => last.end = bytes.end,
                    _ => ranges.push(bytes),
                }
            }
        }
        (ranges, count.max(1))
    }

    /// The error below the decoder, if that is what stopped it.
    fn read_error(&self, error: StorageError) -> StorageError {
        self.error.lock().unwrap_or_else(PoisonError::into_inner).take().unwrap_or(error)
    }

    fn unreadable(&self, what: &str) -> StorageError {
        self.part.set_damaged();
        self.part.damage(what)
    }
}

impl Iterator for PartScan {
    type Item = Result<RecordBatch, StorageError>;

    fn next(&mut self) -> Option<Self::Item> {
        let narrowing = self.context.narrowing.as_ref();
        if let Some(pruning) = narrowing.and_then(|narrowing| narrowing.changed(&mut self.narrowed)) {
            self.granules.retain(|granule| pruning.may_match(&self.meta.index, *granule));
        }
        loop {
            let granule = self.granules.pop_front()?;
            if let Some(batch) = self.granule(granule).transpose() {
                return Some(batch);
            }
        }
    }
}
