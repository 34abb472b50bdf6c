//! How a CSV text separates and quotes.

use kinglet_datafile::infer;

/// Separators of a CSV text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dialect {
    /// Between cells.
    pub delimiter: u8,
    /// Around cells that hold separators.
    pub quote: u8,
    /// Before a quote inside quotes; a doubled quote always works.
    pub escape: Option<u8>,
    /// Ends a record; a carriage return before a line feed belongs to it.
    pub new_line: u8,
}

impl Default for Dialect {
    fn default() -> Self {
        Dialect { delimiter: b',', quote: b'"', escape: None, new_line: b'\n' }
    }
}

/// Bytes that are looked at to guess.
const SAMPLE_BYTES: usize = 64 << 10;

impl Dialect {
    /// The dialect of a text, from its beginning.
    pub(crate) fn guess(text: &[u8]) -> Dialect {
        let sample = text.get(..SAMPLE_BYTES).unwrap_or(text);
        Dialect::of(&infer::sniff(&String::from_utf8_lossy(sample)))
    }

    /// A dialect as schema inference tells it.
    pub(crate) fn of(sniffed: &infer::Dialect) -> Dialect {
        let byte = |c: char| u8::try_from(c).ok();
        let usual = Dialect::default();
        Dialect {
            delimiter: byte(sniffed.delimiter).unwrap_or(usual.delimiter),
            quote: byte(sniffed.quote).unwrap_or(usual.quote),
            escape: sniffed.escape.and_then(byte),
            new_line: if sniffed.new_line == "\r" { b'\r' } else { b'\n' },
        }
    }
}
