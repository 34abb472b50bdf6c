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
        out.extend_from_slice(b"\n\t],\n\n\t\"data\":\n\t[\n");
    }

    pub(super) fn document_tail(&self, footer: &Footer<'_>, out: &mut Vec<u8>) {
        out.extend_from_slice(b"\n\t],\n\n");
        if let Some(totals) = footer.totals.filter(|totals| totals.num_rows() > 0) {
            out.extend_from_slice(b"\t\"totals\":\n");
            if self.format == Format::JsonCompact {
                out.extend_from_slice(b"\t[");
                for at in 0..self.columns.len() {
                    if at > 0 {
                        out.extend_from_slice(b", ");
                    }
                    self.json_value(totals, 0, at, out);
                }
                out.extend_from_slice(b"],\n\n");
            } else {
                out.extend_from_slice(b"\t{\n");
                self.members(totals, 0, b"\t\t", b",\n", b": ", out);
                out.extend_from_slice(b"\n\t},\n\n");
            }
        }
        let _ = write!(out, "\t\"rows\": {},\n\n", self.rows);
        if let Some(rows) = footer.rows_before_limit {
            let _ = write!(out, "\t\"rows_before_limit_at_least\": {rows},\n\n");
        }
        out.extend_from_slice(b"\t\"statistics\":\n\t{\n\t\t\"elapsed\": ");
        write_f64(footer.elapsed, out);
        let (rows, bytes) = (footer.statistics.rows_read, footer.statistics.bytes_read);
        let _ = write!(out, ",\n\t\t\"rows_read\": {rows},\n\t\t\"bytes_read\": {bytes}\n\t}}\n}}\n");
    }

    pub(super) fn json_columns(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(b"{\n");
        for (at, column) in self.columns.iter().enumerate() {
            out.extend_from_slice(if at > 0 { b",\n\t" } else { b"\t" });
            write_json_string(column.name.as_bytes(), out);
            out.extend_from_slice(b": [");
            let mut first = true;
            for batch in &self.held {
                for row in 0..batch.num_rows() {
                    if !first {
                        out.extend_from_slice(b", ");
                    }
                    first = false;
                    self.json_value(batch, row, at, out);
                }
            }
            out.push(b']');
        }
        out.extend_from_slice(b"\n}\n");
    }
}
