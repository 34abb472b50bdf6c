//! Answers that are given again for a while: `cache_ttl`.

use crate::client::TestClient;
use crate::hosts::skip_minutes;

const SALES: &str = "SCHEMA >\n    `n` Int32 `json:$.n`\n\nENGINE \"MergeTree\"\nENGINE_SORTING_KEY \"n\"\n";
const TOTAL: &str = "NODE n\nSQL >\n    %\n    {{cache_ttl('5s')}}\n    SELECT sum(n) AS total FROM sales WHERE n > {{Int32(above, 0)}}\n\nTYPE endpoint\n";

#[test]
fn an_answer_is_given_again_until_its_time_is_over() {
    let client = TestClient::new();
    let files = [("sales.datasource", SALES), ("total.pipe", TOTAL)];
    client.post_project("/v1/build", &files).expect(200);
    let add = |n: i32| client.post("/v0/events?name=sales&wait=true", format!("{{\"n\":{n}}}")).expect(200);
    let total = |query: &str| {
        client.get(&format!("/v0/pipes/total.json{query}")).expect(200).json()["data"][0]["total"].clone()
    };
    add(1);
    assert_eq!(total(""), 1);
    add(2);
    assert_eq!(total(""), 1);
    assert_eq!(client.get("/v0/pipes/total.ndjson").expect(200).text(), "{\"total\":3}\n");
    assert_eq!((total("?above=1"), total("?q=SELECT+*+FROM+_")), (2.into(), 3.into()));
    skip_minutes(1);
    assert_eq!(total(""), 3);
    add(4);
    assert_eq!(total(""), 3);
    let doubled = TOTAL.replace("sum(n)", "sum(n * 2)");
    client.post_project("/v1/build", &[("sales.datasource", SALES), ("total.pipe", &doubled)]).expect(200);
    assert_eq!(total(""), 14);
    let calls = "SELECT count() AS n FROM tinybird.pipe_stats_rt WHERE pipe_name = 'total'";
    assert_eq!(client.lines(calls), "{\"n\":8}\n");
}
