/**
 * What is said to the engine worker and what it answers.
 *
 * `Calls` is the one list of calls. A caller holds one end of a MessagePort, the worker the other; each call has an id
 * that is unique on its port. A `request` call may be followed by body chunks in both directions; the receiver of
 * chunks grants credit, one unit for one chunk, so that neither side is flooded.
 */

/** Raise it with any change of meaning in this file: two builds may only talk when they agree on it. */
export const PROTOCOL = 3;

/** Where the workspace's bytes live. */
export type Storage = "opfs" | "memory";

/** What a worker must know before it can serve. */
export interface OpenOptions {
  protocol: number;
  /** Unique name of this engine; also the name of the Web Lock the worker holds for as long as it lives. */
  engine: string;
  /** Absolute address of the wasm module. */
  wasm: string;
  /** `opfs` falls back to `memory` where the browser has no private file system; the answer tells. */
  storage: Storage;
  /** Folder below the root of the private file system. */
  directory: string;
  /** Path that precedes `/v0` in addresses the engine hands out, such as `/playground` or `/e/8f3a`. */
  base: string;
  /** Whether outgoing requests are allowed from the start; `network` changes it. */
  network: boolean;
}

/** What is known of a running engine. */
export interface EngineInfo {
  version: string;
  storage: Storage;
  /** Why the workspace is in memory although a disk was asked for. */
  storageProblem?: string;
}

/** The engine's memory. */
export interface EngineMemory {
  /** Bytes of the module's memory. */
  bytes: number;
  /** Requests and scheduled work under way. */
  running: number;
}

/** A request without its body; `path` starts at the API's root, as in `/v0/sql?q=SELECT+1`. */
export interface WireRequest {
  method: string;
  path: string;
  headers: [name: string, value: string][];
  body: WireBody;
}

/** A stream's chunks follow the call; the other bodies travel with it. */
export type WireBody =
  | { kind: "none" }
  | { kind: "bytes"; bytes: Uint8Array }
  | { kind: "blob"; blob: Blob }
  | { kind: "stream" };

/** Status and headers. A body that is at hand comes with them; otherwise its chunks follow. */
export interface WireHead {
  status: number;
  headers: [name: string, value: string][];
  body?: Uint8Array;
}

/** A change in the workspace, such as rows that arrived or a resource that was built. */
export interface Change {
  kind: string;
  name: string;
}

/** Every call to an engine. Those marked owner are refused on handed-out ports. */
export interface Calls {
  /** Owner: load the module and open the workspace. */
  open: { params: OpenOptions; result: EngineInfo };
  /** Owner: serve another port, which is transferred with the call. */
  attach: { params: { port: MessagePort }; result: null };
  /** Owner: finish writing, release the files and end the worker. */
  close: { params: null; result: null };
  /** Owner: as `close`, if nothing runs; false if something does. What was not accepted yet goes to the next worker. */
  retire: { params: null; result: { retired: boolean } };
  /** How much memory the engine has taken; it never gives any back. */
  memory: { params: null; result: EngineMemory };
  /** Answer at once; a worker that cannot is stuck in one long computation. */
  ping: { params: null; result: null };
  /** First call on a port. `lock` is held for as long as the caller lives; its release frees what the port holds. */
  hello: { params: { protocol: number; lock?: string }; result: EngineInfo };
  /** Whether outgoing requests may be made, as the person decided. */
  network: { params: { allowed: boolean }; result: null };
  request: { params: WireRequest; result: WireHead };
  /** Changes arrive as `change` messages under the call's id until it is aborted. */
  subscribe: { params: null; result: null };
}

export type Method = keyof Calls;

/** From a caller to the engine. */
export type ToEngine =
  | { [M in Method]: { type: "call"; id: number; method: M; params: Calls[M]["params"] } }[Method]
  | { type: "chunk"; id: number; bytes: Uint8Array }
  | { type: "end"; id: number }
  | { type: "failed"; id: number; error: WireError }
  | { type: "credit"; id: number }
  | { type: "abort"; id: number };

/** From the engine to a caller. */
export type FromEngine =
  | { type: "accepted"; id: number }
  | { type: "result"; id: number; result: Calls[Method]["result"] }
  | { type: "chunk"; id: number; bytes: Uint8Array }
  | { type: "end"; id: number }
  | { type: "failed"; id: number; error: WireError }
  | { type: "credit"; id: number }
  | { type: "progress"; id: number; bytes: number }
  | { type: "change"; id: number; change: Change }
  | { type: "crashed"; message: string };

/** How many chunks may be on their way before the receiver has taken the first. */
export const CHUNKS_IN_FLIGHT = 8;

/** Why a call failed, so that a program can decide; the message is for people. */
export type ErrorCode =
  | "aborted"
  | "engine_crashed"
  | "engine_failed"
  | "engine_unavailable"
  | "internal"
  | "leader_lost"
  | "protocol_mismatch";

/** An error as it crosses a port. */
export interface WireError {
  code: ErrorCode;
  message: string;
  /** True where the same call may succeed when it is made again. */
  retryable: boolean;
}
