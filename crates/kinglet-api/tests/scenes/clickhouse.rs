//! ClickHouse's own HTTP interface: statements, formats, credentials, failures, inserts.

use crate::client::{Answer, TestClient};
use kinglet_api::{Body, Method, Request};

const SALES: &str = "TOKEN writer APPEND\n\nSCHEMA >\n    `day` Date `json:$.day`,\n    `shop` LowCardinality(String) `json:$.shop`,\n    \
                     `total` Float64 `json:$.total` DEFAULT 1\n\nENGINE \"MergeTree\"\nENGINE_SORTING_KEY \"day\"\n";
const BY_SHOP: &str = "SCHEMA >\n    `shop` String,\n    `total` Float64\n\nENGINE \"SummingMergeTree\"\nENGINE_SORTING_KEY \"shop\"\n";
const ROLL_UP: &str = "NODE n\nSQL >\n    SELECT shop, sum(total) AS total FROM sales GROUP BY shop\n\nTYPE materialized\nDATASOURCE by_shop\n";

fn scene() -> TestClient {
    let client = TestClient::new();
    let files = [("sales.datasource", SALES), ("by_shop.datasource", BY_SHOP), ("roll_up.pipe", ROLL_UP)];
    client.post_project("/v1/build", &files).expect(200);
    client
}

fn ask(client: &TestClient, method: Method, target: &str, body: impl Into<Vec<u8>>) -> Answer {
    let request = Request::new(method, &format!("/clickhouse{target}"))
        .with_header("X-ClickHouse-User", "anybody")
        .with_header("X-ClickHouse-Key", client.token.clone())
        .with_body(Body::full(body.into()));
    client.send(request)
}

fn text(client: &TestClient, sql: &str) -> String {
    ask(client, Method::Post, "/", sql).expect(200).text().to_owned()
}

#[test]
fn statements_are_taken_from_the_address_and_the_body() {
    let client = scene();
    assert_eq!(ask(&client, Method::Get, "/ping", "").expect(200).text(), "Ok.\n");
    assert_eq!(ask(&client, Method::Get, "/", "").expect(200).text(), "Ok.\n");
    assert_eq!(ask(&client, Method::Get, "/?query=SELECT+1,+'a'", "").expect(200).text(), "1\ta\n");
    assert_eq!(
        ask(&client, Method::Post, "/?query=SELECT+1+%2B", "41 AS x FORMAT CSV").expect(200).text(),
        "42\n"
    );
    let asked = "/?query=SELECT+{x:UInt8}+%2B+1,+{y:String}&param_x=4&param_y=a%5Ctb&default_format=JSONCompactEachRow";
    assert_eq!(ask(&client, Method::Get, asked, "").expect(200).text(), "[5, \"a\\tb\"]\n");
    let settings = "/?output_format_json_quote_64bit_integers=1&default_format=JSONEachRow";
    assert_eq!(
        ask(&client, Method::Post, settings, "SELECT toInt64(1) AS x").expect(200).text(),
        "{\"x\":\"1\"}\n"
    );
    assert_eq!(text(&client, "SET max_threads = 1"), "");
    assert_eq!(text(&client, "SHOW TABLES"), "by_shop\nsales\n");
    assert_eq!(text(&client, "SELECT name FROM system.columns WHERE table = 'sales'"), "day\nshop\ntotal\n");
    assert_eq!(text(&client, "SELECT currentDatabase()"), "Kinglet_Workspace\n");
    assert_eq!(text(&client, "SELECT count() FROM Kinglet_Workspace.sales, default.by_shop"), "0\n");
}

#[test]
fn headers_tell_format_summary_and_query() {
    let client = scene();
    let answer =
        ask(&client, Method::Get, "/?query=SELECT+number+FROM+numbers(10)+FORMAT+Native&query_id=q1", "");
    let header = |name: &str| answer.headers.get(name).unwrap_or_default().to_owned();
    assert_eq!(header("X-ClickHouse-Format"), "Native");
    assert_eq!(header("X-ClickHouse-Query-Id"), "q1");
    assert_eq!(header("X-ClickHouse-Timezone"), "UTC");
    let summary: serde_json::Value = serde_json::from_str(&header("X-ClickHouse-Summary")).unwrap();
    assert_eq!((&summary["result_rows"], &summary["written_rows"]), (&"10".into(), &"0".into()));
    assert_eq!(summary["result_bytes"].as_str(), Some(&*answer.body.len().to_string()));
    let waited = ask(&client, Method::Get, "/?query=SELECT+1&wait_end_of_query=1", "").expect(200);
    assert_eq!(waited.text(), "1\n");
}

#[test]
fn failures_are_texts_with_a_code_and_a_status() {
    let client = scene();
    for (sql, status, code, name) in [
        ("SELEC 1", 400, "62", "SYNTAX_ERROR"),
        ("SELECT nothing FROM sales", 404, "47", "UNKNOWN_IDENTIFIER"),
        ("SELECT * FROM nothing", 404, "60", "UNKNOWN_TABLE"),
        ("SELECT no_such_function(1)", 404, "46", "UNKNOWN_FUNCTION"),
        ("SELECT 1 SETTINGS no_such_setting = 1", 404, "115", "UNKNOWN_SETTING"),
        ("SELECT 1 FORMAT Nothing", 404, "73", "UNKNOWN_FORMAT"),
        ("SELECT throwIf(number = 5) FROM numbers(10)", 500, "395", "FUNCTION_THROW_IF_VALUE_IS_NON_ZERO"),
        ("CREATE TABLE t (a Int8) ENGINE = Memory", 500, "164", "READONLY"),
        ("DROP TABLE sales", 500, "164", "READONLY"),
        ("SELECT 1; SELECT 2", 400, "62", "SYNTAX_ERROR"),
    ] {
        let answer = ask(&client, Method::Post, "/", sql).expect(status);
        assert_eq!(answer.headers.get("X-ClickHouse-Exception-Code"), Some(code), "{sql}");
        let text = answer.text();
        assert!(text.starts_with(&format!("Code: {code}. DB::Exception: ")), "{sql}: {text}");
        assert!(text.contains(&format!("({name})")), "{sql}: {text}");
    }
    let unknown = ask(&client, Method::Get, "/?query=SELECT+1&database=nothing", "");
    assert_eq!(unknown.expect(404).headers.get("X-ClickHouse-Exception-Code"), Some("81"));
    ask(&client, Method::Get, "/nothing", "").expect(404);
    let by_get = ask(&client, Method::Get, "/?query=INSERT+INTO+sales+VALUES+('2026-01-01','a',1)", "");
    assert_eq!(by_get.headers.get("X-ClickHouse-Exception-Code"), Some("164"));
}

#[test]
fn the_password_is_a_token_wherever_it_stands() {
    let client = scene();
    let token = &client.token;
    let statement = |target: &str, headers: &[(&str, String)]| {
        let mut request = Request::new(Method::Get, target);
        for (name, value) in headers {
            request = request.with_header(name, value.clone());
        }
        client.send(request).status
    };
    let asked = "/clickhouse/?query=SELECT+1";
    // `anybody:` and the token, as basic authentication packs them.
    let basic = base64(&format!("anybody:{token}"));
    assert_eq!(statement(asked, &[("Authorization", format!("Basic {basic}"))]), 200);
    assert_eq!(statement(asked, &[("Authorization", format!("Bearer {token}"))]), 200);
    assert_eq!(statement(&format!("{asked}&user=x&password={token}"), &[]), 200);
    assert_eq!(statement(&format!("{asked}&token={token}"), &[]), 200);
    assert_eq!(statement(asked, &[]), 403);
    assert_eq!(statement(asked, &[("X-ClickHouse-Key", "wrong".to_owned())]), 403);
    let made = client.post("/v0/tokens?name=few&scope=DATASOURCES:READ:by_shop", "").expect(200).json();
    let few = made["token"].as_str().unwrap().to_owned();
    let reads = |table: &str| {
        let target = format!("/clickhouse/?query=SELECT+count()+FROM+{table}&default_format=TSV");
        statement(&target, &[("X-ClickHouse-Key", few.clone())])
    };
    assert_eq!((reads("by_shop"), reads("sales"), reads("default.sales")), (200, 403, 403));
    let mut insert = Request::new(Method::Post, "/clickhouse/").with_header("X-ClickHouse-Key", few.clone());
    insert.body = Body::full("INSERT INTO by_shop VALUES ('a', 1)");
    assert_eq!(client.send(insert).status, 403);
}

fn base64(text: &str) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in text.as_bytes().chunks(3) {
        let bits =
            three.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - three.len()));
        for at in 0..4 {
            let digit = DIGITS[(bits >> (18 - 6 * at) & 63) as usize] as char;
            out.push(if at <= three.len() { digit } else { '=' });
        }
    }
    out
}

#[test]
fn inserts_reach_the_table_and_its_views() {
    let client = scene();
    assert_eq!(text(&client, "INSERT INTO sales VALUES ('2026-01-01', 'a', 2), ('2026-01-02', 'b', 3)"), "");
    let csv =
        ask(&client, Method::Post, "/?query=INSERT+INTO+sales+FORMAT+CSV", "2026-01-03,a,5\n").expect(200);
    let summary: serde_json::Value =
        serde_json::from_str(csv.headers.get("X-ClickHouse-Summary").unwrap()).unwrap();
    assert_eq!(summary["written_rows"], "1");
    let json = "INSERT INTO sales (day, shop) FORMAT JSONEachRow\n{\"day\":\"2026-01-04\",\"shop\":\"b\"}\n";
    text(&client, json);
    text(
        &client,
        "INSERT INTO default.sales (day, total) SELECT day + 10, 10 FROM sales WHERE shop = 'b' ORDER BY day",
    );
    let native = ask(&client, Method::Get, "/?query=SELECT+*+FROM+sales+WHERE+shop='a'+FORMAT+Native", "");
    ask(&client, Method::Post, "/?query=INSERT+INTO+sales+FORMAT+Native", native.body.to_vec()).expect(200);
    let mut whole = b"INSERT INTO sales FORMAT Native\n".to_vec();
    whole.extend_from_slice(&native.body);
    ask(&client, Method::Post, "/", whole).expect(200);
    let rows = text(&client, "SELECT day, shop, total FROM sales ORDER BY ALL");
    let expected = "2026-01-01\ta\t2\n2026-01-01\ta\t2\n2026-01-01\ta\t2\n2026-01-02\tb\t3\n2026-01-03\ta\t5\n2026-01-03\ta\t5\n2026-01-03\ta\t5\n2026-01-04\tb\t1\n2026-01-12\t\t10\n2026-01-14\t\t10\n";
    assert_eq!(rows, expected);
    let totals = text(&client, "SELECT shop, sum(total) FROM by_shop GROUP BY shop ORDER BY shop");
    assert_eq!(totals, "\t20\na\t21\nb\t4\n");
    for wrong in [
        "INSERT INTO nothing VALUES (1)",
        "INSERT INTO sales (nothing) VALUES (1)",
        "INSERT INTO sales FORMAT Native\nxx",
    ] {
        assert_ne!(ask(&client, Method::Post, "/", wrong).status, 200, "{wrong}");
    }
}

#[test]
fn an_insert_under_a_token_counts_once() {
    let client = scene();
    for _ in 0..2 {
        let target = "/?insert_deduplication_token=t1&query=INSERT+INTO+sales+FORMAT+TSV";
        ask(&client, Method::Post, target, "2026-01-01\ta\t2\n").expect(200);
    }
    assert_eq!(text(&client, "SELECT count() FROM sales"), "1\n");
}
