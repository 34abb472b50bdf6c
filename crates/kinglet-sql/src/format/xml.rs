//! XML: the parts of the JSON document as elements.

use std::io::Write;

use arrow::array::{Array, ArrayRef, AsArray, RecordBatch};
use kinglet_types::ChType;

use super::{Footer, FormatWriter};
use crate::Environment;
use crate::text::{Style, write_f64, write_value};

impl FormatWriter {
    pub(super) fn xml_head(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(
            b"<?xml version='1.0' encoding='UTF-8' ?>\n<result>\n\t<meta>\n\t\t<columns>\n",
        );
        for column in &self.columns {
            out.extend_from_slice(b"\t\t\t<column>\n\t\t\t\t<name>");
            escaped(column.name.as_bytes(), out);
            out.extend_from_slice(b"</name>\n\t\t\t\t<type>");
            escaped(column.ty.to_string().as_bytes(), out);
            out.extend_from_slice(b"</type>\n\t\t\t</column>\n");
        }
        out.extend_from_slice(b"\t\t</columns>\n\t</meta>\n\t<data>\n");
    }

    pub(super) fn xml_row(&self, batch: &RecordBatch, row: usize, out: &mut Vec<u8>) {
        out.extend_from_slice(b"\t\t<row>\n");
        self.xml_fields(batch, row, "\t\t\t", out);
        out.extend_from_slice(b"\t\t</row>\n");
    }

    fn xml_fields(&self, batch: &RecordBatch, row: usize, indent: &str, out: &mut Vec<u8>) {
        for (column, array) in self.columns.iter().zip(batch.columns()) {
            let name = element_name(&column.name);
            let _ = write!(out, "{indent}<{name}>");
            value(array, row, &column.ty, &self.environment, out);
            let _ = writeln!(out, "</{name}>");
        }
    }

    pub(super) fn xml_tail(&self, footer: &Footer<'_>, out: &mut Vec<u8>) {
        out.extend_from_slice(b"\t</data>\n");
        if let Some(totals) = footer.totals.filter(|totals| totals.num_rows() > 0) {
            out.extend_from_slice(b"\t<totals>\n");
            self.xml_fields(totals, 0, "\t\t", out);
            out.extend_from_slice(b"\t</totals>\n");
        }
        let _ = writeln!(out, "\t<rows>{}</rows>", self.rows);
        if let Some(rows) = footer.rows_before_limit {
            let _ = writeln!(out, "\t<rows_before_limit_at_least>{rows}</rows_before_limit_at_least>");
        }
        out.extend_from_slice(b"\t<statistics>\n\t\t<elapsed>");
        write_f64(footer.elapsed, out);
        let (rows, bytes) = (footer.statistics.rows_read, footer.statistics.bytes_read);
        let _ = write!(
            out,
            "</elapsed>\n\t\t<rows_read>{rows}</rows_read>\n\t\t<bytes_read>{bytes}</bytes_read>\n\t</statistics>\n</result>\n"
        );
    }
}

/// The column's name where it is one of an element, else `field`.
fn element_name(name: &str) -> String {
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    let fits = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-' || c == '.');
    if begins && fits { name.to_owned() } else { "field".to_owned() }
}

pub(super) fn escaped(text: &[u8], out: &mut Vec<u8>) {
    for byte in text {
        match byte {
            b'<' => out.extend_from_slice(b"&lt;"),
            b'&' => out.extend_from_slice(b"&amp;"),
            other => out.push(*other),
        }
    }
}

fn value(array: &ArrayRef, row: usize, ty: &ChType, environment: &Environment, out: &mut Vec<u8>) {
    if array.is_null(row) || ty.is_only_null() {
        return out.extend_from_slice(b"\\N");
    }
    match ty {
        ChType::Nullable(inner) | ChType::LowCardinality(inner) => value(array, row, inner, environment, out),
        ChType::Variant(_) | ChType::Dynamic(_) => {
            if let Ok((ty, array)) = crate::tagged::decoded(crate::text::bytes_at(array, row)) {
                value(&array, 0, &ty, environment, out);
            }
        }
        ChType::Array(element) => {
            let Some(lists) = array.as_list_opt::<i32>() else { return };
            let elements = lists.value(row);
            out.extend_from_slice(b"<array>");
            for at in 0..elements.len() {
                out.extend_from_slice(b"<elem>");
                value(&elements, at, element, environment, out);
                out.extend_from_slice(b"</elem>");
            }
            out.extend_from_slice(b"</array>");
        }
        ChType::Tuple(fields) => {
            let Some(tuple) = array.as_struct_opt() else { return };
            out.extend_from_slice(b"<tuple>");
            for ((_, ty), column) in fields.iter().zip(tuple.columns()) {
                out.extend_from_slice(b"<elem>");
                value(column, row, ty, environment, out);
                out.extend_from_slice(b"</elem>");
            }
            out.extend_from_slice(b"</tuple>");
        }
        ChType::Map(key, of) => {
            let Some(maps) = array.as_map_opt() else { return };
            let entries = maps.value(row);
            out.extend_from_slice(b"<map>");
            for at in 0..entries.len() {
                out.extend_from_slice(b"<elem><key>");
                value(entries.column(0), at, key, environment, out);
                out.extend_from_slice(b"</key><value>");
                value(entries.column(1), at, of, environment, out);
                out.extend_from_slice(b"</value></elem>");
            }
            out.extend_from_slice(b"</map>");
        }
        _ => {
            let mut text = Vec::new();
            write_value(array, row, ty, Style::Plain, environment, &mut text);
            escaped(&text, out);
        }
    }
}
