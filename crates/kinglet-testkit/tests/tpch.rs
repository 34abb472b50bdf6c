//! The 22 queries of TPC-H against the answers of ClickHouse on the same rows.

#[path = "tpch/tables.rs"]
mod tables;

use kinglet_sql::{Engine, Prepared, QueryOptions};
use kinglet_types::{Result, SqlError};
use tables::Tpch;

/// Small, and every query answers some rows or a number.
const SCALE: f64 = 0.02;

#[test]
fn answers_are_those_of_clickhouse() {
    let catalog = Tpch::generate(SCALE);
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/tpch/answers");
    let mut wrong = Vec::new();
    for (name, sql) in tables::queries() {
        let wanted = std::fs::read_to_string(format!("{folder}/{name}.tsv")).expect("an answer");
        match answer(&catalog, &sql) {
            Ok(got) if got == wanted => {}
            Ok(got) => wrong.push(format!("{name}: {}", difference(&wanted, &got))),
            Err(error) => wrong.push(format!("{name}: {} {}", error.code.0, error.message)),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn difference(wanted: &str, got: &str) -> String {
    let (wanted, got): (Vec<&str>, Vec<&str>) = (wanted.lines().collect(), got.lines().collect());
    if wanted.len() != got.len() {
        return format!("{} lines instead of {}", got.len(), wanted.len());
    }
    let first = wanted.iter().zip(&got).find(|(wanted, got)| wanted != got);
    first.map_or_else(String::new, |(wanted, got)| format!("{got} instead of {wanted}"))
}

/// Names, types and rows as tab-separated text.
fn answer(catalog: &Tpch, sql: &str) -> Result<String> {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let prepared: Prepared = Engine::new().prepare(sql, &QueryOptions::new(catalog))?;
        let columns = prepared.columns().to_vec();
        let environment = prepared.environment().clone();
        let batches = prepared.execute()?.collect().await?;
        let mut text = Vec::new();
        let mut line = |cells: Vec<Vec<u8>>| {
            text.extend(cells.join(&b'\t'));
            text.push(b'\n');
        };
        line(columns.iter().map(|column| column.name.clone().into_bytes()).collect());
        line(columns.iter().map(|column| column.ty.to_string().into_bytes()).collect());
        for batch in &batches {
            for row in 0..batch.num_rows() {
                let cells = columns.iter().zip(batch.columns()).map(|(column, array)| {
                    let mut cell = Vec::new();
                    let style = kinglet_sql::text::Style::Escaped;
                    kinglet_sql::text::write_value(array, row, &column.ty, style, &environment, &mut cell);
                    cell
                });
                line(cells.collect());
            }
        }
        Ok::<_, SqlError>(String::from_utf8_lossy(&text).into_owned())
    })
}
