/** Projects and their texts in the app: looked at before they are built, with their data, out and in again. */
import { fileURLToPath } from "node:url";
import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { BrowserContext, Page } from "playwright-core";
import { Profile } from "../harness/chromium.ts";
import { SiteServer } from "../harness/server.ts";
import { shop, zipOf } from "../harness/shop.ts";

const profile = new Profile();
const server = new SiteServer(fileURLToPath(new URL("../../www/app/dist", import.meta.url)));
const faults: string[] = [];
let context: BrowserContext;
let page: Page;
let exported = Buffer.alloc(0);

beforeAll(async () => {
  await server.start();
  context = await profile.launch();
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
  page.on("pageerror", (error) => faults.push(error.message));
});

afterAll(async () => {
  await context.close();
  await server.stop();
  profile.remove();
});

async function go(hash: string): Promise<void> {
  await page.evaluate((to) => (location.hash = to), hash);
}

async function open(name: string, buffer: Buffer): Promise<void> {
  await page.locator("input[data-picker]").setInputFiles({ name, mimeType: "application/octet-stream", buffer });
}

function rowsIn(name: RegExp): Promise<string | null> {
  return page.getByRole("grid", { name }).getAttribute("aria-rowcount");
}

/** Goes on when the engine answers, on a page that has data. */
async function build(): Promise<void> {
  await page.getByRole("button", { name: "Build into the workspace" }).click();
  await page.getByRole("heading", { name: "Data flow" }).waitFor();
}

test("a pipe with three mistakes shows three squiggles while the engine is still loading", async () => {
  server.held = /engine_bg\.wasm$/;
  await page.goto(server.url);
  await page.getByRole("button", { name: "New pipe" }).click();
  await page.getByLabel("Name").fill("mistaken");
  await page.getByRole("button", { name: "Create pipe" }).click();
  const code = page.getByRole("textbox", { name: "SQL of node mistaken_1" });
  await code.fill("%\nSELECT toDat(now()) AS day\nFROM nowhere\nWHERE day > {{Dat(since)}}");
  await expect.poll(() => page.locator(".cm-lintRange").allInnerTexts()).toEqual(["toDat", "nowhere", "Dat"]);
  const findings = await page.getByRole("list", { name: "Findings" }).getByRole("listitem").allInnerTexts();
  expect(findings).toEqual([
    expect.stringMatching(/line 2[^]*no function 'toDat'[^]*'toDate'/),
    expect.stringMatching(/line 3[^]*'nowhere' not found/),
    expect.stringMatching(/line 4[^]*function name: Dat/),
  ]);
  expect(await page.getByText("Starting the engine").count()).toBe(1);
});

test("words are completed, with their documentation, and the text is formatted", async () => {
  const code = page.getByRole("textbox", { name: "SQL of node mistaken_1" });
  await code.fill("select count( ) as n,toStartOfDa");
  await page.getByRole("option", { name: /toStartOfDay/ }).waitFor();
  await page.getByText("Midnight at the beginning of the day").waitFor();
  // The editor takes no Enter for a list that has just opened.
  await page.waitForTimeout(250);
  await page.keyboard.press("Enter");
  await page.keyboard.type("now()) as day");
  await expect.poll(() => code.innerText()).toBe("select count( ) as n,toStartOfDay(now()) as day");
  await page.keyboard.press("Shift+Alt+F");
  await expect.poll(() => code.innerText()).toBe("select count() as n, toStartOfDay(now()) as day");
  await page.keyboard.press("Control+z");
  await expect.poll(() => code.innerText()).toContain("select count( )");
});

test("a node is renamed wherever the project names it", async () => {
  await page.getByRole("button", { name: "Add node" }).click();
  await page.getByRole("button", { name: /^Rename node mistaken_1/ }).click();
  const dialog = page.getByRole("dialog", { name: "Rename the node mistaken_1" });
  await dialog.getByLabel("New name").fill("counted");
  await expect.poll(() => dialog.locator("ins").allInnerTexts()).toEqual(["counted", "counted"]);
  await dialog.getByRole("button", { name: "Rename", exact: true }).click();
  await page.getByRole("region", { name: "Node counted" }).waitFor();
  const second = page.getByRole("textbox", { name: "SQL of node mistaken_2" });
  await expect.poll(() => second.innerText()).toContain("FROM counted");
});

test("a zip shows its files and its lineage while the engine is still loading", async () => {
  await open("shop.zip", zipOf(shop));
  await page.getByRole("heading", { name: "shop", exact: true }).waitFor();
  const flow = page.getByRole("group", { name: "Data flow" });
  await flow.getByRole("link", { name: /^top_products, endpoint/ }).waitFor();
  await flow.getByRole("link", { name: /^daily_sales, data source, from by_day/ }).waitFor();
  expect(await page.getByRole("button", { name: "Waiting for the engine" }).isDisabled()).toBe(true);
  await flow.getByRole("link", { name: /^orders, data source/ }).focus();
  await page.keyboard.press("ArrowRight");
  expect(await page.evaluate(() => document.activeElement?.getAttribute("data-name"))).toBe("by_day");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "materializations/by_day.pipe" }).waitFor();
  server.release();
});

test("what is wrong in a dropped project is marked in its list, its lineage and its text", async () => {
  const broken = shop["datasources/products.datasource"]?.replace("category` String", "category` Strin") ?? "";
  await open("broken.zip", zipOf({ ...shop, "datasources/products.datasource": broken }, "broken"));
  await page.getByRole("link", { name: /^products, data source, has errors/ }).click();
  await page.getByRole("heading", { name: "datasources/products.datasource" }).waitFor();
  await expect.poll(() => page.locator(".cm-lintRange-error").allInnerTexts()).toEqual(["Strin"]);
  await page.getByRole("link", { name: "datasources/products.datasource 1" }).waitFor();
  await open("shop.zip", zipOf(shop));
  await page.getByRole("heading", { name: "shop", exact: true }).waitFor();
});

test("the project is built with its fixtures", async () => {
  await build();
  await page.getByRole("link", { name: /orders/ }).first().waitFor();
  await go("#/data/orders");
  await expect.poll(() => rowsIn(/orders/)).toBe("201");
  await go("#/pipes/top_products");
  await page.getByRole("button", { name: "Run" }).last().click();
  await page.getByRole("grid", { name: "Result of top" }).waitFor();
  expect(await rowsIn(/Result of top/)).toBe("5");
});

test("a name tells what it is, and leads to where it is defined", async () => {
  await go("#/pipes/top_products");
  const top = page.getByRole("textbox", { name: "SQL of node top" });
  await top.getByText("category", { exact: false }).first().waitFor();
  await page.getByRole("textbox", { name: "SQL of node filtered" }).getByText("sumMerge").hover();
  await page.locator(".cm-tooltip-hover .cm-doc-title").filter({ hasText: "sum" }).waitFor();
  await page.mouse.move(0, 0);
  await top.getByText("FROM filtered").click({ position: { x: 60, y: 8 } });
  await page.keyboard.press("F12");
  await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("SQL of node filtered");
  await page.getByRole("textbox", { name: "SQL of node filtered" }).getByText("daily_sales").click({ modifiers: ["Control"] });
  await expect.poll(() => new URL(page.url()).hash).toBe("#/data/daily_sales/datafile");
});

test("a copy fills its target, and a sink hands out a file", async () => {
  await go("#/pipes/fill_totals");
  await page.getByRole("button", { name: "Run copy" }).click();
  await page.getByText("The copy is done").waitFor();
  await go("#/data/product_totals");
  await expect.poll(() => rowsIn(/totals/)).toBe("5");
  await go("#/pipes/hand_out");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Run sink" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("totals.csv");
  const text = await readFile(await file.path(), "utf8");
  expect(text.split("\n").slice(0, 2)).toEqual(['"product","revenue"', expect.stringMatching(/^"mug",\d/)]);
});

test("a data source is renamed in all files, and its rows move along", async () => {
  await go("#/project/copies/fill_totals.pipe");
  const code = page.getByRole("textbox", { name: "copies/fill_totals.pipe" });
  await code.getByText("product_totals").click();
  await page.keyboard.press("F2");
  const dialog = page.getByRole("dialog", { name: "Rename the data source product_totals" });
  await dialog.getByLabel("New name").fill("sums");
  await dialog.getByText("datasources/sums.datasource").waitFor();
  await dialog.getByText("4 rows move along").waitFor();
  await dialog.getByRole("button", { name: "Rename", exact: true }).click();
  await page.getByRole("button", { name: /^Build \d+ changes/ }).click();
  await page.getByRole("link", { name: "sums 4", exact: true }).waitFor();
  await expect.poll(() => page.getByRole("link", { name: /product_totals/ }).count()).toBe(0);
});

test("a dropped file may name what is in the workspace", async () => {
  const pipe = "NODE recent\nSQL >\n    SELECT product, amount FROM orders ORDER BY ordered_at DESC LIMIT 5\n\nTYPE endpoint\n";
  await open("recent.pipe", Buffer.from(pipe));
  const flow = page.getByRole("group", { name: "Data flow" });
  await flow.getByRole("link", { name: "recent, endpoint, from orders" }).waitFor();
  expect(await flow.getByRole("link").count()).toBe(2);
  await page.getByText("no findings").waitFor();
  await build();
  await page.getByRole("link", { name: "recent", exact: true }).first().waitFor();
});

test("an edit is built, and one that the build refuses changes nothing", async () => {
  await go("#/project/copies/fill_totals.pipe");
  const code = page.getByRole("textbox", { name: "copies/fill_totals.pipe" });
  await code.fill("NODE fill\nSQL >\n    SELECT FROM\n");
  await page.getByRole("button", { name: "Build 1 change" }).click();
  await page.getByRole("alert").filter({ hasText: "Nothing was changed" }).waitFor();
  await page.getByRole("button", { name: "Discard edits" }).click();
  await expect.poll(() => code.innerText()).toContain("TARGET_DATASOURCE sums");
});

test("the workspace leaves as a zip with its rows", async () => {
  await go("#/project");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Export with data" }).click();
  exported = await readFile(await (await download).path());
  expect(exported.length).toBeGreaterThan(1000);
});

test("the zip brings files and rows back into an empty workspace", async () => {
  const fresh = new Profile();
  const browser = await fresh.launch();
  const guest = await browser.newPage();
  guest.setDefaultTimeout(20_000);
  await guest.goto(server.url);
  const file = { name: "kinglet-project.zip", mimeType: "application/zip", buffer: exported };
  await guest.locator("input[data-picker]").setInputFiles(file);
  await guest.getByRole("button", { name: "Build into the workspace" }).click();
  await guest.getByRole("heading", { name: "Data flow" }).waitFor();
  const sizes = { orders: "200", products: "4", sums: "4" };
  for (const [name, rows] of Object.entries(sizes)) {
    await guest.getByRole("link", { name: `${name} ${rows}`, exact: true }).waitFor();
  }
  await guest.evaluate(() => (location.hash = "#/pipes/top_products"));
  await guest.getByRole("button", { name: "Run" }).last().click();
  await guest.getByRole("grid", { name: "Result of top" }).waitFor();
  const cells = await guest.getByRole("gridcell").allInnerTexts();
  await page.bringToFront();
  await go("#/pipes/top_products");
  await page.getByRole("button", { name: "Run" }).last().click();
  await page.getByRole("grid", { name: "Result of top" }).waitFor();
  expect(cells).toEqual(await page.getByRole("gridcell").allInnerTexts());
  await browser.close();
  fresh.remove();
});

const files: [string, Buffer, number][] = [
  ["documents.json", Buffer.from('[{"id":1,"US Gross":12345678901234567},\n {"id":2,"US Gross":null}]'), 2],
  ["packed.csv.gz", gzipSync("a,b\n1,x\n2,y\n3,z\n"), 3],
  ["packed_events.ndjson.gz", gzipSync('{"a":1}\n{"a":2}\n'), 2],
  ["packed_documents.json.gz", gzipSync('[{"a":1},{"a":2},{"a":3}]'), 3],
];

test.each(files)("%s becomes a data source", async (name, bytes, rows) => {
  await open(name, bytes);
  await page.getByRole("button", { name: "Create data source" }).click();
  await page.getByRole("button", { name: "Open data source" }).click();
  await expect.poll(() => rowsIn(/^First rows/)).toBe(String(rows + 1));
});

test("rows that do not fit are told, and can be looked at", async () => {
  await open("mixed.csv", Buffer.from("a,b\n1,x\nnone,y\n3,z\n"));
  await page.getByRole("combobox", { name: "Type of column a" }).fill("Int32");
  await page.getByRole("button", { name: "Create data source" }).click();
  await page.getByText("1 row did not fit").or(page.getByText(/quarantine/)).first().waitFor();
  await page.getByRole("button", { name: "Open data source" }).click();
  await expect.poll(() => rowsIn(/^First rows/)).toBe("3");
  await page.getByRole("button", { name: "1 row in quarantine" }).click();
  await page.getByRole("button", { name: /^Run/ }).click();
  await expect.poll(() => page.getByRole("gridcell").allInnerTexts()).toContain("none");
});

test("most columns of a file can be left out", async () => {
  await open("wide.csv", Buffer.from("a,b,c,d,e,f\n1,2,3,4,5,six\n7,8,9,10,11,twelve\n"));
  await page.getByRole("button", { name: "Create data source" }).waitFor();
  for (const name of ["a", "b", "c", "d"]) await page.getByRole("checkbox", { name: new RegExp(`\\b${name}\\b`) }).uncheck();
  await page.getByRole("button", { name: "Create data source" }).click();
  await page.getByRole("button", { name: "Open data source" }).click();
  await page.getByRole("grid", { name: "First rows of wide" }).waitFor();
  await expect.poll(() => page.getByRole("gridcell").allInnerTexts()).toEqual(["5", "six", "11", "twelve"]);
});

test("a template reads a secret", async () => {
  await go("#/tokens");
  await page.getByLabel("Name").last().fill("greeting");
  await page.getByLabel("Value").fill("hello");
  await page.getByRole("button", { name: "Add secret" }).click();
  await page.getByText("The secret greeting is set").waitFor();
  await go("#/query");
  await page.locator(".cm-content").first().fill("%\nSELECT {{tb_secret('greeting')}} AS g");
  await page.keyboard.press("Control+Enter");
  await expect.poll(() => page.getByRole("gridcell").first().innerText()).toBe("hello");
});

test("a host is asked about once, and nothing is sent before", async () => {
  const other = await new SiteServer(fileURLToPath(new URL("../harness", import.meta.url))).start();
  const { host } = new URL(other.url);
  const fetchIt = async (): Promise<void> => {
    await go("#/");
    await page.getByRole("button", { name: "From a URL" }).click();
    await page.getByLabel(/Address of/).fill(`${other.url}rows.csv`);
    await page.getByRole("button", { name: "Fetch" }).click();
  };
  await fetchIt();
  await page.getByRole("button", { name: "Do not send" }).click();
  await page.getByText(`Nothing was sent to ${host}`).waitFor();
  expect(other.asked).toEqual([]);
  await page.keyboard.press("Escape");
  await fetchIt();
  await page.getByRole("button", { name: `Allow ${host}` }).click();
  await expect.poll(() => other.asked).toEqual(["rows.csv"]);
  await page.keyboard.press("Escape");
  await fetchIt();
  await expect.poll(() => other.asked.length).toBe(2);
  await page.keyboard.press("Escape");
  await go("#/tokens");
  await page.getByRole("button", { name: `Ask again before reaching ${host}` }).click();
  await page.getByText("The first request to a host asks you").waitFor();
  await other.stop();
});

test("no page threw", () => {
  expect(faults).toEqual([]);
});
