/**
 * Which tab runs the engine.
 *
 * All tabs queue for one Web Lock; whoever holds it leads. The lock is never stolen and there is no heartbeat: the
 * browser passes it on when the leader closes or crashes. A tab that is about to be frozen gives it up, since a frozen
 * leader would keep everybody waiting.
 */

/** What to do when the lead comes and goes. */
export interface LeaderEvents {
  lead(): void;
  /** Must have let go of the engine's files when it resolves. */
  yield(how: "gently" | "at once"): Promise<void>;
}

/** This tab's place in the queue. */
export class Election {
  #controller = new AbortController();
  #release: (() => void) | undefined;
  #closed = false;

  constructor(
    private readonly lock: string,
    private readonly events: LeaderEvents,
  ) {}

  /** Queue for the lead. */
  enter(): void {
    document.addEventListener("freeze", this.#freeze);
    document.addEventListener("resume", this.#queue);
    addEventListener("pagehide", this.#freeze);
    addEventListener("pageshow", this.#shown);
    this.#queue();
  }

  /** Leave the queue, and the lead if this tab has it. */
  async leave(): Promise<void> {
    this.#closed = true;
    document.removeEventListener("freeze", this.#freeze);
    document.removeEventListener("resume", this.#queue);
    removeEventListener("pagehide", this.#freeze);
    removeEventListener("pageshow", this.#shown);
    await this.#stepDown("gently");
  }

  #queue = (): void => {
    if (this.#closed) return;
    if (!navigator.locks) return this.events.lead();
    this.#controller = new AbortController();
    navigator.locks
      .request(this.lock, { signal: this.#controller.signal }, () => {
        if (this.#closed) return;
        const held = new Promise<void>((resolve) => (this.#release = resolve));
        this.events.lead();
        return held;
      })
      .catch(() => {
        // The tab left the queue.
      });
  };

  #freeze = (): void => void this.#stepDown("at once");

  #shown = (event: PageTransitionEvent): void => {
    if (event.persisted) this.#queue();
  };

  async #stepDown(how: "gently" | "at once"): Promise<void> {
    this.#controller.abort();
    const release = this.#release;
    this.#release = undefined;
    if (!release) return;
    await this.events.yield(how);
    release();
  }
}
