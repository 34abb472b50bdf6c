import { defineConfig } from "vitest/config";

// Browsers are heavy: one test file at a time, time enough for a cold start on a busy machine, and another try where a
// browser itself failed to come up.
export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    fileParallelism: false,
    retry: 2,
    testTimeout: 90_000,
    hookTimeout: 120_000,
  },
});
