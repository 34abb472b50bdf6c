//! Searching for several texts at once, and counting.

use std::borrow::Cow;

use arrow::array::{ArrayRef, Int64Array};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};
use memchr::memmem;

use super::pattern::Patterns;
use crate::function::result::int_array;
use crate::function::string::characters;
use crate::function::{Args, Bytes, Call, Function, Lists, Spec, result};
use crate::text::bytes_at;

/// How letters are compared, and what positions count.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fold {
    Exact,
    Ascii,
    Utf8,
    AnyCaseUtf8,
}

impl Fold {
    /// The text in the form that is compared.
    pub(super) fn folded(self, text: &[u8]) -> Cow<'_, [u8]> {
        match self {
            Fold::Exact | Fold::Utf8 => Cow::Borrowed(text),
            Fold::Ascii => Cow::Owned(text.to_ascii_lowercase()),
            Fold::AnyCaseUtf8 => Cow::Owned(characters::lower(text)),
        }
    }

    /// A byte position from 0 as a position from 1.
    fn position(self, text: &[u8], at: usize) -> i64 {
        match self {
            Fold::Exact | Fold::Ascii => at as i64 + 1,
            _ => characters::count(&text[..at]) as i64 + 1,
        }
    }
}

/// What a search for several needles answers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Answer {
    Any,
    FirstIndex,
    FirstPosition,
    AllPositions,
}

/// A search for the elements of an array.
pub(in crate::function) struct MultiSearch {
    pub(super) spec: &'static Spec,
    pub(super) fold: Fold,
    pub(super) answer: Answer,
}

impl Function for MultiSearch {
    fn spec(&self) -> &'static Spec {
        self.spec
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        args.expect(0, ChType::is_text)?;
        args.expect(1, |ty| {
            ty.element().is_some_and(|element| matches!(element, ChType::String | ChType::Nothing))
        })?;
        if args.constant(0).is_some() {
            args.expect_constant(1)?;
        }
        Ok(match self.answer {
            Answer::Any => ChType::UInt8,
            Answer::AllPositions => ChType::array(ChType::UInt64),
            _ => ChType::UInt64,
        })
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let needles = Needles::read(call, self.fold)?;
        let texts = call.bytes(0)?;
        if self.answer == Answer::AllPositions {
            let mut positions = Vec::new();
            let mut lengths = Vec::with_capacity(call.rows);
            for row in 0..call.rows {
                let text = self.fold.folded(texts.get(row));
                let before = positions.len();
                let found = needles.of(row).map(|finder| finder.find(&text));
                positions.extend(found.map(|at| at.map_or(0, |at| self.fold.position(&text, at))));
                lengths.push(positions.len() - before);
            }
            return result::lists(call.result, int_array(&ChType::UInt64, positions, None)?, lengths);
        }
        result::ints(call.result, call.rows, |row| {
            let text = self.fold.folded(texts.get(row));
            let mut found =
                needles.of(row).enumerate().filter_map(|(index, finder)| Some((index, finder.find(&text)?)));
            Ok(match self.answer {
                Answer::Any => found.next().is_some().into(),
                Answer::FirstIndex => found.next().map_or(0, |(index, _)| index as i64 + 1),
                _ => found.map(|(_, at)| at).min().map_or(0, |at| self.fold.position(&text, at)),
            })
        })
    }
}

/// Needles made ready: once each, whichever rows they belong to.
struct Needles<'a> {
    finders: Vec<memmem::Finder<'static>>,
    lists: Lists<'a>,
}

impl<'a> Needles<'a> {
    fn read(call: &Call<'a>, fold: Fold) -> Result<Self> {
        let lists = call.lists(1)?;
        let elements = lists.elements();
        let finder = |at| memmem::Finder::new(&fold.folded(bytes_at(elements, at))).into_owned();
        let finders = (0..elements.len()).map(finder).collect();
        Ok(Self { finders, lists })
    }

    fn of(&self, row: usize) -> impl Iterator<Item = &memmem::Finder<'static>> {
        self.finders.get(self.lists.range(row)).unwrap_or_default().iter()
    }
}

/// Whether the bytes of `letters` occur in `text` in their order.
pub(super) fn has_subsequence(text: &[u8], letters: &[u8]) -> bool {
    let mut rest = text.iter();
    letters.iter().all(|letter| rest.any(|byte| byte == letter))
}

/// Counts a text in another.
pub(in crate::function) struct Count {
    pub(super) spec: &'static Spec,
    pub(super) fold: Fold,
}

impl Function for Count {
    fn spec(&self) -> &'static Spec {
        self.spec
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=3)?;
        args.expect(0, ChType::is_text)?;
        args.expect(1, ChType::is_text)?;
        if args.len() > 2 {
            args.expect(2, ChType::is_integer)?;
        }
        Ok(ChType::UInt64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (texts, needles) = (call.bytes(0)?, call.bytes(1)?);
        let start = if call.args.len() > 2 { Some(call.ints(2)?) } else { None };
        result::ints(call.result, call.rows, |row| {
            let (text, needle) = (self.fold.folded(texts.get(row)), self.fold.folded(needles.get(row)));
            let start = start.as_ref().map_or(1, |start| start.get(row).max(1));
            let skipped = usize::try_from(start - 1).unwrap_or(usize::MAX);
            let rest = text.get(skipped..).unwrap_or_default();
            Ok(if needle.is_empty() { 0 } else { memmem::find_iter(rest, needle.as_ref()).count() as i64 })
        })
    }
}

/// Counts the matches of the pattern in argument 2 that are not empty.
pub(super) fn count_matches(call: &Call<'_>, any_case: bool) -> Result<ArrayRef> {
    let (texts, pattern): (Bytes<'_>, Bytes<'_>) = (call.bytes(0)?, call.bytes(1)?);
    let mut patterns = Patterns::default();
    result::ints(call.result, call.rows, |row| {
        let source = pattern.get(row);
        let pattern =
            if any_case { patterns.get(&[b"(?i)", source].concat())? } else { patterns.get(source)? };
        Ok(pattern.find_iter(texts.get(row)).filter(|found| !found.is_empty()).count() as i64)
    })
}

/// What the patterns of an array answer for a text.
pub(super) fn multi_match(
    call: &Call<'_>,
    mut visit: impl FnMut(usize, &mut dyn Iterator<Item = usize>),
) -> Result<()> {
    let (texts, lists) = (call.bytes(0)?, call.lists(1)?);
    let mut patterns = Patterns::default();
    for row in 0..call.rows {
        let mut found = Vec::new();
        for (index, at) in lists.range(row).enumerate() {
            let source = bytes_at(lists.elements(), at);
            let pattern = patterns.get(source).map_err(|error| {
                let message =
                    format!("Pattern '{}' failed: {}", String::from_utf8_lossy(source), error.message);
                SqlError::new(ErrorCode::BAD_ARGUMENTS, message)
            })?;
            if let Some(end) = pattern.shortest_match(texts.get(row)) {
                found.push((end, index));
            }
        }
        // As ClickHouse's library reports them: by where the first match ends.
        found.sort_unstable();
        visit(row, &mut found.into_iter().map(|(_, index)| index));
    }
    Ok(())
}

/// Checks a text and an array of texts.
pub(super) fn expect_text_and_array(args: &Args<'_>) -> Result<()> {
    args.expect_count(2..=2)?;
    args.expect(0, ChType::is_text)?;
    args.expect(1, |ty| {
        ty.element().is_some_and(|element| matches!(element, ChType::String | ChType::Nothing))
    })?;
    Ok(())
}

/// Whole numbers as a column of `ty`.
pub(super) fn numbers(ty: &ChType, values: Vec<i64>) -> Result<ArrayRef> {
    int_array(ty, values, None).or_else(|_| Ok(std::sync::Arc::new(Int64Array::from(Vec::<i64>::new()))))
}
