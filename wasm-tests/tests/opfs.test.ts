/** The disk over the browser's private file system keeps the contract of all disks. */
import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { addContract, inWorker } from "../harness/contract.ts";
import { scene } from "../harness/scene.ts";

const site = await scene();
let page: Page;

beforeAll(() => addContract(site.server.folder));

beforeEach(async () => {
  page = await site.context.newPage();
  await page.goto(`${site.server.url}?connect=no`);
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
