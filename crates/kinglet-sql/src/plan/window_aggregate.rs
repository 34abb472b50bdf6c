//! Aggregates over the frames of a window.

use std::ops::Range;
use std::sync::Arc;

use arrow::array::{Array, ArrayRef, UInt32Array};
use arrow::compute::take;

use crate::aggregate::{Bound, Rows};
use crate::function::result::internal;

/// Most rows of frames that are aggregated in one go.
const AT_ONCE: usize = 1 << 16;

/// An aggregate over the frame of each row. Equal frames are computed once; a frame that only grows keeps its
/// state by adding the rows that are new, all others start again.
pub(super) fn over_frames(
    bound: &dyn Bound,
    columns: &[ArrayRef],
    frames: &[Range<usize>],
) -> kinglet_types::Result<ArrayRef> {
    // One group per distinct frame: rows are added to the group of each frame they belong to.
    let mut distinct: Vec<Range<usize>> = Vec::new();
    let mut of_row = Vec::with_capacity(frames.len());
    for frame in frames {
        if distinct.last() != Some(frame) {
            distinct.push(frame.clone());
        }
        of_row.push((distinct.len() - 1) as u32);
    }
    let growing =
        distinct.windows(2).all(|pair| pair[0].start == pair[1].start && pair[0].end <= pair[1].end);
    let answers = if growing {
        growing_frames(bound, columns, &distinct)?
    } else {
        separate(bound, columns, &distinct)?
    };
    let rows = UInt32Array::from(of_row);
    take(&answers, &rows, None).map_err(internal)
}

fn sliced(columns: &[ArrayRef], range: &Range<usize>) -> Vec<ArrayRef> {
    columns.iter().map(|column| column.slice(range.start, range.len())).collect()
}

/// Frames that share their start and only grow: each is a group of the rows that are new in it, to which those of the
/// groups before are added at the end.
fn growing_frames(
    bound: &dyn Bound,
    columns: &[ArrayRef],
    frames: &[Range<usize>],
) -> kinglet_types::Result<ArrayRef> {
    let Some(all) = frames.first().zip(frames.last()).map(|(first, last)| first.start..last.end) else {
        return joined(&[], bound);
    };
    let mut of: Vec<usize> = Vec::with_capacity(all.len());
    for (at, frame) in frames.iter().enumerate() {
        of.resize(of.len().max(frame.end - all.start), at);
    }
    let mut groups = bound.groups();
    // Whether it can be done is asked before any row is added.
    if !groups.accumulate() {
        return running(bound, columns, frames);
    }
    groups.update(&Rows {
        columns: &sliced(columns, &all),
        groups: &of,
        filter: None,
        total: frames.len(),
    })?;
    if !groups.accumulate() {
        return running(bound, columns, frames);
    }
    groups.finish(frames.len())
}

/// The same by merging the state so far into the next group.
fn running(
    bound: &dyn Bound,
    columns: &[ArrayRef],
    frames: &[Range<usize>],
) -> kinglet_types::Result<ArrayRef> {
    let mut answers = Vec::with_capacity(frames.len());
    let mut state: Option<ArrayRef> = None;
    let mut done = frames.first().map_or(0, |frame| frame.start);
    for frame in frames {
        let mut groups = bound.groups();
        if let Some(state) = &state {
            let columns = [Arc::clone(state)];
            groups.merge(&Rows { columns: &columns, groups: &[0], filter: None, total: 1 })?;
        }
        let fresh = done.min(frame.end)..frame.end;
        let zeros = vec![0; fresh.len()];
        groups.update(&Rows { columns: &sliced(columns, &fresh), groups: &zeros, filter: None, total: 1 })?;
        done = frame.end;
        // The state is read before the answer, which empties the groups.
        let kept = groups.states(1)?;
        let again = [Arc::clone(&kept)];
        let mut last = bound.groups();
        last.merge(&Rows { columns: &again, groups: &[0], filter: None, total: 1 })?;
        answers.push(last.finish(1)?);
        state = Some(kept);
    }
    joined(&answers, bound)
}

/// Any other frames: each is a group, and its rows are put there by their numbers, some thousand rows at a time.
fn separate(
    bound: &dyn Bound,
    columns: &[ArrayRef],
    frames: &[Range<usize>],
) -> kinglet_types::Result<ArrayRef> {
    let mut answers = Vec::new();
    let mut next = 0;
    while let Some(first) = frames.get(next) {
        let (mut rows, mut end) = (first.len(), next + 1);
        while let Some(frame) = frames.get(end).filter(|frame| rows + frame.len() <= AT_ONCE) {
            rows += frame.len();
            end += 1;
        }
        let taken = frames.get(next..end).unwrap_or_default();
        let of: Vec<usize> =
            taken.iter().enumerate().flat_map(|(at, frame)| std::iter::repeat_n(at, frame.len())).collect();
        let mut groups = bound.groups();
        let columns = if taken.len() == 1 {
            sliced(columns, first)
        } else {
            let numbers: UInt32Array =
                taken.iter().flat_map(|frame| frame.clone().map(|row| row as u32)).collect();
            let taken = columns.iter().map(|column| take(column, &numbers, None).map_err(internal));
            taken.collect::<kinglet_types::Result<Vec<_>>>()?
        };
        groups.update(&Rows { columns: &columns, groups: &of, filter: None, total: taken.len() })?;
        answers.push(groups.finish(taken.len())?);
        next = end;
    }
    joined(&answers, bound)
}

fn joined(answers: &[ArrayRef], bound: &dyn Bound) -> kinglet_types::Result<ArrayRef> {
    let parts: Vec<&dyn Array> = answers.iter().map(AsRef::as_ref).collect();
    if parts.is_empty() {
        return Ok(arrow::array::new_empty_array(&crate::arrow_type(&bound.result_type())));
    }
    arrow::compute::concat(&parts).map_err(internal)
}
