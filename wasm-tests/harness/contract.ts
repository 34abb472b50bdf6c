/** Runs the disk contract's functions in workers of a page. */
import { cpSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const built = join(dirname(dirname(fileURLToPath(import.meta.url))), "wasm");

/** Add the module from `cargo xtask wasm --module opfs-contract` to a site. */
export function addContract(site: string): void {
  cpSync(built, site, { recursive: true });
}

/**
 * Code for a page: run `call`, a function's name and its parameters, in a new worker. Answers what went wrong, or null.
 * With `keep` the worker lives on as `window.kept`.
 */
export async function inWorker([call, keep]: readonly [readonly string[], boolean]): Promise<string | null> {
  const worker = new Worker("./opfs-contract-worker.js", { type: "module" });
  const answer = new Promise<string | null>((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
    worker.onerror = (event) => resolve(event.message);
  });
  worker.postMessage(call);
  const problem = await answer;
  if (keep) Object.assign(window, { kept: worker });
  else worker.terminate();
  return problem;
}
