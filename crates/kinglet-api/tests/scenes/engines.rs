//! Engines that combine rows: what `FINAL` answers, before and after merges.

use crate::client::TestClient;
use serde_json::{Value, json};

fn with_table(schema: &str, engine: &str) -> TestClient {
    let client = TestClient::new();
    let file = format!("SCHEMA >\n    {schema}\n\n{engine}\n");
    let built = client.post_project("/v1/build", &[("datasources/t.datasource", &file)]).expect(200).json();
    assert_eq!(built["result"], "success", "{built:#}");
    client
}

fn insert(client: &TestClient, rows: &[&str]) {
    for row in rows {
        client.post("/v0/datasources?mode=append&name=t&format=csv", (*row).to_owned()).expect(200);
    }
}

#[track_caller]
fn expect_final(client: &TestClient, sql: &str, expected: Value) {
    assert_eq!(client.post("/v0/sql", sql.to_owned()).expect(200).json()["data"], expected, "{sql}");
    client.merge();
    assert_eq!(client.post("/v0/sql", sql.to_owned()).expect(200).json()["data"], expected, "merged: {sql}");
}

#[test]
fn replacing_keeps_the_highest_version_and_hides_deleted_rows() {
    let engine = "ENGINE \"ReplacingMergeTree\"\nENGINE_SORTING_KEY \"id\"\nENGINE_VER \"ver\"\nENGINE_IS_DELETED \"gone\"";
    let client = with_table("`id` UInt32, `ver` UInt32, `gone` UInt8, `text` String", engine);
    insert(&client, &["1,1,0,old\n2,1,0,b\n", "1,3,0,new\n1,2,0,between\n", "2,2,1,\n"]);
    expect_final(&client, "SELECT id, text FROM t FINAL ORDER BY id", json!([{"id": 1, "text": "new"}]));
    let all = client.post("/v0/sql", "SELECT count() AS n FROM t FINAL WHERE id = 1").expect(200).json();
    assert_eq!(all["data"][0]["n"], 1);
}

#[test]
fn summing_adds_numbers_and_drops_zeros() {
    let engine = "ENGINE \"SummingMergeTree\"\nENGINE_SORTING_KEY \"shop\"";
    let client = with_table("`shop` String, `n` UInt8, `total` Int64, `note` String", engine);
    insert(&client, &["a,1,10,first\nb,1,5,\n", "a,2,-3,second\nb,0,0,x\n", "c,1,4,\n", "c,255,-4,\n"]);
    expect_final(
        &client,
        "SELECT shop, n, total, note FROM t FINAL ORDER BY shop",
        json!([
            {"shop": "a", "n": 3, "total": 7, "note": "first"},
            {"shop": "b", "n": 1, "total": 5, "note": ""}
        ]),
    );
}

#[test]
fn collapsing_cancels_rows_of_opposite_signs() {
    let engine = "ENGINE \"CollapsingMergeTree\"\nENGINE_SORTING_KEY \"id\"\nENGINE_SIGN \"sign\"";
    let client = with_table("`id` UInt32, `sign` Int8, `value` Int32", engine);
    insert(&client, &["1,1,10\n2,1,20\n", "1,-1,10\n1,1,11\n", "2,-1,20\n"]);
    expect_final(&client, "SELECT id, value FROM t FINAL ORDER BY id", json!([{"id": 1, "value": 11}]));
}

#[test]
fn states_and_simple_aggregates_are_folded() {
    let client = TestClient::new();
    let landing = "SCHEMA >\n    `shop` String,\n    `total` Int64\n\nENGINE \"MergeTree\"\nENGINE_SORTING_KEY \"shop\"\n";
    let target = "SCHEMA >\n    `shop` String,\n    `revenue` AggregateFunction(sum, Int64),\n    `orders` AggregateFunction(count),\n    `top` SimpleAggregateFunction(max, Int64)\n\nENGINE \"AggregatingMergeTree\"\nENGINE_SORTING_KEY \"shop\"\n";
    let view = "NODE n\nSQL >\n    SELECT shop, sumState(total) AS revenue, countState() AS orders, max(total) AS top FROM t GROUP BY shop\n\nTYPE materialized\nDATASOURCE by_shop\n";
    let files = [
        ("datasources/t.datasource", landing),
        ("datasources/by_shop.datasource", target),
        ("materializations/v.pipe", view),
    ];
    let built = client.post_project("/v1/build", &files).expect(200).json();
    assert_eq!(built["result"], "success", "{built:#}");
    insert(&client, &["a,1\nb,2\n", "a,10\na,3\n", "b,5\n"]);
    let expected = json!([
        {"shop": "a", "revenue": 14, "orders": 3, "top": 10},
        {"shop": "b", "revenue": 7, "orders": 2, "top": 5}
    ]);
    let merged = "SELECT shop, sumMerge(revenue) AS revenue, countMerge(orders) AS orders, max(top) AS top FROM by_shop GROUP BY shop ORDER BY shop";
    expect_final(&client, merged, expected.clone());
    let rows = client.post("/v0/sql", "SELECT count() AS n FROM by_shop FINAL").expect(200).json();
    assert_eq!(rows["data"][0]["n"], 2);
    expect_final(&client, merged, expected);
}
