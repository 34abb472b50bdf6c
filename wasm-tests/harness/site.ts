/** Builds the site that the tests open: a bare page, the client and the engine's files. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { installSite } from "kinglet/site";

const page = join(dirname(dirname(fileURLToPath(import.meta.url))), "site");

/** Write the site into a new folder and return its path. `note` makes another build of the same site. */
export async function buildSite(note = "first"): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "kinglet-site-"));
  cpSync(page, folder, { recursive: true });
  const client = readFileSync(fileURLToPath(import.meta.resolve("kinglet")), "utf8");
  writeFileSync(join(folder, "kinglet.js"), client);
  cpSync(fileURLToPath(import.meta.resolve("kinglet/archive")), join(folder, "archive.js"));
  writeFileSync(join(folder, "kinglet-next.js"), ofNextProtocol(client));
  writeFileSync(join(folder, "note.json"), JSON.stringify(note));
  await installSite(folder);
  return folder;
}

/** The client as a build with a later protocol would have it. */
function ofNextProtocol(client: string): string {
  const edited = client.replace(/\bPROTOCOL = (\d+)/, (_, version) => `PROTOCOL = ${Number(version) + 1}`);
  if (edited === client) throw new Error("the client states no PROTOCOL");
  return edited;
}

export function removeSite(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
