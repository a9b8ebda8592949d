import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, openSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { deployedStart } from '../../scripts/deployed-start.ts'
import { cpuMsOf, takenBy } from '../../scripts/process.ts'
import { askAt, freePort, type Program as Tortured } from '../../scripts/torture/program.ts'

export const ROOT = resolve(import.meta.dirname, '../..')
/** What `npm run build` makes of it, else the sources themselves. */
const BUILT = resolve(ROOT, 'dist/server.js')
export const SERVER = existsSync(BUILT) ? BUILT : resolve(ROOT, 'src/server.ts')

/** A program that listens: ours as production starts it, or one that it is held against. */
export interface Program extends Pick<Tortured, 'ask'>, AsyncDisposable {
  origin: string
  /** From the start of its process to its first answer. */
  startMs: number
  /** In bytes. */
  rss: () => number
  /** That it has used since its start. */
  cpuMs: () => number
}

interface ServerOptions {
  environment?: Record<string, string>
  /** Before the program's own file. */
  nodeArguments?: readonly string[]
}

/** As the units of deploy/ start it, with a log in a file, behind a proxy on this machine that says who asks. */
export async function startServer(
  databasePath: string,
  { environment = {}, nodeArguments = [] }: ServerOptions = {},
): Promise<Program> {
  const port = await freePort()
  const folder = join(databasePath, '..')
  const deployed = deployedStart()
  const log = openSync(join(folder, 'server.log'), 'a')
  const env = {
    NODE_ENV: 'production',
    DATABASE_PATH: databasePath,
    PORT: String(port),
    LOG_LEVEL: 'info',
    SESSION_SECRET: 'a secret of the benchmark, at least 32 characters long',
    TRUST_PROXY: '127.0.0.1',
    PATH: process.env.PATH,
    ...deployed.environment,
    ...environment,
  }
  const began = performance.now()
  const child = spawn(process.execPath, [...deployed.nodeArguments, ...nodeArguments, SERVER], {
    ...{ cwd: ROOT, env, stdio: ['ignore', log, log] },
  })
  return listening(child, port, began, '/')
}

interface ScriptOptions {
  args: readonly string[]
  /** That it answers once it listens. */
  path: string
  /** Where what it says is written; nowhere unless told. */
  log?: string
}

/** A script beside this file, with its port after its other arguments. */
export async function startScript(script: string, { args, path, log }: ScriptOptions): Promise<Program> {
  const port = await freePort()
  const file = resolve(import.meta.dirname, script)
  const began = performance.now()
  const child = spawn(process.execPath, [file, ...args, String(port)], {
    stdio: ['ignore', log === undefined ? 'ignore' : openSync(log, 'a'), 'inherit'],
    cwd: dirname(file),
    env: { NODE_ENV: 'production', PATH: process.env.PATH },
  })
  return listening(child, port, began, path)
}

const START_MS = 60_000

async function listening(child: ChildProcess, port: number, began: number, path: string): Promise<Program> {
  const origin = `http://127.0.0.1:${port}`
  const over = once(child, 'exit')
  const leaves = () => void child.kill('SIGKILL')
  process.on('exit', leaves)
  for (const until = Date.now() + START_MS; Date.now() < until && child.exitCode === null; await pause(5)) {
    if ((await askAt(port, 'GET', path)) === null) continue
    const startMs = performance.now() - began
    return {
      ...{ origin, startMs },
      ask: (...asked) => askAt(port, ...asked),
      rss: () => takenBy([child.pid!]).rss,
      cpuMs: () => cpuMsOf(child.pid!),
      async [Symbol.asyncDispose]() {
        process.off('exit', leaves)
        child.kill('SIGTERM')
        await over
      },
    }
  }
  child.kill('SIGKILL')
  throw new Error(`${child.spawnargs.join(' ')} does not listen: exit ${child.exitCode}`)
}
