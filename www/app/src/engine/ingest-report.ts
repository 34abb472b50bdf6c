/** Reads the answer to an import, in either of the two families of keys that clients know. */

import type { IngestReport } from "./backend";

type Body = Record<string, unknown>;

export function readIngestReport(text: string): IngestReport {
  let body: Body = {};
  try {
    body = JSON.parse(text) as Body;
  } catch {
    return { quarantined: 0, invalidLines: 0 };
  }
  const report: IngestReport = {
    quarantined: numberOf(body["quarantine_rows"]) ?? numberOf(body["quarantined_rows"]) ?? 0,
    invalidLines: numberOf(body["invalid_lines"]) ?? 0,
  };
  const rows = numberOf(body["successful_rows"]) ?? rowsOfDataSource(body["datasource"]);
  if (rows !== undefined) report.rows = rows;
  if (typeof body["error"] === "string") report.message = body["error"];
  return report;
}

function rowsOfDataSource(value: unknown): number | undefined {
  const statistics = (value as { statistics?: Body } | undefined)?.statistics;
  return numberOf(statistics?.["row_count"]);
}

function numberOf(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
