/** JavaScript's clients in one module for a page, as a bundler would ship them. */
import { builtinModules } from "node:module";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin } from "esbuild";

/** What the page finds on its window. */
const entry = `
import { createClient } from "@tinybirdco/sdk";
import { Tinybird } from "@chronark/zod-bird";
import { z } from "zod";
window.clients = { createClient, Tinybird, z };
`;

/** The SDK's own command line lives in the same package: what it needs of Node stays out of a page. */
const withoutNode: Plugin = {
  name: "without-node",
  setup(build) {
    const names = [...builtinModules, "esbuild", "chokidar"].join("|");
    const path = (path: string) => ({ path, namespace: "absent" });
    build.onResolve({ filter: new RegExp(`^(node:.*|${names})$`) }, (found) => path(found.path));
    build.onLoad({ filter: /.*/, namespace: "absent" }, () => ({ contents: "module.exports = {};", loader: "js" }));
  },
};

/** Write the module to a file. */
export async function bundleClients(outfile: string): Promise<void> {
  const resolveDir = dirname(fileURLToPath(import.meta.url));
  await build({
    stdin: { contents: entry, resolveDir },
    bundle: true,
    format: "esm",
    platform: "browser",
    define: { "process.env.NODE_ENV": '"production"', "process.env": "{}" },
    plugins: [withoutNode],
    logLevel: "error",
    outfile,
  });
}
