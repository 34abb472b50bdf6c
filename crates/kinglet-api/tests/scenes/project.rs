//! A whole project: build, endpoints, materialized views, copies, later deployments.

use crate::client::TestClient;

const ORDERS: &str = "TOKEN \"shop_ingest\" APPEND\n\nSCHEMA >\n    `at` DateTime `json:$.at`,\n    `shop` LowCardinality(String) `json:$.shop`,\n    `total` Float64 `json:$.total`\n\nENGINE \"MergeTree\"\nENGINE_SORTING_KEY \"shop, at\"\n";
const BY_SHOP: &str = "SCHEMA >\n    `shop` LowCardinality(String),\n    `revenue` Float64,\n    `orders` UInt64\n\nENGINE \"SummingMergeTree\"\nENGINE_SORTING_KEY \"shop\"\n";
const ROLL_UP: &str = "NODE roll\nSQL >\n    SELECT shop, sum(total) AS revenue, count() AS orders FROM orders GROUP BY shop\n\nTYPE materialized\nDATASOURCE orders_by_shop\n";
const REVENUE: &str = "DESCRIPTION >\n    Revenue per shop\nTOKEN \"dash\" READ\n\nNODE merged\nSQL >\n    SELECT shop, sum(revenue) AS revenue FROM orders_by_shop GROUP BY shop\n\nNODE filtered\nSQL >\n    %\n    SELECT shop, revenue FROM merged\n    WHERE 1\n    {% if defined(shop) %} AND shop = {{ String(shop, description='shop code') }} {% end %}\n    ORDER BY shop\n    LIMIT {{ Int32(limit, 30, description='max shops') }}\n\nTYPE endpoint\n";
const SNAPSHOTS: &str = "SCHEMA >\n    `shop` String,\n    `revenue` Float64\n\nENGINE \"MergeTree\"\nENGINE_SORTING_KEY \"shop\"\n";
const SNAPSHOT: &str = "NODE snap\nSQL >\n    SELECT shop, revenue FROM revenue\n\nTYPE copy\nTARGET_DATASOURCE snapshots\nCOPY_SCHEDULE @on-demand\n";

const PROJECT: [(&str, &str); 6] = [
    ("datasources/orders.datasource", ORDERS),
    ("datasources/orders_by_shop.datasource", BY_SHOP),
    ("materializations/roll_up.pipe", ROLL_UP),
    ("endpoints/revenue.pipe", REVENUE),
    ("datasources/snapshots.datasource", SNAPSHOTS),
    ("copies/snapshot.pipe", SNAPSHOT),
];

fn built() -> TestClient {
    let client = TestClient::new();
    let built = client.post_project("/v1/build", &PROJECT).expect(200).json();
    assert_eq!(built["result"], "success", "{built:#}");
    client
}

fn with_orders() -> TestClient {
    let client = built();
    let rows = "{\"at\":\"2024-05-01 10:00:00\",\"shop\":\"mad\",\"total\":10}\n{\"at\":\"2024-05-01 11:00:00\",\"shop\":\"bcn\",\"total\":5}\n";
    client.post("/v0/events?name=orders&wait=true", rows).expect(200);
    client.post("/v0/events?name=orders&wait=true", rows).expect(200);
    client
}

#[test]
fn the_files_come_out_as_they_went_in() {
    const LAKE: (&str, &str) =
        ("connections/lake.connection", "TYPE s3\nS3_REGION us-east-1\nS3_ARN arn:x\n");
    let client = TestClient::new();
    let all: Vec<(&str, &str)> = PROJECT.iter().copied().chain([LAKE]).collect();
    let built = client.post_project("/v1/build", &all).expect(200).json();
    assert_eq!(built["result"], "success", "{built:#}");
    let files = client.get("/v0/files").expect(200).json();
    assert_eq!(files["files"].as_object().unwrap().len(), all.len());
    for (path, text) in all {
        assert_eq!(files["files"][path], text);
    }
    assert_eq!(client.get("/v0/connectors").expect(200).json()["connectors"][0]["name"], "lake");
    assert_eq!(client.get("/v0/connectors/lake.connection").expect(200).text(), LAKE.1);
    client.get("/v0/connectors/none.connection").expect(404);
}

#[test]
fn a_build_tells_what_is_new_and_a_second_one_changes_nothing() {
    let client = TestClient::new();
    let first = client.post_project("/v1/build", &PROJECT).expect(200).json();
    assert_eq!(first["build"]["new_pipe_names"], serde_json::json!(["revenue", "roll_up", "snapshot"]));
    let second = client.post_project("/v1/build", &PROJECT).expect(200).json();
    assert_eq!(second["result"], "success");
    for key in ["new_pipe_names", "changed_pipe_names", "deleted_pipe_names", "new_datasource_names"] {
        assert_eq!(second["build"][key], serde_json::json!([]), "{key}");
    }
}

#[test]
fn events_reach_the_materialized_view_in_the_same_commit() {
    let client = with_orders();
    assert_eq!(client.row_count("orders"), 4);
    assert_eq!(client.row_count("orders_by_shop"), 4);
    let answer = client.get("/v0/pipes/revenue.json").expect(200).json();
    assert_eq!(
        answer["data"],
        serde_json::json!([{"shop": "bcn", "revenue": 10}, {"shop": "mad", "revenue": 20}])
    );
}

#[test]
fn replacing_the_landing_rows_makes_the_view_anew_and_truncating_does_not() {
    let client = with_orders();
    let rows = "{\"at\":1714557600,\"shop\":\"mad\",\"total\":3}\n";
    client.post("/v0/datasources?mode=replace&name=orders&format=ndjson", rows).expect(200);
    let answer = client.get("/v0/pipes/revenue.json").expect(200).json();
    assert_eq!(answer["data"], serde_json::json!([{"shop": "mad", "revenue": 3}]));
    client.post("/v0/datasources/orders/truncate", "").expect(205);
    assert_eq!((client.row_count("orders"), client.row_count("orders_by_shop")), (0, 1));
}

#[test]
fn a_failing_view_fails_the_events_and_stores_nothing() {
    let client = TestClient::new();
    let view = ROLL_UP.replace("sum(total) AS revenue", "sum(total + toInt32(shop)) AS revenue");
    let mut files = PROJECT.to_vec();
    files[2].1 = &view;
    let built = client.post_project("/v1/build", &files).expect(200).json();
    assert_eq!(built["result"], "success", "{built:#}");
    let row = "{\"at\":1714557600,\"shop\":\"x\",\"total\":300}";
    let answer = client.post("/v0/events?name=orders&wait=true", row).expect(422);
    assert!(answer.error().contains("roll_up"), "{}", answer.error());
    assert_eq!((client.row_count("orders"), client.row_count("orders_by_shop")), (0, 0));
}

#[test]
fn endpoints_take_typed_parameters_and_answer_in_every_format() {
    let client = with_orders();
    let one = client.get("/v0/pipes/revenue.json?shop=mad&colour=red").expect(200).json();
    assert_eq!(one["data"], serde_json::json!([{"shop": "mad", "revenue": 20}]));
    let wrong = client.get("/v0/pipes/revenue.json?limit=x").expect(400);
    assert!(wrong.error().contains("Error validating 'x' to type Int32"), "{}", wrong.error());
    let injected = client.get("/v0/pipes/revenue.json?shop=x'%20OR%201=1%20--").expect(200).json();
    assert_eq!(injected["rows"], 0);
    let csv = client.get("/v0/pipes/revenue.csv?limit=1").expect(200);
    assert_eq!(csv.text(), "\"shop\",\"revenue\"\n\"bcn\",10\n");
    let ndjson = client.post("/v0/pipes/revenue.ndjson", "{\"limit\": 1}").expect(200);
    assert_eq!(ndjson.text(), "{\"shop\":\"bcn\",\"revenue\":10}\n");
    let parquet = client.get("/v0/pipes/revenue.parquet").expect(200);
    assert!(parquet.body.starts_with(b"PAR1"));
    let counted = client.get("/v0/pipes/revenue.json?q=SELECT+count()+AS+n+FROM+_").expect(200).json();
    assert_eq!(counted["data"][0]["n"], 2);
    client.get("/v0/pipes/roll_up.json").expect(404);
    client.get("/v0/pipes/nobody.json").expect(404);
}

#[test]
fn a_pipe_tells_its_nodes_and_parameters() {
    let client = built();
    let pipe = client.get("/v0/pipes/revenue").expect(200).json();
    assert_eq!(pipe["type"], "endpoint");
    assert_eq!(pipe["nodes"][0]["dependencies"], serde_json::json!(["orders_by_shop"]));
    let params = &pipe["nodes"][1]["params"];
    assert_eq!(params[0]["name"], "shop");
    assert_eq!(params[1]["name"], "limit");
    assert_eq!(params[1]["type"], "Int32");
    assert_eq!(params[1]["default"], 30);
    assert_eq!(pipe["endpoint"], pipe["nodes"][1]["id"]);
    let example = client.get("/examples/query.http?format=csv&pipe=revenue").expect(200);
    assert_eq!(example.text(), "http://localhost:7181/v0/pipes/revenue.csv?shop=&limit=30");
    let listed = client.get("/v0/pipes?attrs=name,type&node_attrs=name").expect(200).json();
    assert_eq!(listed["pipes"][0]["nodes"][0]["name"], "merged");
    let file = client.get("/v1/pipes/revenue.pipe").expect(200);
    assert_eq!(file.text(), REVENUE);
    let orders = client.get("/v0/datasources/orders").expect(200).json();
    assert_eq!(orders["used_by"][0]["name"], "roll_up");
}

#[test]
fn tokens_of_the_files_reach_what_they_name() {
    let client = with_orders();
    let tokens = client.get("/v0/tokens").expect(200).json();
    let token = |name: &str| {
        let all = tokens["tokens"].as_array().unwrap();
        let found = all.iter().find(|token| token["name"] == name).unwrap();
        found["token"].as_str().unwrap().to_owned()
    };
    let get = |target: &str, token: &str| {
        let separator = if target.contains('?') { '&' } else { '?' };
        client.get_without_token(&format!("{target}{separator}token={token}"))
    };
    get("/v0/pipes/revenue.json", &token("dash")).expect(200);
    get("/v0/pipes/revenue.json?q=SELECT+*+FROM+_", &token("dash")).expect(200);
    get("/v0/pipes/revenue.json?q=SELECT+*+FROM+orders", &token("dash")).expect(403);
    get("/v0/pipes/revenue.json", &token("shop_ingest")).expect(403);
    get("/v0/sql?q=SELECT+*+FROM+orders", &token("shop_ingest")).expect(403);
}

#[test]
fn a_copy_runs_into_its_target() {
    let client = with_orders();
    let answer = client.post("/v0/pipes/snapshot/copy", "").expect(200).json();
    assert_eq!(answer["job"]["status"], "done", "{answer:#}");
    assert_eq!(client.row_count("snapshots"), 2);
    client.post("/v0/pipes/snapshot/copy?_mode=replace", "").expect(200);
    assert_eq!(client.row_count("snapshots"), 2);
    client.post("/v0/pipes/revenue/copy", "").expect(404);
}

#[test]
fn a_broken_project_changes_nothing_and_names_the_files() {
    let client = with_orders();
    for (path, text, expected) in [
        ("endpoints/bad.pipe", "NODE n\nSQL >\n    SELECT nope FROM orders\n\nTYPE endpoint\n", "nope"),
        ("endpoints/bad.pipe", "NODE n\nSQL >\n    % SELECT {% if x %} 1\n\nTYPE endpoint\n", "Missing"),
        ("endpoints/bad.pipe", "NODE n\nSQL >\n    SELECT * FROM nobody\n\nTYPE endpoint\n", "nobody"),
        ("datasources/bad.datasource", "SCHEMA >\n    `a` Strin\n", "Strin"),
        (
            "copies/bad.pipe",
            "NODE n\nSQL >\n    SELECT 1 AS x\n\nTYPE copy\nTARGET_DATASOURCE nobody\nCOPY_SCHEDULE @on-demand\n",
            "nobody",
        ),
    ] {
        let mut files = PROJECT.to_vec();
        files.push((path, text));
        let answer = client.post_project("/v1/build", &files).expect(200).json();
        assert_eq!(answer["result"], "failed", "{answer:#}");
        let error = &answer["errors"][0];
        assert_eq!(error["filename"], path, "{answer:#}");
        assert!(error["error"].as_str().unwrap().contains(expected), "{error:#}");
    }
    assert_eq!(client.row_count("orders"), 4);
    client.get("/v0/pipes/revenue.json").expect(200);
}

#[test]
fn a_deployment_is_live_at_once_and_a_second_one_has_no_changes() {
    let client = TestClient::new();
    let seed = client.get("/v1/deployments").expect(200).json();
    assert_eq!(seed["deployments"][0]["id"], "0");
    let check = client.post_project("/v1/deploy?check=true", &PROJECT).expect(200).json();
    assert_eq!(check["result"], "success");
    client.get("/v0/datasources/orders").expect(404);
    let deployed = client.post_project("/v1/deploy?auto_promote=true", &PROJECT).expect(200).json();
    assert_eq!(deployed["result"], "success", "{deployed:#}");
    assert_eq!(deployed["deployment"]["id"], "1");
    let live = client.get("/v1/deployments/1").expect(200).json();
    assert_eq!(live["deployment"]["live"], true);
    assert_eq!(live["deployment"]["status"], "data_ready");
    let again = client.post_project("/v1/deploy", &PROJECT).expect(200).json();
    assert_eq!(again["result"], "no_changes");
}

#[test]
fn what_would_lose_rows_is_refused() {
    let client = with_orders();
    let without = &PROJECT[..4];
    let refused = client.post_project("/v1/deploy?auto_promote=true", without).expect(200).json();
    assert_eq!(refused["result"], "failed");
    assert!(refused["errors"][0]["error"].as_str().unwrap().contains("allow_destructive_operations"));
    let narrowed = ORDERS.replace("`total` Float64", "`total` Int32");
    let mut files = PROJECT.to_vec();
    files[0].1 = &narrowed;
    let refused = client.post_project("/v1/build", &files).expect(200).json();
    assert_eq!(refused["result"], "failed");
    let text = refused["errors"][0]["error"].as_str().unwrap();
    assert!(text.contains("holds 4 rows") && text.contains("from Float64 to Int32"), "{text}");
    let widened = ORDERS.replace(
        "`json:$.total`\n",
        "`json:$.total`,\n    `channel` String `json:$.channel` DEFAULT 'web'\n",
    );
    files[0].1 = &widened;
    let altered = client.post_project("/v1/deploy?auto_promote=true", &files).expect(200).json();
    assert_eq!(altered["result"], "success", "{altered:#}");
    assert_eq!(altered["deployment"]["changed_datasource_names"][0], "orders");
    assert_eq!(client.row_count("orders"), 4);
    client
        .post("/v0/events?name=orders&wait=true", "{\"at\":1714557600,\"shop\":\"x\",\"total\":1}")
        .expect(200);
    let rows = client.get("/v0/sql?q=SELECT+channel+FROM+orders+WHERE+shop='x'").expect(200).json();
    assert_eq!(rows["data"][0]["channel"], "web");
}

#[test]
fn a_view_over_rows_that_are_there_is_filled() {
    let client = TestClient::new();
    client.post_project("/v1/build", &PROJECT[..2]).expect(200);
    let row = "{\"at\":1714557600,\"shop\":\"x\",\"total\":3}";
    client.post("/v0/events?name=orders&wait=true", row).expect(200);
    let built = client.post_project("/v1/build", &PROJECT).expect(200).json();
    assert_eq!(built["result"], "success", "{built:#}");
    assert_eq!(client.row_count("orders_by_shop"), 1);
}

#[test]
fn a_query_that_fails_says_where_it_is_written() {
    let client = with_orders();
    let pipe = "NODE first\nSQL >\n    %\n    SELECT shop, {{ Int32(n, 1) }} AS n\n        {% if defined(bad) %}, 'é' AS e, nope AS x {% end %}\n    FROM orders\n\nNODE last\nSQL >\n    %\n    SELECT shop, n\n    FROM first {% if defined(worse) %} WHERE shp = 'x' {% end %}\n    {% if defined(broken) %} ORDER WHERE {% end %}\n\nTYPE endpoint\n";
    let mut files = PROJECT.to_vec();
    files.push(("endpoints/places.pipe", pipe));
    assert_eq!(client.post_project("/v1/build", &files).expect(200).json()["result"], "success");
    client.get("/v0/pipes/places.json").expect(200);
    let line_and_column = |word: &str| {
        let before = &pipe[..pipe.find(word).unwrap()];
        let line = before.lines().last().unwrap();
        (before.matches('\n').count() + 1, line.chars().count() + 1)
    };
    for (parameter, word) in
        [("bad", "nope"), ("worse", "shp"), ("broken", "WHERE {% end"), ("bad=1&worse", "nope")]
    {
        let place = &client.get(&format!("/v0/pipes/places.json?{parameter}=1")).expect(400).json()["place"];
        let (line, column) = line_and_column(word);
        let expected = serde_json::json!({"file": "endpoints/places.pipe", "line": line, "column": column});
        assert_eq!(*place, expected, "{parameter}");
    }
    // A token that may read the endpoint alone has its tables marked, which moves nothing.
    let token = client.post("/v0/tokens?name=reader&scope=PIPES:READ:places", "").expect(200).json();
    let reader = format!("/v0/pipes/places.json?bad=1&token={}", token["token"].as_str().unwrap());
    assert_eq!(
        client.get_without_token(&reader).expect(400).json()["place"]["column"],
        line_and_column("nope").1
    );
    // The same of a query that is sent, as it was sent.
    let sent = client
        .post("/v0/sql?n=2", "%\nSELECT {{ Int32(n) }}, 'é',\n  missing\nFROM places")
        .expect(400)
        .json();
    assert_eq!(sent["place"], serde_json::json!({"line": 3, "column": 3}), "{sent}");
    let sent = client.post("/v0/sql?bad=1", "SELECT * FROM places").expect(400).json();
    assert_eq!(sent["place"]["file"], "endpoints/places.pipe", "{sent}");
}
