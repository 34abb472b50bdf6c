//! `first_value` and `last_value` over all rows, NULLs included.

use std::sync::Arc;

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::wire::Reader;
use super::{Aggregate, Bound, Call, Groups, Nulls, PerGroup, State};
use crate::binary::{read_value, write_value};
use crate::column_builder::ColumnBuilder;
use crate::function::result::internal;
use crate::function::{Example, Spec};

pub(super) struct FirstRespectingNulls;

static FIRST: Spec = Spec {
    name: "any_respect_nulls",
    aliases: &[
        "first_value_respect_nulls",
        "any_value_respect_nulls",
        "anyRespectNulls",
        "anyValueRespectNulls",
        "firstValueRespectNulls",
    ],
    category: "aggregate",
    syntax: "first_value(value) RESPECT NULLS",
    summary: "The first value, even if it is NULL.",
    arguments: &[("value", "Any type")],
    returns: "The type of the value.",
    examples: &[Example {
        sql: "SELECT first_value_respect_nulls(x) FROM (SELECT arrayJoin([NULL, 1]) AS x)",
        answer: "\\N",
    }],
    ..Spec::EMPTY
};

impl Aggregate for FirstRespectingNulls {
    fn spec(&self) -> &'static Spec {
        &FIRST
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        bind(call, false)
    }

    fn nulls(&self) -> Nulls {
        Nulls::Own
    }
}

pub(super) struct LastRespectingNulls;

static LAST: Spec = Spec {
    name: "anyLast_respect_nulls",
    aliases: &["last_value_respect_nulls", "anyLastRespectNulls", "lastValueRespectNulls"],
    category: "aggregate",
    syntax: "last_value(value) RESPECT NULLS",
    summary: "The last value, even if it is NULL.",
    arguments: &[("value", "Any type")],
    returns: "The type of the value.",
    examples: &[Example {
        sql: "SELECT last_value_respect_nulls(x) FROM (SELECT arrayJoin([1, NULL]) AS x)",
        answer: "\\N",
    }],
    ..Spec::EMPTY
};

impl Aggregate for LastRespectingNulls {
    fn spec(&self) -> &'static Spec {
        &LAST
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        bind(call, true)
    }

    fn nulls(&self) -> Nulls {
        Nulls::Own
    }
}

fn bind(call: &Call<'_>, last: bool) -> Result<Arc<dyn Bound>> {
    call.expect_count(1..=1)?;
    call.expect_no_parameters()?;
    Ok(Arc::new(BoundEnd { setup: (call.ty(0).clone(), last) }))
}

#[derive(Debug)]
struct BoundEnd {
    /// Type of the values, and whether the last is kept.
    setup: (ChType, bool),
}

impl Bound for BoundEnd {
    fn result_type(&self) -> ChType {
        self.setup.0.clone()
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(PerGroup::<End>::new(self.setup.clone()))
    }
}

/// What a state starts with: no row was seen, the row was NULL, or a value follows.
const NOTHING: u8 = 1;
const NULL: u8 = 2;
const VALUE: u8 = 3;

/// The value in its binary form, if there is one.
struct End(Option<Vec<u8>>);

impl State for End {
    type Setup = (ChType, bool);
    type Input<'a> = &'a ArrayRef;

    fn empty(_: &Self::Setup) -> Self {
        Self(None)
    }

    fn input<'a>(_: &Self::Setup, columns: &'a [ArrayRef]) -> Result<Self::Input<'a>> {
        columns.first().ok_or_else(|| internal("no column"))
    }

    fn add(&mut self, (ty, last): &Self::Setup, input: &Self::Input<'_>, row: usize) -> Result<()> {
        if self.0.is_none() || *last {
            let mut bytes = self.0.take().unwrap_or_default();
            bytes.clear();
            write_value(input, row, ty, &mut bytes)?;
            self.0 = Some(bytes);
        }
        Ok(())
    }

    fn merge(&mut self, (_, last): &Self::Setup, other: Self) -> Result<()> {
        if self.0.is_none() || (*last && other.0.is_some()) {
            self.0 = other.0;
        }
        Ok(())
    }

    fn write(&self, (ty, _): &Self::Setup, out: &mut Vec<u8>) -> Result<()> {
        match &self.0 {
            None => out.push(NOTHING),
            Some(bytes) if ty.is_nullable() && bytes.first() == Some(&1) => out.push(NULL),
            Some(bytes) => {
                out.push(VALUE);
                out.extend_from_slice(bytes);
            }
        }
        Ok(())
    }

    fn read((ty, _): &Self::Setup, bytes: &mut Reader<'_>) -> Result<Self> {
        match bytes.array::<1>()? {
            [VALUE] => {
                let before = bytes.rest();
                read_value(bytes, ty, &mut ColumnBuilder::new(ty))?;
                let value = before.get(..before.len() - bytes.rest().len()).unwrap_or_default();
                Ok(Self(Some(value.to_vec())))
            }
            [NULL] => Ok(Self(Some(vec![1]))),
            _ => Ok(Self(None)),
        }
    }

    fn finish((ty, _): &Self::Setup, states: Vec<Self>) -> Result<ArrayRef> {
        let mut builder = ColumnBuilder::new(ty);
        for state in states {
            match state.0 {
                Some(bytes) => read_value(&mut Reader::new(&bytes), ty, &mut builder)?,
                None => builder.append_default(),
            }
        }
        builder.finish()
    }

    fn size(&self) -> usize {
        self.0.as_ref().map_or(0, Vec::capacity)
    }
}
