//! Values of the JSON document: tuples, maps and arrays of arrays on lines of their own.

use arrow::array::{Array, ArrayRef, AsArray};
use kinglet_types::ChType;

use crate::Environment;
use crate::json::Entries;
use crate::tagged::decoded;
use crate::text::{Style, bytes_at, write_json_string, write_value};

/// Whether values of the type are written on several lines.
fn is_nested(ty: &ChType) -> bool {
    match ty {
        ChType::Array(_) | ChType::Map(..) | ChType::Tuple(_) | ChType::Nested(_) | ChType::Json(_) => true,
        ChType::Nullable(inner) => is_nested(inner),
        _ => false,
    }
}

/// What a level is indented with.
pub(super) const TAB: &[u8] = b"\t";

fn line(depth: usize, indent: &[u8], out: &mut Vec<u8>) {
    out.push(b'\n');
    (0..depth).for_each(|_| out.extend_from_slice(indent));
}

/// Writes parts between brackets, each on a line.
fn parts(
    brackets: [u8; 2],
    count: usize,
    (depth, indent): (usize, &[u8]),
    out: &mut Vec<u8>,
    mut part: impl FnMut(usize, &mut Vec<u8>),
) {
    out.push(brackets[0]);
    if count == 0 {
        out.push(b'\n');
    }
    for at in 0..count {
        if at > 0 {
            out.push(b',');
        }
        line(depth + 1, indent, out);
        part(at, out);
    }
    line(depth, indent, out);
    out.push(brackets[1]);
}

/// Most objects that are written inside each other; a key holds what is left of a longer path.
const MAX_DEPTH: usize = 200;

/// Writes a tagged value that stands so many levels from the left.
type WriteValue<'a> = dyn FnMut(&[u8], usize, &mut Vec<u8>) + 'a;

/// The parts of a path of a JSON, and the tagged value there.
type Member<'a> = (Vec<&'a [u8]>, &'a [u8]);

/// Writes what stands below the first `level` parts of the paths, which are sorted and share those.
fn object(
    members: &[Member<'_>],
    level: usize,
    (depth, indent): (usize, &[u8]),
    value: &mut WriteValue<'_>,
    out: &mut Vec<u8>,
) {
    let key = |member: &Member<'_>| {
        (member.0.get(level).copied().unwrap_or_default().to_vec(), member.0.len() > level + 1)
    };
    let groups: Vec<&[Member<'_>]> =
        members.chunk_by(|a, b| key(a) == key(b) && a.0.len() > level + 1).collect();
    parts(*b"{}", groups.len(), (depth, indent), out, |at, out| {
        let Some(group) = groups.get(at) else { return };
        let Some(first) = group.first() else { return };
        write_json_string(&key(first).0, out);
        out.extend_from_slice(b": ");
        if first.0.len() > level + 1 {
            object(group, level + 1, (depth + 1, indent), value, out);
        } else {
            value(first.1, depth + 1, out);
        }
    });
}

/// Appends a value that stands `depth` levels of `indent` from the left.
pub(super) fn write(
    array: &ArrayRef,
    row: usize,
    ty: &ChType,
    (depth, indent): (usize, &[u8]),
    style: Style,
    environment: &Environment,
    out: &mut Vec<u8>,
) {
    let deeper = |array: &ArrayRef, row: usize, ty: &ChType, out: &mut Vec<u8>| {
        write(array, row, ty, (depth + 1, indent), style, environment, out);
    };
    match ty {
        ChType::Nullable(inner) if matches!(**inner, ChType::Json(_)) && array.is_valid(row) => {
            write(array, row, inner, (depth, indent), style, environment, out);
        }
        ChType::Json(_) if array.is_valid(row) => {
            let members: Vec<Member<'_>> = Entries::new(bytes_at(array, row))
                .map_while(Result::ok)
                .map(|(path, value)| (path.splitn(MAX_DEPTH, |byte| *byte == b'.').collect(), value))
                .collect();
            object(
                &members,
                0,
                (depth, indent),
                &mut |value, depth, out| match decoded(value) {
                    Ok((ty, array)) if ty != ChType::Nothing => {
                        write(&array, 0, &ty, (depth, indent), style, environment, out);
                    }
                    _ => out.extend_from_slice(b"null"),
                },
                out,
            );
        }
        ChType::Variant(_) | ChType::Dynamic(_) if array.is_valid(row) => {
            if let Ok((ty, value)) = decoded(bytes_at(array, row)) {
                write(&value, 0, &ty, (depth, indent), style, environment, out);
            }
        }
        ChType::Array(element) if is_nested(element) => {
            let Some(lists) = array.as_list_opt::<i32>() else { return };
            let elements = lists.value(row);
            if elements.is_empty() {
                return out.extend_from_slice(b"[]");
            }
            parts(*b"[]", elements.len(), (depth, indent), out, |at, out| {
                deeper(&elements, at, element, out);
            });
        }
        ChType::Tuple(fields) if !array.is_null(row) => {
            let Some(tuple) = array.as_struct_opt() else { return };
            let named = environment.output.tuples_as_objects
                && !fields.is_empty()
                && fields.iter().all(|(name, _)| name.is_some());
            let brackets = if named { *b"{}" } else { *b"[]" };
            parts(brackets, fields.len(), (depth, indent), out, |at, out| {
                let (Some((name, ty)), Some(column)) = (fields.get(at), tuple.columns().get(at)) else {
                    return;
                };
                if let (true, Some(name)) = (named, name) {
                    write_json_string(name.as_bytes(), out);
                    out.extend_from_slice(b": ");
                }
                deeper(column, row, ty, out);
            });
        }
        ChType::Map(key, value) => {
            let Some(maps) = array.as_map_opt() else { return };
            let entries = maps.value(row);
            if entries.is_empty() {
                return out.extend_from_slice(b"{}");
            }
            parts(*b"{}", entries.len(), (depth, indent), out, |at, out| {
                let mut name = Vec::new();
                write_value(entries.column(0), at, key, Style::Plain, environment, &mut name);
                write_json_string(&name, out);
                out.extend_from_slice(b": ");
                deeper(entries.column(1), at, value, out);
            });
        }
        _ => write_value(array, row, ty, style, environment, out),
    }
}
