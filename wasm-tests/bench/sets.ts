/** The sets of queries the benchmark runs: their tables, generated once and kept in a folder, and their texts. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Engine } from "./site.ts";

/** A set of queries over tables of its own. */
export interface QuerySet {
  name: string;
  title: string;
  tables: string[];
  /** Files of the data project that defines tables; those it lacks are made as their file's columns are. */
  project: [name: string, text: string][];
  /** What Kinglet is asked with. */
  settings: string;
  /** Each query's text for each engine. */
  queries: Map<string, Record<Engine, string>>;
  /** Folder with `<table>.parquet` and `<table>.arrow`. */
  data: string;
}

const TPCH = ["region", "nation", "supplier", "part", "partsupp", "customer", "orders", "lineitem"];
const SIZES: Record<string, number> = {
  tpch: Number(process.env["SCALE"] ?? 0.2),
  clickbench: Number(process.env["HITS"] ?? 1_000_000),
  endpoints: Number(process.env["EVENTS"] ?? 3_000_000),
};

// The benchmark is bundled elsewhere and runs in wasm-tests.
const root = dirname(process.cwd());

/** The set of a name; its tables are made where they are missing. */
export function querySet(name: string): QuerySet {
  const folder = join(process.cwd(), "bench", name);
  const size = SIZES[name] ?? 0;
  const project = readdirSync(folder).filter((file) => file.endsWith(".datasource"));
  const set = {
    name,
    project: project.map((file): [string, string] => [file, readFileSync(join(folder, file), "utf8")]),
    queries: name === "tpch" ? oneFileEach(folder) : oneFile(join(folder, "queries.sql")),
  };
  const of = (generator: string, tables: string[]) => ({ tables, data: dataFolder(generator, name, size) });
  switch (name) {
    case "tpch":
      return { ...set, ...of("tpch", TPCH), title: `TPC-H, scale factor ${size}`, settings: "join_use_nulls = 1" };
    case "clickbench":
      return { ...set, ...of("hits", ["hits"]), title: `ClickBench-like, ${size} page views`, settings: "" };
    case "endpoints":
      return { ...set, ...of("events", ["events", "products"]), title: `endpoints, ${size} events`, settings: "" };
    default:
      throw new Error(`no set of queries is named ${name}`);
  }
}

function oneFileEach(folder: string): QuerySet["queries"] {
  const files = readdirSync(folder).filter((file) => file.endsWith(".sql")).sort();
  return new Map(
    files.map((file) => {
      const text = readFileSync(join(folder, file), "utf8").trim();
      return [file.replace(".sql", ""), { kinglet: text, duckdb: text }];
    }),
  );
}

/** Texts headed `-- NAME`, or `-- NAME duckdb` where DuckDB has another. */
function oneFile(path: string): QuerySet["queries"] {
  const queries: QuerySet["queries"] = new Map();
  const parts = readFileSync(path, "utf8").split(/^-- (\w+)( duckdb)?$/m);
  for (let at = 1; at + 2 < parts.length; at += 3) {
    const [name = "", other, text = ""] = parts.slice(at, at + 3);
    const query = queries.get(name) ?? { kinglet: text.trim(), duckdb: text.trim() };
    if (other) query.duckdb = text.trim();
    queries.set(name, query);
  }
  return queries;
}

function dataFolder(generator: string, name: string, size: number): string {
  const folder = join(root, "node_modules/.cache/kinglet-bench", `${name}-${size}`);
  if (readdirMaybe(folder).some((file) => file.endsWith(".arrow"))) return folder;
  mkdirSync(folder, { recursive: true });
  execFileSync("cargo", ["xtask", "tables", generator, String(size), folder], { cwd: root, stdio: "inherit" });
  return folder;
}

function readdirMaybe(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
