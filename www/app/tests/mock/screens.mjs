// Takes a picture of every view against the mock API. `node tests/mock/screens.mjs <folder>`, with the mock and the
// dev server running.

import { mkdirSync } from "node:fs";
import { chromium } from "playwright-core";

const folder = process.argv[2] ?? "screens";
const api = process.argv[3] ?? "http://localhost:7199";
const site = process.argv[4] ?? "http://localhost:5180";
mkdirSync(folder, { recursive: true });
const browser = await chromium.launch({
  executablePath: "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
});
const context = await browser.newContext({
  viewport: { width: 1360, height: 860 },
  permissions: ["clipboard-read", "clipboard-write"],
});
const page = await context.newPage();
page.on(
  "console",
  (message) => ["error", "warning"].includes(message.type()) && console.log("console:", message.text()),
);
page.on("pageerror", (error) => console.log("pageerror:", error.message));
const shot = async (name) => {
  await page.waitForTimeout(250);
  await page.screenshot({ path: `${folder}/${name}.png` });
};
const go = async (hash) => {
  await page.evaluate((to) => (location.hash = to), hash);
  await page.waitForTimeout(350);
};

// Begin with an empty workspace.
const nothing = new FormData();
nothing.append("context://", "");
await fetch(`${api}/v1/build`, { method: "POST", body: nothing });

await page.goto(`${site}/?api=${api}`);
await page.getByText("Use the sample").waitFor();
await shot("01-empty");
await page.getByText("Use the sample").click();
await page.getByRole("button", { name: "Create data source" }).waitFor();
await page.waitForTimeout(400);
await shot("02-import");
await page.getByRole("button", { name: "Create data source" }).click();
await page.getByRole("button", { name: "Open data source" }).waitFor();
await shot("03-imported");
await page.getByRole("button", { name: "Open data source" }).click();
await page.getByRole("grid").waitFor();
await shot("04-data");
await page.getByRole("tab", { name: "Schema" }).click();
await shot("05-schema");
await page.getByRole("tab", { name: "Datafile" }).click();
await shot("06-datafile");
await page.getByRole("button", { name: "Delete", exact: true }).click();
await shot("07-confirm");
await page.keyboard.press("Escape");
await go("#/");
await page.getByText("Open the sample pipe").click();
await page.getByRole("button", { name: "Run" }).first().waitFor();
await page.getByRole("button", { name: "Run" }).nth(1).click();
await page.getByRole("grid").waitFor();
await shot("08-pipe");
await page.getByRole("button", { name: "Publish" }).click();
await page.getByText("Published.").waitFor();
await shot("09-published");
await go("#/pipes/visits_by_species/endpoint");
await page.getByRole("button", { name: "Send" }).click();
await page.getByText("200 OK").waitFor();
await shot("10-endpoint");
await go("#/query");
await page.locator(".cm-content").click();
await page.keyboard.type(
  "SELECT species, count() AS visits\nFROM feeder_visits\nWHERE birds > 1 -- more than one\nGROUP BY species",
);
await page.keyboard.press("Escape");
await page.keyboard.press("Escape");
await page.locator(".cm-content").click();
await page.keyboard.press("Control+Enter");
await page.getByRole("grid").waitFor();
await shot("11-query");
await page.locator(".cm-content").click();
await page.keyboard.press("Control+a");
await page.keyboard.type("SELECT broken\nFROM feeder_visits");
await page.keyboard.press("Escape");
await page.locator(".cm-content").click();
await page.keyboard.press("Control+Enter");
await page.getByRole("alert").waitFor();
await shot("12-query-error");
await go("#/project");
await shot("13-project");
await go("#/tokens");
await shot("14-tokens");
await page.keyboard.press("?");
await shot("15-shortcuts");
await page.keyboard.press("Escape");
await page.keyboard.press("Control+k");
await shot("16-find");
await page.keyboard.press("Escape");
await go("#/");
await shot("17-start");
await page.getByRole("button", { name: "Share" }).click();
await page.waitForTimeout(500);
await shot("18-share");
const link = await page.locator("textarea").inputValue();
await page.keyboard.press("Escape");
await page.emulateMedia({ colorScheme: "dark" });
await shot("20-dark-start");
await go("#/query");
await shot("21-dark-query");
await go("#/pipes/visits_by_species");
await shot("22-dark-pipe");
await go("#/pipes/visits_by_species/endpoint");
await shot("23-dark-endpoint");
await page.emulateMedia({ colorScheme: "light" });
await page.setViewportSize({ width: 390, height: 800 });
for (const [name, hash] of [
  ["30-phone-start", "#/"],
  ["31-phone-data", "#/data/feeder_visits"],
  ["32-phone-pipe", "#/pipes/visits_by_species"],
  ["33-phone-endpoint", "#/pipes/visits_by_species/endpoint"],
  ["34-phone-query", "#/query"],
  ["35-phone-project", "#/project"],
]) {
  await go(hash);
  await shot(name);
}
await page.getByRole("button", { name: "Menu" }).click();
await shot("36-phone-menu");
await page.getByRole("button", { name: "Menu" }).click();
await page.setViewportSize({ width: 1360, height: 860 });
const guest = await context.newPage();
await guest.goto(`${site}/?api=${api}${new URL(link).hash}`);
await guest.waitForTimeout(500);
await guest.screenshot({ path: `${folder}/40-shared.png` });
await guest.getByRole("button", { name: "Run" }).click();
await guest.waitForTimeout(900);
await guest.screenshot({ path: `${folder}/41-shared-open.png` });
await guest.goto(`${site}/?api=http://localhost:1#/`);
await guest.waitForTimeout(800);
await guest.screenshot({ path: `${folder}/42-no-engine.png` });
await browser.close();
console.log("done");
