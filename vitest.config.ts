import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: 'test/support/built.ts',
    // Journeys drive a real browser: they need more time than a unit, never less checking.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Real SQLite, argon2 and Chromium share two cores: more workers only wait for each other.
    maxWorkers: 2,
    // A worker loads the program once for all its files, and fills a database once for all tests that begin with the
    // same. Every test has an application and a copy of a database of its own; what else it changes it puts back.
    // Spy on a module's function instead of mocking the module: its importers are loaded already.
    isolate: false,
  },
})
