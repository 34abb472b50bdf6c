/** A disk that is full: the error says how full, what is stored stays, and rows can be removed to make room. */
import { expect, test } from "vitest";
import type { CDPSession, Page } from "playwright-core";
import { ready, requestIn, type TestWindow } from "../harness/page.ts";
import { scene } from "../harness/scene.ts";
import { adminHeaders, createFromCsv, value } from "../harness/workspace.ts";

const site = await scene();

/** Give the origin so many bytes more than it uses. The limit holds for as long as the session of the tools lives. */
async function leave(page: Page, devtools: CDPSession, bytes: number | undefined): Promise<void> {
  const used = await page.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
  const origin = new URL(site.server.url).origin;
  await devtools.send("Storage.overrideQuotaForOrigin", bytes === undefined ? { origin } : { origin, quotaSize: used + bytes });
}

/** Rows that do not compress, as a file of about so many megabytes. */
function fill(page: Page, table: string, megabytes: number, token: string): Promise<{ status: number; text: string }> {
  return page.evaluate(
    async ([table, megabytes, token]) => {
      const pieces: Blob[] = [];
      for (let piece = 0; piece < megabytes; piece += 1) {
        const lines: string[] = [];
        for (let row = 0; row < 1 << 14; row += 1) {
          const words = crypto.getRandomValues(new Uint32Array(7));
          lines.push(`${piece * 16384 + row},${[...words].map((word) => word.toString(16).padStart(8, "0")).join("")}\n`);
        }
        pieces.push(new Blob(lines));
      }
      const { kinglet } = window as unknown as TestWindow;
      const answer = await kinglet.ingestFile(new File(pieces, "rows.csv"), { datasource: table, mode: "append", format: "csv", token });
      return { status: answer.status, text: await answer.text() };
    },
    [table, megabytes, token] as const,
  );
}

test("a full disk says how full it is, keeps what it has and lets rows be removed", async () => {
  const page = await site.open();
  const devtools = await page.context().newCDPSession(page);
  const headers = await adminHeaders(page);
  const token = headers["Authorization"]?.replace("Bearer ", "") ?? "";
  for (const table of ["kept", "filled"]) {
    const made = await createFromCsv(page, table, "id,text\n3000000000,one\n3000000001,two\n");
    expect(made.status, made.text).toBeLessThan(300);
  }
  await leave(page, devtools, 6 << 20);
  const refused = await fill(page, "filled", 24, token);
  expect(refused.text).toMatch(/disk is full|no room/i);
  expect(refused.text).toMatch(/\d{6,}/);
  expect(await value(page, "SELECT sum(id) FROM kept")).toBe("6000000001");
  // Nothing is left for anybody: rows can be removed all the same.
  await leave(page, devtools, 0);
  expect((await requestIn(page, "v0/datasources/filled/truncate", { method: "POST", headers })).status).toBe(205);
  await leave(page, devtools, undefined);
  expect(await value(page, "SELECT count() FROM filled")).toBe("0");
  const again = await fill(page, "filled", 2, token);
  expect(again.status, again.text).toBe(200);
  await page.reload();
  await ready(page);
  expect(await value(page, "SELECT count() FROM filled")).toBe(String(2 << 14));
  expect(await value(page, "SELECT sum(id) FROM kept")).toBe("6000000001");
  await page.close();
});
