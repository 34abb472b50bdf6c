/** JavaScript's clients, unmodified, in a page, through the service worker. */
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { controlled, requestIn } from "../harness/page.ts";
import { scene } from "../harness/scene.ts";
import { adminHeaders } from "../harness/workspace.ts";
import { bundleClients } from "./page-bundle.ts";
import { project } from "./project.ts";
import { told } from "./told.ts";

// Both clients put `/v0` at the root of the origin, whatever path their base URL has.
const site = await scene("/");
const calls: Record<string, string[]> = { "@tinybirdco/sdk": [], "@chronark/zod-bird": [] };
let page: Page;
let token = "";

/** What the page has: `clients` of the bundle, and where the API is. */
interface ClientsWindow {
  clients: any;
  at: { baseUrl: string; token: string };
}

beforeAll(async () => {
  await bundleClients(join(site.server.folder, "clients.js"));
  await prepare();
}, 180_000);

/** A page whose engine holds the project, with the clients loaded. */
async function prepare(): Promise<void> {
  page = await site.open();
  expect(await controlled(page)).toBe(true);
  const headers = await adminHeaders(page);
  token = headers.Authorization!.slice("Bearer ".length);
  const built = await page.evaluate(
    async ([files, headers]) => {
      const form = new FormData();
      for (const [path, text] of Object.entries(files)) {
        if (/\.(datasource|pipe|connection)$/.test(path)) form.append("data_project://", new Blob([text]), path);
      }
      return (await fetch("v1/build", { method: "POST", headers, body: form })).json();
    },
    [project, headers] as const,
  );
  expect(built).toMatchObject({ result: "success" });
  const body = project["fixtures/orders.ndjson"]!;
  await requestIn(page, "v0/datasources?name=orders&mode=append&format=ndjson", { method: "POST", headers, body });
  await loadClients();
}

async function loadClients(): Promise<void> {
  await page.addScriptTag({ url: `${site.server.url}clients.js`, type: "module" });
  await page.evaluate((token) => {
    const at = { baseUrl: new URL("./", location.href).href.replace(/\/$/, ""), token };
    (window as unknown as ClientsWindow).at = at;
  }, token);
}

afterAll(() => Object.entries(calls).forEach(([client, calls]) => told(client, calls)));

/** Make a call in the page and tell its result. */
function call(client: string, name: string, inPage: (clients: any, at: ClientsWindow["at"]) => unknown, wanted: unknown): void {
  test(`${client}: ${name}`, async () => {
    // Tests of a file share the page; a scene closes it after each.
    if (page.isClosed()) await reopened();
    const found = await page.evaluate(`(${inPage})(window.clients, window.at)`);
    if (wanted instanceof Object && !Array.isArray(wanted)) expect(found).toMatchObject(wanted);
    else expect(found).toEqual(wanted);
    calls[client]!.push(name);
  });
}

async function reopened(): Promise<void> {
  page = await site.open();
  await loadClients();
}

const sdk = "@tinybirdco/sdk";
call(sdk, "query", async (clients, at) => {
  const answer = await clients.createClient(at).query("top_products", { limit: 2, since: "2026-01-01" });
  return [answer.data.length, answer.meta.map((column: any) => column.name), answer.rows];
}, [2, ["product", "category", "revenue"], 2]);
call(sdk, "query that fails", async (clients, at) => {
  const error = await clients.createClient(at).query("top_products", { limit: "x" }).catch((error: unknown) => error);
  return { status: error.statusCode, message: error.message };
}, { status: 400, message: "Template Syntax Error: Error validating 'x' to type Int32" });
call(sdk, "sql", async (clients, at) => (await clients.createClient(at).sql("SELECT count() AS n FROM orders")).data, [{ n: 200 }]);
call(sdk, "ingest", (clients, at) => {
  const order = { order_id: 301, ordered_at: "2026-03-01 00:00:00", product: "jug", amount: 1 };
  return clients.createClient(at).ingest("orders", order);
}, { successful_rows: 1, quarantined_rows: 0 });
call(sdk, "ingestBatch, one row refused", (clients, at) => {
  const order = { order_id: 302n, ordered_at: "2026-03-01 00:00:00", product: "jug", amount: 1 };
  return clients.createClient(at).ingestBatch("orders", [order, { ...order, amount: "much" }]);
}, { successful_rows: 1, quarantined_rows: 1 });
call(sdk, "ingest without waiting", (clients, at) => {
  const order = { order_id: 303, ordered_at: "2026-03-01 00:00:00", product: "jug", amount: 1 };
  return clients.createClient(at).datasources.ingest("orders", order, { wait: false });
}, { successful_rows: 1, quarantined_rows: 0 });
call(sdk, "datasources.delete, first dry", async (clients, at) => {
  const { datasources } = clients.createClient(at);
  const dry = await datasources.delete("orders", { deleteCondition: "order_id = 303", dryRun: true });
  const job = await datasources.delete("orders", { deleteCondition: "order_id = 303" });
  return [dry.rows_to_be_deleted, job.job.kind];
}, [1, "delete_data"]);
call(sdk, "datasources.truncate", (clients, at) => clients.createClient(at).datasources.truncate("product_totals"), {});
call(sdk, "tokens.createJWT, and a query by it", async (clients, at) => {
  const { token } = await clients.createClient(at).tokens.createJWT({
    name: "reader",
    expiresAt: Math.floor(Date.now() / 1000) + 600,
    scopes: [{ type: "PIPES:READ", resource: "top_products", fixed_params: { limit: 1 } }],
    limits: { rps: 100 },
  });
  const reader = clients.createClient({ ...at, token });
  const refused = await reader.sql("SELECT count() FROM orders").catch((error: any) => error.statusCode);
  return [(await reader.query("top_products", { limit: 3 })).data.length, refused];
}, [1, 403]);
call(sdk, "a fetch of one's own", async (clients, at) => {
  const asked: string[] = [];
  const own = (url: string, init: RequestInit) => (asked.push(new URL(url).pathname), fetch(url, init));
  await clients.createClient({ ...at, fetch: own }).query("top_products", {});
  return asked.map((path) => path.split("/").pop());
}, ["top_products.json"]);

const zodBird = "@chronark/zod-bird";
call(zodBird, "buildPipe", async ({ Tinybird, z }, at) => {
  const pipe = new Tinybird(at).buildPipe({
    pipe: "top_products",
    parameters: z.object({ limit: z.number().int() }),
    data: z.object({ product: z.string(), category: z.string(), revenue: z.number() }),
  });
  const answer = await pipe({ limit: 2 });
  return [answer.data.length, answer.meta.length, answer.rows];
}, [2, 3, 2]);
call(zodBird, "buildPipe that fails", async ({ Tinybird, z }, at) => {
  const parameters = z.object({ limit: z.string() });
  const pipe = new Tinybird(at).buildPipe({ pipe: "top_products", parameters, data: z.object({}) });
  return /Error validating/.test(String(await pipe({ limit: "x" }).catch((error: unknown) => error)));
}, true);
call(zodBird, "buildIngestEndpoint, one event", async ({ Tinybird, z }, at) => {
  const event = z.object({ order_id: z.number(), ordered_at: z.string(), product: z.string(), amount: z.number() });
  const ingest = new Tinybird(at).buildIngestEndpoint({ datasource: "orders", event });
  return ingest({ order_id: 401, ordered_at: "2026-03-01 00:00:00", product: "jug", amount: 1 });
}, { successful_rows: 1, quarantined_rows: 0 });
call(zodBird, "buildIngestEndpoint, many events", async ({ Tinybird, z }, at) => {
  const event = z.object({ order_id: z.number(), ordered_at: z.string(), product: z.string(), amount: z.number() });
  const ingest = new Tinybird(at).buildIngestEndpoint({ datasource: "orders", event });
  const order = { ordered_at: "2026-03-01 00:00:00", product: "jug", amount: 1 };
  return ingest([{ ...order, order_id: 402 }, { ...order, order_id: 403 }]);
}, { successful_rows: 2, quarantined_rows: 0 });
