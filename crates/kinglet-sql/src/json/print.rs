//! Documents and tagged values as text.

use super::document::{Entries, NOTHING};
use crate::Environment;
use crate::aggregate::wire::Reader;
use crate::tagged::decoded;
use crate::text::{Style, write_json_string, write_string, write_value};

/// The codes of the commonest types, which are written without a column around the value.
const STRING: u8 = 0x15;
const INT64: u8 = 0x0A;

/// Appends a document as a JSON object; keys with dots in them become objects. `style` is JSON's.
pub(crate) fn write_document(document: &[u8], style: Style, environment: &Environment, out: &mut Vec<u8>) {
    let mut open: Vec<&[u8]> = Vec::new();
    let mut first = true;
    out.push(b'{');
    for (path, value) in Entries::new(document).map_while(Result::ok) {
        let mut parts: Vec<&[u8]> = path.split(|byte| *byte == b'.').collect();
        let key = parts.pop().unwrap_or_default();
        let shared = open.iter().zip(&parts).take_while(|(a, b)| a == b).count();
        out.extend(std::iter::repeat_n(b'}', open.len() - shared));
        open.truncate(shared);
        if !first {
            out.push(b',');
        }
        first = false;
        for part in parts.into_iter().skip(shared) {
            write_json_string(part, out);
            out.extend_from_slice(b":{");
            open.push(part);
        }
        write_json_string(key, out);
        out.push(b':');
        if value == NOTHING {
            out.extend_from_slice(b"null");
        } else {
            write_tagged(value, style, environment, out);
        }
    }
    out.extend(std::iter::repeat_n(b'}', open.len() + 1));
}

/// Appends a tagged value as its own type is written.
pub(crate) fn write_tagged(value: &[u8], style: Style, environment: &Environment, out: &mut Vec<u8>) {
    match value {
        [STRING, rest @ ..] => {
            if let Ok(text) = Reader::new(rest).bytes() {
                write_string(text, style, environment, out);
            }
            return;
        }
        [INT64, digits @ ..] => {
            if let Ok(bytes) = <[u8; 8]>::try_from(digits) {
                let quote = matches!(style, Style::Json { quote_64_bit: true, .. }).then_some(b'"');
                out.extend(quote);
                out.extend(i64::from_le_bytes(bytes).to_string().bytes());
                out.extend(quote);
            }
            return;
        }
        _ => {}
    }
    if let Ok((ty, array)) = decoded(value) {
        write_value(&array, 0, &ty, style, environment, out);
    }
}
