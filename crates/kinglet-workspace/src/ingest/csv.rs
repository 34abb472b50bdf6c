//! CSV (RFC 4180) in ClickHouse's and Tinybird's dialect, read in chunks.

mod dialect;
mod record;

use super::block::BlockBuilder;
use super::column::Refusal;
use super::target::Target;
use crate::error::{Error, Result};
pub use dialect::Dialect;
use record::{Cells, Fault, Found};

/// Longest record that is read, in bytes.
const MAX_RECORD_BYTES: usize = 16 << 20;

/// Reads chunks of CSV into a block.
pub(crate) struct CsvReader {
    dialect: Option<Dialect>,
    buffer: Vec<u8>,
    /// Line of the next record, counted from 1.
    line: usize,
    /// Cell of each target column; empty until the first record was seen.
    mapping: Option<Vec<Option<usize>>>,
    n_cells: usize,
    cells: Cells,
}

impl CsvReader {
    /// `dialect` is guessed from the first chunk when `None`.
    pub(crate) fn new(dialect: Option<Dialect>) -> CsvReader {
        CsvReader { dialect, buffer: Vec::new(), line: 1, mapping: None, n_cells: 0, cells: Cells::default() }
    }

    /// Adds a chunk, and reads records into `block` until it has `max_rows` or the chunk
    /// is used up. False when the block is full and there is more: call again with
    /// an empty chunk. `last` says that nothing follows.
    pub(crate) fn read(
        &mut self,
        chunk: &[u8],
        last: bool,
        block: &mut BlockBuilder,
        max_rows: usize,
    ) -> Result<bool> {
        self.buffer.extend_from_slice(chunk);
        if self.dialect.is_none() && !self.buffer.is_empty() {
            skip_byte_order_mark(&mut self.buffer);
            self.dialect = Some(Dialect::guess(&self.buffer));
        }
        let Some(dialect) = self.dialect.clone() else {
            return Ok(true);
        };
        let buffer = std::mem::take(&mut self.buffer);
        let mut at = 0;
        let mut used_up = true;
        while at < buffer.len() {
            if block.n_rows() >= max_rows {
                used_up = false;
                break;
            }
            let rest = buffer.get(at..).unwrap_or_default();
            match self.cells.read(rest, last, &dialect) {
                Found::Record { len, n_lines } => {
                    self.take_record(rest, block);
                    self.line += n_lines;
                    at += len;
                }
                Found::Nothing if rest.len() > MAX_RECORD_BYTES => {
                    let line = self.line;
                    return Err(Error::invalid(format!(
                        "line {line}: the record is longer than {MAX_RECORD_BYTES} bytes; is a quote left open?"
                    )));
                }
                Found::Nothing => break,
                Found::Broken(fault) => return Err(self.broken(fault)),
            }
        }
        self.buffer = buffer;
        self.buffer.drain(..at);
        Ok(used_up)
    }

    fn broken(&self, fault: Fault) -> Error {
        let line = self.line + fault.lines_down;
        let column = fault.cell + 1;
        Error::invalid(format!("line {line}, column {column}: {}", fault.reason))
    }

    fn take_record(&mut self, text: &[u8], block: &mut BlockBuilder) {
        if self.cells.is_blank(text) {
            return;
        }
        let Some(mapping) = self.mapping.take() else {
            return self.take_first(text, block);
        };
        self.take_row(text, &mapping, block);
        self.mapping = Some(mapping);
    }

    /// The first record: a header when most of its cells name columns, otherwise a row.
    fn take_first(&mut self, text: &[u8], block: &mut BlockBuilder) {
        let target = block.target().clone();
        self.n_cells = self.cells.len();
        let names: Vec<String> = (0..self.n_cells)
            .map(|at| String::from_utf8_lossy(&self.cells.get(text, at)).into_owned())
            .collect();
        if let Some(mapping) = header_mapping(&names, &target) {
            self.mapping = Some(mapping);
            return;
        }
        let positions = (0..target.columns.len()).map(|at| (at < self.n_cells).then_some(at)).collect();
        self.mapping = Some(positions);
        self.take_record(text, block);
    }

    fn take_row(&mut self, text: &[u8], mapping: &[Option<usize>], block: &mut BlockBuilder) {
        let line = self.line;
        if self.cells.len() > self.n_cells && !self.cells.rest_is_empty(text, self.n_cells) {
            let (found, first) = (self.cells.len(), self.n_cells);
            block.refuse(None, format!("line {line} has {found} cells where the first line has {first}"));
        }
        for (at, cell) in mapping.iter().enumerate() {
            let value = match cell.filter(|cell| *cell < self.cells.len()) {
                Some(cell) => self.cells.get(text, cell),
                None => b"".as_slice().into(),
            };
            let Some(column) = block.column(at) else {
                continue;
            };
            let taken = if value.is_empty() && !self.cells.is_quoted(*cell) {
                let text_fits = column.takes_empty_text();
                block.leave_out(at, text_fits || cell.is_none())
            } else {
                match column.push_text(&value) {
                    Ok(()) => true,
                    Err(Refusal::NotOfType | Refusal::Malformed(_)) => false,
                }
            };
            if !taken {
                block.refuse_value(at, &value);
            }
        }
        block.end_row(|| self.texts(text, mapping));
    }

    /// The cells of the columns, as they are.
    fn texts(&self, text: &[u8], mapping: &[Option<usize>]) -> Vec<Option<Vec<u8>>> {
        let cell = |cell: &Option<usize>| {
            let at = cell.filter(|at| *at < self.cells.len())?;
            Some(self.cells.get(text, at).into_owned())
        };
        mapping.iter().map(cell).collect()
    }
}

/// Which cell each column is in, when at least half of the cells name columns, or every column is
/// named exactly: a file may have many more cells than the data source takes.
fn header_mapping(names: &[String], target: &Target) -> Option<Vec<Option<usize>>> {
    let position = |column: &str| {
        let exact = names.iter().position(|name| name.trim() == column);
        exact.or_else(|| {
            let column = normalised(column);
            names.iter().position(|name| normalised(name) == column)
        })
    };
    let mapping: Vec<Option<usize>> = target.columns.iter().map(|column| position(&column.name)).collect();
    let n_named = mapping.iter().flatten().count();
    let all_exact =
        || target.columns.iter().all(|column| names.iter().any(|name| name.trim() == column.name));
    (n_named > 0 && (n_named * 2 >= names.len() || all_exact())).then_some(mapping)
}

/// A header's cell as a column name: lower case, `_` for anything but letters and digits.
fn normalised(name: &str) -> String {
    let name: String = name
        .trim()
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' })
        .collect();
    match name.starts_with(|c: char| c.is_ascii_digit()) {
        true => format!("c_{name}"),
        false => name,
    }
}

fn skip_byte_order_mark(buffer: &mut Vec<u8>) {
    if buffer.starts_with(b"\xef\xbb\xbf") {
        buffer.drain(..3);
    }
}
