/**
 * Requests that add rows carry a name, so that one that is sent again adds nothing twice.
 *
 * An engine may be lost after it has stored the rows and before its answer has arrived. The engine stores the name with
 * the rows; whoever sends the request again sends the same name.
 */
import type { WireRequest } from "./protocol.js";

/** The header with the name, a UUID. For a file it is the id of the import's job too. */
export const INSERT_ID = "x-kinglet-insert-id";

/** Paths that add rows when they are posted to. */
const INSERTS = /^\/(?:v0\/events|v0\/datasources|v1\/datasources\/[^/]+\/(?:append|replace)|v0\/pipes\/[^/]+\/copy)\/?$/;

/** The request with a name, where it adds rows and has none. */
export function named(request: WireRequest): WireRequest {
  const path = request.path.split("?", 1)[0] ?? "";
  if (request.method !== "POST" || !INSERTS.test(path) || insertId(request)) return request;
  return { ...request, headers: [...request.headers, [INSERT_ID, crypto.randomUUID()]] };
}

/** The name of an insert. */
export function insertId(request: WireRequest): string | undefined {
  return request.headers.find(([name]) => name.toLowerCase() === INSERT_ID)?.[1];
}
