//! Tables for people: drawn with lines, with few of them, or with spaces.

use arrow::array::RecordBatch;

use super::{Footer, FormatWriter, Frame};

/// Rows shown; the rest is only counted.
const MAX_ROWS: usize = 10_000;

/// The lines of a frame: corners and crossings from left to right, and what runs between.
struct Line(&'static str, &'static str, &'static str, &'static str);

impl FormatWriter {
    pub(super) fn pretty(&self, frame: Frame, footer: &Footer<'_>, out: &mut Vec<u8>) {
        let held: Vec<&RecordBatch> = self.held.iter().collect();
        self.pretty_table(frame, &held, out);
        if self.rows > MAX_ROWS as u64 {
            out.extend_from_slice(format!("  Showed first {MAX_ROWS}.\n").as_bytes());
        }
        if let Some(totals) = footer.totals.filter(|totals| totals.num_rows() > 0) {
            out.extend_from_slice(b"\nTotals:\n");
            self.pretty_table(frame, &[totals], out);
        }
    }

    fn pretty_table(&self, frame: Frame, batches: &[&RecordBatch], out: &mut Vec<u8>) {
        let width = |text: &str| text.chars().count();
        let mut rows: Vec<Vec<String>> = Vec::new();
        for batch in batches {
            for row in 0..batch.num_rows().min(MAX_ROWS.saturating_sub(rows.len())) {
                let cells = self.columns.iter().enumerate();
                let shown = |(at, c): (usize, &crate::engine::OutputColumn)| {
                    String::from_utf8_lossy(&self.shown(batch, row, at, &c.ty)).into_owned()
                };
                rows.push(cells.map(shown).collect());
            }
        }
        if rows.is_empty() {
            return;
        }
        let widest = |at: usize, name: &str| {
            let cells = rows.iter().filter_map(|row| row.get(at)).map(|cell| width(cell));
            cells.chain([width(name)]).max().unwrap_or(0)
        };
        let widths: Vec<usize> =
            self.columns.iter().enumerate().map(|(at, column)| widest(at, &column.name)).collect();
        let margin = rows.len().to_string().len() + 2;
        let space = " ".repeat(margin);
        let aligned = |text: &str, at: usize, fill: &str| {
            let wide = widths.get(at).copied().unwrap_or(0);
            let fill = fill.repeat(wide.saturating_sub(width(text)));
            let number = self.columns.get(at).is_some_and(|column| super::is_right_aligned(&column.ty));
            if number { format!("{fill}{text}") } else { format!("{text}{fill}") }
        };
        let rule = |line: &Line| {
            let parts: Vec<String> = widths.iter().map(|wide| line.3.repeat(wide + 2)).collect();
            format!("{space}{}{}{}\n", line.0, parts.join(line.1), line.2)
        };
        let cells = |row: &[String], fill: &str, between: &str| {
            let all: Vec<String> = row.iter().enumerate().map(|(at, cell)| aligned(cell, at, fill)).collect();
            all.join(between)
        };
        let names: Vec<String> = self.columns.iter().map(|column| column.name.clone()).collect();
        let numbered = |number: usize| format!("{:>width$} ", format!("{number}."), width = margin - 1);
        let mut text = String::new();
        match frame {
            Frame::Full => {
                text.push_str(&rule(&Line("┏", "┳", "┓", "━")));
                text.push_str(&format!("{space}┃ {} ┃\n", cells(&names, " ", " ┃ ")));
                text.push_str(&rule(&Line("┡", "╇", "┩", "━")));
            }
            Frame::Compact => {
                text.push_str(&format!("{space}┌─{}─┐\n", cells(&names, "─", "─┬─")));
            }
            Frame::Space => {
                let names = cells(&names, " ", "   ");
                text.push_str(&format!("{space} {names}\n\n"));
            }
        }
        for (at, row) in rows.iter().enumerate() {
            if at > 0 && frame == Frame::Full {
                text.push_str(&rule(&Line("├", "┼", "┤", "─")));
            }
            let number = numbered(at + 1);
            text.push_str(&match frame {
                Frame::Space => format!("{number} {} \n", cells(row, " ", "   ")),
                _ => format!("{number}│ {} │\n", cells(row, " ", " │ ")),
            });
        }
        if frame != Frame::Space {
            text.push_str(&rule(&Line("└", "┴", "┘", "─")));
        }
        out.extend_from_slice(text.as_bytes());
    }
}
