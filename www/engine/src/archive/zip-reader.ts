/** Reading a zip from a file without taking it into memory: the directory at its end, then slices of it. */

/** A file in a zip. */
export interface ZipEntry {
  name: string;
  /** Bytes of the file itself. */
  size: number;
  /** The file's content, inflated where it is deflated. */
  open(): Promise<Blob>;
}

const END = 0x06054b50;
const END_64 = 0x06064b50;
const LOCATOR_64 = 0x07064b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;

/** The end record is 22 bytes and a comment of at most 65,535. */
const END_BYTES = 22;
const LONGEST_COMMENT = 65_535;
const LARGEST_DIRECTORY = 64 << 20;

class NotAZip extends Error {
  constructor(what: string) {
    super(`The file is not a zip, or it is damaged: ${what}.`);
  }
}

/** The entries of a zip, in its order. */
export async function readZip(file: Blob): Promise<ZipEntry[]> {
  const { offset, size, count } = await directory(file);
  if (size > LARGEST_DIRECTORY) throw new NotAZip("its directory is larger than 64 MB");
  const view = await viewOf(file, offset, size);
  const entries: ZipEntry[] = [];
  let at = 0;
  for (let entry = 0; entry < count; entry += 1) {
    if (at + 46 > view.byteLength || view.getUint32(at, true) !== ENTRY) throw new NotAZip("its directory ends early");
    const [nameBytes, extraBytes, commentBytes] = [28, 30, 32].map((field) => view.getUint16(at + field, true)) as [number, number, number];
    const end = at + 46 + nameBytes + extraBytes + commentBytes;
    if (end > view.byteLength) throw new NotAZip("its directory ends early");
    const name = new TextDecoder().decode(bytesOf(view, at + 46, nameBytes));
    const sizes = { size: view.getUint32(at + 24, true), packed: view.getUint32(at + 20, true), start: view.getUint32(at + 42, true) };
    large(sizes, view, at + 46 + nameBytes, extraBytes);
    const method = view.getUint16(at + 10, true);
    if (!name.endsWith("/")) entries.push({ name, size: sizes.size, open: () => open(file, name, method, sizes) });
    at = end;
  }
  return entries;
}

interface Sizes {
  size: number;
  packed: number;
  start: number;
}

/** Fields that do not fit into 32 bits are in an extra field, in this order. */
function large(sizes: Sizes, view: DataView, from: number, length: number): void {
  for (let at = from; at + 4 <= from + length; at += 4 + view.getUint16(at + 2, true)) {
    if (view.getUint16(at, true) !== 1) continue;
    const end = at + 4 + view.getUint16(at + 2, true);
    let field = at + 4;
    for (const key of ["size", "packed", "start"] as const) {
      if (sizes[key] !== 0xffff_ffff || field + 8 > Math.min(end, view.byteLength)) continue;
      sizes[key] = Number(view.getBigUint64(field, true));
      field += 8;
    }
  }
}

async function open(file: Blob, name: string, method: number, { size, packed, start }: Sizes): Promise<Blob> {
  const head = await viewOf(file, start, 30);
  if (head.getUint32(0, true) !== LOCAL) throw new NotAZip(`'${name}' is not where the directory says`);
  const from = start + 30 + head.getUint16(26, true) + head.getUint16(28, true);
  const stored = file.slice(from, from + packed);
  if (stored.size !== packed) throw new NotAZip(`'${name}' ends early`);
  if (method === 0) return stored;
  if (method !== 8) throw new Error(`'${name}' is compressed in a way that is not known here; pack the zip anew.`);
  return inflate(stored, name, size);
}

/** What a deflated entry holds; one that holds more than it says is refused. */
async function inflate(packed: Blob, name: string, size: number): Promise<Blob> {
  const chunks: BlobPart[] = [];
  let bytes = 0;
  const reader = packed.stream().pipeThrough(new DecompressionStream("deflate-raw")).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.byteLength;
    if (bytes > size) {
      await reader.cancel();
      throw new NotAZip(`'${name}' holds more than it says`);
    }
    chunks.push(value);
  }
  return new Blob(chunks);
}

async function directory(file: Blob): Promise<{ offset: number; size: number; count: number }> {
  const tailBytes = Math.min(file.size, END_BYTES + LONGEST_COMMENT);
  const tailStart = file.size - tailBytes;
  const tail = await viewOf(file, tailStart, tailBytes);
  for (let at = tailBytes - END_BYTES; at >= 0; at -= 1) {
    if (tail.getUint32(at, true) !== END) continue;
    const found = { offset: tail.getUint32(at + 16, true), size: tail.getUint32(at + 12, true), count: tail.getUint16(at + 10, true) };
    const isLarge = found.offset === 0xffff_ffff || found.size === 0xffff_ffff || found.count === 0xffff;
    return isLarge ? directory64(file, tailStart + at) : found;
  }
  throw new NotAZip("it has no directory");
}

async function directory64(file: Blob, end: number): Promise<{ offset: number; size: number; count: number }> {
  const locator = await viewOf(file, end - 20, 20);
  if (locator.getUint32(0, true) !== LOCATOR_64) throw new NotAZip("it has no directory");
  const record = await viewOf(file, Number(locator.getBigUint64(8, true)), 56);
  if (record.getUint32(0, true) !== END_64) throw new NotAZip("it has no directory");
  const [count, size, offset] = [32, 40, 48].map((field) => Number(record.getBigUint64(field, true))) as [number, number, number];
  return { offset, size, count };
}

async function viewOf(file: Blob, offset: number, length: number): Promise<DataView> {
  if (offset < 0 || offset + length > file.size) throw new NotAZip("it ends early");
  return new DataView(await file.slice(offset, offset + length).arrayBuffer());
}

function bytesOf(view: DataView, at: number, length: number): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset + at, length);
}
