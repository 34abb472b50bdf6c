//! `cityHash64`: cityHash of 64 bits, version 1.0.2.

use super::mix::join_city;
use super::value_hash::ValueHash;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static CITY_HASH64: ValueHash = ValueHash {
    spec: &Spec {
        name: "cityHash64",
        category: "hash",
        syntax: "cityHash64(value, ..)",
        summary: "CityHash of 64 bits, version 1.0.2.",
        arguments: &[("value", "Any types")],
        returns: "UInt64",
        examples: &[
            Example { sql: "cityHash64('abc')", answer: "4220206313085259313" },
            Example { sql: "cityHash64(1, 'a', [2, 3])", answer: "15055683562603042028" },
        ],
        ..Spec::EMPTY
    },
    ty: ChType::UInt64,
    bytes: |_, text| ch_cityhash102::cityhash64(text).into(),
    mixed: true,
    combine: join_city,
    keyed: false,
};
