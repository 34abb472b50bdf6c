//! What is stored: rows that expire, indexes that spare reading, snapshots, and parts as files.

use crate::client::TestClient;
use serde_json::json;

const DAYS: &str =
    "SCHEMA >\n    `day` Date,\n    `kind` String\n\nENGINE \"MergeTree\"\nENGINE_SORTING_KEY \"day\"\n";

fn built(file: &str) -> TestClient {
    let client = TestClient::new();
    let answer = client.post_project("/v1/build", &[("datasources/t.datasource", file)]).expect(200).json();
    assert_eq!(answer["result"], "success", "{answer:#}");
    client
}

fn append(client: &TestClient, rows: String) {
    client.post("/v0/datasources?mode=append&name=t&format=csv", rows).expect(200);
}

/// Turns buffered rows into parts and merges.
fn merge(client: &TestClient) {
    client.get("/v0/datasources/t/parts").expect(200);
    client.merge();
}

fn ask(client: &TestClient, target: &str, sql: &str) -> String {
    client.post(target, format!("{sql} FORMAT TSV")).expect(200).text().trim().to_owned()
}

#[test]
fn a_ttl_deletes_rows_when_parts_are_merged() {
    let client = built(&format!("{DAYS}ENGINE_TTL \"day + toIntervalDay(30)\"\n"));
    append(&client, "2001-01-01,old\n2140-01-01,new\n".to_owned());
    append(&client, "2001-01-02,old\n2140-01-02,new\n".to_owned());
    merge(&client);
    assert_eq!(ask(&client, "/v0/sql", "SELECT count(), min(kind) FROM t"), "2\tnew");
    let client = built(&format!("{DAYS}ENGINE_TTL \"day + toIntervalDay(30) DELETE WHERE kind = 'old'\"\n"));
    append(&client, "2001-01-01,old\n2001-01-01,kept\n".to_owned());
    append(&client, "2001-01-02,old\n2140-01-02,new\n".to_owned());
    merge(&client);
    assert_eq!(
        ask(&client, "/v0/sql", "SELECT groupArray(kind) FROM (SELECT kind FROM t ORDER BY kind)"),
        "['kept','new']"
    );
}

fn rows_read(client: &TestClient, sql: &str) -> (u64, serde_json::Value) {
    let answer = client.post("/v0/sql", format!("{sql} FORMAT JSON")).expect(200).json();
    (answer["statistics"]["rows_read"].as_u64().unwrap_or_default(), answer["data"].clone())
}

#[test]
fn indexes_spare_reading_and_change_no_answer() {
    let table = |indexes: &str| {
        let schema = "SCHEMA >\n    `id` UInt32,\n    `code` UInt32,\n    `text` String\n\nENGINE \"MergeTree\"\nENGINE_SORTING_KEY \"id\"\n";
        let client = built(&format!("{schema}{indexes}"));
        let row =
            |id: u32| format!("{id},{},see page{} of item {id}\n", (id / 8192) + 1000 * (id % 50), id / 8192);
        append(&client, (0..60_000).map(row).collect());
        client
    };
    let indexes = "INDEXES >\n    c code TYPE set(0) GRANULARITY 1\n    n text TYPE ngrambf_v1(4, 65536, 2, 0) GRANULARITY 1\n    w text TYPE tokenbf_v1(65536, 2, 0) GRANULARITY 1\n";
    let (plain, indexed) = (table(""), table(indexes));
    let cases = [
        "SELECT count() AS n FROM t WHERE code = 3007",
        "SELECT count() AS n, min(id) AS first FROM t WHERE text LIKE '%page5 of%'",
        "SELECT count() AS n FROM t WHERE hasToken(text, 'page2')",
        "SELECT count() AS n FROM t WHERE text = 'see page1 of item 9000'",
        "SELECT count() AS n FROM t WHERE text LIKE 'see page6%'",
    ];
    for sql in cases {
        let ((all, expected), (fewer, found)) = (rows_read(&plain, sql), rows_read(&indexed, sql));
        assert_eq!(found, expected, "{sql}");
        assert!(expected[0]["n"] != json!(0) && expected[0]["n"] != json!("0"), "{sql}: {expected}");
        assert!(fewer <= 3 * 8192 && fewer <= all, "{sql}: {fewer} of {all} rows");
    }
    // Without an index all rows are read, those that do not match among them.
    assert_eq!(rows_read(&plain, cases[0]).0, 60_000);
}

#[test]
fn a_snapshot_keeps_what_was_there() {
    let client = built(DAYS);
    append(&client, "2024-01-01,a\n2024-01-02,b\n".to_owned());
    client.post("/v0/snapshots?name=before", "").expect(200);
    client.post("/v0/snapshots?name=before", "").expect(409);
    client.post("/v0/snapshots?name=a%2Fb", "").expect(400);
    client.post("/v0/datasources/t/truncate", "").expect(205);
    append(&client, "2024-01-03,c\n2024-01-04,b\n".to_owned());
    client.merge();
    let all = "SELECT count(), min(kind), max(kind) FROM t";
    assert_eq!(ask(&client, "/v0/sql", all), "2\tb\tc");
    assert_eq!(ask(&client, "/v0/sql?__tb__snapshot=before", all), "2\ta\tb");
    assert_eq!(client.get("/v0/snapshots").expect(200).json(), json!({"snapshots": ["before"]}));
    client.post("/v0/sql?__tb__snapshot=after", all.to_owned()).expect(404);
    client.delete("/v0/snapshots/before").expect(204);
    client.delete("/v0/snapshots/before").expect(404);
    assert_eq!(client.get("/v0/snapshots").expect(200).json(), json!({"snapshots": []}));
    assert_eq!(ask(&client, "/v0/sql", all), "2\tb\tc");
}

#[test]
fn parts_go_to_another_workspace_as_files() {
    let client = built(DAYS);
    append(&client, (0..20_000).map(|id| format!("2024-01-{:02},k{id}\n", 1 + id % 28)).collect());
    append(&client, "2025-01-01,last\n".to_owned());
    let listed =
        |client: &TestClient| client.get("/v0/datasources/t/parts").expect(200).json()["parts"].clone();
    let parts = listed(&client);
    let parts = parts.as_array().unwrap();
    assert_eq!(parts.len(), 2, "{parts:?}");
    let file = |client: &TestClient, part: &serde_json::Value| {
        let id = part["id"].as_str().unwrap();
        let answer = client.get(&format!("/v0/datasources/t/parts/{id}")).expect(200);
        assert_eq!(answer.headers.get("content-length"), Some(part["bytes"].to_string().as_str()));
        assert!(answer.body.starts_with(b"PAR1"));
        answer.body
    };
    let other = built(DAYS);
    for part in parts {
        let answer = other.post("/v0/datasources/t/parts", file(&client, part)).expect(200);
        assert_eq!(answer.json()["rows"], part["rows"]);
    }
    let received = listed(&other);
    for (part, received) in parts.iter().zip(received.as_array().unwrap()) {
        assert_eq!(file(&client, part), file(&other, received));
    }
    let sql = "SELECT count(), uniqExact(kind), max(day) FROM t";
    assert_eq!(ask(&other, "/v0/sql", sql), ask(&client, "/v0/sql", sql));
    let error = other.post("/v0/datasources/t/parts", "no Parquet at all").expect(400).error();
    assert!(error.contains("not a part"), "{error}");
    client.get("/v0/datasources/t/parts/0123").expect(404);
    client.get("/v0/datasources/none/parts").expect(404);
}
