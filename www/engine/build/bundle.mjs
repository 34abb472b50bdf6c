/** Bundles the package: the client for bundlers, and the files a site serves. Needs the modules from `cargo xtask wasm`. */
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, "dist");
const PLACEHOLDER = "__KINGLET_BUILD__";

/** Files served beside the bundles as they are. */
const assets = ["wasm/engine_bg.wasm", "wasm/language_bg.wasm", "functions.json"].map((path) => join(root, path));

const missing = assets.find((path) => !existsSync(path));
if (missing) {
  console.error(`${missing} is missing; build it first:  cargo xtask wasm, and cargo xtask wasm --module language`);
  process.exit(1);
}

/** Each bundle's entry, its form and the place of its output. `<build>` stands for the build's hash. */
const bundles = [
  { entry: "src/index.ts", format: "esm", out: "index.js" },
  { entry: "src/archive/index.ts", format: "esm", out: "archive.js" },
  { entry: "src/policy.ts", format: "esm", out: "policy.js" },
  { entry: "src/service-worker/main.ts", format: "iife", out: "site/service-worker.js" },
  { entry: "src/worker/main.ts", format: "esm", out: "site/kinglet/<build>/worker.js" },
  { entry: "src/language/worker.ts", format: "esm", out: "site/kinglet/<build>/language.js" },
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
for (const path of assets) hash.update(readFileSync(path));
const id = hash.digest("hex").slice(0, 12);

rmSync(dist, { recursive: true, force: true });
bundles.forEach(({ out }, at) => {
  const path = join(dist, out.replace("<build>", id));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, texts[at].replaceAll(PLACEHOLDER, id));
});
for (const path of assets) cpSync(path, join(dist, "site/kinglet", id, basename(path)));

const tsc = fileURLToPath(import.meta.resolve("typescript/lib/tsc.js"));
execFileSync(process.execPath, [tsc, "-p", join(root, "tsconfig.json")], { stdio: "inherit" });
console.log(`kinglet build ${id}`);
