/** The workspace leaves as a zip: its datafiles, and with them its rows. */

import type { DataSource, ProjectFiles } from "../../engine/types";
import { saveBlob } from "../result/download";
import type { Session } from "../session.svelte";

const mostBytes = 1_000_000_000;

/** Whether rows can come back from a file: aggregate states cannot, a materialized view makes them again. */
export function loadable(source: DataSource | undefined): boolean {
  const columns = source?.columns ?? source?.schema?.columns ?? [];
  return !columns.some(({ type }) => /^AggregateFunction\(/.test(type));
}

/**
 * Saves `kinglet-project.zip`. Rows go into it as Parquet, one fixture for each data source that has some. Returns what
 * there is to say about it.
 */
export async function exportProject(session: Session, files: ProjectFiles, withRows: boolean): Promise<string> {
  const packed: Record<string, Uint8Array> = {};
  const left: string[] = [];
  let total = 0;
  for (const source of withRows ? session.workspace.dataSources : []) {
    const { name, statistics } = source;
    if (!statistics?.row_count) continue;
    if (!loadable(source)) {
      left.push(name);
      continue;
    }
    const bytes = await rowsOf(session, name);
    total += bytes.length;
    if (total > mostBytes) throw new Error("The rows take more than 1 GB. Download the large data sources one by one.");
    packed[`fixtures/${name}.parquet`] = bytes;
  }
  const { zipProject } = await import("./zip");
  saveBlob(new Blob([zipProject(files, packed)], { type: "application/zip" }), "kinglet-project.zip");
  return left.length === 0 ? "" : `Without the rows of ${left.join(", ")}: their views make the states again.`;
}

/** All rows of a data source as Parquet. */
export async function rowsOf(session: Session, name: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await session.api.send("/v0/sql", {
    method: "POST",
    headers: { "Content-Type": "text/plain" },
    body: `SELECT * FROM ${name} FORMAT Parquet`,
  });
  return new Uint8Array(await response.arrayBuffer());
}
