/** Firefox: the same engine, disk and service worker. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Browser } from "puppeteer-core";
import { addContract, inWorker } from "../harness/contract.ts";
import { launchFirefox } from "../harness/firefox.ts";
import type { TestWindow } from "../harness/page.ts";
import { SiteServer } from "../harness/server.ts";
import { buildSite, removeSite } from "../harness/site.ts";

const server = new SiteServer(await buildSite());
let browser: Browser;

const PIPE = `TOKEN reader READ

NODE days
SQL >
    %
    SELECT city, count() AS days FROM weather WHERE rain > {{Float64(least, 0)}} GROUP BY city

TYPE endpoint
`;

/** Runs in the page: drop a CSV file into a new data source and publish a pipe over it. */
async function makeEndpoint(pipe: string): Promise<void> {
  const { kinglet, api } = window as unknown as TestWindow;
  await kinglet.ready();
  await api.controlled();
  const { workspace_admin_token: token } = await (await kinglet.request("tokens")).json();
  const file = new File(["city,rain\nBergen,12.5\nCairo,0\nBergen,3.5\n"], "weather.csv");
  const stored = await kinglet.ingestFile(file, { datasource: "weather", mode: "create", token });
  if (!stored.ok) throw new Error(await stored.text());
  const headers = { Authorization: `Bearer ${token}` };
  const project = new FormData();
  const schema = await (await fetch("v0/datasources/weather.datasource", { headers })).text();
  project.append("data_project://", new Blob([schema]), "weather.datasource");
  project.append("data_project://", new Blob([pipe]), "rainy.pipe");
  const built = await (await fetch("v1/build", { method: "POST", headers, body: project })).json();
  if (built.result !== "success") throw new Error(JSON.stringify(built));
}

/** Runs in the page: the rows the endpoint gives to a plain fetch with its own token. */
async function callEndpoint(): Promise<unknown> {
  const { kinglet, api } = window as unknown as TestWindow;
  await kinglet.ready();
  await api.controlled();
  const { workspace_admin_token: admin } = await (await kinglet.request("tokens")).json();
  const { token } = await (await fetch("v0/tokens/reader", { headers: { Authorization: `Bearer ${admin}` } })).json();
  const answer = await fetch(`v0/pipes/rainy.json?least=1&token=${token}`);
  if (!answer.ok) throw new Error(await answer.text());
  return (await answer.json()).data;
}

describe("in Firefox", () => {
  beforeAll(async () => {
    addContract(server.folder);
    await server.start();
    browser = await launchFirefox();
  });

  afterAll(async () => {
    await browser.close();
    await server.stop();
    removeSite(server.folder);
  });

  test("every rule of the disk contract holds", async () => {
    const page = await browser.newPage();
    await page.goto(`${server.url}?connect=no`);
    expect(await page.evaluate(inWorker, [["run_contract", "contract"], false] as const)).toBeNull();
    expect(await page.evaluate(inWorker, [["run_concurrent_opens", "concurrent"], false] as const)).toBeNull();
    await page.close();
  });

  test("two tabs share one engine, by message and by plain fetch", async () => {
    const first = await browser.newPage();
    await first.goto(server.url);
    const second = await browser.newPage();
    await second.goto(server.url);
    const ask = async () => {
      const { kinglet, api } = window as unknown as TestWindow;
      await kinglet.ready();
      await api.controlled();
      const direct = await (await kinglet.request("tokens")).text();
      return { role: kinglet.status.state === "ready" && kinglet.status.role, direct, fetched: await (await fetch("tokens")).text() };
    };
    const leader = await first.evaluate(ask);
    const follower = await second.evaluate(ask);
    expect(leader.role).toBe("leader");
    expect(follower.role).toBe("follower");
    expect(follower.direct).toBe(leader.direct);
    expect(follower.fetched).toBe(leader.direct);
    await first.close();
    await second.waitForFunction(() => {
      const { status } = (window as unknown as TestWindow).kinglet;
      return status.state === "ready" && status.role === "leader";
    });
    await second.close();
  });

  test("a file becomes a data source, its endpoint answers plain fetch, and both outlive a reload", async () => {
    const page = await browser.newPage();
    await page.goto(server.url);
    await page.evaluate(makeEndpoint, PIPE);
    expect(await page.evaluate(callEndpoint)).toEqual([{ city: "Bergen", days: 2 }]);
    await page.reload();
    expect(await page.evaluate(callEndpoint)).toEqual([{ city: "Bergen", days: 2 }]);
    await page.close();
  });

  test("the site and the workspace are there after a reload with no network", async () => {
    const page = await browser.newPage();
    await page.goto(server.url);
    const tokens = async () => {
      const { kinglet, api } = window as unknown as TestWindow;
      await kinglet.ready();
      await api.controlled();
      const { status } = kinglet;
      return { storage: status.state === "ready" && status.storage, text: await (await fetch("tokens")).text() };
    };
    const before = await page.evaluate(tokens);
    expect(before.storage).toBe("opfs");
    await server.stop();
    try {
      await page.reload();
      expect(await page.evaluate(tokens)).toEqual(before);
    } finally {
      await server.start();
    }
    await page.close();
  });
});
