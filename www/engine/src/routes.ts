/** Which addresses belong to the API, and to which engine. */
import { SAVED } from "./handover.js";

/** An API address taken apart. */
export interface ApiRoute {
  /** Which engine: the saved workspace's, or an ephemeral one's as in `e/8f3a`. */
  key: string;
  /** Path at the API's root, with the query, as in `/v0/sql?q=SELECT+1`. */
  path: string;
}

/** First segments below the base (or below an ephemeral workspace's own) that are the API's. */
const API = /^(?:v0|v1|tokens|version|examples|clickhouse)(?:\/|$)/;
const EPHEMERAL = /^(e\/[A-Za-z0-9_-]+)\/(.*)$/;

/** The API route of `url`, if it lies below `base`, an absolute address that ends in a slash. */
export function apiRoute(url: URL, base: URL): ApiRoute | undefined {
  if (url.origin !== base.origin || !url.pathname.startsWith(base.pathname)) return undefined;
  const below = url.pathname.slice(base.pathname.length);
  const [, key = SAVED, rest = below] = EPHEMERAL.exec(below) ?? [];
  if (!API.test(rest)) return undefined;
  return { key, path: `/${rest}${url.search}` };
}

/** The path that stands before `/v0` for an engine, without a slash at its end. */
export function apiBase(base: URL, key: string): string {
  return `${base.pathname}${key}`.replace(/\/$/, "");
}
