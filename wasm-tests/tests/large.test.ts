/**
 * A million rows in a tab, ten million in the long run: the engine's memory stays small, a filter on the sorting key reads
 * little, and an idle engine that has grown is renewed.
 */
import { expect, test } from "vitest";
import type { Page } from "playwright-core";
import { ready, requestIn, type TestWindow } from "../harness/page.ts";
import { scene } from "../harness/scene.ts";
import { adminHeaders, value } from "../harness/workspace.ts";

const site = await scene();

const MILLIONS = process.env["KINGLET_LONG"] ? 10 : 1;
const ROWS = MILLIONS * 1_000_000;
const GRANULE = 8192;

const DATASOURCE = `SCHEMA >
    \`tenant\` UInt32,
    \`at\` DateTime,
    \`path\` LowCardinality(String),
    \`session\` UInt64,
    \`duration\` Float64

ENGINE "MergeTree"
ENGINE_SORTING_KEY "tenant, at"
`;

const memory = (page: Page) => page.evaluate(() => (window as unknown as TestWindow).kinglet.memory());

/** Rows in CSV as a file of so many millions, each with all tenants; the file's bytes are not in the page's heap. */
async function ingest(page: Page, token: string): Promise<number> {
  return page.evaluate(
    async ([millions, token]) => {
      const pieces: Blob[] = [];
      for (let million = 0; million < millions; million += 1) {
        let lines = "";
        for (let row = 0; row < 1_000_000; row += 1) {
          const id = million * 1_000_000 + row;
          lines += `${Math.imul(id, 2654435761) >>> 22},${1_700_000_000 + (id >> 3)},/page/${id % 97},${id},${(id % 1000) / 8}\n`;
          if (lines.length > 1 << 20 || row === 999_999) {
            pieces.push(new Blob([lines]));
            lines = "";
          }
        }
      }
      const file = new File(pieces, "rows.csv");
      const { kinglet } = window as unknown as TestWindow;
      const started = performance.now();
      const answer = await kinglet.ingestFile(file, { datasource: "rows", mode: "append", format: "csv", token });
      if (!answer.ok) throw new Error(await answer.text());
      return performance.now() - started;
    },
    [MILLIONS, token] as const,
  );
}

interface Read {
  data: Record<string, unknown>[];
  statistics: { elapsed: number; rows_read: number; bytes_read: number };
}

async function read(page: Page, sql: string): Promise<Read> {
  const q = new URLSearchParams({ q: `${sql} FORMAT JSON` });
  const answer = await requestIn(page, `v0/sql?${q}`, { headers: await adminHeaders(page) });
  expect(answer.status, answer.text).toBe(200);
  return JSON.parse(answer.text) as Read;
}

test(
  `${ROWS.toLocaleString("en")} rows in a tab, within 1.5 GB`,
  async () => {
    const page = await site.open();
    const headers = await adminHeaders(page);
    const made = await page.evaluate(
      async ([text, headers]) => {
        const form = new FormData();
        form.append("data_project://", new File([text], "rows.datasource"), "datasources/rows.datasource");
        return (await (window as unknown as TestWindow).kinglet.request("v1/build", { method: "POST", headers, body: form })).text();
      },
      [DATASOURCE, headers] as const,
    );
    expect(made).toContain("success");
    const millis = await ingest(page, headers["Authorization"]?.replace("Bearer ", "") ?? "");
    const ingested = await memory(page);
    expect(await value(page, "SELECT count() FROM rows")).toBe(String(ROWS));

    const groups = await read(page, "SELECT path, count() AS n, avg(duration) FROM rows GROUP BY path ORDER BY path LIMIT 3");
    expect(groups.data).toHaveLength(3);
    expect(Number((await read(page, "SELECT uniq(session) AS n FROM rows")).data[0]?.["n"])).toBeGreaterThan(0.97 * ROWS);
    const top = await read(page, "SELECT tenant, session FROM rows ORDER BY session DESC LIMIT 1");
    expect(Number(top.data[0]?.["session"])).toBe(ROWS - 1);

    // Let merges settle: then a tenant is in few granules of few parts.
    const parts = async () => JSON.parse((await requestIn(page, "v0/datasources/rows/parts", { headers })).text).parts.length as number;
    await expect.poll(parts, { timeout: 240_000, interval: 1000 }).toBeLessThan(MILLIONS + 4);
    const one = await read(page, "SELECT count() AS n, min(at), max(at) FROM rows WHERE tenant = 77");
    expect(Number(one.data[0]?.["n"])).toBeGreaterThan(0);
    const share = one.statistics.rows_read / ROWS;
    if (MILLIONS === 10) expect(share).toBeLessThan(0.01);
    else expect(one.statistics.rows_read).toBeLessThanOrEqual(2 * GRANULE * (await parts()));
    const after = await memory(page);
    console.log(
      `${ROWS} rows: ingested in ${(millis / 1000).toFixed(1)} s, ${(ROWS / millis / 1000).toFixed(2)} M rows/s; ` +
        `memory ${(ingested.bytes / 2 ** 20).toFixed(0)} MiB after it, ${(after.bytes / 2 ** 20).toFixed(0)} MiB at the end; ` +
        `a tenant reads ${(share * 100).toFixed(2)} % of the rows in ${(one.statistics.elapsed * 1000).toFixed(1)} ms`,
    );
    expect(after.bytes).toBeLessThan(1.5 * 10 ** 9);

    // Nothing runs: another engine takes its place, with less memory and the same rows.
    const renewed = await page.evaluate(async () => {
      const { kinglet } = window as unknown as TestWindow;
      return [await kinglet.renew(10 * 2 ** 30), await kinglet.renew(1)];
    });
    expect(renewed).toEqual([false, true]);
    await ready(page);
    expect(await value(page, "SELECT count() FROM rows")).toBe(String(ROWS));
    expect((await memory(page)).bytes).toBeLessThan(after.bytes);
    await page.close();
  },
  MILLIONS * 60_000 + 300_000,
);

test("an engine with something to do is not renewed, and what is asked meanwhile is answered", async () => {
  const page = await site.open();
  await adminHeaders(page);
  const outcome = await page.evaluate(async () => {
    const { kinglet } = window as unknown as TestWindow;
    const { workspace_admin_token: token } = await (await kinglet.request("tokens")).json();
    const headers = { Authorization: `Bearer ${token}` };
    const ask = async (sql: string) => (await kinglet.request(`v0/sql?${new URLSearchParams({ q: sql })}`, { headers })).text();
    const stop = new AbortController();
    const q = new URLSearchParams({ q: "SELECT count() FROM numbers(100000000000) WHERE number % 3 = 1" });
    const long = kinglet.request(`v0/sql?${q}`, { headers, signal: stop.signal }).catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 200));
    const busy = await kinglet.renew(1);
    stop.abort();
    await long;
    const asked = Array.from({ length: 20 }, (_, at) => ask(`SELECT ${at} FORMAT TSV`));
    await Promise.all(asked);
    const renewed = kinglet.renew(1);
    const during = await Promise.all(Array.from({ length: 20 }, (_, at) => ask(`SELECT ${at} FORMAT TSV`)));
    return { busy, renewed: await renewed, during };
  });
  expect(outcome.busy).toBe(false);
  expect(outcome.during).toEqual(Array.from({ length: 20 }, (_, at) => `${at}\n`));
  await page.close();
});
