//! Events: JSON rows through json paths, all or none.

use crate::client::TestClient;

const ORDERS: &str = "SCHEMA >\n    `at` DateTime64(3) `json:$.at`,\n    `shop` LowCardinality(String) `json:$.shop`,\n    `total` Float64 `json:$.total`,\n    `items` Array(String) `json:$.items[:].sku`,\n    `coupon` Nullable(String) `json:$.coupon`\n\nENGINE \"MergeTree\"\nENGINE_SORTING_KEY \"shop, at\"\n";

pub(crate) fn with_orders() -> TestClient {
    let client = TestClient::new();
    let files = [("datasources/orders.datasource", ORDERS)];
    let built = client.post_project("/v1/build", &files).expect(200).json();
    assert_eq!(built["result"], "success", "{built}");
    assert_eq!(built["build"]["new_datasource_names"][0], "orders");
    client
}

#[test]
fn rows_are_read_by_their_paths() {
    let client = with_orders();
    let rows = concat!(
        r#"{"at":"2024-05-01T10:00:00Z","shop":"mad-1","total":12.5,"items":[{"sku":"a"},{"sku":"b"}]}"#,
        "\n\n",
        r#"{"at":"2024-05-01 10:00:01.250","shop":"mad-1","total":"7","items":[],"coupon":null,"extra":{"x":[1]}}"#,
        "\n"
    );
    let answer = client.post("/v0/events?name=orders&wait=true", rows).expect(200).json();
    assert_eq!(answer["successful_rows"], 2);
    assert_eq!(answer["quarantined_rows"], 0);
    client.post("/v0/events?name=orders", rows).expect(202);
    assert_eq!(client.row_count("orders"), 4);
}

#[test]
fn json_documents_may_span_lines_and_be_arrays() {
    let client = with_orders();
    let one = "{\n \"at\": 1714557600,\n \"shop\": \"a\",\n \"total\": 1,\n \"items\": []\n}";
    client.post("/v0/events?name=orders&format=json&wait=true", one).expect(200);
    let many = format!("[{one},\n{one}]");
    client.post("/v0/events?name=orders&format=json&wait=true", many).expect(200);
    assert_eq!(client.row_count("orders"), 3);
}

#[test]
fn an_empty_body_is_no_rows() {
    let client = with_orders();
    let answer = client.post("/v0/events?name=orders&wait=false", "").expect(202).json();
    assert_eq!(answer["successful_rows"], 0);
}

#[test]
fn what_is_no_json_says_where_and_nothing_is_stored() {
    let client = with_orders();
    for (bad, expected) in [
        (
            r#"{"at":"2024-05-01","shop":"a","total":1,"items":[]"#,
            "line 2, column 51: the document ends too early",
        ),
        (r#"[1,2]"#, "line 2, column 1: expected a JSON object per row"),
        (r#"{"at" "x"}"#, "line 2, column 7: expected ':'"),
    ] {
        let answer = client.post("/v0/events?name=orders&wait=true", format!("\n{bad}\n")).expect(400);
        assert!(answer.error().contains(expected), "{}", answer.error());
        assert_eq!((client.row_count("orders"), client.row_count_of("orders_quarantine")), (0, 0));
    }
    let good = r#"{"at":"2024-05-01 10:00:00","shop":"a","total":1,"items":[]}"#;
    client.post("/v0/events?name=orders&wait=true", good).expect(200);
}

#[test]
fn deep_nesting_is_refused_without_harm() {
    let client = with_orders();
    let deep = format!("{{\"extra\":{}", "[".repeat(200_000));
    let answer = client.post("/v0/events?name=orders", deep).expect(400);
    assert!(answer.error().contains("nested too deep"), "{}", answer.error());
    client.get("/v0/datasources/orders").expect(200);
}

#[test]
fn the_name_and_the_paths_must_be_there() {
    let client = with_orders();
    client.post("/v0/events", "{}").expect(400);
    client.post("/v0/events?name=nobody", "{}").expect(404);
    client.post("/v0/datasources?name=plain&schema=a+String", "").expect(200);
    let answer = client.post("/v0/events?name=plain", "{\"a\":\"x\"}").expect(400);
    assert!(answer.error().contains("jsonpath"), "{}", answer.error());
}
