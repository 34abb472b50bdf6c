//! What is asked of one set: `bitmapCardinality`, `bitmapContains`, `bitmapMin`, `bitmapMax`, `bitmapToArray`.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::operands::{BASE, SET, Sets, expect_set};
use crate::function::{Args, Call, Example, Function, Spec, result};

/// A function of one set.
pub(in crate::function) struct OfSet {
    spec: &'static Spec,
    question: Question,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Question {
    Cardinality,
    Contains,
    Max,
    Min,
    Values,
}

pub(super) static CARDINALITY: OfSet = OfSet {
    spec: &Spec {
        name: "bitmapCardinality",
        syntax: "bitmapCardinality(set)",
        summary: "The number of values.",
        arguments: &[("set", SET)],
        returns: "UInt64",
        examples: &[Example { sql: "bitmapCardinality(bitmapBuild([1, 2, 2]))", answer: "2" }],
        ..BASE
    },
    question: Question::Cardinality,
};

pub(super) static CONTAINS: OfSet = OfSet {
    spec: &Spec {
        name: "bitmapContains",
        syntax: "bitmapContains(set, value)",
        summary: "Whether the value is in the set.",
        arguments: &[("set", SET), ("value", "Whole number")],
        returns: "UInt8",
        examples: &[Example { sql: "bitmapContains(bitmapBuild([1, 2]), 2)", answer: "1" }],
        ..BASE
    },
    question: Question::Contains,
};

pub(super) static MAX: OfSet = OfSet {
    spec: &Spec {
        name: "bitmapMax",
        syntax: "bitmapMax(set)",
        summary: "The greatest value, 0 of none.",
        arguments: &[("set", SET)],
        returns: "UInt64",
        examples: &[Example { sql: "bitmapMax(bitmapBuild([5, 2]))", answer: "5" }],
        ..BASE
    },
    question: Question::Max,
};

pub(super) static MIN: OfSet = OfSet {
    spec: &Spec {
        name: "bitmapMin",
        syntax: "bitmapMin(set)",
        summary: "The least value; of none the greatest number of 32 or 64 bits.",
        arguments: &[("set", SET)],
        returns: "UInt64",
        examples: &[Example { sql: "bitmapMin(bitmapBuild([5, 2]))", answer: "2" }],
        ..BASE
    },
    question: Question::Min,
};

pub(super) static TO_ARRAY: OfSet = OfSet {
    spec: &Spec {
        name: "bitmapToArray",
        syntax: "bitmapToArray(set)",
        summary: "The values: up to 32 in the order they came, more in ascending order, negative ones last.",
        arguments: &[("set", SET)],
        returns: "Array of the values' type",
        examples: &[Example { sql: "bitmapToArray(bitmapBuild([5, 2]))", answer: "[5,2]" }],
        ..BASE
    },
    question: Question::Values,
};

impl Function for OfSet {
    fn spec(&self) -> &'static Spec {
        self.spec
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        let contains = self.question == Question::Contains;
        let count = 1 + usize::from(contains);
        args.expect_count(count..=count)?;
        let element = expect_set(args, 0)?;
        if contains {
            args.expect(1, |ty| ty.integer_bits().is_some_and(|(bits, _)| bits <= 64))?;
        }
        Ok(match self.question {
            Question::Contains => ChType::UInt8,
            Question::Values => ChType::array(element.clone()),
            _ => ChType::UInt64,
        })
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let sets = Sets::of(call, 0)?;
        match self.question {
            Question::Cardinality => {
                result::ints(call.result, call.rows, |row| Ok(sets.get(row)?.len() as i64))
            }
            Question::Max => result::ints(call.result, call.rows, |row| Ok(sets.get(row)?.greatest() as i64)),
            Question::Min => result::ints(call.result, call.rows, |row| Ok(sets.get(row)?.least() as i64)),
            Question::Contains => {
                let values = call.ints(1)?;
                result::flags(call.rows, |row| {
                    let value = values.get(row);
                    let fits = value as u64 <= sets.element.greatest();
                    Ok(fits && sets.get(row)?.contains(sets.element.key(value)))
                })
            }
            Question::Values => {
                let mut values = Vec::new();
                let mut lengths = Vec::with_capacity(call.rows);
                for row in 0..call.rows {
                    let before = values.len();
                    values.extend(sets.get(row)?.iter().map(|key| key as i64));
                    lengths.push(values.len() - before);
                }
                let element = call.result.element().unwrap_or(ChType::Nothing);
                result::lists(call.result, result::int_array(&element, values, None)?, lengths)
            }
        }
    }
}
