import { defineConfig } from "vitest/config";

// The clients that need Python and the native server are part of the long run.
// Browsers are heavy: one test file at a time, time enough for a cold start on a busy machine, and another try where a
// browser itself failed to come up.
const long = process.env.KINGLET_LONG ? ["clients/tb.test.ts", "clients/libraries.test.ts", "clients/targets.test.ts"] : [];

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts", "clients/page.test.ts", ...long],
    fileParallelism: false,
    retry: 2,
    testTimeout: 90_000,
    hookTimeout: 120_000,
  },
});
