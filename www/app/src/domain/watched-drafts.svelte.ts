/** Drafts whose names the sidebar follows. */

import type { Drafts } from "./drafts";

export class WatchedDrafts implements Drafts {
  /** Keys of all drafts, as far as they are known. */
  names = $state.raw<string[]>([]);

  constructor(private readonly store: Drafts) {
    void this.#look();
  }

  get(key: string): Promise<string | undefined> {
    return this.store.get(key);
  }

  async set(key: string, text: string): Promise<void> {
    await this.store.set(key, text);
    if (!this.names.includes(key)) await this.#look();
  }

  async remove(key: string): Promise<void> {
    await this.store.remove(key);
    await this.#look();
  }

  keys(): Promise<string[]> {
    return this.store.keys();
  }

  async #look(): Promise<void> {
    this.names = await this.store.keys();
  }
}
