/** Buckets and servers that sinks write to and imports read from, driven for real by `cargo xtask serve`. */
import { execFile, spawn, type ChildProcess } from "node:child_process";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { expectOk, NativeServer, type NativeWorkspace } from "./server.ts";

const run = promisify(execFile);
const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** A server that speaks S3, keeps its buckets in a folder and verifies every signature (crate `s3s-fs`). */
const S3_VERSION = "0.14.1";
const ACCESS_KEY = "test-key";
const SECRET = "test-secret";

async function s3Program(): Promise<string> {
  const folder = join(root, "node_modules", ".cache", "kinglet-clients", `s3s-fs-${S3_VERSION}`);
  const program = join(folder, "bin", "s3s-fs");
  if (!existsSync(program)) {
    const args = ["install", "--quiet", "--locked", "s3s-fs", "--version", S3_VERSION, "--features", "binary", "--root", folder];
    await run("cargo", args, { cwd: root });
  }
  return program;
}

const sales = `SCHEMA >
    \`day\` Date \`json:$.day\`,
    \`shop\` String \`json:$.shop\`,
    \`total\` Float64 \`json:$.total\`

ENGINE "MergeTree"
ENGINE_SORTING_KEY "day"
`;
const connection = `TYPE s3
S3_REGION us-east-1
S3_ARN arn:aws:iam::123456789012:role/x
`;
const sink = (settings: string) => `NODE out
SQL >
    SELECT day, shop, total FROM sales ORDER BY day, shop

TYPE sink
EXPORT_CONNECTION_NAME lake
EXPORT_SCHEDULE @on-demand
${settings}`;

const project: Record<string, string> = {
  "datasources/sales.datasource": sales,
  "datasources/found.datasource": `${sales}
IMPORT_CONNECTION_NAME lake
IMPORT_BUCKET_URI s3://shop/in/**/*.{csv,ndjson.gz}
IMPORT_SCHEDULE @on-demand
`,
  "connections/lake.connection": connection,
  "connections/hook.connection": connection,
  "sinks/to_lake.pipe": sink("EXPORT_BUCKET_URI s3://shop/out\nEXPORT_FILE_TEMPLATE dt={day, '%Y%m%d'}/{shop}\nEXPORT_FORMAT csv\n"),
  "sinks/to_hook.pipe": sink("EXPORT_BUCKET_URI s3://shop\nEXPORT_FILE_TEMPLATE all\nEXPORT_FORMAT ndjson\nEXPORT_COMPRESSION gz\n").replace("lake", "hook"),
};

const folder = mkdtempSync(join(tmpdir(), "kinglet-s3-"));
const server = new NativeServer();
let bucket: ChildProcess;
let endpoint = "";
let workspace: NativeWorkspace;

/** Ask the workspace; the document of the answer. */
async function ask(method: string, path: string, body?: string): Promise<any> {
  const headers = { Authorization: `Bearer ${workspace.token}` };
  return expectOk(await fetch(`${server.url}${path}`, { method, headers, body }));
}

async function rows(sql: string): Promise<any[]> {
  return (await ask("POST", "/v0/sql", `${sql} FORMAT JSON`)).data;
}

function deliverToBucket(secret: string): Promise<any> {
  const settings = { kind: "s3", endpoint, region: "us-east-1", access_key: ACCESS_KEY, secret };
  return ask("PUT", "/v0/deliveries/lake", JSON.stringify(settings));
}

beforeAll(async () => {
  const [program] = await Promise.all([s3Program(), server.start()]);
  mkdirSync(join(folder, "shop"));
  const port = await freePort();
  const args = ["--host", "127.0.0.1", "--port", String(port), "--access-key", ACCESS_KEY, "--secret-key", SECRET, folder];
  bucket = spawn(program, args, { stdio: "ignore" });
  endpoint = `http://127.0.0.1:${port}`;
  await reachable(endpoint);
  workspace = await server.workspace("targets", project);
  const events = ["2026-05-01", "2026-05-02", "2026-05-02"].map((day, at) => JSON.stringify({ day, shop: "ab"[at % 2], total: at }));
  await ask("POST", "/v0/events?name=sales&wait=true", events.join("\n"));
}, 1_800_000);

afterAll(() => {
  bucket?.kill();
  server.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.on("listening", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function reachable(url: string): Promise<void> {
  for (let tries = 0; tries < 100; tries++) {
    if (await fetch(url).then(() => true, () => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`nothing answers at ${url}`);
}

test("a host is asked for before anything is sent to it", async () => {
  await deliverToBucket(SECRET);
  const headers = { Authorization: `Bearer ${workspace.token}` };
  const refused = await fetch(`${server.url}/v0/pipes/to_lake/sink`, { method: "POST", headers });
  expect([refused.status, (await refused.json()).code]).toEqual([403, "host_not_allowed"]);
  await ask("POST", `/v0/hosts?host=${new URL(endpoint).host}`);
});

test("a wrong secret is refused by the bucket", async () => {
  await deliverToBucket("another");
  const { job } = await ask("POST", "/v0/pipes/to_lake/sink");
  expect(job.status).toBe("error");
  expect(job.error).toMatch(/status 403/);
  expect(readdirSync(join(folder, "shop"))).toEqual([]);
  await deliverToBucket(SECRET);
});

test("a sink writes its files into the bucket, and never over others", async () => {
  for (const times of [1, 2]) {
    const { job } = await ask("POST", "/v0/pipes/to_lake/sink");
    expect([job.status, job.error], String(times)).toEqual(["done", undefined]);
  }
  const out = join(folder, "shop", "out");
  expect(readdirSync(join(out, "dt=20260502")).sort()).toEqual(["a.csv", "a_1.csv", "b.csv", "b_1.csv"]);
  expect(readFileSync(join(out, "dt=20260501", "a.csv"), "utf8")).toBe('"day","shop","total"\n"2026-05-01","a",0\n');
});

test("a data source reads the bucket's files once each", async () => {
  const into = join(folder, "shop", "in");
  mkdirSync(join(into, "deep", "er"), { recursive: true });
  writeFileSync(join(into, "one.csv"), "day,shop,total\n2026-06-01,x,1\n2026-06-01,y,2\n");
  writeFileSync(join(into, "deep", "er", "two & 2.ndjson.gz"), gzipSync('{"day":"2026-06-02","shop":"z","total":3}\n'));
  writeFileSync(join(into, "three.txt"), "no match");
  const first = await ask("POST", "/v0/datasources/found/scheduling/runs");
  expect(first.jobs.map((job: any) => [job.kind, job.status])).toEqual([["import", "done"], ["import", "done"]]);
  expect(await rows("SELECT shop, total FROM found ORDER BY shop")).toEqual([
    { shop: "x", total: 1 },
    { shop: "y", total: 2 },
    { shop: "z", total: 3 },
  ]);
  const second = await ask("POST", "/v0/datasources/found/scheduling/runs");
  expect([second.jobs, second.known_files]).toEqual([[], 2]);
  writeFileSync(join(into, "four.csv"), "day,shop,total\n2026-06-03,w,4\nnever,w,4\n");
  const third = await ask("POST", "/v0/datasources/found/scheduling/runs");
  expect(third.jobs.map((job: any) => [job.status, job.quarantine_rows])).toEqual([["done", 1]]);
  expect(await rows("SELECT count() AS n FROM found")).toEqual([{ n: 4 }]);
});

/** A server of HTTP, with what it was asked. */
async function target(answer: (request: IncomingMessage, asked: number) => [number, string]): Promise<[Server, string, { request: IncomingMessage; body: Buffer }[]]> {
  const asked: { request: IncomingMessage; body: Buffer }[] = [];
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    asked.push({ request, body: Buffer.concat(pieces) });
    const [status, text] = answer(request, asked.length);
    response.writeHead(status).end(text);
  });
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.on("listening", resolve));
  return [server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked];
}

test("a target that fails twice and then works gets the file", { timeout: 120_000 }, async () => {
  const [hook, url, asked] = await target((_, asked) => (asked <= 2 ? [503, "not now"] : [201, ""]));
  const settings = { kind: "http", url: `${url}/hook`, method: "POST", headers: [["x-key", "k1"]] };
  await ask("PUT", "/v0/deliveries/hook", JSON.stringify(settings));
  await ask("POST", `/v0/hosts?host=${new URL(url).host}`);
  const { job } = await ask("POST", "/v0/pipes/to_hook/sink");
  expect([job.status, job.error]).toEqual(["done", undefined]);
  expect(asked.map(({ request }) => [request.method, request.url, request.headers["x-key"]])).toEqual(
    Array.from({ length: 3 }, () => ["POST", "/hook/shop/all.ndjson.gz", "k1"]),
  );
  const lines = gunzipSync(asked[2]!.body).toString().trim().split("\n");
  expect(lines.map((line) => JSON.parse(line).total)).toEqual([0, 2, 1]);
  const [log] = await rows("SELECT service, result, written_rows FROM tinybird.sinks_ops_log WHERE pipe_name = 'to_hook'");
  expect(log).toEqual({ service: "http", result: "ok", written_rows: 3 });
  hook.close();
});

test("a file is fetched from an address, with a header that it needs", async () => {
  const csv = "day,shop,total\n2026-07-01,u,1\n";
  const [site, url] = await target((request) => (request.headers["x-key"] === "k2" ? [200, csv] : [401, "no"]));
  await ask("POST", `/v0/hosts?host=${new URL(url).host}`);
  const query = new URLSearchParams({ name: "sales", mode: "append", url: `${url}/sales.csv` });
  const headers = { Authorization: `Bearer ${workspace.token}` };
  const refused = await fetch(`${server.url}/v0/datasources?${query}`, { method: "POST", headers });
  expect([refused.status, (await refused.json()).error]).toEqual([400, expect.stringMatching(/status 401/)]);
  query.append("url_header", "X-Key: k2");
  await ask("POST", `/v0/datasources?${query}`);
  expect(await rows("SELECT count() AS n FROM sales WHERE shop = 'u'")).toEqual([{ n: 1 }]);
  site.close();
});
