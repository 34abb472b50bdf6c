//! What every client meets first: tokens, unknown paths, wrong methods, CORS.

use crate::client::TestClient;
use kinglet_api::{Method, Request};

#[test]
fn tokens_are_told_without_authentication() {
    let client = TestClient::new();
    let answer = client.send(Request::new(Method::Get, "/tokens")).expect(200);
    let tokens = answer.json();
    for key in ["user_token", "admin_token", "workspace_admin_token"] {
        let token = tokens[key].as_str().unwrap();
        assert!(token.starts_with("p."), "{key} is {token}");
    }
    assert_ne!(tokens["user_token"], tokens["workspace_admin_token"]);
}

#[test]
fn an_unknown_path_is_404_and_a_wrong_method_405() {
    let client = TestClient::new();
    let unknown = client.get("/v0/nothing/here").expect(404);
    assert!(unknown.error().contains("/v0/nothing/here"));
    let wrong = client.post("/v0/regions", "").expect(405);
    assert_eq!(wrong.headers.get("allow"), Some("GET"));
}

#[test]
fn every_answer_is_open_to_other_origins() {
    let client = TestClient::new();
    let preflight = client.send(Request::new(Method::Options, "/v0/events?name=a")).expect(204);
    let allowed = preflight.headers.get("access-control-allow-headers");
    assert!(allowed.unwrap().contains("Authorization"));
    let unknown = client.get("/nothing").expect(404);
    assert_eq!(unknown.headers.get("access-control-allow-origin"), Some("*"));
}

#[test]
fn head_has_the_length_but_no_body() {
    let client = TestClient::new();
    let get = client.get("/v0/health").expect(200);
    let head = client.send(Request::new(Method::Head, "/v0/health")).expect(200);
    assert!(head.body.is_empty());
    assert_eq!(head.headers.get("content-length"), get.headers.get("content-length"));
}

#[test]
fn a_missing_or_wrong_token_is_403_and_the_query_may_carry_it() {
    let client = TestClient::new();
    let missing = client.send(Request::new(Method::Get, "/v0/tokens")).expect(403);
    assert!(missing.error().contains("missing authentication token"));
    let wrong = client.send(Request::new(Method::Get, "/v0/tokens?token=p.no")).expect(403);
    assert!(wrong.error().contains("invalid authentication token"));
    let target = format!("/v0/tokens?token={}", client.token);
    let listed = client.send(Request::new(Method::Get, &target)).expect(200).json();
    assert_eq!(listed["tokens"][0]["name"], "workspace admin token");
    assert_eq!(listed["tokens"][0]["scopes"][0]["type"], "ADMIN");
    let one = client.get("/v0/tokens/workspace%20admin%20token").expect(200);
    assert_eq!(one.json()["token"], client.token);
    client.get("/v0/tokens/nobody").expect(404);
}

#[test]
fn the_user_sees_the_workspace_that_the_token_opens() {
    let client = TestClient::new();
    let current = client.get("/v1/workspace").expect(200).json();
    assert_eq!(current["is_forward"], true);
    let all = client.get("/v1/user/workspaces?with_organization=true").expect(200).json();
    assert_eq!(all["workspaces"][0]["id"], current["id"]);
    assert_eq!(all["workspaces"][0]["token"], client.token);
    assert_eq!(all["workspaces"][0]["current"], true);
}
