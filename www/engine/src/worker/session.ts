/** One port and what its holder has going on. */
import { aborted, EngineError, fromWire, mismatch, toWire } from "../errors.js";
import { watch } from "../lifetime.js";
import { CHUNKS_IN_FLIGHT, PROTOCOL, type Calls, type EngineMemory, type FromEngine, type Method, type ToEngine } from "../protocol.js";
import type { WireBody, WireRequest } from "../protocol.js";
import { pullBlob } from "./blob-body.js";
import type { Engine, Exchange, Pull } from "./module.js";
import { StreamBody } from "./stream-body.js";

/** What the worker offers a session. */
export interface SessionHost {
  engine(): Engine;
  /** Calls are left unanswered: another worker will take them. */
  readonly retiring: boolean;
  memory(): EngineMemory;
  /** The module trapped: nothing in it can be used any more. */
  crashed(error: unknown): void;
  ended(session: Session): void;
}

/** A port, or the worker's own global scope. */
export interface Postable {
  postMessage(message: FromEngine, transfer: Transferable[]): void;
}

interface Work {
  exchange?: Exchange;
  body?: StreamBody;
  credit: number;
  moreCredit: () => void;
  unsubscribe?: () => void;
}

type Call = Extract<ToEngine, { type: "call" }>;

/** Answers the calls of one port. */
export class Session {
  readonly #work = new Map<number, Work>();
  #greeted = false;
  #stopWatching: () => void = () => {};

  constructor(
    private readonly port: Postable,
    private readonly host: SessionHost,
  ) {}

  /** Requests under way. */
  get running(): number {
    return [...this.#work.values()].filter((work) => work.exchange !== undefined).length;
  }

  receive(message: ToEngine): void {
    if (this.host.retiring) return;
    const work = this.#work.get(message.id);
    switch (message.type) {
      case "call":
        return void this.#call(message);
      case "chunk":
        return work?.body?.push(message.bytes);
      case "end":
        return work?.body?.end();
      case "failed":
        return work?.body?.fail(fromWire(message.error));
      case "credit":
        if (work) {
          work.credit += 1;
          work.moreCredit();
        }
        return;
      case "abort":
        return this.#drop(message.id);
    }
  }

  say(message: FromEngine, transfer: Transferable[] = []): void {
    this.port.postMessage(message, transfer);
  }

  /** Drop everything this port holds. */
  end(): void {
    this.#stopWatching();
    for (const id of [...this.#work.keys()]) this.#drop(id);
    this.host.ended(this);
  }

  async #call(call: Call): Promise<void> {
    const { id } = call;
    try {
      if (call.method === "hello") return this.#answer(id, this.#hello(call.params));
      if (!this.#greeted) throw new EngineError("protocol_mismatch", "the first call on a port must be hello");
      if (call.method === "request") return await this.#request(id, call.params);
      if (call.method === "subscribe") return this.#subscribe(id);
      if (call.method === "memory") return this.#answer(id, this.host.memory());
      if (call.method === "network") {
        this.host.engine().allow_network(call.params.allowed);
        return this.#answer(id, null);
      }
      throw new EngineError("internal", `${call.method} is the owner's call`);
    } catch (error) {
      this.#failed(id, error);
    }
  }

  #answer<M extends Method>(id: number, result: Calls[M]["result"]): void {
    this.say({ type: "result", id, result });
  }

  #failed(id: number, error: unknown): void {
    if (error instanceof WebAssembly.RuntimeError) return this.host.crashed(error);
    this.#work.delete(id);
    this.say({ type: "failed", id, error: toWire(error) });
  }

  #hello({ protocol, lock }: Calls["hello"]["params"]): Calls["hello"]["result"] {
    if (protocol !== PROTOCOL) throw mismatch(protocol);
    const info = this.host.engine().info();
    this.#greeted = true;
    if (lock !== undefined) this.#stopWatching = watch(lock, () => this.end());
    return info;
  }

  #subscribe(id: number): void {
    const unsubscribe = this.host.engine().subscribe((change) => this.say({ type: "change", id, change }));
    this.#work.set(id, { credit: 0, moreCredit() {}, unsubscribe });
    this.#answer(id, null);
  }

  async #request(id: number, request: WireRequest): Promise<void> {
    this.say({ type: "accepted", id });
    const work: Work = { credit: CHUNKS_IN_FLIGHT, moreCredit() {} };
    this.#work.set(id, work);
    const body = this.#body(id, request.body, work);
    const exchange = this.host.engine().request(request.method, request.path, request.headers, body);
    work.exchange = exchange;
    const head = await exchange.head();
    if (head.body) {
      this.#work.delete(id);
      return this.say({ type: "result", id, result: head }, [head.body.buffer]);
    }
    this.#answer(id, head);
    for (;;) {
      const bytes = await exchange.chunk();
      if (!this.#work.has(id)) return;
      if (!bytes) break;
      while (work.credit === 0) await new Promise<void>((resolve) => (work.moreCredit = resolve));
      if (!this.#work.has(id)) return;
      work.credit -= 1;
      this.say({ type: "chunk", id, bytes }, [bytes.buffer]);
    }
    this.#work.delete(id);
    this.say({ type: "end", id });
  }

  #body(id: number, body: WireBody, work: Work): Uint8Array | Pull | undefined {
    switch (body.kind) {
      case "none":
        return undefined;
      case "bytes":
        return body.bytes;
      case "blob":
        return pullBlob(body.blob, (bytes) => this.say({ type: "progress", id, bytes }));
      case "stream":
        work.body = new StreamBody(() => this.say({ type: "credit", id }));
        return work.body.pull;
    }
  }

  #drop(id: number): void {
    const work = this.#work.get(id);
    if (!work) return;
    this.#work.delete(id);
    work.unsubscribe?.();
    // First the work, then its body: an import must not take a cancelled body for one that ended early.
    work.exchange?.cancel();
    work.body?.fail(aborted());
    work.moreCredit();
  }
}
