//! What is known about a function besides its code.

/// Name, documentation and examples of a scalar, aggregate or window function.
#[derive(Debug)]
pub struct Spec {
    /// ClickHouse's name of it.
    pub name: &'static str,
    /// Other names; they follow `case` too.
    pub aliases: &'static [&'static str],
    /// Whether the names are taken in any case.
    pub case: Case,
    /// Group in the documentation: `string`, `array`, `date`, `aggregate`, ..
    pub category: &'static str,
    /// How it is called: `lower(text)`.
    pub syntax: &'static str,
    /// What it answers, in one or two sentences.
    pub summary: &'static str,
    /// Names of the arguments and what they are.
    pub arguments: &'static [(&'static str, &'static str)],
    /// What is returned, with its type.
    pub returns: &'static str,
    /// Calls with their answers, run by a test.
    pub examples: &'static [Example],
    /// How often the answer may change for equal arguments.
    pub stability: Stability,
}

impl Spec {
    /// A spec to be completed with struct update syntax; case-sensitive and deterministic.
    pub const EMPTY: Self = Self {
        name: "",
        aliases: &[],
        case: Case::Sensitive,
        category: "",
        syntax: "",
        summary: "",
        arguments: &[],
        returns: "",
        examples: &[],
        stability: Stability::Deterministic,
    };
}

/// A call and what it answers.
#[derive(Debug)]
pub struct Example {
    /// An expression, or a whole query when it starts with SELECT or WITH.
    pub sql: &'static str,
    /// The answer as TabSeparated, rows separated by newlines.
    pub answer: &'static str,
}

/// Whether a name is taken in any case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// Only as written.
    Sensitive,
    /// In any case.
    Insensitive,
}

/// How often a function's answer may change for equal arguments.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stability {
    /// Never.
    Deterministic,
    /// From query to query, like `now()`.
    PerQuery,
    /// From row to row, like `rand()`.
    PerRow,
}
