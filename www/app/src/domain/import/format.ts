/** Which format a file has, by its name and its first bytes. */

import type { FileFormat } from "../../engine/backend";

export const fileFormats: FileFormat[] = ["csv", "ndjson", "json", "parquet"];

/** Looks at the first bytes first, since extensions lie; `undefined` when neither tells. */
export function detectFormat(name: string, head: Uint8Array): FileFormat | undefined {
  if (startsWith(head, "PAR1")) return "parquet";
  const stem = name.toLowerCase().replace(/\.gz$/, "");
  if (/\.parquet$/.test(stem)) return "parquet";
  if (/\.(ndjson|jsonl)$/.test(stem)) return "ndjson";
  const compressed = head[0] === 0x1f && head[1] === 0x8b;
  if (/\.json$/.test(stem)) return compressed ? "json" : jsonKind(head);
  if (/\.(csv|tsv|txt)$/.test(stem)) return "csv";
  const first = firstCharacter(head);
  if (first === "{" || first === "[") return jsonKind(head);
  return undefined;
}

/** What the name alone says. */
export function formatOfName(name: string): FileFormat | undefined {
  const ending = /\.([a-z]+)(?:\.gz)?$/i.exec(name)?.[1]?.toLowerCase() ?? "";
  if (ending === "jsonl") return "ndjson";
  if (ending === "tsv" || ending === "txt") return "csv";
  return fileFormats.find((format) => format === ending);
}

/** A JSON document is sent as NDJSON, which the engine reads in pieces. */
export function wireFormat(format: FileFormat): FileFormat {
  return format === "json" ? "ndjson" : format;
}

/** One object per line is NDJSON; an array, or one object over several lines, is JSON. */
function jsonKind(head: Uint8Array): FileFormat {
  const text = new TextDecoder()
    .decode(head)
    .replace(/^\uFEFF/, "")
    .trimStart();
  if (!text.startsWith("{")) return "json";
  const line = text.split("\n", 1)[0] ?? "";
  try {
    JSON.parse(line);
    return "ndjson";
  } catch {
    return "json";
  }
}

function firstCharacter(head: Uint8Array): string {
  return new TextDecoder()
    .decode(head.subarray(0, 64))
    .replace(/^\uFEFF/, "")
    .trimStart()
    .charAt(0);
}

function startsWith(bytes: Uint8Array, text: string): boolean {
  return [...text].every((character, index) => bytes[index] === character.charCodeAt(0));
}
