//! Output formats, byte for byte as ClickHouse writes them.

use kinglet_sql::format::{Footer, Format, FormatOptions, FormatWriter};
use kinglet_sql::{EmptyCatalog, Engine, QueryOptions};

const SQL: &str = "SELECT number AS a, ['0x\"y', '1x\"y'][number + 1] AS b, [1, 2] AS c, NULL AS d, 1.5 AS e FROM numbers(2)";

fn written(format: &str, sql: &str) -> String {
    String::from_utf8_lossy(&bytes_of(format, sql)).into_owned()
}

fn bytes_of(format: &str, sql: &str) -> Vec<u8> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let prepared = Engine::new().prepare(sql, &QueryOptions::new(&EmptyCatalog)).expect("a query");
        let format = Format::parse(format).expect("a format");
        let environment = prepared.environment().clone();
        let flag = |name: &str| prepared.setting(name) == Some("1");
        let options = FormatOptions {
            quote_64_bit_integers: flag("output_format_json_quote_64bit_integers"),
            quote_denormals: flag("output_format_json_quote_denormals"),
        };
        let mut writer = FormatWriter::new(format, prepared.columns().to_vec(), options, environment);
        let mut out = Vec::new();
        writer.begin(&mut out).expect("a head");
        let mut execution = prepared.execute().expect("an execution");
        while let Some(batch) = execution.next().await.expect("rows") {
            writer.batch(&batch, &mut out).expect("rows");
        }
        let totals = execution.totals().await.expect("totals");
        writer.finish(&Footer { totals: totals.as_ref(), ..Footer::default() }, &mut out).expect("a tail");
        out
    })
}

/// Format, query and the bytes ClickHouse answers in hexadecimal, a case per line; `KINGLET_FORMATS` names another
/// file of such lines.
const CASES: &str = include_str!("cases/formats.tsv");

/// What the query took and read is not the same in any two runs.
fn without_statistics(text: &str) -> String {
    let mut lines: Vec<&str> = text.split('\n').collect();
    let measured = ["elapsed", "rows_read", "bytes_read", "progress"];
    lines.retain(|line| {
        let name = line.trim_start().trim_start_matches(['"', '<', '{']);
        !measured.iter().any(|measured| name.starts_with(measured))
    });
    lines.join("\n")
}

#[test]
fn bytes_are_those_of_clickhouse() {
    let mut wrong = Vec::new();
    let cases = match std::env::var("KINGLET_FORMATS") {
        Ok(path) => std::fs::read_to_string(path).expect("cases"),
        Err(_) => CASES.to_owned(),
    };
    for line in cases.lines() {
        let mut fields = line.split('\t');
        let mut field = || fields.next().expect("three fields");
        let (format, sql, wanted) = (field(), field(), field());
        let got = std::panic::catch_unwind(|| bytes_of(format, sql)).unwrap_or_else(|_| b"PANIC".to_vec());
        let bytes: Vec<u8> = (0..wanted.len() / 2)
            .map(|at| u8::from_str_radix(&wanted[2 * at..2 * at + 2], 16).expect("hex"))
            .collect();
        let text = |bytes: &[u8]| without_statistics(&String::from_utf8_lossy(bytes));
        if got != bytes && (got.iter().any(|byte| !byte.is_ascii()) || text(&got) != text(&bytes)) {
            let same = text(&got) == text(&bytes) && std::str::from_utf8(&bytes).is_ok();
            if !same {
                wrong.push(format!(
                    "{format}: {sql}\n  got    {:?}\n  wanted {:?}",
                    text(&got),
                    text(&bytes)
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn rows_are_written_as_clickhouse_does() {
    let cases = [
        (
            "JSONEachRow",
            "{\"a\":0,\"b\":\"0x\\\"y\",\"c\":[1,2],\"d\":null,\"e\":1.5}\n{\"a\":1,\"b\":\"1x\\\"y\",\"c\":[1,2],\"d\":null,\"e\":1.5}\n",
        ),
        (
            "CSVWithNames",
            "\"a\",\"b\",\"c\",\"d\",\"e\"\n0,\"0x\"\"y\",\"[1,2]\",\\N,1.5\n1,\"1x\"\"y\",\"[1,2]\",\\N,1.5\n",
        ),
        ("TSV", "0\t0x\"y\t[1,2]\t\\N\t1.5\n1\t1x\"y\t[1,2]\t\\N\t1.5\n"),
        ("Values", "(0,'0x\"y',[1,2],NULL,1.5),(1,'1x\"y',[1,2],NULL,1.5)"),
        (
            "Markdown",
            "| a | b | c | d | e |\n|-:|:-|:-|:-|-:|\n| 0 | 0x\"y | [1,2] | \\N | 1.5 |\n| 1 | 1x\"y | [1,2] | \\N | 1.5 |\n",
        ),
        (
            "JSONCompactEachRowWithNamesAndTypes",
            "[\"a\", \"b\", \"c\", \"d\", \"e\"]\n[\"UInt64\", \"String\", \"Array(UInt8)\", \"Nullable(Nothing)\", \"Float64\"]\n[0, \"0x\\\"y\", [1,2], null, 1.5]\n[1, \"1x\\\"y\", [1,2], null, 1.5]\n",
        ),
    ];
    for (format, wanted) in cases {
        assert_eq!(written(format, SQL), wanted, "{format}");
    }
}

#[test]
fn a_document_has_meta_data_totals_and_statistics() {
    let wanted = "{\n\t\"meta\":\n\t[\n\t\t{\n\t\t\t\"name\": \"a\",\n\t\t\t\"type\": \"UInt8\"\n\t\t},\n\t\t{\n\t\t\t\"name\": \"c\",\n\t\t\t\"type\": \"UInt64\"\n\t\t}\n\t],\n\n\t\"data\":\n\t[\n\t\t{\n\t\t\t\"a\": 0,\n\t\t\t\"c\": 3\n\t\t},\n\t\t{\n\t\t\t\"a\": 1,\n\t\t\t\"c\": 2\n\t\t}\n\t],\n\n\t\"totals\":\n\t{\n\t\t\"a\": 0,\n\t\t\"c\": 5\n\t},\n\n\t\"rows\": 2,\n\n\t\"statistics\":\n\t{\n\t\t\"elapsed\": 0,\n\t\t\"rows_read\": 0,\n\t\t\"bytes_read\": 0\n\t}\n}\n";
    assert_eq!(
        written(
            "JSON",
            "SELECT number % 2 AS a, count() AS c FROM numbers(5) GROUP BY a WITH TOTALS ORDER BY a"
        ),
        wanted
    );
    let empty = written("JSONCompact", "SELECT number AS a FROM numbers(0)");
    assert!(empty.contains("\"data\":\n\t[\n\n\t],\n\n\t\"rows\": 0,"), "{empty}");
}

#[test]
fn an_arrow_stream_carries_clickhouse_types() {
    let bytes = written("ArrowStream", "SELECT toDateTime64(1, 3, 'UTC') AS t");
    assert!(bytes.contains("DateTime64(3, 'UTC')"));
    assert!(Format::parse("Nope").is_err_and(|error| error.code.0 == 73));
}
