//! Formats that write row by row.

use std::io::Write;

use arrow::array::RecordBatch;
use kinglet_types::ChType;

use super::{Format, FormatWriter, Header};
use crate::text::{Style, write_json_string, write_value};

impl FormatWriter {
    pub(super) fn json_style(&self) -> Style {
        Style::Json {
            quote_64_bit: self.options.quote_64_bit_integers,
            quote_denormals: self.options.quote_denormals,
        }
    }

    /// The value of a column as JSON, or as a JSON text where the format says so.
    pub(super) fn json_value(&self, batch: &RecordBatch, row: usize, column: usize, out: &mut Vec<u8>) {
        let (Some(array), Some(known)) = (batch.columns().get(column), self.columns.get(column)) else {
            return;
        };
        if matches!(self.format, Format::JsonStrings | Format::JsonStringsEachRow) {
            let mut text = Vec::new();
            if array.is_null(row) {
                text.extend_from_slice("ᴺᵁᴸᴸ".as_bytes());
            } else {
                write_value(array, row, &known.ty, Style::Plain, &self.environment, &mut text);
            }
            write_json_string(&text, out);
        } else {
            write_value(array, row, &known.ty, self.json_style(), &self.environment, out);
        }
    }

    /// Names, and types if wanted, as rows of the format.
    pub(super) fn header(&self, header: Header, out: &mut Vec<u8>) {
        let names: Vec<String> = self.columns.iter().map(|column| column.name.clone()).collect();
        let types: Vec<String> = self.columns.iter().map(|column| column.ty.to_string()).collect();
        match header {
            Header::None => {}
            Header::Names => self.header_line(&names, out),
            Header::NamesAndTypes => {
                self.header_line(&names, out);
                self.header_line(&types, out);
            }
        }
    }

    fn header_line(&self, cells: &[String], out: &mut Vec<u8>) {
        let (open, separator, close): (&[u8], &[u8], &[u8]) = match self.format {
            Format::JsonCompactEachRow(_) => (b"[", b", ", b"]\n"),
            Format::Csv(_) => (b"", b",", b"\n"),
            _ => (b"", b"\t", b"\n"),
        };
        out.extend_from_slice(open);
        for (at, cell) in cells.iter().enumerate() {
            if at > 0 {
                out.extend_from_slice(separator);
            }
            match self.format {
                Format::JsonCompactEachRow(_) => write_json_string(cell.as_bytes(), out),
                Format::Csv(_) => {
                    let _ = write!(out, "\"{}\"", cell.replace('"', "\"\""));
                }
                _ => out.extend_from_slice(
                    cell.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").as_bytes(),
                ),
            }
        }
        out.extend_from_slice(close);
    }

    pub(super) fn markdown_head(&self, out: &mut Vec<u8>) {
        out.push(b'|');
        for column in &self.columns {
            let _ = write!(out, " {} |", column.name);
        }
        out.extend_from_slice(b"\n|");
        for column in &self.columns {
            out.extend_from_slice(if column.ty.is_number() { b"-:|" } else { b":-|" });
        }
        out.push(b'\n');
    }

    /// One row; `number` counts all rows written before.
    pub(super) fn row(&self, batch: &RecordBatch, row: usize, number: u64, out: &mut Vec<u8>) {
        let width = self.columns.len();
        let cell = |at: usize, style: Style, out: &mut Vec<u8>| {
            if let (Some(array), Some(column)) = (batch.columns().get(at), self.columns.get(at)) {
                write_value(array, row, &column.ty, style, &self.environment, out);
            }
        };
        let joined = |separator: &[u8], style: Style, out: &mut Vec<u8>| {
            for at in 0..width {
                if at > 0 {
                    out.extend_from_slice(separator);
                }
                cell(at, style, out);
            }
        };
        match self.format {
            Format::Json | Format::JsonStrings => {
                out.extend_from_slice(if number > 0 { b",\n\t\t{\n" } else { b"\t\t{\n" });
                self.members(batch, row, b"\t\t\t", b",\n", b": ", out);
                out.extend_from_slice(b"\n\t\t}");
            }
            Format::JsonCompact => {
                out.extend_from_slice(if number > 0 { b",\n\t\t[" } else { b"\t\t[" });
                joined(b", ", self.json_style(), out);
                out.push(b']');
            }
            Format::JsonEachRow | Format::JsonStringsEachRow => {
                out.push(b'{');
                self.members(batch, row, b"", b",", b":", out);
                out.extend_from_slice(b"}\n");
            }
            Format::JsonCompactEachRow(_) => {
                out.push(b'[');
                joined(b", ", self.json_style(), out);
                out.extend_from_slice(b"]\n");
            }
            Format::Csv(_) => {
                joined(b",", Style::Csv, out);
                out.push(b'\n');
            }
            Format::Tsv(_) => {
                joined(b"\t", Style::Escaped, out);
                out.push(b'\n');
            }
            Format::TsvRaw(_) => {
                joined(b"\t", Style::Plain, out);
                out.push(b'\n');
            }
            Format::Values => {
                out.extend_from_slice(if number > 0 { b",(" } else { b"(" });
                joined(b",", Style::Quoted, out);
                out.push(b')');
            }
            Format::Markdown => {
                out.extend_from_slice(b"| ");
                joined(b" | ", Style::Escaped, out);
                out.extend_from_slice(b" |\n");
            }
            Format::Vertical => {
                let title = format!("Row {}:", number + 1);
                let _ = writeln!(
                    out,
                    "{}{title}\n{}",
                    if number > 0 { "\n" } else { "" },
                    "─".repeat(title.len())
                );
                let longest =
                    self.columns.iter().map(|column| column.name.chars().count()).max().unwrap_or(0);
                for (at, column) in self.columns.iter().enumerate() {
                    let pad = " ".repeat(longest - column.name.chars().count());
                    let _ = write!(out, "{}: {pad}", column.name);
                    out.extend_from_slice(&self.shown(batch, row, at, &column.ty));
                    out.push(b'\n');
                }
            }
            _ => {}
        }
    }

    /// A value for people: NULL as a small word.
    pub(super) fn shown(&self, batch: &RecordBatch, row: usize, at: usize, ty: &ChType) -> Vec<u8> {
        let mut text = Vec::new();
        match batch.columns().get(at) {
            Some(array) if array.is_null(row) || *array.data_type() == arrow::datatypes::DataType::Null => {
                text.extend_from_slice("ᴺᵁᴸᴸ".as_bytes());
            }
            Some(array) => write_value(array, row, ty, Style::Plain, &self.environment, &mut text),
            None => {}
        }
        text
    }

    /// `name: value` pairs of an object.
    pub(super) fn members(
        &self,
        batch: &RecordBatch,
        row: usize,
        indent: &[u8],
        separator: &[u8],
        colon: &[u8],
        out: &mut Vec<u8>,
    ) {
        for (at, column) in self.columns.iter().enumerate() {
            if at > 0 {
                out.extend_from_slice(separator);
            }
            out.extend_from_slice(indent);
            write_json_string(column.name.as_bytes(), out);
            out.extend_from_slice(colon);
            self.json_value(batch, row, at, out);
        }
    }
}
