/** Knowing that somebody is gone: each party holds a Web Lock of a unique name, which the browser releases. */

/** The browser's locks; none in old browsers, insecure contexts and node. */
function locks(): LockManager | undefined {
  return (globalThis as { navigator?: { locks?: LockManager } }).navigator?.locks;
}

/** A name nobody else uses. */
export function uniqueName(kind: string): string {
  return `kinglet:${kind}:${crypto.randomUUID()}`;
}

/** Hold `name` until the context ends. Resolves once it is held, at once where there are no Web Locks. */
export function holdForever(name: string): Promise<void> {
  const manager = locks();
  if (!manager) return Promise.resolve();
  return new Promise((resolve) => {
    void manager.request(name, () => {
      resolve();
      return new Promise<never>(() => {});
    });
  });
}

/** Call `gone` once the holder of `name` has ended. The returned function stops the watch. */
export function watch(name: string, gone: () => void): () => void {
  const manager = locks();
  if (!manager) return () => {};
  const controller = new AbortController();
  manager
    .request(name, { mode: "shared", signal: controller.signal }, () => gone())
    .catch(() => {
      // The watch was stopped.
    });
  return () => controller.abort();
}
