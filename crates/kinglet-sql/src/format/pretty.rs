//! Tables for people: drawn with lines, with few of them, or with spaces.

use arrow::array::RecordBatch;
use kinglet_types::ChType;

use super::{Footer, FormatWriter, Frame};

/// The lines of a frame: corners and crossings from left to right, and what runs between.
struct Line(&'static str, &'static str, &'static str, &'static str);

/// The table as texts, with what is needed to place them.
struct Table {
    /// Row number and the lines of each cell.
    rows: Vec<(u64, Vec<Vec<String>>)>,
    /// Readable size of the last cell of each row, where it is a large number.
    tips: Vec<String>,
    /// Position among `rows` before which rows were left out.
    gap: Option<usize>,
    total: usize,
    widths: Vec<usize>,
}

fn width(text: &str) -> usize {
    text.chars().filter(|c| !c.is_control()).count()
}

impl FormatWriter {
    pub(super) fn pretty(&self, frame: Frame, footer: &Footer<'_>, out: &mut Vec<u8>) {
        let held: Vec<&RecordBatch> = self.held.iter().collect();
        self.pretty_table(frame, &held, out);
        if let Some(totals) = footer.totals.filter(|totals| totals.num_rows() > 0) {
            out.extend_from_slice(b"\nTotals:\n");
            self.pretty_table(frame, &[totals], out);
        }
    }

    /// The cells of the rows shown: the first and the last ones where there are too many.
    fn cells(&self, batches: &[&RecordBatch]) -> Table {
        let total: usize = batches.iter().map(|batch| batch.num_rows()).sum();
        let most = self.choices.max_rows;
        let (head, tail) = if total > most { (most.div_ceil(2), most / 2) } else { (total, 0) };
        let single = total == 1 && self.columns.len() == 1 && !self.choices.single_max_width;
        let mut rows = Vec::new();
        let mut tips = Vec::new();
        let mut number = 0_u64;
        for batch in batches {
            for row in 0..batch.num_rows() {
                number += 1;
                if number > head as u64 && number + tail as u64 <= total as u64 {
                    continue;
                }
                let cells = self.columns.iter().enumerate().map(|(at, column)| {
                    let text = self.shown(batch, row, at, &column.ty);
                    let mut text = String::from_utf8_lossy(&text).into_owned();
                    if self.choices.ascii && text == "ᴺᵁᴸᴸ" {
                        text = "NULL".to_owned();
                    }
                    if !single && width(&text) > self.choices.max_width {
                        text = text.chars().take(self.choices.max_width).chain(['⋯']).collect();
                    }
                    text.split('\n').map(str::to_owned).collect()
                });
                rows.push((number, cells.collect::<Vec<Vec<String>>>()));
                tips.push(self.tip(batch, row, self.columns.len().saturating_sub(1)));
            }
        }
        let widest = |at: usize, name: &str| {
            let lines = rows.iter().filter_map(|(_, row)| row.get(at)).flatten();
            lines.map(|line| width(line.trim_end_matches('⋯'))).chain([width(name)]).max().unwrap_or(0)
        };
        let widths = self.columns.iter().enumerate().map(|(at, column)| widest(at, &column.name)).collect();
        Table { rows, tips, gap: (total > most).then_some(head), total, widths }
    }

    /// ` -- 1.23 million` for a number that is hard to read, else nothing.
    pub(super) fn tip(&self, batch: &RecordBatch, row: usize, at: usize) -> String {
        let threshold = self.choices.tip_threshold;
        let Some(column) = self.columns.get(at) else { return String::new() };
        let bare = column.ty.bare();
        let number = bare.is_number() && !matches!(bare, ChType::Bool | ChType::Interval(_));
        if threshold <= 0.0 || !number {
            return String::new();
        }
        let text = String::from_utf8_lossy(&self.shown(batch, row, at, &column.ty)).into_owned();
        // Whole numbers are taken as 64 bits with a sign.
        let large = match text.parse::<i128>() {
            Ok(whole) if bare.is_integer() => (whole as i64).wrapping_abs() as f64 > threshold,
            _ => text.parse::<f64>().is_ok_and(|value| value.abs() > threshold && value.is_finite()),
        };
        match text.parse::<f64>() {
            Ok(value) if large => format!(" -- {}", readable(value)),
            _ => String::new(),
        }
    }

    fn falls_back(&self, table: &Table) -> bool {
        let wide = table.widths.iter().map(|width| width + 3).sum::<usize>() + 1 >= 250;
        let lines = table.rows.iter().flat_map(|(_, row)| row).any(|cell| cell.len() > 1);
        let wanted = self.environment.flag("output_format_pretty_fallback_to_vertical", true);
        wanted && table.total <= 10 && table.widths.len() >= 5 && (wide || lines)
    }

    fn pretty_table(&self, frame: Frame, batches: &[&RecordBatch], out: &mut Vec<u8>) {
        let table = self.cells(batches);
        if table.total == 0 {
            return;
        }
        if self.falls_back(&table) {
            let mut number = 0;
            for batch in batches {
                for row in 0..batch.num_rows() {
                    number += 1;
                    if number > 1 {
                        out.push(b'\n');
                    }
                    self.vertical(batch, row, &format!("Row {number}:"), out);
                }
            }
            return;
        }
        let mut text = String::new();
        self.draw(frame, &table, &mut text);
        if self.choices.ascii {
            text = ascii(&text);
        }
        out.extend_from_slice(text.as_bytes());
        if table.gap.is_some() {
            let shown = format!("Showed {} out of {} rows.\n", table.rows.len(), table.total);
            out.extend_from_slice(shown.as_bytes());
        }
    }

    fn draw(&self, frame: Frame, table: &Table, text: &mut String) {
        let margin = if self.choices.row_numbers { table.total.to_string().len() + 2 } else { 0 };
        let space = " ".repeat(margin);
        let rule = |line: &Line| {
            let parts: Vec<String> = table.widths.iter().map(|wide| line.3.repeat(wide + 2)).collect();
            format!("{space}{}{}{}\n", line.0, parts.join(line.1), line.2)
        };
        let names = |fill: &str, between: &str| {
            let name = |(at, column): (usize, &crate::OutputColumn)| {
                let shown = match self.choices.color {
                    true => format!("\u{1b}[1m{}\u{1b}[0m", column.name),
                    false => column.name.clone(),
                };
                self.aligned(&shown, width(&column.name), at, fill, table)
            };
            self.columns.iter().enumerate().map(name).collect::<Vec<_>>().join(between)
        };
        match frame {
            Frame::Full => {
                text.push_str(&rule(&Line("┏", "┳", "┓", "━")));
                text.push_str(&format!("{space}┃ {} ┃\n", names(" ", " ┃ ")));
                text.push_str(&rule(&Line("┡", "╇", "┩", "━")));
            }
            Frame::Compact => text.push_str(&format!("{space}┌─{}─┐\n", names("─", "─┬─"))),
            Frame::Space => text.push_str(&format!("{space} {}\n\n", names(" ", "   "))),
        }
        let separator = rule(&Line("├", "┼", "┤", "─"));
        for (at, (number, row)) in table.rows.iter().enumerate() {
            if at > 0 && frame == Frame::Full {
                text.push_str(&separator);
            }
            if table.gap == Some(at) {
                let wide = table.widths.iter().map(|width| width + 3).sum::<usize>() + 1;
                text.push_str(&format!("{space}{}\n", "─ ".repeat(wide / 2)));
                if frame == Frame::Full {
                    text.push_str(&separator);
                }
            }
            let tip = table.tips.get(at).map_or("", String::as_str);
            self.row_lines(frame, table, (*number, margin), row, tip, text);
        }
        let footer = self.choices.footer_names && table.total >= self.choices.footer_rows;
        match (frame, footer) {
            (Frame::Space, false) => {}
            (Frame::Space, true) => text.push_str(&format!("\n{space} {}\n\n", names(" ", "   "))),
            (Frame::Compact, true) => text.push_str(&format!("{space}└─{}─┘\n", names("─", "─┴─"))),
            (Frame::Full, true) => {
                text.push_str(&rule(&Line("┢", "╈", "┪", "━")));
                text.push_str(&format!("{space}┃ {} ┃\n", names(" ", " ┃ ")));
                text.push_str(&rule(&Line("┗", "┻", "┛", "━")));
            }
            _ => text.push_str(&rule(&Line("└", "┴", "┘", "─"))),
        }
    }

    fn aligned(&self, text: &str, wide: usize, at: usize, fill: &str, table: &Table) -> String {
        let fill = fill.repeat(table.widths.get(at).copied().unwrap_or(0).saturating_sub(wide));
        let number = self.columns.get(at).is_some_and(|column| super::is_right_aligned(&column.ty));
        if number { format!("{fill}{text}") } else { format!("{text}{fill}") }
    }

    /// The lines of a row: as many as the longest of its cells has; what goes on is marked at both ends.
    fn row_lines(
        &self,
        frame: Frame,
        table: &Table,
        (number, margin): (u64, usize),
        row: &[Vec<String>],
        tip: &str,
        text: &mut String,
    ) {
        // An empty last line is only marked.
        let lines = |cell: &Vec<String>| match cell.last() {
            Some(last) if last.is_empty() && cell.len() > 1 => cell.len() - 1,
            _ => cell.len(),
        };
        let height = row.iter().map(lines).max().unwrap_or(1).max(1);
        let between = if frame == Frame::Space { " " } else { "│" };
        for line in 0..height {
            if margin > 0 {
                let shown = match (line, self.choices.color) {
                    (0, true) => {
                        let number = format!("{number}. ");
                        format!(
                            "{}\u{1b}[90m{number}\u{1b}[0m",
                            " ".repeat(margin.saturating_sub(number.len()))
                        )
                    }
                    (0, false) => format!("{:>width$} ", format!("{number}."), width = margin - 1),
                    _ => " ".repeat(margin),
                };
                text.push_str(&shown);
            }
            let cells = row.iter().enumerate().map(|(at, cell)| {
                let part = cell.get(line).map_or("", String::as_str);
                let cut = part.ends_with('⋯');
                let part = part.trim_end_matches('⋯');
                let begins = if line > 0 && line < lines(cell) { "↳" } else { " " };
                let ends = match (cut, line + 1 < cell.len() && line < lines(cell)) {
                    (true, _) => "⋯",
                    (false, true) => "↴",
                    (false, false) => " ",
                };
                format!("{begins}{}{ends}", self.aligned(part, width(part), at, " ", table))
            });
            let cells = cells.collect::<Vec<_>>().join(between);
            let tip = if line == 0 { tip } else { "" };
            match frame {
                Frame::Space => text.push_str(&format!("{cells}{tip}\n")),
                _ => text.push_str(&format!("│{cells}│{tip}\n")),
            }
        }
    }
}

/// A number with the name of its order of magnitude.
fn readable(value: f64) -> String {
    const NAMES: &[&str] = &[
        "",
        " thousand",
        " million",
        " billion",
        " trillion",
        " quadrillion",
        " quintillion",
        " sextillion",
        " septillion",
        " octillion",
        " nonillion",
        " decillion",
        " undecillion",
        " duodecillion",
        " tredecillion",
        " quattuordecillion",
        " quindecillion",
        " sexdecillion",
        " septendecillion",
        " octodecillion",
        " novemdecillion",
        " vigintillion",
    ];
    let mut value = value;
    let mut name = 0;
    while value.abs() >= 1_000.0 && name + 1 < NAMES.len() {
        value /= 1_000.0;
        name += 1;
    }
    let name = NAMES.get(name).copied().unwrap_or("");
    if value.abs() < 1e21 {
        return format!("{value:.2}{name}");
    }
    let mut text = Vec::new();
    crate::text::write_f64(value, &mut text);
    format!("{}{name}", String::from_utf8_lossy(&text))
}

/// The same drawn with plain characters.
fn ascii(text: &str) -> String {
    let plain = |c: char| match c {
        '─' | '━' => '-',
        '│' | '┃' => '|',
        '┌' | '┐' | '└' | '┘' | '├' | '┤' | '┬' | '┴' | '┼' | '┏' | '┓' | '┗' | '┛' | '┡' | '┩' | '╇'
        | '┳' | '┢' | '┪' | '╈' | '┻' => '+',
        other => other,
    };
    text.chars().map(plain).collect()
}
