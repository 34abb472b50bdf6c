//! `approx_top_k` and `approx_top_sum`: the most frequent values with their counts.

use kinglet_types::ChType;

use super::family::Member;
use super::space_saving;
use crate::function::{Case, Example, Spec};

const BASE: Spec =
    Spec { category: "aggregate", returns: "Array(Tuple(item, count UInt64, error UInt64))", ..Spec::EMPTY };

pub(super) static MEMBERS: &[Member] = &[
    Member::new(
        &Spec {
            name: "approx_top_k",
            case: Case::Insensitive,
            aliases: &["approx_top_count"],
            syntax: "approx_top_k(count[, counters])(value)",
            summary: "The most frequent values with how often they came, and by how much that may be too much.",
            arguments: &[
                ("count", "10 if left out"),
                ("counters", "How many values are counted, 3 * count if left out"),
                ("value", "Any type"),
            ],
            examples: &[Example {
                sql: "SELECT approx_top_k(1)(x) FROM (SELECT arrayJoin(['a', 'b', 'b']) AS x)",
                answer: "[('b',2,0)]",
            }],
            ..BASE
        },
        |call| {
            call.expect_count(1..=1)?;
            space_saving::bind_counts(call)
        },
    )
    .or_plain_default(),
    Member::new(
        &Spec {
            name: "approx_top_sum",
            case: Case::Insensitive,
            syntax: "approx_top_sum(count[, counters])(value, weight)",
            summary: "The values with the greatest sums of weights, these sums, and by how much they may be too great.",
            arguments: &[
                ("count", "10 if left out"),
                ("counters", "How many values are counted, 3 * count if left out"),
                ("value", "Any type"),
                ("weight", "Unsigned number"),
            ],
            examples: &[Example {
                sql: "SELECT approx_top_sum(1)(x, 5) FROM (SELECT arrayJoin(['a', 'b', 'b']) AS x)",
                answer: "[('b',10,0)]",
            }],
            ..BASE
        },
        |call| {
            call.expect_count(2..=2)?;
            call.expect(1, ChType::is_integer)?;
            space_saving::bind_counts(call)
        },
    )
    .or_plain_default(),
];
