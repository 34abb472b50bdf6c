//! `groupConcat`: the values as one text.

use std::ops::Range;
use std::sync::Arc;

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use super::wire::{Reader, write_bytes, write_varint};
use super::{Aggregate, Bound, Call, Groups, PerGroup, State};
use crate::Environment;
use crate::function::result::{internal, texts};
use crate::function::{Case, Example, Spec};
use crate::text::{Style, bytes_at, write_value};

pub(super) struct GroupConcat;

static SPEC: Spec = Spec {
    name: "groupConcat",
    aliases: &["group_concat", "string_agg"],
    case: Case::Insensitive,
    category: "aggregate",
    syntax: "groupConcat([delimiter[, limit]])(value) or groupConcat(value, delimiter)",
    summary: "The values as texts, one after the other with the delimiter between them.",
    arguments: &[("delimiter", "String"), ("limit", "The most values"), ("value", "Any type")],
    returns: "String",
    examples: &[Example { sql: "SELECT groupConcat(', ')(number) FROM numbers(3)", answer: "0, 1, 2" }],
    ..Spec::EMPTY
};

impl Aggregate for GroupConcat {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        call.expect_count(1..=2)?;
        if call.types.len() > 1 {
            call.expect(1, ChType::is_text)?;
        }
        let delimiter = call.text_parameter(0)?.unwrap_or_default();
        let limit = call.uint_parameter(1)?.and_then(|limit| usize::try_from(limit).ok());
        let setup = Setup { ty: call.ty(0).clone(), delimiter, limit, environment: call.environment.clone() };
        Ok(Arc::new(BoundText { setup }))
    }
}

#[derive(Clone, Debug)]
struct Setup {
    ty: ChType,
    delimiter: String,
    limit: Option<usize>,
    environment: Environment,
}

#[derive(Debug)]
struct BoundText {
    setup: Setup,
}

impl Bound for BoundText {
    fn result_type(&self) -> ChType {
        ChType::String
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(PerGroup::<Text>::new(self.setup.clone()))
    }
}

/// The text of a group.
#[derive(Default)]
struct Text {
    text: Vec<u8>,
    /// Where each value lies in the text, kept where their number is limited.
    values: Vec<Range<usize>>,
}

impl Text {
    /// Adds what `write` appends, after the delimiter where there is a text.
    fn add(&mut self, setup: &Setup, delimiter: &[u8], write: impl FnOnce(&mut Vec<u8>)) {
        if setup.limit.is_some_and(|limit| self.values.len() >= limit) {
            return;
        }
        if !self.text.is_empty() {
            self.text.extend_from_slice(delimiter);
        }
        let start = self.text.len();
        write(&mut self.text);
        if setup.limit.is_some() {
            self.values.push(start..self.text.len());
        }
    }
}

impl State for Text {
    type Setup = Setup;
    type Input<'a> = &'a [ArrayRef];

    fn empty(_: &Setup) -> Self {
        Self::default()
    }

    fn input<'a>(_: &Setup, columns: &'a [ArrayRef]) -> Result<Self::Input<'a>> {
        Ok(columns)
    }

    fn add(&mut self, setup: &Setup, columns: &Self::Input<'_>, row: usize) -> Result<()> {
        let values = columns.first().ok_or_else(|| internal("no column"))?;
        let delimiter = columns.get(1).map_or(setup.delimiter.as_bytes(), |texts| bytes_at(texts, row));
        Text::add(self, setup, delimiter, |out| {
            let start = out.len();
            write_value(values, row, &setup.ty, Style::Plain, &setup.environment, out);
            if let ChType::FixedString(_) = setup.ty {
                let padding = out.iter().skip(start).rev().take_while(|byte| **byte == 0).count();
                out.truncate(out.len() - padding);
            }
        });
        Ok(())
    }

    fn merge(&mut self, setup: &Setup, other: Self) -> Result<()> {
        let delimiter = setup.delimiter.as_bytes();
        if setup.limit.is_none() {
            Text::add(self, setup, delimiter, |out| out.extend_from_slice(&other.text));
            return Ok(());
        }
        for range in other.values {
            let value = other.text.get(range).unwrap_or_default();
            Text::add(self, setup, delimiter, |out| out.extend_from_slice(value));
        }
        Ok(())
    }

    fn write(&self, setup: &Setup, out: &mut Vec<u8>) -> Result<()> {
        write_bytes(&self.text, out);
        if setup.limit.is_some() {
            write_varint(self.values.len() as u64, out);
            for range in &self.values {
                write_varint(range.start as u64, out);
                write_varint(range.end as u64, out);
            }
        }
        Ok(())
    }

    fn read(setup: &Setup, bytes: &mut Reader<'_>) -> Result<Self> {
        let mut read = Self { text: bytes.bytes()?.to_vec(), values: Vec::new() };
        if setup.limit.is_some() {
            let place = |bytes: &mut Reader<'_>| {
                Ok::<usize, kinglet_types::SqlError>(usize::try_from(bytes.varint()?).unwrap_or(usize::MAX))
            };
            for _ in 0..bytes.varint()? {
                let start = place(bytes)?;
                read.values.push(start..place(bytes)?);
            }
        }
        Ok(read)
    }

    fn finish(_: &Setup, states: Vec<Self>) -> Result<ArrayRef> {
        texts(states.len(), |row, out| {
            out.extend_from_slice(states.get(row).map_or(&[], |state| &state.text));
            Ok(())
        })
    }

    fn size(&self) -> usize {
        self.text.capacity() + self.values.capacity() * 16
    }
}
