//! `ORDER BY text COLLATE 'locale'`: bytes that sort as people of a language sort texts.
//!
//! Letters come first by themselves, then by accents, then by case, small ones first: the levels of the Unicode
//! collation algorithm, for the letters of European languages; other characters sort by their code points.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

use crate::ColumnBuilder;
use crate::function::{Args, Call, Example, Function, Spec};
use crate::text::bytes_at;

pub(super) struct CollationKey;

static SPEC: Spec = Spec {
    name: "__collationKey",
    category: "internal",
    syntax: "__collationKey(text, locale)",
    summary: "Bytes that sort as the text does in a language.",
    arguments: &[("text", "String"), ("locale", "String, constant")],
    returns: "String.",
    examples: &[Example {
        sql: "__collationKey('apple', 'en') < __collationKey('Zebra', 'en')",
        answer: "1",
    }],
    ..Spec::EMPTY
};

impl Function for CollationKey {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(2..=2)?;
        args.expect(0, ChType::is_text)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let column = call.arg(0)?;
        let locale = call.arg(1)?.text_value().unwrap_or_default();
        let mut builder = ColumnBuilder::new(&ChType::String);
        for row in 0..call.rows {
            let text = String::from_utf8_lossy(bytes_at(&column.array, column.index(row)));
            builder.append_bytes(&key(&text, &locale));
        }
        builder.finish()
    }
}

/// The letters with accents from U+00C0 on, and what they are without.
const ACCENTED: &str = "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖØÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöøùúûüýÿĀāĂăĄąĆćĈĉĊċČčĎďĐđĒēĔĕĖėĘęĚěĜĝĞğĠġĢģĤĥĦħĨĩĪīĬĭĮįİĴĵĶķĹĺĻļĽľŁłŃńŅņŇňŌōŎŏŐőŔŕŖŗŘřŚśŜŝŞşŠšŢţŤťŨũŪūŬŭŮůŰűŲųŴŵŶŷŸŹźŻżŽž";
const BARE: &str = "AAAAAACEEEEIIIINOOOOOOUUUUYaaaaaaceeeeiiiinoooooouuuuyyAaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIJjKkLlLlLlLlNnNnNnOoOoOoRrRrRrSsSsSsSsTtTtUuUuUuUuUuUuWwYyYZzZzZz";

/// Letters that a language counts as letters of their own, each after another one.
fn own_letters(locale: &str) -> &'static [(char, char)] {
    match locale.get(..2).unwrap_or("") {
        "es" => &[('ñ', 'n')],
        "sv" | "fi" => &[('å', '{'), ('ä', '|'), ('ö', '}')],
        "da" | "nb" | "nn" | "no" => &[('æ', '{'), ('ø', '|'), ('å', '}')],
        "pl" => {
            &[('ą', 'a'), ('ć', 'c'), ('ę', 'e'), ('ł', 'l'), ('ń', 'n'), ('ó', 'o'), ('ś', 's'), ('ż', 'z')]
        }
        "tr" => &[('ç', 'c'), ('ğ', 'g'), ('ö', 'o'), ('ş', 's'), ('ü', 'u')],
        "cs" | "sk" => &[('č', 'c'), ('ř', 'r'), ('š', 's'), ('ž', 'z')],
        _ => &[],
    }
}

/// The letter without accent, and which accent it had.
fn without_accent(c: char) -> (char, u8) {
    match ACCENTED.chars().position(|known| known == c) {
        Some(at) => (BARE.chars().nth(at).unwrap_or(c), u8::try_from(at % 250).unwrap_or(0) + 1),
        None => (c, 0),
    }
}

fn key(text: &str, locale: &str) -> Vec<u8> {
    let own = own_letters(locale);
    let (mut letters, mut accents, mut cases) = (Vec::new(), Vec::new(), Vec::new());
    for c in text.chars() {
        let small = c.to_lowercase().next().unwrap_or(c);
        let tailored = own.iter().find(|(letter, _)| *letter == small);
        let (bare, accent) = match tailored {
            Some((_, after)) => (*after, 0),
            None => {
                let (bare, accent) = without_accent(small);
                (bare.to_lowercase().next().unwrap_or(bare), accent)
            }
        };
        let class: u32 = match bare {
            _ if tailored.is_some() || bare.is_alphabetic() => 3 << 24,
            _ if bare.is_numeric() => 2 << 24,
            _ => 1 << 24,
        };
        let weight = class + (bare as u32) * 2 + u32::from(tailored.is_some());
        letters.extend_from_slice(&weight.to_be_bytes());
        accents.push(accent + 1);
        cases.push(if c == small { 1 } else { 2 });
    }
    let mut key = letters;
    key.extend_from_slice(&[0; 4]);
    key.append(&mut accents);
    key.push(0);
    key.append(&mut cases);
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_then_accents_then_case() {
        assert_eq!(ACCENTED.chars().count(), BARE.chars().count());
        let sorted = |mut words: Vec<&'static str>, locale: &str| {
            words.sort_by_key(|word| key(word, locale));
            words
        };
        let words = vec!["éclair", "Zebra", "apple", "ñu", "nube", "oso", "Apple"];
        assert_eq!(sorted(words.clone(), "es"), ["apple", "Apple", "éclair", "nube", "ñu", "oso", "Zebra"]);
        assert_eq!(sorted(words, "en"), ["apple", "Apple", "éclair", "ñu", "nube", "oso", "Zebra"]);
    }
}
