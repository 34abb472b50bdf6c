/** A CSV whose columns were renamed or left out: the same rows under another header. */

import { readRecords } from "./csv-records";

export interface HeaderColumn {
  /** The name that was inferred from the file. */
  inferred: string;
  /** The name in the data source; nothing when the column is left out. */
  name: string | undefined;
}

/**
 * The file with a header of the new names. The rows are not copied: the result refers to the bytes
 * of the file. A file without a header gets one in front.
 */
export async function withHeader(
  file: File,
  columns: HeaderColumn[],
  { delimiter = ",", hasHeader }: { delimiter?: string | undefined; hasHeader?: boolean | undefined },
): Promise<File> {
  const plain = await unpacked(file);
  const bytes = new Uint8Array(await plain.slice(0, 1 << 20).arrayBuffer());
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const record = firstRecord(bytes, mark, delimiter);
  const start = (hasHeader ?? isHeader(record.cells, columns)) ? record.end : mark;
  return new File([headerLine(columns, delimiter), plain.slice(start)], file.name.replace(/\.gz$/i, ""));
}

function headerLine(columns: HeaderColumn[], delimiter: string): string {
  return `${columns.map((column, index) => column.name ?? `__unused_${index + 1}`).join(delimiter)}\n`;
}

/** At least half of the cells are the inferred names, which were made from them. */
function isHeader(cells: string[], columns: HeaderColumn[]): boolean {
  const same = cells.filter((cell, index) => normalized(cell) === normalized(columns[index]?.inferred ?? "")).length;
  return same > 0 && same * 2 >= cells.length;
}

function normalized(text: string): string {
  return text
    .trim()
    .toLowerCase()
    .replace(/[^a-z0-9]/g, "_")
    .replace(/^(?=\d)/, "c_");
}

/** The cells of the first record and where the next one begins. Quotes may hold line ends. */
function firstRecord(bytes: Uint8Array, start: number, delimiter: string): { cells: string[]; end: number } {
  let quoted = false;
  let end = start;
  while (end < bytes.length && (quoted || bytes[end] !== 0x0a)) {
    if (bytes[end] === 0x22) quoted = !quoted;
    end += 1;
  }
  const line = new TextDecoder().decode(bytes.subarray(start, end)).replace(/\r$/, "");
  return { cells: readRecords(line, delimiter, 1)[0] ?? [], end: Math.min(end + 1, bytes.length) };
}

async function unpacked(file: File): Promise<Blob> {
  const head = new Uint8Array(await file.slice(0, 2).arrayBuffer());
  if (head[0] !== 0x1f || head[1] !== 0x8b) return file;
  return new Response(file.stream().pipeThrough(new DecompressionStream("gzip"))).blob();
}
