//! Whole projects, deployed, fed by events and files, and asked: the answers are ClickHouse's
//! own on the same rows. A project is a folder of `tests/projects`: its files, `rows` to feed it
//! with, and `answers.txt` with calls, what ClickHouse was asked, and what it answered.

use crate::client::TestClient;
use crate::hosts::Bucket;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Events that are sent at a time.
const EVENTS: usize = 40;

/// Files of a project by path.
fn files(project: &str) -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/projects").join(project);
    let mut files = BTreeMap::new();
    for folder in fs::read_dir(&root).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir())
    {
        for file in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            let path = file.strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
            files.insert(path, fs::read_to_string(&file).unwrap());
        }
    }
    files.insert("answers.txt".to_owned(), fs::read_to_string(root.join("answers.txt")).unwrap());
    files
}

/// A client of a deployed project; nothing is in it yet.
fn deployed(files: &BTreeMap<String, String>) -> (TestClient, Bucket) {
    let bucket = Bucket::default();
    let client = TestClient::with_network(bucket.clone());
    let sources = files.iter().filter(|(path, _)| !path.starts_with("rows/") && path.contains('/'));
    let sources: Vec<(&str, &str)> = sources.map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let made = client.post_project("/v1/deploy?auto_promote=true", &sources).expect(200).json();
    assert_eq!(made["result"], "success", "{made:#}");
    let again = client.post_project("/v1/deploy?auto_promote=true", &sources).expect(200).json();
    assert_eq!(again["result"], "no_changes", "{again:#}");
    (client, bucket)
}

/// Sends every file of `rows`: `.events` by the Events API, some lines at a time, others whole.
fn feed(client: &TestClient, files: &BTreeMap<String, String>) {
    for (path, text) in files {
        let Some((name, kind)) = path.strip_prefix("rows/").and_then(|file| file.split_once('.')) else {
            continue;
        };
        if kind != "events" {
            let target = format!("/v0/datasources?mode=append&name={name}&format={kind}");
            client.post(&target, text.clone()).expect(200);
            continue;
        }
        let lines: Vec<&str> = text.lines().collect();
        for (at, some) in lines.chunks(EVENTS).enumerate() {
            let wait = if at % 2 == 0 { "&wait=true" } else { "" };
            let status = if at % 2 == 0 { 200 } else { 202 };
            client.post(&format!("/v0/events?name={name}{wait}"), some.join("\n")).expect(status);
        }
    }
}

/// Makes every call of `answers.txt`; what differs from ClickHouse's answer.
fn differences(client: &TestClient, files: &BTreeMap<String, String>) -> Vec<String> {
    let cases = files["answers.txt"].split("\n> ").skip(1);
    let mut found = Vec::new();
    let mut n_calls = 0;
    for case in cases {
        n_calls += 1;
        let (call, rest) = case.split_once('\n').unwrap();
        let (_, wanted) = rest.split_once('\n').unwrap();
        let (pipe, query) = call.split_once('?').unwrap_or((call, ""));
        let answer = client.get(&format!("/v0/pipes/{pipe}.ndjson?{query}"));
        let got = answer.text().trim_end();
        if answer.status != 200 || got != wanted.trim_end() {
            found.push(format!(
                "{call}\n  ClickHouse: {}\n  here ({}): {got}",
                wanted.trim_end(),
                answer.status
            ));
        }
    }
    assert!(n_calls > 6);
    found
}

#[track_caller]
fn check(client: &TestClient, files: &BTreeMap<String, String>) {
    let found = differences(client, files);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn web_analytics_with_materialized_views() {
    let files = files("web_analytics");
    let (client, _) = deployed(&files);
    feed(&client, &files);
    check(&client, &files);
    // Merged states are the same states.
    client.merge();
    check(&client, &files);
    let dashboard = client.get("/v0/tokens/dashboard").expect(200).json()["token"].clone();
    let reader = TestClient { token: dashboard.as_str().unwrap().to_owned(), instance: client.instance };
    reader.get("/v0/pipes/top_pages.json").expect(200);
    reader.get("/v0/pipes/sources.json").expect(403);
}

#[test]
fn web_analytics_recomputed_from_its_landing_table() {
    let mut files = files("web_analytics");
    let (client, _) = deployed(&files);
    feed(&client, &files);
    // Another sorting key: the next deployment makes the view's target anew.
    let target = files.get_mut("datasources/pages_by_day.datasource").unwrap();
    *target = target.replace("date, device, pathname", "pathname, device, date");
    let sources = files.iter().filter(|(path, _)| !path.starts_with("rows/") && path.contains('/'));
    let sources: Vec<(&str, &str)> = sources.map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let made = client.post_project("/v1/deploy?auto_promote=true", &sources).expect(200).json();
    assert_eq!(made["deployment"]["data_movements"][0]["datasource_name"], "pages_by_day", "{made:#}");
    check(&client, &files);
}

#[test]
fn ecommerce_with_copies_and_a_sink() {
    let files = files("ecommerce");
    let (client, bucket) = deployed(&files);
    feed(&client, &files);
    for copy in [
        "fill_daily_report/copy",
        "fill_daily_report/copy",
        "add_best_customers/copy",
        "add_best_customers/copy?least=300",
    ] {
        let run = client.post(&format!("/v0/pipes/{copy}"), "").expect(200).json();
        assert_eq!(run["job"]["status"], "done", "{run}");
    }
    check(&client, &files);
    client.merge();
    check(&client, &files);
    let delivery = r#"{"kind":"s3","endpoint":"http://bucket.test","region":"eu-west-1","access_key":"AK","secret":"SK"}"#;
    client.put("/v0/deliveries/warehouse", delivery).expect(200);
    client.post("/v0/hosts?host=bucket.test", "").expect(200);
    let run = client.post("/v0/pipes/export_report/sink?without=ES", "").expect(200).json();
    assert_eq!(run["job"]["status"], "done", "{run}");
    let sent = bucket.files.borrow();
    let rows: usize = sent.values().map(|file| String::from_utf8_lossy(file).lines().count() - 1).sum();
    assert_eq!(rows as u64, client.row_count_of("daily_report WHERE country != 'ES'"));
    assert!(
        sent.keys().all(|url| !url.contains("/ES/"))
            && sent.keys().any(|url| url.ends_with("/FR/2026-02.csv"))
    );
}

#[test]
fn logs_with_quarantine_and_a_way_back() {
    let files = files("logs");
    let (client, _) = deployed(&files);
    feed(&client, &files);
    let refused = client.row_count_of("logs_quarantine");
    let run = client.post("/v0/pipes/recover/copy", "").expect(200).json();
    assert_eq!(run["job"]["status"], "done", "{run}");
    assert_eq!(client.row_count_of("logs_quarantine"), refused);
    check(&client, &files);
    client.merge();
    check(&client, &files);
}
