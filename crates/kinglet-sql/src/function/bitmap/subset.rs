//! Parts of a set: `bitmapSubsetInRange`, `bitmapSubsetLimit`, `subBitmap`.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::operands::{BASE, SET, Sets, expect_set, written};
use crate::aggregate::bitmap_set::BitmapSet;
use crate::function::{Args, Call, Example, Function, Spec};

/// A function that takes part of a set, given two numbers.
pub(in crate::function) struct Subset {
    spec: &'static Spec,
    part: fn(&BitmapSet, u64, u64) -> Vec<u64>,
}

pub(super) static IN_RANGE: Subset = Subset {
    spec: &Spec {
        name: "bitmapSubsetInRange",
        syntax: "bitmapSubsetInRange(set, start, end)",
        summary: "The values from `start` to before `end`.",
        arguments: &[("set", SET), ("start", "Unsigned number"), ("end", "Unsigned number")],
        returns: "The type of the set",
        examples: &[Example {
            sql: "bitmapToArray(bitmapSubsetInRange(bitmapBuild([1, 3, 5, 7]), 3, 7))",
            answer: "[3,5]",
        }],
        ..BASE
    },
    part: |set, start, end| set.iter().filter(|key| (start..end).contains(key)).collect(),
};

pub(super) static LIMITED: Subset = Subset {
    spec: &Spec {
        name: "bitmapSubsetLimit",
        syntax: "bitmapSubsetLimit(set, start, limit)",
        summary: "The least values from `start` on, no more than `limit`.",
        arguments: &[("set", SET), ("start", "Unsigned number"), ("limit", "Unsigned number")],
        returns: "The type of the set",
        examples: &[Example {
            sql: "bitmapToArray(bitmapSubsetLimit(bitmapBuild([1, 3, 5, 7]), 2, 2))",
            answer: "[3,5]",
        }],
        ..BASE
    },
    part: |set, start, limit| {
        let mut part: Vec<u64> = set.iter().filter(|key| *key >= start).collect();
        part.sort_unstable();
        part.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
        part
    },
};

pub(super) static OFFSET: Subset = Subset {
    spec: &Spec {
        name: "subBitmap",
        syntax: "subBitmap(set, offset, limit)",
        summary: "The values after the first `offset`, no more than `limit`.",
        arguments: &[("set", SET), ("offset", "Unsigned number"), ("limit", "Unsigned number")],
        returns: "The type of the set",
        examples: &[Example {
            sql: "bitmapToArray(subBitmap(bitmapBuild([1, 3, 5, 7]), 1, 2))",
            answer: "[3,5]",
        }],
        ..BASE
    },
    part: |set, offset, limit| {
        let count = |number| usize::try_from(number).unwrap_or(usize::MAX);
        set.iter().skip(count(offset)).take(count(limit)).collect()
    },
};

impl Function for Subset {
    fn spec(&self) -> &'static Spec {
        self.spec
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(3..=3)?;
        expect_set(args, 0)?;
        for at in 1..3 {
            args.expect(at, |ty| ty.integer_bits().is_some_and(|(bits, signed)| bits <= 64 && !signed))?;
        }
        Ok(args.ty(0).clone())
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let sets = Sets::of(call, 0)?;
        let (start, end) = (call.ints(1)?, call.ints(2)?);
        written(call.rows, |row| {
            let set = sets.get(row)?;
            let mut part = BitmapSet::new(sets.element);
            let keys = (self.part)(&set, start.get(row) as u64, end.get(row) as u64);
            keys.into_iter().for_each(|key| part.add(key));
            Ok(part)
        })
    }
}
