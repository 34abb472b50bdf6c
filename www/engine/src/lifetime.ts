/** Knowing that somebody is gone: each party holds a Web Lock of a unique name, which the browser releases. */

/** A name nobody else uses. */
export function uniqueName(kind: string): string {
  return `kinglet:${kind}:${crypto.randomUUID()}`;
}

/** Hold `name` until the context ends. Resolves once it is held, at once where there are no Web Locks. */
export function holdForever(name: string): Promise<void> {
  if (!navigator.locks) return Promise.resolve();
  return new Promise((resolve) => {
    void navigator.locks.request(name, () => {
      resolve();
      return new Promise<never>(() => {});
    });
  });
}

/** Call `gone` once the holder of `name` has ended. The returned function stops the watch. */
export function watch(name: string, gone: () => void): () => void {
  if (!navigator.locks) return () => {};
  const controller = new AbortController();
  navigator.locks
    .request(name, { mode: "shared", signal: controller.signal }, () => gone())
    .catch(() => {
      // The watch was stopped.
    });
  return () => controller.abort();
}
