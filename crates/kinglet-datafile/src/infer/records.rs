//! Records of a CSV text.

use csv_core::{ReadRecordResult, Reader, ReaderBuilder, Terminator};

use super::dialect::Dialect;

/// At most `limit` records. A last record without its line break is included.
pub(super) fn records(text: &str, dialect: &Dialect, limit: usize) -> Vec<Vec<String>> {
    let mut reader = reader(dialect);
    let mut input = text.as_bytes();
    let mut rows = Vec::new();
    let mut output = vec![0u8; 1024];
    let mut ends = vec![0usize; 32];
    let (mut written, mut fields) = (0, 0);
    while rows.len() < limit {
        let (result, read, wrote, ended) = reader.read_record(
            input,
            output.get_mut(written..).unwrap_or(&mut []),
            ends.get_mut(fields..).unwrap_or(&mut []),
        );
        input = input.get(read..).unwrap_or(&[]);
        written += wrote;
        fields += ended;
        match result {
            ReadRecordResult::InputEmpty => {}
            ReadRecordResult::OutputFull => output.resize(output.len() * 2, 0),
            ReadRecordResult::OutputEndsFull => ends.resize(ends.len() * 2, 0),
            ReadRecordResult::Record => {
                rows.push(row(&output, ends.get(..fields).unwrap_or(&[])));
                (written, fields) = (0, 0);
            }
            ReadRecordResult::End => break,
        }
    }
    rows
}

fn row(output: &[u8], ends: &[usize]) -> Vec<String> {
    let mut start = 0;
    let field = |end: &usize| {
        let bytes = output.get(start..*end).unwrap_or(&[]);
        start = *end;
        String::from_utf8_lossy(bytes).into_owned()
    };
    ends.iter().map(field).collect()
}

fn reader(dialect: &Dialect) -> Reader {
    let byte = |c: char| u8::try_from(u32::from(c)).unwrap_or(b',');
    let terminator = match dialect.new_line.as_str() {
        "\r" => Terminator::Any(b'\r'),
        _ => Terminator::CRLF,
    };
    ReaderBuilder::new()
        .delimiter(byte(dialect.delimiter))
        .quote(byte(dialect.quote))
        .escape(dialect.escape.map(byte))
        .double_quote(dialect.escape.is_none())
        .terminator(terminator)
        .build()
}
