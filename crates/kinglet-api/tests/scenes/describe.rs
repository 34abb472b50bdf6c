//! What a pipe says of itself: plans, OpenAPI, columns; and what answers say of their query.

use crate::client::TestClient;

const SALES: &str = "SCHEMA >\n    `day` Date `json:$.day`,\n    `n` Int32 `json:$.n`\n\nENGINE \"MergeTree\"\nENGINE_SORTING_KEY \"day\"\n";
const STATES: &str = "SCHEMA >\n    `day` Date,\n    `people` AggregateFunction(uniq, Int32)\n\nENGINE \"AggregatingMergeTree\"\nENGINE_SORTING_KEY \"day\"\n";
const VIEW: &str = "NODE v\nSQL >\n    SELECT day, uniqState(n) AS people FROM sales GROUP BY day\n\nTYPE materialized\nDATASOURCE states\n";
const TOP: &str = "DESCRIPTION >\n    The best days\n\nNODE all_days\nSQL >\n    SELECT day, sum(n) AS total FROM sales GROUP BY day\n\nNODE best\nSQL >\n    %\n    SELECT day, total FROM all_days WHERE total > {{Int32(above, 0, description='least')}} ORDER BY total DESC LIMIT {{Int32(limit, 2)}}\n\nTYPE endpoint\n";

fn prepared() -> TestClient {
    let client = TestClient::new();
    let files =
        [("sales.datasource", SALES), ("states.datasource", STATES), ("view.pipe", VIEW), ("top.pipe", TOP)];
    let built = client.post_project("/v1/build", &files).expect(200).json();
    assert_eq!(built["result"], "success", "{built}");
    let rows = "{\"day\":\"2024-05-01\",\"n\":1}\n{\"day\":\"2024-05-02\",\"n\":2}\n{\"day\":\"2024-05-03\",\"n\":3}\n";
    client.post("/v0/events?name=sales&wait=true", rows).expect(200);
    client
}

#[test]
fn a_pipe_is_explained_without_running() {
    let client = prepared();
    for target in ["/v0/pipes/top/explain?above=1", "/v0/pipes/top.json?explain=true&above=1"] {
        let explained = client.get(target).expect(200).json();
        let query = explained["debug_query"].as_str().unwrap();
        assert!(query.contains("total > toInt32('1')"), "{query}");
        assert!(!explained["query_explain"].as_str().unwrap().is_empty(), "{explained}");
    }
    let node = client.get("/v0/pipes/top/nodes/all_days/explain").expect(200).json();
    assert!(node["debug_query"].as_str().unwrap().starts_with("SELECT day, sum(n)"), "{node}");
    client.get("/v0/pipes/top/nodes/nothing/explain").expect(404);
}

#[test]
fn endpoints_are_described_as_openapi() {
    let client = prepared();
    let document = client.get("/v0/pipes/openapi.json").expect(200).json();
    assert_eq!(document["openapi"], "3.0.0");
    let get = &document["paths"]["/v0/pipes/top.json"]["get"];
    assert_eq!(get["summary"], "The best days");
    assert_eq!(get["parameters"][0]["name"], "above");
    assert_eq!(get["parameters"][0]["schema"], serde_json::json!({"type": "integer", "default": 0}));
    let row =
        &get["responses"]["200"]["content"]["application/json"]["schema"]["properties"]["data"]["items"];
    assert_eq!(row["properties"]["day"], serde_json::json!({"type": "string", "format": "date"}));
    assert_eq!(row["properties"]["total"], serde_json::json!({"type": "integer"}));
    assert_eq!(document["paths"].as_object().unwrap().len(), 1);
    let pipe = client.get("/v0/pipes/top").expect(200).json();
    assert_eq!(pipe["nodes"][1]["columns"][0], serde_json::json!({"name": "day", "type": "Date"}));
    let listed = client.get("/v0/pipes?attrs=&node_attrs=&dependencies=false").expect(200).json();
    assert_eq!(listed["pipes"][0]["name"], "top");
}

#[test]
fn limited_answers_tell_how_many_rows_there_were_at_least() {
    let client = prepared();
    let limited = client.get("/v0/pipes/top.json").expect(200).json();
    assert_eq!((&limited["rows"], &limited["rows_before_limit_at_least"]), (&2.into(), &2.into()));
    let skipped = client.get("/v0/sql?q=SELECT+n+FROM+sales+LIMIT+5+OFFSET+1+FORMAT+JSON").expect(200).json();
    assert_eq!(skipped["rows_before_limit_at_least"], 3);
    let all = client.get("/v0/sql?q=SELECT+n+FROM+sales+FORMAT+JSON").expect(200).json();
    assert!(all["rows_before_limit_at_least"].is_null());
}

#[test]
fn states_are_answered_as_their_values_on_request() {
    let client = prepared();
    let sql =
        "/v0/sql?q=SELECT+day,people+FROM+states+ORDER+BY+day+LIMIT+1+FORMAT+JSON&finalize_aggregations=true";
    let answer = client.get(sql).expect(200).json();
    assert_eq!(answer["data"], serde_json::json!([{"day": "2024-05-01", "people": 1}]));
    assert_eq!(answer["meta"][1]["type"], "UInt64");
}

#[test]
fn functions_that_look_at_the_machine_or_elsewhere_are_refused() {
    let client = prepared();
    for (sql, expected) in [
        ("SELECT hostName()", "DB::Exception: Usage of function hostName is restricted"),
        (
            "SELECT n FROM sales WHERE n IN (SELECT sleep(1))",
            "DB::Exception: Usage of function sleep is restricted",
        ),
        (
            "SELECT * FROM url('http://a.test', 'CSV')",
            "DB::Exception: Usage of function url is restricted to Copy Pipes",
        ),
        ("SELECT * FROM remote('a', b.c)", "DB::Exception: Usage of function remote is restricted"),
        ("SELECT * FROM generateSeries(1, 3)", "The query uses disabled table functions: 'generateSeries'"),
    ] {
        assert_eq!(client.post("/v0/sql", sql).expect(400).error(), expected, "{sql}");
    }
    let files =
        [("sales.datasource", SALES), ("p.pipe", "NODE n\nSQL >\n    SELECT version() AS v FROM sales\n")];
    let built = client.post_project("/v1/build", &files).expect(200).json();
    assert!(
        built["errors"][0]["error"].as_str().unwrap().contains("function version is restricted"),
        "{built}"
    );
    assert_eq!(
        client.post("/v0/sql", "SELECT count() AS n FROM sales FORMAT JSON").expect(200).json()["data"][0]["n"],
        3
    );
}
