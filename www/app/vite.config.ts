import { svelte } from "@sveltejs/vite-plugin-svelte";
import { kinglet } from "kinglet/vite";
import { defineConfig } from "vite";

import { notices } from "./scripts/notices.ts";

export default defineConfig({
  base: "./",
  plugins: [svelte(), notices(), kinglet()],
  build: {
    target: "es2022",
    // The first browsers with light-dark(), in which every colour is written.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    modulePreload: { polyfill: false },
    outDir: "dist",
    emptyOutDir: true,
    chunkSizeWarningLimit: 600,
  },
  server: { port: 5180, strictPort: true },
});
