//! What a reader asks of a table.

use arrow::array::ArrayRef;

/// Which columns and rows to read. The filters only spare reading: rows that do not match may come too.
#[derive(Clone, Debug, Default)]
pub struct ScanRequest {
    /// Columns to read, by position in the table, in this order; `None` reads all.
    pub projection: Option<Vec<usize>>,
    /// Conditions on columns, all of which wanted rows meet.
    pub filters: Vec<ColumnFilter>,
    /// Conditions on elements of the sorting key, all of which wanted rows meet.
    pub key_filters: Vec<KeyFilter>,
    /// Stop after this many rows.
    pub limit: Option<usize>,
    /// Combine rows of equal keys as the table's engine does (`FINAL`).
    pub combine: bool,
    /// Give the rows in order of the sorting key.
    pub in_key_order: bool,
    /// Start with the granules of the greatest keys and the last part, as `ORDER BY ... DESC LIMIT` likes it; rows
    /// within a batch keep their order. Has no effect with `combine` or `in_key_order`.
    pub last_first: bool,
}

/// A condition on a column.
#[derive(Clone, Debug)]
pub struct ColumnFilter {
    /// Position of the column in the table.
    pub column: usize,
    /// What its values must meet.
    pub test: ValueTest,
}

/// A condition on an element of the sorting key.
#[derive(Clone, Debug)]
pub struct KeyFilter {
    /// Position in the sorting key.
    pub position: usize,
    /// What its values must meet.
    pub test: ValueTest,
}

/// A condition on one value. Scalars are arrays of length one of exactly the column's type.
#[derive(Clone, Debug)]
pub enum ValueTest {
    /// Between bounds, in the order of the Arrow type. Null is in no range.
    Range {
        /// Least value, if there is one.
        lower: Option<Bound>,
        /// Greatest value, if there is one.
        upper: Option<Bound>,
    },
    /// Equal to one of the values.
    In(ArrayRef),
    /// Null.
    IsNull,
    /// Not null.
    IsNotNull,
    /// A string that holds these texts.
    Text(TextTest),
}

/// What a string must hold, as far as it is known (`LIKE`, `hasToken`).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextTest {
    /// Stretches of bytes that occur in it.
    pub pieces: Vec<Vec<u8>>,
    /// Whole words of it, as [`words`] finds them.
    pub words: Vec<Vec<u8>>,
}

impl TextTest {
    /// Whether a value may be wanted: it holds all pieces, and all words as stretches.
    pub(crate) fn may_be(&self, value: &[u8]) -> bool {
        let mut all = self.pieces.iter().chain(&self.words).filter(|piece| !piece.is_empty());
        all.all(|piece| value.windows(piece.len()).any(|window| window == piece.as_slice()))
    }
}

/// The words of a string: stretches of ASCII letters, digits and bytes above ASCII, as ClickHouse's `tokens` finds
/// them.
pub fn words(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let word = |byte: &u8| byte.is_ascii_alphanumeric() || !byte.is_ascii();
    text.split(move |byte| !word(byte)).filter(|word| !word.is_empty())
}

impl ValueTest {
    /// Equal to the one value of `value`.
    pub fn equal(value: ArrayRef) -> Self {
        ValueTest::In(value)
    }
}

/// An end of a range.
#[derive(Clone, Debug)]
pub struct Bound {
    /// The value, as an array of length one.
    pub value: ArrayRef,
    /// Whether the value itself is in the range.
    pub inclusive: bool,
}
