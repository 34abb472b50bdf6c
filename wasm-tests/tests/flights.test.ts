/** Three million flights from a Parquet file of the package vega-datasets: imported, grouped, and there after a reload. */
import { cpSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { BrowserContext, Page } from "playwright-core";
import { Profile } from "../harness/chromium.ts";
import { openSite, ready, type TestWindow } from "../harness/page.ts";
import { SiteServer } from "../harness/server.ts";
import { buildSite, removeSite } from "../harness/site.ts";

const flights = fileURLToPath(new URL("../../node_modules/vega-datasets/data/flights-3m.parquet", import.meta.url));
const profile = new Profile();
let server: SiteServer;
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  const folder = await buildSite();
  cpSync(flights, `${folder}/flights-3m.parquet`);
  server = await new SiteServer(folder).start();
  context = await profile.launch();
  page = await openSite(context, server.url);
});

afterAll(async () => {
  await context.close();
  await server.stop();
  removeSite(server.folder);
  profile.remove();
});

/** The answer of a query as text, with the workspace's own token. */
function ask(sql: string): Promise<string> {
  return page.evaluate(async (sql) => {
    const { kinglet } = window as unknown as TestWindow;
    const { workspace_admin_token: token } = await (await kinglet.request("tokens")).json();
    const headers = { Authorization: `Bearer ${token}` };
    return (await kinglet.request("v0/sql", { method: "POST", headers, body: sql })).text();
  }, sql);
}

test("the file becomes a data source with the right types", async () => {
  const status = await page.evaluate(async () => {
    const { kinglet } = window as unknown as TestWindow;
    const { workspace_admin_token: token } = await (await kinglet.request("tokens")).json();
    const file = new File([await (await fetch("flights-3m.parquet")).blob()], "flights-3m.parquet");
    return (await kinglet.ingestFile(file, { datasource: "flights", mode: "create", token })).status;
  });
  expect(status).toBe(200);
  expect(await ask("SELECT count() FROM flights FORMAT TSV")).toBe("3000000\n");
  const row = await ask("SELECT toTypeName(date), toTypeName(delay), toTypeName(origin) FROM flights LIMIT 1 FORMAT TSV");
  expect(row).toBe("DateTime64(6)\tInt64\tString\n");
});

test("groups add up, also after a reload", async () => {
  const grouped = "SELECT sum(flights), count() > 100 FROM (SELECT origin, count() AS flights FROM flights GROUP BY origin) FORMAT TSV";
  expect(await ask(grouped)).toBe("3000000\t1\n");
  await page.reload();
  await ready(page);
  expect(await ask(grouped)).toBe("3000000\t1\n");
});
