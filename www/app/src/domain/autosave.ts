/** Writes a draft shortly after the last change, and at once when the page is left. */

import type { Drafts } from "./drafts";

export class Autosave {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #text: string | undefined;

  constructor(
    private readonly drafts: Drafts,
    private readonly key: string,
    private readonly delay = 300,
  ) {
    if (typeof document !== "undefined") {
      document.addEventListener("visibilitychange", () => void this.now());
    }
  }

  later(text: string): void {
    this.#text = text;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.now(), this.delay);
  }

  async now(): Promise<void> {
    clearTimeout(this.#timer);
    const text = this.#text;
    this.#text = undefined;
    if (text !== undefined) await this.drafts.set(this.key, text);
  }

  async forget(): Promise<void> {
    clearTimeout(this.#timer);
    this.#text = undefined;
    await this.drafts.remove(this.key);
  }
}
