//! Many inserts at once while the store works in the background: every row that was
//! acknowledged is there, at once and after a restart.

use crate::client::TestClient;
use crate::hosts::block_on;
use kinglet_api::{Body, MemoryDisk, Method, Request, handle};
use std::cell::Cell;
use std::fmt::Write as _;
use std::sync::Arc;

const CLICKS: &str = "SCHEMA >\n    `at` DateTime64(3) `json:$.at`,\n    `id` Int64 `json:$.id`,\n    `kind` String `json:$.kind`,\n    `page` String `json:$.page`,\n    `price` Float64 `json:$.price`\n\nENGINE \"MergeTree\"\nENGINE_SORTING_KEY \"at\"\n";

fn body(from: u64, n_rows: u64) -> String {
    (from..from + n_rows).fold(String::new(), |mut text, id| {
        let (page, price) = (id % 97, id % 1000);
        writeln!(
            text,
            "{{\"at\":\"2024-05-01T10:00:00.{price:03}Z\",\"id\":{id},\"kind\":\"click\",\"page\":\"/products/{page}\",\"price\":{price}.5}}"
        )
        .unwrap();
        text
    })
}

/// Sends `n_requests` of `n_rows` rows from each of four senders, with background work in
/// between, and returns the rows that were acknowledged.
fn storm(client: &TestClient, next: &Cell<u64>, n_requests: usize, n_rows: u64, wait: &str) -> u64 {
    let acknowledged = Cell::new(0);
    let lane = async || {
        for at in 0..n_requests {
            let from = next.replace(next.get() + n_rows);
            let request = Request::new(Method::Post, &format!("/v0/events?name=clicks{wait}"))
                .with_header("Authorization", format!("Bearer {}", client.token))
                .with_header("x-kinglet-insert-id", format!("0b0f8a52-3c1e-4d57-9d0a-{from:012}"))
                .with_body(Body::full(body(from, n_rows)));
            let response = handle(&client.instance, request).await;
            assert!(response.status < 300, "{}", response.status);
            acknowledged.set(acknowledged.get() + n_rows);
            if at % 3 == 0 {
                client.instance.maintain(1).await.unwrap();
            }
        }
    };
    block_on(async { futures::join!(lane(), lane(), lane(), lane()) });
    acknowledged.get()
}

#[test]
fn every_acknowledged_row_is_there_whatever_goes_on_beside() {
    let disk = Arc::new(MemoryDisk::default());
    let client = TestClient::on_disk(disk.clone());
    client.post_project("/v1/build", &[("clicks.datasource", CLICKS)]).expect(200);
    let next = Cell::new(0);
    let mut rows = 0;
    for (n_requests, n_rows) in [(100, 1), (200, 100), (8, 10_000)] {
        for wait in ["", "&wait=true"] {
            rows += storm(&client, &next, n_requests, n_rows, wait);
            assert_eq!(client.row_count_of("clicks"), rows, "{n_rows} rows a request, '{wait}'");
        }
    }
    assert_eq!(client.row_count_of("(SELECT id FROM clicks GROUP BY id)"), rows);
    client.merge();
    assert_eq!(client.row_count_of("clicks"), rows);
    block_on(client.instance.close()).unwrap();
    let client = TestClient::on_disk(disk);
    assert_eq!(client.row_count_of("clicks"), rows);
    assert_eq!(client.row_count_of("(SELECT id FROM clicks GROUP BY id)"), rows);
}
