/** Text of one value as ClickHouse would print it. Never markup. */

import type { Value } from "./result";

export function cellText(value: Value): string {
  if (value === null) return "NULL";
  if (typeof value === "string") return value;
  return typeof value === "object" ? nested(value) : String(value);
}

function nested(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(nested).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value).map(([key, item]) => `${quoted(key)}:${nested(item)}`);
    return `{${entries.join(",")}}`;
  }
  return typeof value === "string" ? quoted(value) : cellText(value);
}

function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}

export type CellKind = "number" | "text" | "time" | "nested" | "boolean";

/** How a column of this ClickHouse type is set: numbers to the right, structures in one line. */
export function cellKind(type: string): CellKind {
  const inner = type.replace(/^(?:(?:Nullable|LowCardinality|SimpleAggregateFunction)\((?:\w+, )?)+/, "");
  if (/^(U?Int|Float|Decimal|BFloat)/.test(inner)) return "number";
  if (/^(Date|Time)/.test(inner)) return "time";
  if (/^(Array|Tuple|Map|JSON|Nested|Variant)/.test(inner)) return "nested";
  return inner.startsWith("Bool") ? "boolean" : "text";
}
