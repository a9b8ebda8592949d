import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { BACKUP_FILES } from '../../src/domain/record/backup.ts'
import { installationFiles } from '../../src/installation.ts'
import { deployedStart } from '../deployed-start.ts'
import { litestreamPath } from '../ensure-litestream.ts'
import { command, Program } from '../torture/program.ts'
import { filledFile, openSurvey } from '../torture/survey.ts'

/** As production runs it: `npm run scale` builds it before. */
export const SCRIPT = resolve(import.meta.dirname, '../../dist/server.js')

interface PrefectureOptions {
  /** kagoshima */
  name: string
  hospitals: number
  ports: { public: number; office: number }
  folder: string
}

/** One survey of several on a machine, as kakuho@NAME and kakuho-litestream@NAME run it: a program, a file, its replica. */
export class Prefecture {
  readonly name: string
  readonly databasePath: string
  /** Made before anybody answered: the keys of the restored one are its. */
  readonly backup: string
  readonly replica: string
  program!: Program
  #litestream: ChildProcess | null = null
  readonly #options: PrefectureOptions

  constructor(options: PrefectureOptions) {
    this.#options = options
    this.name = options.name
    this.databasePath = `${options.folder}/kakuho.db`
    this.backup = `${options.folder}/backup.tar`
    this.replica = `${options.folder}/replica`
  }

  /** By which the proxy knows it. */
  get host(): string {
    return `${this.name}.kakuho.example.jp`
  }

  async make(): Promise<void> {
    mkdirSync(this.#options.folder, { recursive: true })
    await filledFile(this.databasePath, openSurvey(this.#options.hospitals))
  }

  async start(): Promise<void> {
    const { ports } = this.#options
    const deployed = deployedStart()
    this.program = await Program.start({
      databasePath: this.databasePath,
      script: SCRIPT,
      nodeArguments: deployed.nodeArguments,
      environment: {
        ...deployed.environment,
        ...{ NODE_ENV: 'production', SESSION_SECRET: 'only for this run, and long enough for it' },
        ...{ PUBLIC_URL: `https://${this.host}`, TRUST_PROXY: '127.0.0.1' },
        ...{ HOST: '127.0.0.1', PORT: String(ports.public) },
        ...{ ADMIN_HOST: '127.0.0.1', ADMIN_PORT: String(ports.office) },
      },
    })
  }

  replicate(): void {
    const to = `file://${this.replica}`
    this.#litestream = spawn(litestreamPath(), ['replicate', this.databasePath, to], { stdio: 'ignore' })
  }

  get litestream(): number {
    return this.#litestream!.pid!
  }

  /** @returns whether it could be made */
  async makeBackup(path = this.backup): Promise<boolean> {
    const [code] = await once(command(this.databasePath, ['backup', path]), 'exit')
    return code === 0
  }

  /** As if the machine were gone. */
  async loseEverything(): Promise<void> {
    this.#litestream?.kill('SIGKILL')
    await this.program.kill()
    const files = installationFiles({ databasePath: this.databasePath })
    for (const path of Object.values(files)) rmSync(path, { force: true })
    rmSync(`${this.#options.folder}/.kakuho.db-litestream`, { recursive: true, force: true })
  }

  /** As docs/operations.md has it: the database of the replica, the keys of a backup. */
  restore(): void {
    const files = installationFiles({ databasePath: this.databasePath })
    execFileSync(litestreamPath(), ['restore', '-o', this.databasePath, `file://${this.replica}`], {
      stdio: 'ignore',
    })
    const keys = `${this.#options.folder}/keys`
    mkdirSync(keys, { recursive: true })
    execFileSync('tar', ['xf', this.backup, '-C', keys])
    for (const name of ['receiptKey', 'invitationKey', 'signingKey'] as const) {
      const key = `${keys}/${BACKUP_FILES[name]}`
      if (existsSync(key)) renameSync(key, files[name])
    }
  }

  async stop(): Promise<void> {
    this.#litestream?.kill('SIGTERM')
    await this.program?.stop()
  }
}
