/**
 * A workspace with its rows as one zip, and back: the project's files, a Parquet file for each part of a table, and
 * `kinglet.json`, which says what is what. Secrets and tokens stay behind.
 */
import { makeZip } from "client-zip";
import { readZip, type ZipEntry } from "./zip-reader.js";

/** What archives need of a workspace: `Kinglet` is one. */
export interface ArchiveClient {
  request(path: string, init?: RequestInit): Promise<Response>;
}

/** `kinglet.json` in a zip. */
export interface Manifest {
  kinglet: 1;
  /** Paths of the project's files. */
  files: string[];
  tables: { name: string; parts: { path: string; bytes: number; rows: number }[] }[];
}

/** What an import brought. */
export interface Imported {
  files: number;
  tables: number;
  parts: number;
  rows: number;
}

/** How far an export or import is. */
export type Progress = (done: { bytes: number; total: number }) => void;

const MANIFEST = "kinglet.json";
const PROJECT = "project/";
const LARGEST_TEXT = 10_000_000;

/**
 * The workspace as a zip that streams: rows are as they were when it began, whatever is written meanwhile. `token` is an
 * admin's.
 */
export async function exportWorkspace(client: ArchiveClient, token: string, onProgress: Progress = () => {}): Promise<ReadableStream<Uint8Array>> {
  const api = new Api(client, token);
  const snapshot = `export ${new Date().toISOString()}`;
  await api.json("v0/snapshots", { name: snapshot }, { method: "POST" });
  const forget = () => api.ask(`v0/snapshots/${encodeURIComponent(snapshot)}`, {}, { method: "DELETE" });
  try {
    const { files } = await api.json<{ files: Record<string, string> }>("v0/files");
    const manifest: Manifest = { kinglet: 1, files: Object.keys(files).sort(), tables: [] };
    const parts: { path: string; table: string; id: string }[] = [];
    const { datasources } = await api.json<{ datasources: { name: string }[] }>("v0/datasources", { attrs: "name" });
    for (const { name } of datasources) {
      const found = await api.json<{ parts: { id: string; bytes: number; rows: number }[] }>(`v0/datasources/${name}/parts`, {
        __tb__snapshot: snapshot,
      });
      const table = { name, parts: found.parts.map(({ bytes, rows }, at) => ({ path: `tables/${name}/${String(at).padStart(6, "0")}.parquet`, bytes, rows })) };
      manifest.tables.push(table);
      found.parts.forEach(({ id }, at) => parts.push({ path: table.parts[at]?.path ?? "", table: name, id }));
    }
    const total = manifest.tables.flatMap(({ parts }) => parts).reduce((sum, { bytes }) => sum + bytes, 0);
    async function* entries() {
      let done = 0;
      try {
        yield { name: MANIFEST, input: JSON.stringify(manifest, null, 1) };
        for (const path of manifest.files) yield { name: PROJECT + path, input: files[path] ?? "" };
        for (const { path, table, id } of parts) {
          const answer = await api.ask(`v0/datasources/${table}/parts/${id}`, { __tb__snapshot: snapshot });
          const counted = new TransformStream<Uint8Array, Uint8Array>({
            transform(chunk, controller) {
              done += chunk.byteLength;
              onProgress({ bytes: done, total });
              controller.enqueue(chunk);
            },
          });
          yield { name: path, input: (answer.body ?? new Blob().stream()).pipeThrough(counted) };
        }
      } finally {
        // The engine may have gone: then the snapshot stays, and costs room until it is dropped.
        await forget().catch(() => {});
      }
    }
    return makeZip(entries());
  } catch (error) {
    await forget().catch(() => {});
    throw error;
  }
}

/**
 * Makes the workspace hold what a zip of `exportWorkspace` holds: its project is built, its tables are emptied, and each
 * part becomes part of its table again, byte for byte. Nothing is touched before the whole zip has been looked at.
 */
export async function importWorkspace(client: ArchiveClient, zip: Blob, token: string, onProgress: Progress = () => {}): Promise<Imported> {
  const api = new Api(client, token);
  const entries = new Map((await readZip(zip)).map((entry) => [entry.name, entry]));
  const manifest = await readManifest(entries);
  const form = new FormData();
  for (const path of manifest.files) {
    form.append("data_project://", new File([await text(entries, PROJECT + path)], path, { type: "text/plain" }), path);
  }
  const built = await api.json<{ result: string; errors?: unknown }>("v1/build", {}, { method: "POST", body: form });
  if (built.result !== "success") throw new Error(`The zip's project cannot be built: ${JSON.stringify(built.errors)}`);
  const total = manifest.tables.flatMap(({ parts }) => parts).reduce((sum, { bytes }) => sum + bytes, 0);
  const imported: Imported = { files: manifest.files.length, tables: manifest.tables.length, parts: 0, rows: 0 };
  let bytes = 0;
  for (const { name, parts } of manifest.tables) {
    await api.ask(`v0/datasources/${name}/truncate`, {}, { method: "POST" });
    for (const part of parts) {
      const body = await entryOf(entries, part.path).open();
      const { rows } = await api.json<{ rows: number }>(`v0/datasources/${name}/parts`, {}, { method: "POST", body });
      imported.parts += 1;
      imported.rows += rows;
      bytes += part.bytes;
      onProgress({ bytes, total });
    }
  }
  return imported;
}

/** The zip's manifest, checked against what is in the zip. */
async function readManifest(entries: Map<string, ZipEntry>): Promise<Manifest> {
  if (!entries.has(MANIFEST)) throw new Error("The zip holds no workspace: it has no kinglet.json.");
  const manifest = JSON.parse(await text(entries, MANIFEST)) as Manifest;
  if (manifest.kinglet !== 1) throw new Error("The zip was written by a newer version of Kinglet.");
  if (!Array.isArray(manifest.files) || !Array.isArray(manifest.tables)) throw new Error("The zip's kinglet.json is damaged.");
  for (const path of manifest.files) entryOf(entries, PROJECT + path);
  for (const { name, parts } of manifest.tables) {
    if (!/^\w+$/.test(name)) throw new Error(`The zip names a table '${name}', which cannot be.`);
    for (const { path, bytes } of parts) {
      if (entryOf(entries, path).size !== bytes) throw new Error(`'${path}' in the zip is not of the size it should be.`);
    }
  }
  return manifest;
}

function entryOf(entries: Map<string, ZipEntry>, path: string): ZipEntry {
  const entry = entries.get(path);
  if (!entry) throw new Error(`The zip lacks '${path}'.`);
  return entry;
}

async function text(entries: Map<string, ZipEntry>, path: string): Promise<string> {
  const entry = entryOf(entries, path);
  if (entry.size > LARGEST_TEXT) throw new Error(`'${path}' in the zip is larger than 10 MB.`);
  return (await entry.open()).text();
}

/** Requests with a token, whose failures are errors. */
class Api {
  constructor(
    private readonly client: ArchiveClient,
    private readonly token: string,
  ) {}

  async ask(path: string, parameters: Record<string, string> = {}, init: RequestInit = {}): Promise<Response> {
    const query = new URLSearchParams(parameters).toString();
    const headers = { Authorization: `Bearer ${this.token}` };
    const answer = await this.client.request(query === "" ? path : `${path}?${query}`, { ...init, headers });
    if (!answer.ok) throw new Error(`${path}: ${await message(answer)}`);
    return answer;
  }

  async json<T>(path: string, parameters: Record<string, string> = {}, init: RequestInit = {}): Promise<T> {
    return (await this.ask(path, parameters, init)).json() as Promise<T>;
  }
}

async function message(answer: Response): Promise<string> {
  const body = await answer.text();
  try {
    return (JSON.parse(body) as { error?: string }).error ?? body;
  } catch {
    return body;
  }
}
