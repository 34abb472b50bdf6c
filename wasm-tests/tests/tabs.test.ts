/** One engine for all tabs: who leads, who follows, and what happens when the leader goes. */
import { expect, test } from "vitest";
import { becomesLeader, controlled, fetchIn, ready, requestIn, type TestWindow } from "../harness/page.ts";
import { scene } from "../harness/scene.ts";
import { createFromCsv } from "../harness/workspace.ts";

const site = await scene();

test("the first tab leads, the second follows, and both reach one engine", async () => {
  const first = await site.open();
  const second = await site.open();
  expect(await ready(first)).toMatchObject({ state: "ready", role: "leader" });
  expect(await ready(second)).toMatchObject({ state: "ready", role: "follower" });

  const tokens = await requestIn(first, "tokens");
  expect(tokens.status).toBe(200);
  expect(await requestIn(second, "tokens")).toEqual(tokens);
  await Promise.all([first.close(), second.close()]);
});

test("plain fetch reaches the engine from the leader's tab and from another", async () => {
  const first = await site.open();
  const second = await site.open();
  await Promise.all([controlled(first), controlled(second)]);
  const direct = await requestIn(first, "tokens");
  expect((await fetchIn(first, "tokens")).text).toBe(direct.text);
  expect((await fetchIn(second, "tokens")).text).toBe(direct.text);
  expect((await fetchIn(second, "v0/nothing-like-this")).status).toBe(404);
  await Promise.all([first.close(), second.close()]);
});

test("the second tab takes over when the first closes", async () => {
  const first = await site.open();
  const second = await site.open();
  await controlled(second);
  await first.close();
  await becomesLeader(second);
  expect((await requestIn(second, "tokens")).status).toBe(200);
  expect((await fetchIn(second, "tokens")).status).toBe(200);
  await second.close();
});

test("an ephemeral workspace answers for itself alone", async () => {
  const saved = await site.open();
  const shared = await site.open("?ephemeral=8f3a");
  await Promise.all([controlled(saved), controlled(shared)]);
  const own = await requestIn(shared, "tokens");
  expect((await fetchIn(shared, "e/8f3a/tokens")).text).toBe(own.text);
  expect((await requestIn(saved, "tokens")).text).not.toBe(own.text);
  await expect(requestIn(shared, "../../tokens")).rejects.toThrow("not an API address of this workspace");
  await Promise.all([saved.close(), shared.close()]);
});

// Headless Chromium freezes no tab, so the browser's notice is given by hand.
test("a tab that is told of its freezing hands the lead over, and gets it back later", async () => {
  const first = await site.open();
  const second = await site.open();
  await first.evaluate(() => document.dispatchEvent(new Event("freeze")));
  await becomesLeader(second);
  expect((await requestIn(second, "tokens")).status).toBe(200);
  await first.evaluate(() => document.dispatchEvent(new Event("resume")));
  await second.close();
  await becomesLeader(first);
  expect((await requestIn(first, "tokens")).status).toBe(200);
  await first.close();
});

test("the second tab takes over when the first one's renderer crashes", async () => {
  const first = await site.open();
  const second = await site.open();
  const devtools = await site.context.newCDPSession(first);
  devtools.send("Page.crash").catch(() => {
    // There is nobody left to answer.
  });
  await becomesLeader(second);
  expect((await requestIn(second, "tokens")).status).toBe(200);
  await Promise.all([first.close(), second.close()]);
});

test("tabs reach the leader without a service worker too", async () => {
  const first = await site.open("?serviceWorker=no");
  const second = await site.open("?serviceWorker=no");
  expect(await ready(second)).toMatchObject({ state: "ready", role: "follower" });
  expect(await requestIn(second, "tokens")).toEqual(await requestIn(first, "tokens"));
  await first.close();
  await becomesLeader(second);
  await second.close();
});

test("a page of another protocol version is told to reload", async () => {
  const first = await site.open();
  const second = await site.context.newPage();
  await second.goto(`${site.server.url}?client=next`);
  await second.waitForFunction(() => (window as unknown as TestWindow).kinglet?.status.state === "failed");
  const status = await second.evaluate(() => (window as unknown as TestWindow).kinglet.status);
  expect(status).toMatchObject({ message: expect.stringContaining("reload all its tabs") });
  expect((await requestIn(first, "tokens")).status).toBe(200);
  await Promise.all([first.close(), second.close()]);
});

test("requests sent while the lead changes hands are answered, or may be tried again", async () => {
  const first = await site.open();
  const second = await site.open();
  await controlled(second);
  const asked = second.evaluate(async () => {
    const { kinglet } = window as unknown as TestWindow;
    const outcomes = { direct: new Set<string>(), fetched: new Set<string>(), last: 0 };
    const end = Date.now() + 3000;
    while (Date.now() < end) {
      const direct = kinglet.request("tokens").then((answer) => String(answer.status), (error) => error.code);
      const fetched = fetch("tokens").then((answer) => `${answer.status} ${answer.headers.get("retry-after") ?? ""}`.trim());
      outcomes.direct.add(await direct);
      outcomes.fetched.add(await fetched);
    }
    outcomes.last = (await fetch("tokens")).status;
    return { direct: [...outcomes.direct], fetched: [...outcomes.fetched], last: outcomes.last };
  });
  await second.waitForTimeout(500);
  await first.close();
  const { direct, fetched, last } = await asked;
  expect(direct).toContain("200");
  expect(["200", "leader_lost"]).toEqual(expect.arrayContaining(direct));
  expect(fetched).toContain("200");
  expect(["200", "503 1"]).toEqual(expect.arrayContaining(fetched));
  expect(last).toBe(200);
  await second.close();
});

test("an endpoint answers plain fetches of two tabs at once, and of the second after the first has closed", async () => {
  const first = await site.open();
  const second = await site.open();
  await Promise.all([controlled(first), controlled(second)]);
  const created = await createFromCsv(first, "both", "id,name\n1,one\n2,two\n3,three\n");
  expect(created.status, created.text).toBeLessThan(300);
  const token = await first.evaluate(async () => {
    const { workspace_admin_token: token } = await (await fetch("tokens")).json();
    const headers = { Authorization: `Bearer ${token}` };
    const form = new FormData();
    const schema = await (await fetch("v0/datasources/both.datasource", { headers })).text();
    const pipe = "TOKEN reader READ\n\nNODE n\nSQL >\n    %\n    SELECT name FROM both WHERE id = {{Int32(id, 1)}}\n\nTYPE endpoint\n";
    form.append("data_project://", new Blob([schema]), "both.datasource");
    form.append("data_project://", new Blob([pipe]), "named.pipe");
    const built = await (await fetch("v1/build", { method: "POST", headers, body: form })).json();
    if (built.result !== "success") throw new Error(JSON.stringify(built));
    return (await (await fetch("v0/tokens/reader", { headers })).json()).token as string;
  });
  const ask = (page: typeof first, id: number) => fetchIn(page, `v0/pipes/named.json?id=${id}&token=${token}`);
  const names = (answers: { status: number; text: string }[]) =>
    answers.map(({ status, text }) => [status, JSON.parse(text).data?.[0]?.name]);
  const both = await Promise.all([ask(first, 1), ask(second, 2), ask(first, 3), ask(second, 1)]);
  expect(names(both)).toEqual([[200, "one"], [200, "two"], [200, "three"], [200, "one"]]);
  await first.close();
  await becomesLeader(second);
  expect(names([await ask(second, 3)])).toEqual([[200, "three"]]);
  await second.close();
});
