//! `uniqCombined`, `uniqHLL12` and `uniqUpTo`: numbers of different values in bounded memory.
//!
//! `uniqCombined` keeps hashes up to 1/16 (or 1/32, for hashes of 64 bits) of its buckets, then HyperLogLog;
//! `uniqHLL12` keeps 16 values, then HyperLogLog with 4,096 buckets.

use std::collections::HashSet;
use std::sync::Arc;

use arrow::array::{ArrayRef, UInt64Array};
use kinglet_types::{ChType, ErrorCode, Result, SqlError};

use super::distinct_key::{Keys, is_number, narrow_width};
use super::family::Member;
use super::hyper_log_log::Registers;
use super::wire::{Reader, write_varint};
use super::{Bound, Call, Groups, PerGroup, State};
use crate::function::{Example, Spec};
use crate::hash::{int_hash_32, int_hash_64};

const BASE: Spec =
    Spec { category: "aggregate", arguments: &[("value", "Any types")], returns: "UInt64", ..Spec::EMPTY };

pub(super) static MEMBERS: &[Member] = &[
    Member::new(
        &Spec {
            name: "uniqCombined",
            syntax: "uniqCombined[(precision)](value, ..)",
            summary: "The number of different values: exact while there are few, then estimated.",
            examples: &[
                Example { sql: "SELECT uniqCombined(number % 3) FROM numbers(10)", answer: "3" },
                Example { sql: "SELECT uniqCombined(12)(number) FROM numbers(1000)", answer: "984" },
            ],
            ..BASE
        },
        |call| combined(call, 32),
    ),
    Member::new(
        &Spec {
            name: "uniqCombined64",
            syntax: "uniqCombined64[(precision)](value, ..)",
            summary: "As uniqCombined, with hashes of 64 bits for all types.",
            examples: &[
                Example { sql: "SELECT uniqCombined64(number % 3) FROM numbers(10)", answer: "3" },
                Example { sql: "SELECT uniqCombined64(12)(number) FROM numbers(1000)", answer: "984" },
            ],
            ..BASE
        },
        |call| combined(call, 64),
    ),
    Member::new(
        &Spec {
            name: "uniqHLL12",
            syntax: "uniqHLL12(value, ..)",
            summary: "The number of different values, estimated with 4,096 buckets from 17 values on.",
            examples: &[
                Example { sql: "SELECT uniqHLL12(number) FROM numbers(10)", answer: "10" },
                Example { sql: "SELECT uniqHLL12(number) FROM numbers(1000)", answer: "973" },
            ],
            ..BASE
        },
        |call| {
            call.expect_count(1..=usize::MAX)?;
            call.expect_no_parameters()?;
            let method = match call.types {
                [ChType::Tuple(_)] => Method::HllOfHashes,
                [_] => Method::Hll,
                _ => Method::HllOfHashes,
            };
            Ok(bound(call, Kind { precision: 12, bits: 32, width: 8, most: 0, method }))
        },
    )
    .or_default(),
    Member::new(
        &Spec {
            name: "uniqUpTo",
            syntax: "uniqUpTo(most)(value, ..)",
            summary: "The number of different values up to `most`; one more than that where there are more.",
            examples: &[Example { sql: "SELECT uniqUpTo(3)(number) FROM numbers(10)", answer: "4" }],
            ..BASE
        },
        |call| {
            call.expect_count(1..=usize::MAX)?;
            let most = call.uint_parameter(0)?.unwrap_or(10);
            if most > 100 {
                let message =
                    format!("Too large parameter for aggregate function {}. Maximum: 100", call.name);
                let code = ErrorCode::from_name("ARGUMENT_OUT_OF_BOUND").unwrap_or(ErrorCode::BAD_ARGUMENTS);
                return Err(SqlError::new(code, message));
            }
            let kind = Kind { precision: 0, bits: 64, width: 8, most: most as usize, method: Method::UpTo };
            Ok(bound(call, kind))
        },
    )
    .or_default(),
];

fn combined(call: &Call<'_>, bits: u8) -> Result<Arc<dyn Bound>> {
    call.expect_count(1..=usize::MAX)?;
    let precision = call.uint_parameter(0)?.unwrap_or(17);
    if !(12..=20).contains(&precision) {
        let message = format!("Parameter for aggregate function {} is out of range: [12, 20].", call.name);
        let code = ErrorCode::from_name("ARGUMENT_OUT_OF_BOUND").unwrap_or(ErrorCode::BAD_ARGUMENTS);
        return Err(SqlError::new(code, message));
    }
    // Texts have hashes of 64 bits in both.
    let texts = matches!(call.types, [ChType::String | ChType::FixedString(_) | ChType::Ipv6]);
    let bits = if texts { 64 } else { bits };
    let most = 1 << (precision - if bits == 64 { 5 } else { 4 });
    let kind = Kind {
        precision: precision as u8,
        bits,
        width: usize::from(bits) / 8,
        most,
        method: Method::Combined,
    };
    Ok(bound(call, kind))
}

fn bound(call: &Call<'_>, kind: Kind) -> Arc<dyn Bound> {
    let width = match (kind.method, call.types) {
        (Method::Combined, _) => kind.width,
        (_, [one]) if is_number(one) => narrow_width(one).unwrap_or(8),
        _ => 8,
    };
    Arc::new(BoundEstimate { setup: Setup { types: call.types.into(), kind: Kind { width, ..kind } } })
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Method {
    Combined,
    Hll,
    /// Of several values, whose hash is not hashed again.
    HllOfHashes,
    UpTo,
}

#[derive(Clone, Copy, Debug)]
struct Kind {
    precision: u8,
    /// Bits of a hash.
    bits: u8,
    /// Bytes of a kept value in a state.
    width: usize,
    /// Values that are kept as they are.
    most: usize,
    method: Method,
}

#[derive(Clone, Debug)]
struct Setup {
    types: Arc<[ChType]>,
    kind: Kind,
}

#[derive(Debug)]
struct BoundEstimate {
    setup: Setup,
}

impl Bound for BoundEstimate {
    fn result_type(&self) -> ChType {
        ChType::UInt64
    }

    fn groups(&self) -> Box<dyn Groups> {
        Box::new(PerGroup::<Distinct>::new(self.setup.clone()))
    }
}

/// Values kept while they are few.
const FEW: usize = 16;

enum Distinct {
    Few(Vec<u64>),
    Many(HashSet<u64>),
    Estimated(Box<Registers>),
    /// More than are counted.
    TooMany,
}

impl Distinct {
    /// A hash where one is needed: values of `uniqHLL12` are hashed late.
    fn hash(kind: Kind, key: u64) -> u64 {
        match kind.method {
            // The value as it is stored, without its sign.
            Method::Hll if kind.width < 8 => int_hash_32(key & ((1 << (8 * kind.width)) - 1)).into(),
            Method::Hll => int_hash_32(key).into(),
            _ => key,
        }
    }

    fn insert(&mut self, kind: Kind, key: u64) {
        match self {
            Self::Few(keys) => {
                if keys.contains(&key) {
                    return;
                }
                let most = if kind.method == Method::UpTo { kind.most } else { FEW };
                if keys.len() < most {
                    return keys.push(key);
                }
                let keys = std::mem::take(keys);
                *self = match kind.method {
                    Method::UpTo => Self::TooMany,
                    Method::Combined => Self::Many(keys.into_iter().collect()),
                    Method::Hll | Method::HllOfHashes => Self::registers(kind, keys),
                };
                self.insert(kind, key);
            }
            Self::Many(keys) => {
                if keys.len() < kind.most || keys.contains(&key) {
                    keys.insert(key);
                    return;
                }
                let keys = std::mem::take(keys);
                *self = Self::registers(kind, keys);
                self.insert(kind, key);
            }
            Self::Estimated(registers) => registers.insert(Self::hash(kind, key)),
            Self::TooMany => {}
        }
    }

    fn registers(kind: Kind, keys: impl IntoIterator<Item = u64>) -> Self {
        let mut registers = Box::new(Registers::new(kind.precision, kind.bits));
        keys.into_iter().for_each(|key| registers.insert(Self::hash(kind, key)));
        Self::Estimated(registers)
    }
}

impl State for Distinct {
    type Setup = Setup;
    type Input<'a> = &'a [ArrayRef];

    fn empty(_: &Setup) -> Self {
        Self::Few(Vec::new())
    }

    fn input<'a>(_: &Setup, columns: &'a [ArrayRef]) -> Result<Self::Input<'a>> {
        Ok(columns)
    }

    fn add(&mut self, setup: &Setup, columns: &Self::Input<'_>, row: usize) -> Result<()> {
        let keys = Keys::new(columns, &setup.types);
        let mut scratch = Vec::new();
        let key = match keys.number(row, &mut scratch)? {
            Some(number) if setup.kind.method == Method::Combined => int_hash_64(number),
            Some(number) => number,
            None => keys.hash(row)?,
        };
        let key = if setup.kind.width == 4 && setup.kind.method == Method::Combined {
            key & 0xFFFF_FFFF
        } else {
            key
        };
        self.insert(setup.kind, key);
        Ok(())
    }

    fn merge(&mut self, setup: &Setup, other: Self) -> Result<()> {
        match other {
            Self::Few(keys) => keys.into_iter().for_each(|key| self.insert(setup.kind, key)),
            Self::Many(keys) => keys.into_iter().for_each(|key| self.insert(setup.kind, key)),
            Self::TooMany => *self = Self::TooMany,
            Self::Estimated(registers) => {
                let mut all = registers;
                match std::mem::replace(self, Self::TooMany) {
                    Self::Estimated(own) => all.merge(&own),
                    Self::Few(keys) => {
                        keys.into_iter().for_each(|key| all.insert(Self::hash(setup.kind, key)));
                    }
                    Self::Many(keys) => {
                        keys.into_iter().for_each(|key| all.insert(Self::hash(setup.kind, key)));
                    }
                    Self::TooMany => {}
                }
                *self = Self::Estimated(all);
            }
        }
        Ok(())
    }

    fn write(&self, setup: &Setup, out: &mut Vec<u8>) -> Result<()> {
        let kind = setup.kind;
        let combined = u8::from(kind.method == Method::Combined);
        let put =
            |key: &u64, out: &mut Vec<u8>| out.extend_from_slice(&key.to_le_bytes()[..kind.width.min(8)]);
        match self {
            Self::Few(keys) if kind.method == Method::UpTo => {
                out.push(keys.len() as u8);
                keys.iter().for_each(|key| put(key, out));
            }
            Self::TooMany => out.push(kind.most as u8 + 1),
            Self::Few(keys) => {
                out.push(combined);
                write_varint(keys.len() as u64, out);
                keys.iter().for_each(|key| put(key, out));
            }
            Self::Many(keys) => {
                out.push(2);
                write_varint(keys.len() as u64, out);
                let mut sorted: Vec<&u64> = keys.iter().collect();
                sorted.sort_unstable();
                sorted.into_iter().for_each(|key| put(key, out));
            }
            Self::Estimated(registers) => {
                out.push(1 + 2 * combined);
                registers.write(out);
            }
        }
        Ok(())
    }

    fn read(setup: &Setup, bytes: &mut Reader<'_>) -> Result<Self> {
        let kind = setup.kind;
        let width = kind.width.min(8);
        let get = |bytes: &mut Reader<'_>| {
            let mut key = [0; 8];
            key[..width].copy_from_slice(bytes.take(width)?);
            Ok::<u64, SqlError>(u64::from_le_bytes(key))
        };
        let [tag] = bytes.array::<1>()?;
        if kind.method == Method::UpTo {
            if usize::from(tag) > kind.most {
                return Ok(Self::TooMany);
            }
            return Ok(Self::Few((0..tag).map(|_| get(bytes)).collect::<Result<Vec<_>>>()?));
        }
        let combined = u8::from(kind.method == Method::Combined);
        if tag == 1 + 2 * combined {
            return Ok(Self::Estimated(Box::new(Registers::read(kind.precision, kind.bits, bytes)?)));
        }
        let mut read = Self::Few(Vec::new());
        for _ in 0..bytes.varint()? {
            let key = get(bytes)?;
            read.insert(kind, key);
        }
        Ok(read)
    }

    fn finish(setup: &Setup, states: Vec<Self>) -> Result<ArrayRef> {
        let count = |state: &Self| match state {
            Self::Few(keys) => keys.len() as u64,
            Self::Many(keys) => keys.len() as u64,
            Self::Estimated(registers) => registers.estimate(setup.kind.method == Method::Combined),
            Self::TooMany => setup.kind.most as u64 + 1,
        };
        Ok(Arc::new(UInt64Array::from_iter_values(states.iter().map(count))))
    }

    fn size(&self) -> usize {
        match self {
            Self::Few(keys) => keys.capacity() * 8,
            Self::Many(keys) => keys.capacity() * 9,
            Self::Estimated(_) => 1 << 17,
            Self::TooMany => 0,
        }
    }
}
