/** The app as people meet it: from a file to an endpoint, a link to a friend, a reload, no network. */
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { CHROMIUM, Profile } from "../harness/chromium.ts";
import { SiteServer } from "../harness/server.ts";

const profile = new Profile();
const server = new SiteServer(fileURLToPath(new URL("../../www/app/dist", import.meta.url)));
const faults: string[] = [];
let context: BrowserContext;
let page: Page;
let link = "";

beforeAll(async () => {
  await server.start();
  context = await profile.launch();
  page = watched(await context.newPage());
});

afterAll(async () => {
  await context.close();
  await server.stop();
  profile.remove();
});

/** Remembers what a page throws, and what its policy refuses. */
function watched(fresh: Page): Page {
  fresh.setDefaultTimeout(20_000);
  fresh.on("pageerror", (error) => faults.push(error.message));
  fresh.on("console", (message) => {
    if (/Content.Security.Policy/i.test(message.text())) faults.push(message.text());
  });
  return fresh;
}

async function go(hash: string): Promise<void> {
  await page.evaluate((to) => (location.hash = to), hash);
}

async function write(sql: string): Promise<void> {
  await page.locator(".cm-content").first().fill(sql);
  await page.keyboard.press("Control+Enter");
}

test("a file becomes a data source after its schema is confirmed", async () => {
  await page.goto(server.url);
  await page.getByRole("button", { name: "Use the sample" }).click();
  const type = page.getByRole("combobox", { name: "Type of column species" });
  await expect.poll(() => type.inputValue()).toBe("String");
  await type.fill("LowCardinality(String)");
  await page.getByRole("button", { name: "Create data source" }).click();
  await page.getByRole("button", { name: "Open data source" }).click();
  const grid = page.getByRole("grid", { name: "First rows of feeder_visits" });
  await grid.waitFor();
  expect(await grid.getAttribute("aria-rowcount")).toBe("601");
  expect(await page.getByRole("columnheader", { name: "species" }).innerText()).toContain("LowCardinality(String)");
});

test("a file that is dropped is asked about too", async () => {
  const transfer = await page.evaluateHandle(() => {
    const data = new DataTransfer();
    data.items.add(new File(['{"id":1,"tags":["a"]}\n{"id":2,"tags":[]}\n'], "tagged things.ndjson"));
    return data;
  });
  for (const event of ["dragenter", "dragover", "drop"]) await page.dispatchEvent("body", event, { dataTransfer: transfer });
  await expect.poll(() => page.getByRole("textbox", { name: "Data source" }).inputValue()).toBe("tagged_things");
  await page.getByRole("button", { name: "Create data source" }).click();
  await page.getByRole("button", { name: "Open data source" }).click();
  await page.getByRole("grid").waitFor();
  expect(await page.getByRole("grid").getAttribute("aria-rowcount")).toBe("3");
});

test("a query shows types, and an error shows its code and place", async () => {
  await go("#/query");
  await write("SELECT count() AS n, max(birds) AS most FROM feeder_visits");
  await page.getByRole("gridcell").first().waitFor();
  expect(await page.getByRole("gridcell").first().innerText()).toBe("600");
  expect(await page.getByRole("columnheader").first().innerText()).toContain("UInt64");

  await write("SELECT species,\n  no_such_column\nFROM feeder_visits");
  const alert = page.getByRole("alert");
  await alert.waitFor();
  expect(await alert.innerText()).toContain("UNKNOWN_IDENTIFIER");
  expect(await alert.innerText()).toContain("line 2, column 3");
  expect(await page.locator(".cm-lintRange-error").innerText()).toBe("no_such_column");
});

test("a pipe runs while it is a draft, and publishing makes it an endpoint", async () => {
  await go("#/");
  await page.getByRole("button", { name: "Open the sample pipe" }).click();
  await page.getByRole("button", { name: "Run" }).nth(1).click();
  const grid = page.getByRole("grid", { name: "Result of by_species" });
  await grid.waitFor();
  expect(await grid.getAttribute("aria-rowcount")).toBe("11");

  await page.reload();
  await page.getByRole("region", { name: "Node by_species" }).waitFor();
  await page.getByRole("button", { name: "Publish" }).click();
  await page.getByRole("link", { name: "Endpoint", exact: true }).click();
  await page.getByRole("textbox", { name: /^limit/ }).fill("3");
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByText("200", { exact: false }).first().waitFor();
  const body = JSON.parse(await page.getByLabel("Body of the answer").innerText()) as { rows: number; data: { species: string }[] };
  expect(body.rows).toBe(3);
  expect(body.data[0]?.species).toBeTypeOf("string");
});

test("the endpoint's snippet works when it is pasted", async () => {
  await page.getByRole("tab", { name: "JavaScript" }).click();
  const code = await page.getByLabel("Snippet", { exact: true }).innerText();
  const address = /new URL\("(.*?)"\)/.exec(code)?.[1] ?? "";
  const token = /Bearer ([^"]+)/.exec(code)?.[1] ?? "";
  const status = await page.evaluate(
    async ([url, secret]) => (await fetch(url, { headers: { Authorization: `Bearer ${secret}` } })).status,
    [address, token] as const,
  );
  expect(status).toBe(200);
});

test("what was made outlives a reload, and works without a network", async () => {
  await page.reload();
  await page.getByRole("link", { name: /feeder_visits/ }).first().waitFor();
  await server.stop();
  await page.reload();
  await go("#/data/feeder_visits");
  await page.getByRole("grid").waitFor();
  expect(await page.getByRole("grid").getAttribute("aria-rowcount")).toBe("601");
  await server.start();
});

test("a project leaves as a zip", async () => {
  await go("#/project");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export zip" }).click();
  expect((await download).suggestedFilename()).toBe("kinglet-project.zip");
});

test("a link carries files and data, and no token", async () => {
  await go("#/pipes/visits_by_species");
  await page.getByRole("button", { name: "Share" }).click();
  const field = page.getByRole("dialog").getByRole("textbox");
  await expect.poll(() => field.inputValue()).toContain("#p1.");
  link = await field.inputValue();
  expect(new URL(link).hash.length).toBeLessThan(32_000);
  await page.keyboard.press("Escape");
});

test("a stranger's profile opens the link, and nothing runs before Run", async () => {
  const browser: Browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu"] });
  const guest = watched(await browser.newPage());
  const before = server.asked.length;
  await guest.goto(link);
  await guest.getByRole("heading", { name: "A shared playground" }).waitFor();
  await guest.waitForTimeout(500);
  expect(server.asked.slice(before).filter((path) => path.endsWith(".wasm"))).toEqual([]);

  await guest.getByRole("button", { name: "Run" }).click();
  const grid = guest.getByRole("grid", { name: "Result of by_species" });
  await grid.waitFor();
  expect(await grid.getAttribute("aria-rowcount")).toBe("11");
  expect(await guest.getByRole("link", { name: /feeder_visits/ }).first().innerText()).toContain("600");
  await browser.close();
});

test("a data source is emptied and deleted after a question", async () => {
  await go("#/data/tagged_things");
  await page.getByRole("button", { name: "Truncate" }).click();
  await page.getByRole("button", { name: "Delete all rows" }).click();
  await page.getByText("No rows yet").waitFor();
  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await page.getByRole("button", { name: "Delete data source" }).click();
  await page.getByRole("heading", { name: "Your workspace" }).waitFor();
  expect(await page.getByRole("link", { name: /tagged_things/ }).count()).toBe(0);
});

test("no page threw, and the policy refused nothing", () => {
  expect(faults).toEqual([]);
});
