//! The fixture tables that queries are drawn over, with what can be done with their columns.

use super::dice::Dice;

/// What a column holds, as far as the choice of expressions goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Whole numbers.
    Int,
    /// Floats and decimals.
    Real,
    /// Texts.
    Text,
    /// Dates.
    Date,
    /// Dates with a time.
    Time,
    /// Arrays.
    Array,
}

/// A column as a query can refer to it.
#[derive(Clone, Debug)]
pub(crate) struct Column {
    /// The name, with a table before it where one is needed.
    pub(crate) name: String,
    /// What it holds.
    pub(crate) kind: Kind,
}

/// Name and columns of a table; the first column tells rows apart, except in `sensors` and `edges`.
pub(crate) type TableColumns = (&'static str, &'static [(&'static str, Kind)]);

use Kind::{Array, Date, Int, Real, Text, Time};

/// Small tables with columns that joins can meet on.
pub(crate) const TABLES: &[TableColumns] = &[
    ("jl", &[("id", Int), ("k", Int), ("s", Text), ("v", Int)]),
    ("jr", &[("id", Int), ("k", Int), ("s", Text), ("w", Real), ("d", Date)]),
    ("j3", &[("k", Int), ("s", Text), ("q", Int)]),
    (
        "employees",
        &[
            ("id", Int),
            ("manager_id", Int),
            ("name", Text),
            ("dept", Text),
            ("salary", Real),
            ("bonus", Real),
            ("hired", Date),
        ],
    ),
    ("edges", &[("src", Int), ("dst", Int), ("weight", Int)]),
    (
        "subscriptions",
        &[
            ("sub_id", Int),
            ("user_id", Int),
            ("plan", Text),
            ("start_date", Date),
            ("end_date", Date),
            ("mrr", Real),
        ],
    ),
    (
        "nums",
        &[
            ("id", Int),
            ("i", Int),
            ("j", Int),
            ("u", Int),
            ("f", Real),
            ("dec", Real),
            ("n", Int),
            ("small", Int),
        ],
    ),
    ("strs", &[("id", Int), ("s", Text), ("n", Text), ("lc", Text), ("pat", Text)]),
    (
        "dates",
        &[
            ("id", Int),
            ("ts", Time),
            ("dt64", Time),
            ("d", Date),
            ("d32", Date),
            ("n", Time),
            ("label", Text),
        ],
    ),
    (
        "products",
        &[
            ("product_id", Int),
            ("name", Text),
            ("category", Text),
            ("price", Real),
            ("weight", Real),
            ("labels", Array),
        ],
    ),
    ("arrays", &[("id", Int), ("a", Array), ("s", Array), ("nn", Array), ("u", Array)]),
    (
        "empty_t",
        &[("id", Int), ("v", Real), ("i", Int), ("s", Text), ("ts", Time), ("a", Array), ("dec", Real)],
    ),
];

/// A table; its columns carry `alias` and a point where there is one.
pub(crate) fn table(dice: &mut Dice, alias: Option<&str>) -> (&'static str, Vec<Column>) {
    let at = dice.below(TABLES.len());
    TABLES.get(at).map_or(("jl", Vec::new()), |known| (known.0, columns(known, alias)))
}

/// The columns of a table, as [`table`] names them.
pub(crate) fn columns(table: &TableColumns, alias: Option<&str>) -> Vec<Column> {
    let named = |name: &str| alias.map_or_else(|| name.to_owned(), |alias| format!("{alias}.{name}"));
    table.1.iter().map(|(name, kind)| Column { name: named(name), kind: *kind }).collect()
}
