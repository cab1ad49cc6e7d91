import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

// Three projects, run in this order by tools/test.mjs: pure (no machine needed), server (real PostgreSQL), browser (Chromium).
// A test without an assertion fails: `npm run clauses` relies on it.
const always = { expect: { requireAssertions: true } } as const

export default defineConfig({
  plugins: [vue()],
  test: {
    teardownTimeout: 60_000,
    // Vitest would leave one processor idle.
    maxWorkers: '100%',
    projects: [
      {
        extends: true,
        test: { ...always, name: 'pure', include: ['packages/*/src/**/*.test.ts', 'apps/web/src/**/*.test.ts', 'tools/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          ...always,
          name: 'server',
          include: ['apps/server/src/**/*.test.ts'],
          testTimeout: 30_000,
          hookTimeout: 120_000,
          globalSetup: ['apps/server/test/postgres.ts'],
        },
      },
      {
        extends: true,
        test: {
          ...always,
          name: 'browser',
          // A browser on a busy machine may be late once; what is wrong is wrong twice.
          retry: 1,
          include: ['apps/web/test/**/*.test.ts'],
          globalSetup: ['apps/web/test/demo-home.ts'],
          testTimeout: 180_000,
          hookTimeout: 180_000,
          // A browser, a server and a database for each.
          maxWorkers: 2,
        },
      },
    ],
  },
})
