/** Adding the policy to pages and scripts; hosts that send no headers get it from here. */
import { POLICY } from "../policy.js";

const GOVERNED = /^(?:text\/html|text\/javascript|application\/javascript)/;

/** The response with the policy added, if it is a page or a script that may run as a worker. */
export function secured(response: Response): Response {
  const type = response.headers.get("content-type") ?? "";
  if (!GOVERNED.test(type) || response.type === "opaque" || response.status === 0) return response;
  const headers = new Headers(response.headers);
  headers.set("content-security-policy", POLICY);
  headers.set("x-content-type-options", "nosniff");
  // A redirected response cannot answer a navigation; rebuilding it drops the mark.
  const { status, statusText } = response;
  return new Response([204, 205, 304].includes(status) ? null : response.body, { status, statusText, headers });
}
