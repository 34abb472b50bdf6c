//! Names that resources may have.

/// Names that stand for something else in SQL or in Tinybird.
const RESERVED: &[&str] = &[
    "add",
    "after",
    "all",
    "and",
    "any",
    "anti",
    "array",
    "as",
    "asc",
    "asof",
    "between",
    "by",
    "case",
    "collate",
    "cross",
    "cube",
    "default",
    "desc",
    "distinct",
    "else",
    "end",
    "exists",
    "from",
    "full",
    "global",
    "group",
    "having",
    "if",
    "ilike",
    "in",
    "inner",
    "insert",
    "interval",
    "into",
    "join",
    "left",
    "like",
    "limit",
    "limits",
    "materialized",
    "max",
    "min",
    "not",
    "null",
    "on",
    "or",
    "order",
    "outer",
    "prewhere",
    "right",
    "sample",
    "select",
    "semi",
    "system",
    "then",
    "tinybird",
    "to",
    "totals",
    "union",
    "using",
    "where",
    "with",
    "_temporary_and_external_tables",
];

/// Why a name cannot be a resource's, if so.
pub fn name_objection(name: &str) -> Option<&'static str> {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    if name.is_empty() {
        Some("it is empty")
    } else if name.starts_with(|c: char| c.is_ascii_digit()) {
        Some("it starts with a digit")
    } else if !name.chars().all(word) {
        Some("only letters, digits and underscores are allowed")
    } else if RESERVED.contains(&name.to_ascii_lowercase().as_str()) {
        Some("it is a reserved word")
    } else {
        None
    }
}

/// The known name that is nearest to a misspelt one, within two or three edits.
pub fn nearest<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let limit = if name.chars().count() > 5 { 3 } else { 2 };
    known
        .map(|candidate| (distance(name, candidate), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Edit distance, ignoring case.
fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) =
        (a.to_ascii_lowercase().chars().collect(), b.to_ascii_lowercase().chars().collect());
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (y, cell) in b.iter().zip(row.iter_mut().skip(1)) {
            let up = *cell;
            left = (diagonal + usize::from(x != y)).min(up + 1).min(left + 1);
            diagonal = up;
            *cell = left;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names() {
        assert_eq!(name_objection("orders_2"), None);
        assert!(name_objection("2_orders").is_some());
        assert!(name_objection("day-totals").is_some());
        assert!(name_objection("Select").is_some());
    }

    #[test]
    fn suggestions() {
        assert_eq!(nearest("ordres", ["orders", "users"].into_iter()), Some("orders"));
        assert_eq!(nearest("x", ["orders"].into_iter()), None);
        assert_eq!(distance("kitten", "sitting"), 3);
    }
}
