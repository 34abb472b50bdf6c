//! Names: single identifiers and dotted paths.

use kinglet_diagnostic::Span;

/// How an identifier was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Quote {
    /// Bare: `name`.
    None,
    /// In backticks.
    Backtick,
    /// In double quotes.
    Double,
    /// As a query parameter `{name:Identifier}`; the identifier's `name` is the parameter's.
    Parameter,
    /// After a dot, a type that a value of a `JSON` column is read as: `json.a.:Int64`. The
    /// identifier's `name` is the type. `json.a[]` is `json.a.:Array(JSON)`.
    JsonType,
    /// After a dot, an object inside a `JSON` column: `json.^a`.
    JsonObject,
    /// After a dot, what stands under this very path of a `JSON` column: `json.@a`.
    JsonExact,
}

/// One identifier, unescaped.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Ident {
    /// The name without quotes and escapes; case is kept as written.
    pub name: String,
    /// How it was written.
    pub quote: Quote,
    /// Where it is.
    pub span: Span,
}

impl Ident {
    /// A bare identifier.
    pub fn new(name: impl Into<String>, span: Span) -> Self {
        Self { name: name.into(), quote: Quote::None, span }
    }

    /// Whether the name is a query parameter still to be replaced by a value.
    pub fn is_parameter(&self) -> bool {
        self.quote == Quote::Parameter
    }
}

/// A dotted name such as `db.table` or `t.nested.key`; it has at least one part.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Path {
    /// The parts, from left to right.
    pub parts: Vec<Ident>,
    /// From the first to the last part.
    pub span: Span,
}

impl Path {
    /// A path of one part.
    pub fn single(ident: Ident) -> Self {
        let span = ident.span;
        Self { parts: vec![ident], span }
    }

    /// The last part: the column of `t.column`, the table of `db.table`.
    pub fn last(&self) -> Option<&Ident> {
        self.parts.last()
    }

    /// Everything before the last part.
    pub fn qualifier(&self) -> &[Ident] {
        self.parts.split_last().map_or(&[], |(_, rest)| rest)
    }

    /// The name if the path has one part.
    pub fn as_single(&self) -> Option<&Ident> {
        match self.parts.as_slice() {
            [one] => Some(one),
            _ => None,
        }
    }

    /// The parts joined by dots, unquoted: what ClickHouse calls the full name of an identifier.
    /// `JSON` parts are marked as ClickHouse marks them: ``json.a.:`Int64` ``, ``json.^`a` ``.
    pub fn full_name(&self) -> String {
        let mut name = String::new();
        for part in &self.parts {
            if !name.is_empty() {
                name.push('.');
            }
            match part.quote {
                Quote::JsonType => name.extend([":`", &part.name, "`"]),
                Quote::JsonExact => name.extend(["@`", &part.name, "`"]),
                Quote::JsonObject => name.extend(["^`", &part.name, "`"]),
                _ => name.push_str(&part.name),
            }
        }
        name
    }
}
