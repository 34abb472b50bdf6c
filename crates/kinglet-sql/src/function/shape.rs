//! Functions of common shapes, each made of one plain function: numbers to numbers, texts to texts.
//!
//! A shape is compiled once for all functions that have it, which keeps the module small.

use std::sync::Arc;

use arrow::array::{ArrayRef, BinaryViewBuilder};
use kinglet_types::{ChType, Result};

use super::{Args, Call, Function, Spec, result};

/// A function of one number that answers a Float64.
pub(super) struct NumberMap {
    pub(super) spec: &'static Spec,
    pub(super) map: fn(f64) -> f64,
}

impl Function for NumberMap {
    fn spec(&self) -> &'static Spec {
        self.spec
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, ChType::is_number)?;
        Ok(ChType::Float64)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let numbers = call.floats(0)?;
        result::floats(call.result, call.rows, |row| Ok((self.map)(numbers.get(row))))
    }
}

/// A function of one text that answers a text.
pub(super) struct TextMap {
    pub(super) spec: &'static Spec,
    pub(super) write: fn(&[u8], &mut Vec<u8>) -> Result<()>,
}

impl Function for TextMap {
    fn spec(&self) -> &'static Spec {
        self.spec
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, ChType::is_text)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let texts = call.bytes(0)?;
        result::texts(call.rows, |row, out| (self.write)(texts.get(row), out))
    }
}

/// Appends what becomes of two texts.
type WritePair = fn(&[u8], &[u8], &mut Vec<u8>) -> Result<()>;

/// A function of two texts that answers a text.
pub(super) struct TextPairMap {
    pub(super) spec: &'static Spec,
    pub(super) write: WritePair,
}

impl Function for TextPairMap {
    fn spec(&self) -> &'static Spec {
        self.spec
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_texts(args, 2)?;
        Ok(ChType::String)
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (left, right) = (call.bytes(0)?, call.bytes(1)?);
        result::texts(call.rows, |row, out| (self.write)(left.get(row), right.get(row), out))
    }
}

/// A function of one text that answers a whole number of type `ty`.
pub(super) struct TextNumber {
    pub(super) spec: &'static Spec,
    pub(super) ty: ChType,
    pub(super) read: fn(&[u8]) -> i64,
}

impl Function for TextNumber {
    fn spec(&self) -> &'static Spec {
        self.spec
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_texts(args, 1)?;
        Ok(self.ty.clone())
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let texts = call.bytes(0)?;
        result::ints(call.result, call.rows, |row| Ok((self.read)(texts.get(row))))
    }
}

/// A function of two texts that answers a whole number of type `ty`.
pub(super) struct TextPairNumber {
    pub(super) spec: &'static Spec,
    pub(super) ty: ChType,
    pub(super) read: fn(&[u8], &[u8]) -> Result<i64>,
}

impl Function for TextPairNumber {
    fn spec(&self) -> &'static Spec {
        self.spec
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_texts(args, 2)?;
        Ok(self.ty.clone())
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (left, right) = (call.bytes(0)?, call.bytes(1)?);
        result::ints(call.result, call.rows, |row| (self.read)(left.get(row), right.get(row)))
    }
}

/// A function of two texts that answers a Float64 or Float32.
pub(super) struct TextPairFloat {
    pub(super) spec: &'static Spec,
    pub(super) ty: ChType,
    pub(super) read: fn(&[u8], &[u8]) -> Result<f64>,
}

impl Function for TextPairFloat {
    fn spec(&self) -> &'static Spec {
        self.spec
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        expect_texts(args, 2)?;
        Ok(self.ty.clone())
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let (left, right) = (call.bytes(0)?, call.bytes(1)?);
        result::floats(call.result, call.rows, |row| (self.read)(left.get(row), right.get(row)))
    }
}

/// What is called with each part of a text, in order.
pub(super) type Visit<'a> = &'a mut dyn FnMut(&[u8]);

/// A function of one text that answers an Array(String); `parts` calls its visitor with each element. With `limited`
/// a second argument limits the number of parts if it is positive.
pub(super) struct TextList {
    pub(super) spec: &'static Spec,
    pub(super) limited: bool,
    pub(super) parts: fn(&[u8], Visit<'_>),
}

impl Function for TextList {
    fn spec(&self) -> &'static Spec {
        self.spec
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=if self.limited { 2 } else { 1 })?;
        args.expect(0, |ty| *ty == ChType::String)?;
        if args.len() > 1 {
            args.expect(1, ChType::is_integer)?;
        }
        Ok(ChType::array(ChType::String))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let texts = call.bytes(0)?;
        let limit = if call.args.len() > 1 { call.ints(1)?.get(0) } else { 0 };
        let limit = usize::try_from(limit).ok().filter(|limit| *limit > 0).unwrap_or(usize::MAX);
        text_lists(call, |row, visit| {
            let mut count = 0;
            (self.parts)(texts.get(row), &mut |part| {
                if count < limit {
                    visit(part);
                }
                count += 1;
            });
            Ok(())
        })
    }
}

/// An Array(String) column; `parts` calls its visitor with each element of a row.
pub(super) fn text_lists(
    call: &Call<'_>,
    mut parts: impl FnMut(usize, Visit<'_>) -> Result<()>,
) -> Result<ArrayRef> {
    let mut elements = BinaryViewBuilder::new();
    let mut lengths = Vec::with_capacity(call.rows);
    for row in 0..call.rows {
        let mut count = 0;
        parts(row, &mut |part| {
            elements.append_value(part);
            count += 1;
        })?;
        lengths.push(count);
    }
    result::lists(call.result, Arc::new(elements.finish()), lengths)
}

/// A function of one text that answers a digest of `length` bytes as FixedString.
pub(super) struct Digest {
    pub(super) spec: &'static Spec,
    pub(super) length: u32,
    pub(super) digest: fn(&[u8]) -> Vec<u8>,
}

impl Function for Digest {
    fn spec(&self) -> &'static Spec {
        self.spec
    }

    fn return_type(&self, args: &Args<'_>) -> Result<ChType> {
        args.expect_count(1..=1)?;
        args.expect(0, |ty| ty.is_text() || matches!(ty, ChType::Ipv6))?;
        Ok(ChType::FixedString(self.length))
    }

    fn evaluate(&self, call: &Call<'_>) -> Result<ArrayRef> {
        let texts = call.bytes(0)?;
        result::texts_of(call.result, call.rows, |row, out| {
            out.extend((self.digest)(texts.get(row)));
            Ok(())
        })
    }
}

/// Checks that there are exactly `count` arguments, all texts.
pub(super) fn expect_texts(args: &Args<'_>, count: usize) -> Result<()> {
    args.expect_count(count..=count)?;
    for at in 0..count {
        args.expect(at, ChType::is_text)?;
    }
    Ok(())
}
