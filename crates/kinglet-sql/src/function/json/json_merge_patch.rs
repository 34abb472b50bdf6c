//! `JSONMergePatch`: JSON objects merged into one.

use crate::function::{Args, Call, Case, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::locate::{each, whole};
use super::scalar::{write_compact, write_text};

/// Deepest nesting of objects that are merged; deeper ones are replaced.
const MAX_DEPTH: usize = 200;

pub(in crate::function) struct JsonMergePatch;

static SPEC: Spec = Spec {
    name: "JSONMergePatch",
    aliases: &["jsonMergePatch"],
    case: Case::Insensitive,
    category: "json",
    syntax: "JSONMergePatch(json, ..)",
    summary: "JSON objects merged: members of later ones replace those of earlier ones, objects are merged in turn.",
    arguments: &[("json", "String: a JSON object")],
    returns: "String",
    examples: &[Example {
        sql: "JSONMergePatch('{\"a\":1,\"b\":{\"c\":2}}', '{\"b\":{\"d\":3}}')",
        answer: "{\"a\":1,\"b\":{\"c\":2,\"d\":3}}",
    }],
    ..Spec::EMPTY
};

impl Function for JsonMergePatch {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=usize::MAX)?;
        (0..args.len()).try_for_each(|at| args.expect(at, ChType::is_text).map(|_| ()))?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let texts = (0..call.args.len()).map(|at| call.bytes(at)).collect::<Result<Vec<_>>>()?;
        result::texts(call.rows, |row, out| {
            let mut merged: Option<Vec<u8>> = None;
            for text in &texts {
                let object = object(text.get(row), call.name)?;
                merged = Some(match merged {
                    None => object.to_vec(),
                    Some(have) => {
                        let mut next = Vec::new();
                        merge(&have, object, 0, &mut next);
                        next
                    }
                });
            }
            write_compact(&merged.unwrap_or_default(), out);
            Ok(())
        })
    }
}

fn object<'a>(text: &'a [u8], name: &str) -> Result<&'a [u8]> {
    whole(text).filter(|value| value.first() == Some(&b'{')).ok_or_else(|| {
        let shown = String::from_utf8_lossy(text.get(..100).unwrap_or(text));
        let message =
            format!("Wrong JSON string to merge in function {name}: '{shown}'. Expected JSON object");
        SqlError::new(ErrorCode::BAD_ARGUMENTS, message)
    })
}

/// Appends the object with the members of the patch.
fn merge(target: &[u8], patch: &[u8], depth: usize, out: &mut Vec<u8>) {
    let is_object = |value: &[u8]| value.first() == Some(&b'{');
    if depth > MAX_DEPTH || !is_object(target) || !is_object(patch) {
        return out.extend_from_slice(patch);
    }
    let mut members: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
    let _ = each(target, |key, value| {
        members.push((key.unwrap_or_default(), value.to_vec()));
        true
    });
    let _ = each(patch, |key, value| {
        let key = key.unwrap_or_default();
        match members.iter_mut().find(|(known, _)| *known == key) {
            Some((_, have)) => {
                let mut merged = Vec::new();
                merge(have, value, depth + 1, &mut merged);
                *have = merged;
            }
            None => members.push((key, value.to_vec())),
        }
        true
    });
    out.push(b'{');
    for (at, (key, value)) in members.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        write_text(key, out);
        out.push(b':');
        out.extend_from_slice(value);
    }
    out.push(b'}');
}
