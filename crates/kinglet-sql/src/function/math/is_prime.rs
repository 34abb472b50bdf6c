//! `isPrime`: whether a number is prime.

use crate::function::{Args, Call, Example, Function, Spec, result};
use arrow::array::ArrayRef;
use kinglet_types::{ChType, Result};

pub(in crate::function) struct IsPrime;

static SPEC: Spec = Spec {
    name: "isPrime",
    category: "math",
    syntax: "isPrime(number)",
    summary: "Whether a number is prime.",
    arguments: &[("number", "Unsigned integer")],
    returns: "UInt8",
    examples: &[Example { sql: "isPrime(97)", answer: "1" }],
    ..Spec::EMPTY
};

impl Function for IsPrime {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }
    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| {
            *ty != ChType::Bool && ty.integer_bits().is_some_and(|(bits, signed)| bits <= 64 && !signed)
        })?;
        Ok(ChType::UInt8)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let numbers = call.ints(0)?;
        result::flags(call.rows, |row| Ok(is_prime(numbers.get(row) as u64)))
    }
}
/// The Miller-Rabin test with the bases that decide all 64-bit numbers (J. Sinclair, 2011).
fn is_prime(number: u64) -> bool {
    const SMALL: [u64; 12] = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];
    if SMALL.contains(&number) {
        return true;
    }
    if number < 2 || SMALL.iter().any(|prime| number.is_multiple_of(*prime)) {
        return false;
    }
    let twos = (number - 1).trailing_zeros();
    let odd = (number - 1) >> twos;
    let times = |a: u64, b: u64| (u128::from(a) * u128::from(b) % u128::from(number)) as u64;
    let power = |mut base: u64, mut exponent: u64| {
        let mut product = 1;
        while exponent > 0 {
            if exponent & 1 == 1 {
                product = times(product, base);
            }
            base = times(base, base);
            exponent >>= 1;
        }
        product
    };
    SMALL.iter().all(|base| {
        let mut value = power(*base, odd);
        if value == 1 || value == number - 1 {
            return true;
        }
        (1..twos).any(|_| {
            value = times(value, value);
            value == number - 1
        })
    })
}
