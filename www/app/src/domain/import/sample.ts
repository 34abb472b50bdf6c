/** The beginning of a file that is enough to infer its schema. */

import type { FileFormat } from "../../engine/backend";

/** As much as the engine looks at. */
const sampleBytes = 1 << 20;

/** Whole lines of the beginning of a text file; a Parquet or JSON file as it is. */
export async function sampleOf(file: Blob, format: FileFormat): Promise<Blob> {
  if (format === "parquet" || format === "json" || file.size <= sampleBytes) return file;
  const head = file.slice(0, sampleBytes);
  const bytes = new Uint8Array(await head.arrayBuffer());
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) return file;
  const end = bytes.lastIndexOf(0x0a);
  return end > 0 ? file.slice(0, end + 1) : head;
}
