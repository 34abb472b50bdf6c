/** A backend over plain HTTP: the native server, or a mock of it, during development and tests. */

import type { Backend, EngineStatus, IngestOptions, IngestReport } from "./backend";
import { failureFromText } from "./failure";
import { readIngestReport } from "./ingest-report";

export class HttpBackend implements Backend {
  readonly base: string;
  readonly reachable = true;
  status: EngineStatus = { state: "loading", memory: false };
  #listeners = new Set<(status: EngineStatus) => void>();

  constructor(
    base: string,
    readonly ephemeral = false,
  ) {
    this.base = base.replace(/\/+$/, "");
    void this.#probe();
  }

  request(path: string, init?: RequestInit): Promise<Response> {
    return fetch(this.base + path, init);
  }

  /** Sends the file as the raw body. XMLHttpRequest, because fetch reports no upload progress. */
  ingest(file: File, options: IngestOptions): Promise<IngestReport> {
    const query = new URLSearchParams({
      mode: options.mode,
      name: options.name,
      format: options.format,
      ...options.parameters,
    });
    return new Promise((resolve, reject) => {
      const call = new XMLHttpRequest();
      call.open("POST", `${this.base}/v0/datasources?${query}`);
      call.setRequestHeader("Authorization", `Bearer ${options.token}`);
      call.upload.onprogress = (event) => options.onProgress?.({ sent: event.loaded, total: file.size });
      call.onload = () => {
        if (call.status < 400) resolve(readIngestReport(call.responseText));
        else reject(failureFromText(call.status, call.responseText));
      };
      call.onerror = () => reject(new Error(`No answer from ${this.base}.`));
      call.onabort = () => reject(new DOMException("The import was cancelled.", "AbortError"));
      options.signal?.addEventListener("abort", () => call.abort(), { once: true });
      call.send(file);
    });
  }

  subscribe(listener: (status: EngineStatus) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onChange(): () => void {
    return () => {};
  }

  onUpdate(): void {}

  close(): void {
    this.#report({ state: "closed", memory: false });
  }

  async #probe(): Promise<void> {
    try {
      await fetch(`${this.base}/tokens`);
      this.#report({ state: "ready", memory: false });
    } catch {
      this.#report({ state: "crashed", memory: false, detail: `No answer from ${this.base}.` });
    }
  }

  #report(status: EngineStatus): void {
    this.status = status;
    for (const listener of this.#listeners) listener(status);
  }
}
