//! JSON, Dynamic and Variant columns of data sources: rows in, kept, merged and read by path.

use crate::client::TestClient;

const EVENTS: &str = "SCHEMA >\n    `id` Int64 `json:$.id`,\n    `all` JSON `json:$`,\n    `body` JSON(n UInt32) `json:$.body`,\n    \
                      `any` Dynamic `json:$.any`\n\nENGINE \"MergeTree\"\nENGINE_SORTING_KEY \"id\"\n";

const ROWS: &str = "{\"id\":1,\"body\":{\"n\":5,\"a\":{\"b\":\"x\"}},\"any\":1}\n\
                    {\"id\":2,\"body\":{\"n\":6,\"a\":{\"b\":[1,2]}},\"any\":\"t\"}\n\
                    {\"id\":3,\"body\":{},\"any\":null}\n";

fn with_events() -> TestClient {
    let client = TestClient::new();
    client.post_project("/v1/build", &[("events.datasource", EVENTS)]).expect(200);
    client.post("/v0/datasources?mode=append&name=events&format=ndjson", ROWS).expect(200);
    client.post("/v0/events?name=events&wait=true", "{\"id\":4,\"body\":{\"n\":7,\"c\":1.5}}").expect(200);
    client
}

#[test]
fn documents_are_kept_and_read_by_path() {
    let client = with_events();
    let query = "SELECT id, body.n AS n, body.a.b AS b, dynamicType(any) AS t, all.body.n AS m FROM events ORDER BY id";
    let wanted = "{\"id\":1,\"n\":5,\"b\":\"x\",\"t\":\"Int64\",\"m\":5}\n\
                  {\"id\":2,\"n\":6,\"b\":[1,2],\"t\":\"String\",\"m\":6}\n\
                  {\"id\":3,\"n\":0,\"b\":null,\"t\":\"None\",\"m\":null}\n\
                  {\"id\":4,\"n\":7,\"b\":null,\"t\":\"None\",\"m\":7}\n";
    assert_eq!(client.lines(query), wanted);
    client.merge();
    assert_eq!(client.lines(query), wanted);
    let body = client.lines("SELECT body FROM events WHERE id IN (3, 4) ORDER BY id");
    assert_eq!(body, "{\"body\":{\"n\":0}}\n{\"body\":{\"c\":1.5,\"n\":7}}\n");
    let sums =
        client.lines("SELECT sum(body.n) AS s, countIf(body.a.b = 'x') AS c FROM events WHERE id != 2");
    assert_eq!(sums, "{\"s\":12,\"c\":1}\n");
}
