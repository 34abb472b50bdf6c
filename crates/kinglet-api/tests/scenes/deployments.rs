//! Deployments beside the live one: what they change, what they keep, how they end.

use crate::client::TestClient;
use crate::hosts::block_on;
use kinglet_api::{MemoryDisk, Settings};
use kinglet_workspace::disk::{Fault, FaultDisk, SeededRandom};
use kinglet_workspace::host::NoNetwork;
use std::rc::Rc;
use std::sync::Arc;

const SALES: &str = "SCHEMA >\n    `day` Date `json:$.day`,\n    `n` Int32 `json:$.n`\n\nENGINE \"MergeTree\"\nENGINE_SORTING_KEY \"day\"\n";
const WIDER: &str = "SCHEMA >\n    `day` Date `json:$.day`,\n    `n` Int64 `json:$.n`\n\nENGINE \"MergeTree\"\nENGINE_SORTING_KEY \"day, n\"\n";
const BY_DAY: &str = "SCHEMA >\n    `day` Date,\n    `total` SimpleAggregateFunction(sum, Int64)\n\nENGINE \"AggregatingMergeTree\"\nENGINE_SORTING_KEY \"day\"\n";
const VIEW: &str = "NODE v\nSQL >\n    SELECT day, sum(n) AS total FROM sales GROUP BY day\n\nTYPE materialized\nDATASOURCE by_day\n";
const TOP: &str = "NODE n\nSQL >\n    SELECT toTypeName(n) AS type, n FROM sales ORDER BY n DESC LIMIT 1\n\nTYPE endpoint\n";

const LIVE: &[(&str, &str)] = &[("sales.datasource", SALES), ("top.pipe", TOP)];
const NEXT: &[(&str, &str)] =
    &[("sales.datasource", WIDER), ("top.pipe", TOP), ("by_day.datasource", BY_DAY), ("view.pipe", VIEW)];

fn add(client: &TestClient, n: i64) {
    let row = format!("{{\"day\":\"2024-05-01\",\"n\":{n}}}");
    client.post("/v0/events?name=sales&wait=true", row).expect(200);
}

fn live(client: &TestClient) {
    let made = client.post_project("/v1/deploy?auto_promote=true", LIVE).expect(200).json();
    assert_eq!(made["result"], "success", "{made:#}");
    add(client, 1);
    add(client, 2);
}

fn top(client: &TestClient, which: &str) -> (String, i64) {
    let row = client.get(&format!("/v0/pipes/top.json{which}")).expect(200).json()["data"][0].clone();
    (row["type"].as_str().unwrap().to_owned(), row["n"].as_i64().unwrap())
}

#[test]
fn a_deployment_waits_beside_the_live_one_and_gets_its_rows() {
    let disk = Arc::new(MemoryDisk::default());
    let client = TestClient::on_disk(disk.clone());
    live(&client);
    let check = client.post_project("/v1/deploy?check=true", NEXT).expect(200).json();
    assert_eq!(check["deployment"]["changed_datasource_names"], serde_json::json!(["sales"]));
    assert_eq!(check["deployment"]["data_movements"][0]["datasource_name"], "sales");
    let made = client.post_project("/v1/deploy", NEXT).expect(200).json();
    assert_eq!((&made["result"], &made["deployment"]["id"]), (&"success".into(), &"2".into()), "{made:#}");
    assert_eq!(
        (&made["deployment"]["live"], &made["deployment"]["status"]),
        (&false.into(), &"data_ready".into())
    );
    add(&client, 3);
    assert_eq!(top(&client, ""), ("Int32".to_owned(), 3));
    assert_eq!(top(&client, "?__tb__deployment=staging"), ("Int64".to_owned(), 3));
    client.get("/v0/datasources/by_day").expect(404);
    let sql = "/v0/sql?q=SELECT+sum(total)+AS+t+FROM+by_day+FORMAT+JSON&__tb__deployment=staging";
    assert_eq!(client.get(sql).expect(200).json()["data"][0]["t"], 6);
    client.post_project("/v1/deploy", LIVE).expect(200);
    assert!(client.post_project("/v1/deploy", &NEXT[..2]).expect(409).error().contains("deployment 2"));
    client.post("/v0/datasources/sales/truncate", "").expect(409);
    // It waits over a restart, too.
    block_on(client.instance.close()).unwrap();
    let client = TestClient::on_disk(disk);
    add(&client, 4);
    assert_eq!(top(&client, "?__tb__deployment=staging"), ("Int64".to_owned(), 4));
    let listed = client.get("/v1/deployments").expect(200).json();
    let lives: Vec<&serde_json::Value> =
        listed["deployments"].as_array().unwrap().iter().map(|d| &d["live"]).collect();
    assert_eq!(lives, [true, false]);
    client.post("/v1/deployments/2/set-live", "").expect(200);
    assert_eq!(top(&client, ""), ("Int64".to_owned(), 4));
    add(&client, 5);
    assert_eq!(client.lines("SELECT sum(total) AS t FROM by_day"), "{\"t\":15}\n");
    assert_eq!(client.row_count("sales"), 5);
    let gone = client.get("/v1/deployments/1").expect(200).json();
    assert_eq!(gone["deployment"]["status"], "deleted");
    assert_eq!(client.get("/v1/deployments/2").expect(200).json()["deployment"]["live"], true);
    client.get("/v0/pipes/top.json?__tb__deployment=staging").expect(404);
}

#[test]
fn a_discarded_deployment_leaves_nothing() {
    let client = TestClient::new();
    live(&client);
    client.post_project("/v1/deploy", NEXT).expect(200);
    client.delete("/v1/deployments/2").expect(200);
    client.get("/v0/pipes/top.json?__tb__deployment=staging").expect(404);
    assert_eq!(top(&client, ""), ("Int32".to_owned(), 2));
    let again = client.post_project("/v1/deploy?auto_promote=true", NEXT).expect(200).json();
    assert_eq!((&again["result"], &again["deployment"]["id"]), (&"success".into(), &"3".into()), "{again:#}");
    assert_eq!(top(&client, ""), ("Int64".to_owned(), 2));
    client.delete("/v1/deployments/3").expect(409);
    client.delete("/v1/deployments/9").expect(404);
}

#[test]
fn a_forward_query_carries_rows_over_what_types_do_not() {
    let client = TestClient::new();
    live(&client);
    let narrow = SALES.replace("`n` Int32", "`n` Int8");
    let refused = client
        .post_project("/v1/deploy", &[("sales.datasource", &narrow), ("top.pipe", TOP)])
        .expect(200)
        .json();
    let text = refused["errors"][0]["error"].as_str().unwrap().to_owned();
    assert!(
        text.contains("Int32 might contain values that won't fit inside a column of type Int8"),
        "{text}"
    );
    assert!(text.contains("FORWARD_QUERY"), "{text}");
    let with = format!("{narrow}\nFORWARD_QUERY >\n    SELECT day, toInt8(n + 10) AS n\n");
    let files = [("sales.datasource", &*with), ("top.pipe", TOP)];
    let made = client.post_project("/v1/deploy", &files).expect(200).json();
    assert_eq!(made["deployment"]["data_movements"][0]["kind"], "backfill_with_forward_query", "{made:#}");
    add(&client, 5);
    assert_eq!(top(&client, "?__tb__deployment=staging"), ("Int8".to_owned(), 15));
    client.post("/v1/deployments/2/set-live", "").expect(200);
    assert_eq!(client.lines("SELECT n FROM sales ORDER BY n"), "{\"n\":11}\n{\"n\":12}\n{\"n\":15}\n");
    // A value that does not fit stops the deployment; live stays.
    let failing =
        format!("{narrow}\nFORWARD_QUERY >\n    SELECT day, throwIf(n > 11) AS n\n").replace("Int8", "Int16");
    let failed = client
        .post_project("/v1/deploy?auto_promote=true", &[("sales.datasource", &failing), ("top.pipe", TOP)]);
    assert!(matches!(failed.status, 200 | 400), "{}", failed.text());
    assert_eq!(client.row_count("sales"), 3);
}

#[test]
fn a_changed_view_fills_its_target_again() {
    let client = TestClient::new();
    live(&client);
    let first = client.post_project("/v1/deploy?auto_promote=true", NEXT).expect(200).json();
    assert_eq!(first["result"], "success", "{first:#}");
    let doubled = VIEW.replace("sum(n)", "sum(n * 2)");
    let mut files = NEXT.to_vec();
    files[3].1 = &doubled;
    let made = client.post_project("/v1/deploy?auto_promote=true", &files).expect(200).json();
    assert_eq!(made["deployment"]["data_movements"][0]["source_mv_name"], "view", "{made:#}");
    assert_eq!(client.lines("SELECT sum(total) AS t FROM by_day"), "{\"t\":6}\n");
    add(&client, 10);
    assert_eq!(client.lines("SELECT sum(total) AS t FROM by_day"), "{\"t\":26}\n");
}

#[test]
fn a_deployment_cut_short_at_any_step_leaves_live_as_it_was() {
    let random = SeededRandom::new(5);
    let base = FaultDisk::new(Fault::default());
    {
        let disk = Arc::new(base);
        let client = TestClient::open(Settings::default(), Rc::new(NoNetwork), disk.clone());
        live(&client);
        block_on(client.instance.close()).unwrap();
        drop(client);
        let mut promoted = 0;
        let mut step = 0;
        loop {
            let copy = Arc::new(disk.restart(&random, Fault::default()));
            let client = TestClient::open(Settings::default(), Rc::new(NoNetwork), copy.clone());
            copy.set_fault(Fault { crash_at: Some(copy.steps() + step), ..Fault::default() });
            let made = client.post_project("/v1/deploy?auto_promote=true", NEXT);
            drop(client);
            let after = Arc::new(copy.restart(&random, Fault::default()));
            let client = TestClient::open(Settings::default(), Rc::new(NoNetwork), after);
            let (ty, n) = top(&client, "");
            assert_eq!((n, client.row_count("sales")), (2, 2), "step {step}");
            if ty == "Int64" {
                promoted += 1;
                assert_eq!(client.lines("SELECT sum(total) AS t FROM by_day"), "{\"t\":3}\n");
            } else {
                client.get("/v0/datasources/by_day").expect(404);
                client.get("/v0/pipes/top.json?__tb__deployment=staging").expect(404);
            }
            if made.status == 200 && made.json()["result"] == "success" {
                assert_eq!(ty, "Int64", "what was acknowledged is live");
                break;
            }
            step += 1;
            assert!(step < 2000, "it never succeeds");
        }
        assert!(promoted > 0 && step > 3, "{step} steps");
    }
}
