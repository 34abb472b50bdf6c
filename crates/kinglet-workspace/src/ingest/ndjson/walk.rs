//! Walking one row's document along the plan, value by value.

use super::plan::{Node, Plan};
use crate::ingest::block::BlockBuilder;
use crate::ingest::column::Refusal;
use crate::ingest::source::{Json, Malformed, Shape, Source as _};
use kinglet_datafile::PathStep;

/// A value that a column did not take, or a document that cannot be read.
#[derive(Debug)]
pub(super) struct Fault {
    pub(super) refusal: Refusal,
    pub(super) column: usize,
    pub(super) value: Vec<u8>,
    pub(super) at: usize,
}

impl From<Malformed> for Fault {
    fn from(malformed: Malformed) -> Self {
        Fault { refusal: Refusal::Malformed(malformed), column: 0, value: Vec::new(), at: malformed.at }
    }
}

/// Reads the row that comes next in `json`, marking the columns it fills.
pub(super) fn row(
    plan: &Plan,
    json: &mut Json<'_>,
    block: &mut BlockBuilder,
    filled: &mut [bool],
) -> Result<(), Fault> {
    if json.shape()? != Shape::Keyed {
        let at = json.offset();
        let reason = "expected a JSON object per row";
        return Err(Malformed { at, reason }.into());
    }
    value(&plan.root, json, block, filled)
}

fn value(
    node: &Node,
    json: &mut Json<'_>,
    block: &mut BlockBuilder,
    filled: &mut [bool],
) -> Result<(), Fault> {
    if let Some(column) = node.only_column() {
        return take(column, json, block, filled);
    }
    if node.only_members() {
        return members(node, json, block, filled);
    }
    // Several look at this value: each reads it again.
    for column in &node.columns {
        take(*column, &mut json.clone(), block, filled)?;
    }
    for (column, steps) in &node.tails {
        tail(*column, steps, json.clone(), block, filled)?;
    }
    if !node.members.is_empty() {
        members(node, &mut json.clone(), block, filled)?;
    }
    json.skip()?;
    Ok(())
}

/// Descends into an object; any other value is passed over.
fn members(
    node: &Node,
    json: &mut Json<'_>,
    block: &mut BlockBuilder,
    filled: &mut [bool],
) -> Result<(), Fault> {
    if json.shape()? != Shape::Keyed {
        json.skip()?;
        return Ok(());
    }
    json.enter()?;
    let mut hint = 0;
    while let Some(key) = json.key()? {
        match node.member(&key, &mut hint) {
            Some(member) => value(member, json, block, filled)?,
            None => {
                json.skip()?;
            }
        }
    }
    Ok(())
}

/// Lets a column take the value, unless it is `null` and the column has a `DEFAULT`, or
/// the row's value for it was seen before.
fn take(
    column: usize,
    json: &mut Json<'_>,
    block: &mut BlockBuilder,
    filled: &mut [bool],
) -> Result<(), Fault> {
    let seen = filled.get(column) != Some(&false);
    if seen || json.shape()? == Shape::Null {
        json.skip()?;
        return Ok(());
    }
    let before = json.clone();
    let Some(builder) = block.column(column) else {
        return Ok(());
    };
    if let Err(refusal) = builder.push(json) {
        return Err(fault(column, refusal, before));
    }
    mark(column, filled);
    Ok(())
}

fn fault(column: usize, refusal: Refusal, mut before: Json<'_>) -> Fault {
    before.skip_space();
    let at = before.offset();
    // A ClickHouse literal inside a string has its own offsets: the value is what is wrong.
    match before.clone().skip() {
        Ok(value) => Fault { refusal: Refusal::NotOfType, column, value: unquoted(value).to_vec(), at },
        Err(malformed) => Fault {
            refusal: match refusal {
                Refusal::Malformed(inner) => Refusal::Malformed(inner),
                Refusal::NotOfType => Refusal::Malformed(malformed),
            },
            column,
            value: Vec::new(),
            at,
        },
    }
}

fn unquoted(value: &[u8]) -> &[u8] {
    let inner = value.strip_prefix(b"\"").and_then(|v| v.strip_suffix(b"\""));
    inner.unwrap_or(value)
}

fn mark(column: usize, filled: &mut [bool]) {
    if let Some(slot) = filled.get_mut(column) {
        *slot = true;
    }
}

/// Follows steps that pick or spread over elements, and gives the column what they find.
fn tail(
    column: usize,
    steps: &[PathStep],
    mut json: Json<'_>,
    block: &mut BlockBuilder,
    filled: &mut [bool],
) -> Result<(), Fault> {
    let before = json.clone();
    let spread = steps.contains(&PathStep::All);
    if !spread {
        if let Some(mut found) = find(steps, &mut json)? {
            take(column, &mut found, block, filled)?;
        }
        return Ok(());
    }
    if json.shape()? == Shape::Null {
        return Ok(());
    }
    // The elements as one JSON array of exactly the wanted values.
    let mut gathered = Vec::new();
    gather(steps, &mut json, &mut gathered)?;
    let mut array = Json::new(&gathered);
    let Some(builder) = block.column(column) else {
        return Ok(());
    };
    if builder.push(&mut array).is_err() {
        return Err(fault(column, Refusal::NotOfType, before));
    }
    mark(column, filled);
    Ok(())
}

/// The value at `steps` (keys and indexes); `None` when it is not there.
fn find<'a>(steps: &[PathStep], json: &mut Json<'a>) -> Result<Option<Json<'a>>, Malformed> {
    let Some((step, rest)) = steps.split_first() else {
        return Ok(Some(json.clone()));
    };
    match (step, json.shape()?) {
        (PathStep::Key(wanted), Shape::Keyed) => {
            json.enter()?;
            while let Some(key) = json.key()? {
                if *key == *wanted.as_bytes() {
                    return find(rest, json);
                }
                json.skip()?;
            }
        }
        (PathStep::Index(wanted), Shape::List) => {
            json.enter()?;
            let mut at = 0;
            while json.next()? {
                if at == *wanted {
                    return find(rest, json);
                }
                json.skip()?;
                at += 1;
            }
        }
        _ => {}
    }
    Ok(None)
}

/// Appends the value at `steps`, with `[:]` as an array of what follows it per element.
/// What is not there becomes `null`.
fn gather(steps: &[PathStep], json: &mut Json<'_>, out: &mut Vec<u8>) -> Result<(), Malformed> {
    let each = steps.iter().position(|step| *step == PathStep::All);
    let Some(each) = each else {
        match find(steps, json)? {
            Some(mut found) => out.extend_from_slice(found.skip()?),
            None => out.extend_from_slice(b"null"),
        }
        return Ok(());
    };
    let found = find(steps.get(..each).unwrap_or_default(), json)?;
    let rest = steps.get(each + 1..).unwrap_or_default();
    let Some(mut list) = found else {
        out.extend_from_slice(b"[]");
        return Ok(());
    };
    if list.shape()? != Shape::List {
        out.extend_from_slice(list.skip()?);
        return Ok(());
    }
    out.push(b'[');
    list.enter()?;
    let mut first = true;
    while list.next()? {
        if !std::mem::take(&mut first) {
            out.push(b',');
        }
        let element = list.skip()?;
        gather(rest, &mut Json::new(element), out)?;
    }
    out.push(b']');
    Ok(())
}
