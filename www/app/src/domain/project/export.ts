/** The workspace leaves as a zip: its datafiles, and with them its rows. */

import type { ProjectFiles } from "../../engine/types";
import { saveBlob } from "../result/download";
import type { Session } from "../session.svelte";

const mostBytes = 1_000_000_000;

/** Saves `kinglet-project.zip`. Rows go into it as Parquet, one fixture for each data source that has some. */
export async function exportProject(session: Session, files: ProjectFiles, withRows: boolean): Promise<void> {
  const packed: Record<string, Uint8Array> = {};
  let total = 0;
  for (const { name, statistics } of withRows ? session.workspace.dataSources : []) {
    if (!statistics?.row_count) continue;
    const bytes = await rowsOf(session, name);
    total += bytes.length;
    if (total > mostBytes) throw new Error("The rows take more than 1 GB. Download the large data sources one by one.");
    packed[`fixtures/${name}.parquet`] = bytes;
  }
  const { zipProject } = await import("./zip");
  saveBlob(new Blob([zipProject(files, packed)], { type: "application/zip" }), "kinglet-project.zip");
}

async function rowsOf(session: Session, name: string): Promise<Uint8Array> {
  const response = await session.api.send("/v0/sql", {
    method: "POST",
    headers: { "Content-Type": "text/plain" },
    body: `SELECT * FROM ${name} FORMAT Parquet`,
  });
  return new Uint8Array(await response.arrayBuffer());
}
