/** Builds the site that the tests open: a bare page, the client and the engine's files. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { installSite } from "kinglet/site";

const page = join(dirname(dirname(fileURLToPath(import.meta.url))), "site");

/** A change to one of the site's scripts, to stand for another build. */
export interface Edit {
  from: string | RegExp;
  to: string;
}

/** Write the site into a new folder and return its path. */
export function buildSite(edits: Edit[] = []): string {
  const folder = mkdtempSync(join(tmpdir(), "kinglet-site-"));
  cpSync(page, folder, { recursive: true });
  let client = readFileSync(fileURLToPath(import.meta.resolve("kinglet")), "utf8");
  for (const { from, to } of edits) {
    const edited = client.replaceAll(from as string, to);
    if (edited === client) throw new Error(`the client does not contain ${String(from)}`);
    client = edited;
  }
  writeFileSync(join(folder, "kinglet.js"), client);
  installSite(folder);
  return folder;
}

export function removeSite(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
