import type { Plugin } from "vite";

/** Serves the engine's files in development and installs them, with the service worker, in the built site. */
export declare function kinglet(): Plugin;
