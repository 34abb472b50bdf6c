//! Finding a value inside a JSON text, without building a tree.

use kinglet_types::{ChType, Result};

use super::strict::skip_strict;
use crate::function::{Args, Bytes, Call, Ints};
use crate::text::{Cursor, read_json_string, skip_json};

/// One argument of a path.
enum Step<'a> {
    Key(Bytes<'a>),
    Index(Ints),
}

/// The JSON texts of a call and the path into them.
pub(super) struct Documents<'a> {
    texts: Bytes<'a>,
    steps: Vec<Step<'a>>,
    /// Whether keys are compared in any case.
    any_case: bool,
}

impl<'a> Documents<'a> {
    /// Reads argument 1 as JSON and the arguments up to `path_end` as a path.
    pub(super) fn read(call: &Call<'a>, path_end: usize) -> Result<Self> {
        let step = |at| {
            if call.ty(at).is_text() { call.bytes(at).map(Step::Key) } else { call.ints(at).map(Step::Index) }
        };
        let steps = (1..path_end).map(step).collect::<Result<Vec<_>>>()?;
        let any_case = call.name.to_ascii_lowercase().ends_with("caseinsensitive");
        Ok(Self { texts: call.bytes(0)?, steps, any_case })
    }

    /// The value the path leads to in the text of a row.
    pub(super) fn value(&self, row: usize) -> Option<&'a [u8]> {
        let mut value = whole(self.texts.get(row))?;
        for step in &self.steps {
            value = match step {
                Step::Key(key) => member(value, key.get(row), self.any_case)?,
                Step::Index(index) => nth(value, index.get(row))?.1,
            };
        }
        Some(value)
    }

    /// The key of the value the path leads to, where its last step is an index.
    pub(super) fn key(&self, row: usize) -> Option<Vec<u8>> {
        let (last, steps) = self.steps.split_last()?;
        let mut value = whole(self.texts.get(row))?;
        for step in steps {
            value = match step {
                Step::Key(key) => member(value, key.get(row), self.any_case)?,
                Step::Index(index) => nth(value, index.get(row))?.1,
            };
        }
        match last {
            Step::Key(key) => member(value, key.get(row), self.any_case).map(|_| key.get(row).to_vec()),
            Step::Index(index) => nth(value, index.get(row))?.0,
        }
    }
}

/// Checks that argument 1 is a text and the ones up to `path_end` are keys or indexes.
pub(super) fn expect_path(args: &Args<'_>, path_end: usize) -> Result<()> {
    args.expect(0, ChType::is_text)?;
    for at in 1..path_end {
        args.expect(at, |ty| ty.is_text() || ty.is_integer())?;
    }
    Ok(())
}

/// The value that makes up the whole text, which must be valid.
pub(super) fn whole(text: &[u8]) -> Option<&[u8]> {
    let mut cursor = Cursor::new(text);
    cursor.space();
    let before = cursor;
    skip_strict(&mut cursor, 0)?;
    let value = before.rest().get(..cursor.position() - before.position())?;
    cursor.space();
    cursor.is_at_end().then_some(value)
}

/// Calls `visit` with key (of objects) and value of each member until it answers false.
pub(super) fn each<'a>(
    value: &'a [u8],
    mut visit: impl FnMut(Option<Vec<u8>>, &'a [u8]) -> bool,
) -> Option<()> {
    let mut cursor = Cursor::new(value);
    let (object, close) = match cursor.byte()? {
        b'{' => (true, b'}'),
        b'[' => (false, b']'),
        _ => return Some(()),
    };
    if cursor.eat(close) {
        return Some(());
    }
    loop {
        let key = if object {
            let mut key = Vec::new();
            read_json_string(&mut cursor, &mut key)?;
            if !cursor.eat(b':') {
                return None;
            }
            Some(key)
        } else {
            None
        };
        if !visit(key, skip_json(&mut cursor)?) || cursor.eat(close) {
            return Some(());
        }
        if !cursor.eat(b',') {
            return None;
        }
    }
}

/// The value of the first member of a name. A key without escapes is compared where it stands.
fn member<'a>(value: &'a [u8], name: &[u8], any_case: bool) -> Option<&'a [u8]> {
    let mut cursor = Cursor::new(value);
    if cursor.byte()? != b'{' || cursor.eat(b'}') {
        return None;
    }
    let mut unescaped = Vec::new();
    loop {
        cursor.space();
        let quoted = cursor.rest();
        let inner = quoted.strip_prefix(b"\"")?;
        let end = memchr::memchr2(b'"', b'\\', inner)?;
        let key = match inner.split_at(end) {
            (key, [b'"', ..]) => {
                cursor.take(end + 2);
                key
            }
            _ => {
                unescaped.clear();
                read_json_string(&mut cursor, &mut unescaped)?;
                unescaped.as_slice()
            }
        };
        let found = key == name || any_case && key.eq_ignore_ascii_case(name);
        if !cursor.eat(b':') {
            return None;
        }
        let value = skip_json(&mut cursor)?;
        if found {
            return Some(value);
        }
        if !cursor.eat(b',') {
            return None;
        }
    }
}

/// The member at a position from 1, or from -1 at the end.
fn nth(value: &[u8], index: i64) -> Option<(Option<Vec<u8>>, &[u8])> {
    let wanted = match index {
        0 => return None,
        1.. => usize::try_from(index - 1).ok()?,
        _ => count(value).checked_sub(usize::try_from(index.unsigned_abs()).ok()?)?,
    };
    let (mut at, mut found) = (0, None);
    each(value, |key, member| {
        if at == wanted {
            found = Some((key, member));
        }
        at += 1;
        found.is_none()
    })?;
    found
}

/// Number of members of an array or object; 0 for other values.
pub(super) fn count(value: &[u8]) -> usize {
    let mut count = 0;
    let _ = each(value, |_, _| {
        count += 1;
        true
    });
    count
}
