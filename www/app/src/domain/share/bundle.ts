/** What a shared link carries, and the checks that a link from a stranger must pass. */

import type { ProjectFiles } from "../../engine/types";

export interface SharedData {
  datasource: string;
  format: "csv" | "ndjson" | "parquet";
  /** The rows themselves, or the address of a file with them. */
  text?: string;
  url?: string;
}

export interface Bundle {
  version: 1;
  files: ProjectFiles;
  data: SharedData[];
  /** The page to show, as a hash such as `#/pipes/visits`. */
  open?: string;
  /** The statement on the query page. */
  query?: string;
}

export const limits = {
  /** Characters of the fragment. */
  link: 2_000_000,
  /** Bytes after inflating. */
  inflated: 8_000_000,
  files: 500,
  data: 100,
};

const filePath = /^(?:[\w .-]+\/){0,4}[\w .-]+\.(?:datasource|pipe)$/;

/** Checks the shape of what a link held. Throws with a sentence when something is not allowed. */
export function checkBundle(value: unknown): Bundle {
  const raw = record(value, "The link");
  if (raw["v"] !== 1) throw new Error("The link was made by a newer version of Kinglet.");
  const files: ProjectFiles = Object.create(null) as ProjectFiles;
  const entries = Object.entries(record(raw["files"] ?? {}, "The list of files"));
  if (entries.length > limits.files) throw new Error(`The link has more than ${limits.files} files.`);
  for (const [path, text] of entries) {
    if (!filePath.test(path) || path.includes(".."))
      throw new Error(`The link has a file that is not allowed: ${path}`);
    files[path] = withoutTokens(string(text, path));
  }
  const list = raw["data"] ?? [];
  if (!Array.isArray(list) || list.length > limits.data) throw new Error("The link's list of data is not valid.");
  const bundle: Bundle = { version: 1, files, data: list.map(checkData) };
  if (raw["open"] !== undefined) bundle.open = checkOpen(string(raw["open"], "open"));
  if (raw["query"] !== undefined) bundle.query = string(raw["query"], "query");
  return bundle;
}

function checkData(value: unknown): SharedData {
  const raw = record(value, "A piece of data");
  const format = raw["format"];
  if (format !== "csv" && format !== "ndjson" && format !== "parquet") {
    throw new Error("The link has data in a format that it must not have.");
  }
  const datasource = string(raw["datasource"], "datasource");
  if (!/^[A-Za-z_]\w{0,127}$/.test(datasource)) throw new Error("The link names a data source that cannot exist.");
  const data: SharedData = { datasource, format };
  if (raw["text"] !== undefined) data.text = string(raw["text"], "text");
  if (raw["url"] !== undefined) data.url = checkUrl(string(raw["url"], "url"));
  return data;
}

function checkUrl(text: string): string {
  if (!/^https?:$/.test(new URL(text).protocol)) throw new Error("The link has an address that is not http or https.");
  return text;
}

/** Only pages of this app, and no further link. */
function checkOpen(text: string): string {
  return text.startsWith("#/") ? text : "#/";
}

/** TOKEN lines create credentials, so they never travel. */
export function withoutTokens(text: string): string {
  return text
    .split("\n")
    .filter((line) => !/^TOKEN\b/i.test(line))
    .join("\n");
}

function record(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new Error(`${what} is not valid.`);
  return value as Record<string, unknown>;
}

function string(value: unknown, what: string): string {
  if (typeof value !== "string") throw new Error(`The link's “${what}” is not text.`);
  return value;
}
