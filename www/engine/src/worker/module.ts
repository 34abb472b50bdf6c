/** The wasm module as the worker uses it. The generated bindings are checked against this by the compiler. */
import type { Change, EngineInfo, OpenOptions, WireHead } from "../protocol.js";

/** Pulls the next piece of a request's body; undefined at its end. */
export type Pull = () => Promise<Uint8Array | undefined>;

/** One request inside the engine. */
export interface Exchange {
  /** Resolves once status and headers are known. */
  head(): Promise<WireHead>;
  /** The next piece of the answer; undefined at its end. */
  chunk(): Promise<Uint8Array | undefined>;
  /** Drop the work. */
  cancel(): void;
}

/** An open engine. */
export interface Engine {
  info(): EngineInfo;
  request(method: string, path: string, headers: [string, string][], body: Uint8Array | Pull | undefined): Exchange;
  /** The returned function ends the subscription. */
  subscribe(listener: (change: Change) => void): () => void;
  allow_network(allowed: boolean): void;
  /** Bytes of the module's memory, which never shrinks. */
  memory_bytes(): number;
  /** Whether a scheduled copy or sink runs. */
  runs_schedule(): boolean;
  close(): Promise<void>;
}

/** The module's entry. */
export interface EngineModule {
  open(options: OpenOptions): Promise<Engine>;
}
