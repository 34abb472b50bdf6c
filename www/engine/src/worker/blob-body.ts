/** A file as a request's body: read slice by slice, as the engine takes it. */
import type { Pull } from "./module.js";

/** Bytes read at once: large enough to be quick, small enough to show progress. */
const SLICE = 4 << 20;

/** Pulls `blob` and tells how many bytes were read so far. */
export function pullBlob(blob: Blob, onProgress: (bytes: number) => void): Pull {
  let at = 0;
  return async () => {
    if (at >= blob.size) return undefined;
    const end = Math.min(at + SLICE, blob.size);
    const bytes = new Uint8Array(await blob.slice(at, end).arrayBuffer());
    at = end;
    onProgress(at);
    return bytes;
  };
}
