/** A failure in the words and at the place that the editor shows. */

import { ApiFailure, type Place } from "../../engine/failure";
import { atLine, placeOf } from "../../engine/place";

export interface Problem {
  message: string;
  /** For example `Code 47 · UNKNOWN_IDENTIFIER`. */
  label: string;
  place?: Place;
}

export function problemOf(failure: Error, sql: string): Problem {
  const problem: Problem = { message: failure.message, label: labelOf(failure) };
  const at = failure instanceof ApiFailure ? failure.at : undefined;
  const place = at && !at.file ? atLine(sql, at.line, at.column) : placeOf(failure.message, sql);
  if (place) problem.place = place;
  return problem;
}

export function labelOf(failure: Error): string {
  if (!(failure instanceof ApiFailure)) return failure.name === "Error" ? "Failed" : failure.name;
  const parts = [];
  if (failure.code) parts.push(`Code ${failure.code}`);
  if (failure.codeName) parts.push(failure.codeName);
  if (parts.length === 0) parts.push(failure.status ? `Status ${failure.status}` : "Failed");
  const { at } = failure;
  if (at?.file) parts.push(`${at.file}, line ${at.line}, column ${at.column}`);
  return parts.join(" · ");
}

/** `line 2, column 7` of an offset. */
export function lineAndColumn(sql: string, offset: number): string {
  const lines = sql.slice(0, offset).split("\n");
  return `line ${lines.length}, column ${(lines.at(-1) ?? "").length + 1}`;
}
