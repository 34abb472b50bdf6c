/** A lasting connection to whichever engine runs: finds it, and sends again what a lost one had not begun. */
import { Channel, type RequestOptions } from "./channel.js";
import { aborted, EngineError, LeaderLost } from "./errors.js";
import type { Handover } from "./handover.js";
import { insertId, named } from "./inserts.js";
import type { EngineInfo, WireHead } from "./protocol.js";
import type { Outgoing } from "./request.js";

/** How often one request is sent again after engines were lost before they accepted it. */
const MAX_SENDS = 5;

/** Finds the engine when it is needed and remembers it until it ends. */
export class Connection {
  #open: Promise<{ channel: Channel; info: EngineInfo }> | undefined;
  /** Called with each engine that was found. */
  onConnected: (info: EngineInfo, channel: Channel) => void = () => {};
  /** Called when the engine in use ended. */
  onLost: (error: EngineError) => void = () => {};

  /** `find` asks for a port; `lock` is held by this context, see `Calls.hello`. */
  constructor(
    private readonly find: () => Promise<Handover>,
    private readonly lock?: string,
  ) {}

  /** The channel to the running engine. */
  async channel(): Promise<Channel> {
    return (await this.#connect()).channel;
  }

  async info(): Promise<EngineInfo> {
    return (await this.#connect()).info;
  }

  /** Send a request, again if the engine goes before it has begun; one that adds rows, also after. */
  async request(outgoing: Outgoing, options: RequestOptions = {}): Promise<{ head: WireHead; body: ReadableStream<Uint8Array> }> {
    const wire = named(outgoing.wire);
    const repeatable = !outgoing.stream && insertId(wire) !== undefined;
    const all = outgoing.stream ? { ...options, stream: outgoing.stream } : options;
    for (let sends = 1; ; sends += 1) {
      if (options.signal?.aborted) throw aborted();
      try {
        const channel = await this.channel();
        return await channel.request(wire, all);
      } catch (error) {
        if (!(error instanceof LeaderLost) || sends === MAX_SENDS) throw error;
        if (error.accepted && !repeatable) throw error;
      }
    }
  }

  /** Forget the engine in use and fail what is pending with it. */
  drop(error?: EngineError): void {
    const open = this.#open;
    this.#open = undefined;
    void open?.then(({ channel }) => channel.end(error)).catch(() => {});
  }

  #connect(): Promise<{ channel: Channel; info: EngineInfo }> {
    if (this.#open) return this.#open;
    const opening = this.find().then((handover) => Channel.open(handover, this.lock));
    this.#open = opening;
    opening.then(
      ({ channel, info }) => {
        channel.onEnd = (error) => {
          if (this.#open === opening) this.#open = undefined;
          this.onLost(error);
        };
        if (channel.ended) this.#open = undefined;
        else this.onConnected(info, channel);
      },
      () => {
        if (this.#open === opening) this.#open = undefined;
      },
    );
    return opening;
  }
}
