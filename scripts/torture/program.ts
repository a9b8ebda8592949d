import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'

const SERVER = resolve(import.meta.dirname, '../../start/server.js')
const COMMANDS = resolve(import.meta.dirname, '../../start/kakuho.js')

/** What came back of a request; null where the connection ended before an answer. */
export interface Answer {
  status: number
  headers: Record<string, string | string[] | undefined>
  body: string
  /** Milliseconds until the whole answer was there. */
  ms: number
}

interface ProgramOptions {
  databasePath: string
  /** Beyond what every run sets. */
  environment?: Record<string, string>
  /** Runs in its place, with these arguments of Node before it. */
  script?: string
  nodeArguments?: readonly string[]
}

/** Everybody is somebody else, so that limits by address do not answer for the survey. */
const BEHIND_A_PROXY = { TRUST_PROXY: '127.0.0.1' }
const START_MS = 90_000
const END_MS = 15_000

/** `npm start` as a process of its own, on a port of its own. */
export class Program {
  readonly process: ChildProcess
  readonly port: number
  #errors = ''

  private constructor(process: ChildProcess, port: number) {
    this.process = process
    this.port = port
    process.stdout?.resume()
    process.stderr?.on('data', (part) => {
      this.#errors += part
    })
  }

  /** @throws where it does not answer in time */
  static async start({
    databasePath,
    environment = {},
    script = SERVER,
    nodeArguments = [],
  }: ProgramOptions): Promise<Program> {
    const port = Number(environment.PORT ?? (await freePort()))
    const env = {
      ...BEHIND_A_PROXY,
      DATABASE_PATH: databasePath,
      PORT: String(port),
      LOG_LEVEL: 'silent',
      PATH: process.env.PATH,
      ...environment,
    }
    const child = spawn(process.execPath, [...nodeArguments, script], {
      env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    })
    const program = new Program(child, port)
    for (const until = Date.now() + START_MS; Date.now() < until; await pause(20)) {
      if (program.isOver) break
      if ((await program.ask('GET', '/healthz').catch(() => null)) !== null) return program
    }
    const how = `exit ${child.exitCode}, signal ${child.signalCode}`
    child.kill('SIGKILL')
    throw new Error(`the program does not listen: ${how} ${program.#errors}`)
  }

  get isOver(): boolean {
    return this.process.exitCode !== null || this.process.signalCode !== null
  }

  /** What it said of itself on stderr. */
  get errors(): string {
    return this.#errors
  }

  /** @returns null where the connection ended before the whole answer was there */
  ask(...asked: Asked): Promise<Answer | null> {
    return askAt(this.port, ...asked)
  }

  async kill(): Promise<void> {
    await this.#end('SIGKILL')
  }

  /** @returns its exit code, and how long it took to end */
  async stop(): Promise<{ code: number | null; ms: number }> {
    const started = performance.now()
    await this.#end('SIGTERM')
    return { code: this.process.exitCode, ms: performance.now() - started }
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
    if (this.isOver) return
    const over = once(this.process, 'exit')
    this.process.kill(signal)
    // Whoever does not end is ended, and has no exit code.
    const timer = setTimeout(() => this.process.kill('SIGKILL'), END_MS)
    await over
    clearTimeout(timer)
  }
}

type Asked = [
  method: 'GET' | 'POST',
  path: string,
  fields?: Readonly<Record<string, string>> | Form,
  by?: { cookie?: string; from?: string },
]

/** Asks whoever listens there. @returns null where the connection ended before the whole answer was there */
export function askAt(
  port: number,
  ...[method, path, fields, { cookie = '', from = '127.0.0.1' } = {}]: Asked
): Promise<Answer | null> {
  const started = performance.now()
  const form =
    fields === undefined
      ? null
      : isForm(fields)
        ? fields
        : {
            type: 'application/x-www-form-urlencoded',
            body: Buffer.from(new URLSearchParams(fields).toString()),
          }
  return new Promise((resolve) => {
    const sent = request({
      ...{ host: '127.0.0.1', port, method, path, agent: false, timeout: 60_000 },
      headers: {
        'x-forwarded-for': from,
        ...(cookie && { cookie }),
        ...(form && { 'content-type': form.type, 'content-length': form.body.length }),
      },
    })
    sent.on('timeout', () => sent.destroy())
    sent.on('error', () => resolve(null))
    sent.on('response', (reply) => {
      text(reply).then(
        (body) =>
          resolve({
            status: reply.statusCode!,
            headers: reply.headers,
            body,
            ms: performance.now() - started,
          }),
        () => resolve(null),
      )
    })
    sent.end(form?.body)
  })
}

/** A form as bytes, where it holds a file. */
export interface Form {
  type: string
  body: Buffer
}

function isForm(fields: object): fields is Form {
  return 'body' in fields && Buffer.isBuffer(fields.body)
}

/** A command as somebody types it. */
export function command(databasePath: string, args: readonly string[]): ChildProcess {
  const env = { DATABASE_PATH: databasePath, LOG_LEVEL: 'silent', PATH: process.env.PATH }
  return spawn(process.execPath, [COMMANDS, ...args], { env, stdio: 'ignore' })
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  server.close()
  return port
}
