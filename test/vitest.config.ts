import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    globalSetup: ['test/support/build.ts'],
    // Much of the time is waiting for routers that answer late, so that even two processors have room for two.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Real servers, browsers and thousands of networks; none of the tests is about time.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // A busy machine takes its time to draw a page.
    expect: { poll: { timeout: 20_000 } },
  },
})
