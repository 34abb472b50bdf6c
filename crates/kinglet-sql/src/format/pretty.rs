//! A table drawn with lines, as PrettyCompact.

use super::FormatWriter;

/// Rows shown; the rest is only counted.
const MAX_ROWS: usize = 10_000;

impl FormatWriter {
    pub(super) fn pretty(&self, out: &mut Vec<u8>) {
        let width = |text: &str| text.chars().count();
        let mut rows: Vec<Vec<String>> = Vec::new();
        for batch in &self.held {
            for row in 0..batch.num_rows() {
                if rows.len() < MAX_ROWS {
                    let cells = self.columns.iter().enumerate();
                    let cells = cells.map(|(at, c)| {
                        String::from_utf8_lossy(&self.shown(batch, row, at, &c.ty)).into_owned()
                    });
                    rows.push(cells.collect());
                }
            }
        }
        if rows.is_empty() {
            return;
        }
        let widths: Vec<usize> = self
            .columns
            .iter()
            .enumerate()
            .map(|(at, column)| {
                rows.iter()
                    .filter_map(|row| row.get(at))
                    .map(|cell| width(cell))
                    .chain([width(&column.name)])
                    .max()
                    .unwrap_or(0)
            })
            .collect();
        let margin = rows.len().to_string().len() + 2;
        let mut text = " ".repeat(margin);
        for (at, (column, wide)) in self.columns.iter().zip(&widths).enumerate() {
            let fill = "─".repeat(wide - width(&column.name));
            let name = if column.ty.is_number() {
                format!("{fill}{}", column.name)
            } else {
                format!("{}{fill}", column.name)
            };
            text.push_str(if at == 0 { "┌─" } else { "┬─" });
            text.push_str(&name);
            text.push('─');
        }
        text.push_str("┐\n");
        for (number, row) in rows.iter().enumerate() {
            text.push_str(&format!("{:>width$} ", format!("{}.", number + 1), width = margin - 1));
            for ((column, cell), wide) in self.columns.iter().zip(row).zip(&widths) {
                let fill = " ".repeat(wide - width(cell));
                let cell =
                    if column.ty.is_number() { format!("{fill}{cell}") } else { format!("{cell}{fill}") };
                text.push_str(&format!("│ {cell} "));
            }
            text.push_str("│\n");
        }
        text.push_str(&" ".repeat(margin));
        for (at, wide) in widths.iter().enumerate() {
            text.push_str(if at == 0 { "└" } else { "┴" });
            text.push_str(&"─".repeat(wide + 2));
        }
        text.push_str("┘\n");
        out.extend_from_slice(text.as_bytes());
    }
}
