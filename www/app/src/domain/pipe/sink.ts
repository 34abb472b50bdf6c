/** A sink whose target is a download: what its node answers, as a file that its directives describe. */

import type { PipeNodeText } from "./pipe-file";
import { directiveValue } from "./write-pipe";

export interface SinkFile {
  name: string;
  /** What follows the query. */
  clause: string;
  gzip: boolean;
}

const formats: Record<string, { extension: string; clause: string }> = {
  csv: { extension: "csv", clause: "FORMAT CSVWithNames" },
  ndjson: { extension: "ndjson", clause: "FORMAT JSONEachRow" },
  parquet: { extension: "parquet", clause: "FORMAT Parquet" },
};

/**
 * The one file that a sink writes. Parts of its name that would split the rows into several files are left out, since
 * a download is one.
 */
export function sinkFile(node: Pick<PipeNodeText, "name" | "directives">): SinkFile {
  const value = (word: string): string => directiveValue(node.directives, word).replace(/^(["'])(.*)\1$/, "$2");
  const format = formats[value("EXPORT_FORMAT").toLowerCase()] ?? formats["csv"];
  const { extension, clause } = format ?? { extension: "csv", clause: "FORMAT CSVWithNames" };
  const gzip = extension !== "parquet" && /^(gz|gzip)$/i.test(value("EXPORT_COMPRESSION"));
  const stem = value("EXPORT_FILE_TEMPLATE")
    .replace(/\{[^}]*\}/g, "")
    .split("/")
    .filter((part) => !part.endsWith("="))
    .map((part) => part.replace(/^[\W_]+|[\W_]+$|[^\w.=-]/g, ""))
    .filter((part) => part !== "")
    .join("-");
  return { name: `${stem || node.name}.${extension}${gzip ? ".gz" : ""}`, clause, gzip };
}

/** The rows as the file's bytes. */
export function packed(rows: Blob, gzip: boolean): Promise<Blob> {
  return gzip ? new Response(rows.stream().pipeThrough(new CompressionStream("gzip"))).blob() : Promise.resolve(rows);
}
