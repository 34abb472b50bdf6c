//! Scheduled copies: when they run, when they do not, and what was missed.

use crate::client::TestClient;
use crate::hosts::{block_on, skip_minutes};
use kinglet_api::MemoryDisk;
use std::sync::Arc;

const SALES: &str = "SCHEMA >\n    `n` Int32 `json:$.n`\n\nENGINE \"MergeTree\"\nENGINE_SORTING_KEY \"n\"\n";
const COPY: &str =
    "NODE n\nSQL >\n    SELECT n FROM sales\n\nTYPE copy\nTARGET_DATASOURCE kept\nCOPY_SCHEDULE 0 * * * *\n";

#[test]
fn a_copy_runs_on_its_schedule_and_catches_up_once() {
    let disk = Arc::new(MemoryDisk::default());
    let client = TestClient::on_disk(disk.clone());
    let files = [("sales.datasource", SALES), ("kept.datasource", SALES), ("hourly.pipe", COPY)];
    let built = client.post_project("/v1/build", &files).expect(200).json();
    assert_eq!(built["result"], "success", "{built}");
    client.post("/v0/events?name=sales&wait=true", "{\"n\":1}").expect(200);
    let run = |client: &TestClient| {
        block_on(client.instance.run_schedules()).unwrap();
        client.row_count("kept")
    };
    assert_eq!(run(&client), 0);
    skip_minutes(30);
    assert_eq!(run(&client), 0);
    skip_minutes(30);
    assert_eq!((run(&client), run(&client)), (1, 1));
    let paused = client.post("/v0/pipes/hourly/copy/pause", "").expect(200).json();
    assert_eq!(paused["copy_paused"], true);
    skip_minutes(120);
    assert_eq!(run(&client), 1);
    client.post("/v0/pipes/hourly/copy/resume", "").expect(200);
    assert_eq!(run(&client), 1);
    drop(client);
    // No engine for hours: what was missed runs once.
    skip_minutes(300);
    let client = TestClient::on_disk(disk);
    assert_eq!((run(&client), run(&client)), (2, 2));
    assert_eq!(client.row_count_of("tinybird.jobs_log WHERE job_type = 'copy'"), 2);
    client.post("/v0/pipes/nothing/copy/pause", "").expect(404);
}
