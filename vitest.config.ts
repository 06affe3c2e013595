import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const root = fileURLToPath(new URL('.', import.meta.url));

// One physical file for graphql: two module formats side by side make graphql-js refuse the schema.
// The transform cache does not notice a changed tsconfig, so it is off.
export default defineConfig({
  root,
  resolve: { alias: [{ find: /^graphql$/, replacement: `${root}node_modules/graphql/index.js` }] },
  experimental: { fsModuleCache: false },
  test: {
    include: ['packages/**/*.test.ts', 'apps/**/*.test.ts', 'scripts/**/*.test.ts', '*.test.ts'],
    exclude: ['**/node_modules/**', '**/e2e/**', '**/.next/**', '**/dist/**'],
    globalSetup: ['packages/testing/src/vitest-global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxWorkers: 2,
  },
});
