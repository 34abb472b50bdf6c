//! `parseTimeDelta`: the seconds of a span of time in words.

use arrow::array::ArrayRef;
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use crate::function::{Args, Call, Example, Function, Spec, result};
use crate::text::Cursor;

pub(in crate::function) struct ParseTimeDelta;

static SPEC: Spec = Spec {
    name: "parseTimeDelta",
    category: "date",
    syntax: "parseTimeDelta(text)",
    summary: "The seconds of a sequence of numbers with units of time.",
    arguments: &[("text", "String: numbers with units, with `;`, `-`, `+`, `,`, `:` or spaces between")],
    returns: "Float64",
    examples: &[Example { sql: "parseTimeDelta('2 days;5 hours-3sec')", answer: "190803" }],
    ..Spec::EMPTY
};

impl Function for ParseTimeDelta {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| *ty == ChType::String)?;
        Ok(ChType::Float64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let texts = call.bytes(0)?;
        result::floats(call.result, call.rows, |row| {
            parse(texts.get(row)).map_err(|what| {
                let text = String::from_utf8_lossy(texts.get(row));
                let message = format!("Invalid argument of function {}, {what}, str: \"{text}\"", call.name);
                SqlError::new(ErrorCode::BAD_ARGUMENTS, message)
            })
        })
    }
}

fn parse(text: &[u8]) -> Result<f64, &'static str> {
    let mut cursor = Cursor::new(text);
    let mut seconds = 0.0;
    cursor.space();
    loop {
        let number = cursor.take_while(|byte| byte.is_ascii_digit() || byte == b'.');
        let number = std::str::from_utf8(number).ok().and_then(|number| number.parse::<f64>().ok());
        let number = number.ok_or("number not found")?;
        cursor.space();
        let name =
            cursor.take_while(|byte| !byte.is_ascii_digit() && !byte.is_ascii_whitespace() && !is_mark(byte));
        seconds += number * unit(name).ok_or("time unit not found")?;
        cursor.space();
        if cursor.peek().is_some_and(is_mark) {
            cursor.byte();
            cursor.space();
        }
        if cursor.is_at_end() {
            return Ok(seconds);
        }
    }
}

fn is_mark(byte: u8) -> bool {
    matches!(byte, b';' | b'-' | b'+' | b',' | b':')
}

/// Seconds of a unit.
fn unit(name: &[u8]) -> Option<f64> {
    Some(match name {
        b"years" | b"year" | b"yr" | b"y" => 31_536_000.0,
        b"months" | b"month" | b"mo" => 2_635_200.0,
        b"weeks" | b"week" | b"w" => 604_800.0,
        b"days" | b"day" | b"d" => 86_400.0,
        b"hours" | b"hour" | b"hr" | b"h" => 3_600.0,
        b"minutes" | b"minute" | b"min" | b"m" => 60.0,
        b"seconds" | b"second" | b"sec" | b"s" => 1.0,
        b"milliseconds" | b"millisecond" | b"millisec" | b"ms" => 1e-3,
        b"microseconds" | b"microsecond" | b"microsec" | b"us" => 1e-6,
        b"nanoseconds" | b"nanosecond" | b"nanosec" | b"ns" => 1e-9,
        _ => return None,
    })
}
