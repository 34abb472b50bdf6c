/** Collects what goes into a shared link. */

import type { Session } from "../session.svelte";
import type { Bundle, SharedData } from "./bundle";
import { encodeBundle } from "./codec";

export interface DataChoice {
  datasource: string;
  rows: number;
  include: "none" | "rows" | "url";
  url: string;
}

/** At most this many rows of a data source travel in a link. */
export const mostRows = 5000;

/** What to offer at first: the rows of small data sources. */
export function firstChoices(session: Session): DataChoice[] {
  return session.workspace.dataSources.map(({ name, statistics }) => {
    const rows = statistics?.row_count ?? 0;
    return { datasource: name, rows, include: rows > 0 && rows <= 2000 ? "rows" : "none", url: "" };
  });
}

export async function makeBundle(session: Session, choices: DataChoice[], open: string): Promise<Bundle> {
  const files = await session.workspace.files();
  const data: SharedData[] = [];
  for (const choice of choices) {
    if (choice.include === "rows") {
      data.push({ datasource: choice.datasource, format: "csv", text: await rowsOf(session, choice.datasource) });
    } else if (choice.include === "url" && choice.url.trim() !== "") {
      data.push({ datasource: choice.datasource, format: formatOfUrl(choice.url), url: choice.url.trim() });
    }
  }
  const bundle: Bundle = { version: 1, files, data, open };
  if (session.query.text.trim() !== "") bundle.query = session.query.text;
  return bundle;
}

export function linkOf(bundle: Bundle, page = location.href): string {
  return `${page.replace(/[?#].*$/, "")}#${encodeBundle(bundle)}`;
}

export function formatOfUrl(url: string): SharedData["format"] {
  if (/\.parquet\b/i.test(url)) return "parquet";
  return /\.(ndjson|jsonl|json)\b/i.test(url) ? "ndjson" : "csv";
}

async function rowsOf(session: Session, name: string): Promise<string> {
  const response = await session.api.send("/v0/sql", {
    method: "POST",
    headers: { "Content-Type": "text/plain" },
    body: `SELECT * FROM ${name} LIMIT ${mostRows} FORMAT CSVWithNames`,
  });
  return response.text();
}
