/** Bundles the package: the client for bundlers, and the files a site serves. Needs the module from `cargo xtask wasm`. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const wasm = join(root, "wasm/engine_bg.wasm");
const dist = join(root, "dist");
const PLACEHOLDER = "__KINGLET_BUILD__";

if (!existsSync(wasm)) {
  console.error("the engine's module is missing; build it first:  cargo xtask wasm");
  process.exit(1);
}

/** Each bundle's entry, its form and the place of its output. `<build>` stands for the build's hash. */
const bundles = [
  { entry: "src/index.ts", format: "esm", out: "index.js" },
  { entry: "src/policy.ts", format: "esm", out: "policy.js" },
  { entry: "src/service-worker/main.ts", format: "iife", out: "site/service-worker.js" },
  { entry: "src/worker/main.ts", format: "esm", out: "site/kinglet/<build>/worker.js" },
  { entry: "src/boot.ts", format: "esm", out: "site/kinglet/<build>/boot.js" },
];

const texts = [];
for (const { entry, format, out } of bundles) {
  const result = await build({
    entryPoints: [join(root, entry)],
    format,
    bundle: true,
    write: false,
    // Visitors download the site's files as they are; whoever bundles the client minifies it themselves.
    minify: out.startsWith("site/"),
    target: "es2022",
    charset: "utf8",
    legalComments: "none",
  });
  texts.push(result.outputFiles[0].text);
}

const hash = createHash("sha256");
for (const text of texts) hash.update(text);
hash.update(readFileSync(wasm));
const id = hash.digest("hex").slice(0, 12);

rmSync(dist, { recursive: true, force: true });
bundles.forEach(({ out }, at) => {
  const path = join(dist, out.replace("<build>", id));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, texts[at].replaceAll(PLACEHOLDER, id));
});
cpSync(wasm, join(dist, "site/kinglet", id, "engine_bg.wasm"));

const tsc = fileURLToPath(import.meta.resolve("typescript/lib/tsc.js"));
execFileSync(process.execPath, [tsc, "-p", join(root, "tsconfig.json")], { stdio: "inherit" });
console.log(`kinglet build ${id}`);
