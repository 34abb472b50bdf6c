/** Inserts and the end of whoever stores them: nothing acknowledged is lost, nothing is stored twice. */
import { randomUUID } from "node:crypto";
import { expect, test } from "vitest";
import type { Page } from "playwright-core";
import { engineOf } from "../harness/engine.ts";
import { becomesLeader, controlled, openSite, requestIn, type TestWindow } from "../harness/page.ts";
import { scene } from "../harness/scene.ts";
import { adminHeaders, createFromEvent, value } from "../harness/workspace.ts";

const site = await scene();

/** Browsers killed in the middle of an import: more where there is time. */
const KILLS = process.env["KINGLET_LONG"] ? 50 : 5;
const ROWS = 1_500_000;

/** Let the leader's engine do its work and say nothing of it: not that it is done, nor, if so asked, that it began. */
async function silence(leader: Page, messages: string[]): Promise<void> {
  await engineOf(leader).evaluate((messages) => {
    const { postMessage } = MessagePort.prototype;
    MessagePort.prototype.postMessage = function (this: MessagePort, message: { type?: string; result?: { status?: number } }, transfer?: Transferable[] | StructuredSerializeOptions) {
      const answered = message?.type === "result" && message.result?.status !== undefined;
      if (answered) Object.assign(self, { answered: true });
      const type = message?.type ?? "";
      if (answered || ["chunk", "end", ...messages].includes(type)) return;
      Reflect.apply(postMessage, this, [message, transfer ?? []]);
    };
  }, messages);
}

function answered(leader: Page): Promise<boolean> {
  return engineOf(leader).evaluate(() => (self as unknown as { answered?: boolean }).answered === true);
}

for (const [how, messages, byFetch] of [
  ["accepted and stored", [], false],
  ["stored, its acceptance not heard", ["accepted"], false],
  ["stored, sent by plain fetch", ["accepted"], true],
] as const) {
  test(`an insert that a lost engine had ${how} is sent again and stored once`, async () => {
    const leader = await site.open();
    const other = await site.open();
    await controlled(other);
    const name = `again_${randomUUID().slice(0, 8)}`;
    const created = await createFromEvent(leader, name, { id: 0 });
    expect(created.status, created.text).toBeLessThan(300);
    const headers = await adminHeaders(other);
    await silence(leader, [...messages]);
    const status = other.evaluate(
      async ([name, headers, byFetch]) => {
        const init = { method: "POST", headers, body: JSON.stringify({ id: 1 }) };
        const path = `v0/events?name=${name}&wait=true`;
        const answer = byFetch ? fetch(path, init) : (window as unknown as TestWindow).kinglet.request(path, init);
        return (await answer).status;
      },
      [name, headers, byFetch] as const,
    );
    await expect.poll(() => answered(leader), { timeout: 20_000 }).toBe(true);
    const devtools = await site.context.newCDPSession(leader);
    devtools.send("Page.crash").catch(() => {
      // There is nobody left to answer.
    });
    await becomesLeader(other);
    expect(await status).toBe(200);
    expect(await value(other, `SELECT count(), sum(id) FROM ${name}`)).toBe("2\t1");
    await Promise.all([leader.close(), other.close()]);
  });
}

/** Begin, or go on with, the import of `ROWS` rows, and answer its status; what is stored is told all the while. */
async function ingest(page: Page, name: string, id: string): Promise<number> {
  const { Authorization = "" } = await adminHeaders(page);
  return page.evaluate(
    async ([name, id, token, rows]) => {
      const { kinglet } = window as unknown as TestWindow;
      const { stored } = window as unknown as { stored?: (rows: number) => Promise<void> };
      const pieces: string[] = ["id,name\n"];
      for (let from = 0; from < rows; from += 10_000) {
        let piece = "";
        for (let id = from; id < from + 10_000; id += 1) piece += `${id},name ${id}\n`;
        pieces.push(piece);
      }
      const headers = { Authorization: `Bearer ${token}` };
      const look = async () => {
        const answer = await kinglet.request(`v0/jobs/${id}`, { headers });
        if (answer.ok) await stored?.(((await answer.json()) as { rows: number }).rows);
      };
      const watch = setInterval(() => void look(), 50);
      const answer = await kinglet.ingestFile(new File(pieces, "rows.csv"), { datasource: name, mode: "create", token, resume: id });
      clearInterval(watch);
      return answer.status;
    },
    [name, id, Authorization.replace("Bearer ", ""), ROWS] as const,
  );
}

test(
  `${KILLS} browsers killed during a file import lose no stored row, and the import goes on where it was`,
  async () => {
    for (let kill = 0; kill < KILLS; kill += 1) {
      const [name, id] = [`cut_${kill}_${randomUUID().slice(0, 8)}`, randomUUID()];
      const page = await site.open();
      let promised = 0;
      await page.exposeFunction("stored", (rows: number) => (promised = rows));
      const outcome = ingest(page, name, id).catch(() => "killed");
      // Now before the first block is stored, now after some.
      const blocks = kill % 4;
      await expect.poll(() => promised, { timeout: 60_000, interval: 20 }).toBeGreaterThanOrEqual(blocks * 200_000);
      await page.waitForTimeout(Math.random() * 300).catch(() => {});
      site.profile.kill();
      const acknowledged = promised;
      await site.context.close().catch(() => {});
      expect(["killed", 200]).toContain(await outcome);

      site.context = await site.profile.launch();
      const again = await openSite(site.context, site.server.url);
      const headers = await adminHeaders(again);
      const answer = await requestIn(again, `v0/jobs/${id}`, { headers });
      if (answer.status === 200) {
        const job = JSON.parse(answer.text) as { status: string; rows: number; interrupted?: boolean; error?: string };
        const there = await requestIn(again, `v0/datasources/${name}`, { headers });
        const rows = there.status === 200 ? Number(await value(again, `SELECT count() FROM ${name}`)) : 0;
        expect(rows).toBe(job.rows);
        expect(rows).toBeGreaterThanOrEqual(acknowledged);
        if (job.status !== "done") {
          expect(job.interrupted).toBe(true);
          expect(job.error).toContain(`the first ${rows} rows`);
        }
      } else {
        expect(acknowledged).toBe(0);
      }
      expect(await ingest(again, name, id)).toBe(200);
      const figures = await value(again, `SELECT count(), uniqExact(id), sum(id) FROM ${name}`);
      expect(figures).toBe(`${ROWS}\t${ROWS}\t${(ROWS * (ROWS - 1)) / 2}`);
      expect((await requestIn(again, `v0/datasources/${name}`, { method: "DELETE", headers })).status).toBe(204);
      await again.close();
    }
  },
  KILLS * 60_000,
);
