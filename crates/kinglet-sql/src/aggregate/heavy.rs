//! Aggregates that answer one value or nothing: `anyHeavy` and `singleValueOrNull`.

use std::sync::Arc;

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::family::Member;
use super::nulls::{answers_null, null_answer};
use super::wire::Reader;
use super::{Bound, Call, Groups, PerGroup, State};
use crate::binary::{read_value, write_value};
use crate::column_builder::ColumnBuilder;
use crate::function::result::internal;
use crate::function::{Example, Spec};

pub(super) static MEMBERS: &[Member] = &[
    Member::new(
        &Spec {
            name: "anyHeavy",
            category: "aggregate",
            syntax: "anyHeavy(value)",
            summary: "The value that more than half of the rows have, if there is one; any value otherwise. The method is that of Boyer and Moore.",
            arguments: &[("value", "Any type")],
            returns: "The type of the value.",
            examples: &[Example {
                sql: "SELECT anyHeavy(x) FROM (SELECT arrayJoin([1, 2, 2, 3, 2]) AS x)",
                answer: "2",
            }],
            ..Spec::EMPTY
        },
        |call| bind(call, false),
    ),
    Member::new(
        &Spec {
            name: "singleValueOrNull",
            category: "aggregate",
            syntax: "singleValueOrNull(value)",
            summary: "The value, if all rows have the same; else NULL.",
            arguments: &[("value", "Any type")],
            returns: "Nullable of the type of the value.",
            examples: &[Example {
                sql: "SELECT singleValueOrNull(x) FROM (SELECT arrayJoin([2, 2]) AS x)",
                answer: "2",
            }],
            ..Spec::EMPTY
        },
        |call| bind(call, true),
    )
    .with_nulls(),
];

fn bind(call: &Call<'_>, single: bool) -> Result<Arc<dyn Bound>> {
    call.expect_count(1..=1)?;
    call.expect_no_parameters()?;
    Ok(Arc::new(BoundOne { setup: Setup { ty: call.ty(0).clone(), single } }))
}

#[derive(Clone, Debug)]
struct Setup {
    ty: ChType,
    single: bool,
}

#[derive(Debug)]
struct BoundOne {
    setup: Setup,
}

impl Bound for BoundOne {
    fn result_type(&self) -> ChType {
        let ty = self.setup.ty.clone();
        if self.setup.single && answers_null(&ty) { null_answer(ty) } else { ty }
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(PerGroup::<One>::new(self.setup.clone()))
    }
}

/// A value in its binary form and how far it is ahead; of the single value, whether another was seen.
#[derive(Default)]
struct One {
    value: Option<Box<[u8]>>,
    lead: u64,
    mixed: bool,
}

impl One {
    fn take(&mut self, setup: &Setup, value: &[u8], lead: u64) {
        match &self.value {
            None => {
                self.value = Some(value.into());
                self.lead = lead;
            }
            Some(known) if **known == *value => self.lead += lead,
            Some(_) if setup.single => self.mixed = true,
            Some(_) if self.lead < lead => {
                self.value = Some(value.into());
                self.lead = lead - self.lead;
            }
            Some(_) => self.lead -= lead,
        }
    }
}

impl State for One {
    type Setup = Setup;
    type Input<'a> = &'a ArrayRef;

    fn empty(_: &Setup) -> Self {
        Self::default()
    }

    fn input<'a>(_: &Setup, columns: &'a [ArrayRef]) -> Result<Self::Input<'a>> {
        columns.first().ok_or_else(|| internal("no column"))
    }

    fn add(&mut self, setup: &Setup, input: &Self::Input<'_>, row: usize) -> Result<()> {
        let mut value = Vec::new();
        write_value(input, row, &setup.ty, &mut value)?;
        // Where nothing leads, the next value takes the place.
        if !setup.single && self.lead == 0 {
            self.value = Some(value.into());
            self.lead = 1;
            return Ok(());
        }
        self.take(setup, &value, 1);
        Ok(())
    }

    fn merge(&mut self, setup: &Setup, other: Self) -> Result<()> {
        self.mixed |= other.mixed;
        if let Some(value) = &other.value {
            self.take(setup, value, other.lead);
        }
        Ok(())
    }

    fn write(&self, setup: &Setup, out: &mut Vec<u8>) -> Result<()> {
        match (&self.value, &setup.ty) {
            (Some(value), ChType::String) => {
                let mut reader = Reader::new(value);
                let text = reader.bytes()?;
                out.extend((text.len() as i32 + 1).to_le_bytes());
                out.extend_from_slice(text);
                out.push(0);
            }
            (None, ChType::String) => out.extend((-1_i32).to_le_bytes()),
            (Some(value), _) => {
                out.push(1);
                out.extend_from_slice(value);
            }
            (None, _) => out.push(0),
        }
        if !setup.single {
            out.extend(self.lead.to_le_bytes());
        }
        Ok(())
    }

    fn read(setup: &Setup, bytes: &mut Reader<'_>) -> Result<Self> {
        let mut read = Self::default();
        if setup.ty == ChType::String {
            let length = i32::from_le_bytes(bytes.array()?);
            if let Some(length) = usize::try_from(length).ok().filter(|length| *length > 0) {
                let text = bytes.take(length)?;
                let mut value = Vec::new();
                super::wire::write_bytes(text.strip_suffix(&[0]).unwrap_or(text), &mut value);
                read.value = Some(value.into());
            }
        } else if bytes.array::<1>()? != [0] {
            let before = bytes.rest();
            read_value(bytes, &setup.ty, &mut ColumnBuilder::new(&setup.ty))?;
            read.value = before.get(..before.len() - bytes.rest().len()).map(Into::into);
        }
        if !setup.single {
            read.lead = u64::from_le_bytes(bytes.array()?);
        }
        Ok(read)
    }

    fn finish(setup: &Setup, states: Vec<Self>) -> Result<ArrayRef> {
        let ty = setup.ty.clone();
        let nullable = if setup.single && answers_null(&ty) { null_answer(ty) } else { ty };
        let mut builder = ColumnBuilder::new(&nullable);
        for state in states {
            match state.value.filter(|_| !state.mixed) {
                Some(value) => read_value(&mut Reader::new(&value), &setup.ty, &mut builder)?,
                None => builder.append_default(),
            }
        }
        builder.finish()
    }

    fn size(&self) -> usize {
        self.value.as_ref().map_or(0, |value| value.len())
    }
}
