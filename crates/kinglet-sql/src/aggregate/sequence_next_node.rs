//! `sequenceNextNode`: the event that follows a chain of events.

use std::ops::Range;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, BinaryViewBuilder};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::kept_rows::{self, Codec, OverRows};
use super::levels::stored;
use super::wire::{Reader, read_int, write_bytes, write_int, write_varint};
use super::{Aggregate, Bound, Call, Nulls};
use crate::column_builder::ColumnBuilder;
use crate::function::result::internal;
use crate::function::{Example, Spec};
use crate::text::{bytes_at, int_at};

pub(super) struct SequenceNextNode;

static SPEC: Spec = Spec {
    name: "sequenceNextNode",
    category: "aggregate",
    syntax: "sequenceNextNode(direction, base)(time, event, base_condition[, condition, ..])",
    summary: "The event after (or, backward, before) a chain of events that meet the conditions one after the other, from the base on.",
    arguments: &[
        ("direction", "'forward' or 'backward'"),
        ("base", "'head', 'tail', 'first_match' or 'last_match'"),
        ("time", "Date, DateTime or unsigned number"),
        ("event", "String"),
        ("base_condition", "UInt8, which rows may be the base"),
        ("condition", "UInt8, up to 64"),
    ],
    returns: "Nullable(String)",
    examples: &[Example {
        sql: "SELECT sequenceNextNode('forward', 'first_match')(number, ['a', 'b', 'c'][number + 1], 1, number = 0) FROM numbers(3)",
        answer: "b",
    }],
    ..Spec::EMPTY
};

impl Aggregate for SequenceNextNode {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn nulls(&self) -> Nulls {
        Nulls::Own
    }

    fn bind(&self, call: &Call<'_>) -> Result<Arc<dyn Bound>> {
        let bad = |message: String| SqlError::new(ErrorCode::BAD_ARGUMENTS, message);
        if call.parameters.len() < 2 {
            return Err(bad(format!(
                "Aggregate function {} requires 'direction' and 'base' parameters.",
                call.name
            )));
        }
        let unknown = |text: &str| {
            bad(format!("Aggregate function {} doesn't support a parameter: {text}.", call.name))
        };
        let text = |at: usize| call.text_parameter(at).map(Option::unwrap_or_default);
        let backward = match text(0)?.as_str() {
            "forward" => false,
            "backward" => true,
            other => return Err(unknown(other)),
        };
        let base = match text(1)?.as_str() {
            "head" => Base::Head,
            "tail" => Base::Tail,
            "first_match" => Base::FirstMatch,
            "last_match" => Base::LastMatch,
            other => return Err(unknown(other)),
        };
        match (backward, base) {
            (true, Base::Head) => {
                return Err(bad("Invalid argument combination of 'head' with 'backward'.".into()));
            }
            (false, Base::Tail) => {
                return Err(bad("Invalid argument combination of 'tail' with 'forward'.".into()));
            }
            _ => {}
        }
        let matched = matches!(base, Base::FirstMatch | Base::LastMatch);
        call.expect_count(if matched { 4 } else { 3 }..=67)?;
        let unsigned = |ty: &ChType| ty.integer_bits().is_some_and(|(bits, signed)| bits <= 64 && !signed);
        let time = call.expect(0, |ty| unsigned(ty) || matches!(ty, ChType::Date | ChType::DateTime(_)))?;
        call.expect(1, |ty| *ty.bare() == ChType::String)?;
        for at in 2..call.types.len() {
            call.expect(at, |ty| *ty.bare() == ChType::UInt8)?;
        }
        let next = NextNode { time: time.clone(), conditions: call.types.len() - 3, backward, base };
        Ok(kept_rows::bound(call.types, Arc::new(next), false))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Base {
    Head,
    Tail,
    FirstMatch,
    LastMatch,
}

#[derive(Debug)]
struct NextNode {
    time: ChType,
    conditions: usize,
    backward: bool,
    base: Base,
}

/// One row.
struct Node {
    time: i64,
    row: usize,
    can_be_base: bool,
    /// The conditions it meets, one bit each.
    met: u64,
}

impl NextNode {
    fn nodes(&self, columns: &[ArrayRef], rows: Range<usize>) -> Result<Vec<Node>> {
        let [time, _, base, conditions @ ..] = columns else {
            return Err(internal("three columns are needed"));
        };
        let time = stored(time)?;
        let flag = |column: &ArrayRef, row: usize| !column.is_null(row) && int_at(column, row) != 0;
        let node = |row: usize| {
            let met = conditions.iter().enumerate().filter(|(_, column)| flag(column, row));
            Node {
                time: time.get(row).copied().unwrap_or(0),
                row,
                can_be_base: flag(base, row),
                met: met.fold(0, |bits, (at, _)| bits | 1_u64.checked_shl(at as u32).unwrap_or(0)),
            }
        };
        Ok(rows.map(node).collect())
    }

    fn base_of(&self, nodes: &[Node]) -> Option<usize> {
        let matches = |node: &Node| node.met & 1 == 1 && node.can_be_base;
        match self.base {
            Base::Head => nodes.first().filter(|node| node.can_be_base).map(|_| 0),
            Base::Tail => nodes.last().filter(|node| node.can_be_base).map(|_| nodes.len() - 1),
            Base::FirstMatch => nodes.iter().position(matches),
            Base::LastMatch => nodes.iter().rposition(matches),
        }
    }

    /// The node after the chain, of nodes in order of time.
    fn next<'a>(&self, nodes: &'a [Node]) -> Option<&'a Node> {
        if nodes.len() <= self.conditions {
            return None;
        }
        let base = self.base_of(nodes)?;
        let at = |step: usize| if self.backward { base.checked_sub(step) } else { base.checked_add(step) };
        for step in 0..self.conditions {
            // Backward, the first node of all ends a chain.
            let node = at(step).filter(|at| !self.backward || *at > 0).and_then(|at| nodes.get(at))?;
            if node.met.checked_shr(step as u32).unwrap_or(0) & 1 == 0 {
                return None;
            }
        }
        nodes.get(at(self.conditions)?)
    }
}

impl OverRows for NextNode {
    fn result_type(&self) -> ChType {
        ChType::String.nullable()
    }

    fn finish(&self, columns: &[ArrayRef], groups: &[Range<usize>]) -> Result<ArrayRef> {
        let events = columns.get(1).ok_or_else(|| internal("no events"))?;
        let mut builder = BinaryViewBuilder::with_capacity(groups.len());
        for rows in groups {
            let mut nodes = self.nodes(columns, rows.clone())?;
            nodes.sort_by_key(|node| node.time);
            match self.next(&nodes).filter(|node| !events.is_null(node.row)) {
                Some(node) => builder.append_value(bytes_at(events, node.row)),
                None => builder.append_null(),
            }
        }
        Ok(Arc::new(builder.finish()))
    }

    fn codec(&self) -> Option<&dyn Codec> {
        Some(self)
    }
}

impl Codec for NextNode {
    fn write(&self, columns: &[ArrayRef], rows: usize, out: &mut Vec<u8>) -> Result<()> {
        let events = columns.get(1).ok_or_else(|| internal("no events"))?;
        let nodes = self.nodes(columns, 0..rows)?;
        out.push(1);
        write_varint(nodes.len() as u64, out);
        for node in &nodes {
            // A NULL has no text but a mark of its own.
            write_bytes(if events.is_null(node.row) { b"" } else { bytes_at(events, node.row) }, out);
            write_int(node.time, &self.time, out);
            out.extend(node.met.to_le_bytes());
            out.push(u8::from(node.can_be_base));
        }
        Ok(())
    }

    fn read(&self, bytes: &mut Reader<'_>, out: &mut [ColumnBuilder]) -> Result<u64> {
        let [times, events, base, conditions @ ..] = out else {
            return Err(internal("three columns are needed"));
        };
        bytes.take(1)?;
        let count = bytes.varint()?;
        for _ in 0..count {
            events.append_bytes(bytes.bytes()?);
            times.append_int(read_int(bytes, &self.time)?);
            let met = u64::from_le_bytes(bytes.array()?);
            let bits = conditions.iter_mut().enumerate();
            bits.for_each(|(at, column)| {
                column.append_int((met.checked_shr(at as u32).unwrap_or(0) & 1) as i64);
            });
            base.append_int(i64::from(bytes.array::<1>()?[0]));
        }
        Ok(count)
    }
}
