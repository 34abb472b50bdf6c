/** Puts the engine's files into a built site, and the site's list of files into the service worker. */
import { createHash } from "node:crypto";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** The files a site serves beside its own: `service-worker.js` and `kinglet/<build>/…`. */
export const siteFiles = join(dirname(dirname(fileURLToPath(import.meta.url))), "dist/site");

/** Not cached for offline use. */
const SKIPPED = /(?:^service-worker\.js|\.map|^_headers)$/;

/**
 * Copy the engine's files into `folder`, the root of a built site, and write its service worker.
 * Call it last: the worker serves exactly the files that are in the folder by then.
 */
export function installSite(folder) {
  rmSync(join(folder, "kinglet"), { recursive: true, force: true });
  cpSync(siteFiles, folder, { recursive: true });
  const files = list(folder)
    .filter((path) => !SKIPPED.test(path))
    .sort()
    .map((path) => [path, digest(readFileSync(join(folder, path)))]);
  const script = readFileSync(join(siteFiles, "service-worker.js"), "utf8");
  const build = digest(JSON.stringify(files) + script);
  const manifest = JSON.stringify({ build, files });
  writeFileSync(join(folder, "service-worker.js"), `self.KINGLET_MANIFEST=${manifest};\n${script}`);
  return { build, files };
}

function list(folder) {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"));
}

function digest(data) {
  return createHash("sha256").update(data).digest("hex").slice(0, 16);
}
