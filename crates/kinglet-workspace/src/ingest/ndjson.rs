//! JSON rows: NDJSON in chunks, or one document that is an object or an array of them.

mod plan;
mod walk;

use super::block::BlockBuilder;
use super::source::{Json, Malformed};
use super::target::Target;
use crate::error::{Error, Result};
use plan::Plan;

/// Longest row that is read, in bytes.
const MAX_ROW_BYTES: usize = 64 << 20;

/// Reads chunks of NDJSON into a block.
pub(crate) struct NdjsonReader {
    plan: Plan,
    buffer: Vec<u8>,
    /// Line of the next row, counted from 1.
    line: usize,
    filled: Vec<bool>,
}

impl NdjsonReader {
    pub(crate) fn new(target: &Target) -> NdjsonReader {
        NdjsonReader {
            plan: Plan::new(target),
            buffer: Vec::new(),
            line: 1,
            filled: vec![false; target.columns.len()],
        }
    }

    /// Adds a chunk, and reads rows into `block` until it has `max_rows` or the chunk is
    /// used up. False when the block is full and there is more: call again with an
    /// empty chunk. `last` says that nothing follows.
    pub(crate) fn read(
        &mut self,
        chunk: &[u8],
        last: bool,
        block: &mut BlockBuilder,
        max_rows: usize,
    ) -> Result<bool> {
        self.buffer.extend_from_slice(chunk);
        let buffer = std::mem::take(&mut self.buffer);
        let mut at = 0;
        let mut used_up = true;
        while at < buffer.len() {
            if block.n_rows() >= max_rows {
                used_up = false;
                break;
            }
            let rest = buffer.get(at..).unwrap_or_default();
            let line_len = memchr::memchr(b'\n', rest);
            let Some(len) = line_len.or(last.then_some(rest.len())) else {
                if rest.len() > MAX_ROW_BYTES {
                    let line = self.line;
                    return Err(Error::invalid(format!(
                        "line {line}: the row is longer than {MAX_ROW_BYTES} bytes"
                    )));
                }
                break;
            };
            let line = rest.get(..len).unwrap_or_default();
            self.take_line(line, block);
            at = (at + len + 1).min(buffer.len());
            self.line += 1;
        }
        self.buffer = buffer;
        self.buffer.drain(..at);
        Ok(used_up)
    }

    /// Takes a line's row; one that is no JSON object is refused alone.
    fn take_line(&mut self, line: &[u8], block: &mut BlockBuilder) {
        let mut json = Json::new(line);
        if json.ended() {
            return;
        }
        let start = json.clone();
        let mut taken = self.read_row(&mut json, block);
        if taken.is_ok() && !json.ended() {
            let at = json.offset();
            taken = Err(Malformed { at, reason: "there is text after the row's object" });
        }
        if let Err(malformed) = taken {
            block.refuse_malformed(self.malformed(malformed, line));
        }
        self.end_row(&start, block);
    }

    /// Reads a whole text that is one object, or an array of objects, over many lines.
    pub(crate) fn read_document(&mut self, text: &[u8], block: &mut BlockBuilder) -> Result<()> {
        let mut json = Json::new(text);
        json.skip_space();
        if text.get(json.offset()) != Some(&b'[') {
            while !json.ended() {
                self.take_row(&mut json, text, block)?;
            }
            return Ok(());
        }
        let fail = |this: &Self, malformed| Error::invalid(this.malformed(malformed, text));
        use super::source::Source as _;
        json.enter().map_err(|malformed| fail(self, malformed))?;
        while json.next().map_err(|malformed| fail(self, malformed))? {
            self.take_row(&mut json, text, block)?;
        }
        if json.ended() {
            return Ok(());
        }
        let at = json.offset();
        let reason = "there is text after the array";
        Err(fail(self, Malformed { at, reason }))
    }

    /// Takes one of a document's rows, which cannot be told from the next one where it is
    /// malformed.
    fn take_row(&mut self, json: &mut Json<'_>, text: &[u8], block: &mut BlockBuilder) -> Result<()> {
        let start = json.clone();
        let taken = self.read_row(json, block);
        taken.map_err(|malformed| Error::invalid(self.malformed(malformed, text)))?;
        self.end_row(&start, block);
        Ok(())
    }

    /// Reads a row's values into their columns; `filled` tells which have theirs.
    fn read_row(&mut self, json: &mut Json<'_>, block: &mut BlockBuilder) -> Result<(), Malformed> {
        self.filled.fill(false);
        walk::row(&self.plan, json, block, &mut self.filled)?;
        for at in 0..self.filled.len() {
            if self.filled.get(at) == Some(&true) {
                continue;
            }
            let without_path = !self.plan.has_path(at);
            if !block.leave_out(at, without_path) {
                block.refuse_value(at, b"");
            }
            walk::mark(at, &mut self.filled);
        }
        Ok(())
    }

    /// Ends the row that begins at `start`, however far it was read.
    fn end_row(&mut self, start: &Json<'_>, block: &mut BlockBuilder) {
        for at in 0..self.filled.len() {
            if self.filled.get(at) == Some(&false) {
                block.leave_out(at, true);
            }
        }
        let target = block.target().clone();
        block.end_row(|| walk::texts(&target, start));
    }

    fn malformed(&self, malformed: Malformed, text: &[u8]) -> String {
        let place = self.place(malformed.at, text);
        let excerpt = super::target::excerpt(text.get(malformed.at..).unwrap_or_default());
        let reason = malformed.reason;
        match excerpt.is_empty() {
            true => format!("{place}: {reason}"),
            false => format!("{place}: {reason} at '{excerpt}'"),
        }
    }

    /// `line 3, column 14`, both counted from 1, of a byte of the text being read.
    fn place(&self, at: usize, text: &[u8]) -> String {
        let before = text.get(..at).unwrap_or(text);
        let line = self.line + before.iter().filter(|byte| **byte == b'\n').count();
        let line_start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
        let column = before.len() - line_start + 1;
        format!("line {line}, column {column}")
    }
}
