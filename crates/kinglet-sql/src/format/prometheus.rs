//! The text format of Prometheus: a metric per name, its help and type once.

use arrow::array::{Array, AsArray, RecordBatch};
use kinglet_types::{ErrorCode, Result, SqlError};

use super::FormatWriter;
use crate::text::{Style, bytes_at, write_value};

impl FormatWriter {
    fn place(&self, name: &str) -> Option<usize> {
        self.columns.iter().position(|column| column.name == name)
    }

    /// # Errors
    /// 36 when the columns `name` and `value` are missing.
    pub(super) fn prometheus(&self, out: &mut Vec<u8>) -> Result<()> {
        let missing = |name: &str| {
            let message = format!("Column '{name}' is required for output format 'Prometheus'");
            SqlError::new(ErrorCode::BAD_ARGUMENTS, message)
        };
        let name = self.place("name").ok_or_else(|| missing("name"))?;
        let value = self.place("value").ok_or_else(|| missing("value"))?;
        let rows = || self.held.iter().flat_map(|batch| (0..batch.num_rows()).map(move |row| (batch, row)));
        let mut names: Vec<&[u8]> = Vec::new();
        for (batch, row) in rows() {
            let name = bytes_at(batch.column(name), row);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        for metric in names {
            let of_metric: Vec<_> =
                rows().filter(|(batch, row)| bytes_at(batch.column(name), *row) == metric).collect();
            for (word, column) in [("HELP", "help"), ("TYPE", "type")] {
                let place = self.place(column);
                let texts =
                    of_metric.iter().filter_map(|(batch, row)| Some(bytes_at(batch.column(place?), *row)));
                if let Some(text) = texts.into_iter().find(|text| !text.is_empty()) {
                    out.extend_from_slice(format!("# {word} ").as_bytes());
                    out.extend_from_slice(metric);
                    out.push(b' ');
                    out.extend_from_slice(text);
                    out.push(b'\n');
                }
            }
            for (batch, row) in of_metric {
                out.extend_from_slice(metric);
                self.prometheus_labels(batch, row, out);
                for column in [Some(value), self.place("timestamp")].into_iter().flatten() {
                    let array = batch.column(column);
                    if let (Some(known), false) = (self.columns.get(column), array.is_null(row)) {
                        let mut text = Vec::new();
                        write_value(array, row, &known.ty, Style::Plain, &self.environment, &mut text);
                        if column == value || text != b"0" {
                            out.push(b' ');
                            out.extend(text);
                        }
                    }
                }
                out.push(b'\n');
            }
            out.push(b'\n');
        }
        Ok(())
    }

    fn prometheus_labels(&self, batch: &RecordBatch, row: usize, out: &mut Vec<u8>) {
        let Some(maps) = self.place("labels").and_then(|at| batch.column(at).as_map_opt()) else { return };
        let entries = maps.value(row);
        if entries.is_empty() {
            return;
        }
        out.push(b'{');
        let mut order: Vec<usize> = (0..entries.len()).collect();
        order.sort_by_key(|at| bytes_at(entries.column(0), *at));
        for (place, at) in order.into_iter().enumerate() {
            if place > 0 {
                out.push(b',');
            }
            out.extend_from_slice(bytes_at(entries.column(0), at));
            out.extend_from_slice(b"=\"");
            for byte in bytes_at(entries.column(1), at) {
                match byte {
                    b'"' | b'\\' => out.extend([b'\\', *byte]),
                    b'\n' => out.extend_from_slice(b"\\n"),
                    other => out.push(*other),
                }
            }
            out.push(b'"');
        }
        out.push(b'}');
    }
}
