/** What a test does in a page: open it, ask the engine, look at its state. */
import type { BrowserContext, Page } from "playwright-core";
import type { Kinglet, Status } from "kinglet";

/** What site/page.js puts on the window. */
export interface TestWindow {
  kinglet: Kinglet;
  api: typeof import("kinglet");
  states: Status[];
  changes: { kind: string; name: string }[];
}

/** An answer as a test sees it. */
export interface Answer {
  status: number;
  headers: Record<string, string>;
  text: string;
}

/** Open the site and wait until its engine answers. */
export async function openSite(context: BrowserContext, url: string): Promise<Page> {
  const page = await context.newPage();
  page.on("pageerror", (error) => console.error("page error:", error.message));
  await page.goto(url);
  await ready(page);
  return page;
}

/** Wait until the page's engine answers, and return its status. */
export async function ready(page: Page): Promise<Status> {
  await page.waitForFunction(() => (window as unknown as TestWindow).kinglet !== undefined);
  return page.evaluate(async () => {
    const { kinglet } = window as unknown as TestWindow;
    await kinglet.ready();
    return kinglet.status;
  });
}

/** The same, with plain `fetch` going through the service worker too. */
export async function controlled(page: Page): Promise<boolean> {
  return page.evaluate(() => (window as unknown as TestWindow).api.controlled());
}

/** Ask by plain `fetch`, through the service worker. */
export function fetchIn(page: Page, path: string, init: RequestInit = {}): Promise<Answer> {
  return page.evaluate(
    async ([path, init]) => {
      const response = await fetch(path, init);
      return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
    },
    [path, init] as const,
  );
}

/** Ask through the client, by message. */
export function requestIn(page: Page, path: string, init: RequestInit = {}): Promise<Answer> {
  return page.evaluate(
    async ([path, init]) => {
      const response = await (window as unknown as TestWindow).kinglet.request(path, init);
      return { status: response.status, headers: Object.fromEntries(response.headers), text: await response.text() };
    },
    [path, init] as const,
  );
}

/** Wait until this page leads with a running engine. */
export async function becomesLeader(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const { status } = (window as unknown as TestWindow).kinglet;
    return status.state === "ready" && status.role === "leader";
  });
}
