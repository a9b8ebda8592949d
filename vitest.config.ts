import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    // Journeys drive a real browser: they need more time than a unit, never less checking.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Real SQLite, argon2 and Chromium share two cores: more workers only wait for each other.
    maxWorkers: 2,
  },
})
