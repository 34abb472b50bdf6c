/** Turns what a person dropped into datafiles to build and data files to import. */

import type { ProjectFiles } from "../../engine/types";
import { isDatafile, projectPath } from "./files";
import { unzipProject } from "./zip";

export interface Dropped {
  project: ProjectFiles;
  data: File[];
  /** Names of files that are neither. */
  skipped: string[];
}

export interface DroppedFile {
  path: string;
  file: File;
}

const dataFile = /\.(csv|tsv|txt|ndjson|jsonl|json|parquet)(\.gz)?$/i;

/** Data inside a project folder is left alone: fixtures belong to tests, not to the workspace. */
export async function sortDropped(files: DroppedFile[]): Promise<Dropped> {
  const dropped: Dropped = { project: {}, data: [], skipped: [] };
  const isProject = files.some(({ path }) => isDatafile(path));
  for (const { path, file } of files) {
    if (isDatafile(path)) dropped.project[path] = await file.text();
    else if (/\.zip$/i.test(path)) {
      Object.assign(dropped.project, unzipProject(new Uint8Array(await file.arrayBuffer())));
    } else if (dataFile.test(path) && !(isProject && path.includes("/"))) dropped.data.push(file);
    else if (!isProject) dropped.skipped.push(path);
  }
  dropped.project = projectPath(dropped.project);
  return dropped;
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
