/**
 * The site's service worker: carries API requests to the engine and serves the site's files.
 *
 * It keeps no state of requests: the browser may stop it at any idle moment and start it for the next event. What it
 * remembers between events (ports) is a shortcut that is found again by asking the tabs. A new build does not take over
 * while tabs of the old one are open, unless a tab asks for it: requests in flight would break.
 */
import { isAsk } from "../handover.js";
import { apiRoute } from "../routes.js";
import { answer } from "./api.js";
import { asset, fill, sweep } from "./assets.js";
import { passOn } from "./engines.js";
import { base, scope } from "./scope.js";

scope.addEventListener("install", (event) => event.waitUntil(fill()));

scope.addEventListener("activate", (event) => {
  event.waitUntil(Promise.all([sweep(), scope.clients.claim()]));
});

scope.addEventListener("fetch", (event) => {
  const { request } = event;
  const route = apiRoute(new URL(request.url), base);
  if (route) return event.respondWith(answer(request, route));
  const file = asset(request);
  if (file) event.respondWith(file);
});

scope.addEventListener("message", (event) => {
  const { data, ports } = event;
  if (isAsk(data) && ports[0]) event.waitUntil(passOn(data, ports[0]));
  else if (says(data, "claim")) event.waitUntil(scope.clients.claim());
  else if (says(data, "activate")) event.waitUntil(scope.skipWaiting());
});

function says(data: unknown, word: string): boolean {
  return typeof data === "object" && data !== null && (data as { kinglet?: unknown }).kinglet === word;
}
