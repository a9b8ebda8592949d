import { defineConfig } from 'vitest/config'

/** The runs that need a program of their own: `npm run test:firefox`, `test:office`, `test:litestream`, `test:proxy`, `test:deploy`. `npm test` does without. */
export default defineConfig({
  test: {
    include: ['firefox', 'libreoffice', 'litestream', 'proxy', 'deploy'].map(
      (name) => `test/${name}/*.run.ts`,
    ),
    testTimeout: 180_000,
    hookTimeout: 180_000,
    maxWorkers: 1,
  },
})
