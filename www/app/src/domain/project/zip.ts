/** A workspace as a zip of its datafiles, and back. */

import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";

import type { ProjectFiles } from "../../engine/types";
import { isDatafile, projectPath } from "./files";

export function zipProject(files: ProjectFiles): Uint8Array<ArrayBuffer> {
  const entries = Object.entries(files).map(([path, text]) => [path, strToU8(text)] as const);
  return zipSync(Object.fromEntries(entries), { level: 6 });
}

const largestFile = 2_000_000;
const mostFiles = 2000;

/**
 * The datafiles in a zip. Other entries are skipped unread, and a file that says it has more than
 * 2 MB is refused. An entry that inflates to more than it says is cut at what it says.
 */
export function unzipProject(bytes: Uint8Array): ProjectFiles {
  let problem = "";
  let seen = 0;
  const filter = (entry: { name: string; originalSize: number }): boolean => {
    if (problem || !isDatafile(entry.name)) return false;
    seen += 1;
    if (entry.originalSize > largestFile) problem = `${entry.name} is too large for a datafile.`;
    if (seen > mostFiles) problem = `The zip has more than ${mostFiles} datafiles.`;
    return !problem;
  };
  let entries: Record<string, Uint8Array>;
  try {
    entries = unzipSync(bytes, { filter });
  } catch {
    throw new Error("The file is not a zip, or it is damaged.");
  }
  if (problem) throw new Error(problem);
  const files = Object.entries(entries).map(([path, data]) => [path, strFromU8(data)] as const);
  return projectPath(Object.fromEntries(files));
}
