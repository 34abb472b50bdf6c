/** Calls that add rows to a data source from elsewhere. */

import type { SchemaColumn } from "../../engine/types";

/** One invented row in the names and types of the schema, as NDJSON takes it. */
export function exampleRow(columns: SchemaColumn[]): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const column of columns) {
    const keys = keysOf(column);
    let place = row;
    for (const key of keys.slice(0, -1)) place = (place[key] ??= {}) as Record<string, unknown>;
    place[keys.at(-1) ?? column.name] = exampleValue(column.type);
  }
  return row;
}

export function eventsSnippet(base: string, name: string, token: string, columns: SchemaColumn[]): string {
  const row = JSON.stringify(exampleRow(columns), null, 2).replace(/\n/g, "\n  ");
  return [
    `await fetch(${JSON.stringify(`${base}/v0/events?name=${encodeURIComponent(name)}&wait=true`)}, {`,
    '  method: "POST",',
    `  headers: { Authorization: ${JSON.stringify(`Bearer ${token}`)} },`,
    `  body: JSON.stringify(${row}),`,
    "});",
  ].join("\n");
}

/** The keys of a column's JSON path, without the marks of arrays; its name when it has no path. */
function keysOf(column: SchemaColumn): string[] {
  const keys = (column.jsonpath ?? "").match(/(?<=\.)\w+/g);
  return keys ?? [column.name];
}

function exampleValue(type: string): unknown {
  const inner = type.replace(/^(?:(?:Nullable|LowCardinality)\()+/, "");
  if (/^(U?Int|Float|Decimal)/.test(inner)) return 1;
  if (/^Bool/.test(inner)) return true;
  if (/^Array/.test(inner)) return [];
  if (/^(Map|Tuple|JSON)/.test(inner)) return {};
  if (/^Date(32)?\b/.test(inner)) return "2026-01-05";
  if (/^DateTime/.test(inner)) return "2026-01-05 08:00:00";
  return inner.startsWith("UUID") ? "00000000-0000-4000-8000-000000000000" : "text";
}
