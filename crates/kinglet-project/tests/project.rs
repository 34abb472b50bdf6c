//! Whole projects: names, references, order, cycles, renames.

use std::collections::BTreeMap;

use kinglet_project::{
    EdgeKind, Entity, Graph, Project, ProjectOptions, Renamed, Target, TextEdit, apply_edits,
};

/// Splits a text into files at lines `=== path`.
fn files(text: &str) -> BTreeMap<String, String> {
    let mut files = BTreeMap::new();
    for part in text.split("=== ").filter(|part| !part.trim().is_empty()) {
        let (path, body) = part.split_once('\n').unwrap_or((part, ""));
        files.insert(path.trim().to_owned(), body.to_owned());
    }
    files
}

fn load(text: &str) -> Project {
    let mut options = ProjectOptions::default();
    options.secrets.insert("role".to_owned(), "arn:x".to_owned());
    Project::load(&files(text), &options)
}

fn messages(project: &Project) -> Vec<String> {
    project
        .problems
        .iter()
        .map(|found| {
            format!("{} {}: {}", found.path, found.problem.diagnostic.code, found.problem.diagnostic.message)
        })
        .collect()
}

const SHOP: &str = r#"
=== datasources/orders.datasource
TOKEN "shop_ingest" APPEND

SCHEMA >
    `at` DateTime64(3) `json:$.at`,
    `shop` LowCardinality(String) `json:$.shop`,
    `total` Float64 `json:$.total`

ENGINE "MergeTree"
ENGINE_SORTING_KEY "shop, at"
=== datasources/orders_by_day.datasource
SCHEMA >
    `day` Date,
    `shop` LowCardinality(String),
    `revenue` AggregateFunction(sum, Float64)

ENGINE "AggregatingMergeTree"
ENGINE_SORTING_KEY "shop, day"
=== datasources/snapshots.datasource
SCHEMA >
    `day` Date
=== materializations/roll_up.pipe
NODE daily
SQL >
    SELECT toDate(orders.at) AS day, shop, sumState(total) AS revenue
    FROM orders
    GROUP BY day, shop

TYPE materialized
DATASOURCE orders_by_day
=== endpoints/revenue.pipe
TOKEN "dash" READ

NODE merged
SQL >
    SELECT day, shop, sumMerge(revenue) AS revenue FROM orders_by_day GROUP BY day, shop

NODE filtered
SQL >
    %
    SELECT day, merged.revenue
    FROM merged
    WHERE 1 {% if defined(shop) %} AND shop = {{ String(shop) }} {% end %}

TYPE endpoint
=== copies/snapshot.pipe
NODE snap
SQL >
    SELECT day FROM revenue WHERE day NOT IN (SELECT day FROM snapshots)

TYPE copy
TARGET_DATASOURCE snapshots
=== sinks/to_lake.pipe
NODE out
SQL >
    SELECT count() FROM orders_quarantine JOIN tinybird.block_log ON 1

TYPE sink
EXPORT_CONNECTION_NAME lake
EXPORT_SCHEDULE @on-demand
EXPORT_BUCKET_URI s3://my-lake/orders
EXPORT_FILE_TEMPLATE part
=== connections/lake.connection
TYPE s3
S3_REGION eu-west-1
S3_ARN {{ tb_secret("role") }}
=== tests/revenue.yaml
- name: all
  parameters: ''
  expected_result: ''
=== fixtures/orders.ndjson
{}
"#;

#[test]
fn a_good_project_has_no_problems() {
    let project = load(SHOP);
    assert_eq!(messages(&project), [] as [&str; 0]);
    assert_eq!(project.datasources.len(), 3);
    assert_eq!(project.pipes.len(), 4);
    assert_eq!(project.tests[0].value[0].name, "all");
    assert_eq!(project.fixtures[0].name, "orders");
    assert_eq!(project.connection("lake").and_then(|c| c.value.settings.get("s3_arn")), Some("arn:x"));
}

#[test]
fn data_flows_in_order() {
    let graph = Graph::of(&load(SHOP));
    let edges: Vec<String> =
        graph.edges.iter().map(|edge| format!("{} -> {} {:?}", edge.from, edge.to, edge.kind)).collect();
    assert_eq!(
        edges,
        [
            "orders -> roll_up.daily Reads",
            "orders -> to_lake.out Reads",
            "orders_by_day -> revenue.merged Reads",
            "snapshots -> snapshot.snap Reads",
            "revenue.filtered -> snapshot.snap Reads",
            "revenue.merged -> revenue.filtered Reads",
            "roll_up.daily -> orders_by_day Materializes",
            "snapshot.snap -> snapshots Copies",
            "to_lake.out -> lake Exports",
        ]
    );
    let order = graph.topological_order().unwrap();
    let position = |name: &str| order.iter().position(|entity| entity.to_string() == name).unwrap();
    for edge in
        graph.edges.iter().filter(|edge| matches!(edge.kind, EdgeKind::Reads | EdgeKind::Materializes))
    {
        assert!(position(&edge.from.to_string()) < position(&edge.to.to_string()), "{edge:?}");
    }
    let orders = Entity::Datasource("orders".to_owned());
    let downstream: Vec<String> = graph.downstream(&orders).iter().map(ToString::to_string).collect();
    assert_eq!(
        downstream,
        [
            "lake",
            "orders_by_day",
            "snapshots",
            "revenue.filtered",
            "revenue.merged",
            "roll_up.daily",
            "snapshot.snap",
            "to_lake.out"
        ]
    );
    let filtered = Entity::Node { pipe: "revenue".to_owned(), node: "filtered".to_owned() };
    assert_eq!(graph.upstream(&filtered).len(), 4);
}

#[test]
fn what_is_wrong_between_files_is_reported() {
    let project = load(
        "=== a.datasource\nSCHEMA >\n    x Int8\n=== pipes/a.pipe\nNODE n\nSQL >\n    SELECT 1 FROM n\nNODE n\nSQL >\n    \
         SELECT 1 FROM aa, zzzzzz\nTYPE materialized\nDATASOURCE b\n=== 2.datasource\nSCHEMA >\n    x Int8\n\
         IMPORT_CONNECTION_NAME c\nIMPORT_SCHEDULE @auto\nIMPORT_BUCKET_URI s3://x\n=== tests/q.yaml\n[]\n\
         === fixtures/f.csv\na\n",
    );
    assert_eq!(
        messages(&project),
        [
            "2.datasource project/name: '2' cannot be the name of a resource: it starts with a digit",
            "pipes/a.pipe project/duplicate: 'a' is defined twice, here and in a.datasource",
            "pipes/a.pipe project/duplicate-node: The pipe has two nodes named 'n'",
            "pipes/a.pipe project/self-reference: Node 'n' reads itself",
            "pipes/a.pipe project/unknown-table: Resource 'aa' not found",
            "pipes/a.pipe project/unknown-table: Resource 'zzzzzz' not found",
            "pipes/a.pipe project/unknown-target: Data Source 'b', which node 'n' writes to, not found",
            "2.datasource project/unknown-connection: Connection 'c' not found",
            "tests/q.yaml project/unused-file: All tests skipped (q.pipe not found)",
            "fixtures/f.csv project/unused-file: The fixture is not used: there is no data source 'f'",
        ]
    );
    let unknown = project.problems.iter().find(|p| p.problem.diagnostic.message.contains("'aa'")).unwrap();
    let text = &project.pipes[0].text;
    assert_eq!(unknown.problem.diagnostic.span.text(text), "aa");
    assert_eq!(unknown.text, "Resource 'aa' not found\nDid you mean 'a'?");
}

#[test]
fn queries_and_tables_are_checked() {
    let project = load(
        "=== d.datasource\nSCHEMA >\n    a Int8 `json:$.a[:]`,\n    a Array(Int8) `json:$.b[:]`\nENGINE Foo\n=== p.pipe\nNODE x\n\
         SQL >\n    SELECT 1 FROM d WHERE\nNODE y\nSQL >\n    %\n    SELECT {{ Int8(q) }}\nNODE z\nSQL >\n    %\n    \
         SELECT {{ tb_secret('none') }}\n",
    );
    let codes: Vec<&str> = project.problems.iter().map(|found| &*found.problem.diagnostic.code).collect();
    assert_eq!(
        codes,
        [
            "project/engine",
            "project/json-path",
            "project/duplicate-column",
            "project/sql",
            "project/template",
            "project/template",
        ]
    );
}

#[test]
fn tables_of_templates_count_in_every_alternative() {
    let project = load(
        "=== a.datasource\nSCHEMA >\n    x Int8\n=== b.datasource\nSCHEMA >\n    x Int8\n=== p.pipe\nNODE n\nSQL >\n    %\n    SELECT 1 \
         FROM {% if defined(g) and g == 'gone' %} gone {% elif defined(g) %} a {% else %} b {% end %}\nNODE m\nSQL >\n    %\n    \
         SELECT 1 FROM {{ table(String(t, 'a')) }}\nNODE o\nSQL >\n    %\n    SELECT 1 FROM {% if defined(g) %} a {% else %} nowhere \
         {% end %}\n",
    );
    let severities: Vec<String> = project
        .problems
        .iter()
        .map(|found| format!("{:?} {}", found.problem.diagnostic.severity, found.problem.diagnostic.message))
        .collect();
    assert_eq!(severities, ["Warning Resource 'gone' not found", "Error Resource 'nowhere' not found"]);
    let edges: Vec<String> =
        Graph::of(&project).edges.iter().map(|edge| format!("{} -> {}", edge.from, edge.to)).collect();
    assert_eq!(edges, ["a -> p.m", "a -> p.n", "a -> p.o", "b -> p.n"]);
}

#[test]
fn a_materialization_has_one_trigger() {
    let project = load(SHOP);
    let pipe = project.pipe("roll_up").unwrap();
    assert_eq!(project.trigger(pipe, &pipe.value.nodes[0]), Ok(Some("orders".to_owned())));

    let project = load(
        "=== d.datasource\nSCHEMA >\n    a Int8\n=== p.pipe\nNODE x\nSQL >\n    %SELECT a FROM d {% if defined(q1) %} WHERE 1 {% end %}\n\
         NODE y\nSQL >\n    SELECT a FROM (SELECT * FROM x)\nTYPE materialized\nDATASOURCE d\n=== q.pipe\nNODE z\nSQL >\n    \
         SELECT a FROM numbers(3)\nTYPE materialized\nDATASOURCE d\n",
    );
    let pipe = project.pipe("p").unwrap();
    assert_eq!(project.trigger(pipe, &pipe.value.nodes[1]), Ok(Some("d".to_owned())));
    assert_eq!(project.trigger(pipe, &pipe.value.nodes[0]), Ok(None));
    let found = messages(&project);
    assert!(found.iter().any(|m| m.starts_with("q.pipe project/materialization")), "{found:?}");
    // What is materialized into its own source is a cycle.
    assert!(found.iter().any(|m| m.contains("project/cycle")), "{found:?}");
}

#[test]
fn places_survive_secrets() {
    let text = "=== d.datasource\nSCHEMA >\n    a Int8\nKAFKA_TOPIC {{ tb_secret(\"role\") }}\nKAFKA_GROUP_ID g\nKAFKA_CONNECTION_NAME lake\n\
                === lake.connection\nTYPE kafka\n=== e.datasource\nSCHEMA >\n    a Int8\nKAFKA_TOPIC {{ tb_secret('role') }}\n\
                KAFKA_GROUP_ID g\nKAFKA_CONNECTION_NAME {{ tb_secret('none', 'lake') }}x\n";
    let project = load(text);
    assert_eq!(messages(&project), ["e.datasource project/unknown-connection: Connection 'lakex' not found"]);
    let unknown = &project.problems[0].problem.diagnostic;
    assert_eq!(unknown.span.text(&files(text)["e.datasource"]), "{{ tb_secret('none', 'lake') }}");
    let rename = project.rename(&Renamed::Connection("lake".to_owned()), "sea").unwrap();
    assert_eq!(rename.edits.keys().collect::<Vec<_>>(), ["d.datasource"]);
    let edited = apply_edits(&files(text)["d.datasource"], &rename.edits["d.datasource"]);
    assert!(
        edited.ends_with("{{ tb_secret(\"role\") }}\nKAFKA_GROUP_ID g\nKAFKA_CONNECTION_NAME sea\n"),
        "{edited}"
    );
}

#[test]
fn the_reference_under_the_cursor() {
    let project = load(SHOP);
    let text = &project.pipe("revenue").unwrap().text;
    let at = text.rfind("merged").unwrap() + 2;
    let found = project.reference_at("endpoints/revenue.pipe", at).unwrap();
    assert_eq!(found.target, Target::Node { pipe: "revenue".to_owned(), node: "merged".to_owned() });
    assert_eq!(found.span.text(text), "merged");
    assert_eq!(project.reference_at("endpoints/revenue.pipe", 0), None);
}

#[test]
fn keys_name_columns_of_the_schema() {
    let with = |options: &str| {
        let text = format!(
            "=== d.datasource\nSCHEMA >\n    `at` DateTime,\n    `zone.name` String,\n    t Tuple(a Int8)\nENGINE MergeTree\n{options}\n"
        );
        messages(&load(&text))
    };
    for options in [
        "ENGINE_SORTING_KEY at, `zone.name`, t.a",
        "ENGINE_SORTING_KEY \"tuple(toDate(at), cityHash64(`zone.name`) % 8)\"",
        "ENGINE_PARTITION_KEY \"toYYYYMM(at)\"\nENGINE_TTL \"at + INTERVAL 3 DAY\"",
        "ENGINE_SORTING_KEY arrayMap(x -> x + 1, [t.a])",
        "ENGINE_TTL \"at + INTERVAL 1 DAY DELETE WHERE nothing = 1\"",
        "ENGINE_PARTITION_KEY \"\"",
    ] {
        assert_eq!(with(options), [] as [&str; 0], "{options}");
    }
    let found = with("ENGINE_SORTING_KEY \"toDate(att), at\"\nENGINE_PARTITION_KEY day");
    assert_eq!(
        found,
        [
            "d.datasource project/unknown-column: Column 'att', which ENGINE_SORTING_KEY names, is not in the SCHEMA",
            "d.datasource project/unknown-column: Column 'day', which ENGINE_PARTITION_KEY names, is not in the SCHEMA",
        ]
    );
}

#[test]
fn cycles_are_named() {
    let project = load(
        "=== a.pipe\nNODE x\nSQL >\n    SELECT 1 FROM y\nNODE y\nSQL >\n    SELECT 1 FROM b\n=== b.pipe\nNODE z\nSQL >\n    \
         SELECT 1 FROM a\n=== c.pipe\nNODE w\nSQL >\n    SELECT 1 FROM b\n",
    );
    let found = messages(&project);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].contains("Circular dependencies exist among these items"), "{found:?}");
    for name in ["'b.z'", "'a.y'"] {
        assert!(found[0].contains(name), "{found:?}");
    }
    assert!(!found[0].contains("c.w"), "{found:?}");
}

#[test]
fn vendored_resources_are_read_by_workspace() {
    let project = load(
        "=== vendor/ops/datasources/hits.datasource\nSCHEMA >\n    x Int8\n=== a.pipe\nNODE n\nSQL >\n    SELECT 1 FROM ops.hits\n",
    );
    assert_eq!(messages(&project), [] as [&str; 0]);
    assert_eq!(Graph::of(&project).edges.len(), 1);
}

fn renamed(text: &str, what: &Renamed, name: &str) -> (BTreeMap<String, String>, BTreeMap<String, String>) {
    let files = files(text);
    let project = Project::load(&files, &ProjectOptions::default());
    let rename = project.rename(what, name).unwrap();
    let edited: BTreeMap<String, String> = rename
        .edits
        .iter()
        .map(|(path, edits): (_, &Vec<TextEdit>)| (path.clone(), apply_edits(&files[path], edits)))
        .collect();
    (edited, rename.moves)
}

#[test]
fn renames_reach_every_use() {
    let (edited, moves) = renamed(SHOP, &Renamed::Datasource("orders".to_owned()), "sales");
    assert!(edited["materializations/roll_up.pipe"].contains("toDate(sales.at)"));
    assert!(edited["materializations/roll_up.pipe"].contains("FROM sales\n"));
    assert!(edited["sinks/to_lake.pipe"].contains("FROM sales_quarantine"));
    assert_eq!(edited.len(), 2);
    assert_eq!(moves["datasources/orders.datasource"], "datasources/sales.datasource");
    assert_eq!(moves["fixtures/orders.ndjson"], "fixtures/sales.ndjson");

    let (edited, _) = renamed(SHOP, &Renamed::Datasource("snapshots".to_owned()), "shots");
    assert!(edited["copies/snapshot.pipe"].contains("FROM shots)"));
    assert!(edited["copies/snapshot.pipe"].contains("TARGET_DATASOURCE shots\n"));

    let what = Renamed::Node { pipe: "revenue".to_owned(), node: "merged".to_owned() };
    let (edited, moves) = renamed(SHOP, &what, "joined");
    let pipe = &edited["endpoints/revenue.pipe"];
    assert!(
        pipe.contains("NODE joined\n") && pipe.contains("FROM joined\n") && pipe.contains("joined.revenue")
    );
    assert!(!pipe.contains("merged"));
    assert!(moves.is_empty());

    let (edited, moves) = renamed(SHOP, &Renamed::Pipe("revenue".to_owned()), "income");
    assert!(edited["copies/snapshot.pipe"].contains("FROM income WHERE"));
    assert_eq!(moves["tests/revenue.yaml"], "tests/income.yaml");

    let (edited, moves) = renamed(SHOP, &Renamed::Connection("lake".to_owned()), "ocean");
    assert!(edited["sinks/to_lake.pipe"].contains("EXPORT_CONNECTION_NAME ocean\n"));
    assert_eq!(moves["connections/lake.connection"], "connections/ocean.connection");

    let project = load(SHOP);
    for (what, name) in [("orders", "revenue"), ("orders", "2x"), ("nothing", "x")] {
        assert!(project.rename(&Renamed::Datasource(what.to_owned()), name).is_err());
    }
}

#[test]
fn included_text_is_part_of_the_file_and_problems_point_into_it() {
    let text = "=== pipes/a.pipe\nINCLUDE \"../inc/nodes.incl\" \"T=missing\"\nTYPE endpoint\n=== inc/nodes.incl\nNODE n\nSQL >\n    SELECT 1 FROM $T\n";
    let project = load(text);
    assert_eq!(messages(&project), ["inc/nodes.incl project/unknown-table: Resource 'missing' not found"]);
    assert_eq!(project.pipes[0].value.nodes[0].r#type.as_deref(), Some("endpoint"));
}
