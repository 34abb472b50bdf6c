//! When rows of a table are deleted: its `ENGINE_TTL`, computed by the query engine.

use arrow::array::{Array, ArrayRef, AsArray, BooleanArray, Int64Array, RecordBatch};
use arrow::compute::{cast, filter_record_batch};
use arrow::datatypes::{DataType, Int64Type, TimeUnit};
use kinglet_sql::{Environment, RowExpression, TableColumn};
use kinglet_storage::{RowExpiry, StorageError, TableDefinition};
use kinglet_types::SqlError;
use std::sync::Arc;

/// The expiry of a table with an `ENGINE_TTL`. A rule that cannot be computed says so when rows are written.
pub(crate) fn of_table(definition: &TableDefinition, columns: &[TableColumn]) -> Option<Arc<dyn RowExpiry>> {
    let text = definition.options.get("ttl").map(|text| text.trim()).filter(|text| !text.is_empty())?;
    let clauses = split(text, ",").into_iter().filter_map(|clause| Clause::bind(clause, columns).transpose());
    let clauses = clauses.collect::<Result<Vec<_>, _>>();
    Some(Arc::new(Expiry { rule: text.to_owned(), clauses }))
}

#[derive(Debug)]
struct Expiry {
    rule: String,
    clauses: Result<Vec<Clause>, StorageError>,
}

/// `expression [DELETE] [WHERE condition]`.
#[derive(Debug)]
struct Clause {
    at: RowExpression,
    condition: Option<RowExpression>,
}

impl Clause {
    /// `None` for a clause that deletes nothing: `TO DISK`, `RECOMPRESS`, `GROUP BY`.
    fn bind(text: &str, columns: &[TableColumn]) -> Result<Option<Clause>, StorageError> {
        let bind = |text: &str| {
            RowExpression::bind(text.trim(), columns, &Environment::default())
                .map_err(|error| failed(text, &error))
        };
        let others = ["TO DISK", "TO VOLUME", "RECOMPRESS", "GROUP BY"];
        if others.iter().any(|words| split(text, words).len() > 1) {
            return Ok(None);
        }
        let parts = split(text, "WHERE");
        let at = parts.first().map_or("", |at| at.trim());
        let at = split(at, "DELETE").first().map_or(at, |at| at.trim());
        let condition = parts.get(1).map(|condition| bind(condition)).transpose()?;
        Ok(Some(Clause { at: bind(at)?, condition }))
    }

    /// Milliseconds since 1970; null for never.
    fn due(&self, rows: &RecordBatch) -> Result<Int64Array, StorageError> {
        let evaluate =
            |expression: &RowExpression| expression.evaluate(rows).map_err(|error| failed("", &error));
        let mut due = millis(&evaluate(&self.at)?)?;
        if let Some(condition) = &self.condition {
            let met = cast(&evaluate(condition)?, &DataType::Boolean)?;
            let met = met.as_boolean();
            due = due.iter().zip(met).map(|(due, met)| due.filter(|_| met == Some(true))).collect();
        }
        Ok(due)
    }
}

fn failed(text: &str, error: &SqlError) -> StorageError {
    let text = text.trim();
    StorageError::Compute(format!("the TTL {text} cannot be computed: {}", error.message))
}

/// A date or time in milliseconds; the time zero means never, as in ClickHouse.
fn millis(values: &ArrayRef) -> Result<Int64Array, StorageError> {
    let scale: (i64, i64) = match values.data_type() {
        DataType::Date32 => (86_400_000, 1),
        DataType::Timestamp(TimeUnit::Second, _) => (1000, 1),
        DataType::Timestamp(TimeUnit::Millisecond, _) => (1, 1),
        DataType::Timestamp(TimeUnit::Microsecond, _) => (1, 1000),
        DataType::Timestamp(TimeUnit::Nanosecond, _) => (1, 1_000_000),
        other => {
            return Err(StorageError::Compute(format!("a TTL must be a Date or DateTime, not {other}")));
        }
    };
    let numbers = match values.data_type() {
        DataType::Date32 => cast(&cast(values, &DataType::Int32)?, &DataType::Int64)?,
        _ => cast(values, &DataType::Int64)?,
    };
    let scaled = |value: i64| value.saturating_mul(scale.0).checked_div(scale.1).filter(|at| *at > 0);
    Ok(numbers.as_primitive::<Int64Type>().iter().map(|value| value.and_then(scaled)).collect())
}

impl RowExpiry for Expiry {
    fn rule(&self) -> &str {
        &self.rule
    }

    fn due(&self, rows: &RecordBatch) -> Result<Int64Array, StorageError> {
        let clauses = self.clauses.as_ref().map_err(Clone::clone)?;
        let mut first = Int64Array::new_null(rows.num_rows());
        for clause in clauses {
            let due = clause.due(rows)?;
            let earlier = |(a, b): (Option<i64>, Option<i64>)| match (a, b) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
            first = first.iter().zip(&due).map(earlier).collect();
        }
        Ok(first)
    }

    fn expire(&self, rows: &RecordBatch, now_millis: i64) -> Result<RecordBatch, StorageError> {
        let due = self.due(rows)?;
        let kept: BooleanArray = due.iter().map(|due| Some(due.is_none_or(|due| due > now_millis))).collect();
        Ok(if kept.true_count() == kept.len() { rows.clone() } else { filter_record_batch(rows, &kept)? })
    }
}

/// The text between words (or commas) outside of brackets and quotes. Words are found in any case, whole.
fn split<'a>(text: &'a str, separator: &str) -> Vec<&'a str> {
    let mut found = Vec::new();
    let (mut depth, mut quote, mut start, mut escaped) = (0i32, None, 0, false);
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let whole = |at: usize| {
        let rest = text.get(at..).unwrap_or_default();
        let Some(head) = rest.get(..separator.len()).filter(|head| head.eq_ignore_ascii_case(separator))
        else {
            return false;
        };
        let before = text.get(..at).and_then(|before| before.chars().next_back());
        let after = rest.get(head.len()..).and_then(|after| after.chars().next());
        separator == "," || (!before.is_some_and(is_word) && !after.is_some_and(is_word))
    };
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(_), _) if escaped => escaped = false,
            (Some(_), '\\') => escaped = true,
            (Some(open), _) if open == c => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '`' | '"') => quote = Some(c),
            (None, '(' | '[') => depth += 1,
            (None, ')' | ']') => depth -= 1,
            (None, _) if depth == 0 && at >= start && whole(at) => {
                found.push(text.get(start..at).unwrap_or_default());
                start = at + separator.len();
            }
            _ => {}
        }
    }
    found.push(text.get(start..).unwrap_or_default());
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::array::{BinaryViewArray, TimestampSecondArray};
    use kinglet_types::ChType;

    fn due(ttl: &str) -> Result<Vec<Option<i64>>, StorageError> {
        let columns = [("at", "DateTime"), ("kind", "String")];
        let columns = columns.map(|(name, ty)| TableColumn::new(name, ChType::parse(ty).unwrap()));
        let mut definition = TableDefinition::default();
        definition.options.insert("ttl".to_owned(), ttl.to_owned());
        let times: ArrayRef = Arc::new(TimestampSecondArray::from(vec![0, 100_000, 200_000]));
        let kinds: ArrayRef = Arc::new(BinaryViewArray::from_iter_values(["a", "b", "a, WHERE"]));
        let rows = RecordBatch::try_from_iter([("at", times), ("kind", kinds)]).unwrap();
        Ok(of_table(&definition, &columns).unwrap().due(&rows)?.iter().collect())
    }

    #[test]
    fn rules_say_when_rows_go() {
        let day = 86_400_000;
        let cases = [
            ("at + INTERVAL 1 DAY", vec![Some(day), Some(100_000_000 + day), Some(200_000_000 + day)]),
            (
                "at + toIntervalDay(1) DELETE",
                vec![Some(day), Some(100_000_000 + day), Some(200_000_000 + day)],
            ),
            ("toDate(at)", vec![None, Some(day), Some(2 * day)]),
            ("at", vec![None, Some(100_000_000), Some(200_000_000)]),
            ("at + INTERVAL 1 SECOND DELETE WHERE kind = 'b'", vec![None, Some(100_001_000), None]),
            ("at where kind = 'a, WHERE'", vec![None, None, Some(200_000_000)]),
            (
                "at + INTERVAL 1 WEEK, at + INTERVAL 1 DAY DELETE WHERE kind IN ('b', 'c')",
                vec![Some(7 * day), Some(100_000_000 + day), Some(200_000_000 + 7 * day)],
            ),
            ("at + INTERVAL 1 DAY TO DISK 'cold', at", vec![None, Some(100_000_000), Some(200_000_000)]),
        ];
        for (ttl, expected) in cases {
            assert_eq!(due(ttl).unwrap(), expected, "{ttl}");
        }
        assert!(due("elsewhere + INTERVAL 1 DAY").unwrap_err().to_string().contains("TTL"));
        assert!(due("kind").unwrap_err().to_string().contains("Date"));
    }
}
