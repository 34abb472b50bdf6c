/** A running engine worker as its owner sees it. */
import { Channel, type Endpoint } from "./channel.js";
import { crashed } from "./errors.js";
import type { Handover } from "./handover.js";
import { uniqueName } from "./lifetime.js";
import { PROTOCOL, type EngineInfo, type EngineMemory, type OpenOptions, type Storage } from "./protocol.js";

/** Where the engine's files are and what it should open. */
export interface EngineSettings {
  /** Absolute address of the worker script; the wasm module lies beside it. */
  workerUrl: string;
  storage: Storage;
  directory: string;
  base: string;
  network: boolean;
  /** Bytes of memory above which an engine that has nothing to do is ended, and another one opens what is on disk. */
  memoryLimit: number;
}

/** How long a worker may leave a ping unanswered before it counts as stuck, in milliseconds. */
const STUCK_AFTER = 2000;

/** One worker with one engine. It is not restarted: a new one takes its place. */
export class EngineWorker {
  readonly engine = uniqueName("engine");
  readonly #worker: Worker;
  readonly #channel: Channel;
  info: EngineInfo | undefined;

  constructor(
    private readonly settings: EngineSettings,
    onEnd: (error: Error) => void,
  ) {
    this.#worker = new Worker(settings.workerUrl, { type: "module", name: "kinglet" });
    this.#channel = new Channel(this.#worker as Endpoint);
    this.#channel.onEnd = (error) => {
      this.#worker.terminate();
      onEnd(error);
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#channel.end(crashed(event.message || "the worker's script could not be loaded"));
    };
  }

  /** Load the module and open the workspace. */
  async open(): Promise<EngineInfo> {
    const { workerUrl, memoryLimit: _, ...rest } = this.settings;
    const wasm = new URL("engine_bg.wasm", workerUrl).href;
    const options: OpenOptions = { protocol: PROTOCOL, engine: this.engine, wasm, ...rest };
    this.info = await this.#channel.call("open", options);
    // A worker that the browser ends, as for want of memory, says nothing.
    this.#channel.endWith(this.engine);
    return this.info;
  }

  /** A new port to this engine, for anybody. */
  handOver(): Handover {
    const { port1, port2 } = new MessageChannel();
    void this.#channel.call("attach", { port: port1 }, [port1]).catch(() => {
      // The engine ended; whoever holds the other end sees it by the lock.
    });
    return { port: port2, engine: this.engine };
  }

  /** End the worker if it does not answer: it is in one long computation that cannot be interrupted. */
  async endIfStuck(): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const stuck = new Promise<true>((resolve) => (timer = setTimeout(() => resolve(true), STUCK_AFTER)));
    const answered = this.#channel.call("ping", null).then(
      () => false as const,
      () => false as const,
    );
    if (await Promise.race([stuck, answered])) {
      this.#channel.end(crashed("a cancelled computation did not stop"));
    }
    clearTimeout(timer);
  }

  /** How much memory the engine has taken, and whether it is at work. */
  memory(): Promise<EngineMemory> {
    return this.#channel.call("memory", null);
  }

  /** Let the engine finish writing and end it, unless it is at work; false then. */
  async retire(): Promise<boolean> {
    const { retired } = await this.#channel.call("retire", null);
    if (retired) this.terminate();
    return retired;
  }

  /** Let the engine finish writing, then end it. */
  async close(): Promise<void> {
    this.#channel.onEnd = () => {};
    await this.#channel.call("close", null).catch(() => {
      // It had ended.
    });
    this.terminate();
  }

  /** End at once. What was acknowledged is on disk. */
  terminate(): void {
    this.#channel.onEnd = () => {};
    this.#worker.terminate();
    this.#channel.end();
  }
}
