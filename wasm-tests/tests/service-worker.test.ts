/** The service worker: API addresses with and without an engine, the site's files, new builds. */
import { beforeAll, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { controlled, fetchIn, openSite, ready, requestIn, type TestWindow } from "../harness/page.ts";
import { scene } from "../harness/scene.ts";
import { buildSite, removeSite } from "../harness/site.ts";

const site = await scene();

beforeAll(async () => {
  const page = await site.open();
  expect(await controlled(page)).toBe(true);
  await page.close();
});

/** A page under the service worker that does not connect. */
async function bystander(): Promise<Page> {
  const page = await site.context.newPage();
  await page.goto(`${site.server.url}?connect=no`);
  await page.waitForFunction(() => "loaded" in window);
  return page;
}

test("with no engine a plain fetch is told to try again", async () => {
  const page = await bystander();
  const answer = await fetchIn(page, "tokens");
  expect(answer.status).toBe(503);
  expect(answer.headers["retry-after"]).toBe("1");
  expect(JSON.parse(answer.text)).toEqual({ error: "no tab runs the engine", code: "engine_unavailable" });
  await page.close();
});

test("with no tab open an address starts an engine and shows its answer", async () => {
  const page = await site.context.newPage();
  await page.goto(`${site.server.url}v0/regions`);
  await page.waitForSelector("pre");
  expect(JSON.parse((await page.textContent("pre")) ?? "")).toHaveProperty("regions");
  const other = await bystander();
  expect((await fetchIn(other, "v0/regions")).status).toBe(200);
  await Promise.all([page.close(), other.close()]);
});

test("with an engine running an address shows the answer itself", async () => {
  const leader = await site.open();
  const page = await site.context.newPage();
  const response = await page.goto(`${site.server.url}v0/regions`);
  expect(response?.headers()["content-type"]).toContain("application/json");
  expect(await response?.json()).toHaveProperty("regions");
  await Promise.all([leader.close(), page.close()]);
});

test("all methods reach the engine", async () => {
  const page = await site.open();
  const head = await fetchIn(page, "v0/regions", { method: "HEAD" });
  expect(head).toMatchObject({ status: 200, text: "" });
  for (const method of ["POST", "PUT", "DELETE", "PATCH"]) {
    const direct = await requestIn(page, "v0/no-such-thing", { method });
    expect(direct.status, method).toBe(404);
    expect(await fetchIn(page, "v0/no-such-thing", { method }), method).toMatchObject({ status: 404, text: direct.text });
  }
  expect((await fetchIn(page, "v0/sql", { method: "OPTIONS" })).status).toBeLessThan(300);
  await page.close();
});

test("pages run under a policy that turns no text into code", async () => {
  const page = await site.open();
  const response = await page.reload();
  expect(response?.headers()["content-security-policy"]).toContain("script-src 'self' 'wasm-unsafe-eval'");
  await ready(page);
  const blocked = await page.evaluate(async () => {
    const inline = document.createElement("script");
    inline.textContent = "window.ran = true";
    document.body.append(inline);
    return !("ran" in window);
  });
  expect(blocked).toBe(true);
  await page.close();
});

test("the site works with no network", async () => {
  const page = await site.open();
  await site.server.stop();
  try {
    await page.reload();
    expect(await ready(page)).toMatchObject({ state: "ready" });
    expect((await fetchIn(page, "tokens")).status).toBe(200);
    const again = await openSite(site.context, site.server.url);
    expect((await requestIn(again, "tokens")).status).toBe(200);
    await again.close();
  } finally {
    await site.server.start();
  }
  await page.close();
});

test("a new build waits until a page lets it in", async () => {
  const page = await site.open();
  const note = () => page.evaluate(async () => (await fetch("note.json")).json());
  expect(await note()).toBe("first");

  const before = site.server.folder;
  site.server.folder = await buildSite("second");
  await page.evaluate(async () => {
    const offered = new Promise<void>((resolve) => {
      void (window as unknown as TestWindow).api.onUpdate((apply) => {
        Object.assign(window, { apply });
        resolve();
      });
    });
    await (await navigator.serviceWorker.getRegistration())?.update();
    await offered;
  });
  expect(await note()).toBe("first");
  expect((await fetchIn(page, "tokens")).status).toBe(200);

  const reloaded = page.waitForEvent("load");
  await page.evaluate(() => (window as unknown as { apply: () => void }).apply());
  await reloaded;
  await ready(page);
  expect(await note()).toBe("second");
  expect((await fetchIn(page, "tokens")).status).toBe(200);
  await page.close();
  removeSite(before);
});
