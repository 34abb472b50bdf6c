//! `formatReadableSize`: A number of bytes with a unit of powers of 1024.

use super::readable::Readable;
use crate::function::{Example, Spec};

pub(in crate::function) static FORMAT_READABLE_SIZE: Readable = Readable {
    spec: &Spec {
        name: "formatReadableSize",
        aliases: &["FORMAT_BYTES"],
        category: "other",
        syntax: "formatReadableSize(bytes)",
        summary: "A number of bytes with a unit of powers of 1024.",
        arguments: &[("bytes", "Number")],
        returns: "String",
        examples: &[Example { sql: "formatReadableSize(192851925)", answer: "183.92 MiB" }],
        ..Spec::EMPTY
    },
    step: 1_024.0,
    units: &[" B", " KiB", " MiB", " GiB", " TiB", " PiB", " EiB", " ZiB", " YiB"],
};
