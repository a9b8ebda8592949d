import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from '../torture/program.ts'
import type { Certificate } from './certificate.ts'
import { listens } from './listens.ts'

const SHIPPED = resolve(import.meta.dirname, '../../deploy/nginx')
const PROGRAM = ['/usr/sbin/nginx', '/usr/local/sbin/nginx'].find((path) => existsSync(path)) ?? 'nginx'
const START_MS = 10_000

interface NginxOptions {
  /** Which of the shipped files is the site. */
  site: 'kakuho.conf' | 'kakuho-several.conf'
  /** Empty, and nobody else's. */
  folder: string
  certificate: Certificate
  /** The port of the shipped file → the port of the program that runs here. */
  programs: Readonly<Record<number, number>>
  /** What of the shipped files is another thing in this run: each has to stand there. */
  instead?: Readonly<Record<string, string>>
}

/**
 * Debian's nginx with its own nginx.conf and the files of deploy/nginx as they are shipped, but for ports, paths and the
 * certificate.
 */
export class Nginx {
  readonly http: number
  readonly https: number
  readonly #process: ChildProcess
  readonly #folder: string

  private constructor(process: ChildProcess, folder: string, ports: { http: number; https: number }) {
    this.#process = process
    this.#folder = folder
    this.http = ports.http
    this.https = ports.https
  }

  /** @throws where it does not listen, with what it says */
  static async start(options: NginxOptions): Promise<Nginx> {
    const { folder } = options
    const ports = { http: await freePort(), https: await freePort() }
    for (const name of ['conf.d', 'sites-enabled', 'log', 'temp', 'shipped'])
      mkdirSync(join(folder, name), { recursive: true })
    const unused = new Set(Object.keys(options.instead ?? {}))
    const here = (text: string) => replaced(text, options, ports, unused)
    for (const name of readdirSync(SHIPPED).filter((each) => each.endsWith('.conf')))
      writeFileSync(join(folder, 'shipped', name), here(readFileSync(join(SHIPPED, name), 'utf8')))
    if (unused.size > 0) throw new Error(`in no file of deploy/nginx: ${[...unused].join(', ')}`)
    writeFileSync(
      join(folder, 'conf.d/kakuho-limits.conf'),
      `include ${folder}/shipped/kakuho-limits.conf;\n`,
    )
    writeFileSync(join(folder, 'sites-enabled/kakuho'), `include ${folder}/shipped/${options.site};\n`)
    writeFileSync(join(folder, 'nginx.conf'), mainFile(folder))
    const command = ['-c', join(folder, 'nginx.conf'), '-e', join(folder, 'log/error.log')]
    const tested = spawnSync(PROGRAM, ['-t', ...command], { encoding: 'utf8' })
    if (tested.status !== 0) throw new Error(tested.stderr)
    const child = spawn(PROGRAM, [...command, '-g', 'daemon off;'], { stdio: 'ignore' })
    const nginx = new Nginx(child, folder, ports)
    for (const until = Date.now() + START_MS; Date.now() < until; await pause(20)) {
      if (child.exitCode !== null) break
      if (await listens(ports.https)) return nginx
    }
    child.kill('SIGTERM')
    throw new Error(`nginx does not listen: ${nginx.log('error.log')}`)
  }

  log(name: 'kakuho.log' | 'kakuho-error.log' | 'error.log'): string {
    const path = join(this.#folder, 'log', name)
    return existsSync(path) ? readFileSync(path, 'utf8') : ''
  }

  /** Of the first process, whose children are the workers. */
  get pid(): number {
    return this.#process.pid!
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null) return
    const over = once(this.#process, 'exit')
    this.#process.kill('SIGTERM')
    await over
  }
}

/** Debian's own, for a folder: what it says for all sites holds for this one. */
function mainFile(folder: string): string {
  const text = readFileSync('/etc/nginx/nginx.conf', 'utf8')
    .replace(/^user .*$/m, process.getuid?.() === 0 ? 'user root;' : '')
    .replaceAll('/run/nginx.pid', `${folder}/nginx.pid`)
    .replaceAll('/var/log/nginx', `${folder}/log`)
    .replaceAll('/etc/nginx/conf.d', `${folder}/conf.d`)
    .replaceAll('/etc/nginx/sites-enabled', `${folder}/sites-enabled`)
  const places = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/temp/${name};`,
  )
  return text.replace(/^http \{$/m, `http {\n${places.join('\n')}`)
}

function replaced(
  text: string,
  { folder, certificate, programs, instead = {} }: NginxOptions,
  ports: { http: number; https: number },
  unused: Set<string>,
): string {
  let here = text
    .replaceAll('/opt/kakuho/deploy/nginx/kakuho-', `${folder}/shipped/kakuho-`)
    .replaceAll('root /opt/kakuho/deploy/nginx;', `root ${SHIPPED};`)
    .replaceAll('/var/log/nginx', `${folder}/log`)
    .replaceAll('/etc/ssl/kakuho/fullchain.pem', certificate.certificate)
    .replaceAll('/etc/ssl/kakuho/privkey.pem', certificate.key)
    .replaceAll(/\blisten 80\b/g, `listen 127.0.0.1:${ports.http}`)
    .replaceAll(/\blisten 443\b/g, `listen 127.0.0.1:${ports.https}`)
    .replaceAll(
      /server 127\.0\.0\.1:(\d+)/g,
      (_, port) => `server 127.0.0.1:${programs[Number(port)] ?? port}`,
    )
  for (const [shipped, other] of Object.entries(instead)) {
    if (here.includes(shipped)) unused.delete(shipped)
    here = here.replaceAll(shipped, other)
  }
  return here
}
