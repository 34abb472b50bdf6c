//! `/v0/sql`: the ways to send a query, its formats, its gate, and what goes wrong.

use crate::client::TestClient;
use kinglet_api::{Body, Method, Request};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

const SALES: &str = "day,shop,total\n2024-05-01,mad,12.5\n2024-05-02,bcn,7\n2024-05-03,mad,1.5\n";

fn with_sales() -> TestClient {
    let client = TestClient::new();
    client.post("/v0/datasources?name=sales&format=csv", SALES).expect(200);
    client
}

fn query(client: &TestClient, sql: &str) -> crate::client::Answer {
    client.get(&format!("/v0/sql?q={}", utf8_percent_encode(sql, NON_ALPHANUMERIC)))
}

#[test]
fn a_query_may_come_in_the_address_as_the_body_in_a_form_or_in_json() {
    let client = with_sales();
    let sql = "SELECT shop, sum(total) AS total FROM sales GROUP BY shop ORDER BY shop";
    let expected = serde_json::json!([{"shop": "bcn", "total": 7}, {"shop": "mad", "total": 14}]);
    let answer = query(&client, sql).expect(200);
    assert_eq!(answer.headers.get("content-type"), Some("application/json; charset=UTF-8"));
    let document = answer.json();
    assert_eq!(document["data"], expected);
    assert_eq!(document["rows"], 2);
    assert_eq!(document["meta"][0], serde_json::json!({"name": "shop", "type": "String"}));
    assert!(document["statistics"]["rows_read"].as_u64().unwrap() >= 3);
    assert_eq!(client.post("/v0/sql", sql).expect(200).json()["data"], expected);
    let form = format!("q={}", utf8_percent_encode(sql, NON_ALPHANUMERIC));
    assert_eq!(client.post("/v0/sql", form).expect(200).json()["data"], expected);
    let json = serde_json::json!({"q": sql}).to_string();
    assert_eq!(client.post("/v0/sql", json).expect(200).json()["data"], expected);
    client.post("/v0/sql", "").expect(400);
}

#[test]
fn the_format_clause_decides_the_text() {
    let client = with_sales();
    let sql = "SELECT shop, total FROM sales ORDER BY day LIMIT 2";
    for (format, expected) in [
        ("CSV", "\"mad\",12.5\n\"bcn\",7\n"),
        ("csvwithnames", "\"shop\",\"total\"\n\"mad\",12.5\n\"bcn\",7\n"),
        ("TSV", "mad\t12.5\nbcn\t7\n"),
        ("JSONEachRow", "{\"shop\":\"mad\",\"total\":12.5}\n{\"shop\":\"bcn\",\"total\":7}\n"),
        ("JSONCompactEachRow", "[\"mad\", 12.5]\n[\"bcn\", 7]\n"),
    ] {
        let answer = query(&client, &format!("{sql} FORMAT {format}")).expect(200);
        assert_eq!(answer.text(), expected, "{format}");
    }
    let parquet = query(&client, &format!("{sql} FORMAT Parquet")).expect(200);
    assert!(parquet.body.starts_with(b"PAR1") && parquet.body.ends_with(b"PAR1"));
    assert!(query(&client, "SELECT 1 FORMAT Nope").expect(400).error().contains("Unknown FORMAT Nope"));
}

#[test]
fn parameters_fill_a_templated_query() {
    let client = with_sales();
    let sql = "% SELECT count() AS n FROM sales WHERE shop = {{String(shop, 'mad')}}";
    let target = format!("/v0/sql?q={}", utf8_percent_encode(sql, NON_ALPHANUMERIC));
    assert_eq!(client.get(&target).expect(200).json()["data"][0]["n"], 2);
    assert_eq!(client.get(&format!("{target}&shop=bcn")).expect(200).json()["data"][0]["n"], 1);
    let body = serde_json::json!({"q": sql, "shop": "nobody"}).to_string();
    assert_eq!(client.post("/v0/sql", body).expect(200).json()["data"][0]["n"], 0);
}

#[test]
fn only_queries_pass_the_gate() {
    let client = with_sales();
    for (sql, expected) in [
        ("DROP TABLE sales", "Only SELECT or DESCRIBE queries are supported. Got: DropQuery"),
        ("INSERT INTO sales SELECT 1", "Got: InsertQuery"),
        ("SELECT 1; SELECT 2", "Multi-statements are not allowed"),
        ("SELEC 1", "Syntax error"),
        ("SELECT (", "Syntax error"),
        ("SELECT 1 SETTINGS max_threads = 8", "Usage of setting 'max_threads' is restricted"),
    ] {
        let answer = query(&client, sql).expect(400);
        assert!(answer.error().contains(expected), "{sql}: {}", answer.error());
    }
    assert_eq!(client.row_count("sales"), 3);
    let described = query(&client, "DESCRIBE sales FORMAT JSON").expect(200).json();
    assert_eq!(described["data"][0]["name"], "day");
    assert_eq!(described["data"][0]["type"], "Date");
}

#[test]
fn what_does_not_exist_is_named_and_the_engines_code_is_told() {
    let client = with_sales();
    assert_eq!(query(&client, "SELECT * FROM nobody").expect(400).error(), "Resource 'nobody' not found");
    let column = query(&client, "SELECT nope FROM sales").expect(400);
    assert_eq!(column.headers.get("x-db-exception-code"), Some("47"));
    assert!(
        column.error().contains("nope") && column.error().contains("UNKNOWN_IDENTIFIER"),
        "{}",
        column.error()
    );
    query(&client, "SELECT count() FROM sales").expect(200);
}

#[test]
fn a_thousand_parentheses_five_thousand_ors_and_an_unclosed_template_do_no_harm() {
    let client = with_sales();
    let deep = format!("SELECT {}1{}", "(".repeat(1000), ")".repeat(1000));
    let answer = client.post("/v0/sql", deep);
    assert!(matches!(answer.status, 200 | 400), "{}", answer.text());
    let long = format!("SELECT count() FROM sales WHERE {}", vec!["total = 7"; 5000].join(" OR "));
    let answer = client.post("/v0/sql", long);
    assert!(matches!(answer.status, 200 | 400), "{}", answer.text());
    let open = client.post("/v0/sql", "% SELECT {{String(a");
    assert_eq!(open.status, 400, "{}", open.text());
    let open = client.post("/v0/sql", "% SELECT {% if defined(a) %} 1");
    assert!(open.error().contains("Missing {% end %} block for if"), "{}", open.text());
    query(&client, "SELECT count() FROM sales").expect(200);
}

#[test]
fn a_query_past_its_memory_limit_fails_alone() {
    let client = TestClient::with_settings(|settings| settings.query_memory_bytes = 8 << 20);
    let answer = query(&client, "SELECT length(groupArray(number)) FROM numbers(3000000)");
    assert_eq!(answer.status, 400, "{}", answer.text());
    assert_eq!(answer.headers.get("x-db-exception-code"), Some("241"));
    // Groups go to the scratch file instead.
    let grouped = "SELECT count() AS n FROM (SELECT number % 400000 AS k FROM numbers(1000000) GROUP BY k)";
    assert_eq!(query(&client, grouped).expect(200).json()["data"][0]["n"], 400_000);
    assert_eq!(query(&client, "SELECT 1 AS one").expect(200).json()["data"][0]["one"], 1);
}

#[test]
fn a_token_reads_only_what_it_may() {
    let client = with_sales();
    client.post("/v0/datasources?name=hidden&schema=a+String", "").expect(200);
    let made = client.post("/v0/tokens?name=reader&scope=DATASOURCES:READ:sales", "").expect(200).json();
    let token = made["token"].as_str().unwrap().to_owned();
    let ask = |sql: &str| {
        let request = Request::new(Method::Post, "/v0/sql")
            .with_header("Authorization", format!("Bearer {token}"))
            .with_body(Body::full(sql.to_owned()));
        client.send(request)
    };
    ask("SELECT count() FROM sales").expect(200);
    for sql in [
        "SELECT count() FROM hidden",
        "SELECT * FROM sales WHERE shop IN (SELECT a FROM hidden)",
        "WITH x AS (SELECT * FROM hidden) SELECT * FROM x",
    ] {
        ask(sql).expect(403);
    }
}
