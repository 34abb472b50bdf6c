//! The rows of a body, whatever its format and packing, as blocks.

use super::{Format, Import};
use crate::error::{Error, Kind, Result};
use crate::ingest::block::{Block, BlockBuilder};
use crate::ingest::csv::CsvReader;
use crate::ingest::encoding::Unpacker;
use crate::ingest::ndjson::NdjsonReader;
use crate::ingest::parquet::ParquetReader;
use crate::resource::Datasource;
use bytes::Bytes;
use futures::stream::{LocalBoxStream, StreamExt};
use std::sync::Arc;
use std::task::Poll;

/// Largest Parquet file and JSON document, which must be read whole.
const MAX_WHOLE_BYTES: usize = 1 << 30;

/// Bytes that are worked on at a time; between two pieces others get their turn.
const PIECE_BYTES: usize = 256 << 10;

/// The rows of a body.
pub(super) struct Rows {
    body: LocalBoxStream<'static, Result<Bytes>>,
    /// What is left of a large chunk.
    rest: Bytes,
    unpacker: Unpacker,
    reader: Reader,
    bytes_read: u64,
    /// True once the reader was told that nothing follows.
    last: bool,
    /// True when the reader has rows left without more input.
    pending: bool,
    ended: bool,
}

enum Reader {
    Csv(CsvReader),
    Ndjson(NdjsonReader),
    Json(NdjsonReader),
    Parquet(Option<ParquetReader>, Arc<Datasource>),
}

impl Rows {
    pub(super) fn new(import: Import, datasource: &Arc<Datasource>) -> Result<Rows> {
        let target = &datasource.target;
        let reader = match import.format {
            Format::Csv => Reader::Csv(CsvReader::new(import.dialect)),
            Format::Ndjson => {
                target.check_paths(&datasource.name)?;
                Reader::Ndjson(NdjsonReader::new(target))
            }
            Format::Json => {
                target.check_paths(&datasource.name)?;
                Reader::Json(NdjsonReader::new(target))
            }
            Format::Parquet => Reader::Parquet(None, datasource.clone()),
        };
        Ok(Rows {
            body: import.body,
            rest: Bytes::new(),
            unpacker: Unpacker::new(import.encoding),
            reader,
            bytes_read: 0,
            last: false,
            pending: false,
            ended: false,
        })
    }

    /// Bytes of the body that were taken so far, as sent.
    pub(super) fn bytes_read(&self) -> u64 {
        self.bytes_read
    }

    /// The next rows, at most `max_rows`; `None` at the end.
    pub(super) async fn next_block(
        &mut self,
        builder: &mut BlockBuilder,
        max_rows: usize,
    ) -> Result<Option<Block>> {
        if matches!(self.reader, Reader::Parquet(..) | Reader::Json(_)) {
            return self.next_of_whole(builder, max_rows).await;
        }
        while !self.ended && builder.n_rows() < max_rows {
            let chunk = if self.pending { Vec::new() } else { self.next_chunk().await? };
            let used_up = match &mut self.reader {
                Reader::Csv(csv) => csv.read(&chunk, self.last, builder, max_rows)?,
                Reader::Ndjson(ndjson) => ndjson.read(&chunk, self.last, builder, max_rows)?,
                Reader::Json(_) | Reader::Parquet(..) => true,
            };
            self.pending = !used_up;
            self.ended = self.last && used_up;
        }
        if builder.n_rows() == 0 {
            return Ok(None);
        }
        builder.finish().map(Some)
    }

    /// The next unpacked bytes; sets `last` when there are no more after them.
    async fn next_chunk(&mut self) -> Result<Vec<u8>> {
        yield_now().await;
        if self.rest.is_empty() {
            match self.body.next().await {
                Some(chunk) => self.rest = chunk?,
                None => {
                    self.last = true;
                    return self.unpacker.finish();
                }
            }
        }
        let piece = self.rest.split_to(self.rest.len().min(PIECE_BYTES));
        self.bytes_read += piece.len() as u64;
        self.unpacker.unpack(&piece)
    }

    async fn next_of_whole(&mut self, builder: &mut BlockBuilder, max_rows: usize) -> Result<Option<Block>> {
        if self.ended {
            return Ok(None);
        }
        if let Reader::Parquet(Some(parquet), _) = &mut self.reader {
            let block = parquet.next_block()?;
            self.ended = block.is_none();
            return Ok(block);
        }
        let mut whole = Vec::new();
        while !self.last {
            let chunk = self.next_chunk().await?;
            if whole.len() + chunk.len() > MAX_WHOLE_BYTES {
                let text =
                    format!("the body is larger than the {MAX_WHOLE_BYTES} bytes allowed for this format");
                return Err(Error::new(Kind::TooLarge, text));
            }
            whole.extend_from_slice(&chunk);
        }
        if whole.trim_ascii().is_empty() {
            self.ended = true;
            return Ok(None);
        }
        match &mut self.reader {
            Reader::Parquet(slot, datasource) => {
                let target = datasource.target.clone();
                let mut parquet = ParquetReader::new(Bytes::from(whole), target, max_rows)?;
                let block = parquet.next_block()?;
                *slot = Some(parquet);
                self.ended = block.is_none();
                Ok(block)
            }
            Reader::Json(json) => {
                self.ended = true;
                json.read_document(&whole, builder)?;
                builder.finish().map(Some)
            }
            Reader::Csv(_) | Reader::Ndjson(_) => Ok(None),
        }
    }
}

/// Lets other tasks of the thread run.
async fn yield_now() {
    let mut yielded = false;
    futures::future::poll_fn(|context| {
        if std::mem::replace(&mut yielded, true) {
            return Poll::Ready(());
        }
        context.waker().wake_by_ref();
        Poll::Pending
    })
    .await;
}
