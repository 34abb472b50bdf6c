/** The site the benchmark opens: one page per engine, DuckDB-WASM's files and the tables. */
import { cpSync, mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { installSite } from "kinglet/site";
import type { QuerySet } from "./sets.ts";

export const ENGINES = ["kinglet", "duckdb"] as const;
export type Engine = (typeof ENGINES)[number];

const here = join(process.cwd(), "bench/site");
const duckdb = dirname(createRequire(join(process.cwd(), "package.json")).resolve("@duckdb/duckdb-wasm"));

/** DuckDB-WASM's module and worker, as its own package ships them. */
export const DUCKDB_FILES = ["duckdb-eh.wasm", "duckdb-browser-eh.worker.js"].map((name) => join(duckdb, name));

/** Write the site into a new folder and return its path. */
export async function buildBenchSite(sets: QuerySet[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "kinglet-bench-"));
  for (const engine of ENGINES) {
    await build({ entryPoints: [join(here, `${engine}.js`)], outfile: join(folder, `${engine}.js`), bundle: true, format: "esm", logLevel: "error" });
    const page = `<!doctype html><meta charset="utf-8"><title>${engine}</title><script type="module" src="${engine}.js"></script>`;
    writeFileSync(join(folder, `${engine}.html`), page);
  }
  for (const file of DUCKDB_FILES) cpSync(file, join(folder, file.split("/").pop() ?? ""));
  await installSite(folder);
  mkdirSync(join(folder, "data"));
  for (const { name, data } of sets) symlinkSync(data, join(folder, "data", name));
  return folder;
}
