//! JSON documents as ClickHouse lays them out: meta, data, rows, statistics.

use super::{Figures, Format, Layout};
use crate::error::Result;
use arrow::array::RecordBatch;
use kinglet_sql::text::{Style, write_json_string, write_value};

/// How a row is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Row {
    /// `{"a": 1}`
    Object,
    /// `[1]`
    Array,
    /// `{"a": "1"}`
    Texts,
}

/// A whole document.
pub(super) struct Document {
    layout: Layout,
    row: Row,
    first: bool,
}

impl Document {
    pub(super) fn new(layout: Layout, row: Row) -> Document {
        Document { layout, row, first: true }
    }

    fn cell(&self, batch: &RecordBatch, row: usize, at: usize, out: &mut Vec<u8>) {
        let (Some(column), Some(array)) = (self.layout.columns.get(at), batch.columns().get(at)) else {
            return;
        };
        if self.row == Row::Texts && !array.is_null(row) {
            let mut text = Vec::new();
            write_value(array, row, &column.ty, Style::Plain, &self.layout.environment, &mut text);
            write_json_string(&text, out);
            return;
        }
        let style = json_style(&self.layout);
        write_value(array, row, &column.ty, style, &self.layout.environment, out);
    }
}

/// JSON's style with the call's settings.
pub(super) fn json_style(layout: &Layout) -> Style {
    Style::Json { quote_64_bit: layout.quote_64_bit, quote_denormals: layout.quote_denormals }
}

impl Format for Document {
    fn begin(&mut self, out: &mut Vec<u8>) -> Result<()> {
        out.extend_from_slice(b"{\n\t\"meta\":\n\t[");
        for (at, column) in self.layout.columns.iter().enumerate() {
            out.extend_from_slice(if at == 0 { b"\n" } else { b",\n" });
            out.extend_from_slice(b"\t\t{\n\t\t\t\"name\": ");
            write_json_string(column.name.as_bytes(), out);
            out.extend_from_slice(b",\n\t\t\t\"type\": ");
            write_json_string(column.ty.to_string().as_bytes(), out);
            out.extend_from_slice(b"\n\t\t}");
        }
        out.extend_from_slice(b"\n\t],\n\n\t\"data\":\n\t[\n");
        Ok(())
    }

    fn rows(&mut self, batch: &RecordBatch, out: &mut Vec<u8>) -> Result<()> {
        for row in 0..batch.num_rows() {
            if !std::mem::take(&mut self.first) {
                out.extend_from_slice(b",\n");
            }
            if self.row == Row::Array {
                out.extend_from_slice(b"\t\t[");
                for at in 0..self.layout.columns.len() {
                    out.extend_from_slice(if at == 0 { b"" } else { b", " });
                    self.cell(batch, row, at, out);
                }
                out.push(b']');
                continue;
            }
            out.extend_from_slice(b"\t\t{");
            for (at, column) in self.layout.columns.iter().enumerate() {
                out.extend_from_slice(if at == 0 { b"\n\t\t\t" } else { b",\n\t\t\t" });
                write_json_string(column.name.as_bytes(), out);
                out.extend_from_slice(b": ");
                self.cell(batch, row, at, out);
            }
            out.extend_from_slice(b"\n\t\t}");
        }
        Ok(())
    }

    fn end(&mut self, figures: &Figures, out: &mut Vec<u8>) -> Result<()> {
        let Figures { rows, elapsed_secs, rows_read, bytes_read } = figures;
        let newline = if self.first { "" } else { "\n" };
        let text = format!(
            "{newline}\t],\n\n\t\"rows\": {rows},\n\n\t\"statistics\":\n\t{{\n\t\t\"elapsed\": {elapsed_secs:.9},\n\t\t\"rows_read\": {rows_read},\n\t\t\"bytes_read\": {bytes_read}\n\t}}\n}}\n"
        );
        out.extend_from_slice(text.as_bytes());
        Ok(())
    }
}
