/** What a page shows about the engine. */
import type { Storage } from "./protocol.js";

/** Whether this tab runs the engine, or another one does. */
export type Role = "leader" | "follower";

/**
 * `connecting`: looking for the engine. `loading`: this tab is starting it. `crashed`: it ended and is being restarted.
 * `failed`: it will not come up by itself; show the message.
 * With `storage: "memory"` the workspace is lost when its tab closes: show a banner.
 */
export type Status =
  | { state: "connecting" }
  | { state: "loading" }
  | { state: "ready"; role: Role; storage: Storage; storageProblem?: string; version: string }
  | { state: "crashed"; message: string }
  | { state: "failed"; message: string };

/** The last status and those who want to know of the next. */
export class StatusBoard {
  #current: Status = { state: "connecting" };
  #listeners = new Set<(status: Status) => void>();

  get current(): Status {
    return this.#current;
  }

  set(status: Status): void {
    this.#current = status;
    for (const listener of this.#listeners) listener(status);
  }

  /** Calls `listener` now and at each change, until the returned function is called. */
  listen(listener: (status: Status) => void): () => void {
    this.#listeners.add(listener);
    listener(this.#current);
    return () => this.#listeners.delete(listener);
  }
}
