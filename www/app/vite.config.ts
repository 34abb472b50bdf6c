import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

import { engineFiles } from "./scripts/engine-files.ts";
import { notices } from "./scripts/notices.ts";

export default defineConfig({
  base: "./",
  plugins: [svelte(), engineFiles(), notices()],
  build: { target: "es2022", outDir: "dist", emptyOutDir: true, chunkSizeWarningLimit: 600 },
  server: { port: 5180, strictPort: true },
});
