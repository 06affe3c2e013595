import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** Journeys in a real browser against a really started product; one after the other. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  experimental: { fsModuleCache: false },
  test: {
    include: ['e2e/**/*.e2e.ts', 'apps/*/e2e/**/*.e2e.ts'],
    testTimeout: 600_000,
    hookTimeout: 600_000,
    fileParallelism: false,
    maxWorkers: 1,
  },
});
