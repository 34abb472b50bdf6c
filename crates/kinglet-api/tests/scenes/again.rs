//! Inserts that are sent again after the engine was lost with its answer.

use crate::client::TestClient;
use kinglet_api::MemoryDisk;
use std::fmt::Write as _;
use std::sync::Arc;

const ID: &str = "0b0f8a52-3c1e-4d57-9d0a-5f2f6d2c9e11";
const EVENTS: &str =
    "SCHEMA >\n    `id` Int64 `json:$.id`\n\nENGINE \"MergeTree\"\nENGINE_SORTING_KEY \"id\"\n";
const NOTHING: &str = "SCHEMA >\n    `id` Int64 `json:$.id`\n\nENGINE \"Null\"\n";
const VIEW: &str = "NODE n\nSQL >\n    SELECT id FROM landing\n\nTYPE materialized\nDATASOURCE events\n";

fn csv(n_rows: usize) -> String {
    (0..n_rows).fold("id\n".to_owned(), |mut text, id| {
        writeln!(text, "{id}").unwrap();
        text
    })
}

#[test]
fn events_are_added_once_though_the_engine_died_before_it_could_answer() {
    let disk = Arc::new(MemoryDisk::default());
    let files = [("events.datasource", EVENTS), ("landing.datasource", NOTHING), ("view.pipe", VIEW)];
    let body = "{\"id\":1}\n{\"id\":2}\n";
    for (at, target) in
        ["/v0/events?name=events&wait=true", "/v0/events?name=landing&wait=true"].iter().enumerate()
    {
        let id = format!("0b0f8a52-3c1e-4d57-9d0a-5f2f6d2c9e1{at}");
        let client = TestClient::on_disk(disk.clone());
        client.post_project("/v1/build", &files).expect(200);
        client.post_as(&id, target, body).expect(200);
        drop(client);
        let client = TestClient::on_disk(disk.clone());
        let again = client.post_as(&id, target, body).expect(200).json();
        assert_eq!(again["successful_rows"], 2);
        assert_eq!(client.row_count("events"), 2 * (at as u64 + 1));
    }
    let client = TestClient::on_disk(disk);
    client.post("/v0/events?name=events&wait=true", body).expect(200);
    assert_eq!(client.row_count("events"), 6);
    for _ in 0..2 {
        client.post("/v0/events?name=events&insert_deduplication_token=a+b", body).expect(202);
    }
    assert_eq!(client.row_count("events"), 8);
    client.post_as("not a uuid", "/v0/events?name=events", body).expect(400);
}

#[test]
fn a_file_is_imported_once_though_it_is_sent_again() {
    let disk = Arc::new(MemoryDisk::default());
    let client = TestClient::on_disk(disk.clone());
    let file = csv(600_000);
    let created = client.post_as(ID, "/v0/datasources?name=numbers&format=csv", file.clone()).expect(200);
    assert_eq!(created.json()["import_id"], ID);
    drop(client);
    let client = TestClient::on_disk(disk);
    let again = client.post_as(ID, "/v0/datasources?name=numbers&format=csv", file).expect(200).json();
    assert_eq!(again["successful_rows"], 600_000);
    assert_eq!(client.row_count("numbers"), 600_000);
    client.post("/v0/datasources?name=numbers&format=csv", "id\n1\n").expect(409);
}

#[test]
fn an_import_that_was_cut_short_says_how_far_it_came_and_goes_on() {
    let disk = Arc::new(MemoryDisk::default());
    let client = TestClient::on_disk(disk.clone());
    let file = csv(600_000);
    client.post("/v0/datasources?name=numbers&schema=id+Int64", "").expect(200);
    client.post_cut_short(
        ID,
        "/v0/datasources?mode=append&name=numbers&format=csv",
        file.as_bytes(),
        3_000_000,
    );
    drop(client);
    let client = TestClient::on_disk(disk);
    let stored = client.row_count("numbers");
    assert!(stored > 0 && stored < 600_000, "{stored}");
    let job = client.get(&format!("/v0/jobs/{ID}")).expect(200).json();
    assert_eq!((&job["status"], &job["interrupted"]), (&"error".into(), &true.into()));
    assert!(job["error"].as_str().unwrap().contains(&format!("the first {stored} rows")), "{job}");
    let done =
        client.post_as(ID, "/v0/datasources?mode=append&name=numbers&format=csv", file).expect(200).json();
    assert_eq!(done["successful_rows"], 600_000);
    assert_eq!(client.row_count("numbers"), 600_000);
    let sum = client.post("/v0/sql", "SELECT sum(id), uniqExact(id) FROM numbers FORMAT CSV").expect(200);
    assert_eq!(sum.text(), "179999700000,600000\n");
    assert_eq!(client.get(&format!("/v0/jobs/{ID}")).expect(200).json()["status"], "done");
}

#[test]
fn closing_writes_what_was_buffered() {
    let disk = Arc::new(MemoryDisk::default());
    let client = TestClient::on_disk(disk.clone());
    client.post_project("/v1/build", &[("events.datasource", EVENTS)]).expect(200);
    client.post("/v0/events?name=events", "{\"id\":1}").expect(202);
    assert_eq!(client.row_count("events"), 1);
    crate::hosts::block_on(client.instance.close()).unwrap();
    client.post("/v0/events?name=events", "{\"id\":2}").expect(503);
    assert_eq!(TestClient::on_disk(disk).row_count("events"), 1);
}
