/** A workspace leaves as a zip and comes back after everything was wiped: the same files, the same parts, byte for byte. */
import { expect, test } from "vitest";
import type { Page } from "playwright-core";
import { ready, requestIn, type TestWindow } from "../harness/page.ts";
import { scene } from "../harness/scene.ts";
import { shop } from "../harness/shop.ts";
import { adminHeaders, value } from "../harness/workspace.ts";

const site = await scene();

/** What the workspace is built of: no sink, whose bucket is nowhere. */
const project = Object.fromEntries(Object.entries(shop).filter(([path]) => !/^(fixtures|sinks|connections)\//.test(path)));

type ArchiveWindow = TestWindow & { archive(): Promise<typeof import("kinglet/archive")> };

/** Paths and texts of the files, and the parts of each table with a hash of their bytes. */
async function contents(page: Page): Promise<unknown> {
  return page.evaluate(
    async (headers) => {
      const { kinglet } = window as unknown as TestWindow;
      const ask = async (path: string) => kinglet.request(path, { headers });
      const { files } = await (await ask("v0/files")).json();
      const { datasources } = await (await ask("v0/datasources?attrs=name")).json();
      const tables: Record<string, unknown[]> = {};
      for (const { name } of datasources as { name: string }[]) {
        const { parts } = await (await ask(`v0/datasources/${name}/parts`)).json();
        tables[name] = [];
        for (const { id, bytes, rows } of parts as { id: string; bytes: number; rows: number }[]) {
          const file = await (await ask(`v0/datasources/${name}/parts/${id}`)).arrayBuffer();
          const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", file));
          tables[name]?.push([bytes, rows, file.byteLength, [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("")]);
        }
      }
      return { files, tables };
    },
    await adminHeaders(page),
  );
}

async function token(page: Page): Promise<string> {
  return (await adminHeaders(page))["Authorization"]?.replace("Bearer ", "") ?? "";
}

const QUESTIONS = [
  "SELECT count(), uniqExact(order_id), sum(amount) FROM orders",
  "SELECT product, sumMerge(revenue) AS total FROM daily_sales GROUP BY product ORDER BY product",
  "SELECT groupArray(n) FROM (SELECT count() AS n FROM orders GROUP BY toYYYYMM(ordered_at) ORDER BY toYYYYMM(ordered_at))",
];

test("export, wipe, import: nothing differs", async () => {
  const page = await site.open();
  const headers = await adminHeaders(page);
  const built = await page.evaluate(
    async ([project, headers]) => {
      const form = new FormData();
      for (const [path, text] of Object.entries(project)) form.append("data_project://", new File([text], path, { type: "text/plain" }), path);
      return (await (window as unknown as TestWindow).kinglet.request("v1/build", { method: "POST", headers, body: form })).json();
    },
    [project, headers] as const,
  );
  expect(built).toMatchObject({ result: "success" });
  const order = (id: number) =>
    JSON.stringify({ order_id: id, ordered_at: `2024-0${1 + (id % 3)}-0${1 + (id % 9)} 10:00:00`, product: `p${id % 7}`, amount: id / 4 });
  for (const [from, to] of [[0, 20_000], [20_000, 20_050]] as const) {
    const body = Array.from({ length: to - from }, (_, at) => order(from + at)).join("\n");
    expect((await requestIn(page, "v0/events?name=orders&wait=true", { method: "POST", headers, body })).status).toBe(200);
  }
  const before = await contents(page);
  const answers = await Promise.all(QUESTIONS.map((sql) => value(page, sql)));
  const zip = await page.evaluate(
    async (token) => {
      const { kinglet, archive } = window as unknown as ArchiveWindow;
      const stream = await (await archive()).exportWorkspace(kinglet, token);
      const bytes = new Uint8Array(await new Response(stream).arrayBuffer());
      let text = "";
      for (let at = 0; at < bytes.length; at += 30_000) text += String.fromCharCode(...bytes.subarray(at, at + 30_000));
      return btoa(text);
    },
    await token(page),
  );
  expect(JSON.parse((await requestIn(page, "v0/snapshots", { headers })).text)).toEqual({ snapshots: [] });

  await page.evaluate(async () => {
    await (window as unknown as TestWindow).kinglet.close();
    const root = await navigator.storage.getDirectory();
    for await (const name of (root as unknown as { keys(): AsyncIterable<string> }).keys()) await root.removeEntry(name, { recursive: true });
  });
  await page.reload();
  await ready(page);
  expect(JSON.parse((await requestIn(page, "v0/files", { headers: await adminHeaders(page) })).text)).toEqual({ files: {} });

  const bring = (zip: string, token: string) =>
    page.evaluate(
      async ([zip, token]) => {
        const { kinglet, archive } = window as unknown as ArchiveWindow;
        const bytes = Uint8Array.from(atob(zip), (c) => c.charCodeAt(0));
        return (await archive()).importWorkspace(kinglet, new Blob([bytes]), token).catch((error: Error) => error.message);
      },
      [zip, token] as const,
    );
  const cut = await bring(zip.slice(0, 4000), await token(page));
  expect(cut).toContain("not a zip");
  const imported = await bring(zip, await token(page));
  expect(imported).toMatchObject({ files: Object.keys(project).length });
  expect(await contents(page)).toEqual(before);
  expect(await Promise.all(QUESTIONS.map((sql) => value(page, sql)))).toEqual(answers);

  // A second time, over what is there: the same again.
  await bring(zip, await token(page));
  expect(await contents(page)).toEqual(before);
  await page.reload();
  await ready(page);
  expect(await Promise.all(QUESTIONS.map((sql) => value(page, sql)))).toEqual(answers);
  await page.close();
});
