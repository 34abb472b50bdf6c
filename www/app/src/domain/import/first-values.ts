/** The first values of each inferred column, read from the sample, to help confirm a schema. */

import type { FileFormat } from "../../engine/backend";
import type { Analysis } from "../../engine/types";
import { cellText } from "../result/cell";
import type { Value } from "../result/result";
import { readRecords } from "./csv-records";

const wanted = 3;

/** For each column in order, at most three values as text. Parquet files and packed files give none. */
export async function firstValues(sample: Blob, format: FileFormat, analysis: Analysis): Promise<string[][]> {
  const none = analysis.columns.map((): string[] => []);
  if (format === "parquet") return none;
  try {
    const text = await sample.slice(0, 256 * 1024).text();
    if (format === "csv") return csvValues(text, analysis);
    const rows = linesOf(text);
    return analysis.columns.map((column) => rows.map((row) => cellText(at(row, column.path ?? `$.${column.name}`))));
  } catch {
    return none;
  }
}

function csvValues(text: string, analysis: Analysis): string[][] {
  const records = readRecords(text.replace(/^\uFEFF/, ""), analysis.delimiter ?? ",", wanted + 1);
  const rows = analysis.hasHeader === false ? records.slice(0, wanted) : records.slice(1);
  return analysis.columns.map((_, index) => rows.flatMap((row) => row[index] ?? []));
}

function linesOf(text: string): unknown[] {
  const lines = text.split("\n", wanted).filter((line) => line.trim() !== "");
  return lines.map((line) => JSON.parse(line) as unknown);
}

/** The value at a path such as `$.user.tags[:]` or `$.['US Gross']`. */
function at(row: unknown, path: string): Value {
  let value = row;
  for (const [, quoted, plain] of path.matchAll(/\[(?:'|")(.*?)(?:'|")\]|\.([^.[\]]+)/g)) {
    if (typeof value !== "object" || value === null) return null;
    value = (value as Record<string, unknown>)[quoted ?? plain ?? ""];
  }
  return (value ?? null) as Value;
}
