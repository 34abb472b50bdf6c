/** Vite plugin: serves the engine's files in development and installs them in the built site. */
import { createReadStream, existsSync, statSync } from "node:fs";
import { join, resolve } from "node:path";
import { installSite, siteFiles } from "./site.mjs";

const TYPES = { js: "text/javascript", json: "application/json", wasm: "application/wasm" };

export function kinglet() {
  let config;
  return {
    name: "kinglet",
    configResolved(resolved) {
      config = resolved;
    },
    configureServer(server) {
      server.middlewares.use((request, response, next) => {
        const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
        const below = path.startsWith(config.base) ? path.slice(config.base.length) : path.slice(1);
        const file = join(siteFiles, below);
        if (!file.startsWith(siteFiles) || !existsSync(file) || !statSync(file).isFile()) return next();
        response.setHeader("content-type", TYPES[file.split(".").pop()] ?? "application/octet-stream");
        response.setHeader("cache-control", "no-cache");
        createReadStream(file).pipe(response);
      });
    },
    async closeBundle() {
      if (config.command === "build") await installSite(resolve(config.root, config.build.outDir));
    },
  };
}
