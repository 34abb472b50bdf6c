//! The JSON documents: meta, data, totals, statistics.

use std::io::Write;

use super::{Footer, Format, FormatWriter};
use crate::text::{write_f64, write_json_string};

impl FormatWriter {
    pub(super) fn document_head(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\n\t\"meta\":\n\t[\n");
        for (at, column) in self.columns.iter().enumerate() {
            if at > 0 {
                out.extend_from_slice(b",\n");
            }
            out.extend_from_slice(b"\t\t{\n\t\t\t\"name\": ");
            write_json_string(column.name.as_bytes(), out);
            out.extend_from_slice(b",\n\t\t\t\"type\": ");
            write_json_string(column.ty.to_string().as_bytes(), out);
            out.extend_from_slice(b"\n\t\t}");
        }
        out.extend_from_slice(b"\n\t],\n\n\t\"data\":\n");
        out.extend_from_slice(if self.format == Format::JsonColumnsWithMetadata {
            b"\t{\n"
        } else {
            b"\t[\n"
        });
    }

    pub(super) fn document_tail(&self, footer: &Footer<'_>, out: &mut Vec<u8>) {
        if self.format == Format::JsonColumnsWithMetadata {
            self.document_head(out);
            self.columns_of("\t\t", true, out);
            out.extend_from_slice(b"\n\t},\n\n");
        } else {
            out.extend_from_slice(b"\n\t],\n\n");
        }
        if let Some(totals) = footer.totals.filter(|totals| totals.num_rows() > 0) {
            out.extend_from_slice(b"\t\"totals\":");
            if matches!(self.format, Format::JsonCompact | Format::JsonCompactStrings) {
                out.extend_from_slice(b" [");
                for at in 0..self.columns.len() {
                    if at > 0 {
                        out.extend_from_slice(b", ");
                    }
                    self.json_value(totals, 0, at, 0, out);
                }
                out.extend_from_slice(b"],\n\n");
            } else {
                out.extend_from_slice(b"\n\t{\n");
                self.members(totals, 0, b"\t\t", b",\n", b": ", out);
                out.extend_from_slice(b"\n\t},\n\n");
            }
        }
        let _ = write!(out, "\t\"rows\": {}", self.rows);
        if let Some(rows) = footer.rows_before_limit {
            let _ = write!(out, ",\n\n\t\"rows_before_limit_at_least\": {rows}");
        }
        if !self.choices.statistics {
            return out.extend_from_slice(b"\n}\n");
        }
        out.extend_from_slice(b",\n\n");
        out.extend_from_slice(b"\t\"statistics\":\n\t{\n\t\t\"elapsed\": ");
        write_f64(footer.elapsed, out);
        let (rows, bytes) = (footer.statistics.rows_read, footer.statistics.bytes_read);
        let _ = write!(out, ",\n\t\t\"rows_read\": {rows},\n\t\t\"bytes_read\": {bytes}\n\t}}\n}}\n");
    }

    pub(super) fn json_columns(&self, out: &mut Vec<u8>) {
        let named = self.format == Format::JsonColumns;
        out.extend_from_slice(if named { b"{\n" } else { b"[\n" });
        self.columns_of("\t", named, out);
        out.extend_from_slice(if named { b"\n}\n" } else { b"\n]\n" });
    }

    /// The held rows column by column.
    fn columns_of(&self, indent: &str, named: bool, out: &mut Vec<u8>) {
        if self.rows == 0 && self.format != Format::JsonColumns {
            return;
        }
        for (at, column) in self.columns.iter().enumerate() {
            if at > 0 {
                out.extend_from_slice(b",\n");
            }
            out.extend_from_slice(indent.as_bytes());
            if named {
                write_json_string(column.name.as_bytes(), out);
                out.extend_from_slice(b": ");
            }
            out.push(b'[');
            let mut first = true;
            for batch in &self.held {
                for row in 0..batch.num_rows() {
                    if !first {
                        out.extend_from_slice(b", ");
                    }
                    first = false;
                    self.json_value(batch, row, at, 0, out);
                }
            }
            out.push(b']');
        }
    }
}
