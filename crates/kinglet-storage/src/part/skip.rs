//! Data-skipping indexes of a part: per some granules a set of values or a Bloom filter, as bytes in the part's file.

use std::collections::BTreeSet;

use arrow::array::{Array, ArrayRef};
use bytes::Bytes;
use parquet::bloom_filter::Sbbf;

use crate::codec::{Decoder, Encoder};
use crate::engine::{SkipIndex, SkipIndexKind};
use crate::error::StorageError;
use crate::ordered;
use crate::part::index::GranuleBytes;
use crate::scan::{TextTest, words};

/// Bytes of a filter at most: a granule's worth of anything fits.
const LARGEST_FILTER: usize = 1 << 20;

/// An index in a part's file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SkipPlace {
    /// Position of the column in the table.
    pub(crate) column: usize,
    /// Granules that one entry speaks for.
    pub(crate) granularity: usize,
    pub(crate) form: Form,
    /// Where its entries are in the part.
    pub(crate) offset: u64,
    pub(crate) length: u64,
}

/// How the bytes of an entry are to be read. An empty entry says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// All values.
    Values,
    /// A Bloom filter of the values.
    Bloom,
    /// A Bloom filter of all stretches of so many bytes.
    Ngrams(usize),
    /// A Bloom filter of all words.
    Words,
}

impl SkipPlace {
    pub(crate) fn encode(&self, encoder: &mut Encoder) {
        let (form, length) = match self.form {
            Form::Values => (0, 0),
            Form::Bloom => (1, 0),
            Form::Ngrams(length) => (2, length),
            Form::Words => (3, 0),
        };
        for number in [self.column, self.granularity, form, length] {
            encoder.number(number as u64);
        }
        encoder.number(self.offset);
        encoder.number(self.length);
    }

    pub(crate) fn decode(decoder: &mut Decoder) -> Result<Self, StorageError> {
        let (column, granularity) = (decoder.number()? as usize, decoder.number()? as usize);
        let (form, length) = (decoder.number()?, decoder.number()? as usize);
        let form = match form {
            0 => Form::Values,
            1 => Form::Bloom,
            2 => Form::Ngrams(length),
            3 => Form::Words,
            _ => return Err(StorageError::Damaged(format!("A part has a skip index of form {form}"))),
        };
        Ok(SkipPlace {
            column,
            granularity: granularity.max(1),
            form,
            offset: decoder.number()?,
            length: decoder.number()?,
        })
    }
}

/// The entries of one index, out of the part's file.
#[derive(Debug)]
pub(crate) struct SkipEntries {
    granularity: usize,
    form: Form,
    entries: GranuleBytes,
}

impl SkipEntries {
    pub(crate) fn decode(place: &SkipPlace, bytes: Bytes) -> Result<Self, StorageError> {
        let entries = GranuleBytes::decode(&mut Decoder::new(bytes))?;
        Ok(SkipEntries { granularity: place.granularity, form: place.form, entries })
    }

    /// Whether a granule may hold a wanted value.
    pub(crate) fn may_match(&self, granule: usize, test: &SkipTest) -> bool {
        match self.entries.get(granule / self.granularity) {
            Some(entry) if !entry.is_empty() => may_hold(self.form, entry, test),
            _ => true,
        }
    }
}

/// A condition as an entry can decide it.
#[derive(Clone, Debug)]
pub(crate) enum SkipTest {
    /// One of these values.
    In(Vec<Vec<u8>>),
    /// Between these, with whether the ends belong to it.
    Range { lower: Option<(Vec<u8>, bool)>, upper: Option<(Vec<u8>, bool)> },
    /// A text with these pieces and words.
    Text(TextTest),
}

fn may_hold(form: Form, entry: &[u8], test: &SkipTest) -> bool {
    if form == Form::Values {
        return values_may_hold(entry, test).unwrap_or(true);
    }
    // A filter has at least one block of 32 bytes.
    if entry.len() < 32 {
        return true;
    }
    let filter = Sbbf::new(entry);
    match (form, test) {
        (Form::Values, _) | (_, SkipTest::Range { .. }) | (Form::Bloom, SkipTest::Text(_)) => true,
        (Form::Bloom, SkipTest::In(values)) => values.iter().any(|value| filter.check(value.as_slice())),
        (Form::Ngrams(length), SkipTest::In(values)) => {
            values.iter().any(|value| ngrams(value, length).all(|piece| filter.check(piece)))
        }
        (Form::Ngrams(length), SkipTest::Text(text)) => {
            let all = text.pieces.iter().chain(&text.words);
            all.flat_map(|piece| ngrams(piece, length)).all(|piece| filter.check(piece))
        }
        (Form::Words, SkipTest::In(values)) => {
            values.iter().any(|value| words(value).all(|word| filter.check(word)))
        }
        (Form::Words, SkipTest::Text(text)) => text.words.iter().all(|word| filter.check(word.as_slice())),
    }
}

/// `None` if the entry cannot be read or the condition is none on whole values.
fn values_may_hold(entry: &[u8], test: &SkipTest) -> Option<bool> {
    let decoder = &mut Decoder::new(Bytes::copy_from_slice(entry));
    for _ in 0..decoder.count().ok()? {
        let value = decoder.bytes().ok()?;
        let found = match test {
            SkipTest::In(values) => values.iter().any(|wanted| *wanted == value),
            SkipTest::Range { lower, upper } => {
                let low = lower.as_ref().is_none_or(|(bound, inclusive)| {
                    value > bound.as_slice() || (*inclusive && value == bound.as_slice())
                });
                let high = upper.as_ref().is_none_or(|(bound, inclusive)| {
                    value < bound.as_slice() || (*inclusive && value == bound.as_slice())
                });
                low && high
            }
            SkipTest::Text(text) => text.may_be(&value),
        };
        if found {
            return Some(true);
        }
    }
    Some(false)
}

/// All stretches of so many bytes; none of a shorter text.
fn ngrams(text: &[u8], length: usize) -> impl Iterator<Item = &[u8]> {
    text.windows(length.max(1))
}

/// Makes one index while its part is written.
#[derive(Debug)]
pub(crate) struct SkipBuilder {
    index: SkipIndex,
    granules: usize,
    /// Values of the entry so far, of a set; `None` once there are too many.
    values: Option<BTreeSet<Vec<u8>>>,
    filter: Option<Sbbf>,
    entries: GranuleBytes,
}

impl SkipBuilder {
    pub(crate) fn new(index: SkipIndex) -> Self {
        SkipBuilder {
            index,
            granules: 0,
            values: Some(BTreeSet::new()),
            filter: None,
            entries: GranuleBytes::default(),
        }
    }

    pub(crate) fn column(&self) -> usize {
        self.index.column
    }

    /// Takes a granule's values.
    pub(crate) fn push(&mut self, array: &ArrayRef, granule_rows: usize) -> Result<(), StorageError> {
        let granularity = self.index.granularity.max(1);
        if self.filter.is_none() {
            self.filter = new_filter(self.index.kind, granularity * granule_rows)?;
        }
        let mut unknown = false;
        for row in (0..array.len()).filter(|row| array.is_valid(*row)) {
            match ordered::value(array, row) {
                Some(Some(value)) => self.add(value),
                _ => unknown = true,
            }
        }
        if unknown {
            // A type without an order: nothing can be said of it.
            (self.values, self.filter) = (None, None);
        }
        self.granules += 1;
        if self.granules == granularity {
            self.end_entry();
        }
        Ok(())
    }

    fn add(&mut self, value: Vec<u8>) {
        match (self.index.kind, &mut self.filter) {
            (SkipIndexKind::Set { most }, _) => {
                if let Some(values) = &mut self.values {
                    values.insert(value);
                    if most > 0 && values.len() > most {
                        self.values = None;
                    }
                }
            }
            (SkipIndexKind::Bloom { .. }, Some(filter)) => filter.insert(value.as_slice()),
            (SkipIndexKind::Ngrams { length, .. }, Some(filter)) => {
                ngrams(&value, length).for_each(|piece| filter.insert(piece));
            }
            (SkipIndexKind::Tokens { .. }, Some(filter)) => {
                words(&value).for_each(|word| filter.insert(word));
            }
            (_, None) => {}
        }
    }

    fn end_entry(&mut self) {
        let mut entry = Vec::new();
        if let (SkipIndexKind::Set { .. }, Some(values)) = (self.index.kind, &self.values) {
            let mut encoder = Encoder::default();
            encoder.number(values.len() as u64);
            values.iter().for_each(|value| encoder.bytes(value));
            entry = encoder.finish();
        }
        if let Some(mut filter) = self.filter.take() {
            if let SkipIndexKind::Bloom { false_positives } = self.index.kind {
                filter.fold_to_target_fpp(false_positives);
            }
            if filter.write_bitset(&mut entry).is_err() {
                entry.clear();
            }
        }
        self.entries.push(&entry);
        (self.granules, self.values) = (0, Some(BTreeSet::new()));
    }

    /// The index's bytes, to be written at `offset` of the part, and its place.
    pub(crate) fn finish(mut self, offset: u64) -> (Vec<u8>, SkipPlace) {
        if self.granules > 0 {
            self.end_entry();
        }
        let mut encoder = Encoder::default();
        self.entries.encode(&mut encoder);
        let bytes = encoder.finish();
        let form = match self.index.kind {
            SkipIndexKind::Set { .. } => Form::Values,
            SkipIndexKind::Bloom { .. } => Form::Bloom,
            SkipIndexKind::Ngrams { length, .. } => Form::Ngrams(length),
            SkipIndexKind::Tokens { .. } => Form::Words,
        };
        let place = SkipPlace {
            column: self.index.column,
            granularity: self.index.granularity.max(1),
            form,
            offset,
            length: bytes.len() as u64,
        };
        (bytes, place)
    }
}

fn new_filter(kind: SkipIndexKind, rows: usize) -> Result<Option<Sbbf>, StorageError> {
    Ok(match kind {
        SkipIndexKind::Set { .. } => None,
        SkipIndexKind::Bloom { false_positives } => {
            let share = if false_positives > 0.0 && false_positives < 1.0 { false_positives } else { 0.025 };
            let filter = Sbbf::new_with_ndv_fpp(rows.clamp(1, 1 << 20) as u64, share)
                .map_err(|error| StorageError::Compute(error.to_string()))?;
            Some(filter)
        }
        SkipIndexKind::Ngrams { bytes, .. } | SkipIndexKind::Tokens { bytes } => {
            Some(Sbbf::new_with_num_of_bytes(bytes.clamp(32, LARGEST_FILTER)))
        }
    })
}
