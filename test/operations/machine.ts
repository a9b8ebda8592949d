import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { freePort } from '../../scripts/torture/program.ts'

const ROOT = resolve(import.meta.dirname, '../..')

/** What the project's own archive would hold of what runs. */
const PROGRAM = ['src', 'start', 'scripts', 'views', 'public', 'resources', 'migrations', 'deploy', 'docs']
const FILES = ['package.json', 'package-lock.json', '.env.example', '.gitignore', 'CHANGELOG.md']

/**
 * What stands in for what a test cannot have, each with the reason. Everything else on the machine is what it is: git, sed, tar,
 * openssl, curl, install.
 */
export const STAND_INS: Record<string, { why: string; script: string }> = {
  npm: {
    why: '`ci` and `prune` ask a registry: what they leave is linked from this tree. Built once, as no version differs in its code',
    script: `case "$*" in
ci) rm -rf node_modules && ln -s "$KAKUHO_MODULES" node_modules ;;
'prune --omit=dev --no-save') rm node_modules && ln -s "$KAKUHO_PRODUCTION" node_modules ;;
'run build') [ -e dist ] || node scripts/build.ts ;;
*) exit 64 ;;
esac`,
  },
  systemctl: {
    why: 'no systemd runs in a test: the unit’s own lines say what is started, where and with which environment',
    script: `act=$1; shift
for name in "$@"; do
case "$act $name" in
*kakuho-litestream) [ -e "$KAKUHO_UNITS/$name.service" ] || exit 5; continue ;;
daemon-reload*|*.timer) [ -e "$KAKUHO_UNITS/$name" ] || exit 5; continue ;;
'enable --now'|'disable --now') continue ;;
esac
unit=$KAKUHO_UNITS/\${name%.service}.service; pid=$KAKUHO_RUN/$name.pid; journal=$KAKUHO_RUN/$name.log
of() { sed -n "s/^$1=//p" "$unit"; }
stop() { [ -e "$pid" ] || return 0; kill -TERM "$(cat "$pid")" 2>/dev/null; while kill -0 "$(cat "$pid")" 2>/dev/null; do sleep 0.1; done; rm "$pid"; }
run() { cd "$(of WorkingDirectory)" && set -a && eval "$(of Environment)" && . "$(of EnvironmentFile)" && exec $(of ExecStart); }
begin() {
  [ "$(of Type)" = oneshot ] && { (run) >>"$journal" 2>&1; return; }
  touch "$journal"; before=$(grep -c 'the record as it stands' "$journal")
  (run) >>"$journal" 2>&1 & echo $! >"$pid"
  while [ "$(grep -c 'the record as it stands' "$journal")" = "$before" ]; do
    kill -0 "$(cat "$pid")" 2>/dev/null || { wait "$(cat "$pid")"; code=$?; rm "$pid"; return $code; }
    sleep 0.2
  done
}
case $act in
enable|start) begin || exit $? ;;
restart) stop; begin || exit $? ;;
disable|stop) stop ;;
status) kill -0 "$(cat "$pid")" && echo active ;;
*) exit 64 ;;
esac
done`,
  },
  journalctl: {
    why: 'the stand-in of systemctl keeps what the program printed',
    script: `cat "$KAKUHO_RUN/$2.log"`,
  },
  'systemd-run': {
    why: 'it is started by the test’s own account: the environment that it would be given is what matters',
    script: `while :; do case "$1" in
-p) case "$2" in
  Environment=*) set -a; eval "\${2#Environment=}"; set +a ;;
  EnvironmentFile=*) set -a; . "\${2#EnvironmentFile=}"; set +a ;;
  WorkingDirectory=*) cd "\${2#WorkingDirectory=}" ;;
  esac; shift 2 ;;
--*) shift ;;
*) break ;;
esac; done
exec "$@"`,
  },
  scp: { why: 'there is one machine: the other one is a folder of it', script: 'exec cp "$@"' },
  litestream: {
    why: 'another program, run for real by `npm run test:litestream`: it puts a whole database where it is told',
    script: `[ "$1 $2" = 'restore -o' ] && cp "\${4#file://}" "$3"`,
  },
}

export interface Ran {
  code: number | null
  out: string
  errors: string
}

/** A machine in a folder: the places that the document names, and what stands in for the rest of it. */
export class Machine {
  readonly folder = realpathSync(mkdtempSync(join(tmpdir(), 'kakuho-operations-')))
  readonly port: number
  readonly adminPort: number

  private constructor(ports: number[]) {
    ;[this.port, this.adminPort] = ports as [number, number]
  }

  static async ready(): Promise<Machine> {
    const machine = new Machine([await freePort(), await freePort()])
    for (const place of ['bin', 'run', 'opt', 'etc/systemd/system', 'root', 'production', 'tmp'])
      mkdirSync(machine.at(place), { recursive: true })
    machine.makeStateFolders('kakuho', 'kakuho-backup')
    for (const [name, { script }] of Object.entries(STAND_INS)) {
      writeFileSync(machine.at(`bin/${name}`), `#!/bin/sh\n${script}\n`)
      chmodSync(machine.at(`bin/${name}`), 0o755)
    }
    // The Node.js that 設置 asks for.
    symlinkSync(process.execPath, machine.at('bin/node'))
    machine.#linkProduction()
    return machine
  }

  /** A place of the machine, e.g. `var/lib/kakuho`. */
  at(path: string): string {
    return join(this.folder, path)
  }

  /** As systemd does for the account of a unit (DynamicUser): the folder lies in a private one, in its place is a link. */
  makeStateFolders(...names: string[]): void {
    for (const name of names) {
      mkdirSync(this.at(`var/lib/private/${name}`), { recursive: true, mode: 0o700 })
      symlinkSync(`private/${name}`, this.at(`var/lib/${name}`))
    }
  }

  /** What is written for a whole machine, for this one. */
  substituted(written: string): string {
    const places = /(?<![\w.])\/(?=(?:opt|etc\/kakuho|etc\/systemd|var\/lib|root)\b)/g
    return written
      .replace(places, `${this.folder}/`)
      .replaceAll('/usr/local/bin', this.at('bin'))
      .replace(/\b3001\b/g, String(this.port))
      .replace(/\b3101\b/g, String(this.adminPort))
      .replaceAll('新しい機械:', '')
      .replaceAll('配布元のアドレス', this.at('origin'))
  }

  /** The project as it is published: v1.0.0, and a v1.1.0 with one table more. */
  async publish(): Promise<void> {
    for (const name of [...PROGRAM, ...FILES])
      if (existsSync(join(ROOT, name)))
        cpSync(join(ROOT, name), this.at(`origin/${name}`), {
          recursive: true,
          filter: (path) => !path.endsWith('.png'),
        })
    mkdirSync(this.at('origin/docs/screenshots'), { recursive: true })
    writeFileSync(this.at('origin/docs/screenshots/.gitkeep'), '')
    for (const name of readdirSync(this.at('origin/deploy/systemd'))) {
      const path = this.at(`origin/deploy/systemd/${name}`)
      writeFileSync(path, this.substituted(readFileSync(path, 'utf8')))
    }
    const git = `git -C ${this.at('origin')} -c user.name=test -c user.email=test@example.jp`
    await this.must(
      `git init -q ${this.at('origin')} && ${git} add -A && ${git} commit -qm 1 && ${git} tag v1.0.0`,
    )
    const about = this.at('origin/package.json')
    writeFileSync(about, readFileSync(about, 'utf8').replace(/"version": "[^"]+"/, '"version": "1.1.0"'))
    const journal = this.at('origin/migrations/meta/_journal.json')
    const known = JSON.parse(readFileSync(journal, 'utf8'))
    const last = known.entries.at(-1)
    known.entries.push({ ...last, idx: last.idx + 1, when: last.when + 1, tag: '9999_next' })
    writeFileSync(journal, JSON.stringify(known))
    writeFileSync(
      this.at('origin/migrations/9999_next.sql'),
      'CREATE TABLE of_the_next_version (id integer);',
    )
    await this.must(`${git} add -A && ${git} commit -qm 2 && ${git} tag v1.1.0`)
  }

  /** A line as the document has it. */
  async run(written: string): Promise<Ran> {
    const env = {
      ...process.env,
      PATH: `${this.at('bin')}:${dirname(process.execPath)}:${process.env.PATH}`,
      TMPDIR: this.at('tmp'),
      KAKUHO_MODULES: join(ROOT, 'node_modules'),
      KAKUHO_PRODUCTION: this.at('production'),
      KAKUHO_UNITS: this.at('etc/systemd/system'),
      KAKUHO_RUN: this.at('run'),
    }
    const shell = spawn('sh', ['-c', this.substituted(written)], { cwd: this.folder, env })
    const ended = once(shell, 'exit')
    shell.stdin.end()
    // What a service was given as its output stays open: the shell's own end counts.
    const [out, errors] = await Promise.all([text(shell.stdout), text(shell.stderr)])
    const [code] = await ended
    return { code, out, errors }
  }

  async must(written: string): Promise<Ran> {
    const ran = await this.run(written)
    if (ran.code !== 0) throw new Error(`${written}\n${ran.code}\n${ran.out}${ran.errors}${this.journal()}`)
    return ran
  }

  journal(): string {
    const path = this.at('run/kakuho.log')
    return existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(-20).join('\n') : ''
  }

  async close(): Promise<void> {
    await this.run('systemctl stop kakuho')
    rmSync(this.folder, { recursive: true, force: true })
  }

  /** What is left of node_modules without what is for development alone. */
  #linkProduction(): void {
    const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8'))
    for (const [place, { dev }] of Object.entries<{ dev?: boolean }>(packages)) {
      const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(place)?.[1]
      if (name === undefined || dev || !existsSync(join(ROOT, place))) continue
      mkdirSync(dirname(this.at(`production/${name}`)), { recursive: true })
      symlinkSync(join(ROOT, place), this.at(`production/${name}`))
    }
  }
}
