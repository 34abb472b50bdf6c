//! How a CSV file is written: delimiter, quote, escape, line break, header.

use super::profile::{Class, class_of_text};
use super::records::records;

/// How a CSV file is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// Between fields.
    pub delimiter: char,
    /// Around fields that hold a delimiter or a line break.
    pub quote: char,
    /// Before a quote inside quotes, where quotes are not doubled.
    pub escape: Option<char>,
    /// Between records: `\n`, `\r\n` or `\r`.
    pub new_line: String,
    /// Whether the first record names the columns.
    pub header: bool,
}

impl Default for Dialect {
    fn default() -> Self {
        Self { delimiter: ',', quote: '"', escape: None, new_line: "\n".to_owned(), header: true }
    }
}

/// Records looked at to find the dialect.
const LOOKED_AT: usize = 200;

const DELIMITERS: [char; 5] = [',', ';', '\t', '|', ':'];

/// Finds out how a CSV text is written.
pub fn sniff(text: &str) -> Dialect {
    let quote = quote(text);
    let escape =
        (text.contains(&format!("\\{quote}")) && !text.contains(&format!("{quote}{quote}"))).then_some('\\');
    let mut dialect = Dialect { quote, escape, new_line: new_line(text), ..Dialect::default() };
    dialect.delimiter = delimiter(text, &dialect);
    let rows = records(text, &dialect, LOOKED_AT);
    dialect.header = has_header(&rows);
    dialect
}

fn new_line(text: &str) -> String {
    let at = text.find(['\n', '\r']).unwrap_or(text.len());
    let rest = text.get(at..).unwrap_or("");
    let found = if rest.starts_with("\r\n") {
        "\r\n"
    } else if rest.starts_with('\r') {
        "\r"
    } else {
        "\n"
    };
    found.to_owned()
}

/// `'` when fields start and end with it and none starts with `"`.
fn quote(text: &str) -> char {
    let opens = |quote: char| {
        DELIMITERS.iter().any(|delimiter| {
            text.contains(&format!("{delimiter}{quote}")) && text.contains(&format!("{quote}{delimiter}"))
        })
    };
    if opens('\'') && !opens('"') && !text.starts_with('"') { '\'' } else { '"' }
}

/// The delimiter that splits most records into the same number of fields, more than one.
fn delimiter(text: &str, dialect: &Dialect) -> char {
    let mut best = (0.0, 0, ',');
    for candidate in DELIMITERS {
        let rows = records(text, &Dialect { delimiter: candidate, ..dialect.clone() }, LOOKED_AT);
        let (fields, share) = usual_width(&rows);
        if fields > 1 && (share, fields) > (best.0, best.1) {
            best = (share, fields, candidate);
        }
    }
    best.2
}

/// The most frequent number of fields and the share of records that have it.
pub(super) fn usual_width(rows: &[Vec<String>]) -> (usize, f64) {
    let mut counts: Vec<(usize, usize)> = Vec::new();
    for row in rows {
        match counts.iter_mut().find(|(width, _)| *width == row.len()) {
            Some((_, count)) => *count += 1,
            None => counts.push((row.len(), 1)),
        }
    }
    let (width, count) = counts.into_iter().max_by_key(|(width, count)| (*count, *width)).unwrap_or((0, 0));
    (width, count as f64 / rows.len().max(1) as f64)
}

/// Whether the first record reads like names rather than like the records below it.
fn has_header(rows: &[Vec<String>]) -> bool {
    let Some((first, rest)) = rows.split_first() else { return true };
    let named = first.iter().all(|cell| class_of_text(cell.trim()) == Class::Text);
    let filled = first.iter().filter(|cell| !cell.trim().is_empty()).count();
    if !named || filled * 2 < first.len() {
        return false;
    }
    let typed_below = (0..first.len()).any(|at| {
        let mut values = rest.iter().filter_map(|row| row.get(at)).filter(|cell| !cell.is_empty()).peekable();
        values.peek().is_some() && values.all(|cell| class_of_text(cell.trim()) != Class::Text)
    });
    let distinct =
        first.iter().enumerate().all(|(at, cell)| !first.iter().take(at).any(|other| other == cell));
    let repeated_below = first
        .iter()
        .enumerate()
        .any(|(at, cell)| !cell.is_empty() && rest.iter().any(|row| row.get(at) == Some(cell)));
    typed_below || (distinct && !repeated_below)
}
