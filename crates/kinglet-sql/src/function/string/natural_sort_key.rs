//! `naturalSortKey`: A text that sorts as the text does where numbers in it count as numbers.

use crate::function::shape::TextMap;
use crate::function::{Example, Spec};
use kinglet_types::Result;

pub(in crate::function) static NATURAL_SORT_KEY: TextMap = TextMap {
    spec: &Spec {
        name: "naturalSortKey",
        aliases: &["NATURAL_SORT_KEY"],
        category: "string",
        syntax: "naturalSortKey(text)",
        summary: "A text that sorts as the text does where numbers in it count as numbers.",
        arguments: &[("text", "String")],
        returns: "String",
        examples: &[Example { sql: "naturalSortKey('file10')", answer: "file110" }],
        ..Spec::EMPTY
    },
    write: key,
};

fn key(text: &[u8], out: &mut Vec<u8>) -> Result<()> {
    let mut rest = text;
    while let Some(first) = rest.first() {
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 0 {
            out.push(*first);
            rest = &rest[1..];
            continue;
        }
        let (number, tail) = rest.split_at(digits);
        let number = &number[number.iter().take_while(|byte| **byte == b'0').count().min(digits - 1)..];
        out.extend(((number.len() - 1) as u64).to_string().into_bytes());
        out.extend_from_slice(number);
        rest = tail;
    }
    Ok(())
}
