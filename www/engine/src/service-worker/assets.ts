/**
 * The site's own files, served from a cache so that it works with no network.
 *
 * Each build has its own cache, filled as a whole when the worker is installed: a page never sees files of two builds.
 * The build before stays, since pages that were opened with it may still ask for its files.
 */
import { base, manifest } from "./scope.js";
import { secured } from "./security.js";

const PREFIX = `kinglet-assets:${base.pathname}:`;
/** Where a cache remembers when it was made, so that the newest two can be told. */
const STAMP = new URL("__kinglet_stamp__", base).href;

const cacheName = manifest && `${PREFIX}${manifest.build}`;
const hashes = new Map(manifest?.files.map(([path, hash]) => [new URL(path, base).href, hash]));

/** Fill this build's cache; files whose content did not change are taken from an earlier build's. */
export async function fill(): Promise<void> {
  if (!cacheName) return;
  const cache = await caches.open(cacheName);
  await Promise.all([...hashes].map(([url, hash]) => add(cache, url, hash)));
  await cache.put(STAMP, new Response(String(Date.now())));
}

async function add(cache: Cache, url: string, hash: string): Promise<void> {
  const known = await findByHash(url, hash);
  // The engine's files never change at one address, and the page may just have fetched them.
  const cacheMode = url.includes("/kinglet/") ? "default" : "no-cache";
  const response = known ?? (await fetch(url, { cache: cacheMode }));
  if (!response.ok) throw new Error(`${url} answered ${response.status}`);
  const headers = new Headers(response.headers);
  headers.set("x-kinglet-hash", hash);
  // The body is stored decoded.
  headers.delete("content-encoding");
  headers.delete("content-length");
  await cache.put(url, new Response(response.body, { status: 200, headers }));
}

async function findByHash(url: string, hash: string): Promise<Response | undefined> {
  const response = await caches.match(url);
  return response?.headers.get("x-kinglet-hash") === hash ? response : undefined;
}

/** Drop all caches of this site but this build's and the one before. */
export async function sweep(): Promise<void> {
  const names = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== cacheName);
  const aged = await Promise.all(names.map(async (name) => ({ name, made: await made(name) })));
  aged.sort((a, b) => b.made - a.made);
  await Promise.all(aged.slice(1).map(({ name }) => caches.delete(name)));
}

async function made(name: string): Promise<number> {
  const stamp = await (await caches.open(name)).match(STAMP);
  return stamp ? Number(await stamp.text()) : 0;
}

/** Answer for one of the site's files or pages; undefined for what is not the site's. */
export function asset(request: Request): Promise<Response> | undefined {
  if (request.method !== "GET" && request.method !== "HEAD") return undefined;
  const url = new URL(request.url);
  if (url.origin !== base.origin || !url.pathname.startsWith(base.pathname)) return undefined;
  return serve(request, url);
}

async function serve(request: Request, url: URL): Promise<Response> {
  const address = url.origin + url.pathname;
  const cached = (await cachedFile(address)) ?? (request.mode === "navigate" ? await cachedPage(address) : undefined);
  return secured(cached ?? (await fetch(request)));
}

async function cachedFile(address: string): Promise<Response | undefined> {
  const own = cacheName && (await (await caches.open(cacheName)).match(address));
  // A file of the build before, for a page of that build.
  return own || (hashes.size > 0 && address !== STAMP ? caches.match(address) : undefined);
}

/** The page of a folder, as `…/` stands for `…/index.html`. */
function cachedPage(address: string): Promise<Response | undefined> {
  return cachedFile(address.endsWith("/") ? `${address}index.html` : `${address}/index.html`);
}
