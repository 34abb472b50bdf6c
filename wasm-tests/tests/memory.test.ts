/** A browser without a private file system: the workspace lives in memory, and the page is told. */
import { expect, test } from "vitest";
import { openSite, ready, requestIn } from "../harness/page.ts";
import { scene } from "../harness/scene.ts";

const site = await scene();

/** Runs before the worker's script, as some browsers' private windows would have it. */
const REFUSAL = `StorageManager.prototype.getDirectory = () =>
  Promise.reject(new DOMException("storage is not available", "SecurityError"));\n`;

test("without a private file system the workspace is in memory, with the reason", async () => {
  await site.context.route("**/worker.js", async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: REFUSAL + (await response.text()) });
  });
  const page = await openSite(site.context, `${site.server.url}?serviceWorker=no`);
  const status = await ready(page);
  expect(status).toMatchObject({ state: "ready", storage: "memory" });
  expect(status).toHaveProperty("storageProblem", expect.stringContaining("storage is not available"));
  expect((await requestIn(page, "tokens")).status).toBe(200);
});
