//! Tokens: what they filter, fix and limit, and how they end.

use crate::client::{Answer, TestClient};
use kinglet_api::{Method, Request};

const SALES: &str = "SCHEMA >\n    `org` String `json:$.org`,\n    `n` Int32 `json:$.n`\n\nENGINE \"MergeTree\"\nENGINE_SORTING_KEY \"org\"\n";
const BY_ORG: &str = "NODE n\nSQL >\n    %\n    SELECT sum(n) AS total FROM sales WHERE org = {{String(org, 'none')}}\n\nTYPE endpoint\n";
const ALL: &str = "NODE n\nSQL >\n    SELECT sum(n) AS total FROM sales\n\nTYPE endpoint\n";

fn prepared() -> TestClient {
    let client = TestClient::new();
    let files = [("sales.datasource", SALES), ("by_org.pipe", BY_ORG), ("all_sales.pipe", ALL)];
    client.post_project("/v1/build", &files).expect(200);
    let rows = "{\"org\":\"a\",\"n\":1}\n{\"org\":\"a\",\"n\":2}\n{\"org\":\"b\",\"n\":10}\n";
    client.post("/v0/events?name=sales&wait=true", rows).expect(200);
    client
}

fn get_as(client: &TestClient, token: &str, target: &str) -> Answer {
    client.send(Request::new(Method::Get, target).with_header("Authorization", format!("Bearer {token}")))
}

fn signed(client: &TestClient, body: &str) -> String {
    let made =
        client.post("/v0/tokens?name=n&expiration_time=2000000000", body.to_owned()).expect(200).json();
    made["token"].as_str().unwrap().to_owned()
}

#[test]
fn a_row_filter_holds_wherever_the_data_source_is_read() {
    let client = prepared();
    let made =
        client.post("/v0/tokens?name=of_a&scope=DATASOURCES:READ:sales:org%20=%20'a'", "").expect(200).json();
    assert_eq!(made["scopes"][0]["filter"], "org = 'a'");
    let of_a = made["token"].as_str().unwrap().to_owned();
    let jwt = signed(
        &client,
        r#"{"scopes":[{"type":"DATASOURCES:READ","resource":"sales","filter":"org = 'a' -- mine"}]}"#,
    );
    for token in [of_a, jwt] {
        for (sql, expected) in [
            ("SELECT sum(n) AS x FROM sales", 3),
            ("SELECT sum(n) AS x FROM sales AS s WHERE s.org != 'a' OR 1", 3),
            ("WITH t AS (SELECT * FROM sales) SELECT sum(n) AS x FROM t", 3),
            ("SELECT count() AS x FROM (SELECT 1 AS y) AS l CROSS JOIN sales", 2),
            ("SELECT (SELECT sum(n) FROM sales) AS x", 3),
            ("SELECT count() AS x FROM numbers(1) WHERE 'b' IN (SELECT org FROM sales)", 0),
        ] {
            let target = format!("/v0/sql?q={}+FORMAT+JSON", sql.replace(' ', "+"));
            let answer = get_as(&client, &token, &target).expect(200).json();
            assert_eq!(answer["data"][0]["x"], expected, "{sql}");
        }
        get_as(&client, &token, "/v0/sql?q=SELECT+*+FROM+sales_quarantine").expect(403);
        get_as(&client, &token, "/v0/pipes/all_sales.json").expect(403);
    }
}

#[test]
fn fixed_parameters_beat_those_of_the_request() {
    let client = prepared();
    let scope = r#"{"scopes":[{"type":"PIPES:READ","resource":"by_org","fixed_params":{"org":"b"}}]}"#;
    let token = signed(&client, scope);
    for target in
        ["/v0/pipes/by_org.json?org=a", "/v0/pipes/by_org.json", "/v0/sql?q=SELECT+*+FROM+by_org+FORMAT+JSON"]
    {
        assert_eq!(get_as(&client, &token, target).expect(200).json()["data"][0]["total"], 10, "{target}");
    }
    let body = Request::new(Method::Post, "/v0/pipes/by_org.json")
        .with_header("Authorization", format!("Bearer {token}"))
        .with_body(kinglet_api::Body::full("{\"org\":\"a\"}"));
    assert_eq!(client.send(body).expect(200).json()["data"][0]["total"], 10);
    get_as(&client, &token, "/v0/pipes/all_sales.json").expect(403);
}

#[test]
fn a_token_with_a_limit_is_told_where_it_stands() {
    let client = prepared();
    let token =
        signed(&client, r#"{"scopes":[{"type":"PIPES:READ","resource":"all_sales"}],"limits":{"rps":2}}"#);
    let answers: Vec<Answer> = (0..3).map(|_| get_as(&client, &token, "/v0/pipes/all_sales.json")).collect();
    let statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    assert_eq!(statuses, [200, 200, 429]);
    let header = |at: usize, name: &str| answers[at].headers.get(name).map(str::to_owned);
    assert_eq!(header(0, "x-ratelimit-limit").as_deref(), Some("2"));
    assert_eq!(header(0, "x-ratelimit-remaining").as_deref(), Some("1"));
    assert_eq!(header(2, "x-ratelimit-remaining").as_deref(), Some("0"));
    assert_eq!(header(2, "retry-after").as_deref(), Some("1"));
    assert!(answers[2].error().starts_with("Too many requests"), "{}", answers[2].error());
    // The clock ticks a millisecond per reading: another second begins.
    while client.get("/v0/health").status == 200
        && get_as(&client, &token, "/v0/pipes/all_sales.json").status == 429
    {}
    get_as(&client, &client.token.clone(), "/v0/pipes/all_sales.json").expect(200);
}

#[test]
fn signed_tokens_end_with_their_time_and_with_the_admins_secret() {
    let client = prepared();
    let token = signed(&client, r#"{"scopes":[{"type":"PIPES:READ","resource":"all_sales"}]}"#);
    get_as(&client, &token, "/v0/pipes/all_sales.json").expect(200);
    assert_eq!(client.get("/v0/tokens").expect(200).json()["tokens"].as_array().unwrap().len(), 1);
    let old = client.post("/v0/tokens?name=n&expiration_time=1000", r#"{"scopes":[]}"#).expect(200).json();
    let answer = get_as(&client, old["token"].as_str().unwrap(), "/v0/workspace").expect(403);
    assert!(answer.error().contains("expired"), "{}", answer.error());
    let refused = client.post(
        "/v0/tokens?name=n&expiration_time=2000000000",
        r#"{"scopes":[{"type":"ADMIN","resource":"x"}]}"#,
    );
    assert!(refused.expect(400).error().contains("ADMIN"));
    client.post("/v0/tokens/workspace%20admin%20token/refresh", "").expect(200);
    let client = TestClient { token: client.instance.local_tokens().workspace_admin, ..client };
    client.get("/v0/workspace").expect(200);
    get_as(&client, &token, "/v0/pipes/all_sales.json").expect(403);
}

#[test]
fn secrets_are_for_nodes_and_admins() {
    let client = TestClient::new();
    client.post_fields("/v0/variables", "name=key&value=hidden").expect(200);
    let pipe = "NODE n\nSQL >\n    %\n    SELECT length({{tb_secret('key')}}) AS n\n\nTYPE endpoint\n";
    client.post_project("/v1/build", &[("p.pipe", pipe)]).expect(200);
    let listed = client.get("/v0/variables/key").expect(200).json();
    assert!(listed["created_at"].as_str().unwrap().len() > 19);
    let reader = client.post("/v0/tokens?name=reader&scope=WORKSPACE:READ_ALL", "").expect(200).json();
    let reader = reader["token"].as_str().unwrap().to_owned();
    let ask = |target: &str| {
        client.send(kinglet_api::Request::new(kinglet_api::Method::Get, &format!("{target}&token={reader}")))
    };
    assert_eq!(ask("/v0/pipes/p.json?a=1").expect(200).json()["data"][0]["n"], 6);
    for q in ["SELECT+{key:String}", "%25SELECT+{{tb_secret('key')}}", "DESCRIBE+(SELECT+{+key+:String})"] {
        let refused = ask(&format!("/v0/sql?q={q}")).expect(403);
        assert!(!refused.text().contains("hidden"));
        ask(&format!("/v0/pipes/p.json?q={q}")).expect(403);
    }
    let clickhouse = ask("/clickhouse/?query=SELECT+{key:String}");
    assert_ne!(clickhouse.status, 200);
}
