import { mkdirSync } from 'node:fs'
import { resolve } from 'node:path'
import { freePort, Program } from '../torture/program.ts'
import { filledFile, folderFor, openSurvey } from '../torture/survey.ts'
import { type Certificate, testCertificate } from './certificate.ts'
import { Nginx } from './nginx.ts'
import { Visitor } from './visitor.ts'

/** As deploy/nginx/kakuho.conf names them. */
export const PUBLIC = 'kakuho.pref.example.jp'
export const OFFICE = 'kakuho-office.pref.example.jp'
/** The networks of the officers, in this run. */
export const OFFICERS_ADDRESS = '127.0.7.1'
const OFFICERS_NETWORKS = { 'allow 10.0.0.0/8;': 'allow 127.0.7.0/24;' }

/** As `npm start`: the built form where there is one of today. */
const START = resolve(import.meta.dirname, '../../start/server.js')

/** The program as it runs in earnest, with Debian's nginx in front. */
export class Front {
  program!: Program
  nginx!: Nginx
  certificate!: Certificate
  hospitals!: Visitor
  officers!: Visitor
  /** What the program has written into its log. */
  readonly log: { [key: string]: unknown; method: string; route: string | null; ms: number }[] = []
  readonly folder = folderFor('proxy')
  readonly ports: { PORT: string; ADMIN_PORT: string }

  private constructor(ports: { PORT: string; ADMIN_PORT: string }) {
    this.ports = ports
  }

  static async start(hospitals: number): Promise<Front> {
    const ports = { PORT: String(await freePort()), ADMIN_PORT: String(await freePort()) }
    const front = new Front(ports)
    await filledFile(front.databasePath, openSurvey(hospitals))
    front.certificate = testCertificate(front.folder.path(''), [PUBLIC, OFFICE])
    await front.startProgram()
    front.nginx = await front.another('nginx')
    front.hospitals = front.visitor(front.nginx, PUBLIC)
    front.officers = front.visitor(front.nginx, OFFICE)
    return front
  }

  get databasePath(): string {
    return this.folder.path('kakuho.db')
  }

  /** One more nginx before the same program. */
  another(name: string, instead: Readonly<Record<string, string>> = {}): Promise<Nginx> {
    const folder = this.folder.path(name)
    mkdirSync(folder)
    return Nginx.start({
      ...{ site: 'kakuho.conf', folder, certificate: this.certificate },
      programs: { 3001: Number(this.ports.PORT), 3101: Number(this.ports.ADMIN_PORT) },
      instead: { ...OFFICERS_NETWORKS, ...instead },
    })
  }

  visitor({ https: port }: { https: number }, name: string): Visitor {
    return new Visitor({ port, name, authority: this.certificate.authority })
  }

  async startProgram(): Promise<void> {
    this.program = await Program.start({
      databasePath: this.databasePath,
      script: START,
      environment: {
        ...{ NODE_ENV: 'production', SESSION_SECRET: 'only for this run, and long enough for it' },
        ...{ PUBLIC_URL: `https://${PUBLIC}`, TRUST_PROXY: '127.0.0.1', LOG_LEVEL: 'info' },
        ...{ HOST: '127.0.0.1', ADMIN_HOST: '127.0.0.1', ...this.ports },
      },
    })
    let rest = ''
    this.program.process.stdout!.on('data', (part) => {
      const lines = (rest + part).split('\n')
      rest = lines.pop()!
      for (const line of lines.filter((each) => each.startsWith('{'))) this.log.push(read(line))
    })
  }

  async stop(): Promise<void> {
    this.hospitals?.close()
    this.officers?.close()
    await this.nginx?.stop()
    await this.program?.stop()
    this.folder.remove()
  }
}

function read(line: string): Front['log'][number] {
  const entry = JSON.parse(line) as { req?: { method?: string; route?: string }; ms?: number }
  return { ...entry, method: entry.req?.method ?? '', route: entry.req?.route ?? null, ms: entry.ms ?? 0 }
}
