/** The caller's end of a port to the engine: calls with typed answers, requests with streamed bodies. */
import { ChunkReader } from "./chunk-reader.js";
import { ChunkWriter } from "./chunk-writer.js";
import { aborted, crashed, EngineError, fromWire, LeaderLost, toWire } from "./errors.js";
import type { Handover } from "./handover.js";
import { watch } from "./lifetime.js";
import { PROTOCOL, type Calls, type Change, type EngineInfo, type FromEngine, type Method } from "./protocol.js";
import type { ToEngine, WireHead, WireRequest } from "./protocol.js";

/** What a port and a worker have in common. */
export interface Endpoint {
  postMessage(message: ToEngine, transfer: Transferable[]): void;
  onmessage: ((event: MessageEvent<FromEngine>) => void) | null;
}

/** Options of one request. */
export interface RequestOptions {
  /** Sent as the body when `request.body` is a stream. */
  stream?: ReadableStream<Uint8Array>;
  signal?: AbortSignal | undefined;
  /** Told how many bytes of a Blob body the engine has read. */
  onProgress?: ((bytes: number) => void) | undefined;
}

interface Pending {
  accepted: boolean;
  resolve(result: Calls[Method]["result"]): void;
  reject(error: EngineError): void;
  reader?: ChunkReader;
  writer?: ChunkWriter;
  onProgress?: ((bytes: number) => void) | undefined;
  onChange?: (change: Change) => void;
}

/** One connection to one engine. It ends with the engine and is not reused after that. */
export class Channel {
  #lastId = 0;
  #pending = new Map<number, Pending>();
  #ended: EngineError | undefined;
  #stopWatching: () => void = () => {};
  /** Called once, when the engine has ended. */
  onEnd: (error: EngineError) => void = () => {};

  constructor(private readonly endpoint: Endpoint) {
    endpoint.onmessage = (event) => this.#receive(event.data);
  }

  /** Greet the engine behind a handed-over port. `lock` is the caller's own, see `Calls.hello`. */
  static async open(handover: Handover, lock?: string): Promise<{ channel: Channel; info: EngineInfo }> {
    const channel = new Channel(handover.port as Endpoint);
    channel.endWith(handover.engine);
    const info = await channel.call("hello", lock === undefined ? { protocol: PROTOCOL } : { protocol: PROTOCOL, lock });
    return { channel, info };
  }

  get ended(): boolean {
    return this.#ended !== undefined;
  }

  /** End this channel when the Web Lock `engine` is released. */
  endWith(engine: string): void {
    this.#stopWatching = watch(engine, () => this.end());
  }

  /** Fail all that is pending. Without an error, the engine was lost. */
  end(error?: EngineError): void {
    if (this.#ended) return;
    this.#ended = error ?? new LeaderLost(false);
    this.#stopWatching();
    for (const pending of this.#pending.values()) fail(pending, error ?? new LeaderLost(pending.accepted));
    this.#pending.clear();
    this.onEnd(this.#ended);
  }

  call<M extends Method>(method: M, params: Calls[M]["params"], transfer: Transferable[] = []): Promise<Calls[M]["result"]> {
    return this.#start(method, params, {}, transfer).result;
  }

  /** Call `listener` at each change until the returned function is called. */
  subscribe(listener: (change: Change) => void): () => void {
    const { id, result } = this.#start("subscribe", null, { onChange: listener }, []);
    result.catch(() => {
      // The channel ended; its owner subscribes again on the next one.
    });
    return () => this.#abort(id);
  }

  /** Send a request; resolves at its head. A body that is not in the head streams, and cancelling it cancels the work. */
  async request(request: WireRequest, options: RequestOptions = {}): Promise<{ head: WireHead; body: ReadableStream<Uint8Array> }> {
    if (options.signal?.aborted) throw aborted();
    const reader = new ChunkReader();
    const extra: Partial<Pending> = { reader, onProgress: options.onProgress };
    if (options.stream) extra.writer = new ChunkWriter(options.stream);
    const { id, result } = this.#start("request", request, extra, []);
    const abort = () => this.#abort(id);
    options.signal?.addEventListener("abort", abort, { once: true });
    reader.connect({
      credit: () => this.#send({ type: "credit", id }),
      cancel: abort,
      done: () => {
        options.signal?.removeEventListener("abort", abort);
        this.#pending.delete(id);
      },
    });
    extra.writer?.connect({
      chunk: (bytes) => this.#send({ type: "chunk", id, bytes }),
      end: () => this.#send({ type: "end", id }),
      fail: (error) => this.#send({ type: "failed", id, error: toWire(error) }),
    });
    const head = (await result) as WireHead;
    return { head, body: reader.stream };
  }

  #start<M extends Method>(method: M, params: Calls[M]["params"], extra: Partial<Pending>, transfer: Transferable[]) {
    const id = ++this.#lastId;
    const result = new Promise<Calls[M]["result"]>((resolve, reject) => {
      if (this.#ended) return reject(this.#ended);
      const settle = resolve as (result: Calls[Method]["result"]) => void;
      this.#pending.set(id, { accepted: false, resolve: settle, reject, ...extra });
      this.#send({ type: "call", id, method, params } as ToEngine, transfer);
    });
    return { id, result };
  }

  #send(message: ToEngine, transfer: Transferable[] = []): void {
    if (!this.#ended) this.endpoint.postMessage(message, transfer);
  }

  #abort(id: number): void {
    const pending = this.#pending.get(id);
    if (!pending) return;
    this.#send({ type: "abort", id });
    this.#pending.delete(id);
    fail(pending, aborted());
  }

  #receive(message: FromEngine): void {
    if (message.type === "crashed") return this.end(crashed(message.message));
    const pending = this.#pending.get(message.id);
    if (!pending) return;
    switch (message.type) {
      case "accepted":
        pending.accepted = true;
        break;
      case "result":
        pending.resolve(message.result);
        if (isWhole(message.result)) pending.reader?.end();
        else if (!pending.reader && !pending.onChange) this.#pending.delete(message.id);
        break;
      case "failed":
        this.#pending.delete(message.id);
        fail(pending, fromWire(message.error));
        break;
      case "chunk":
        pending.reader?.push(message.bytes);
        break;
      case "end":
        pending.reader?.end();
        break;
      case "credit":
        pending.writer?.grant();
        break;
      case "progress":
        pending.onProgress?.(message.bytes);
        break;
      case "change":
        pending.onChange?.(message.change);
        break;
    }
  }
}

/** Whether a result is an answer that came with its body. */
function isWhole(result: Calls[Method]["result"]): boolean {
  return result !== null && "body" in result && result.body !== undefined;
}

function fail(pending: Pending, error: EngineError): void {
  pending.reject(error);
  pending.reader?.fail(error);
  pending.writer?.cancel(error);
}
