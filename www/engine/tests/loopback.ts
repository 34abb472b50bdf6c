/** A caller and a session joined by a real channel, with an engine that a test plays. */
import { Channel, type Endpoint } from "../src/channel.js";
import { PROTOCOL, type Change, type ToEngine, type WireHead } from "../src/protocol.js";
import type { Engine, Exchange, Pull } from "../src/worker/module.js";
import { Session, type SessionHost } from "../src/worker/session.js";

/** What the engine was asked, and how it answers. */
export class PlayedExchange implements Exchange {
  cancelled = false;
  taken = 0;

  constructor(
    readonly method: string,
    readonly path: string,
    readonly body: Uint8Array | Pull | undefined,
    private readonly answer: Answer,
  ) {}

  async head(): Promise<WireHead> {
    return this.answer.head ?? { status: 200, headers: [] };
  }

  async chunk(): Promise<Uint8Array | undefined> {
    const next = this.answer.chunks?.[this.taken];
    if (next instanceof Error) throw next;
    if (next) this.taken += 1;
    // Transferred when it is sent.
    return next && next.slice();
  }

  cancel(): void {
    this.cancelled = true;
  }
}

/** An answer; an Error among the chunks breaks the body off. */
export interface Answer {
  head?: WireHead | Promise<WireHead>;
  chunks?: (Uint8Array | Error)[];
}

/** The two ends. */
export interface Loopback {
  channel: Channel;
  session: Session;
  exchanges: PlayedExchange[];
  crashes: unknown[];
  tell(change: Change): void;
  close(): void;
}

/** Join a caller to an engine that answers each request with `answer`. */
export async function loopback(answer: (path: string) => Answer): Promise<Loopback> {
  const { port1, port2 } = new MessageChannel();
  const exchanges: PlayedExchange[] = [];
  const crashes: unknown[] = [];
  const listeners = new Set<(change: Change) => void>();
  const engine: Engine = {
    info: () => ({ version: "0", storage: "memory" }),
    request(method, path, _headers, body) {
      const exchange = new PlayedExchange(method, path, body, answer(path));
      exchanges.push(exchange);
      return exchange;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    allow_network() {},
    memory_bytes: () => 0,
    runs_schedule: () => false,
    async close() {},
  };
  const host: SessionHost = { engine: () => engine, retiring: false, memory: () => ({ bytes: 0, running: 0 }), crashed: (error) => crashes.push(error), ended() {} };
  const session = new Session(port2, host);
  port2.onmessage = (event: MessageEvent<ToEngine>) => session.receive(event.data);
  const channel = new Channel(port1 as unknown as Endpoint);
  await channel.call("hello", { protocol: PROTOCOL });
  const close = () => {
    port1.close();
    port2.close();
  };
  return { channel, session, exchanges, crashes, tell: (change) => listeners.forEach((listener) => listener(change)), close };
}

/** Let messages under way arrive. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 20));
}

export const bytes = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(new TextEncoder().encode(text));
