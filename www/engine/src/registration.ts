/** The service worker of the site. */

function container(): ServiceWorkerContainer | undefined {
  return "serviceWorker" in navigator ? navigator.serviceWorker : undefined;
}

/** Register the service worker; false where that is not possible, as in some private windows. */
export async function registerServiceWorker(base: URL): Promise<boolean> {
  const workers = container();
  if (!workers) return false;
  try {
    const script = new URL("service-worker.js", base);
    await workers.register(script, { scope: base.pathname, updateViaCache: "none" });
    return true;
  } catch {
    return false;
  }
}

/** The worker that serves this page's folder, once it is active. */
export async function activeServiceWorker(): Promise<ServiceWorker | undefined> {
  const registration = await container()?.ready;
  return registration?.active ?? undefined;
}

/** How long the service worker may take to claim a page, in milliseconds. */
const CLAIM_WITHIN = 3000;

/**
 * Whether plain `fetch` calls of this page reach the service worker; waits for a first installation.
 * False where there is none, and after a reload that bypasses it: then use `Kinglet.request`, or reload.
 */
export async function controlled(): Promise<boolean> {
  const workers = container();
  if (!workers) return false;
  if (workers.controller) return true;
  const { active } = await workers.ready;
  const changed = new Promise<void>((resolve) => {
    workers.addEventListener("controllerchange", () => resolve(), { once: true });
  });
  // A page that was loading while the worker claimed its clients may have been passed over.
  active?.postMessage({ kinglet: "claim" });
  await Promise.race([changed, new Promise((resolve) => setTimeout(resolve, CLAIM_WITHIN))]);
  return workers.controller !== null;
}

/** Calls `listener` when a new build waits to take over; its argument makes it do so, after which the page reloads. */
export async function onUpdate(listener: (apply: () => void) => void): Promise<void> {
  const workers = container();
  const registration = await workers?.getRegistration();
  if (!workers || !registration) return;
  const offer = (waiting: ServiceWorker) =>
    listener(() => {
      workers.addEventListener("controllerchange", () => location.reload(), { once: true });
      waiting.postMessage({ kinglet: "activate" });
    });
  if (registration.waiting) offer(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const fresh = registration.installing;
    fresh?.addEventListener("statechange", () => {
      if (fresh.state === "installed" && workers.controller) offer(fresh);
    });
  });
}
