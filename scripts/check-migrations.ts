import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** Fails where src/db/schema.ts says something that migrations/ does not: drizzle-kit would write one more file. */
const root = resolve(import.meta.dirname, '..')
// drizzle-kit resolves its folders from the working directory, so the copy lives inside the project.
const copy = mkdtempSync(join(root, '.migrations-check-'))
try {
  cpSync(join(root, 'migrations'), copy, { recursive: true })
  const before = readdirSync(copy)
  const run = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules/drizzle-kit/bin.cjs'),
      'generate',
      '--dialect=sqlite',
      '--schema=src/db/schema.ts',
      `--out=${copy.slice(root.length + 1)}`,
    ],
    { cwd: root, encoding: 'utf8' },
  )
  const written = readdirSync(copy).filter((file) => !before.includes(file))
  if (run.status !== 0) fail(`drizzle-kit failed:\n${run.stdout}${run.stderr}`)
  if (written.length > 0) {
    fail(
      `The schema has changed without a migration. Run: npx drizzle-kit generate\n${readFileSync(join(copy, written[0]!), 'utf8')}`,
    )
  }
} finally {
  rmSync(copy, { recursive: true })
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`)
  process.exitCode = 1
}
