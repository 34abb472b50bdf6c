/** Puts the engine's files into a built site, with its headers, and the site's list of files into the service worker. */
import { createHash } from "node:crypto";
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const dist = join(dirname(dirname(fileURLToPath(import.meta.url))), "dist");

/** The files a site serves beside its own: `service-worker.js` and `kinglet/<build>/…`. */
export const siteFiles = join(dist, "site");

/** Not cached for offline use. */
const SKIPPED = /(?:^service-worker\.js|\.map|^_headers)$/;

/**
 * Copy the engine's files into `folder`, the root of a built site, and write its service worker.
 * Call it last: the worker serves exactly the files that are in the folder by then.
 */
export async function installSite(folder) {
  rmSync(join(folder, "kinglet"), { recursive: true, force: true });
  cpSync(siteFiles, folder, { recursive: true });
  writeFileSync(join(folder, "_headers"), await headers());
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

/** Headers for hosts that read them from a file of this name and form. */
async function headers() {
  const { POLICY } = await import(pathToFileURL(join(dist, "policy.js")).href);
  const rules = {
    "/*": [`Content-Security-Policy: ${POLICY}`, "X-Content-Type-Options: nosniff"],
    "/kinglet/*": ["Cache-Control: public, max-age=31536000, immutable"],
    "/service-worker.js": ["Cache-Control: no-cache"],
  };
  const blocks = Object.entries(rules).map(([path, lines]) => [path, ...lines.map((line) => `  ${line}`)].join("\n"));
  return `${blocks.join("\n")}\n`;
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
