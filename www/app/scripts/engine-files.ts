/** Puts the built engine (wasm, workers, service worker) beside the app, and lists every file. */

import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import type { Plugin } from "vite";

const engine = fileURLToPath(new URL("../../engine/dist", import.meta.url));

export function engineFiles(): Plugin {
  return {
    name: "engine-files",
    apply: "build",
    generateBundle() {
      if (!existsSync(engine)) {
        this.warn("www/engine/dist does not exist: this build of the app comes without an engine.");
        return;
      }
      for (const path of filesBelow(engine)) {
        this.emitFile({ type: "asset", fileName: relative(engine, path), source: readFileSync(path) });
      }
    },
  };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesBelow(path) : [path];
  });
}

export function hash(source: string | Uint8Array): string {
  return createHash("sha256").update(source).digest("hex").slice(0, 16);
}
