/** Asking the browser not to clear what is stored when it wants room. */

/** Whether the origin's storage is kept until the person clears it; undefined where the browser does not say. */
export async function isPersisted(): Promise<boolean | undefined> {
  return navigator.storage?.persisted?.().catch(() => undefined);
}

/**
 * Asks once, at the first change after the person has done something in this tab: then there is something to lose, and
 * a browser that shows a question shows it to somebody who knows why.
 */
export class PersistOnce {
  #asked = false;

  async changed(): Promise<void> {
    if (this.#asked || document.visibilityState !== "visible" || navigator.userActivation?.hasBeenActive === false) return;
    this.#asked = true;
    if ((await isPersisted()) === false) {
      await navigator.storage.persist().catch(() => {
        // Not allowed to ask: the browser clears the storage when it must, as it would have before.
      });
    }
  }
}
