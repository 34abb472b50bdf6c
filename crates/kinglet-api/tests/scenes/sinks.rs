//! Sinks: a pipe's result as files at another host.

use crate::client::TestClient;
use crate::hosts::Bucket;
use std::io::Read as _;

const SALES: &str = "SCHEMA >\n    `day` Date `json:$.day`,\n    `shop` String `json:$.shop`,\n    `n` Int32 `json:$.n`\n\nENGINE \"MergeTree\"\nENGINE_SORTING_KEY \"day\"\n";
const BUCKET: &str = "TYPE s3\nS3_REGION eu-west-1\nS3_ARN arn:aws:iam::1:role/x\n";

fn sink(settings: &str) -> String {
    format!(
        "NODE n\nSQL >\n    %\n    SELECT day, shop, n FROM sales WHERE n >= {{{{Int32(least, 0)}}}} ORDER BY n\n\nTYPE sink\nEXPORT_CONNECTION_NAME bucket\nEXPORT_BUCKET_URI s3://sales/exports\nEXPORT_SCHEDULE @on-demand\n{settings}"
    )
}

fn prepared(settings: &str) -> (TestClient, Bucket) {
    let bucket = Bucket::default();
    let client = TestClient::with_network(bucket.clone());
    let pipe = sink(settings);
    let files = [("sales.datasource", SALES), ("bucket.connection", BUCKET), ("out.pipe", &*pipe)];
    let built = client.post_project("/v1/build", &files).expect(200).json();
    assert_eq!(built["result"], "success", "{built}");
    let rows = "{\"day\":\"2024-05-01\",\"shop\":\"a\",\"n\":1}\n{\"day\":\"2024-05-02\",\"shop\":\"b\",\"n\":2}\n{\"day\":\"2024-05-02\",\"shop\":\"a\",\"n\":3}\n";
    client.post("/v0/events?name=sales&wait=true", rows).expect(200);
    (client, bucket)
}

fn deliver_to_s3(client: &TestClient) {
    let delivery = r#"{"kind":"s3","endpoint":"http://127.0.0.1:9000","region":"eu-west-1","access_key":"AK","secret":"SK"}"#;
    let told = client.put("/v0/deliveries/bucket", delivery).expect(200).json();
    assert_eq!(told["endpoint"], "http://127.0.0.1:9000");
    client.post("/v0/hosts?host=127.0.0.1:9000", "").expect(200);
}

#[test]
fn files_are_split_by_their_template_and_signed() {
    let (client, bucket) = prepared("EXPORT_FILE_TEMPLATE dt={day, '%Y%m%d'}/{shop}\nEXPORT_FORMAT csv\n");
    assert!(client.post("/v0/pipes/out/sink", "").expect(409).error().contains("delivers nowhere yet"));
    deliver_to_s3(&client);
    let run = client.post("/v0/pipes/out/sink?least=2", "").expect(200).json();
    assert_eq!((&run["job"]["status"], &run["job"]["kind"]), (&"done".into(), &"sink".into()), "{run}");
    let files = bucket.files.borrow().clone();
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    let base = "http://127.0.0.1:9000/sales/exports";
    assert_eq!(names, [&*format!("{base}/dt=20240502/a.csv"), &*format!("{base}/dt=20240502/b.csv")]);
    assert_eq!(&files.values().next().unwrap()[..], b"\"day\",\"shop\",\"n\"\n\"2024-05-02\",\"a\",3\n");
    let requests = bucket.requests.borrow();
    let signed = requests.iter().all(|request| {
        let authorization = request.headers.iter().find(|(name, _)| name == "authorization").unwrap();
        authorization.1.starts_with("AWS4-HMAC-SHA256 Credential=AK/2024")
            && authorization.1.contains("/eu-west-1/s3/")
    });
    assert!(signed);
    let log = client.lines(
        "SELECT service, pipe_name, result, written_rows, output, parameters FROM tinybird.sinks_ops_log",
    );
    assert_eq!(
        log,
        "{\"service\":\"s3\",\"pipe_name\":\"out\",\"result\":\"ok\",\"written_rows\":2,\"output\":2,\"parameters\":{\"least\":\"2\"}}\n"
    );
}

#[test]
fn files_that_are_there_stay_unless_they_are_to_be_overwritten() {
    let (client, bucket) =
        prepared("EXPORT_FILE_TEMPLATE all\nEXPORT_FORMAT ndjson\nEXPORT_COMPRESSION gz\n");
    deliver_to_s3(&client);
    client.post("/v0/pipes/out/sink", "").expect(200);
    client.post("/v0/pipes/out/sink", "").expect(200);
    let names: Vec<String> = bucket.files.borrow().keys().cloned().collect();
    assert_eq!(
        names.iter().map(|name| name.rsplit('/').next().unwrap()).collect::<Vec<_>>(),
        ["all.ndjson.gz", "all_1.ndjson.gz"]
    );
    let mut text = String::new();
    let packed = bucket.files.borrow().values().next().unwrap().clone();
    flate2::read::GzDecoder::new(&packed[..]).read_to_string(&mut text).unwrap();
    assert_eq!(text.lines().count(), 3);
    let (client, bucket) =
        prepared("EXPORT_FILE_TEMPLATE all\nEXPORT_FORMAT parquet\nEXPORT_WRITE_STRATEGY truncate\n");
    deliver_to_s3(&client);
    client.post("/v0/pipes/out/sink", "").expect(200);
    client.post("/v0/pipes/out/sink", "").expect(200);
    let files = bucket.files.borrow();
    assert_eq!(files.len(), 1);
    assert!(files.values().next().unwrap().starts_with(b"PAR1"));
}

#[test]
fn a_server_that_fails_in_passing_is_asked_again_and_others_are_reported() {
    let (client, bucket) = prepared("EXPORT_FILE_TEMPLATE all\n");
    let delivery =
        r#"{"kind":"http","url":"https://files.test/in","method":"POST","headers":[["x-key","1"]]}"#;
    client.put("/v0/deliveries/bucket", delivery).expect(200);
    let refused = client.post("/v0/pipes/out/sink", "").expect(403).json();
    assert_eq!(refused["host"], "files.test");
    client.post("/v0/hosts?host=files.test", "").expect(200);
    bucket.failures.set(2);
    let run = client.post("/v0/pipes/out/sink", "").expect(200).json();
    assert_eq!(run["job"]["status"], "done", "{run}");
    assert_eq!(bucket.requests.borrow().len(), 3);
    assert_eq!(bucket.requests.borrow()[2].url, "https://files.test/in/sales/exports/all.csv");
    assert_eq!(bucket.requests.borrow()[2].headers, [("x-key".to_owned(), "1".to_owned())]);
    bucket.failures.set(100);
    let run = client.post("/v0/pipes/out/sink", "").expect(200).json();
    assert_eq!(run["job"]["status"], "error");
    assert!(run["job"]["error"].as_str().unwrap().contains("status 503"), "{run}");
    client.put("/v0/deliveries/bucket", r#"{"kind":"ftp"}"#).expect(400);
    client.delete("/v0/deliveries/bucket").expect(200);
    client.post("/v0/pipes/out/sink", "").expect(409);
}
