/** A panic in the module: a clear error for who waits, and an engine that comes back. */
import { expect, test } from "vitest";
import type { Page } from "playwright-core";
import { engineOf } from "../harness/engine.ts";
import { controlled, fetchIn, ready, requestIn, type TestWindow } from "../harness/page.ts";
import { scene } from "../harness/scene.ts";
import { adminHeaders } from "../harness/workspace.ts";

const site = await scene();

/** Make the engine panic at its next use of randomness. */
async function sabotage(page: Page): Promise<void> {
  await engineOf(page).evaluate(() => {
    crypto.getRandomValues = () => {
      throw new Error("sabotaged");
    };
  });
}

/** Ask for something that needs randomness, and report the error. */
async function failure(page: Page): Promise<{ code: string; message: string; retryable: boolean } | null> {
  return page.evaluate(async (headers) => {
    try {
      await (window as unknown as TestWindow).kinglet.request("v0/tokens?name=made&scope=ADMIN", { method: "POST", headers });
      return null;
    } catch (error) {
      const { code, message, retryable } = error as import("kinglet").EngineError;
      return { code, message, retryable };
    }
  }, await adminHeaders(page));
}

test("a panic is reported to who waits, and the engine restarts", async () => {
  const page = await site.open();
  await sabotage(page);
  const error = await failure(page);
  expect(error).toMatchObject({ code: "engine_crashed", retryable: true });
  expect(error?.message).toContain("the browser has no random source");
  expect(await ready(page)).toMatchObject({ state: "ready" });
  const states = await page.evaluate(() => (window as unknown as TestWindow).states.map(({ state }) => state));
  expect(states).toEqual(["connecting", "loading", "ready", "crashed", "loading", "ready"]);
  expect((await requestIn(page, "tokens")).status).toBe(200);
  expect(await failure(page)).toBeNull();
  await page.close();
});

test("other tabs and plain fetch reach the restarted engine", async () => {
  const first = await site.open();
  const second = await site.open();
  await controlled(second);
  expect((await fetchIn(second, "tokens")).status).toBe(200);
  await sabotage(first);
  await failure(first);
  await ready(second);
  expect((await requestIn(second, "tokens")).status).toBe(200);
  expect((await fetchIn(second, "tokens")).status).toBe(200);
  await Promise.all([first.close(), second.close()]);
});

test("an engine that does not obey a cancel is ended, and comes back", async () => {
  const page = await site.open();
  await engineOf(page).evaluate(() => {
    setTimeout(() => {
      const end = Date.now() + 20_000;
      while (Date.now() < end);
    }, 50);
  });
  const outcomes = await page.evaluate(async () => {
    const { kinglet } = window as unknown as TestWindow;
    await new Promise((resolve) => setTimeout(resolve, 200));
    const controller = new AbortController();
    const cancelled = kinglet.request("v0/regions", { signal: controller.signal }).catch((error) => error.code);
    await new Promise((resolve) => setTimeout(resolve, 100));
    controller.abort();
    const other = kinglet.request("v0/regions").then((response) => response.status);
    return Promise.all([cancelled, other]);
  });
  // The stuck engine had not accepted the other request: the next one answers it.
  expect(outcomes).toEqual(["aborted", 200]);
  await ready(page);
  expect((await requestIn(page, "v0/regions")).status).toBe(200);
  await page.close();
});
