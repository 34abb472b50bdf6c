//! Columns of a schema.

use kinglet_diagnostic::Span;

/// One column of a `SCHEMA`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// Name without backticks.
    pub name: String,
    /// ClickHouse type without the outer `Nullable(…)`; empty when only a default is given.
    pub r#type: String,
    /// Whether the type was wrapped in `Nullable`.
    pub nullable: bool,
    /// Default expression with its keyword, `DEFAULT now()`.
    pub default: Option<String>,
    /// Path into a JSON row, `$.a.b`.
    pub jsonpath: Option<String>,
    /// Compression with its keyword, `CODEC(ZSTD(1))`.
    pub codec: Option<String>,
    /// The column's definition in the file.
    pub span: Span,
    /// The name in the file.
    pub name_span: Span,
    /// The type in the file; empty when there is none.
    pub type_span: Span,
}

impl Column {
    /// A column of this name and full ClickHouse type, such as one read from a Parquet file.
    pub fn new(name: impl Into<String>, full_type: &str) -> Self {
        let (inner, nullable) = split_nullable(full_type);
        Self { name: name.into(), r#type: inner.to_owned(), nullable, ..Self::default() }
    }

    /// The ClickHouse type with `Nullable` around it where the column is nullable.
    ///
    /// A nullable `SimpleAggregateFunction` has the `Nullable` around its argument.
    pub fn full_type(&self) -> String {
        if !self.nullable {
            return self.r#type.clone();
        }
        match nullable_simple_aggregate(&self.r#type) {
            Some(moved) => moved,
            None => format!("Nullable({})", self.r#type),
        }
    }

    /// The default expression without its keyword.
    pub fn default_expression(&self) -> Option<&str> {
        let default = self.default.as_deref()?;
        Some(default.strip_prefix("DEFAULT ").unwrap_or(default))
    }

    /// The column as it stands in a `SCHEMA`, in Tinybird's normal form.
    pub fn to_sql(&self) -> String {
        self.named(format!("`{}`", self.name))
    }

    /// The column as it is written in a file. A name with a back-tick in it can stand only bare.
    pub(crate) fn to_line(&self) -> String {
        if self.name.contains('`') { self.named(self.name.clone()) } else { self.to_sql() }
    }

    fn named(&self, mut sql: String) -> String {
        let full_type = self.full_type();
        if !full_type.is_empty() {
            sql.push_str(&format!(" {full_type}"));
        }
        if let Some(path) = &self.jsonpath {
            sql.push_str(&format!(" `json:{path}`"));
        }
        for clause in [&self.default, &self.codec].into_iter().flatten() {
            sql.push_str(&format!(" {clause}"));
        }
        sql
    }
}

/// The columns joined by commas, as Tinybird stores a schema.
pub fn schema_sql(columns: &[Column]) -> String {
    let parts: Vec<String> = columns.iter().map(Column::to_sql).collect();
    parts.join(",")
}

/// The type inside an outer `Nullable(…)`, and whether there was one.
pub(crate) fn split_nullable(full_type: &str) -> (&str, bool) {
    const WRAPPER: &str = "Nullable(";
    match full_type.strip_prefix("Nullable") {
        Some(rest) if rest.trim_start().starts_with('(') => {
            let end = full_type.len().saturating_sub(1).max(WRAPPER.len());
            (full_type.get(WRAPPER.len()..end).unwrap_or(""), true)
        }
        _ => (full_type, false),
    }
}

fn nullable_simple_aggregate(inner: &str) -> Option<String> {
    let arguments = inner.strip_prefix("SimpleAggregateFunction(")?.strip_suffix(')')?;
    let (function, argument) = arguments.split_once(',')?;
    Some(format!("SimpleAggregateFunction({function}, Nullable({}))", argument.trim()))
}
