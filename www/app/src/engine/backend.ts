/** The one interface through which the app reaches an engine, wherever that engine runs. */

export type FileFormat = "csv" | "ndjson" | "json" | "parquet";
export type IngestMode = "create" | "append" | "replace";

export type EngineState = "loading" | "ready" | "crashed" | "closed";

/** What the engine last said about itself. `memory` means that nothing outlives the tab. */
export interface EngineStatus {
  state: EngineState;
  memory: boolean;
  /** A sentence for a person: the step being loaded, or why the engine stopped. */
  detail?: string;
}

export interface IngestProgress {
  /** Bytes of the file handed over so far, and of the file in all. */
  sent: number;
  total: number;
  rows?: number;
}

export interface IngestOptions {
  name: string;
  mode: IngestMode;
  format: FileFormat;
  token: string;
  /** Further parameters of `POST /v0/datasources`, such as `schema` and `engine_sorting_key`. */
  parameters?: Record<string, string>;
  onProgress?: (progress: IngestProgress) => void;
  signal?: AbortSignal;
}

/** How many rows came in and how many did not fit the schema. */
export interface IngestReport {
  rows?: number;
  quarantined: number;
  invalidLines: number;
  message?: string;
}

export interface Backend {
  /** Absolute address under which the HTTP API answers to anybody, without a trailing slash. */
  readonly base: string;
  /** A workspace that lives and dies with this tab. */
  readonly ephemeral: boolean;
  /** `fetch` of an address under `base` is answered: by the service worker, or by a server. */
  readonly reachable: boolean;
  readonly status: EngineStatus;
  /** A request to the HTTP API; `path` begins with a slash and is relative to `base`. */
  request(path: string, init?: RequestInit): Promise<Response>;
  ingest(file: File, options: IngestOptions): Promise<IngestReport>;
  /** Calls the listener at every change of status, until the returned function is called. */
  subscribe(listener: (status: EngineStatus) => void): () => void;
  /** Calls the listener after each change in the workspace, whoever made it. */
  onChange(listener: () => void): () => void;
  /** Calls the listener when a newer version of the site waits; its argument reloads into it. */
  onUpdate(listener: (apply: () => void) => void): void;
  close(): void;
}
