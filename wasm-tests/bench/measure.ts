/** One engine's figures, taken in a fresh browser profile. */
import type { Page } from "playwright-core";
import { Profile } from "../harness/chromium.ts";
import type { QuerySet } from "./sets.ts";
import type { Engine } from "./site.ts";

/** What site/<engine>.js puts on the window. */
interface BenchWindow {
  engine: {
    open(): Promise<void>;
    define(files: [name: string, text: string][]): Promise<void>;
    load(path: string, table: string): Promise<number>;
    query(sql: string): Promise<{ elapsed: number; rows: number }>;
  };
}

/** A query's best time in milliseconds, or why there is none. */
export type Timing = { best: number; rows: number } | { failed: string };

export interface Figures {
  /** Milliseconds from opening the page to the answer of `SELECT 1`, with nothing cached and with everything. */
  firstAnswer: { cold: number; warm: number };
  /** Milliseconds to load each table. */
  load: Record<string, number>;
  queries: Record<string, Timing>;
}

const PATIENCE = 120_000;

/** Open the engine's page, load the tables and run each query `runs` times. */
export async function measure(engine: Engine, url: string, set: QuerySet, runs: number): Promise<Figures> {
  const profile = new Profile();
  const context = await profile.launch();
  try {
    const page = await context.newPage();
    page.on("pageerror", (error) => console.error(`${engine}: ${error.message}`));
    const cold = await firstAnswer(page, engine, url);
    const warm = await firstAnswer(page, engine, url);
    const load: Record<string, number> = {};
    await page.evaluate((files) => (window as unknown as BenchWindow).engine.define(files), set.project);
    for (const table of set.tables) load[table] = await loadTable(page, `data/${set.name}/${table}`, table);
    const timings: Record<string, Timing> = {};
    for (const [name, texts] of set.queries) {
      const settings = engine === "kinglet" && set.settings !== "" ? ` SETTINGS ${set.settings}` : "";
      timings[name] = await bestOf(page, `${texts[engine]}${settings}`, runs);
      process.stderr.write(`${engine} ${name}\n`);
    }
    return { firstAnswer: { cold, warm }, load, queries: timings };
  } finally {
    await context.close();
    profile.remove();
  }
}

async function firstAnswer(page: Page, engine: Engine, url: string): Promise<number> {
  const start = performance.now();
  await page.goto(`${url}${engine}.html`);
  await page.waitForFunction(() => (window as unknown as BenchWindow).engine !== undefined);
  await page.evaluate(async () => {
    const { engine } = window as unknown as BenchWindow;
    await engine.open();
    await engine.query("SELECT 1");
  });
  return performance.now() - start;
}

function loadTable(page: Page, path: string, table: string): Promise<number> {
  return page.evaluate(([path, table]) => (window as unknown as BenchWindow).engine.load(path, table), [path, table] as const);
}

/** The best of `runs`; a query that fails or takes longer than the limit is not run again. */
async function bestOf(page: Page, sql: string, runs: number): Promise<Timing> {
  let best = Number.POSITIVE_INFINITY;
  let rows = 0;
  try {
    for (let run = 0; run < runs; run++) {
      const answer = await within(page.evaluate((sql) => (window as unknown as BenchWindow).engine.query(sql), sql));
      best = Math.min(best, answer.elapsed);
      rows = answer.rows;
    }
    return { best, rows };
  } catch (error) {
    return { failed: String(error instanceof Error ? error.message : error).split("\n")[0] ?? "" };
  }
}

function within<T>(work: Promise<T>): Promise<T> {
  const limit = new Promise<T>((_, reject) => setTimeout(() => reject(new Error("took over 120 s")), PATIENCE).unref());
  return Promise.race([work, limit]);
}
