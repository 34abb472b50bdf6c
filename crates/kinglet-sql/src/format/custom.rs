//! CustomSeparated, whose delimiters and escaping are settings; progress lines; other ways to escape.

use std::io::Write;

use arrow::array::RecordBatch;

use super::choices::Escaping;
use super::{Footer, FormatWriter, Header};
use crate::text::{Style, write_json_string, write_value};

impl FormatWriter {
    /// What stands before the rows: a delimiter, then maybe names and types.
    pub(super) fn custom_head(&self, header: Header, out: &mut Vec<u8>) {
        out.extend_from_slice(self.choices.custom.result_before.as_bytes());
        let names = self.columns.iter().map(|column| column.name.clone()).collect();
        let types = self.columns.iter().map(|column| column.ty.to_string()).collect();
        let lines: Vec<Vec<String>> = match header {
            Header::None => Vec::new(),
            Header::Names => vec![names],
            Header::NamesAndTypes => vec![names, types],
        };
        for line in lines {
            self.custom_cells(line.len(), out, |at, out| {
                let text = line.get(at).map_or("", String::as_str).as_bytes();
                match self.choices.custom.escaping {
                    Escaping::Json => write_json_string(text, out),
                    Escaping::Csv => quoted(text, b'"', out),
                    Escaping::Quoted => quoted(text, b'\'', out),
                    Escaping::Escaped => crate::text::escaped(text, out),
                    _ => out.extend_from_slice(text),
                }
            });
        }
    }

    pub(super) fn custom_row(&self, batch: &RecordBatch, row: usize, number: u64, out: &mut Vec<u8>) {
        let custom = &self.choices.custom;
        if number > 0 {
            out.extend_from_slice(custom.row_between.as_bytes());
        }
        let style = match custom.escaping {
            Escaping::Escaped => Style::Escaped,
            Escaping::Quoted => Style::Quoted,
            Escaping::Csv => Style::Csv,
            Escaping::Json => self.json_style(),
            Escaping::Xml | Escaping::Raw => Style::Plain,
        };
        self.custom_cells(self.columns.len(), out, |at, out| {
            let (Some(array), Some(column)) = (batch.columns().get(at), self.columns.get(at)) else { return };
            let start = out.len();
            write_value(array, row, &column.ty, style, &self.environment, out);
            if custom.escaping == Escaping::Xml {
                let text = out.split_off(start);
                super::xml::escaped(&text, out);
            }
        });
    }

    fn custom_cells(&self, count: usize, out: &mut Vec<u8>, cell: impl Fn(usize, &mut Vec<u8>)) {
        let custom = &self.choices.custom;
        out.extend_from_slice(custom.row_before.as_bytes());
        for at in 0..count {
            if at > 0 {
                out.extend_from_slice(custom.field.as_bytes());
            }
            cell(at, out);
        }
        out.extend_from_slice(custom.row_after.as_bytes());
    }

    /// The first line of JSONEachRowWithProgress: the columns.
    pub(super) fn meta_line(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\"meta\":[");
        for (at, column) in self.columns.iter().enumerate() {
            out.extend_from_slice(if at > 0 { b",{\"name\":" } else { b"{\"name\":" });
            write_json_string(column.name.as_bytes(), out);
            out.extend_from_slice(b",\"type\":");
            write_json_string(column.ty.to_string().as_bytes(), out);
            out.push(b'}');
        }
        out.extend_from_slice(b"]}\n");
    }

    /// Its last lines: the totals, and what was read.
    pub(super) fn progress_lines(&self, footer: &Footer<'_>, out: &mut Vec<u8>) {
        if let Some(totals) = footer.totals.filter(|totals| totals.num_rows() > 0) {
            out.extend_from_slice(b"{\"totals\":{");
            self.members(totals, 0, b"", b",", b":", out);
            out.extend_from_slice(b"}}\n");
        }
        let (rows, bytes) = (footer.statistics.rows_read, footer.statistics.bytes_read);
        let elapsed = (footer.elapsed * 1e9) as u64;
        let _ = writeln!(
            out,
            "{{\"progress\":{{\"read_rows\":\"{rows}\",\"read_bytes\":\"{bytes}\",\"total_rows_to_read\":\"{rows}\",\"elapsed_ns\":\"{elapsed}\"}}}}"
        );
    }
}

fn quoted(text: &[u8], quote: u8, out: &mut Vec<u8>) {
    out.push(quote);
    for byte in text {
        if *byte == quote {
            out.push(quote);
        }
        out.push(*byte);
    }
    out.push(quote);
}

/// Literals with quotes doubled and backslashes as they are, from ones with both escaped.
pub(super) fn doubled(text: &[u8], out: &mut Vec<u8>) {
    let mut bytes = text.iter().copied().peekable();
    while let Some(byte) = bytes.next() {
        match (byte, bytes.peek().copied()) {
            (b'\\', Some(b'\'')) => {
                out.extend_from_slice(b"''");
                bytes.next();
            }
            (b'\\', Some(b'\\')) => {
                out.push(b'\\');
                bytes.next();
            }
            _ => out.push(byte),
        }
    }
}

/// A text with the characters that mean something in Markdown escaped.
pub(super) fn markdown(text: &[u8], out: &mut Vec<u8>) {
    for byte in text {
        if byte.is_ascii_punctuation() {
            out.push(b'\\');
        }
        out.push(*byte);
    }
}
