//! `formatReadableDecimalSize`: A number of bytes with a unit of powers of 1000.

use super::readable::Readable;
use crate::function::{Example, Spec};

pub(in crate::function) static FORMAT_READABLE_DECIMAL_SIZE: Readable = Readable {
    spec: &Spec {
        name: "formatReadableDecimalSize",
        category: "other",
        syntax: "formatReadableDecimalSize(bytes)",
        summary: "A number of bytes with a unit of powers of 1000.",
        arguments: &[("bytes", "Number")],
        returns: "String",
        examples: &[Example { sql: "formatReadableDecimalSize(192851925)", answer: "192.85 MB" }],
        ..Spec::EMPTY
    },
    step: 1_000.0,
    units: &[" B", " KB", " MB", " GB", " TB", " PB", " EB", " ZB", " YB"],
};
