//! `formatQuery` and its kin: SQL laid out or on one line.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use crate::function::{Args, Call, Example, Function, Spec, result};

/// A function that writes SQL anew, on one line.
pub(in crate::function) struct FormatQuery {
    spec: &'static Spec,
    null: bool,
}

pub(in crate::function) static FORMAT_QUERY_SINGLE_LINE: FormatQuery = FormatQuery {
    spec: &Spec {
        name: "formatQuerySingleLine",
        category: "other",
        syntax: "formatQuerySingleLine(query)",
        summary: "The query as ClickHouse prints it, on one line.",
        arguments: &[("query", "String")],
        returns: "String",
        examples: &[Example {
            sql: "formatQuerySingleLine('select  a,b from t where x=1')",
            answer: "SELECT a, b FROM t WHERE x = 1",
        }],
        ..Spec::EMPTY
    },
    null: false,
};

pub(in crate::function) static FORMAT_QUERY_SINGLE_LINE_OR_NULL: FormatQuery = FormatQuery {
    spec: &Spec {
        name: "formatQuerySingleLineOrNull",
        category: "other",
        syntax: "formatQuerySingleLineOrNull(query)",
        summary: "As formatQuerySingleLine, NULL for a text that is no query.",
        arguments: &[("query", "String")],
        returns: "Nullable(String)",
        examples: &[Example { sql: "formatQuerySingleLineOrNull('selec')", answer: "\\N" }],
        ..Spec::EMPTY
    },
    null: true,
};

impl Function for FormatQuery {
    fn spec(&self) -> &'static Spec {
        self.spec
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| *ty == ChType::String)?;
        Ok(ChType::String.nullable_if(self.null))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let texts = call.bytes(0)?;
        result::nullable_texts(call.rows, |row, out| {
            let text = String::from_utf8_lossy(texts.get(row));
            match kinglet_parser::parse(&text).into_result().as_deref() {
                Ok([statement]) => {
                    out.extend_from_slice(kinglet_parser::statement_to_string(statement).as_bytes());
                    Ok(true)
                }
                _ if self.null => Ok(false),
                Ok(_) => Err(SqlError::new(ErrorCode::SYNTAX_ERROR, "Syntax error: one query is wanted")),
                Err(fault) => Err(SqlError::new(ErrorCode::SYNTAX_ERROR, fault.message.clone())),
            }
        })
    }
}
