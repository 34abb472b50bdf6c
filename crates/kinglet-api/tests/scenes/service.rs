//! Service data sources: what happened is in them, and who may not look cannot.

use crate::client::TestClient;
use kinglet_api::{MemoryDisk, Method, Request};
use std::sync::Arc;

const SALES: &str = "SCHEMA >\n    `n` Int32 `json:$.n`\n\nENGINE \"MergeTree\"\nENGINE_SORTING_KEY \"n\"\n";
const TOP: &str =
    "NODE n\nSQL >\n    %\n    SELECT n FROM sales WHERE n > {{Int32(above, 0)}}\n\nTYPE endpoint\n";
const CALLS: &str = "NODE n\nSQL >\n    SELECT count() AS calls FROM tinybird.pipe_stats_rt WHERE pipe_name = 'top'\n\nTYPE endpoint\n";

fn prepared(disk: &Arc<MemoryDisk>) -> TestClient {
    let client = TestClient::on_disk(disk.clone());
    let files = [("sales.datasource", SALES), ("top.pipe", TOP), ("calls.pipe", CALLS)];
    let built = client.post_project("/v1/build", &files).expect(200).json();
    assert_eq!(built["result"], "success", "{built}");
    client.post("/v0/events?name=sales&wait=true", "{\"n\":1}\n{\"n\":2}\n{\"n\":\"x\"}\n").expect(200);
    client
}

#[test]
fn calls_are_noted_with_what_became_of_them() {
    let disk = Arc::new(MemoryDisk::default());
    let client = prepared(&disk);
    client.get("/v0/pipes/top.json?above=1&token=ignored").expect(200);
    client.get("/v0/pipes/top.json?above=no").expect(400);
    client.get("/v0/sql?q=SELECT+1").expect(200);
    let sql = "SELECT pipe_name, status_code, error, result_rows, method, url, parameters, token_name FROM tinybird.pipe_stats_rt ORDER BY start_datetime, pipe_name, status_code";
    let expected = [
        r#"{"pipe_name":"query_api","status_code":200,"error":0,"result_rows":1,"method":"GET","url":"\/v0\/sql?q=SELECT+1","parameters":{"q":"SELECT 1"},"token_name":"workspace admin token"}"#,
        r#"{"pipe_name":"top","status_code":200,"error":0,"result_rows":1,"method":"GET","url":"\/v0\/pipes\/top.json?above=1","parameters":{"above":"1"},"token_name":"workspace admin token"}"#,
        r#"{"pipe_name":"top","status_code":400,"error":1,"result_rows":0,"method":"GET","url":"\/v0\/pipes\/top.json?above=no","parameters":{"above":"no"},"token_name":"workspace admin token"}"#,
    ];
    let mut lines: Vec<String> = client.lines(sql).lines().map(str::to_owned).collect();
    lines.sort();
    assert_eq!(lines, expected);
    let failed = client.lines("SELECT pipe_name, status_code, error FROM tinybird.endpoint_errors");
    assert!(failed.contains("\"status_code\":400") && failed.contains("Error validating 'no'"), "{failed}");
    let stats = "SELECT pipe_name, sum(view_count) AS views, sum(error_count) AS errors, avgMerge(avg_duration_state) > 0 AS timed FROM tinybird.pipe_stats WHERE pipe_name = 'top' GROUP BY pipe_name";
    assert_eq!(client.lines(stats), "{\"pipe_name\":\"top\",\"views\":2,\"errors\":1,\"timed\":1}\n");
    // What was noted is there after a restart, in part from a table.
    client.merge();
    crate::hosts::block_on(client.instance.close()).unwrap();
    let client = TestClient::on_disk(disk);
    client.get("/v0/pipes/top.json").expect(200);
    assert_eq!(client.row_count_of("tinybird.pipe_stats_rt WHERE pipe_name = 'top'"), 3);
    assert_eq!(client.get("/v0/pipes/calls.json").expect(200).json()["data"][0]["calls"], 3);
}

#[test]
fn operations_and_jobs_are_noted() {
    let client = prepared(&Arc::default());
    client.post("/v0/datasources?mode=append&name=sales&format=csv", "n\n5\nbad\n").expect(200);
    client.post("/v0/datasources/sales/truncate", "").expect(205);
    let log = client.lines("SELECT event_type, datasource_name, result, rows, rows_quarantine FROM tinybird.datasources_ops_log ORDER BY event_type");
    let expected = [
        r#"{"event_type":"append","datasource_name":"sales","result":"ok","rows":1,"rows_quarantine":1}"#,
        r#"{"event_type":"append-hfi","datasource_name":"sales","result":"ok","rows":2,"rows_quarantine":1}"#,
        r#"{"event_type":"truncate","datasource_name":"sales","result":"ok","rows":0,"rows_quarantine":0}"#,
    ];
    assert_eq!(log.lines().collect::<Vec<_>>(), expected);
    let jobs = client.lines(
        "SELECT job_type, status, JSONExtractInt(job_metadata, 'rows') AS rows FROM tinybird.jobs_log",
    );
    assert_eq!(jobs, "{\"job_type\":\"import\",\"status\":\"done\",\"rows\":1}\n");
    let blocks = client.lines("SELECT datasource_name, rows, quarantine_lines FROM tinybird.block_log");
    assert_eq!(blocks, "{\"datasource_name\":\"sales\",\"rows\":1,\"quarantine_lines\":1}\n");
    let stored =
        client.lines("SELECT datasource_name, rows, rows_quarantine FROM tinybird.datasources_storage");
    assert_eq!(stored, "{\"datasource_name\":\"sales\",\"rows\":0,\"rows_quarantine\":0}\n");
    let stats = client.lines(
        "SELECT event_type, executions FROM tinybird.datasources_ops_stats ORDER BY event_type LIMIT 1",
    );
    assert_eq!(stats, "{\"event_type\":\"append\",\"executions\":1}\n");
}

#[test]
fn every_service_data_source_answers() {
    let client = prepared(&Arc::default());
    let schema = include_str!("../../../kinglet-workspace/src/service/schema.txt");
    for name in
        schema.lines().filter(|line| line.starts_with("tinybird.") || line.starts_with("organization."))
    {
        let answer = client.post("/v0/sql", format!("SELECT * FROM {name} LIMIT 0 FORMAT JSON"));
        assert_eq!(answer.status, 200, "{name}: {}", answer.text());
        let columns =
            schema.lines().skip_while(|line| *line != name).skip(1).take_while(|line| line.starts_with(' '));
        let expected: Vec<&str> =
            columns.filter_map(|line| line.trim().split_once(' ')).map(|column| column.0).collect();
        let meta = answer.json()["meta"].as_array().unwrap().clone();
        let names: Vec<&str> = meta.iter().map(|column| column["name"].as_str().unwrap()).collect();
        assert_eq!(names, expected, "{name}");
    }
    client.post("/v0/sql", "SELECT * FROM tinybird.nothing").expect(400);
}

#[test]
fn minutes_requests_releases_and_transfers_are_told() {
    let client = prepared(&Arc::default());
    client.post("/v0/events?name=sales&wait=true", "{\"n\":1}\n{\"n\":\"x\"}\n").expect(200);
    client.get("/v0/pipes/calls.json").expect(200);
    let requests = client.lines(
        "SELECT successful_requests, rows_total, rows_quarantined FROM tinybird.hfi_requests ORDER BY rows_total DESC LIMIT 1",
    );
    assert_eq!(requests, "{\"successful_requests\":2,\"rows_total\":5,\"rows_quarantined\":2}\n");
    let minutes = client.lines(
        "SELECT pipe_name, request_count, length(quantiles_05_09_099_duration) AS n FROM organization.pipe_metrics_by_minute WHERE pipe_name = 'calls'",
    );
    assert!(minutes.starts_with("{\"pipe_name\":\"calls\",\"request_count\":"), "{minutes}");
    assert!(minutes.contains("\"n\":3"), "{minutes}");
    let inserts = client.lines(
        "SELECT sum(request_count) > 0 AS some FROM organization.datasource_metrics_by_minute WHERE event_type = 'append-hfi'",
    );
    assert_eq!(inserts, "{\"some\":1}\n");
    let throughput = client.lines("SELECT count() > 0 AS some FROM tinybird.realtime_ingestion_mv");
    assert_eq!(throughput, "{\"some\":1}\n");
    let top = TOP.replace("n > ", "n >= ");
    let files = [("sales.datasource", SALES), ("top.pipe", &*top), ("calls.pipe", CALLS)];
    let made = client.post_project("/v1/deploy?auto_promote=true", &files).expect(200).json();
    assert_eq!(made["result"], "success", "{made}");
    let released = client.lines("SELECT event_type, semver FROM tinybird.releases_log");
    assert_eq!(released, "{\"event_type\":\"promote\",\"semver\":\"1\"}\n");
}

#[test]
fn only_those_who_may_read_all_look_into_them() {
    let client = prepared(&Arc::default());
    let as_token = |scope: &str, target: &str| {
        let made = client.post(&format!("/v0/tokens?name={scope}&scope={scope}"), "").expect(200).json();
        let bearer = format!("Bearer {}", made["token"].as_str().unwrap());
        client.send(Request::new(Method::Get, target).with_header("Authorization", bearer))
    };
    let sql = "/v0/sql?q=SELECT+count()+FROM+tinybird.pipe_stats_rt";
    as_token("DATASOURCES:READ:sales", sql).expect(403);
    as_token("WORKSPACE:READ_ALL", sql).expect(200);
    // An endpoint built on them may be called by whoever may call it.
    as_token("PIPES:READ:calls", "/v0/pipes/calls.json").expect(200);
}
