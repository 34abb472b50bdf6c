/**
 * Two tabs and the service worker at once, while the leader is closed and crashes: every request is answered, or fails in
 * a way that says that it may be tried again; nothing acknowledged is lost, nothing is stored twice.
 */
import { expect, test } from "vitest";
import type { Page } from "playwright-core";
import { becomesLeader, controlled, openSite, type TestWindow } from "../harness/page.ts";
import { scene } from "../harness/scene.ts";
import { adminHeaders, createFromEvent, value } from "../harness/workspace.ts";

const site = await scene();

const SECONDS = process.env["KINGLET_LONG"] ? 300 : 30;

interface Report {
  /** Ids of rows that were acknowledged. */
  stored: number[];
  /** Requests by outcome. */
  outcomes: Record<string, number>;
}

/** Insert and read until told to stop; `kind` keeps the rows of two pages apart. */
function work(page: Page, kind: string, headers: Record<string, string>): Promise<void> {
  return page.evaluate(
    ([kind, headers]) => {
      const { kinglet } = window as unknown as TestWindow;
      const report: Report = { stored: [], outcomes: {} };
      let next = 0;
      let going = true;
      const note = (outcome: string) => (report.outcomes[outcome] = (report.outcomes[outcome] ?? 0) + 1);
      const insert = async (send: (path: string, init: RequestInit) => Promise<Response>) => {
        const id = next++;
        const answer = await send("v0/events?name=load&wait=true", { method: "POST", headers, body: JSON.stringify({ kind, id }) });
        if (answer.status === 200) report.stored.push(id);
        note(`insert ${answer.status}${answer.status === 503 ? ` ${answer.headers.get("retry-after")}` : ""}`);
      };
      const read = async () => {
        const q = new URLSearchParams({ q: "SELECT count(), max(id) FROM load FORMAT TSV" });
        const answer = await fetch(`v0/sql?${q}`, { headers });
        await answer.text();
        note(`read ${answer.status}${answer.status === 503 ? ` ${answer.headers.get("retry-after")}` : ""}`);
      };
      const lane = async (step: () => Promise<void>) => {
        while (going) {
          await step().catch((error: { code?: string; retryable?: boolean; message: string }) =>
            note(error.retryable ? "retryable" : `failed: ${error.code ?? error.message}`),
          );
        }
      };
      const lanes = [
        lane(() => insert((path, init) => kinglet.request(path, init))),
        lane(() => insert((path, init) => fetch(path, init))),
        lane(read),
      ];
      const stop = async () => {
        going = false;
        await Promise.all(lanes);
        return report;
      };
      Object.assign(window, { stop, report });
    },
    [kind, headers] as const,
  );
}

const stop = (page: Page): Promise<Report> => page.evaluate(() => (window as unknown as { stop(): Promise<Report> }).stop());
const soFar = (page: Page): Promise<Report> => page.evaluate(() => (window as unknown as { report: Report }).report);

test(
  `${SECONDS} seconds of inserts and reads outlive leaders that close and crash`,
  async () => {
    let leader = await site.open();
    const steady = await site.open();
    await controlled(steady);
    const created = await createFromEvent(leader, "load", { kind: "first", id: -3_000_000_000 });
    expect(created.status, created.text).toBeLessThan(300);
    const headers = await adminHeaders(leader);
    const reports: [kind: string, report: Report][] = [];
    await work(steady, "steady", headers);
    const end = Date.now() + SECONDS * 1000;
    for (let round = 0; Date.now() < end; round += 1) {
      const kind = `round_${round}`;
      await work(leader, kind, headers);
      await leader.waitForTimeout(1500);
      reports.push([kind, await soFar(leader)]);
      if (round % 2 === 0) {
        await leader.close();
      } else {
        const devtools = await site.context.newCDPSession(leader);
        devtools.send("Page.crash").catch(() => {
          // There is nobody left to answer.
        });
      }
      await becomesLeader(steady);
      const next = await openSite(site.context, site.server.url);
      await controlled(next);
      if (round % 2 === 1) await leader.close();
      leader = next;
      // The steady tab hands the lead over to the new one, so that that one can be harmed next.
      await steady.evaluate(() => document.dispatchEvent(new Event("freeze")));
      await becomesLeader(leader);
      await steady.evaluate(() => document.dispatchEvent(new Event("resume")));
    }
    reports.push(["steady", await stop(steady)]);

    for (const [, { outcomes }] of reports) {
      for (const outcome of Object.keys(outcomes)) expect(["insert 200", "read 200", "insert 503 1", "read 503 1", "retryable"]).toContain(outcome);
    }
    const steadily = reports.at(-1)?.[1];
    expect(steadily?.stored.length).toBeGreaterThan(SECONDS);
    expect(await value(leader, "SELECT count() - uniqExact(kind, id) FROM load")).toBe("0");
    for (const [kind, { stored }] of reports) {
      const found = new Set((await value(leader, `SELECT id FROM load WHERE kind = '${kind}'`)).split("\n").map(Number));
      expect(stored.filter((id) => !found.has(id))).toEqual([]);
    }
    const total = reports.map(([, { outcomes }]) => outcomes).reduce<Record<string, number>>((sum, outcomes) => {
      for (const [outcome, count] of Object.entries(outcomes)) sum[outcome] = (sum[outcome] ?? 0) + count;
      return sum;
    }, {});
    console.log(`leaders lost: ${reports.length - 1}; ${JSON.stringify(total)}`);
    await Promise.all([leader.close(), steady.close()]);
  },
  SECONDS * 1000 + 120_000,
);
