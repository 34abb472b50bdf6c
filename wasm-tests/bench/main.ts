/**
 * `npm run bench`: the latency of an endpoint, events a second, what storage does, then three sets of queries in headless Chromium on Kinglet and on DuckDB-WASM,
 * in one go, with the ratio of each figure. `ONLY=endpoint,events,storage,tpch,clickbench,endpoints` chooses among them, `QUERIES=q01,q02` among queries.
 */
import { readFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";
import { SiteServer } from "../harness/server.ts";
import { measureEndpoint, printEndpoint } from "./endpoint.ts";
import { measureEvents, printEvents } from "./events.ts";
import { measure, type Figures, type Timing } from "./measure.ts";
import { querySet, type QuerySet } from "./sets.ts";
import { buildBenchSite, DUCKDB_FILES } from "./site.ts";
import { addStorageFiles, measureStorage, printStorage } from "./storage.ts";

const RUNS = Number(process.env["RUNS"] ?? 10);
const SETS = ["tpch", "clickbench", "endpoints"];

const only = process.env["ONLY"]?.split(",");
const isWanted = (name: string) => only === undefined || only.includes(name);
const sets = SETS.filter(isWanted).map(querySet);
const site = await buildBenchSite(sets);
const server = await new SiteServer(site, "/").start();
try {
  if (isWanted("endpoint")) printEndpoint(await measureEndpoint(server.url));
  if (isWanted("events")) printEvents(await measureEvents(server.url));
  if (isWanted("storage")) {
    addStorageFiles(site);
    printStorage(await measureStorage(server.url));
  }
  for (const set of sets) await compare(set);
  row("\nbytes shipped, brotli", shipped(kingletFiles()), shipped(DUCKDB_FILES));
} finally {
  await server.stop();
  rmSync(site, { recursive: true, force: true });
}

async function compare(set: QuerySet): Promise<void> {
  const wanted = process.env["QUERIES"]?.split(",");
  if (wanted) set.queries = new Map([...set.queries].filter(([name]) => wanted.includes(name)));
  const duckdb = await measure("duckdb", server.url, set, RUNS);
  const kinglet = await measure("kinglet", server.url, set, RUNS);
  print(set, kinglet, duckdb);
}

function print(set: QuerySet, kinglet: Figures, duckdb: Figures): void {
  console.log(`\n${set.title}, best of ${RUNS}, milliseconds\n`);
  row("", "kinglet", "duckdb", "ratio");
  row("first answer, cold", kinglet.firstAnswer.cold, duckdb.firstAnswer.cold);
  row("first answer, warm", kinglet.firstAnswer.warm, duckdb.firstAnswer.warm);
  row("load, all tables", total(kinglet.load), total(duckdb.load));
  const ratios: number[] = [];
  let failed = 0;
  for (const name of set.queries.keys()) {
    const [ours, theirs] = [kinglet.queries[name], duckdb.queries[name]];
    const answered = ours && theirs && "best" in ours && "best" in theirs;
    if (answered && ours.rows !== theirs.rows) row(name, ours.best, theirs.best, `  unequal: ${ours.rows} and ${theirs.rows} rows`);
    else row(name, shown(ours), shown(theirs));
    if (answered && ours.rows === theirs.rows) ratios.push(ours.best / theirs.best);
    else failed++;
  }
  const mean = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
  console.log(`\ngeometric mean of ${ratios.length} queries: ${mean.toFixed(2)}; failed or unequal: ${failed}`);
}

function shown(timing: Timing | undefined): number | string {
  if (!timing) return "missing";
  return "best" in timing ? timing.best : `failed: ${timing.failed.slice(0, 60)}`;
}

function total(load: Record<string, number>): number {
  return Object.values(load).reduce((sum, time) => sum + time, 0);
}

function row(name: string, ours: number | string, theirs: number | string, ratio?: string): void {
  const text = (value: number | string) => (typeof value === "number" ? value.toFixed(1) : value);
  const both = typeof ours === "number" && typeof theirs === "number";
  console.log(`${name.padEnd(24)}${text(ours).padStart(14)}${text(theirs).padStart(14)}${(ratio ?? (both ? (ours / theirs).toFixed(2) : "")).padStart(8)}`);
}

function kingletFiles(): string[] {
  const folder = join(site, "kinglet");
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).map((name) => join(folder, name)).filter((name) => /\.(js|wasm)$/.test(name));
}

/** Bytes under brotli, quality 9. */
function shipped(files: string[]): number {
  const parameters = { [constants.BROTLI_PARAM_QUALITY]: 9 };
  return files.reduce((sum, file) => sum + brotliCompressSync(readFileSync(file), { params: parameters }).length, 0);
}
