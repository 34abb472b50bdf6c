/** The engine behind a page, to look into and to harm. */
import type { Page, Worker } from "playwright-core";

/** The engine's worker of a page that leads, as it is now. */
export function engineOf(page: Page): Worker {
  const worker = page.workers().find((worker) => worker.url().includes("/kinglet/"));
  if (!worker) throw new Error("this page runs no engine");
  return worker;
}
