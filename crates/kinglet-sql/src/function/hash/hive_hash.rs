//! `hiveHash`: hive's hash of a text: Java's hashCode without its sign.

use crate::function::shape::TextNumber;
use crate::function::{Example, Spec};
use kinglet_types::ChType;

pub(in crate::function) static HIVE_HASH: TextNumber = TextNumber {
    spec: &Spec {
        name: "hiveHash",
        category: "hash",
        syntax: "hiveHash(text)",
        summary: "Hive's hash of a text: Java's hashCode without its sign.",
        arguments: &[("text", "String")],
        returns: "Int32",
        examples: &[Example { sql: "hiveHash('Hello, world!')", answer: "267439093" }],
        ..Spec::EMPTY
    },
    ty: ChType::Int32,
    read: |text| {
        let step = |hash: i32, byte: &u8| hash.wrapping_mul(31).wrapping_add(i32::from(*byte as i8));
        i64::from(text.iter().fold(0, step) & 0x7fff_ffff)
    },
};
