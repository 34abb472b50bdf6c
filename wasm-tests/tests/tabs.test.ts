/** One engine for all tabs: who leads, who follows, and what happens when the leader goes. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { BrowserContext } from "playwright-core";
import { Profile } from "../harness/chromium.ts";
import { controlled, fetchIn, openSite, ready, requestIn, type TestWindow } from "../harness/page.ts";
import { SiteServer } from "../harness/server.ts";
import { buildSite, removeSite } from "../harness/site.ts";

const profile = new Profile();
const server = new SiteServer(buildSite());
let context: BrowserContext;

beforeAll(async () => {
  await server.start();
  context = await profile.launch();
});

afterAll(async () => {
  await context.close();
  await server.stop();
  profile.remove();
  removeSite(server.folder);
});

test("the first tab leads, the second follows, and both reach one engine", async () => {
  const first = await openSite(context, server.url);
  const second = await openSite(context, server.url);
  expect(await ready(first)).toMatchObject({ state: "ready", role: "leader" });
  expect(await ready(second)).toMatchObject({ state: "ready", role: "follower" });

  const tokens = await requestIn(first, "tokens");
  expect(tokens.status).toBe(200);
  expect(await requestIn(second, "tokens")).toEqual(tokens);
  await Promise.all([first.close(), second.close()]);
});

test("plain fetch reaches the engine from the leader's tab and from another", async () => {
  const first = await openSite(context, server.url);
  const second = await openSite(context, server.url);
  await Promise.all([controlled(first), controlled(second)]);
  const direct = await requestIn(first, "tokens");
  expect((await fetchIn(first, "tokens")).text).toBe(direct.text);
  expect((await fetchIn(second, "tokens")).text).toBe(direct.text);
  expect((await fetchIn(second, "v0/nothing-like-this")).status).toBe(404);
  await Promise.all([first.close(), second.close()]);
});

test("the second tab takes over when the first closes", async () => {
  const first = await openSite(context, server.url);
  const second = await openSite(context, server.url);
  await controlled(second);
  await first.close();
  await second.waitForFunction(() => {
    const { status } = (window as unknown as TestWindow).kinglet;
    return status.state === "ready" && status.role === "leader";
  });
  expect((await requestIn(second, "tokens")).status).toBe(200);
  expect((await fetchIn(second, "tokens")).status).toBe(200);
  await second.close();
});

test("an ephemeral workspace answers for itself alone", async () => {
  const saved = await openSite(context, server.url);
  const shared = await openSite(context, `${server.url}?ephemeral=8f3a`);
  await Promise.all([controlled(saved), controlled(shared)]);
  const own = await requestIn(shared, "tokens");
  expect((await fetchIn(shared, "e/8f3a/tokens")).text).toBe(own.text);
  expect((await requestIn(saved, "tokens")).text).not.toBe(own.text);
  await expect(requestIn(shared, "../../tokens")).rejects.toThrow("not an API address of this workspace");
  await Promise.all([saved.close(), shared.close()]);
});
