//! A data source's `INDEXES` as storage makes them.

use kinglet_datafile::{Index, parse_indexes};
use kinglet_storage::{SkipIndex, SkipIndexKind, TableDefinition};

/// The option of a definition that keeps the indexes' lines.
pub(crate) const OPTION: &str = "indexes";

/// The lines of indexes as they are kept with a table.
pub(crate) fn lines(indexes: &[Index]) -> String {
    let line = |index: &Index| {
        let granularity = index.granularity.as_deref().unwrap_or("1");
        format!("{} {} TYPE {} GRANULARITY {granularity}\n", index.name, index.expression, index.r#type)
    };
    indexes.iter().map(line).collect()
}

/// The indexes of a table. Those on expressions are left out, and so is `minmax`: storage keeps the bounds of every
/// column anyway.
pub(crate) fn of_table(definition: &TableDefinition) -> Vec<SkipIndex> {
    let Some(text) = definition.options.get(OPTION) else { return Vec::new() };
    parse_indexes(text).value.iter().filter_map(|index| skip_index(index, definition)).collect()
}

fn skip_index(index: &Index, definition: &TableDefinition) -> Option<SkipIndex> {
    let column = definition.schema.fields().iter().position(|field| *field.name() == index.expression)?;
    let (name, arguments) = match index.r#type.split_once('(') {
        Some((name, rest)) => (name.trim(), rest.trim_end_matches(')')),
        None => (index.r#type.trim(), ""),
    };
    let arguments: Vec<&str> = arguments.split(',').map(str::trim).collect();
    let number = |at: usize| arguments.get(at).and_then(|text| text.parse::<usize>().ok());
    let kind = match name {
        "set" => SkipIndexKind::Set { most: number(0).unwrap_or(0) },
        "bloom_filter" => {
            let share = arguments.first().and_then(|text| text.parse().ok());
            SkipIndexKind::Bloom { false_positives: share.unwrap_or(0.025) }
        }
        "ngrambf_v1" => SkipIndexKind::Ngrams { length: number(0)?.max(1), bytes: number(1)? },
        "tokenbf_v1" => SkipIndexKind::Tokens { bytes: number(0)? },
        _ => return None,
    };
    let granularity = index.granularity.as_deref().and_then(|text| text.parse().ok()).unwrap_or(1);
    Some(SkipIndex { column, granularity: usize::max(granularity, 1), kind })
}

#[cfg(test)]
mod tests {
    use super::*;
    use arrow::datatypes::{DataType, Field, Schema};
    use std::sync::Arc;

    #[test]
    fn lines_become_indexes() {
        let text = "a x TYPE set(100) GRANULARITY 4\nb y TYPE bloom_filter(0.01)\nc lower(y) TYPE bloom_filter\n\
                    d y TYPE ngrambf_v1(3, 1024, 2, 0) GRANULARITY 2\ne y TYPE tokenbf_v1(512, 3, 0)\nf x TYPE minmax";
        let field = |name: &str| Field::new(name, DataType::BinaryView, false);
        let mut definition = TableDefinition::new(Arc::new(Schema::new(vec![field("x"), field("y")])));
        let kept = lines(&parse_indexes(text).value);
        definition.options.insert(OPTION.to_owned(), kept);
        let index = |column, granularity, kind| SkipIndex { column, granularity, kind };
        let expected = [
            index(0, 4, SkipIndexKind::Set { most: 100 }),
            index(1, 1, SkipIndexKind::Bloom { false_positives: 0.01 }),
            index(1, 2, SkipIndexKind::Ngrams { length: 3, bytes: 1024 }),
            index(1, 1, SkipIndexKind::Tokens { bytes: 512 }),
        ];
        assert_eq!(of_table(&definition), expected);
    }
}
