//! Times queries over the TPC-H tables natively: `tpch_speed SCALE [RUNS [QUERY..]]` prints the best time of each in
//! milliseconds, and with `PLAN=1` in the environment the plan too. A query is the name of one of TPC-H's, or SQL.

#[path = "../tests/tpch/tables.rs"]
mod tables;

use std::time::Instant;

use kinglet_sql::{Engine, QueryOptions};
use tables::Tpch;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let scale = arguments.first().and_then(|text| text.parse().ok()).unwrap_or(0.05);
    let runs = arguments.get(1).and_then(|text| text.parse().ok()).unwrap_or(3);
    let catalog = Tpch::generate(scale);
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    let mut logarithms = 0.0;
    let mut ran = 0;
    let mut queries = tables::queries();
    if let Some(wanted) = arguments.get(2..).filter(|wanted| !wanted.is_empty()) {
        queries.retain(|(name, _)| wanted.contains(name));
        queries.extend(wanted.iter().filter(|text| text.contains(' ')).map(|sql| (sql.clone(), sql.clone())));
    }
    for (name, sql) in queries {
        let mut best = f64::INFINITY;
        let mut outcome = String::new();
        for _ in 0..runs {
            let start = Instant::now();
            let answer = runtime.block_on(async {
                let prepared = Engine::new().prepare(&sql, &QueryOptions::new(&catalog))?;
                prepared.execute()?.collect().await
            });
            best = best.min(start.elapsed().as_secs_f64() * 1000.0);
            match answer {
                Ok(batches) => {
                    let rows: usize = batches.iter().map(arrow::array::RecordBatch::num_rows).sum();
                    outcome = format!("{rows} rows");
                }
                Err(error) => {
                    outcome = format!("{} {}", error.code.0, error.message);
                    break;
                }
            }
        }
        if std::env::var("PLAN").is_ok() {
            match Engine::new().prepare(&sql, &QueryOptions::new(&catalog)) {
                Ok(prepared) => {
                    println!("{}", runtime.block_on(prepared.explain_physical()).unwrap_or_default());
                }
                Err(error) => println!("{}", error.message),
            }
        }
        println!("{name} {best:9.2} ms  {outcome}");
        logarithms += best.ln();
        ran += 1;
    }
    println!("geometric mean {:.2} ms", (logarithms / f64::from(ran)).exp());
}
