/** How fast rows come in, how soon a store is open again, how much a lookup reads, and how many bytes a row takes. */
import { cpSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { Profile } from "../harness/chromium.ts";

/** Rows of the table that lookups are made in, in millions. */
const MILLIONS = Number(process.env["MILLIONS"] ?? 10);

/** What flights-3m takes elsewhere, in bytes per row: chDB 26.9.2.1 on 2026-11-25, MergeTree with its default LZ4, and Parquet it wrote with Zstandard. */
const ELSEWHERE = [
  ["ClickHouse, sorted by origin, date", 12.54],
  ["ClickHouse, as in the file", 11.1],
  ["Parquet with Zstandard, sorted", 5.91],
  ["Parquet with Zstandard, as in the file", 4.62],
] as const;

const FLIGHTS = "flights-3m.parquet";

interface Ingest {
  rows: number;
  bytes: number;
  millis: number;
}

/** Milliseconds unless said. */
export interface StorageFigures {
  ingest: Record<string, { kinglet: Ingest; duckdb: Ingest | undefined }>;
  flightsBytesPerRow: number;
  reopen: { parts: number; millis: number };
  scan: { cold: number; warm: number };
  lookup: { millis: number; rowsRead: number; rows: number };
  merges: { rows: number; millis: number };
  memory: number;
}

/** Put what the measurement loads into the site. */
export function addStorageFiles(site: string): void {
  const root = fileURLToPath(new URL("..", `file://${process.cwd()}/`));
  cpSync(join(root, "node_modules/vega-datasets/data", FLIGHTS), join(site, FLIGHTS));
}

export async function measureStorage(url: string): Promise<StorageFigures> {
  const theirs = await inBrowser(`${url}duckdb.html`, duckdbIngests);
  return inBrowser(`${url}kinglet.html`, async (page) => {
    const ours = await kingletIngests(page);
    const ingest: StorageFigures["ingest"] = {};
    for (const [kind, kinglet] of Object.entries(ours.ingest)) ingest[kind] = { kinglet, duckdb: theirs[kind] };
    return { ...ours, ingest };
  });
}

async function inBrowser<T>(url: string, measure: (page: Page) => Promise<T>): Promise<T> {
  const profile = new Profile();
  const context = await profile.launch();
  try {
    const page = await context.newPage();
    page.on("pageerror", (error) => console.error(`storage: ${error.message}`));
    await page.goto(url);
    await page.waitForFunction(() => (window as unknown as { engine?: unknown }).engine !== undefined);
    await page.evaluate(() => (window as unknown as { engine: { open(): Promise<void> } }).engine.open());
    await page.evaluate(makeRows);
    return await measure(page);
  } finally {
    await context.close();
    profile.remove();
  }
}

/** Puts `rowsFile` on the window: events as a file, not in the page's heap. */
function makeRows(): void {
  const rowsFile = (format: "csv" | "ndjson", from: number, count: number): File => {
    const pieces: Blob[] = format === "csv" && from === 0 ? [new Blob(["tenant,at,path,session,duration\n"])] : [];
    let lines = "";
    for (let id = from; id < from + count; id += 1) {
      const [tenant, path, duration] = [Math.imul(id, 2654435761) >>> 22, `/page/${id % 97}`, (id % 1000) / 8];
      const at = new Date(1_700_000_000_000 + id * 100).toISOString().slice(0, 19).replace("T", " ");
      lines +=
        format === "csv"
          ? `${tenant},${at},${path},${id},${duration}\n`
          : `{"tenant":${tenant},"at":"${at}","path":"${path}","session":${id},"duration":${duration}}\n`;
      if (lines.length > 1 << 20) {
        pieces.push(new Blob([lines]));
        lines = "";
      }
    }
    return new File([...pieces, new Blob([lines])], `rows.${format}`);
  };
  Object.assign(window, { rowsFile });
}

type RowsFile = (format: "csv" | "ndjson", from: number, count: number) => File;

async function duckdbIngests(page: Page): Promise<Record<string, Ingest>> {
  return page.evaluate(async (flights) => {
    type Duck = { db: { registerFileBuffer(name: string, bytes: Uint8Array): Promise<void> }; connection: { query(sql: string): Promise<unknown> } };
    const { engine, rowsFile } = window as unknown as { engine: Duck; rowsFile: RowsFile };
    const ingest: Record<string, Ingest> = {};
    const files: [string, File, string][] = [
      ["CSV", rowsFile("csv", 0, 1_000_000), "read_csv"],
      ["NDJSON", rowsFile("ndjson", 0, 1_000_000), "read_json"],
      ["Parquet, flights-3m", new File([await (await fetch(flights)).blob()], flights), "read_parquet"],
    ];
    for (const [kind, file, reader] of files) {
      try {
        const started = performance.now();
        await engine.db.registerFileBuffer(file.name, new Uint8Array(await file.arrayBuffer()));
        await engine.connection.query(`CREATE TABLE t${Object.keys(ingest).length} AS SELECT * FROM ${reader}('${file.name}')`);
        const rows = kind.startsWith("Parquet") ? 3_000_000 : 1_000_000;
        ingest[kind] = { rows, bytes: file.size, millis: performance.now() - started };
      } catch (error) {
        // Its readers of JSON and Parquet are fetched from its makers' server.
        console.warn(`${kind}: ${String(error)}`);
      }
    }
    return ingest;
  }, FLIGHTS);
}

async function kingletIngests(page: Page): Promise<Omit<StorageFigures, "ingest"> & { ingest: Record<string, Ingest> }> {
  return page.evaluate(
    async ([flights, millions]) => {
      type Client = {
        request(path: string, init?: RequestInit): Promise<Response>;
        ingestFile(file: File, options: Record<string, unknown>): Promise<Response>;
        memory(): Promise<{ bytes: number }>;
        renew(bytes: number): Promise<boolean>;
        ready(): Promise<unknown>;
      };
      type Ours = { kinglet: Client; headers: Record<string, string>; define(files: [string, string][]): Promise<void> };
      const { engine, rowsFile } = window as unknown as { engine: Ours; rowsFile: RowsFile };
      const { kinglet, headers } = engine;
      const token = headers["Authorization"]?.slice("Bearer ".length);
      const events = (key: string) =>
        `SCHEMA >\n    tenant UInt32 \`json:$.tenant\`,\n    at DateTime \`json:$.at\`,\n    path LowCardinality(String) \`json:$.path\`,\n    session UInt64 \`json:$.session\`,\n    duration Float64 \`json:$.duration\`\n\nENGINE MergeTree\n${key}`;
      const sorted = 'ENGINE_SORTING_KEY "tenant, at"\n';
      await engine.define([
        ["csv.datasource", events(sorted)],
        ["ndjson.datasource", events(sorted)],
        ["large.datasource", events(sorted)],
        ["many.datasource", events(`ENGINE_PARTITION_KEY "session % 1000"\n${sorted}`)],
        [
          "flights.datasource",
          'SCHEMA >\n    date DateTime64(6),\n    delay Int64,\n    distance Int64,\n    origin String,\n    destination String\n\nENGINE MergeTree\nENGINE_SORTING_KEY "origin, date"\n',
        ],
      ]);
      const read = async (sql: string) => {
        const answer = await kinglet.request("v0/sql", { method: "POST", headers, body: `${sql} FORMAT JSON` });
        if (!answer.ok) throw new Error(await answer.text());
        return (await answer.json()) as { data: Record<string, unknown>[]; statistics: { rows_read: number } };
      };
      const timed = async (work: () => Promise<unknown>) => {
        const started = performance.now();
        await work();
        return performance.now() - started;
      };
      const load = async (file: File, datasource: string, format: string, rows: number): Promise<Ingest> => {
        const millis = await timed(async () => {
          const answer = await kinglet.ingestFile(file, { datasource, format, mode: "append", token });
          if (!answer.ok) throw new Error(await answer.text());
          await answer.text();
        });
        return { rows, bytes: file.size, millis };
      };
      const parts = async (table: string) =>
        ((await (await kinglet.request(`v0/datasources/${table}/parts`, { headers })).json()) as { parts: { bytes: number; rows: number }[] }).parts;
      const settled = async (table: string) => {
        for (let before = Infinity; ; ) {
          const now = (await parts(table)).length;
          if (now === before) return;
          before = now;
          await new Promise((resolve) => setTimeout(resolve, 3000));
        }
      };
      const ingest: Record<string, Ingest> = {};
      ingest["CSV"] = await load(rowsFile("csv", 0, 1_000_000), "csv", "csv", 1_000_000);
      ingest["NDJSON"] = await load(rowsFile("ndjson", 0, 1_000_000), "ndjson", "ndjson", 1_000_000);
      ingest["Parquet, flights-3m"] = await load(new File([await (await fetch(flights)).blob()], flights), "flights", "parquet", 3_000_000);
      const merging = performance.now();
      await settled("flights");
      const merges = { rows: 3_000_000, millis: Math.max(performance.now() - merging - 6000, 1) };
      const stored = await parts("flights");
      const sum = (key: "bytes" | "rows") => stored.reduce((total, part) => total + part[key], 0);
      const flightsBytesPerRow = sum("bytes") / sum("rows");

      for (let million = 0; million < millions; million += 1) {
        await load(rowsFile("csv", million * 1_000_000, 1_000_000), "large", "csv", 1_000_000);
      }
      const memory = (await kinglet.memory()).bytes;
      await settled("large");
      await load(rowsFile("csv", 0, 100_000), "many", "csv", 100_000);
      const count = (await parts("many")).length;

      // A new engine has nothing in memory: what comes first is cold.
      await new Promise((resolve) => setTimeout(resolve, 2000));
      const started = performance.now();
      if (!(await kinglet.renew(1))) throw new Error("the engine is busy");
      await read("SELECT count() FROM many");
      const reopen = { parts: count, millis: performance.now() - started };
      const scanned = "SELECT sum(duration), max(path) FROM csv";
      const scan = { cold: await timed(() => read(scanned)), warm: Math.min(...[await timed(() => read(scanned)), await timed(() => read(scanned))]) };
      const sought = `SELECT session, duration FROM large WHERE tenant = 77 AND at = toDateTime(1700000000) + ${Math.floor((millions * 1e5) / 2)}`;
      let rowsRead = 0;
      const millis = Math.min(
        ...[
          await timed(() => read(sought)),
          await timed(async () => {
            rowsRead = (await read(sought)).statistics.rows_read;
          }),
        ],
      );
      return { ingest, flightsBytesPerRow, reopen, scan, lookup: { millis, rowsRead, rows: millions * 1_000_000 }, merges, memory };
    },
    [FLIGHTS, MILLIONS] as const,
  );
}

/** Print the figures as tables. */
export function printStorage(figures: StorageFigures): void {
  const speed = (ingest: Ingest | undefined) =>
    ingest === undefined ? "-" : `${((ingest.rows / ingest.millis) * 1000).toFixed(0)} (${(ingest.bytes / ingest.millis / 1000).toFixed(1)} MB/s)`;
  console.log("\nstorage: ingest, rows per second\n");
  console.log(`${"".padEnd(24)}${"kinglet".padStart(24)}${"duckdb".padStart(24)}`);
  for (const [kind, { kinglet, duckdb }] of Object.entries(figures.ingest)) {
    console.log(`${kind.padEnd(24)}${speed(kinglet).padStart(24)}${speed(duckdb).padStart(24)}`);
  }
  const { reopen, scan, lookup, merges } = figures;
  console.log("\nstorage: the rest\n");
  const lines: [string, string][] = [
    [`open again, ${reopen.parts} parts`, `${reopen.millis.toFixed(0)} ms`],
    ["scan of 2 columns of 1 M rows, cold", `${scan.cold.toFixed(1)} ms`],
    ["the same, warm", `${scan.warm.toFixed(1)} ms`],
    [`one row of ${(lookup.rows / 1e6).toFixed(0)} M by its key`, `${lookup.millis.toFixed(1)} ms, ${lookup.rowsRead} rows read (${Math.ceil(lookup.rowsRead / 8192)} granules)`],
    ["merges beside polling, flights-3m", `${((merges.rows / merges.millis) * 1000).toFixed(0)} rows/s`],
    ["engine's memory after all rows", `${(figures.memory / 2 ** 20).toFixed(0)} MiB`],
    ["flights-3m on disk", `${figures.flightsBytesPerRow.toFixed(2)} bytes a row`],
    ...ELSEWHERE.map(([name, bytes]): [string, string] => [`  ${name}`, `${bytes.toFixed(2)} bytes a row`]),
  ];
  for (const [name, text] of lines) console.log(`${name.padEnd(44)}${text}`);
}
