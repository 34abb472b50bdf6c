//! Measures imports: `cargo run -p kinglet-api --example ingest [rows]`.

use kinglet_api::{Body, Components, Instance, MemoryDisk, Method, Request, Settings, handle};
use kinglet_workspace::host::NoNetwork;
use kinglet_workspace::{Clock, Random};
use std::fmt::Write as _;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Instant;

struct StillClock;

impl Clock for StillClock {
    fn now_micros(&self) -> i64 {
        0
    }

    fn steady_nanos(&self) -> u64 {
        0
    }
}

struct SameRandom(std::cell::Cell<u8>);

impl Random for SameRandom {
    fn fill(&self, into: &mut [u8]) {
        for byte in into {
            self.0.set(self.0.get().wrapping_mul(5).wrapping_add(17));
            *byte = self.0.get();
        }
    }
}

fn main() {
    let n_rows = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(1_000_000);
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(measure(n_rows));
}

async fn measure(n_rows: u64) {
    let components = Components {
        clock: Rc::new(StillClock),
        random: Rc::new(SameRandom(std::cell::Cell::new(3))),
        http: Rc::new(NoNetwork),
        disk: Arc::new(MemoryDisk::default()),
    };
    let instance = Instance::open(components, Settings::default()).await.expect("an instance");
    let (mut csv, mut ndjson) = ("id,at,shop,price,note\n".to_owned(), String::new());
    for id in 0..n_rows {
        let (minute, shop, price) = (id / 60 % 60, id % 97, (id * 7919 % 100_000) as f64 / 100.0);
        let at = format!("2024-05-{:02} 10:{minute:02}:{:02}", 1 + id % 28, id % 60);
        writeln!(csv, "{id},{at},shop {shop},{price},\"note {id}\"").expect("a string");
        writeln!(
            ndjson,
            r#"{{"id":{id},"at":"{at}","shop":"shop {shop}","price":{price},"note":"note {id}"}}"#
        )
        .expect("a string");
    }
    send(&instance, "csv create", "/v0/datasources?name=c&format=csv", csv.clone(), n_rows).await;
    send(&instance, "csv append", "/v0/datasources?name=c&mode=append&format=csv", csv, n_rows).await;
    send(&instance, "ndjson create", "/v0/datasources?name=n&format=ndjson", ndjson.clone(), n_rows).await;
    send(&instance, "ndjson append", "/v0/datasources?name=n&mode=append&format=ndjson", ndjson, n_rows)
        .await;
    let count = "SELECT count() AS n, sum(price) AS p FROM n";
    send(&instance, "count and sum", "/v0/sql", count.to_owned(), 2 * n_rows).await;
}

async fn send(instance: &Instance, what: &str, target: &str, body: String, n_rows: u64) {
    let token = instance.local_tokens().workspace_admin;
    let megabytes = body.len() as f64 / 1e6;
    let request = Request::new(Method::Post, target)
        .with_header("Authorization", format!("Bearer {token}"))
        .with_body(Body::full(body));
    let start = Instant::now();
    let response = handle(instance, request).await;
    let status = response.status;
    let answer = response.body.collect(1 << 30).await.expect("an answer");
    let secs = start.elapsed().as_secs_f64();
    let rate = n_rows as f64 / secs;
    println!("{what}: {status}, {secs:.2} s, {:.0} rows/s, {:.0} MB/s", rate, megabytes / secs);
    if status != 200 {
        println!("{}", String::from_utf8_lossy(&answer));
    }
}
