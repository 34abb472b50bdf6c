//! `appendTrailingCharIfAbsent`: the text with the character at its end, unless it is empty or has it.

use crate::function::shape::TextPairMap;
use crate::function::{Example, Spec};
use kinglet_types::{ErrorCode, Result, SqlError};

pub(in crate::function) static APPEND_TRAILING_CHAR_IF_ABSENT: TextPairMap = TextPairMap {
    spec: &Spec {
        name: "appendTrailingCharIfAbsent",
        category: "string",
        syntax: "appendTrailingCharIfAbsent(text, char)",
        summary: "The text with the character at its end, unless it is empty or has it.",
        arguments: &[("text", "String"), ("char", "String of one byte")],
        returns: "String",
        examples: &[Example {
            sql: "appendTrailingCharIfAbsent('https://a.b', '/')",
            answer: "https://a.b/",
        }],
        ..Spec::EMPTY
    },
    write: append,
};

fn append(text: &[u8], last: &[u8], out: &mut Vec<u8>) -> Result<()> {
    let [byte] = last else {
        let message = "Second argument of function appendTrailingCharIfAbsent must be a one-character string";
        return Err(SqlError::new(ErrorCode::BAD_ARGUMENTS, message));
    };
    out.extend_from_slice(text);
    if text.last().is_some_and(|end| end != byte) {
        out.push(*byte);
    }
    Ok(())
}
