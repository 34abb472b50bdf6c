/** What was acknowledged stays: after a reload, a hand-over, a crash of the engine and a killed browser. */
import { expect, test } from "vitest";
import { becomesLeader, openSite, ready, requestIn, type TestWindow } from "../harness/page.ts";
import { scene } from "../harness/scene.ts";
import { adminHeaders, createFromCsv, createFromEvent, value } from "../harness/workspace.ts";

const site = await scene();

test("the workspace is on disk, with its tokens", async () => {
  const page = await site.open();
  expect(await ready(page)).toMatchObject({ storage: "opfs" });
  const tokens = await requestIn(page, "tokens");
  await page.reload();
  await ready(page);
  expect(await requestIn(page, "tokens")).toEqual(tokens);
  await page.close();
});

test("rows are there after a reload", async () => {
  const page = await site.open();
  const created = await createFromCsv(page, "kept", "id,name\n1,one\n2,two\n");
  expect(created.status, created.text).toBeLessThan(300);
  await page.reload();
  await ready(page);
  expect(await value(page, "SELECT sum(id) FROM kept")).toBe("3");
  await page.close();
});

test("rows are there after a hand-over", async () => {
  const first = await site.open();
  const second = await site.open();
  const created = await createFromCsv(first, "handed", "id\n1\n2\n3\n");
  expect(created.status, created.text).toBeLessThan(300);
  expect(await value(second, "SELECT count() FROM handed")).toBe("3");
  await first.close();
  await becomesLeader(second);
  expect(await value(second, "SELECT count() FROM handed")).toBe("3");
  await second.close();
});

test("a memory workspace starts empty each time", async () => {
  const page = await site.open("?storage=memory");
  expect(await ready(page)).toMatchObject({ storage: "memory" });
  const tokens = await requestIn(page, "tokens");
  await page.reload();
  await ready(page);
  expect((await requestIn(page, "tokens")).text).not.toBe(tokens.text);
  await page.close();
});

test("a browser killed while events arrive loses none that was acknowledged", async () => {
  const page = await site.open();
  const created = await createFromEvent(page, "events", { id: 0 });
  expect(created.status, created.text).toBeLessThan(300);
  let acknowledged = 0;
  await page.exposeFunction("acknowledge", (count: number) => (acknowledged = count));
  const headers = await adminHeaders(page);
  await page.evaluate((headers) => {
    const { kinglet } = window as unknown as TestWindow;
    const { acknowledge } = window as unknown as { acknowledge: (count: number) => Promise<void> };
    void (async () => {
      for (let id = 1; ; id += 1) {
        const body = JSON.stringify({ id });
        const answer = await kinglet.request("v0/events?name=events&wait=true", { method: "POST", headers, body });
        if (!answer.ok) throw new Error(await answer.text());
        await acknowledge(id);
      }
    })();
  }, headers);
  await expect.poll(() => acknowledged, { timeout: 30_000 }).toBeGreaterThan(20);
  site.profile.kill();
  const promised = acknowledged;
  await site.context.close().catch(() => {});

  site.context = await site.profile.launch();
  const again = await openSite(site.context, site.server.url);
  const rows = Number(await value(again, "SELECT count() FROM events"));
  expect(rows).toBeGreaterThanOrEqual(promised + 1);
  expect(await value(again, `SELECT count() FROM events WHERE id <= ${promised}`)).toBe(String(promised + 1));
  expect(await value(again, "SELECT count() - uniqExact(id) FROM events")).toBe("0");
  await again.close();
});
