/** The disk over the browser's private file system keeps the contract of all disks. */
import { afterAll, beforeAll, expect, test } from "vitest";
import type { BrowserContext, Page } from "playwright-core";
import { Profile } from "../harness/chromium.ts";
import { addContract, inWorker } from "../harness/contract.ts";
import { SiteServer } from "../harness/server.ts";
import { buildSite, removeSite } from "../harness/site.ts";

const profile = new Profile();
const server = new SiteServer(buildSite());
let context: BrowserContext;
let page: Page;

beforeAll(async () => {
  addContract(server.folder);
  await server.start();
  context = await profile.launch();
  page = await context.newPage();
  await page.goto(`${server.url}?connect=no`);
});

afterAll(async () => {
  await context.close();
  await server.stop();
  profile.remove();
  removeSite(server.folder);
});

test("every rule of the disk contract holds", async () => {
  expect(await page.evaluate(inWorker, [["run_contract", "contract"], false] as const)).toBeNull();
});

test("openings at the same time, also dropped ones, give one handle", async () => {
  expect(await page.evaluate(inWorker, [["run_concurrent_opens", "concurrent"], false] as const)).toBeNull();
});

test("a file is waited for until its holder has gone", async () => {
  expect(await page.evaluate(inWorker, [["hold", "held", "file"], true] as const)).toBeNull();
  const second = page.evaluate(inWorker, [["hold", "held", "file"], false] as const);
  await page.evaluate(() => {
    const { kept } = window as unknown as { kept: Worker };
    setTimeout(() => kept.terminate(), 300);
  });
  expect(await second).toBeNull();
});
