/** Answering, in a tab, those who ask for a port to an engine. */
import { isAsk, type Answer } from "./handover.js";
import type { EngineHost } from "./host.js";
import { PROTOCOL } from "./protocol.js";

/** How long an ask is kept by a tab that may come to lead, in milliseconds. */
const KEEP_ASKS = 30_000;

/** Answers for one engine key, as a leader or as one who may become it. */
export class AskDesk {
  #kept = new Set<MessagePort>();

  constructor(
    private readonly key: string,
    private readonly host: EngineHost,
    /** False for an engine that no other tab can take over. */
    private readonly candidate: boolean,
  ) {}

  /** Listen for asks that the service worker passes on. */
  open(): void {
    const container = navigator.serviceWorker as ServiceWorkerContainer | undefined;
    container?.addEventListener("message", this.#receive);
    container?.startMessages();
  }

  close(): void {
    const container = navigator.serviceWorker as ServiceWorkerContainer | undefined;
    container?.removeEventListener("message", this.#receive);
    this.#kept.clear();
  }

  /** This tab has come to lead: answer what was kept. */
  lead(): void {
    for (const reply of this.#kept) this.host.answer(reply);
    this.#kept.clear();
  }

  #receive = ({ data, ports }: MessageEvent<unknown>): void => {
    const reply = ports[0];
    if (!isAsk(data) || data.key !== this.key || !reply) return;
    if (data.protocol !== PROTOCOL) {
      // Only the one who would hand out a port may refuse it.
      if (this.host.running) reply.postMessage({ type: "mismatch", protocol: PROTOCOL } satisfies Answer);
    } else if (this.host.running) {
      this.host.answer(reply);
    } else if (this.candidate) {
      reply.postMessage({ type: "waiting" } satisfies Answer);
      this.#kept.add(reply);
      setTimeout(() => this.#kept.delete(reply), KEEP_ASKS);
    }
  };
}
