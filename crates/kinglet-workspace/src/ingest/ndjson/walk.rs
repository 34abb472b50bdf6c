//! Walking one row's document along the plan, value by value.

use super::plan::{Node, Plan};
use crate::ingest::block::BlockBuilder;
use crate::ingest::column::Refusal;
use crate::ingest::source::{Json, Malformed, Shape, Source as _};
use crate::ingest::target::{Target, TargetColumn};
use kinglet_datafile::PathStep;

/// Reads the row that comes next in `json`, marking the columns it fills.
pub(super) fn row(
    plan: &Plan,
    json: &mut Json<'_>,
    block: &mut BlockBuilder,
    filled: &mut [bool],
) -> Result<(), Malformed> {
    if json.shape()? != Shape::Keyed {
        let at = json.offset();
        let reason = "expected a JSON object per row";
        return Err(Malformed { at, reason });
    }
    value(&plan.root, json, block, filled)
}

fn value(
    node: &Node,
    json: &mut Json<'_>,
    block: &mut BlockBuilder,
    filled: &mut [bool],
) -> Result<(), Malformed> {
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
) -> Result<(), Malformed> {
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
) -> Result<(), Malformed> {
    let seen = filled.get(column) != Some(&false);
    if seen || json.shape()? == Shape::Null {
        json.skip()?;
        return Ok(());
    }
    let before = json.clone();
    let Some(builder) = block.column(column) else {
        return Ok(());
    };
    let taken = builder.push(json);
    mark(column, filled);
    if let Err(refusal) = taken {
        refused(column, refusal, &before, json, block)?;
    }
    Ok(())
}

/// Refuses the value that begins at `before`, and moves on to what follows it.
fn refused<'a>(
    column: usize,
    refusal: Refusal,
    before: &Json<'a>,
    json: &mut Json<'a>,
    block: &mut BlockBuilder,
) -> Result<(), Malformed> {
    *json = before.clone();
    // A ClickHouse literal inside a string has its own offsets: the value is what is wrong.
    match (json.skip(), refusal) {
        (Ok(value), _) => {
            block.refuse_value(column, unquoted(value));
            Ok(())
        }
        (Err(_), Refusal::Malformed(inner)) => Err(inner),
        (Err(malformed), Refusal::NotOfType) => Err(malformed),
    }
}

fn unquoted(value: &[u8]) -> &[u8] {
    let inner = value.strip_prefix(b"\"").and_then(|v| v.strip_suffix(b"\""));
    inner.unwrap_or(value)
}

pub(super) fn mark(column: usize, filled: &mut [bool]) {
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
) -> Result<(), Malformed> {
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
    let taken = builder.push(&mut array);
    mark(column, filled);
    if taken.is_err() {
        block.refuse_value(column, &gathered);
    }
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

/// The text of each column's value in the row that begins at `start`, as far as it can be
/// read.
pub(super) fn texts(target: &Target, start: &Json<'_>) -> Vec<Option<Vec<u8>>> {
    let text = |column: &TargetColumn| {
        let steps = &column.path.as_ref()?.steps;
        let mut json = start.clone();
        if !steps.contains(&PathStep::All) {
            let mut found = find(steps, &mut json).ok()??;
            let value = found.skip().ok()?;
            return (value != b"null").then(|| unquoted(value).to_vec());
        }
        let mut gathered = Vec::new();
        gather(steps, &mut json, &mut gathered).ok()?;
        Some(gathered)
    };
    target.columns.iter().map(text).collect()
}
