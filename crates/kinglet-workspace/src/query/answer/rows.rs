//! Formats of one line per row: JSON lines, CSV, TSV.

use super::json::json_style;
use super::{Figures, Format, Layout};
use crate::error::Result;
use arrow::array::RecordBatch;
use kinglet_sql::text::{Style, write_json_string, write_value};

/// What a line looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// `{"a":1}`
    Objects,
    /// `[1]`, with names and types first where `head`.
    Arrays {
        /// Two lines of names and types first.
        head: bool,
    },
    /// `1,"x"`
    Csv {
        /// A line of names first.
        names: bool,
    },
    /// `1<tab>x`
    Tsv {
        /// A line of names first.
        names: bool,
        /// A line of types after it.
        types: bool,
    },
}

/// Lines.
pub(super) struct Rows {
    layout: Layout,
    shape: Shape,
    style: Style,
    /// `"name":` of each column, for objects.
    keys: Vec<Vec<u8>>,
}

impl Rows {
    pub(super) fn new(layout: Layout, shape: Shape) -> Rows {
        let style = match shape {
            Shape::Objects | Shape::Arrays { .. } => json_style(&layout),
            Shape::Csv { .. } => Style::Csv,
            Shape::Tsv { .. } => Style::Escaped,
        };
        let key = |name: &str| {
            let mut key = Vec::new();
            write_json_string(name.as_bytes(), &mut key);
            key.push(b':');
            key
        };
        let keys = layout.columns.iter().map(|column| key(&column.name)).collect();
        Rows { layout, shape, style, keys }
    }

    fn brackets(&self) -> (&'static [u8], &'static [u8], &'static [u8]) {
        match self.shape {
            Shape::Objects => (b"{", b",", b"}\n"),
            Shape::Arrays { .. } => (b"[", b", ", b"]\n"),
            Shape::Csv { .. } => (b"", b",", b"\n"),
            Shape::Tsv { .. } => (b"", b"\t", b"\n"),
        }
    }

    fn head(&self, texts: impl Iterator<Item = String>, out: &mut Vec<u8>) {
        let (open, between, close) = self.brackets();
        out.extend_from_slice(open);
        for (at, text) in texts.enumerate() {
            if at > 0 {
                out.extend_from_slice(between);
            }
            match self.shape {
                Shape::Objects | Shape::Arrays { .. } => write_json_string(text.as_bytes(), out),
                Shape::Csv { .. } => {
                    let quoted = text.replace('"', "\"\"");
                    out.extend_from_slice(format!("\"{quoted}\"").as_bytes());
                }
                Shape::Tsv { .. } => {
                    let escaped = text.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n");
                    out.extend_from_slice(escaped.as_bytes());
                }
            }
        }
        out.extend_from_slice(close);
    }
}

impl Format for Rows {
    fn begin(&mut self, out: &mut Vec<u8>) -> Result<()> {
        let (names, types) = match self.shape {
            Shape::Objects => (false, false),
            Shape::Arrays { head } => (head, head),
            Shape::Csv { names } => (names, false),
            Shape::Tsv { names, types } => (names, types),
        };
        if names {
            self.head(self.layout.columns.iter().map(|column| column.name.clone()), out);
        }
        if types {
            self.head(self.layout.columns.iter().map(|column| column.ty.to_string()), out);
        }
        Ok(())
    }

    fn rows(&mut self, batch: &RecordBatch, out: &mut Vec<u8>) -> Result<()> {
        let (open, between, close) = self.brackets();
        for row in 0..batch.num_rows() {
            out.extend_from_slice(open);
            for (at, (column, array)) in self.layout.columns.iter().zip(batch.columns()).enumerate() {
                if at > 0 {
                    out.extend_from_slice(between);
                }
                if self.shape == Shape::Objects
                    && let Some(key) = self.keys.get(at)
                {
                    out.extend_from_slice(key);
                }
                write_value(array, row, &column.ty, self.style, &self.layout.environment, out);
            }
            out.extend_from_slice(close);
        }
        Ok(())
    }

    fn end(&mut self, _: &Figures, _: &mut Vec<u8>) -> Result<()> {
        Ok(())
    }
}
