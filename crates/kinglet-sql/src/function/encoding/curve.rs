//! Space-filling curves: `mortonEncode`, `mortonDecode`, `hilbertEncode`, `hilbertDecode`.

use arrow::array::{Array, ArrayRef, AsArray};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use crate::column_builder::struct_array;
use crate::function::{Args, Call, Example, Function, Spec, result};
use crate::text::int_at;

/// A curve in one direction.
pub(in crate::function) struct Curve {
    spec: &'static Spec,
    hilbert: bool,
    decodes: bool,
}

macro_rules! spec {
    ($name:literal, $arguments:literal, $summary:literal, $returns:literal, $sql:literal, $answer:literal) => {
        &Spec {
            name: $name,
            category: "encoding",
            syntax: concat!($name, "([mask, ]", $arguments, ")"),
            summary: $summary,
            arguments: &[
                ("mask", "Tuple of small constants, how far each number is spread"),
                ($arguments, "Unsigned integers"),
            ],
            returns: $returns,
            examples: &[Example { sql: $sql, answer: $answer }],
            ..Spec::EMPTY
        }
    };
}

pub(in crate::function) static MORTON_ENCODE: Curve = Curve {
    spec: spec!(
        "mortonEncode",
        "number, ..",
        "The bits of up to 8 numbers interleaved.",
        "UInt64",
        "mortonEncode(7, 2, 5)",
        "349"
    ),
    hilbert: false,
    decodes: false,
};
pub(in crate::function) static MORTON_DECODE: Curve = Curve {
    spec: spec!(
        "mortonDecode",
        "count, code",
        "The numbers whose bits are interleaved in a code.",
        "Tuple of UInt64",
        "mortonDecode(2, 99)",
        "(9,5)"
    ),
    hilbert: false,
    decodes: true,
};
pub(in crate::function) static HILBERT_ENCODE: Curve = Curve {
    spec: spec!(
        "hilbertEncode",
        "number, ..",
        "The place of one or two numbers on a Hilbert curve.",
        "UInt64",
        "hilbertEncode(5, 9)",
        "216"
    ),
    hilbert: true,
    decodes: false,
};
pub(in crate::function) static HILBERT_DECODE: Curve = Curve {
    spec: spec!(
        "hilbertDecode",
        "count, code",
        "The numbers at a place on a Hilbert curve.",
        "Tuple of UInt64",
        "hilbertDecode(2, 77)",
        "(10,1)"
    ),
    hilbert: true,
    decodes: true,
};

impl Curve {
    fn most(&self) -> usize {
        if self.hilbert { 2 } else { 8 }
    }

    /// The spread of each number where argument 1 is a mask.
    fn mask(&self, array: &ArrayRef) -> Option<Vec<u32>> {
        let parts = array.as_struct_opt()?;
        parts
            .columns()
            .iter()
            .map(|part| (!part.is_empty()).then(|| int_at(part, 0).clamp(0, 63) as u32))
            .collect()
    }

    /// How many numbers a code holds and how they are spread.
    fn shape(&self, ty: &ChType, array: Option<&ArrayRef>) -> Option<(usize, Vec<u32>)> {
        if let ChType::Tuple(fields) = ty.bare() {
            return Some((fields.len(), self.mask(array?)?));
        }
        let count = usize::try_from(int_at(array?, 0)).ok()?;
        Some((count, vec![u32::from(!self.hilbert); count]))
    }

    fn spread(&self, number: u64, by: u32) -> u64 {
        if self.hilbert {
            return number.checked_shl(by).unwrap_or(0);
        }
        let place = |bit: u32| by * bit + by.saturating_sub(1);
        (0..64)
            .filter(|bit| number >> bit & 1 == 1 && place(*bit) < 64)
            .fold(0, |spread, bit| spread | 1 << place(bit))
    }

    fn gathered(&self, number: u64, by: u32) -> u64 {
        if self.hilbert {
            return number.checked_shr(by).unwrap_or(0);
        }
        let place = |bit: u32| by * bit + by.saturating_sub(1);
        (0..64)
            .filter(|bit| place(*bit) < 64 && number >> place(*bit) & 1 == 1)
            .fold(0, |all, bit| all | 1 << bit)
    }

    fn encode(&self, numbers: &[u64]) -> u64 {
        match (self.hilbert, numbers) {
            (_, [one]) => *one,
            (true, [x, y, ..]) => hilbert(*x, *y),
            _ => {
                let count = numbers.len() as u32;
                let mut code = 0;
                for (at, number) in (0..).zip(numbers) {
                    for bit in 0..64 / count.max(1) {
                        code |= (number >> bit & 1) << (bit * count + at);
                    }
                }
                code
            }
        }
    }

    fn decode(&self, code: u64, count: usize) -> Vec<u64> {
        if count == 1 {
            return vec![code];
        }
        if self.hilbert {
            let (x, y) = from_hilbert(code);
            return vec![x, y];
        }
        let step = count as u32;
        (0..step)
            .map(|at| (0..64 / step).fold(0, |number, bit| number | (code >> (bit * step + at) & 1) << bit))
            .collect()
    }

    fn out_of_range(name: &str) -> SqlError {
        SqlError::new(
            ErrorCode::ARGUMENT_OUT_OF_BOUND,
            format!("Wrong number of dimensions for function {name}"),
        )
    }
}

/// The place of a point on the curve of 2^32 by 2^32 points (Wikipedia, Hilbert curve, `xy2d`), axes as in ClickHouse.
fn hilbert(x: u64, y: u64) -> u64 {
    let (mut x, mut y, mut place) = (y & 0xFFFF_FFFF, x & 0xFFFF_FFFF, 0);
    for bit in (0..32).rev() {
        let (across, up) = (x >> bit & 1, y >> bit & 1);
        place |= ((3 * across) ^ up) << (2 * bit);
        let mask = (1 << bit) - 1;
        (x, y) = (x & mask, y & mask);
        if up == 0 {
            if across == 1 {
                (x, y) = (mask - x, mask - y);
            }
            (x, y) = (y, x);
        }
    }
    place
}

fn from_hilbert(place: u64) -> (u64, u64) {
    let (mut x, mut y) = (0, 0);
    for bit in 0..32 {
        let pair = place >> (2 * bit) & 3;
        let across = pair >> 1;
        let up = (pair ^ across) & 1;
        if up == 0 {
            if across == 1 {
                let mask = (1 << bit) - 1;
                (x, y) = (mask - x, mask - y);
            }
            (x, y) = (y, x);
        }
        x |= across << bit;
        y |= up << bit;
    }
    (y, x)
}

impl Function for Curve {
    fn spec(&self) -> &'static Spec {
        self.spec
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        let unsigned = |ty: &ChType| ty.integer_bits().is_some_and(|(bits, signed)| bits <= 64 && !signed);
        if self.decodes {
            args.expect_count(2..=2)?;
            args.expect(0, |ty| unsigned(ty) || matches!(ty, ChType::Tuple(_)))?;
            args.expect_constant(0)?;
            args.expect(1, unsigned)?;
            let shape = self.shape(args.ty(0), args.constant(0).map(|column| &column.array));
            let count = shape.map(|(count, _)| count).filter(|count| (1..=self.most()).contains(count));
            let count = count.ok_or_else(|| Self::out_of_range(args.name))?;
            return Ok(ChType::tuple(vec![ChType::UInt64; count]));
        }
        let masked = usize::from(matches!(args.ty(0), ChType::Tuple(_)));
        args.expect_count(1 + masked..=self.most() + masked)?;
        if let ChType::Tuple(fields) = args.ty(0) {
            args.expect_constant(0)?;
            if fields.len() != args.len() - 1 {
                return Err(Self::out_of_range(args.name));
            }
        }
        for at in masked..args.len() {
            args.expect(at, unsigned)?;
        }
        Ok(ChType::UInt64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        if self.decodes {
            let shape = self.shape(call.ty(0), Some(&call.arg(0)?.array));
            let (count, mask) = shape.ok_or_else(|| call.illegal_column(0))?;
            let codes = call.ints(1)?;
            let decoded: Vec<Vec<u64>> =
                (0..call.rows).map(|row| self.decode(codes.get(row) as u64, count)).collect();
            let columns = (0..count).map(|at| {
                result::ints(&ChType::UInt64, call.rows, |row| {
                    let number = decoded.get(row).and_then(|numbers| numbers.get(at)).copied().unwrap_or(0);
                    Ok(self.gathered(number, mask.get(at).copied().unwrap_or(0)) as i64)
                })
            });
            let columns = columns.collect::<Result<Vec<_>>>()?;
            let arrow::datatypes::DataType::Struct(fields) = crate::arrow_type(call.result) else {
                return Err(call.illegal_column(0));
            };
            return struct_array(&fields, columns, call.rows);
        }
        let masked = usize::from(matches!(call.ty(0), ChType::Tuple(_)));
        let mask = if masked == 1 { self.mask(&call.arg(0)?.array) } else { None };
        let numbers = (masked..call.args.len()).map(|at| call.ints(at)).collect::<Result<Vec<_>>>()?;
        result::ints(call.result, call.rows, |row| {
            let values = numbers.iter().enumerate().map(|(at, numbers)| {
                let number = numbers.get(row) as u64;
                match mask.as_ref().and_then(|mask| mask.get(at)) {
                    Some(by) => self.spread(number, *by),
                    None => number,
                }
            });
            Ok(self.encode(&values.collect::<Vec<_>>()) as i64)
        })
    }
}
