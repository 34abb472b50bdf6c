//! Requests to other hosts: none before a person agreed, each workspace for itself.

use crate::client::TestClient;
use crate::hosts::Site;

const PEOPLE: &str = "http://files.test/people.csv";

fn with_people() -> TestClient {
    TestClient::with_network(Site::new(&[(PEOPLE, "id,name\n1,a\n2,b\n")]))
}

#[test]
fn a_host_is_reached_only_after_consent() {
    let client = with_people();
    let target = format!("/v0/datasources?name=people&url={PEOPLE}");
    for target in [&target, &format!("/v0/analyze?url={PEOPLE}")] {
        let refused = client.post(target, "").expect(403).json();
        assert_eq!(refused["code"], "host_not_allowed");
        assert_eq!(refused["host"], "files.test");
        assert!(refused["error"].as_str().unwrap().contains("'files.test'"), "{refused}");
    }
    assert_eq!(client.post("/v0/hosts?host=files.test", "").expect(200).json()["host"], "files.test");
    assert_eq!(client.get("/v0/hosts").expect(200).json()["hosts"][0]["host"], "files.test");
    client.post(&target, "").expect(200);
    client.delete("/v0/hosts/files.test").expect(200);
    client.delete("/v0/hosts/files.test").expect(404);
    client.post(&format!("/v0/datasources?mode=append&name=people&url={PEOPLE}"), "").expect(403);
    assert_eq!(client.row_count("people"), 2);
    client.post("/v0/datasources?name=local&url=file:///etc/passwd", "").expect(400);
}

#[test]
fn consent_is_one_workspaces_own() {
    let client = with_people();
    client.post("/v0/hosts?host=files.test", "").expect(200);
    let made = client.post("/v1/workspaces?name=other", "").expect(200).json();
    let token = made["token"].as_str().unwrap().to_owned();
    let other = TestClient { instance: client.instance, token };
    other.post(&format!("/v0/datasources?name=people&url={PEOPLE}"), "").expect(403);
}
