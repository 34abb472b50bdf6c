/** The answer to a query: columns with their ClickHouse types, rows of values, and figures. */

import type { Column } from "../../engine/types";

export type Value = string | number | boolean | null | Value[] | { [key: string]: Value };

export interface QueryResult {
  columns: Column[];
  rows: Value[][];
  /** Rows before LIMIT was applied, when the engine counted them. */
  rowsBeforeLimit?: number;
  rowsRead?: number;
  bytesRead?: number;
  /** Milliseconds that the engine says it took. */
  engineTime?: number;
  /** The answer was cut, because it is larger than this page takes. */
  cut: boolean;
}

interface CompactBody {
  meta?: Column[];
  data?: Value[][];
  rows_before_limit_at_least?: number;
  statistics?: { elapsed?: number; rows_read?: number; bytes_read?: number };
}

/** Reads a document in the format JSONCompact. Throws a SyntaxError when it is none. */
export function readResult(text: string, cut = false): QueryResult {
  let body = JSON.parse(cut ? closeCutDocument(text) : text) as CompactBody;
  const columns = body.meta ?? [];
  if (columns.some((column) => inexact.test(column.type))) body = parseExactly(cut ? closeCutDocument(text) : text);
  const result: QueryResult = { columns, rows: body.data ?? [], cut };
  const statistics = body.statistics ?? {};
  if (body.rows_before_limit_at_least !== undefined) result.rowsBeforeLimit = body.rows_before_limit_at_least;
  if (statistics.rows_read !== undefined) result.rowsRead = statistics.rows_read;
  if (statistics.bytes_read !== undefined) result.bytesRead = statistics.bytes_read;
  if (statistics.elapsed !== undefined) result.engineTime = statistics.elapsed * 1000;
  return result;
}

/** Types whose values may be written as numbers that a double cannot hold. */
const inexact = /Decimal|U?Int(64|128|256)/;

/** Numbers that a double cannot hold are kept as text, where the browser lets one see the text. */
function parseExactly(text: string): CompactBody {
  const revive = (_key: string, value: unknown, context?: { source?: string }): unknown =>
    typeof value === "number" && context?.source !== undefined && String(value) !== context.source
      ? context.source
      : value;
  return JSON.parse(text, revive as (key: string, value: unknown) => unknown) as CompactBody;
}

/** Ends a document that was cut in the middle of its rows, after the last complete row. */
function closeCutDocument(text: string): string {
  const end = text.lastIndexOf("],\n");
  return end < 0 ? text : `${text.slice(0, end + 1)}]}`;
}
