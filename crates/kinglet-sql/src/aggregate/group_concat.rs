//! `groupConcat`: the values as one text.

use std::ops::Range;
use std::sync::Arc;

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::kept_rows::{self, OverRows};
use super::{Aggregate, Bound, Call};
use crate::Environment;
use crate::function::{Case, Example, Spec, result};
use crate::text::{Style, bytes_at, write_value};

pub(super) struct GroupConcat;

static SPEC: Spec = Spec {
    name: "groupConcat",
    aliases: &["group_concat", "string_agg"],
    case: Case::Insensitive,
    category: "aggregate",
    syntax: "groupConcat([delimiter[, limit]])(value) or groupConcat(value, delimiter)",
    summary: "The values as texts, one after the other with the delimiter between them.",
    arguments: &[("delimiter", "String"), ("limit", "The most values"), ("value", "Any type")],
    returns: "String",
    examples: &[Example { sql: "SELECT groupConcat(', ')(number) FROM numbers(3)", answer: "0, 1, 2" }],
    ..Spec::EMPTY
};

impl Aggregate for GroupConcat {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        call.expect_count(1..=2)?;
        if call.types.len() > 1 {
            call.expect(1, ChType::is_text)?;
        }
        let delimiter = call.text_parameter(0)?.unwrap_or_default();
        let limit = call.uint_parameter(1)?.and_then(|limit| usize::try_from(limit).ok());
        let answer = Concatenated {
            ty: call.ty(0).clone(),
            delimiter,
            limit: limit.unwrap_or(usize::MAX),
            environment: call.environment.clone(),
        };
        Ok(kept_rows::bound(call.types, Arc::new(answer), false))
    }
}

#[derive(Debug)]
struct Concatenated {
    ty: ChType,
    delimiter: String,
    limit: usize,
    environment: Environment,
}

impl OverRows for Concatenated {
    fn result_type(&self) -> ChType {
        ChType::String
    }

    fn finish(&self, columns: &[ArrayRef], groups: &[Range<usize>]) -> Result<ArrayRef> {
        result::texts(groups.len(), |group, out| {
            let (Some(rows), Some(values)) = (groups.get(group), columns.first()) else { return Ok(()) };
            for row in rows.clone().take(self.limit) {
                if row > rows.start {
                    let delimiter = columns.get(1).map(|texts| bytes_at(texts, row));
                    out.extend_from_slice(delimiter.unwrap_or(self.delimiter.as_bytes()));
                }
                write_value(values, row, &self.ty, Style::Plain, &self.environment, out);
            }
            Ok(())
        })
    }
}
