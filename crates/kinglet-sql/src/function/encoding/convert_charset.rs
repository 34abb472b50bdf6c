//! `convertCharset`: the bytes of a text in another encoding.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use crate::function::{Args, Call, Example, Function, Spec, result};

pub(in crate::function) struct ConvertCharset;

static SPEC: Spec = Spec {
    name: "convertCharset",
    category: "encoding",
    syntax: "convertCharset(text, from, to)",
    summary: "The text in another encoding. Encodings are UTF-8, UTF-16, UTF-32, US-ASCII, ISO-8859-1 and Windows-1252.",
    arguments: &[("text", "String"), ("from", "String, constant"), ("to", "String, constant")],
    returns: "String",
    examples: &[Example { sql: "hex(convertCharset('€', 'UTF-8', 'UTF-16BE'))", answer: "20AC" }],
    ..Spec::EMPTY
};

/// What stands for a character that an encoding does not have.
const SUBSTITUTE: u8 = 0x1A;

/// Characters of Windows-1252 from 0x80 to 0x9F; 0 where it has none.
const WINDOWS: [u32; 32] = [
    0x20AC, 0, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,
    0x017D, 0, 0, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A,
    0x0153, 0, 0x017E, 0x0178,
];

/// An encoding.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Charset {
    Utf8,
    /// Width of a unit, whether the first byte is the highest, whether a mark of that stands first.
    Units(usize, bool, bool),
    Ascii,
    Latin1,
    Windows1252,
}

impl Charset {
    fn parse(name: &str) -> Result<Self> {
        let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        Ok(match plain.to_ascii_lowercase().as_str() {
            "utf8" => Self::Utf8,
            "utf16" => Self::Units(2, false, true),
            "utf16le" => Self::Units(2, false, false),
            "utf16be" => Self::Units(2, true, false),
            "utf32" => Self::Units(4, false, true),
            "utf32le" => Self::Units(4, false, false),
            "utf32be" => Self::Units(4, true, false),
            "ascii" | "usascii" => Self::Ascii,
            "latin1" | "iso88591" | "l1" => Self::Latin1,
            "windows1252" | "cp1252" => Self::Windows1252,
            _ => {
                let code = ErrorCode::from_name("CANNOT_CREATE_CHARSET_CONVERTER");
                let message = format!("Cannot create UConverter with charset {name}");
                return Err(SqlError::new(code.unwrap_or(ErrorCode::BAD_ARGUMENTS), message));
            }
        })
    }

    fn decode(self, bytes: &[u8]) -> Vec<char> {
        match self {
            Self::Utf8 => String::from_utf8_lossy(bytes).chars().collect(),
            Self::Units(width, big, marked) => units(bytes, width, big, marked),
            Self::Ascii | Self::Latin1 => bytes.iter().map(|byte| char::from(*byte)).collect(),
            Self::Windows1252 => {
                let of = |byte: &u8| match byte {
                    0x80..=0x9F => WINDOWS.get(usize::from(byte - 0x80)).copied().and_then(char::from_u32),
                    other => Some(char::from(*other)),
                };
                bytes.iter().map(|byte| of(byte).unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
            }
        }
    }

    fn encode(self, text: &[char], out: &mut Vec<u8>) {
        let narrow =
            |limit: u32| move |c: &char| if u32::from(*c) < limit { u32::from(*c) as u8 } else { SUBSTITUTE };
        match self {
            Self::Utf8 => out.extend_from_slice(text.iter().collect::<String>().as_bytes()),
            Self::Units(width, big, marked) => {
                let mark = marked.then_some('\u{feff}');
                for character in mark.iter().chain(text) {
                    write_units(*character, width, big, out);
                }
            }
            Self::Ascii => out.extend(text.iter().map(narrow(0x80))),
            Self::Latin1 => out.extend(text.iter().map(narrow(0x100))),
            Self::Windows1252 => out.extend(text.iter().map(|c| {
                match WINDOWS.iter().position(|known| *known == u32::from(*c) && *known != 0) {
                    Some(at) => 0x80 + at as u8,
                    None => narrow(0x100)(c),
                }
            })),
        }
    }
}

fn units(bytes: &[u8], width: usize, big: bool, marked: bool) -> Vec<char> {
    let number = |chunk: &[u8], big: bool| {
        let add = |number: u32, byte: &u8| number << 8 | u32::from(*byte);
        if big { chunk.iter().fold(0, add) } else { chunk.iter().rev().fold(0, add) }
    };
    let first = bytes.get(..width).map(|chunk| number(chunk, true));
    let (big, skipped) = match first {
        Some(0xFEFF) if marked => (true, width),
        Some(0xFFFE | 0xFFFE_0000) if marked => (false, width),
        _ => (big, 0),
    };
    let numbers = bytes.get(skipped..).unwrap_or_default().chunks(width).map(|chunk| number(chunk, big));
    if width == 4 {
        return numbers.map(|number| char::from_u32(number).unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    }
    char::decode_utf16(numbers.map(|number| number as u16))
        .map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER))
        .collect()
}

fn write_units(character: char, width: usize, big: bool, out: &mut Vec<u8>) {
    let mut pair = [0_u16; 2];
    if width == 4 {
        let number = u32::from(character);
        return out.extend_from_slice(&if big { number.to_be_bytes() } else { number.to_le_bytes() });
    }
    for unit in character.encode_utf16(&mut pair) {
        out.extend_from_slice(&if big { unit.to_be_bytes() } else { unit.to_le_bytes() });
    }
}

impl Function for ConvertCharset {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(3..=3)?;
        args.expect(0, |ty| *ty == ChType::String)?;
        Charset::parse(&args.constant_text(1)?)?;
        Charset::parse(&args.constant_text(2)?)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let charset = |at: usize| {
            let name = call.arg(at)?.text_value().ok_or_else(|| call.illegal_column(at))?;
            Charset::parse(&name)
        };
        let (from, to) = (charset(1)?, charset(2)?);
        let texts = call.bytes(0)?;
        result::texts(call.rows, |row, out| {
            to.encode(&from.decode(texts.get(row)), out);
            Ok(())
        })
    }
}
