/** A backend over the `kinglet` package: the engine in this browser. */

import { connect, controlled, onUpdate, type Kinglet, type Status } from "kinglet";

import type { Backend, EngineStatus, IngestOptions, IngestReport } from "./backend";
import { failureFrom } from "./failure";
import { readIngestReport } from "./ingest-report";

class KingletBackend implements Backend {
  readonly base: string;
  reachable = false;
  status: EngineStatus = { state: "loading", memory: false };
  #listeners = new Set<(status: EngineStatus) => void>();

  constructor(
    private readonly engine: Kinglet,
    readonly ephemeral: boolean,
  ) {
    this.base = engine.apiRoot.href.replace(/\/$/, "");
    engine.onStatus((status) => this.#report(translate(status)));
    void controlled().then(() => (this.reachable = true));
  }

  async request(path: string, init: RequestInit = {}): Promise<Response> {
    try {
      return await this.engine.request(path.replace(/^\//, ""), init);
    } catch (error) {
      throw readable(error);
    }
  }

  async ingest(file: File, options: IngestOptions): Promise<IngestReport> {
    const { name, mode, format, parameters, token, signal, onProgress } = options;
    const query = new URLSearchParams({ ...parameters, name, mode, format });
    try {
      const response = await this.engine.request(`v0/datasources?${query}`, {
        method: "POST",
        body: file,
        headers: { Authorization: `Bearer ${token}` },
        signal: signal ?? null,
        onProgress: (sent) => onProgress?.({ sent, total: file.size }),
      });
      if (response.status >= 400) throw await failureFrom(response);
      return readIngestReport(await response.text());
    } catch (error) {
      throw readable(error);
    }
  }

  subscribe(listener: (status: EngineStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onChange(listener: () => void): () => void {
    return this.engine.subscribe(() => listener());
  }

  onUpdate(listener: (apply: () => void) => void): void {
    void onUpdate(listener);
  }

  close(): void {
    void this.engine.close();
  }

  #report(status: EngineStatus): void {
    this.status = status;
    for (const listener of this.#listeners) listener(status);
  }
}

/** An engine for the saved workspace, or for one that lives in this tab's memory. */
export function connectEngine({ ephemeral }: { ephemeral: boolean }): Backend {
  const name = crypto.randomUUID().slice(0, 8);
  return new KingletBackend(connect(ephemeral ? { ephemeral: name } : {}), ephemeral);
}

function translate(status: Status): EngineStatus {
  switch (status.state) {
    case "ready":
      return { state: "ready", memory: status.storage === "memory" };
    case "crashed":
      return { state: "loading", memory: false, detail: "It crashed and starts again." };
    case "failed":
      return { state: "crashed", memory: false, detail: status.message };
    default:
      return { state: "loading", memory: false };
  }
}

/** A cancelled call fails like a cancelled fetch. */
function readable(error: unknown): unknown {
  const code = (error as { code?: unknown } | undefined)?.code;
  return code === "aborted" ? new DOMException("The call was cancelled.", "AbortError") : error;
}
