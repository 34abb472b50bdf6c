/** API requests: to the engine and back, or a word on why that is not possible. */
import { EngineError } from "../errors.js";
import { toResponse, toWireRequest } from "../request.js";
import type { ApiRoute } from "../routes.js";
import { bootPage } from "./boot-page.js";
import { engine } from "./engines.js";

/** Answer one API request. */
export async function answer(request: Request, route: ApiRoute): Promise<Response> {
  try {
    const outgoing = await toWireRequest(request, route.path);
    const { head, body } = await engine(route.key).request(outgoing, { signal: request.signal });
    return toResponse(request.method, head, body);
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    if (error.code === "engine_unavailable" && request.mode === "navigate" && route.key === "") return bootPage();
    return refusal(error);
  }
}

/** A failure in the API's own form. Retryable ones are 503, so that clients try again by themselves. */
function refusal(error: EngineError): Response {
  const headers: Record<string, string> = { "content-type": "application/json", "access-control-allow-origin": "*" };
  if (error.retryable) headers["retry-after"] = "1";
  const body = { error: error.message, code: error.code };
  return new Response(JSON.stringify(body), { status: error.retryable ? 503 : 500, headers });
}
