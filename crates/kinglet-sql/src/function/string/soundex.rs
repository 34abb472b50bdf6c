//! `soundex`: the Soundex code of a text.

use crate::function::shape::TextMap;
use crate::function::{Case, Example, Spec};
use kinglet_types::Result;

pub(in crate::function) static SOUNDEX: TextMap = TextMap {
    spec: &Spec {
        name: "soundex",
        case: Case::Insensitive,
        category: "string",
        syntax: "soundex(text)",
        summary: "The Soundex code of a text.",
        arguments: &[("text", "String")],
        returns: "String",
        examples: &[Example { sql: "soundex('Robert')", answer: "R163" }],
        ..Spec::EMPTY
    },
    write: soundex,
};

fn soundex(text: &[u8], out: &mut Vec<u8>) -> Result<()> {
    // Codes of A to Z: 0 for those that part others.
    const CODES: &[u8; 26] = b"01230120022455012623010202";
    let code = |letter: u8| CODES[usize::from(letter.to_ascii_uppercase() - b'A')];
    let mut letters = text.iter().copied().filter(u8::is_ascii_alphabetic);
    if let Some(first) = letters.next() {
        out.push(first.to_ascii_uppercase());
        let mut last = code(first);
        for letter in letters {
            if out.len() >= 4 {
                break;
            }
            let digit = code(letter);
            if digit != b'0' && digit != last {
                out.push(digit);
            }
            last = digit;
        }
    }
    out.resize(4, b'0');
    Ok(())
}
