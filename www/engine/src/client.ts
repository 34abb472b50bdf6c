/** What a page uses: one object that reaches the engine, wherever it runs. */
import { AskDesk } from "./asks.js";
import { siteFile } from "./build.js";
import type { Channel, RequestOptions } from "./channel.js";
import { Connection } from "./connection.js";
import type { EngineError } from "./errors.js";
import { askForPort, SAVED, type Ask, type Handover } from "./handover.js";
import type { AllowedHost } from "./consent.js";
import { EngineHost, type HostState } from "./host.js";
import { INSERT_ID } from "./inserts.js";
import { Election } from "./leader.js";
import { holdForever, uniqueName } from "./lifetime.js";
import type { Change, EngineInfo, EngineMemory, Storage } from "./protocol.js";
import { PersistOnce } from "./persist.js";
import { Relay } from "./relay.js";
import { toResponse, toWireRequest, type Outgoing } from "./request.js";
import { apiBase, apiRoute } from "./routes.js";
import { activeServiceWorker, registerServiceWorker } from "./registration.js";
import { StatusBoard, type Role, type Status } from "./status.js";

/** How to connect. */
export interface ConnectOptions {
  /** The site's base; default: the folder of the page. */
  base?: string | URL;
  /** `memory` keeps nothing; default: `opfs`, which falls back to memory where it must. */
  storage?: Storage;
  /** Name of an ephemeral workspace, which lives in this tab's memory alone under `<base>/e/<name>/v0`. */
  ephemeral?: string;
  /** False leaves the service worker out: `request` works, plain `fetch` of the API does not. */
  serviceWorker?: boolean;
  /**
   * False forbids the engine every request to other hosts. Default: true, for hosts that the person has allowed, each
   * workspace for itself, see `hostRefused` and `allowHost`.
   */
  network?: boolean;
  /** Folder of the private file system, default `kinglet`. */
  directory?: string;
  /** Bytes of memory above which an idle engine is renewed; its state is on disk. Default: 1.25 GB. */
  memoryLimit?: number;
}

/** A worker may have 4 GB; a tab that takes more than this is in the way of others. */
const DEFAULT_MEMORY_LIMIT = 1.25 * 1024 ** 3;

/** How long to wait for the engine, in milliseconds. */
const PATIENCE = { first: 10_000, starting: 60_000 };

/** Options of `ingestFile`. */
export interface IngestOptions {
  datasource: string;
  mode?: "append" | "create" | "replace";
  format?: "csv" | "ndjson" | "parquet";
  /** Further parameters of `POST /v0/datasources`. */
  parameters?: Record<string, string>;
  token?: string;
  signal?: AbortSignal;
  /** Id of an import of the same file that was cut short: what it has stored already is not stored again. */
  resume?: string;
  /** Told how many bytes of the file were read. */
  onProgress?: (bytes: number, total: number) => void;
}

/** A page's connection to Kinglet. */
export class Kinglet {
  readonly base: URL;
  readonly #key: string;
  readonly #status = new StatusBoard();
  readonly #host: EngineHost;
  readonly #desk: AskDesk;
  readonly #relay: Relay;
  readonly #election: Election | undefined;
  readonly #connection: Connection;
  readonly #listeners = new Set<(change: Change) => void>();
  readonly #registered: Promise<boolean>;
  readonly #persist = new PersistOnce();
  #led!: () => void;
  /** Resolves when this tab comes to lead; a new promise after it stops. */
  #leading = new Promise<void>((resolve) => (this.#led = resolve));
  #closed = false;

  constructor(options: ConnectOptions = {}) {
    this.base = new URL(options.base ?? ".", document.baseURI);
    this.#key = options.ephemeral === undefined ? SAVED : `e/${options.ephemeral}`;
    const saved = this.#key === SAVED;
    const settings = {
      workerUrl: siteFile(this.base, "worker.js"),
      storage: saved ? (options.storage ?? "opfs") : "memory",
      directory: options.directory ?? "kinglet",
      base: apiBase(this.base, this.#key),
      network: options.network ?? true,
      memoryLimit: options.memoryLimit ?? DEFAULT_MEMORY_LIMIT,
    } as const;
    const name = `kinglet:${this.base.pathname}${this.#key}:${settings.directory}`;
    this.#host = new EngineHost(settings, (state) => this.#hostChanged(state));
    this.#desk = new AskDesk(this.#key, this.#host, saved);
    this.#relay = new Relay(name);
    const lock = uniqueName("page");
    void holdForever(lock);
    this.#connection = new Connection(() => this.#find(), lock);
    this.#election = saved
      ? new Election(`${name}:leader`, { lead: () => this.#lead(), yield: (how) => this.#yield(how) })
      : undefined;
    this.#registered = options.serviceWorker === false ? Promise.resolve(false) : registerServiceWorker(this.base);
    this.#start();
  }

  get status(): Status {
    return this.#status.current;
  }

  /** Calls `listener` now and at each change of the status, until the returned function is called. */
  onStatus(listener: (status: Status) => void): () => void {
    return this.#status.listen(listener);
  }

  /** Resolves when the engine answers. */
  async ready(): Promise<EngineInfo> {
    return this.#connection.info();
  }

  /**
   * Like `fetch`, for addresses below the base, but straight to the engine. Relative addresses start at the workspace's
   * root, as in `request("v0/sql?q=SELECT+1")`. A Blob body is read by the engine itself, slice by slice.
   */
  async request(input: string | URL | Request, init: RequestInit & { onProgress?: (bytes: number) => void } = {}): Promise<Response> {
    const { body, onProgress, ...rest } = init;
    const blob = body instanceof Blob ? body : undefined;
    const address = input instanceof Request ? input : this.#address(input);
    const request = new Request(address, blob ? rest : body === undefined || body === null ? rest : { ...rest, body });
    const route = apiRoute(new URL(request.url), this.base);
    if (!route || route.key !== this.#key) throw new TypeError(`${request.url} is not an API address of this workspace`);
    const outgoing = blob ? withBlob(request, route.path, blob) : await toWireRequest(request, route.path);
    const signal = request.signal;
    const options: RequestOptions = { signal, onProgress };
    signal.addEventListener("abort", this.#checkStuck);
    const { head, body: answer } = await this.#connection.request(outgoing, options);
    return toResponse(request.method, head, answer);
  }

  /** A path with a slash in front starts at the workspace's root too, unless it begins with the site's base. */
  #address(input: string | URL): URL {
    const text = String(input);
    const absolute = !text.startsWith("/") || (this.base.pathname !== "/" && text.startsWith(this.base.pathname));
    return new URL(absolute ? text : text.slice(1), this.apiRoot);
  }

  /** The address that API paths are relative to; it ends in a slash. */
  get apiRoot(): URL {
    return new URL(this.#key === SAVED ? "." : `${this.#key}/`, this.base);
  }

  /** Load a file into a data source. The engine reads it slice by slice; the answer is that of `POST /v0/datasources`. */
  ingestFile(file: File, options: IngestOptions): Promise<Response> {
    const { datasource, mode = "append", format = formatOf(file.name), parameters, token, signal, resume, onProgress } = options;
    const query = new URLSearchParams({ ...parameters, name: datasource, mode, format });
    return this.request(`v0/datasources?${query}`, {
      method: "POST",
      body: file,
      headers: { ...(token ? { Authorization: `Bearer ${token}` } : {}), ...(resume ? { [INSERT_ID]: resume } : {}) },
      signal: signal ?? null,
      onProgress: (bytes) => onProgress?.(bytes, file.size),
    });
  }

  /** Hosts that the workspace's requests may go to, as the person allowed; `token` is an admin's. */
  async hosts(token: string): Promise<AllowedHost[]> {
    const answer = await this.request("v0/hosts", { headers: { Authorization: `Bearer ${token}` } });
    if (!answer.ok) throw new Error(await answer.text());
    return ((await answer.json()) as { hosts: AllowedHost[] }).hosts;
  }

  /** Let requests go to `host`, as the person decided, from now on and after a reload. */
  async allowHost(host: string, token: string): Promise<void> {
    const init = { method: "POST", headers: { Authorization: `Bearer ${token}` } };
    const answer = await this.request(`v0/hosts?${new URLSearchParams({ host })}`, init);
    if (!answer.ok) throw new Error(await answer.text());
  }

  /** Allow or refuse all of the engine's requests to other hosts until it ends. */
  async allowNetwork(allowed: boolean): Promise<void> {
    await (await this.#connection.channel()).call("network", { allowed });
  }

  /** The engine's memory, and how much it has to do. */
  async memory(): Promise<EngineMemory> {
    return (await this.#connection.channel()).call("memory", null);
  }

  /**
   * End an engine of this tab that has taken more than `bytes` of memory and has nothing to do; another one opens what is
   * on disk. False if it stays. It happens by itself, too, see `memoryLimit`.
   */
  renew(bytes: number): Promise<boolean> {
    return this.#isLeader && this.status.state === "ready" && this.status.storage === "opfs" ? this.#host.renew(bytes) : Promise.resolve(false);
  }

  /** Calls `listener` at each change in the workspace, until the returned function is called. */
  subscribe(listener: (change: Change) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Start the engine again after `failed`, or end a running one first. What was acknowledged is kept. */
  async restart(): Promise<void> {
    if (this.#host.running) await this.#host.stop("gently");
    if (this.#isLeader) this.#host.start();
    this.#connection.drop();
    await this.ready();
  }

  /** Leave: another tab takes over if this one led. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#desk.close();
    await this.#election?.leave();
    await this.#host.stop("gently");
    this.#connection.drop();
    this.#relay.close();
  }

  #isLeader = false;

  #start(): void {
    this.#desk.open();
    this.#relay.onAsk = (ask: Ask, reply) => {
      if (ask.key === this.#key && this.#host.running) this.#host.answer(reply);
    };
    this.#relay.onStuck = () => this.#host.endIfStuck();
    this.#connection.onConnected = (info, channel) => this.#connected(info, channel);
    this.#connection.onLost = (error) => this.#lost(error);
    if (this.#election) this.#election.enter();
    else this.#lead();
    this.#keepConnected();
  }

  #lead(): void {
    this.#isLeader = true;
    this.#host.start();
    this.#led();
    this.#desk.lead();
  }

  async #yield(how: "gently" | "at once"): Promise<void> {
    this.#isLeader = false;
    this.#leading = new Promise((resolve) => (this.#led = resolve));
    await this.#host.stop(how);
  }

  /** Ask this tab's own engine, or, until this tab leads, the others. */
  async #find(): Promise<Handover> {
    const own = this.#leading.then(() => askForPort(this.#key, (_, reply) => this.#host.answer(reply), PATIENCE));
    if (this.#isLeader) return own;
    const others = this.#registered.then(async (registered) => {
      const worker = registered ? await activeServiceWorker() : undefined;
      const send = worker
        ? (ask: Ask, reply: MessagePort) => worker.postMessage(ask, [reply])
        : (ask: Ask, reply: MessagePort) => this.#relay.ask(ask, reply);
      return askForPort(this.#key, send, PATIENCE);
    });
    return Promise.race([own, others]);
  }

  #hostChanged(state: HostState): void {
    if (state.state !== "ready") this.#status.set(state);
  }

  #connected(info: EngineInfo, channel: Channel): void {
    const role: Role = this.#isLeader ? "leader" : "follower";
    this.#status.set({ state: "ready", role, ...info });
    channel.subscribe((change) => {
      if (info.storage === "opfs") void this.#persist.changed();
      this.#tell(change);
    });
    // Whatever was learnt from an earlier engine may have changed.
    this.#tell({ kind: "connected", name: "" });
  }

  #lost(error: EngineError): void {
    if (this.#closed) return;
    if (!this.#isLeader) {
      this.#status.set(error.code === "engine_crashed" ? { state: "crashed", message: error.message } : { state: "connecting" });
    }
    this.#keepConnected();
  }

  #keepConnected(): void {
    this.ready().catch((error: EngineError) => {
      if (this.#closed) return;
      // An engine that was lost has a successor; one that cannot be found has one only in another tab.
      const successor = error.code === "leader_lost" || error.code === "engine_crashed";
      const elsewhere = !this.#isLeader && error.retryable;
      if (successor || elsewhere) this.#keepConnected();
      else this.#status.set({ state: "failed", message: error.message });
    });
  }

  #tell(change: Change): void {
    for (const listener of this.#listeners) listener(change);
  }

  #checkStuck = (): void => {
    if (this.#host.running) this.#host.endIfStuck();
    else this.#relay.reportStuck();
  };
}

/** Connect this page to the engine; starts it if no other tab has. */
export function connect(options: ConnectOptions = {}): Kinglet {
  return new Kinglet(options);
}

function withBlob(request: Request, path: string, blob: Blob): Outgoing {
  const headers: [string, string][] = [...request.headers];
  if (blob.type && !request.headers.has("content-type")) headers.push(["content-type", blob.type]);
  return { wire: { method: request.method, path, headers, body: { kind: "blob", blob } } };
}

function formatOf(name: string): string {
  if (/\.(parquet|pq)(\.\w+)?$/i.test(name)) return "parquet";
  return /\.(ndjson|jsonl|json)(\.\w+)?$/i.test(name) ? "ndjson" : "csv";
}
