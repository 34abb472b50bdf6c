/** Chooses the engine: a server when one is named, otherwise the one in this browser. */

import type { Backend } from "./backend";
import { HttpBackend } from "./http";
import { connectEngine } from "./kinglet";

/**
 * A server is named by `?api=http://localhost:7181` in development builds only, so that a link
 * cannot point somebody's app at a foreign host.
 */
export async function connectBackend(): Promise<Backend> {
  const server = serverAddress();
  if (server) return new HttpBackend(server);
  return connectEngine({ ephemeral: false });
}

/** A workspace in memory for what came with a link; the saved workspace stays out of its reach. */
export async function connectEphemeral(): Promise<Backend> {
  const server = serverAddress();
  if (server) return new HttpBackend(`${server}/e/shared`, true);
  return connectEngine({ ephemeral: true });
}

function serverAddress(): string | undefined {
  if (!import.meta.env.DEV) return undefined;
  return new URLSearchParams(location.search).get("api") ?? import.meta.env["VITE_API"];
}
