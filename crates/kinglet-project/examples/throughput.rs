//! How fast the languages are on files of 2,000 lines: `cargo run --release -p kinglet-project --example throughput`.
//!
//! Prints one line for each measure and fails where one is below the floor in `throughput.json`, which holds about a
//! third of what a slow machine reached: it catches an algorithm that has become quadratic, not a busy neighbour.

use std::fmt::Write;
use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use kinglet_datafile::{Options, parse_datasource, parse_pipe};
use kinglet_parser::{FormatOptions, format_sql, parse};
use kinglet_template::{Context, Template};
use serde_json::Value;

const FLOORS: &str = include_str!("throughput.json");

/// Lines of each file.
const LINES: usize = 2_000;

struct Measure {
    name: &'static str,
    unit: &'static str,
    value: f64,
}

fn main() -> ExitCode {
    let floors: Value = serde_json::from_str(FLOORS).unwrap_or_default();
    let mut slow = 0;
    for Measure { name, unit, value } in measures() {
        let floor = floors[name].as_f64().unwrap_or(f64::INFINITY);
        let verdict = if value >= floor { "" } else { "  TOO SLOW" };
        slow += usize::from(value < floor);
        println!("{name:<20} {value:>10.1} {unit:<9} floor {floor}{verdict}");
    }
    if slow == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn measures() -> Vec<Measure> {
    let (sql, datasource, pipe, template) = (sql(), datasource(), pipe(), template());
    let options = Options::new("file");
    let context = Context::with_variables([("limit", "50"), ("since", "2024-01-01"), ("tags", "red,o'blue")]);
    let read = Template::parse(&template).0;
    // What is measured has to be accepted, or it would be measured how fast a file is refused.
    let accepted = parse(&sql).diagnostics.is_empty()
        && !parse_datasource(&datasource, &options).has_errors()
        && !parse_pipe(&pipe, &options).has_errors()
        && read.render(&context).is_ok();
    if !accepted {
        return vec![Measure { name: "accepted", unit: "files", value: 0.0 }];
    }
    let layout = FormatOptions::default();
    vec![
        per_second("parse SQL", &sql, || drop(black_box(parse(&sql)))),
        per_second("format SQL", &sql, || drop(black_box(format_sql(&sql, &layout)))),
        per_second("parse data source", &datasource, || {
            drop(black_box(parse_datasource(&datasource, &options)));
        }),
        per_second("parse pipe", &pipe, || drop(black_box(parse_pipe(&pipe, &options)))),
        per_second("parse template", &template, || drop(black_box(Template::parse(&template)))),
        Measure {
            name: "render template",
            unit: "renders/s",
            value: 1.0 / timed(|| drop(black_box(read.render(&context)))).as_secs_f64(),
        },
    ]
}

fn per_second(name: &'static str, text: &str, run: impl FnMut()) -> Measure {
    Measure { name, unit: "MB/s", value: text.len() as f64 / 1e6 / timed(run).as_secs_f64() }
}

/// Time of one call: the best of three averages over 150 ms.
fn timed(mut run: impl FnMut()) -> Duration {
    let mut best = Duration::MAX;
    for _ in 0..3 {
        let start = Instant::now();
        let mut n_calls = 0;
        while start.elapsed() < Duration::from_millis(150) {
            run();
            n_calls += 1;
        }
        best = best.min(start.elapsed() / n_calls);
    }
    best
}

/// One query of so many lines.
fn query(lines: usize) -> String {
    let mut out = String::from("SELECT\n");
    for at in 0..lines.saturating_sub(4) {
        let _ = match at % 5 {
            0 => writeln!(out, "    countIf(status = {at} AND path LIKE '/a{at}%') / count() AS rate_{at},"),
            1 => {
                writeln!(out, "    toStartOfInterval(ts, INTERVAL {at} MINUTE) AS slot_{at}, -- comment {at}")
            }
            2 => writeln!(out, "    arrayMap(x -> (x, x * {at}), arr)[1].2::Nullable(UInt64) AS arr_{at},"),
            3 => writeln!(
                out,
                "    CASE WHEN a > {at} THEN 'x' WHEN b IN (1, 2, {at}) THEN 'y' ELSE c END AS c_{at},"
            ),
            _ => writeln!(out, "    quantile(0.9)(value) OVER (PARTITION BY k{at} ORDER BY ts) AS q_{at},"),
        };
    }
    out.push_str("    1 AS one\nFROM events AS e LEFT JOIN users AS u ON e.id = u.id\nGROUP BY ALL\n");
    out
}

fn sql() -> String {
    query(LINES)
}

fn datasource() -> String {
    let mut out = String::from("DESCRIPTION A wide table\nSCHEMA >\n");
    for at in 0..LINES - 6 {
        let kind = ["String", "Nullable(Int64)", "LowCardinality(String)", "Array(Float64)", "DateTime64(3)"]
            [at % 5];
        let path = if at % 5 == 3 { "[:]" } else { "" };
        let end = if at + 1 < LINES - 6 { "," } else { "" };
        let _ = writeln!(out, "    `column_{at}` {kind} `json:$.a.column_{at}{path}`{end}");
    }
    out.push_str("\nENGINE \"MergeTree\"\nENGINE_PARTITION_KEY \"toYYYYMM(column_4)\"\nENGINE_SORTING_KEY \"column_0\"\n");
    out
}

fn pipe() -> String {
    let mut out = String::from("DESCRIPTION Many nodes\n\n");
    for node in 0..LINES / 25 {
        let _ = writeln!(out, "NODE node_{node}\nDESCRIPTION The node {node}\nSQL >\n");
        for line in query(20).lines() {
            let _ = writeln!(out, "    {line}");
        }
        out.push('\n');
    }
    out.push_str("TYPE endpoint\n");
    out
}

fn template() -> String {
    let mut out = String::from("%\nSELECT\n");
    for at in 0..LINES / 4 {
        let _ = writeln!(
            out,
            "    {{% if defined(since) and {at} % 3 != 1 %}}\n    countIf(day >= {{{{ Date(since, '2020-01-01') }}}}) AS \
             {{{{ symbol('c_{at}') }}}},\n    {{% else %}} tag IN {{{{ Array(tags, 'String', 'a,b') }}}} AS t_{at}, \
             {{% end %}}\n    {{{{ Int32(limit, 10) + {at} }}}} AS n_{at},"
        );
    }
    out.push_str("    1 AS one\nFROM events\n");
    out
}
