/** The TPC-H tables the benchmark loads, generated once and kept in a folder. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";

export const TABLES = ["region", "nation", "supplier", "part", "partsupp", "customer", "orders", "lineitem"] as const;

// The benchmark is bundled elsewhere and runs in wasm-tests.
const root = dirname(process.cwd());

/** Folder with `<table>.parquet` and `<table>.arrow` at the scale factor; made when it is missing. */
export function tables(scale: number): string {
  const folder = join(root, "node_modules/.cache/kinglet-bench", `tpch-${scale}`);
  if (existsSync(join(folder, "lineitem.arrow"))) return folder;
  mkdirSync(folder, { recursive: true });
  execFileSync("cargo", ["xtask", "tpch", String(scale), folder], { cwd: root, stdio: "inherit" });
  return folder;
}
