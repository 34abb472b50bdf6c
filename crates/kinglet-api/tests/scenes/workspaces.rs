//! Workspaces: renamed, with members and branches.

use crate::client::TestClient;
use kinglet_api::{MemoryDisk, Method, Request};
use std::sync::Arc;

const SALES: &str = "TOKEN reader READ\n\nSCHEMA >\n    `n` Int32 `json:$.n`\n\nENGINE \"MergeTree\"\nENGINE_SORTING_KEY \"n\"\n";

fn prepared() -> TestClient {
    let client = TestClient::new();
    client.post_project("/v1/build", &[("sales.datasource", SALES)]).expect(200);
    client.post("/v0/events?name=sales&wait=true", "{\"n\":1}\n{\"n\":2}\n").expect(200);
    client
}

fn with_token(client: &TestClient, token: &serde_json::Value) -> TestClient {
    TestClient { instance: client.instance.clone(), token: token.as_str().unwrap().to_owned() }
}

#[test]
fn a_workspace_gets_another_name_that_is_free() {
    let client = prepared();
    let id = client.get("/v1/workspace").expect(200).json()["id"].as_str().unwrap().to_owned();
    client.post("/v1/workspaces?name=other", "").expect(200);
    client.put(&format!("/v0/workspaces/{id}?name=other"), "").expect(409);
    client.put(&format!("/v0/workspaces/{id}?name="), "").expect(400);
    client.put(&format!("/v0/workspaces/{id}?name=first"), "").expect(200);
    assert_eq!(client.get("/v1/workspace").json()["name"], "first");
}

#[test]
fn an_admin_sees_the_tokens_of_the_own_workspace_and_the_user_all() {
    let client = prepared();
    let other = client.post("/v1/workspaces?name=other", "").expect(200).json();
    let tokens = |client: &TestClient| -> Vec<bool> {
        let listed = client.get("/v1/user/workspaces").expect(200).json();
        listed["workspaces"].as_array().unwrap().iter().map(|one| one["token"].is_string()).collect()
    };
    assert_eq!(tokens(&client), [true, false]);
    let id = other["id"].as_str().unwrap();
    assert!(client.get(&format!("/v1/workspaces/{id}?with_token=true")).json()["token"].is_null());
    let user = client.get("/tokens").json()["user_token"].clone();
    assert_eq!(tokens(&with_token(&client, &user)), [true, true]);
}

#[test]
fn roles_are_tokens_that_may_what_the_role_may() {
    let client = prepared();
    let id = client.get("/v1/workspace").json()["id"].as_str().unwrap().to_owned();
    let users = format!("/v0/workspaces/{id}/users/");
    client.put(&format!("{users}?operation=add&users=g@k.test,v@k.test&role=guest"), "").expect(200);
    client.put(&format!("{users}?operation=change_role&users=v@k.test&new_role=viewer"), "").expect(200);
    client.put(&format!("{users}?operation=add&users=nobody&role=guest"), "").expect(400);
    client.put(&format!("{users}?operation=add&users=a@k.test&role=king"), "").expect(400);
    client.put(&format!("{users}?operation=remove&users=x@k.test"), "").expect(404);
    let members = client.get("/v1/workspace").json()["members"].clone();
    let told: Vec<_> = members.as_array().unwrap().iter().map(|one| (&one["email"], &one["role"])).collect();
    assert_eq!(told, [(&"g@k.test".into(), &"guest".into()), (&"v@k.test".into(), &"viewer".into())]);
    let tokens = client.get("/v0/tokens").json();
    let token = |name: &str| {
        let found = tokens["tokens"].as_array().unwrap().iter().find(|token| token["name"] == name).unwrap();
        with_token(&client, &found["token"])
    };
    let (guest, viewer) = (token("guest g@k.test"), token("viewer v@k.test"));
    for member in [&guest, &viewer] {
        assert_eq!(member.row_count_of("sales"), 2);
        member.get("/v0/tokens").expect(403);
        member.get("/v0/variables").expect(403);
        member.put(&format!("{users}?operation=add&users=x@k.test&role=admin"), "").expect(403);
    }
    let append = "/v0/datasources?mode=append&name=sales&format=csv";
    guest.post(append, "3\n").expect(200);
    viewer.post(append, "4\n").expect(403);
    guest.post_project("/v1/build", &[("sales.datasource", SALES)]).expect(200);
    viewer.post_project("/v1/build", &[("sales.datasource", SALES)]).expect(403);
    client.put(&format!("{users}?operation=remove&users=g@k.test"), "").expect(200);
    guest.get("/v0/datasources").expect(403);
}

#[test]
fn a_branch_is_a_workspace_of_its_own_with_or_without_rows() {
    let disk = Arc::new(MemoryDisk::default());
    let client = TestClient::on_disk(disk.clone());
    client.post_project("/v1/build", &[("sales.datasource", SALES)]).expect(200);
    client.post("/v0/events?name=sales&wait=true", "{\"n\":1}\n{\"n\":2}\n{\"n\":\"x\"}\n").expect(200);
    let made = client.post("/v1/environments?name=empty", "").expect(200).json();
    assert_eq!((&made["job"]["status"], &made["job"]["kind"]), (&"done".into(), &"data_branch".into()));
    client.get(&format!("/v0/jobs/{}", made["job"]["id"].as_str().unwrap())).expect(200);
    client.post("/v1/environments?name=empty", "").expect(409);
    client.post("/v1/environments?name=full&data=everything", "").expect(400);
    client.post("/v1/environments?name=full&data=all_partitions", "").expect(200);
    let branch = |client: &TestClient, name: &str| {
        let found = client.get(&format!("/v0/environments/{name}?with_token=true")).expect(200).json();
        with_token(client, &found["token"])
    };
    let (empty, full) = (branch(&client, "empty"), branch(&client, "full"));
    assert_eq!((empty.row_count_of("sales"), empty.row_count_of("sales_quarantine")), (0, 0));
    assert_eq!((full.row_count_of("sales"), full.row_count_of("sales_quarantine")), (2, 1));
    full.post("/v0/events?name=sales&wait=true", "{\"n\":3}\n").expect(200);
    client.post("/v0/datasources/sales/truncate", "").expect(205);
    assert_eq!((full.row_count_of("sales"), client.row_count_of("sales")), (3, 0));
    assert_eq!(full.get("/v1/workspace").json()["is_branch"], true);
    full.post("/v1/environments?name=nested", "").expect(400);
    let reader = |client: &TestClient| client.get("/v0/tokens/reader").expect(200).json()["token"].clone();
    assert_ne!(reader(&client), reader(&full));
    let listed = |target: &str, member: &str| client.get(target).json()[member].as_array().unwrap().len();
    assert_eq!(listed("/v1/environments", "environments"), 2);
    assert_eq!(listed("/v1/user/workspaces", "workspaces"), 1);
    assert_eq!(listed("/v1/user/workspaces?with_environments=true", "workspaces"), 3);
    // A stranger's branch is out of reach.
    let other = client.post("/v1/workspaces?name=other", "").expect(200).json();
    with_token(&client, &other["token"]).delete("/v0/environments/full").expect(404);
    client.delete("/v0/environments/empty").expect(200);
    empty.get("/v0/datasources").expect(403);
    // All of it is on the disk.
    let again = TestClient { token: client.token.clone(), ..TestClient::on_disk(disk) };
    assert_eq!(branch(&again, "full").row_count_of("sales"), 3);
    let gone = Request::new(Method::Get, "/v0/environments/empty")
        .with_header("Authorization", format!("Bearer {}", again.token));
    assert_eq!(again.send(gone).status, 404);
}

#[test]
fn a_data_source_is_read_where_it_is_shared_and_nowhere_else() {
    let client = TestClient::new();
    let origin = client.post("/v1/workspaces?name=origin", "").expect(200).json();
    let origin = with_token(&client, &origin["token"]);
    let shared = format!("{SALES}\nSHARED_WITH >\n    reading\n");
    origin
        .post_project("/v1/build", &[("sales.datasource", &shared), ("private.datasource", SALES)])
        .expect(200);
    origin.post("/v0/events?name=sales&wait=true", "{\"n\":1}\n{\"n\":2}\n").expect(200);
    let workspace = |name: &str| {
        let made = client.post(&format!("/v1/workspaces?name={name}"), "").expect(200).json();
        with_token(&client, &made["token"])
    };
    let (reading, stranger) = (workspace("reading"), workspace("stranger"));
    let pipe = "TOKEN calling READ\n\nNODE n\nSQL >\n    SELECT sum(n) AS total FROM origin.sales\n\nTYPE endpoint\n";
    let unknown = reading.post_project("/v1/build", &[("total.pipe", pipe)]);
    assert!(unknown.text().contains("origin.sales"), "{}", unknown.text());
    // The project keeps a copy of the file, as `tb pull` leaves it.
    let files: [(&str, Option<&str>, &[u8]); 2] = [
        ("data_project://", Some("total.pipe"), pipe.as_bytes()),
        ("data_project_vendored://", Some("origin/datasources/sales.datasource"), SALES.as_bytes()),
    ];
    let built = reading.post_form("/v1/build", &files).expect(200).json();
    assert_eq!(built["result"], "success", "{built:#}");
    let total = |client: &TestClient| {
        client.get("/v0/pipes/total.json").expect(200).json()["data"][0]["total"].clone()
    };
    assert_eq!(total(&reading), 3);
    // A token of the pipe alone reads through it, and not beside it.
    let calling = with_token(&client, &reading.get("/v0/tokens/calling").expect(200).json()["token"]);
    assert_eq!(total(&calling), 3);
    calling.post("/v0/sql", "SELECT * FROM origin.sales FORMAT JSON").expect(403);
    assert_eq!(reading.row_count_of("origin.sales"), 2);
    reading.post("/v0/sql", "SELECT * FROM origin.private FORMAT JSON").expect(400);
    stranger.post("/v0/sql", "SELECT * FROM origin.sales FORMAT JSON").expect(400);
    let listed = reading.get("/v0/datasources?attrs=name,shared_from").expect(200).json();
    assert_eq!(listed["datasources"][0]["name"], "origin.sales");
    assert_eq!(listed["datasources"][0]["shared_from"]["name"], "origin");
    reading.post("/v0/events?name=origin.sales", "{\"n\":3}\n").expect(404);
    origin.post_project("/v1/build", &[("sales.datasource", SALES)]).expect(200);
    assert_eq!(reading.row_count_of("origin.sales"), 0);
}
