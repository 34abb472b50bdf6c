/** Geometry of the virtual grid: which rows are in sight, and how wide columns start. */

import { cellText } from "./cell";
import type { QueryResult } from "./result";

/** Indices of the rows to render: those in sight and a few on either side. */
export function visibleRange(scrollTop: number, height: number, rowHeight: number, rows: number): number[] {
  const spare = 8;
  const first = Math.max(0, Math.floor(scrollTop / rowHeight) - spare);
  const last = Math.min(rows, Math.ceil((scrollTop + height) / rowHeight) + spare);
  return Array.from({ length: Math.max(0, last - first) }, (_, index) => first + index);
}

const characterWidth = 7.6;
const padding = 24;

/** Widths in pixels from the header and the first rows, between 72 and 360. */
export function columnWidths(result: Pick<QueryResult, "columns" | "rows">): number[] {
  const sample = result.rows.slice(0, 60);
  return result.columns.map((column, index) => {
    const lengths = sample.map((row) => Math.min(60, cellText(row[index] ?? null).length));
    const characters = Math.max(column.name.length, Math.min(26, column.type.length * 0.9), ...lengths);
    return Math.round(Math.min(360, Math.max(72, characters * characterWidth + padding)));
  });
}
