/** Keeping an engine running in this tab: start, restart after a crash, hand out ports. */
import type { Answer, Handover } from "./handover.js";
import { EngineWorker, type EngineSettings } from "./engine-worker.js";
import { PROTOCOL, type EngineInfo } from "./protocol.js";

/** What a host tells about its engine. */
export type HostState =
  | { state: "loading" }
  | { state: "ready"; info: EngineInfo }
  | { state: "crashed"; message: string }
  | { state: "failed"; message: string };

/** A start that fails this often in a row is not tried again by itself. */
const MAX_FAILURES = 3;

/** How often an engine's memory is looked at, in milliseconds. */
const MEMORY_CHECK = 15_000;

/** Owns one engine for as long as it is started. */
export class EngineHost {
  #worker: EngineWorker | undefined;
  #ready = false;
  #failure: string | undefined;
  #failures = 0;
  #waiting: MessagePort[] = [];

  constructor(
    private readonly settings: EngineSettings,
    private readonly onState: (state: HostState) => void,
  ) {}

  get running(): boolean {
    return this.#worker !== undefined;
  }

  /** Start, also again after `failed`. */
  start(): void {
    this.#failures = 0;
    this.#failure = undefined;
    if (!this.#worker) this.#launch();
  }

  /** Give the engine up. `at once` for a tab that is being frozen or closed. */
  async stop(how: "gently" | "at once"): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#ready = false;
    if (how === "gently") await worker?.close();
    else worker?.terminate();
  }

  /** Answer one who asks for a port: now, or as soon as the engine is ready. */
  answer(reply: MessagePort): void {
    if (this.#failure !== undefined) return say(reply, { type: "nobody", reason: this.#failure });
    if (this.#ready && this.#worker) return giveAway(reply, this.#worker.handOver());
    say(reply, { type: "waiting" });
    this.#waiting.push(reply);
  }

  /** Check an engine that did not obey a cancel. */
  endIfStuck(): void {
    void this.#worker?.endIfStuck();
  }

  #launch(): void {
    const worker = new EngineWorker(this.settings, (error) => this.#crashed(worker, error));
    this.#worker = worker;
    this.onState({ state: "loading" });
    worker.open().then(
      (info) => this.#opened(worker, info),
      (error: Error) => this.#crashed(worker, error),
    );
  }

  #opened(worker: EngineWorker, info: EngineInfo): void {
    if (worker !== this.#worker) return;
    this.#ready = true;
    this.#failures = 0;
    this.onState({ state: "ready", info });
    for (const reply of this.#waiting.splice(0)) giveAway(reply, worker.handOver());
    if (info.storage === "opfs") void this.#watchMemory(worker);
  }

  /** A module's memory never shrinks. Its state is on disk, so once nothing runs, a new one takes its place. */
  async #watchMemory(worker: EngineWorker): Promise<void> {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, MEMORY_CHECK));
      if (worker !== this.#worker) return;
      if (await this.renew().catch(() => false)) return;
    }
  }

  /** Put a new engine in the place of one that has taken more than `limit` bytes, if nothing runs. */
  async renew(limit = this.settings.memoryLimit): Promise<boolean> {
    const worker = this.#worker;
    if (!worker || !this.#ready) return false;
    const { bytes, running } = await worker.memory();
    if (bytes <= limit || running > 0 || worker !== this.#worker) return false;
    this.#ready = false;
    const retired = await worker.retire().catch(() => true);
    if (worker !== this.#worker) return false;
    if (!retired) {
      this.#ready = true;
      for (const reply of this.#waiting.splice(0)) giveAway(reply, worker.handOver());
      return false;
    }
    this.#launch();
    return true;
  }

  #crashed(worker: EngineWorker, error: Error): void {
    if (worker !== this.#worker) return;
    worker.terminate();
    this.#worker = undefined;
    this.#ready = false;
    this.#failures += 1;
    if (this.#failures < MAX_FAILURES) {
      this.onState({ state: "crashed", message: error.message });
      this.#launch();
      return;
    }
    this.#failure = error.message;
    for (const reply of this.#waiting.splice(0)) say(reply, { type: "nobody", reason: error.message });
    this.onState({ state: "failed", message: error.message });
  }
}

function say(reply: MessagePort, answer: Answer): void {
  reply.postMessage(answer);
}

function giveAway(reply: MessagePort, { port, engine }: Handover): void {
  reply.postMessage({ type: "here", protocol: PROTOCOL, engine } satisfies Answer, [port]);
}
