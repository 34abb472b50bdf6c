//! JSON values appended to columns.

use crate::text::{Cursor, read_json};
use crate::{ColumnBuilder, Environment};

use super::scalar::write_compact;

/// Appends the value read as the builder's type, or the default where that does not work; says whether it did.
pub(super) fn extract(value: Option<&[u8]>, builder: &mut ColumnBuilder, environment: &Environment) -> bool {
    let before = builder.len();
    let read = value.is_some_and(|value| {
        if *builder.ty() == kinglet_types::ChType::String && !value.starts_with(b"\"") {
            let mut text = Vec::new();
            write_compact(value, &mut text);
            builder.append_bytes(if value == b"null" { b"" } else { &text });
            return true;
        }
        read_json(&mut Cursor::new(value), builder, environment).is_ok() && builder.len() == before + 1
    });
    if !read {
        builder.truncate(before);
        builder.append_default();
    }
    read
}

/// Appends a key and a value to a builder of pairs, or nothing where the value is of another kind.
pub(super) fn pair(key: &[u8], value: &[u8], pairs: &mut ColumnBuilder, environment: &Environment) {
    let before = pairs.len();
    let mut read = false;
    if let [keys, values] = pairs.fields() {
        keys.append_bytes(key);
        read = extract(Some(value), values, environment);
    }
    pairs.close();
    if !read {
        pairs.truncate(before);
    }
}

/// Appends a key and the JSON of a value to a builder of pairs.
pub(super) fn raw_pair(key: &[u8], value: &[u8], pairs: &mut ColumnBuilder) {
    if let [keys, values] = pairs.fields() {
        keys.append_bytes(key);
        let mut text = Vec::new();
        write_compact(value, &mut text);
        values.append_bytes(&text);
    }
    pairs.close();
}
