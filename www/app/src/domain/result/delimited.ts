/** Rows as delimited text, for the clipboard and for small downloads. */

import { cellText } from "./cell";
import type { QueryResult, Value } from "./result";

export interface Dialect {
  delimiter: string;
  newline: "\n" | "\r\n";
  /** What stands for a missing value. */
  missing: string;
}

export const csv: Dialect = { delimiter: ",", newline: "\r\n", missing: "" };
export const tsv: Dialect = { delimiter: "\t", newline: "\n", missing: "" };

/** A header and one line for each row, quoted as RFC 4180 says. */
export function delimited(result: Pick<QueryResult, "columns" | "rows">, dialect: Dialect): string {
  const lines = [
    result.columns.map((column) => field(column.name, dialect)),
    ...result.rows.map((row) => row.map((value) => field(value, dialect))),
  ];
  return lines.map((line) => line.join(dialect.delimiter) + dialect.newline).join("");
}

function field(value: Value, dialect: Dialect): string {
  if (value === null) return dialect.missing;
  const text = cellText(value);
  const special = text.includes(dialect.delimiter) || /["\r\n]/.test(text) || (text === "" && dialect.missing === "");
  return special ? `"${text.replace(/"/g, '""')}"` : text;
}
