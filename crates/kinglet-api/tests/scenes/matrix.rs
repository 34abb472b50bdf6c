//! Every route under every kind of token: who is let in is data, in `matrix.txt`.

use crate::client::TestClient;
use kinglet_api::{Method, Request};
use std::collections::BTreeMap;

const MATRIX: &str = include_str!("matrix.txt");

const SALES: &str = "SCHEMA >\n    `n` Int32 `json:$.n`\n\nENGINE \"MergeTree\"\nENGINE_SORTING_KEY \"n\"\n";
const TOP: &str = "NODE n\nSQL >\n    SELECT n FROM sales\n\nTYPE endpoint\n";

/// Static tokens by the names of the matrix.
const SCOPES: &[(&str, &str)] = &[
    ("tokens", "TOKENS"),
    ("readall", "WORKSPACE:READ_ALL"),
    ("deploy", "WORKSPACE:DEPLOY"),
    ("create", "DATASOURCES:CREATE"),
    ("append", "DATASOURCES:APPEND:sales"),
    ("read", "DATASOURCES:READ:sales"),
    ("drop", "DATASOURCES:DROP:sales"),
    ("pipe", "PIPES:READ:top"),
];

/// Signed tokens by the names of the matrix; the filter lets no row of quarantine through.
const SIGNED: &[(&str, &str)] = &[
    ("jwt_pipe", r#"{"type":"PIPES:READ","resource":"top"}"#),
    ("jwt_read", r#"{"type":"DATASOURCES:READ","resource":"sales","filter":"n > 1"}"#),
    ("jwt_append", r#"{"type":"DATASOURCES:APPEND","resource":"sales"}"#),
];

/// Roles of members, by the scopes of the matrix that they have.
const ROLES: &[(&str, &[&str])] = &[("guest", &["readall", "deploy", "create"]), ("viewer", &["readall"])];

/// An instance with a data source and a pipe, and all tokens.
fn prepared() -> (TestClient, BTreeMap<&'static str, String>) {
    let client = TestClient::new();
    let files = [("sales.datasource", SALES), ("top.pipe", TOP)];
    client.post_project("/v1/build", &files).expect(200);
    client.post("/v0/tokens?name=reader&scope=DATASOURCES:READ:sales", "").expect(200);
    client.post_as(
        "0b0f8a52-3c1e-4d57-9d0a-5f2f6d2c9e11",
        "/v0/datasources?mode=append&name=sales&format=csv",
        "n\n1\n2\n",
    );
    let mut tokens = BTreeMap::new();
    for (name, scope) in SCOPES {
        let made = client.post(&format!("/v0/tokens?name={name}&scope={scope}"), "").expect(200).json();
        tokens.insert(*name, made["token"].as_str().unwrap().to_owned());
    }
    for (name, scope) in SIGNED {
        let body = format!("{{\"scopes\":[{scope}]}}");
        let target = format!("/v0/tokens/?name={name}&expiration_time=2000000000");
        let made = client.post(&target, body).expect(200).json();
        tokens.insert(*name, made["token"].as_str().unwrap().to_owned());
    }
    let id = client.get("/v1/workspace").expect(200).json()["id"].as_str().unwrap().to_owned();
    for (role, _) in ROLES {
        let users = format!("/v0/workspaces/{id}/users/?operation=add&users={role}@k.test&role={role}");
        client.put(&users, "").expect(200);
        let made = client.get(&format!("/v0/tokens/{role}%20{role}@k.test")).expect(200).json();
        tokens.insert(*role, made["token"].as_str().unwrap().to_owned());
    }
    (client, tokens)
}

fn status(client: &TestClient, method: Method, target: &str, token: Option<&str>) -> u16 {
    let mut request = Request::new(method, target);
    if let Some(token) = token {
        request = request.with_header("Authorization", format!("Bearer {token}"));
    }
    client.send(request).status
}

#[test]
fn every_route_lets_in_who_it_says_and_nobody_else() {
    let lines = MATRIX.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    let mut failures = Vec::new();
    for line in lines {
        let mut check = |holds: bool, what: String| {
            if !holds {
                failures.push(format!("{line}: {what}"));
            }
        };
        let (route, allowed) = line.split_once(" : ").or_else(|| line.split_once(" :")).expect(line);
        let (method, target) = route.trim().split_once(' ').expect(line);
        let method = Method::from_name(method).expect(line);
        let allowed: Vec<&str> = allowed.split_whitespace().collect();
        let (public, any) = (allowed == ["public"], allowed == ["any"]);
        let (client, tokens) = prepared();
        let expired = r#"{"name":"old","scopes":[{"type":"PIPES:READ","resource":"top"}]}"#;
        let expired = client.post("/v0/tokens?expiration_time=1000", expired).expect(200).json();
        let expired = expired["token"].as_str().unwrap();
        for (name, token) in [("no", None), ("a wrong", Some("p.x.y")), ("an expired", Some(expired))] {
            let status = status(&client, method, target, token);
            check((status == 403) != public, format!("{name} token got {status}"));
        }
        let is_in = |name: &str| match ROLES.iter().find(|(role, _)| *role == name) {
            Some((_, scopes)) => scopes.iter().any(|scope| allowed.contains(scope)),
            None => allowed.contains(&name),
        };
        let (good, bad): (Vec<_>, Vec<_>) = tokens.iter().partition(|(name, _)| public || any || is_in(name));
        for (name, token) in bad {
            let status = status(&client, method, target, Some(token));
            check(status == 403, format!("{name} must be refused, but got {status}"));
        }
        for (name, token) in good {
            let status = status(&client, method, target, Some(token));
            check(status != 403 && status < 500, format!("{name} must be let in, but got {status}"));
        }
        let user = client.instance.local_tokens().user;
        let admin = if allowed == ["user"] { &user } else { &client.token };
        let admin = status(&client, method, target, Some(admin));
        check(admin != 403 && admin < 500, format!("admin must be let in, but got {admin}"));
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
