/** Tinybird's own command line, unmodified, against `cargo xtask serve`, as a person works with it. */
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { project } from "./project.ts";
import { pythonClients } from "./python.ts";
import { NativeServer } from "./server.ts";
import { told } from "./told.ts";

const server = new NativeServer();
const folder = mkdtempSync(join(tmpdir(), "kinglet-tb-"));
const calls: string[] = [];
let bin = "";

function write(path: string, text: string): void {
  const file = join(folder, "project", path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

beforeAll(async () => {
  for (const [path, text] of Object.entries(project)) write(path, text);
  mkdirSync(join(folder, "home"));
  [bin] = await Promise.all([pythonClients("tb"), server.start()]);
}, 1_200_000);

afterAll(() => {
  server.stop();
  rmSync(folder, { recursive: true, force: true });
  told("tb", calls);
});

/** Run `tb --local …` in the project's folder; everything it prints. */
async function tb(args: string[], wanted = 0): Promise<string> {
  const port = new URL(server.url).port;
  const env = {
    ...process.env,
    HOME: join(folder, "home"),
    TB_LOCAL_HOST: "http://localhost",
    TB_LOCAL_PORT: port,
    TB_LOCAL_CLICKHOUSE_INTERFACE_PORT: String(server.clickhousePort),
    TB_VERSION_WARNING: "0",
    TB_CLI_TELEMETRY_OPTOUT: "1",
    COLUMNS: "200",
  };
  const child = spawn(join(bin, "tb"), ["--local", ...args], { cwd: join(folder, "project"), env });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (piece: Buffer) => (text += piece.toString()));
  child.stdin.end();
  const code = await new Promise((resolve) => child.on("close", resolve));
  expect(code, `tb ${args.join(" ")}\n${text}`).toBe(wanted);
  return text;
}

/** A call of the command line: what to run, and what it must print. */
function call(name: string, args: string[], ...prints: (string | RegExp)[]): void {
  test(`tb ${name}`, { timeout: 120_000, retry: 0 }, async () => {
    const text = await tb(args);
    for (const print of prints) expect(text).toMatch(print);
    calls.push(name);
  });
}

call("build", ["build"], "orders.datasource created", "top_products.pipe created", "Build completed");
call("build, nothing changed", ["build"], "No changes. Build skipped.");
call("sql", ["sql", "SELECT count() AS n FROM orders"], /\b200\b/);
call("endpoint ls", ["endpoint", "ls"], "top_products", "all_products");
call("endpoint data", ["endpoint", "data", "top_products", "--limit", "1"], /tea/);
call("endpoint url", ["endpoint", "url", "top_products"], /v0\/pipes\/top_products\.json\?/);
call("endpoint token", ["endpoint", "token", "top_products"], /p\.|token/i);
call("test run", ["test", "run"], "best passed", "bad_limit passed", "1/1 passed");
call("datasource ls", ["datasource", "ls"], "orders", "daily_sales");
const event = '{"order_id":900,"ordered_at":"2026-04-01 10:00:00","product":"urn","amount":9}';
call("datasource append --events", ["datasource", "append", "orders", "--events", event], "1 row appended");
test("tb datasource append --file", { timeout: 120_000 }, async () => {
  write("more.csv", "order_id,ordered_at,product,amount\n901,2026-04-01 10:00:00,urn,1\n902,never,urn,1\n");
  const text = await tb(["datasource", "append", "orders", "--file", "more.csv"]);
  expect(text).toMatch("Rows appended");
  expect(await tb(["sql", "SELECT count() AS n FROM orders WHERE order_id = 901"])).toMatch(/\b1\b/);
  calls.push("datasource append --file");
});
call("datasource data", ["datasource", "data", "orders"], "order_id");
call("datasource delete --sql-condition", ["datasource", "delete", "orders", "--sql-condition", "order_id = 901", "--yes", "--wait"], /delet/i);
test("tb datasource replace --sql-condition", { timeout: 120_000 }, async () => {
  write("again.csv", "order_id,ordered_at,product,amount\n900,2026-04-01 10:00:00,urn,10\n");
  await tb(["datasource", "replace", "orders", "again.csv", "--sql-condition", "order_id = 900"]);
  expect(await tb(["sql", "SELECT amount FROM orders WHERE order_id = 900"])).toMatch(/\b10\b/);
  calls.push("datasource replace --sql-condition");
});
test("tb datasource export", { timeout: 120_000 }, async () => {
  await tb(["datasource", "export", "products", "--format", "csv"]);
  calls.push("datasource export");
});
test("tb datasource analyze", { timeout: 120_000 }, async () => {
  expect(await tb(["datasource", "analyze", "more.csv"])).toMatch(/order_id/);
  calls.push("datasource analyze");
});
call("copy ls", ["copy", "ls"], "fill_totals");
call("copy run --wait", ["copy", "run", "fill_totals", "--wait"], "Data copied to 'product_totals'");
call("pipe ls", ["pipe", "ls"], "by_day");
call("materialization ls", ["materialization", "ls"], "by_day");
call("sink ls", ["sink", "ls"], "hand_out");
call("token ls", ["token", "ls"], "workspace admin token");
call("token create static", ["token", "create", "static", "mine", "--scope", "DATASOURCES:READ", "--resource", "orders"], "generated successfully");
call("token scopes", ["token", "scopes", "mine"], /orders/);
call("token create jwt", ["token", "create", "jwt", "short", "--ttl", "1h", "--scope", "PIPES:READ", "--resource", "top_products"], /eyJ/);
call("token refresh", ["token", "refresh", "mine", "--yes"], /refresh/i);
call("token rm", ["token", "rm", "mine", "--yes"], /removed|deleted/i);
call("secret set", ["secret", "set", "key", "value"], "Secret 'key' set");
call("secret ls", ["secret", "ls"], "key");
call("secret rm", ["secret", "rm", "key"], /removed|deleted/i);
call("job ls", ["job", "ls"], "import");
call("connection ls", ["connection", "ls"], "lake");
call("endpoint stats", ["endpoint", "stats", "top_products"], "top_products");
call("logs", ["logs"], "pipe_stats_rt");
call("datasource truncate", ["datasource", "truncate", "product_totals", "--yes"], /truncated/i);
call("deploy, no changes", ["deploy"], "No changes");
test("tb deploy --check, deploy", { timeout: 120_000 }, async () => {
  const path = "endpoints/top_products.pipe";
  write(path, project[path]!.replace("Int32(limit, 10)", "Int32(limit, 3)"));
  expect(await tb(["deploy", "--check"])).toMatch(/top_products[\s\S]*valid/);
  expect(await tb(["deploy"])).toMatch(/is live/);
  calls.push("deploy --check", "deploy");
});
test("tb deployment create, ls, promote", { timeout: 120_000 }, async () => {
  write("endpoints/n_orders.pipe", "NODE n\nSQL >\n    SELECT count() AS n FROM orders\n\nTYPE endpoint\n");
  expect(await tb(["deployment", "create", "--wait"])).toMatch(/n_orders/);
  expect(await tb(["deployment", "ls"])).toMatch(/Staging/);
  expect(await tb(["--staging", "endpoint", "data", "n_orders"])).toMatch(/\d/);
  await tb(["deployment", "promote"]);
  calls.push("deployment create", "deployment ls", "--staging", "deployment promote");
});
test("tb deployment discard", { timeout: 120_000 }, async () => {
  write("endpoints/n_orders.pipe", "NODE n\nSQL >\n    SELECT count() + 1 AS n FROM orders\n\nTYPE endpoint\n");
  await tb(["deployment", "create", "--wait"]);
  await tb(["deployment", "discard"]);
  expect(await tb(["deployment", "ls"])).not.toMatch(/Staging/);
  calls.push("deployment discard");
});
test("tb deploy refuses to delete, unless told to", { timeout: 120_000 }, async () => {
  rmSync(join(folder, "project", "endpoints/n_orders.pipe"));
  expect(await tb(["deploy"], 1)).toMatch(/destructive/i);
  await tb(["deploy", "--allow-destructive-operations"]);
  calls.push("deploy --allow-destructive-operations");
});
test("tb build tells what is wrong, file by file", { timeout: 120_000 }, async () => {
  write("endpoints/wrong.pipe", "NODE n\nSQL >\n    SELECT nothing FROM orders\n\nTYPE endpoint\n");
  expect(await tb(["build"], 1)).toMatch(/wrong\.pipe[\s\S]*nothing[\s\S]*Build failed/);
  rmSync(join(folder, "project", "endpoints/wrong.pipe"));
  calls.push("build that fails");
});
test("tb pull", { timeout: 120_000 }, async () => {
  const file = join(folder, "project", "datasources/orders.datasource");
  rmSync(file);
  await tb(["pull", "--force"]);
  const found = [file, join(folder, "project", "orders.datasource")].find((path) => existsSync(path));
  expect(readFileSync(found!, "utf8")).toMatch(/order_id/);
  calls.push("pull");
});
