/** Data that comes with a project: `fixtures/<data source>.<format>`, as Tinybird keeps it and exports write it. */

import type { FileFormat, IngestMode } from "../../engine/backend";
import type { ProjectFiles } from "../../engine/types";
import { formatOfName } from "../import/format";
import { depthsOf } from "./flow-layout";
import { lineage } from "./lineage";

export interface Fixture {
  path: string;
  datasource: string;
  format: FileFormat;
  bytes: number;
  file: () => Promise<File>;
}

const place = /(?:^|\/)fixtures\/([A-Za-z_]\w*)\.(?:csv|ndjson|jsonl|json|parquet)(?:\.gz)?$/i;

/** The data source that a fixture's path names; nothing for any other path. */
export function fixtureOf(path: string): { datasource: string; format: FileFormat } | undefined {
  const datasource = place.exec(path)?.[1];
  const format = formatOfName(path);
  return datasource !== undefined && format ? { datasource, format } : undefined;
}

/** Fixtures of data sources that are among the files, each data source once. */
export function known(fixtures: Fixture[], files: ProjectFiles): Fixture[] {
  const found = new Map<string, Fixture>();
  for (const fixture of fixtures) {
    const file = Object.keys(files).some((path) => path.split("/").at(-1) === `${fixture.datasource}.datasource`);
    if (file && !found.has(fixture.datasource)) found.set(fixture.datasource, fixture);
  }
  return [...found.values()];
}

/**
 * Fixtures in the order of the data's flow. What a materialized view has filled by then is replaced, so that rows that
 * are both in its source and in its target are there once.
 */
export function loadOrder(fixtures: Fixture[], files: ProjectFiles): { fixture: Fixture; mode: IngestMode }[] {
  const flow = lineage(files);
  const views = new Set(flow.nodes.filter(({ kind }) => kind === "materialized").map(({ name }) => name));
  const filled = new Set(flow.edges.filter(([from]) => views.has(from)).map(([, to]) => to));
  const depths = depthsOf(flow);
  const sorted = [...fixtures].sort((a, b) => (depths.get(a.datasource) ?? 0) - (depths.get(b.datasource) ?? 0));
  return sorted.map((fixture) => ({ fixture, mode: filled.has(fixture.datasource) ? "replace" : "append" }));
}
