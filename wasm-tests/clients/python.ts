/** Python's clients in an environment of their own, made once and kept beside the other caches. */
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, expect, test } from "vitest";
import { project } from "./project.ts";
import type { NativeServer } from "./server.ts";
import { told } from "./told.ts";

const run = promisify(execFile);
const here = dirname(fileURLToPath(import.meta.url));
/** The folder with the programs of an environment: `python`, `tb`. The libraries want another version of `tb`. */
export async function pythonClients(which: "tb" | "libraries"): Promise<string> {
  const requirements = join(here, "requirements", `${which}.txt`);
  const text = readFileSync(requirements, "utf8");
  const mark = createHash("sha256").update(text).digest("hex").slice(0, 16);
  const folder = join(dirname(dirname(here)), "node_modules", ".cache", "kinglet-clients", mark);
  const bin = join(folder, "bin");
  const done = join(folder, "done");
  if (!existsSync(done)) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(dirname(folder), { recursive: true });
    await run("python3", ["-m", "venv", folder]);
    await run(join(bin, "pip"), ["install", "--quiet", "--disable-pip-version-check", "-r", requirements]);
    writeFileSync(done, "");
  }
  return bin;
}

interface Line {
  call: string;
  passed: boolean;
  why?: string;
}

/** Test a library: every call that `python/calls_of_<module>.py` makes, in a workspace of its own. */
export function testLibrary(server: NativeServer, library: string, file: string): void {
  let lines: Line[] = [];
  test(`${library}: every call passes`, { timeout: 300_000 }, async () => {
    const bin = await pythonClients("libraries");
    const workspace = await server.workspace(file, project);
    const env = {
      ...process.env,
      KINGLET_URL: server.url,
      KINGLET_CLICKHOUSE_PORT: String(server.clickhousePort),
      KINGLET_TOKEN: workspace.token,
      PYTHONDONTWRITEBYTECODE: "1",
    };
    const script = join(here, "python", `calls_of_${file}.py`);
    const { stdout } = await run(join(bin, "python"), [script], { env });
    lines = stdout.split("\n").filter(Boolean).map((line) => JSON.parse(line));
    const failed = lines.filter((line) => !line.passed);
    expect(failed.map((line) => `${line.call}\n${line.why}`)).toEqual([]);
    expect(lines.length).toBeGreaterThan(3);
  });
  afterAll(() => told(library, lines.map((line) => line.call)));
}
