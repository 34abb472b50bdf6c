//! `groupBitmap` and its like: sets of whole numbers, and what is common to several.

use std::sync::Arc;

use arrow::array::{ArrayRef, AsArray, BinaryViewArray};
use arrow::buffer::ScalarBuffer;
use kinglet_types::{AggregateType, ChType, Result, SqlError};

use super::bitmap_set::{BitmapSet, Element};
use super::family::Member;
use super::keep::stored_ints;
use super::wire::Reader;
use super::{Bound, Call, Groups, PerGroup, State};
use crate::function::result::{self, internal};
use crate::function::{Example, Spec};

const BASE: Spec = Spec { category: "aggregate", returns: "The type of the values.", ..Spec::EMPTY };

const SETS: &[(&str, &str)] = &[("set", "AggregateFunction(groupBitmap, ..)")];

pub(super) static MEMBERS: &[Member] = &[
    Member::new(
        &Spec {
            name: "groupBitmap",
            syntax: "groupBitmap(value)",
            summary: "The number of different values; its state is a set for the `bitmap…` functions.",
            arguments: &[("value", "Whole number of 8 to 64 bits")],
            examples: &[Example { sql: "SELECT groupBitmap(number % 3) FROM numbers(10)", answer: "3" }],
            ..BASE
        },
        bind_values,
    ),
    Member::new(
        &Spec {
            name: "groupBitmapAnd",
            syntax: "groupBitmapAnd(set)",
            summary: "The number of values that all sets hold.",
            arguments: SETS,
            examples: &[Example {
                sql: "SELECT groupBitmapAnd(s) FROM (SELECT bitmapBuild([number, 7]) AS s FROM numbers(3))",
                answer: "1",
            }],
            ..BASE
        },
        |call| bind_sets(call, Operation::And),
    ),
    Member::new(
        &Spec {
            name: "groupBitmapOr",
            syntax: "groupBitmapOr(set)",
            summary: "The number of values that any of the sets holds.",
            arguments: SETS,
            examples: &[Example {
                sql: "SELECT groupBitmapOr(s) FROM (SELECT bitmapBuild([number, 7]) AS s FROM numbers(3))",
                answer: "4",
            }],
            ..BASE
        },
        |call| bind_sets(call, Operation::Or),
    ),
    Member::new(
        &Spec {
            name: "groupBitmapXor",
            syntax: "groupBitmapXor(set)",
            summary: "The number of values that an odd number of the sets holds.",
            arguments: SETS,
            examples: &[Example {
                sql: "SELECT groupBitmapXor(s) FROM (SELECT bitmapBuild([number, 7]) AS s FROM numbers(2))",
                answer: "2",
            }],
            ..BASE
        },
        |call| bind_sets(call, Operation::Xor),
    ),
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Operation {
    /// Rows are values.
    Add,
    /// Rows are sets.
    And,
    Or,
    Xor,
}

fn bind_values(call: &Call<'_>) -> Result<Arc<dyn Bound>> {
    call.expect_no_parameters()?;
    call.expect_count(1..=1)?;
    bind(call, call.ty(0), Operation::Add)
}

fn bind_sets(call: &Call<'_>, operation: Operation) -> Result<Arc<dyn Bound>> {
    call.expect_no_parameters()?;
    call.expect_count(1..=1)?;
    let refused = || SqlError::illegal_type(call.name, 1, call.ty(0));
    bind(call, element_type(call.ty(0)).ok_or_else(refused)?, operation)
}

fn bind(call: &Call<'_>, ty: &ChType, operation: Operation) -> Result<Arc<dyn Bound>> {
    let element = Element::of(ty).ok_or_else(|| SqlError::illegal_type(call.name, 1, call.ty(0)))?;
    Ok(Arc::new(BoundSets { ty: ty.clone(), setup: (element, operation) }))
}

/// The type of the values in sets of a type.
pub(crate) fn element_type(ty: &ChType) -> Option<&ChType> {
    match ty {
        ChType::AggregateFunction(state) if state.function.as_ref() == "groupBitmap" => {
            state.arguments.first()
        }
        _ => None,
    }
}

/// The type of sets of values of a type.
pub(crate) fn set_type(ty: &ChType) -> ChType {
    ChType::AggregateFunction(Arc::new(state_of(ty)))
}

fn state_of(ty: &ChType) -> AggregateType {
    AggregateType {
        version: None,
        function: "groupBitmap".into(),
        parameters: Arc::new([]),
        arguments: Arc::new([ty.clone()]),
    }
}

#[derive(Debug)]
struct BoundSets {
    ty: ChType,
    setup: (Element, Operation),
}

impl Bound for BoundSets {
    fn result_type(&self) -> ChType {
        self.ty.clone()
    }

    fn state_type(&self) -> Option<Arc<AggregateType>> {
        (self.setup.1 != Operation::Add).then(|| Arc::new(state_of(&self.ty)))
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(Counted { ty: self.ty.clone(), held: PerGroup::new(self.setup) })
    }
}

/// The sets of all groups; answers are counts in the values' type.
struct Counted {
    ty: ChType,
    held: PerGroup<Held>,
}

impl Groups for Counted {
    fn update(&mut self, rows: &super::Rows<'_>) -> Result<()> {
        self.held.update(rows)
    }

    fn merge(&mut self, rows: &super::Rows<'_>) -> Result<()> {
        self.held.merge(rows)
    }

    fn finish(&mut self, count: usize) -> Result<ArrayRef> {
        let counts = self.held.finish(count)?;
        let counts = stored_ints(&counts)?;
        result::ints(&self.ty, count, |row| Ok(counts.get(row).copied().unwrap_or(0)))
    }

    fn states(&mut self, count: usize) -> Result<ArrayRef> {
        self.held.states(count)
    }

    fn state_length(&self, bytes: &[u8]) -> Result<usize> {
        self.held.state_length(bytes)
    }

    fn len(&self) -> usize {
        self.held.len()
    }

    fn size(&self) -> usize {
        self.held.size()
    }
}

/// The set of a group, none before the first row.
struct Held(Option<BitmapSet>);

enum Input<'a> {
    Values(ScalarBuffer<i64>),
    Sets(&'a BinaryViewArray),
}

impl Held {
    fn combine(&mut self, other: BitmapSet, operation: Operation) {
        match &mut self.0 {
            None => self.0 = Some(other),
            Some(set) => match operation {
                Operation::Add | Operation::Or => set.unite(&other),
                Operation::And => set.intersect(&other),
                Operation::Xor => set.differ(&other),
            },
        }
    }
}

impl State for Held {
    type Setup = (Element, Operation);
    type Input<'a> = Input<'a>;

    fn empty(_: &Self::Setup) -> Self {
        Self(None)
    }

    fn input<'a>((_, operation): &Self::Setup, columns: &'a [ArrayRef]) -> Result<Self::Input<'a>> {
        let column = columns.first().ok_or_else(|| internal("no column"))?;
        if *operation == Operation::Add {
            return Ok(Input::Values(stored_ints(column)?));
        }
        Ok(Input::Sets(column.as_binary_view_opt().ok_or_else(|| internal("states are bytes"))?))
    }

    fn add(&mut self, (element, operation): &Self::Setup, input: &Self::Input<'_>, row: usize) -> Result<()> {
        match input {
            Input::Values(values) => {
                let value = values.get(row).copied().unwrap_or(0);
                self.0.get_or_insert_with(|| BitmapSet::new(*element)).add(element.key(value));
            }
            Input::Sets(sets) => {
                self.combine(BitmapSet::read(*element, &mut Reader::new(sets.value(row)))?, *operation);
            }
        }
        Ok(())
    }

    fn merge(&mut self, (_, operation): &Self::Setup, other: Self) -> Result<()> {
        if let Some(other) = other.0 {
            self.combine(other, *operation);
        }
        Ok(())
    }

    fn write(&self, (element, _): &Self::Setup, out: &mut Vec<u8>) -> Result<()> {
        match &self.0 {
            Some(set) => set.write(out),
            None => BitmapSet::new(*element).write(out),
        }
    }

    fn read((element, _): &Self::Setup, bytes: &mut Reader<'_>) -> Result<Self> {
        Ok(Self(Some(BitmapSet::read(*element, bytes)?)))
    }

    fn finish(_: &Self::Setup, states: Vec<Self>) -> Result<ArrayRef> {
        let count = |state: &Self| state.0.as_ref().map_or(0, BitmapSet::len) as i64;
        result::ints(&ChType::Int64, states.len(), |row| Ok(states.get(row).map_or(0, count)))
    }

    fn size(&self) -> usize {
        self.0.as_ref().map_or(0, BitmapSet::size)
    }
}
