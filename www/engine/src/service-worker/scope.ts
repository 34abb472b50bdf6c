/** The global scope of the service worker, typed, and the build it was made for. */

export const scope = self as unknown as ServiceWorkerGlobalScope;

/** Written in front of the script when a site is built; absent in development. */
export interface Manifest {
  /** Hash of all files. */
  build: string;
  /** Paths below the base, with the hash of each file's content. */
  files: [path: string, hash: string][];
}

export const manifest: Manifest | undefined = (self as unknown as { KINGLET_MANIFEST?: Manifest }).KINGLET_MANIFEST;

/** The site's base; ends in a slash. */
export const base = new URL(scope.registration.scope);
