//! Names of types that a misspelt one may stand for.

/// What is proposed, in the order in which equally near names are.
const NAMES: [&str; 62] = [
    "String",
    "Int8",
    "Int16",
    "Int32",
    "Int64",
    "Int128",
    "Int256",
    "UInt8",
    "UInt16",
    "UInt32",
    "UInt64",
    "UInt128",
    "UInt256",
    "Float64",
    "Float32",
    "Bool",
    "Date",
    "Date32",
    "DateTime",
    "DateTime64",
    "Time",
    "Decimal",
    "Decimal32",
    "Decimal64",
    "Decimal128",
    "Decimal256",
    "UUID",
    "IPv4",
    "IPv6",
    "Enum8",
    "Enum16",
    "Enum",
    "Array",
    "Nullable",
    "LowCardinality",
    "Tuple",
    "Nested",
    "Map",
    "Variant",
    "Dynamic",
    "JSON",
    "Object",
    "FixedString",
    "AggregateFunction",
    "SimpleAggregateFunction",
    "Point",
    "Ring",
    "LineString",
    "MultiLineString",
    "Polygon",
    "MultiPolygon",
    "Nothing",
    "INT",
    "BIGINT",
    "SMALLINT",
    "TINYINT",
    "DOUBLE",
    "FLOAT",
    "TEXT",
    "VARCHAR",
    "CHAR",
    "TIMESTAMP",
];

/// `. Maybe you meant: ['String','Ring']`, or nothing where no name is near. ClickHouse's measure: at most a third of
/// the letters are wrong, whatever their case, and the two nearest names are told.
pub(crate) fn hint(word: &str) -> String {
    let length = word.chars().count();
    let allowed = length.div_ceil(3);
    let mut near: Vec<(usize, &str)> = Vec::new();
    for name in NAMES {
        let gap = name.len().abs_diff(length);
        let too_long = gap > 0 && length / gap < 3;
        let distance = if too_long { usize::MAX } else { distance(word, name) };
        if distance <= allowed {
            let at = near.partition_point(|(known, _)| *known <= distance);
            near.insert(at, (distance, name));
        }
    }
    let shown: Vec<String> = near.iter().take(2).map(|(_, name)| format!("'{name}'")).collect();
    if shown.is_empty() { String::new() } else { format!(". Maybe you meant: [{}]", shown.join(",")) }
}

/// Letters to put in, take out or replace between two words (Levenshtein), whatever their case.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (at, left) in a.chars().enumerate() {
        let mut diagonal = at;
        let mut before = at + 1;
        for (place, right) in row.iter_mut().skip(1).zip(&b) {
            let replaced = diagonal + usize::from(!left.eq_ignore_ascii_case(right));
            diagonal = *place;
            before = replaced.min(before + 1).min(*place + 1);
            *place = before;
        }
        if let Some(first) = row.first_mut() {
            *first = at + 1;
        }
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::hint;

    #[test]
    fn near_names_are_proposed() {
        for (word, names) in [
            ("string", ". Maybe you meant: ['String','Ring']"),
            ("Strng", ". Maybe you meant: ['String']"),
            ("int32", ". Maybe you meant: ['Int32','UInt32']"),
            ("BFloat16", ". Maybe you meant: ['Float64','Float32']"),
            ("lowcardinality", ". Maybe you meant: ['LowCardinality']"),
            ("FooBar", ""),
            ("x", ""),
            ("", ""),
        ] {
            assert_eq!(hint(word), names, "{word}");
        }
    }
}
