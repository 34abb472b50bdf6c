//! What is made of two sets, and asked of them.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::operands::{BASE, SET, Sets, expect_set, written};
use crate::aggregate::bitmap_set::BitmapSet;
use crate::aggregate::bitmaps::set_type;
use crate::function::{Args, Call, Example, Function, Spec, result};

/// A function of two sets.
pub(in crate::function) struct OfTwo {
    spec: &'static Spec,
    operation: fn(&mut BitmapSet, &BitmapSet),
    answer: Answer,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Answer {
    /// The set the operation leaves.
    Set,
    /// The number of its values.
    Cardinality,
    /// Whether it has any.
    Any,
    /// Whether it has none.
    None,
}

const TWO: &[(&str, &str)] = &[("first", SET), ("second", SET)];

const SETS: Spec = Spec { arguments: TWO, returns: "The type of the sets", ..BASE };

const COUNTS: Spec = Spec { arguments: TWO, returns: "UInt64", ..BASE };

const FLAGS: Spec = Spec { arguments: TWO, returns: "UInt8", ..BASE };

pub(super) static AND: OfTwo = OfTwo {
    spec: &Spec {
        name: "bitmapAnd",
        syntax: "bitmapAnd(first, second)",
        summary: "The values of both sets.",
        examples: &[Example {
            sql: "bitmapToArray(bitmapAnd(bitmapBuild([1, 2]), bitmapBuild([2, 3])))",
            answer: "[2]",
        }],
        ..SETS
    },
    operation: BitmapSet::intersect,
    answer: Answer::Set,
};

pub(super) static OR: OfTwo = OfTwo {
    spec: &Spec {
        name: "bitmapOr",
        syntax: "bitmapOr(first, second)",
        summary: "The values of either set.",
        examples: &[Example {
            sql: "bitmapToArray(bitmapOr(bitmapBuild([1, 2]), bitmapBuild([2, 3])))",
            answer: "[1,2,3]",
        }],
        ..SETS
    },
    operation: BitmapSet::unite,
    answer: Answer::Set,
};

pub(super) static XOR: OfTwo = OfTwo {
    spec: &Spec {
        name: "bitmapXor",
        syntax: "bitmapXor(first, second)",
        summary: "The values of one set but not of both.",
        examples: &[Example {
            sql: "bitmapToArray(bitmapXor(bitmapBuild([1, 2]), bitmapBuild([2, 3])))",
            answer: "[1,3]",
        }],
        ..SETS
    },
    operation: BitmapSet::differ,
    answer: Answer::Set,
};

pub(super) static ANDNOT: OfTwo = OfTwo {
    spec: &Spec {
        name: "bitmapAndnot",
        syntax: "bitmapAndnot(first, second)",
        summary: "The values of the first set that are not in the second.",
        examples: &[Example {
            sql: "bitmapToArray(bitmapAndnot(bitmapBuild([1, 2]), bitmapBuild([2, 3])))",
            answer: "[1]",
        }],
        ..SETS
    },
    operation: BitmapSet::subtract,
    answer: Answer::Set,
};

pub(super) static AND_CARDINALITY: OfTwo = OfTwo {
    spec: &Spec {
        name: "bitmapAndCardinality",
        syntax: "bitmapAndCardinality(first, second)",
        summary: "The number of values of both sets.",
        examples: &[Example {
            sql: "bitmapAndCardinality(bitmapBuild([1, 2]), bitmapBuild([2, 3]))",
            answer: "1",
        }],
        ..COUNTS
    },
    operation: BitmapSet::intersect,
    answer: Answer::Cardinality,
};

pub(super) static OR_CARDINALITY: OfTwo = OfTwo {
    spec: &Spec {
        name: "bitmapOrCardinality",
        syntax: "bitmapOrCardinality(first, second)",
        summary: "The number of values of either set.",
        examples: &[Example {
            sql: "bitmapOrCardinality(bitmapBuild([1, 2]), bitmapBuild([2, 3]))",
            answer: "3",
        }],
        ..COUNTS
    },
    operation: BitmapSet::unite,
    answer: Answer::Cardinality,
};

pub(super) static XOR_CARDINALITY: OfTwo = OfTwo {
    spec: &Spec {
        name: "bitmapXorCardinality",
        syntax: "bitmapXorCardinality(first, second)",
        summary: "The number of values of one set but not of both.",
        examples: &[Example {
            sql: "bitmapXorCardinality(bitmapBuild([1, 2]), bitmapBuild([2, 3]))",
            answer: "2",
        }],
        ..COUNTS
    },
    operation: BitmapSet::differ,
    answer: Answer::Cardinality,
};

pub(super) static ANDNOT_CARDINALITY: OfTwo = OfTwo {
    spec: &Spec {
        name: "bitmapAndnotCardinality",
        syntax: "bitmapAndnotCardinality(first, second)",
        summary: "The number of values of the first set that are not in the second.",
        examples: &[Example {
            sql: "bitmapAndnotCardinality(bitmapBuild([1, 2]), bitmapBuild([2, 3]))",
            answer: "1",
        }],
        ..COUNTS
    },
    operation: BitmapSet::subtract,
    answer: Answer::Cardinality,
};

pub(super) static HAS_ANY: OfTwo = OfTwo {
    spec: &Spec {
        name: "bitmapHasAny",
        syntax: "bitmapHasAny(first, second)",
        summary: "Whether the sets have a value in common.",
        examples: &[Example { sql: "bitmapHasAny(bitmapBuild([1, 2]), bitmapBuild([2, 3]))", answer: "1" }],
        ..FLAGS
    },
    operation: BitmapSet::intersect,
    answer: Answer::Any,
};

pub(super) static HAS_ALL: OfTwo = OfTwo {
    spec: &Spec {
        name: "bitmapHasAll",
        syntax: "bitmapHasAll(first, second)",
        summary: "Whether the first set has all values of the second.",
        examples: &[Example { sql: "bitmapHasAll(bitmapBuild([1, 2]), bitmapBuild([2, 3]))", answer: "0" }],
        ..FLAGS
    },
    operation: lacking,
    answer: Answer::None,
};

/// Leaves in `first` what of `second` it has not.
fn lacking(first: &mut BitmapSet, second: &BitmapSet) {
    let mut rest = second.clone();
    rest.subtract(first);
    *first = rest;
}

impl Function for OfTwo {
    fn spec(&self) -> &'static Spec {
        self.spec
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        let (first, second) = (expect_set(args, 0)?, expect_set(args, 1)?);
        if first != second {
            let message = format!(
                "The nested type in bitmaps must be the same, but one is {first}, and the other is {second}"
            );
            return Err(SqlError::new(ErrorCode::ILLEGAL_TYPE_OF_ARGUMENT, message));
        }
        Ok(match self.answer {
            Answer::Set => set_type(first),
            Answer::Cardinality => ChType::UInt64,
            Answer::Any | Answer::None => ChType::UInt8,
        })
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (first, second) = (Sets::of(call, 0)?, Sets::of(call, 1)?);
        let combined = |row: usize| {
            let mut set = first.get(row)?;
            (self.operation)(&mut set, &second.get(row)?);
            Ok(set)
        };
        match self.answer {
            Answer::Set => written(call.rows, combined),
            Answer::Cardinality => {
                result::ints(call.result, call.rows, |row| combined(row).map(|set| set.len() as i64))
            }
            Answer::Any => result::flags(call.rows, |row| combined(row).map(|set| set.len() > 0)),
            Answer::None => result::flags(call.rows, |row| combined(row).map(|set| set.len() == 0)),
        }
    }
}
