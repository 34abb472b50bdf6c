/** A project as a zip, and back: datafiles, and the rows of data sources as fixtures. */

import { strFromU8, strToU8, unzipSync, zipSync, type UnzipFileInfo } from "fflate";

import type { ProjectFiles } from "../../engine/types";
import { isDatafile, projectPath } from "./files";
import { fixtureOf, known, type Fixture } from "./fixtures";

/** Packs datafiles, and files that are packed already as they are. */
export function zipProject(files: ProjectFiles, packed: Record<string, Uint8Array> = {}): Uint8Array<ArrayBuffer> {
  const texts = Object.entries(files).map(([path, text]) => [path, strToU8(text)] as const);
  const others = Object.entries(packed).map(([path, bytes]) => [path, [bytes, { level: 0 }]] as const);
  return zipSync(Object.fromEntries<Uint8Array | [Uint8Array, { level: 0 }]>([...texts, ...(others as [])]), { level: 6 });
}

const largestFile = 2_000_000;
const mostFiles = 2000;
const mostBytes = 50_000_000;
const largestFixture = 500_000_000;

/** What a zip holds of a project. */
export interface Unzipped {
  files: ProjectFiles;
  fixtures: Fixture[];
}

/**
 * The datafiles in a zip, and its fixtures, which are inflated when they are asked for. Other entries are skipped
 * unread, and a file that says it is too large is refused. An entry that inflates to more than it says is cut at what
 * it says.
 */
export function unzipProject(bytes: Uint8Array): Unzipped {
  let problem = "";
  let seen = 0;
  let bytesSeen = 0;
  const fixtures: Fixture[] = [];
  const filter = (entry: UnzipFileInfo): boolean => {
    if (problem) return false;
    const fixture = fixtureOf(entry.name);
    if (fixture) fixtures.push({ ...fixture, path: entry.name, bytes: entry.originalSize, file: () => inflate(bytes, entry) });
    if (!isDatafile(entry.name)) return false;
    seen += 1;
    bytesSeen += entry.originalSize;
    if (entry.originalSize > largestFile) problem = `${entry.name} is too large for a datafile.`;
    if (seen > mostFiles) problem = `The zip has more than ${mostFiles} datafiles.`;
    if (bytesSeen > mostBytes) problem = "The datafiles in the zip are larger than 50 MB.";
    return !problem;
  };
  const entries = unzip(bytes, filter);
  if (problem) throw new Error(problem);
  const texts = Object.entries(entries).map(([path, data]) => [path, strFromU8(data)] as const);
  const files = projectPath(Object.fromEntries(texts));
  return { files, fixtures: known(fixtures, files) };
}

async function inflate(bytes: Uint8Array, { name, originalSize }: UnzipFileInfo): Promise<File> {
  if (originalSize > largestFixture) throw new Error("A fixture of more than 500 MB cannot be read from a zip.");
  const entries = unzip(bytes, (entry) => entry.name === name);
  const data = entries[name] as Uint8Array<ArrayBuffer> | undefined;
  return new File([data ?? new Uint8Array()], name.split("/").at(-1) ?? name);
}

function unzip(bytes: Uint8Array, filter: (entry: UnzipFileInfo) => boolean): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes, { filter });
  } catch {
    throw new Error("The file is not a zip, or it is damaged.");
  }
}
