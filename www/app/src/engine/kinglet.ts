/** A backend over the `kinglet` package: the engine in this browser. */

import type { Backend } from "./backend";

export function connectEngine(_options: { ephemeral: boolean }): Promise<Backend> {
  return Promise.reject(new Error("This build of the app comes without an engine."));
}
