/** A build after data sources were renamed: to the engine they are new, so their rows are carried over. */

import type { BuildReport, DataSource, ProjectFiles } from "../../engine/types";
import { saveBlob } from "../result/download";
import type { Session } from "../session.svelte";
import { loadable, rowsOf } from "./export";
import { resourceOf } from "./files";
import { lineage } from "./lineage";

/** Old name by new name. */
export type Renames = Record<string, string>;

/** Those of the renames that the files still show: the new name is there, and the old one is not. */
export function realRenames(renames: Renames, files: ProjectFiles): [now: string, before: string][] {
  const names = new Set(
    Object.keys(files).flatMap((path) => {
      const resource = resourceOf(path);
      return resource?.kind === "datasource" ? [resource.name] : [];
    }),
  );
  return Object.entries(renames).filter(([now, before]) => names.has(now) && !names.has(before));
}

/** Has rows that can be carried over. */
export function movable(source: DataSource | undefined): boolean {
  return (source?.statistics?.row_count ?? 0) > 0 && loadable(source);
}

/** The files without the materialized views that read some data sources: rows that move must not pass them again. */
export function withoutViewsOn(sources: string[], files: ProjectFiles): ProjectFiles {
  const flow = lineage(files);
  const reading = new Set(flow.edges.filter(([from]) => sources.includes(from)).map(([, to]) => to));
  const views = flow.nodes.filter(({ kind, name }) => kind === "materialized" && reading.has(name));
  const paths = new Set(views.map(({ path }) => path));
  return Object.fromEntries(Object.entries(files).filter(([path]) => !paths.has(path)));
}

/** Makes the workspace hold exactly these files, with the rows of what was renamed. */
export async function replaceWithRows(session: Session, files: ProjectFiles, renames: Renames): Promise<BuildReport> {
  const { workspace } = session;
  const moves = realRenames(renames, files).filter(([, before]) => movable(workspace.dataSource(before)));
  if (moves.length === 0) return workspace.replace(files);
  const carried = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const [now, before] of moves) carried.set(now, await rowsOf(session, before));
  const first = withoutViewsOn(
    moves.map(([now]) => now),
    files,
  );
  const report = await workspace.replace(first);
  for (const [now, bytes] of carried) {
    const file = new File([bytes], `${now}.parquet`);
    try {
      await session.api.ingest(file, { name: now, mode: "append", format: "parquet" });
    } catch (error) {
      saveBlob(file, file.name);
      throw new Error(`The rows of ${now} could not be moved and are saved as ${file.name}.`, { cause: error });
    }
  }
  if (Object.keys(first).length === Object.keys(files).length) {
    await session.refresh();
    return report;
  }
  const rest = await workspace.replace(files);
  return { ...rest, changes: [...report.changes, ...rest.changes] };
}
