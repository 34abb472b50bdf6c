/** Turns what a person dropped into datafiles to build and data files to import. */

import type { ProjectFiles } from "../../engine/types";
import { isDatafile, projectPath } from "./files";
import { fixtureOf, known, type Fixture } from "./fixtures";

export interface Dropped {
  /** What the project is called: the folder or the zip that was dropped. */
  name: string;
  project: ProjectFiles;
  /** Data of the project's own data sources. */
  fixtures: Fixture[];
  data: File[];
  /** Names of files that are neither. */
  skipped: string[];
}

export interface DroppedFile {
  path: string;
  file: File;
}

const dataFile = /\.(csv|tsv|txt|ndjson|jsonl|json|parquet)(\.gz)?$/i;

/** Data inside a project folder is no file to import: only fixtures of its data sources count. */
export async function sortDropped(files: DroppedFile[]): Promise<Dropped> {
  const dropped: Dropped = { name: nameOf(files), project: {}, fixtures: [], data: [], skipped: [] };
  const isProject = files.some(({ path }) => isDatafile(path));
  for (const { path, file } of files) {
    const fixture = isProject ? fixtureOf(path) : undefined;
    if (isDatafile(path)) dropped.project[path] = await file.text();
    else if (/\.zip$/i.test(path)) {
      const { unzipProject } = await import("./zip");
      const unzipped = unzipProject(new Uint8Array(await file.arrayBuffer()));
      Object.assign(dropped.project, unzipped.files);
      dropped.fixtures.push(...unzipped.fixtures);
      if (Object.keys(unzipped.files).length === 0) dropped.skipped.push(path);
    } else if (fixture) dropped.fixtures.push({ ...fixture, path, bytes: file.size, file: async () => file });
    else if (dataFile.test(path) && !(isProject && path.includes("/"))) dropped.data.push(file);
    else if (!isProject) dropped.skipped.push(path);
  }
  dropped.project = projectPath(dropped.project);
  dropped.fixtures = known(dropped.fixtures, dropped.project);
  return dropped;
}

function nameOf(files: DroppedFile[]): string {
  const first = files.find(({ path }) => isDatafile(path) || /\.zip$/i.test(path))?.path ?? "";
  const folder = first.includes("/") ? first.split("/")[0] : undefined;
  return folder ?? first.replace(/\.zip$/i, "");
}

/** All files of a drop, walking into folders. Must be called before the event's handler returns. */
export async function filesOfDrop(transfer: DataTransfer): Promise<DroppedFile[]> {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry());
  if (entries.every((entry) => entry === null)) {
    return [...transfer.files].map((file) => ({ path: file.name, file }));
  }
  const lists = await Promise.all(entries.map((entry) => (entry ? walk(entry, 0) : [])));
  return lists.flat();
}

const deepest = 6;

async function walk(entry: FileSystemEntry, depth: number): Promise<DroppedFile[]> {
  if (entry.isFile) {
    const file = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    return [{ path: entry.fullPath.replace(/^\//, ""), file }];
  }
  if (depth >= deepest || /^(node_modules|\.git|vendor)$/.test(entry.name)) return [];
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const found: DroppedFile[] = [];
  for (;;) {
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return found;
    for (const child of batch) found.push(...(await walk(child, depth + 1)));
  }
}

/** Files of an `<input type=file>`, whole folders included. */
export function filesOfInput(list: FileList): DroppedFile[] {
  return [...list].map((file) => ({ path: file.webkitRelativePath || file.name, file }));
}
