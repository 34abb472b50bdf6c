/** Bad input: each a clear error, nothing lost, and the next request is answered. */
import { expect, test } from "vitest";
import type { Page } from "playwright-core";
import { controlled, requestIn, type Answer, type TestWindow } from "../harness/page.ts";
import { scene } from "../harness/scene.ts";
import { adminHeaders, createFromCsv, value } from "../harness/workspace.ts";

const site = await scene();

async function kept(page: Page): Promise<void> {
  expect(await value(page, "SELECT count(), sum(id) FROM kept")).toBe("3\t6");
}

function error({ text }: Answer): string {
  return (JSON.parse(text) as { error: string }).error;
}

test("bad input fails clearly and alone", async () => {
  const page = await site.open();
  await controlled(page);
  const created = await createFromCsv(page, "kept", "id,name\n1,one\n2,two\n3,three\n");
  expect(created.status, created.text).toBeLessThan(300);
  const headers = await adminHeaders(page);
  const post = (path: string, body: string) => requestIn(page, path, { method: "POST", headers, body });
  const append = "v0/datasources?name=kept&mode=append&format=csv";

  const open = await post(append, 'id,name\n4,"four\n5,five\n');
  expect([open.status, error(open)]).toEqual([400, expect.stringContaining("line 2, column 2: the quote is not closed")]);
  await kept(page);

  const cut = await page.evaluate(async (headers) => {
    const { kinglet } = window as unknown as TestWindow;
    const q = new URLSearchParams({ q: "SELECT id, name FROM kept FORMAT Parquet" });
    const whole = await (await kinglet.request(`v0/sql?${q}`, { headers })).arrayBuffer();
    const body = new Blob([whole.slice(0, whole.byteLength / 2)]);
    const answer = await kinglet.request("v0/datasources?name=kept&mode=append&format=parquet", { method: "POST", headers, body });
    return { status: answer.status, headers: {}, text: await answer.text() };
  }, headers);
  expect([cut.status, error(cut)]).toEqual([400, expect.stringContaining("cut off")]);
  await kept(page);

  const stranger = await requestIn(page, "v0/sql?q=SELECT+1", { headers: { Authorization: "Bearer p.not.ours" } });
  expect([stranger.status, error(stranger)]).toEqual([403, expect.stringContaining("token")]);
  await kept(page);

  const unknown = await post("v0/sql", "SELECT nothing_like_it FROM kept");
  expect([unknown.status, unknown.headers["x-db-exception-code"]]).toEqual([400, "47"]);
  expect(error(unknown)).toContain("nothing_like_it");
  await kept(page);

  const template = await post("v0/sql", "% SELECT {% if defined(a) %} 1 FROM kept");
  expect([template.status, error(template)]).toEqual([400, expect.stringContaining("Missing {% end %} block for if")]);

  const deep = await post("v0/sql", `SELECT ${"(".repeat(1000)}1${")".repeat(1000)} AS one`);
  expect([200, 400]).toContain(deep.status);
  const long = await post("v0/sql", `SELECT count() FROM kept WHERE ${Array(5000).fill("id = 1").join(" OR ")} FORMAT TSV`);
  expect([200, 400]).toContain(long.status);
  if (long.status === 200) expect(long.text.trim()).toBe("1");
  await kept(page);

  const hungry = await post("v0/sql", "SELECT length(groupArray(number)) FROM numbers(2000000000)");
  expect([hungry.status, hungry.headers["x-db-exception-code"]], hungry.text).toEqual([400, "241"]);
  await kept(page);
  const spilling = "SELECT count() FROM (SELECT number FROM numbers(3000000) GROUP BY number, toString(number))";
  const spilled = await post("clickhouse/?max_memory_usage=60000000", spilling);
  expect([spilled.status, spilled.text.trim()]).toEqual([200, "3000000"]);
  await kept(page);
  const states = await page.evaluate(() => (window as unknown as TestWindow).states.map(({ state }) => state));
  expect(states).not.toContain("crashed");
  await page.close();
});
