import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../torture/program.ts'
import type { Certificate } from './certificate.ts'
import { listens } from './listens.ts'

const DEPLOY = resolve(import.meta.dirname, '../../deploy')
const START_MS = 10_000

interface CaddyOptions {
  folder: string
  certificate: Certificate
  /** The port of the shipped file → the port of the program that runs here. */
  programs: Readonly<Record<number, number>>
  /** What of the shipped file is another thing in this run. */
  instead: Readonly<Record<string, string>>
}

/** Debian's Caddy with deploy/caddy/Caddyfile as it is shipped, but for ports, paths and the certificate. */
export class Caddy {
  readonly http: number
  readonly https: number
  readonly #process: ChildProcess
  readonly #log: string

  private constructor(process: ChildProcess, log: string, ports: { http: number; https: number }) {
    this.#process = process
    this.#log = log
    this.http = ports.http
    this.https = ports.https
  }

  /** @throws where it does not listen, with what it says */
  static async start({ folder, certificate, programs, instead }: CaddyOptions): Promise<Caddy> {
    mkdirSync(folder, { recursive: true })
    const ports = { http: await freePort(), https: await freePort() }
    const log = join(folder, 'kakuho.log')
    let text = readFileSync(join(DEPLOY, 'caddy/Caddyfile'), 'utf8')
      .replace('{\n\tadmin off', `{\n\thttp_port ${ports.http}\n\thttps_port ${ports.https}\n\tadmin off`)
      .replaceAll('/opt/kakuho/deploy', DEPLOY)
      .replaceAll('/var/log/caddy/kakuho.log', log)
      .replaceAll(
        /^\timport kakuho /gm,
        `\ttls ${certificate.certificate} ${certificate.key}\n\timport kakuho `,
      )
      .replaceAll(/127\.0\.0\.1:(\d+)/g, (_, port) => `127.0.0.1:${programs[Number(port)] ?? port}`)
    for (const [shipped, other] of Object.entries(instead)) {
      if (!text.includes(shipped)) throw new Error(`not in deploy/caddy/Caddyfile: ${shipped}`)
      text = text.replaceAll(shipped, other)
    }
    const file = join(folder, 'Caddyfile')
    writeFileSync(file, text)
    const how = ['--config', file, '--adapter', 'caddyfile']
    const env = { ...process.env, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder }
    const tested = spawnSync('caddy', ['validate', ...how], { encoding: 'utf8', env })
    if (tested.status !== 0) throw new Error(tested.stderr)
    const child = spawn('caddy', ['run', ...how], { stdio: ['ignore', 'ignore', 'pipe'], env })
    let said = ''
    child.stderr!.on('data', (part) => {
      said += part
    })
    for (const until = Date.now() + START_MS; Date.now() < until; await pause(20)) {
      if (child.exitCode !== null) break
      if (await listens(ports.https)) return new Caddy(child, log, ports)
    }
    child.kill('SIGKILL')
    throw new Error(`Caddy does not listen: ${said}`)
  }

  log(): string {
    return readFileSync(this.#log, 'utf8')
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null) return
    const over = once(this.#process, 'exit')
    this.#process.kill('SIGTERM')
    await over
  }
}
