/**
 * How a port to the engine gets from the tab that owns the engine to whoever needs one.
 *
 * Whoever needs a port asks; the tab that leads answers with a port connected to its worker. The service worker asks
 * all its clients and passes on what it gets, since pages cannot send ports to each other.
 */
import { mismatch, unavailable } from "./errors.js";
import { PROTOCOL } from "./protocol.js";

/** The workspace that is saved and shared by all tabs. Any other key names an ephemeral one, as in `e/8f3a`. */
export const SAVED = "";

/** Sent with one port, for the answers. */
export interface Ask {
  kinglet: "ask";
  protocol: number;
  /** Which engine. */
  key: string;
}

/** `here`: sent with the engine's port. `waiting`: this tab will know soon. `nobody`: no tab runs that engine. */
export type Answer =
  | { type: "here"; protocol: number; engine: string }
  | { type: "waiting" }
  | { type: "nobody"; reason: string }
  | { type: "mismatch"; protocol: number };

/** A port to a running engine, and the name of the Web Lock whose release means that it has ended. */
export interface Handover {
  port: MessagePort;
  engine: string;
}

export function isAsk(data: unknown): data is Ask {
  return typeof data === "object" && data !== null && (data as Partial<Ask>).kinglet === "ask";
}

/** How long to wait for a first word, and how long once somebody said that an engine is starting. In milliseconds. */
export interface Patience {
  first: number;
  starting: number;
}

/**
 * Ask through `send` and wait for a port.
 *
 * @throws EngineError `engine_unavailable` or `protocol_mismatch`.
 */
export function askForPort(key: string, send: (ask: Ask, reply: MessagePort) => void, patience: Patience): Promise<Handover> {
  const { port1, port2 } = new MessageChannel();
  return new Promise<Handover>((resolve, reject) => {
    let timer = setTimeout(() => reject(unavailable("no tab runs the engine")), patience.first);
    port1.onmessage = ({ data, ports }: MessageEvent<Answer>) => {
      switch (data.type) {
        case "here": {
          const port = ports[0];
          if (data.protocol !== PROTOCOL) reject(mismatch(data.protocol));
          else if (port) resolve({ port, engine: data.engine });
          return;
        }
        case "waiting":
          clearTimeout(timer);
          timer = setTimeout(() => reject(unavailable("the engine is taking long to start")), patience.starting);
          return;
        case "nobody":
          return reject(unavailable(data.reason));
        case "mismatch":
          return reject(mismatch(data.protocol));
      }
    };
    send({ kinglet: "ask", protocol: PROTOCOL, key }, port2);
  }).finally(() => port1.close());
}
