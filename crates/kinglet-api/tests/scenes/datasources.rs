//! Files to data sources: create, append, replace, truncate, drop, and every refusal.

use crate::client::TestClient;
use kinglet_api::{Body, Method, Request};
use std::io::Write;

const SALES: &str = "day,shop,total,note\n2024-05-01,mad-1,12.5,\"said \"\"hi\"\"\"\n2024-05-02,bcn-2,7,\n";

fn with_sales() -> TestClient {
    let client = TestClient::new();
    client.post("/v0/datasources?name=sales&format=csv", SALES).expect(200);
    client
}

#[test]
fn a_csv_makes_a_data_source_with_an_inferred_schema_and_a_file() {
    let client = with_sales();
    let document = client.get("/v0/datasources/sales").expect(200).json();
    let columns = document["schema"]["columns"].as_array().unwrap();
    let types: Vec<String> = columns
        .iter()
        .map(|c| format!("{} {}", c["name"].as_str().unwrap(), c["type"].as_str().unwrap()))
        .collect();
    assert_eq!(types[0], "day Date");
    assert_eq!(types[1], "shop String");
    assert!(types[2].starts_with("total Float"), "{}", types[2]);
    assert_eq!(client.row_count("sales"), 2);
    let file = client.get("/v0/datasources/sales.datasource").expect(200);
    assert!(file.text().contains("SCHEMA >"), "{}", file.text());
    let listed = client.get("/v0/datasources?attrs=name,id").expect(200).json();
    let first = listed["datasources"][0].as_object().unwrap();
    assert_eq!(first["name"], "sales");
    assert!(first["id"].as_str().unwrap().starts_with("t_"));
    assert_eq!(first.len(), 2);
}

#[test]
fn appending_maps_columns_by_header_and_replacing_swaps_all_rows() {
    let client = with_sales();
    let rows = "total;shop;day;note\n1;x;2024-06-01;\n2;y;2024-06-02;n\n";
    let answer = client.post("/v0/datasources?mode=append&name=sales&format=csv", rows).expect(200).json();
    assert_eq!(answer["successful_rows"], 2);
    assert_eq!(answer["error"], false);
    assert_eq!(client.row_count("sales"), 4);
    client.post("/v0/datasources?mode=replace&name=sales&format=csv", SALES).expect(200);
    assert_eq!(client.row_count("sales"), 2);
    client.post("/v0/datasources/sales/truncate", "").expect(205);
    assert_eq!(client.row_count("sales"), 0);
}

#[test]
fn a_header_counts_when_it_names_every_column_among_many_others() {
    let client = TestClient::new();
    let schema = "schema=shop%20String%2C%20total%20Float64";
    let rows =
        "__unused_1,total,__unused_3,__unused_4,shop\n2024-05-01,12.5,x,y,mad-1\n2024-05-02,7,,,bcn-2\n";
    client.post(&format!("/v0/datasources?name=some&format=csv&{schema}"), rows).expect(200);
    let found =
        client.get("/v0/sql?q=SELECT%20shop%2C%20total%20FROM%20some%20ORDER%20BY%20shop%20FORMAT%20CSV");
    assert_eq!(found.expect(200).text(), "\"bcn-2\",7\n\"mad-1\",12.5\n");
}

#[test]
fn a_multipart_field_holds_the_file_whatever_its_name() {
    let client = TestClient::new();
    let parts: [(&str, Option<&str>, &[u8]); 1] =
        [("csv", Some("people.ndjson"), b"{\"id\":1,\"name\":\"a\"}\n{\"id\":2,\"name\":\"b\"}\n")];
    client.post_form("/v0/datasources?name=people&mode=create", &parts).expect(200);
    assert_eq!(client.row_count("people"), 2);
    client.post_form("/v0/datasources?name=people&mode=append&format=ndjson", &parts).expect(200);
    assert_eq!(client.row_count("people"), 4);
}

#[test]
fn a_gzip_body_is_unpacked() {
    let client = with_sales();
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(SALES.as_bytes()).unwrap();
    let packed = encoder.finish().unwrap();
    let answer = client.post("/v1/datasources/sales/append?format=csv", packed.clone()).expect(200).json();
    assert_eq!(answer["status"], "done");
    assert_eq!(client.row_count("sales"), 4);
    let job =
        client.get(&format!("/v0/jobs/{}?debug=blocks", answer["job_id"].as_str().unwrap())).expect(200);
    assert_eq!(job.json()["blocks"][0]["process_return"][0]["lines"], 2);
    let cut = packed[..packed.len() - 12].to_vec();
    client.post("/v0/datasources?mode=append&name=sales&format=csv", cut).expect(400);
    assert_eq!(client.row_count("sales"), 4);
}

#[test]
fn what_is_no_csv_says_where_and_stores_nothing() {
    let client = with_sales();
    for (body, expected) in [
        ("day,shop,total,note\n2024-05-03,\"open,1,\n", "line 2, column 2: the quote is not closed"),
        (
            "day,shop,total,note\n2024-05-03,\"a\"b,1,\n",
            "line 2, column 2: there is text after a closing quote",
        ),
    ] {
        let answer = client.post("/v0/datasources?mode=append&name=sales&format=csv", body).expect(400);
        assert!(answer.error().contains(expected), "{}", answer.error());
        assert_eq!(client.row_count("sales"), 2);
    }
    let job =
        client.post("/v1/datasources/sales/append?format=csv", "2024-05-03,\"a,x,\n").expect(200).json();
    assert_eq!(job["status"], "error");
    assert!(job["job"]["error"].as_str().unwrap().contains("line 1, column 2"));
    assert_eq!(client.row_count("sales"), 2);
}

#[test]
fn a_file_that_fails_leaves_no_data_source_behind() {
    let client = TestClient::new();
    // The sample says Int, the row after it does not.
    let mut body = String::from("id\n");
    for id in 0..300_000 {
        body.push_str(&format!("{id}\n"));
    }
    body.push_str("x\n");
    let answer = client.post("/v0/datasources?name=ids&format=csv", body.clone()).expect(200).json();
    assert_eq!(answer["quarantine_rows"], 1);
    assert_eq!(client.row_count("ids"), 300_000);
    // What is no CSV any more stops the import; the block before it is stored.
    body.push_str("\"y\n");
    let answer = client.post("/v0/datasources?mode=append&name=ids&format=csv", body).expect(400);
    assert!(answer.error().contains("line 300003"), "{}", answer.error());
    assert_eq!(client.row_count("ids"), 562_144);
    let empty = client.post("/v0/datasources?name=nothing&format=csv", " \n").expect(400);
    assert!(empty.error().contains("empty"));
    client.get("/v0/datasources/nothing").expect(404);
}

#[test]
fn names_are_checked_and_taken_once() {
    let client = with_sales();
    client.post("/v0/datasources?name=sales&format=csv", SALES).expect(409);
    client.post("/v0/datasources?name=1x&format=csv", SALES).expect(400);
    client.post("/v0/datasources?mode=append&name=nobody&format=csv", SALES).expect(404);
    client.post("/v0/datasources?mode=append&name=sales&format=xml", SALES).expect(400);
    client.post("/v0/datasources?mode=upsert&name=sales", SALES).expect(400);
    client.get("/v0/datasources/nobody").expect(404);
}

#[test]
fn dropping_takes_the_file_and_the_rows() {
    let client = with_sales();
    client.delete("/v0/datasources/sales").expect(204);
    client.get("/v0/datasources/sales").expect(404);
    client.post("/v0/datasources?name=sales&format=csv", SALES).expect(200);
    assert_eq!(client.row_count("sales"), 2);
}

#[test]
fn a_schema_with_an_engine_makes_an_empty_data_source() {
    let client = TestClient::new();
    let target = "/v0/datasources?name=kv&schema=k+String,v+UInt64&engine=ReplacingMergeTree&engine_sorting_key=k&engine_ver=v";
    client.post(target, "").expect(200);
    let document = client.get("/v0/datasources/kv").expect(200).json();
    assert_eq!(document["engine"]["engine"], "ReplacingMergeTree");
    assert_eq!(document["engine"]["engine_sorting_key"], "k");
    let wrong = client.post("/v0/datasources?name=w&schema=k+Strin", "").expect(400);
    assert!(wrong.error().contains("Strin"), "{}", wrong.error());
}

#[test]
fn a_broken_parquet_file_is_refused_and_the_next_request_answered() {
    let client = TestClient::new();
    for body in [&b"PAR1half a file"[..], b"not parquet at all", b"PAR1\x00\x00\x00\x00PAR1"] {
        let answer = client.post("/v0/datasources?name=p&format=parquet", body.to_vec()).expect(400);
        assert!(answer.error().contains("Parquet"), "{}", answer.error());
    }
    client.get("/v0/datasources").expect(200);
}

#[test]
fn analysis_tells_columns_and_types() {
    let client = TestClient::new();
    let answer = client.post("/v0/analyze", SALES).expect(200).json();
    assert_eq!(answer["analysis"]["columns"][0]["name"], "day");
    assert_eq!(answer["analysis"]["columns"][0]["recommended_type"], "Date");
    assert_eq!(answer["dialect"]["delimiter"], ",");
    let ndjson = "{\"a\":{\"b\":[1,2]},\"c\":true}\n{\"a\":{\"b\":[3]}}\n";
    let answer = client.post("/v0/analyze", ndjson).expect(200).json();
    assert_eq!(answer["analysis"]["columns"][0]["path"], "$.a.b[:]");
}

#[test]
fn rows_are_deleted_by_condition() {
    let client = with_sales();
    let count = client
        .post_fields("/v0/datasources/sales/delete", "dry_run=true&delete_condition=total+>+10")
        .expect(200);
    assert_eq!(count.json()["rows_to_be_deleted"], 1);
    assert_eq!(client.row_count("sales"), 2);
    let job =
        client.post_fields("/v0/datasources/sales/delete", "delete_condition=total+>+10").expect(200).json();
    assert_eq!(job["status"], "done");
    let left = client.post("/v0/sql", "SELECT shop FROM sales").expect(200).json();
    assert_eq!(left["data"], serde_json::json!([{"shop": "bcn-2"}]));
    client.post_fields("/v0/datasources/sales/delete", "delete_condition=nope+=+1").expect(400);
    client.post_fields("/v0/datasources/sales/delete", "").expect(400);
}

#[test]
fn tokens_reach_only_what_their_scopes_name() {
    let client = with_sales();
    let made = client.post("/v0/tokens?name=in&scope=DATASOURCES:APPEND:sales", "").expect(200).json();
    let token = made["token"].as_str().unwrap();
    let send = |method, target: &str, body: &str| {
        let request = Request::new(method, target)
            .with_header("Authorization", format!("Bearer {token}"))
            .with_body(Body::full(body.to_owned()));
        client.send(request)
    };
    send(Method::Post, "/v0/datasources?mode=append&name=sales&format=csv", SALES).expect(200);
    send(Method::Post, "/v0/datasources?name=more&format=csv", SALES).expect(403);
    send(Method::Get, "/v0/tokens", "").expect(403);
    send(Method::Delete, "/v0/datasources/sales", "").expect(403);
    send(Method::Post, "/v0/datasources/sales/truncate", "").expect(403);
    assert_eq!(client.row_count("sales"), 4);
}

#[test]
fn rows_that_meet_a_condition_are_replaced_alone() {
    let client = TestClient::new();
    let sales = "SCHEMA >\n    `day` Date `json:$.day`,\n    `n` Int32 `json:$.n`\n\nENGINE \"MergeTree\"\nENGINE_SORTING_KEY \"day\"\n";
    let totals = "SCHEMA >\n    `day` Date,\n    `total` SimpleAggregateFunction(sum, Int64)\n\nENGINE \"AggregatingMergeTree\"\nENGINE_SORTING_KEY \"day\"\n";
    let view = "NODE v\nSQL >\n    SELECT day, sum(n) AS total FROM sales GROUP BY day\n\nTYPE materialized\nDATASOURCE by_day\n";
    let files = [("sales.datasource", sales), ("by_day.datasource", totals), ("view.pipe", view)];
    let built = client.post_project("/v1/build", &files).expect(200).json();
    assert_eq!(built["result"], "success", "{built}");
    let first = "day,n\n2024-05-01,1\n2024-05-02,2\n2024-05-02,3\n";
    client.post("/v0/datasources?mode=append&name=sales&format=csv", first).expect(200);
    let target = "/v0/datasources?mode=replace&name=sales&format=csv&replace_condition=day+=+'2024-05-02'";
    client.post(target, "day,n\n2024-05-01,100\n2024-05-02,20\n").expect(200);
    let rows = "{\"day\":\"2024-05-01\",\"n\":1}\n{\"day\":\"2024-05-02\",\"n\":20}\n";
    assert_eq!(client.lines("SELECT * FROM sales ORDER BY day"), rows);
    let sums = "{\"day\":\"2024-05-01\",\"t\":1}\n{\"day\":\"2024-05-02\",\"t\":20}\n";
    assert_eq!(client.lines("SELECT day, sum(total) AS t FROM by_day GROUP BY day ORDER BY day"), sums);
    let job = client
        .post("/v1/datasources/sales/replace?format=csv&replace_condition=n+>+10", "")
        .expect(200)
        .json();
    assert_eq!(job["status"], "done", "{job}");
    assert_eq!(client.row_count("sales"), 1);
    client
        .post("/v0/datasources?mode=replace&name=sales&format=csv&replace_condition=nope", "day,n\n")
        .expect(400);
    assert_eq!(client.row_count("sales"), 1);
}
