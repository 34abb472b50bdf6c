//! `formatReadableQuantity`: A number with thousand, million and so on.

use super::readable::Readable;
use crate::function::{Example, Spec};

pub(in crate::function) static FORMAT_READABLE_QUANTITY: Readable = Readable {
    spec: &Spec {
        name: "formatReadableQuantity",
        category: "other",
        syntax: "formatReadableQuantity(number)",
        summary: "A number with thousand, million and so on.",
        arguments: &[("number", "Number")],
        returns: "String",
        examples: &[Example { sql: "formatReadableQuantity(4567008000)", answer: "4.57 billion" }],
        ..Spec::EMPTY
    },
    step: 1_000.0,
    units: &[
        "",
        " thousand",
        " million",
        " billion",
        " trillion",
        " quadrillion",
        " quintillion",
        " sextillion",
        " septillion",
    ],
};
