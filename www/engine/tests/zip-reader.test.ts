import { makeZip } from "client-zip";
import { expect, test } from "vitest";
import { readZip } from "../src/archive/zip-reader.js";

async function zip(files: Record<string, string>): Promise<Blob> {
  return new Response(makeZip(Object.entries(files).map(([name, input]) => ({ name, input })))).blob();
}

test("files come back as they went in", async () => {
  const files = { "a.txt": "one", "folder/ü.txt": "two\n".repeat(1000), empty: "" };
  const entries = await readZip(await zip(files));
  const read = await Promise.all(entries.map(async (entry) => [entry.name, await (await entry.open()).text()]));
  expect(Object.fromEntries(read)).toEqual(files);
  expect(entries.map(({ size }) => size)).toEqual([3, 4000, 0]);
});

/** A zip with one deflated entry that says it holds `size` bytes. */
async function deflated(text: string, size = text.length): Promise<Blob> {
  const packed = await new Response(new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"))).arrayBuffer();
  const record = (length: number, fields: [at: number, bytes: 2 | 4, value: number][]) => {
    const view = new DataView(new ArrayBuffer(length));
    for (const [at, bytes, value] of fields) bytes === 2 ? view.setUint16(at, value, true) : view.setUint32(at, value, true);
    return view;
  };
  const local = record(30, [[0, 4, 0x04034b50], [8, 2, 8], [26, 2, 1]]);
  const entry = record(46, [[0, 4, 0x02014b50], [10, 2, 8], [20, 4, packed.byteLength], [24, 4, size], [28, 2, 1]]);
  const end = record(22, [[0, 4, 0x06054b50], [10, 2, 1], [12, 4, 47], [16, 4, 31 + packed.byteLength]]);
  return new Blob([local, "x", packed, entry, "x", end]);
}

test("entries that another program has deflated are inflated, and no further than they say", async () => {
  const text = "as it was ".repeat(500);
  const [entry] = await readZip(await deflated(text));
  expect(await (await entry?.open())?.text()).toBe(text);
  const [bomb] = await readZip(await deflated("0".repeat(1_000_000), 10));
  await expect(bomb?.open()).rejects.toThrow("holds more than it says");
});

test("what is no zip, or cut short, is refused", async () => {
  const whole = await zip({ "a.txt": "one", "b.txt": "two" });
  await expect(readZip(new Blob(["not a zip at all, by any means"]))).rejects.toThrow("not a zip");
  await expect(readZip(new Blob([]))).rejects.toThrow("not a zip");
  await expect(readZip(whole.slice(0, whole.size - 30))).rejects.toThrow("not a zip");
  const beheaded = await readZip(new Blob([new Uint8Array(40), whole.slice(40)]));
  await expect(Promise.all(beheaded.map((entry) => entry.open()))).rejects.toThrow("not where the directory says");
});
