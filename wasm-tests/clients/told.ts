/** COMPAT.md tells which calls of which clients pass; it must stay true. */
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const compat = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), "COMPAT.md");

/** Fail unless COMPAT.md's table has a row for `client` with all of `calls`, which have passed. */
export function told(client: string, calls: string[]): void {
  const row = readFileSync(compat, "utf8").split("\n").find((line) => line.startsWith(`| \`${client}\` `));
  const wanted = calls.map((call) => call.replaceAll("|", "/")).join("; ");
  if (!row?.includes(` ${calls.length} of ${calls.length} | ${wanted} |`)) {
    throw new Error(`COMPAT.md should have a row: | \`${client}\` … | ${calls.length} of ${calls.length} | ${wanted} |`);
  }
}
