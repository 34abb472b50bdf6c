/**
 * Reaching the leader where there is no service worker to pass a port on: messages are carried by a BroadcastChannel.
 *
 * Slower than a port, since every tab sees every message; it serves browsers and settings without service workers.
 */
import { isAsk, type Answer, type Ask } from "./handover.js";
import type { FromEngine, ToEngine } from "./protocol.js";

type Relayed =
  | { kinglet: "relay"; session: string; ask: Ask }
  | { kinglet: "relay"; session: string; answer: Answer }
  | { kinglet: "relay"; session: string; up: ToEngine }
  | { kinglet: "relay"; session: string; down: FromEngine }
  | { kinglet: "stuck" };

/** One tab's end of the broadcast. */
export class Relay {
  readonly #broadcast: BroadcastChannel;
  readonly #sessions = new Map<string, MessagePort>();
  /** Called with each ask that comes over the broadcast, and the port its answers go to. */
  onAsk: (ask: Ask, reply: MessagePort) => void = () => {};
  /** Called when somebody's cancel was not obeyed. */
  onStuck: () => void = () => {};

  constructor(name: string) {
    this.#broadcast = new BroadcastChannel(name);
    this.#broadcast.onmessage = (event: MessageEvent<Relayed>) => this.#receive(event.data);
  }

  close(): void {
    this.#broadcast.close();
  }

  /** Ask all tabs for a port; a port made here stands for the leader's. */
  ask(ask: Ask, reply: MessagePort): void {
    const session = crypto.randomUUID();
    reply.onmessage = null;
    this.#sessions.set(session, reply);
    this.#send({ kinglet: "relay", session, ask });
  }

  /** Tell the leader that its engine may be stuck. */
  reportStuck(): void {
    this.#send({ kinglet: "stuck" });
  }

  #send(message: Relayed): void {
    this.#broadcast.postMessage(message);
  }

  #receive(message: Relayed): void {
    if (message.kinglet === "stuck") return this.onStuck();
    if ("ask" in message) {
      if (isAsk(message.ask)) this.#serve(message.session, message.ask);
    } else if ("answer" in message) {
      this.#answered(message.session, message.answer);
    } else if ("up" in message || "down" in message) {
      this.#sessions.get(message.session)?.postMessage("up" in message ? message.up : message.down);
    }
  }

  /** The leader's side: carry the answers, then what passes over the port that came with one. */
  #serve(session: string, ask: Ask): void {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data, ports }: MessageEvent<Answer>) => {
      const port = ports[0];
      if (port) {
        this.#sessions.set(session, port);
        port.onmessage = (event: MessageEvent<FromEngine>) => this.#send({ kinglet: "relay", session, down: event.data });
      }
      this.#send({ kinglet: "relay", session, answer: data });
    };
    this.onAsk(ask, port2);
  }

  /** The asker's side: pass the answer on, with a port of our own in place of the leader's. */
  #answered(session: string, answer: Answer): void {
    const reply = this.#sessions.get(session);
    if (!reply) return;
    if (answer.type !== "here") return reply.postMessage(answer);
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = (event: MessageEvent<ToEngine>) => this.#send({ kinglet: "relay", session, up: event.data });
    this.#sessions.set(session, port1);
    reply.postMessage(answer, [port2]);
  }
}
