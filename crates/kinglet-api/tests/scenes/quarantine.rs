//! Rows that a data source does not take: where they go, what is said, and how they come back.

use crate::client::TestClient;
use crate::events::with_orders;

const BAD: &str = concat!(
    r#"{"at":"2024-05-01T10:00:00Z","shop":"mad-1","total":12.5,"items":[{"sku":"a"},{"sku":"b"}]}"#,
    "\n",
    r#"{"at":"2024-05-01 10:00:01.250","shop":"mad-1","total":"7","items":[],"coupon":null}"#,
    "\n",
    r#"{"at":"yesterday","shop":"mad-1","total":{"a":1},"items":[{"sku":"x"}]}"#,
    "\n",
    r#"{"at":"2024-05-01 10:00:02","shop":"mad-1","items":[]}"#,
    "\n",
    r#"{"at":"2024-05-01 10:00:03","shop":"mad-1","total":3,"items":[],"extra":true}"#,
    "\n{\"at\" 1}\n",
);

#[test]
fn bad_events_go_to_quarantine_and_the_others_are_stored() {
    let client = with_orders();
    assert_eq!(client.row_count_of("orders_quarantine"), 0);
    let answer = client.post("/v0/events?name=orders&wait=true", BAD).expect(200).json();
    assert_eq!((&answer["successful_rows"], &answer["quarantined_rows"]), (&3.into(), &3.into()));
    assert_eq!(client.row_count("orders"), 3);
    let document = client.get("/v0/datasources/orders").expect(200).json();
    assert_eq!(document["quarantine_rows"], 3);
    let rows = client.lines(
        "SELECT * EXCEPT(insertion_date), insertion_date > toDateTime('2024-01-01') AS dated FROM orders_quarantine",
    );
    let expected = [
        r#"{"c__error_column":["at","total"],"c__error":["value 'yesterday' on column 'at' is not DateTime64(3)","value '{\"a\":1}' on column 'total' is not Float64"],"c__import_id":null,"at":"yesterday","shop":"mad-1","total":"{\"a\":1}","items":"[\"x\"]","coupon":null,"dated":1}"#,
        r#"{"c__error_column":["total"],"c__error":["value '' on column 'total' is not Float64"],"c__import_id":null,"at":"2024-05-01 10:00:02","shop":"mad-1","total":null,"items":"[]","coupon":null,"dated":1}"#,
        r#"{"c__error_column":[],"c__error":["line 6, column 7: expected ':' at '1}'"],"c__import_id":null,"at":null,"shop":null,"total":null,"items":null,"coupon":null,"dated":1}"#,
    ];
    assert_eq!(rows.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn a_file_tells_what_it_left_out() {
    let client = TestClient::new();
    client.post("/v0/datasources?name=sales&schema=day+Date,n+Int32,name+Nullable(String)", "").expect(200);
    let file = "day,n,name\n2024-05-01,1,a\n2024-05-02,one,b\n,3,c\n2024-05-04,4,d,5\n2024-05-05,5,\n";
    let answer = client.post("/v0/datasources?mode=append&name=sales&format=csv", file).expect(200).json();
    assert_eq!(answer["error"], "There was an error with file contents: 3 rows in quarantine.");
    assert_eq!((&answer["quarantine_rows"], &answer["successful_rows"]), (&3.into(), &2.into()));
    let job = client.get(&format!("/v0/jobs/{}", answer["import_id"].as_str().unwrap())).expect(200).json();
    assert_eq!((&job["status"], &job["quarantine_rows"]), (&"done".into(), &3.into()));
    assert_eq!(job["blocks"][0]["process_return"][0]["quarantine"], 3);
    let rows = client.lines("SELECT c__error, day, n, name, c__import_id = (SELECT max(c__import_id) FROM sales_quarantine) AS own FROM sales_quarantine");
    let expected = [
        r#"{"c__error":["value 'one' on column 'n' is not Int32"],"day":"2024-05-02","n":"one","name":"b","own":1}"#,
        r#"{"c__error":["value '' on column 'day' is not Date"],"day":"","n":"3","name":"c","own":1}"#,
        r#"{"c__error":["line 5 has 4 cells where the first line has 3"],"day":"2024-05-04","n":"4","name":"d","own":1}"#,
    ];
    assert_eq!(rows.lines().collect::<Vec<_>>(), expected);
    let broken = "day,n,name\n2024-05-01,1,\"a\n2024-05-02,2,b\n";
    let answer = client.post("/v0/datasources?mode=append&name=sales&format=csv", broken).expect(400);
    assert!(answer.error().contains("line 2, column 3: the quote is not closed"), "{}", answer.error());
}

#[test]
fn rows_of_a_parquet_file_are_refused_one_by_one() {
    let client = TestClient::new();
    client.post("/v0/datasources?name=narrow&schema=id+Int8,at+Date,name+String", "").expect(200);
    let sql = "SELECT number * 100 AS id, if(number = 1, NULL, toString(toDate('2024-05-01') + number)) AS at, 'x' AS name FROM numbers(3) FORMAT Parquet";
    let file = client.post("/v0/sql", sql).expect(200).body;
    let answer =
        client.post("/v0/datasources?mode=append&name=narrow&format=parquet", file).expect(200).json();
    assert_eq!((&answer["successful_rows"], &answer["quarantined_rows"]), (&1.into(), &2.into()));
    let rows = client.lines("SELECT c__error, id, at FROM narrow_quarantine");
    let expected = [
        r#"{"c__error":["value '' on column 'at' is not Date"],"id":"100","at":null}"#,
        r#"{"c__error":["value '200' on column 'id' is not Int8"],"id":"200","at":"2024-05-03"}"#,
    ];
    assert_eq!(rows.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn nested_values_leave_no_trace_of_a_refused_row() {
    let client = TestClient::new();
    let schema = "id+Int32+`json:$.id`,a+Array(Array(Int32))+`json:$.a`,m+Map(String,Int32)+`json:$.m`,t+Tuple(x+Int32,y+Nullable(String))+`json:$.t`";
    client.post(&format!("/v0/datasources?name=deep&schema={schema}"), "").expect(200);
    let body = concat!(
        r#"{"id":1,"a":[[1],[2,3]],"m":{"k":1},"t":{"x":1,"y":"a"}}"#,
        "\n",
        r#"{"id":2,"a":[[1],[2,"x"]],"m":{"k":1},"t":{"x":1}}"#,
        "\n",
        r#"{"id":3,"a":[],"m":{"k":1,"l":"?"},"t":[1,null]}"#,
        "\n",
        r#"{"id":4,"a":[],"m":{},"t":["?","b"]}"#,
        "\n",
        r#"{"id":5,"a":[[5]],"m":{"z":5},"t":{"x":5,"y":null}}"#,
        "\n",
    );
    let answer = client.post("/v0/events?name=deep&wait=true", body).expect(200).json();
    assert_eq!((&answer["successful_rows"], &answer["quarantined_rows"]), (&2.into(), &3.into()));
    let expected = concat!(
        r#"{"id":1,"a":[[1],[2,3]],"m":{"k":1},"t":{"x":1,"y":"a"}}"#,
        "\n",
        r#"{"id":5,"a":[[5]],"m":{"z":5},"t":{"x":5,"y":null}}"#,
        "\n",
    );
    assert_eq!(client.lines("SELECT * FROM deep ORDER BY id"), expected);
}

#[test]
fn rows_in_quarantine_are_put_right_by_a_copy() {
    let client = with_orders();
    client.post("/v0/events?name=orders&wait=true", BAD).expect(200);
    let copy = "NODE n\nSQL >\n    SELECT now64(3) AS at, assumeNotNull(shop) AS shop, 0.0 AS total, CAST([], 'Array(String)') AS items, coupon\n    FROM orders_quarantine WHERE has(c__error_column, 'at')\n\nTYPE copy\nTARGET_DATASOURCE orders\n";
    let file = client.get("/v0/datasources/orders.datasource").expect(200).text().to_owned();
    let files = [("datasources/orders.datasource", &*file), ("copies/back.pipe", copy)];
    let built = client.post_project("/v1/build", &files).expect(200).json();
    assert_eq!(built["result"], "success", "{built}");
    let run = client.post("/v0/pipes/back/copy", "").expect(200).json();
    assert_eq!(run["job"]["status"], "done", "{run}");
    assert_eq!(client.row_count("orders"), 4);
    client.post("/v0/datasources/orders/truncate", "").expect(205);
    assert_eq!(client.row_count_of("orders_quarantine"), 0);
}
