import { defineConfig } from "vitest/config";

// Browsers are heavy: one test file at a time, and time enough for a cold start on a busy machine.
export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
