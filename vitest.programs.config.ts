import { defineConfig } from 'vitest/config'

/** The runs that need a program of their own: `npm run test:firefox`, `test:office`, `test:litestream`. `npm test` does without. */
export default defineConfig({
  test: {
    include: ['test/firefox/*.run.ts', 'test/libreoffice/*.run.ts', 'test/litestream/*.run.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    maxWorkers: 1,
  },
})
