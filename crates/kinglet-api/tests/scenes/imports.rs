//! Parquet, imports by URL, and what survives a restart.

use crate::client::TestClient;
use crate::hosts::Site;
use kinglet_api::MemoryDisk;
use std::sync::Arc;

const TYPED: &str = "SCHEMA >\n    `id` Int32 `json:$.id`,\n    `name` Nullable(String) `json:$.name`,\n    `at` DateTime64(3) `json:$.at`,\n    `tags` Array(String) `json:$.tags[:]`,\n    `price` Decimal(10, 2) `json:$.price`\n\nENGINE \"MergeTree\"\nENGINE_SORTING_KEY \"id\"\n";
const ROWS: &str = "{\"id\":1,\"name\":\"a\",\"at\":\"2024-05-01 10:00:00.5\",\"tags\":[\"x\",\"y\"],\"price\":\"1.25\"}\n{\"id\":2,\"at\":\"2024-05-01\",\"tags\":[],\"price\":3}\n";

fn all(client: &TestClient, table: &str) -> String {
    client
        .post("/v0/sql", format!("SELECT * FROM {table} ORDER BY id FORMAT JSONEachRow"))
        .expect(200)
        .text()
        .to_owned()
}

#[test]
fn a_parquet_file_written_here_reads_back_the_same() {
    let client = TestClient::new();
    client.post_project("/v1/build", &[("datasources/typed.datasource", TYPED)]).expect(200);
    client.post("/v0/events?name=typed&wait=true", ROWS).expect(200);
    let before = all(&client, "typed");
    assert!(before.contains("\"price\":1.25"), "{before}");
    let file = client.post("/v0/sql", "SELECT * FROM typed FORMAT Parquet").expect(200).body;
    client.post("/v0/datasources?mode=replace&name=typed&format=parquet", file.clone()).expect(200);
    assert_eq!(all(&client, "typed"), before);
    client.post("/v0/datasources?name=copy_of_typed&format=parquet", file.clone()).expect(200);
    assert_eq!(client.row_count("copy_of_typed"), 2);
    let half = file[..file.len() / 2].to_vec();
    let answer = client.post("/v0/datasources?mode=append&name=typed&format=parquet", half).expect(400);
    assert!(answer.error().contains("Parquet") && answer.error().contains("cut off"), "{}", answer.error());
    assert_eq!(all(&client, "typed"), before);
}

#[test]
fn a_file_comes_from_an_address_through_the_hosts_network() {
    let site = Site::new(&[("http://files.test/people.csv", "id,name\n1,a\n2,b\n")]);
    let client = TestClient::with_network(site);
    client.post("/v0/hosts?host=files.test", "").expect(200);
    let made =
        client.post("/v0/datasources?name=people&url=http://files.test/people.csv", "").expect(200).json();
    assert_eq!(made["job"]["status"], "done");
    assert_eq!(made["job"]["url"], "http://files.test/people.csv");
    assert_eq!(client.row_count("people"), 2);
    let jobs = client.get("/v0/jobs?kind=import").expect(200).json();
    assert_eq!(jobs["jobs"][0]["id"], made["id"]);
    let form = "url=http://files.test/people.csv";
    client.post_fields("/v0/datasources?mode=append&name=people&format=csv", form).expect(200);
    assert_eq!(client.row_count("people"), 4);
    let missing =
        client.post("/v0/datasources?mode=append&name=people&url=http://files.test/no.csv", "").expect(400);
    assert!(missing.error().contains("404"), "{}", missing.error());
    let offline = TestClient::new();
    offline.post("/v0/hosts?host=http://files.test/x", "").expect(200);
    let refused = offline.post("/v0/datasources?name=x&url=http://files.test/people.csv", "").expect(400);
    assert!(refused.error().contains("no network"), "{}", refused.error());
}

#[test]
fn everything_is_there_after_a_restart() {
    let disk = Arc::new(MemoryDisk::default());
    let token;
    {
        let client = TestClient::on_disk(disk.clone());
        token = client.token.clone();
        client
            .post_project("/v1/deploy?auto_promote=true", &[("datasources/typed.datasource", TYPED)])
            .expect(200);
        client.post("/v0/events?name=typed&wait=true", ROWS).expect(200);
        client.post("/v0/datasources?name=sales&format=csv", "a,b\n1,x\n2,y\n").expect(200);
        client.post("/v0/tokens?name=reader&scope=DATASOURCES:READ:sales", "").expect(200);
        client.post_fields("/v0/variables", "name=key&value=secret").expect(200);
    }
    let client = TestClient::on_disk(disk);
    assert_eq!(client.token, token);
    assert_eq!(client.row_count("typed"), 2);
    assert_eq!(client.row_count("sales"), 2);
    client.get("/v0/tokens/reader").expect(200);
    assert_eq!(client.get("/v0/variables").expect(200).json()["variables"][0]["name"], "key");
    assert_eq!(client.get("/v1/deployments").expect(200).json()["deployments"][0]["id"], "1");
    assert_eq!(client.get("/v0/jobs").expect(200).json()["jobs"][0]["status"], "done");
    client.post("/v0/events?name=typed&wait=true", ROWS).expect(200);
    assert_eq!(client.row_count("typed"), 4);
}

#[test]
fn a_workspace_of_its_own_has_its_own_everything() {
    let client = TestClient::new();
    client.post("/v0/datasources?name=sales&format=csv", "a,b\n1,x\n").expect(200);
    let made = client.post("/v1/workspaces?name=other", "").expect(200).json();
    let other =
        TestClient { instance: client.instance.clone(), token: made["token"].as_str().unwrap().to_owned() };
    other.get("/v0/datasources/sales").expect(404);
    other.post("/v0/datasources?name=sales&format=csv", "c\n5\n6\n").expect(200);
    assert_eq!((client.row_count("sales"), other.row_count("sales")), (1, 2));
    client.delete(&format!("/v1/workspaces/{}", made["id"].as_str().unwrap())).expect(403);
    other.delete(&format!("/v1/workspaces/{}", made["id"].as_str().unwrap())).expect(200);
    other.get("/v0/datasources").expect(403);
    assert_eq!(client.row_count("sales"), 1);
}
