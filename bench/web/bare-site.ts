import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'undici'
import { type Program, startScript } from './program.ts'

export interface BareSite {
  routes: BareRoute[]
  rows: { databasePath: string; tables: BareTable[] } | null
}

interface BareRoute {
  method: 'GET' | 'POST'
  url: string
  status: number
  headers: Record<string, string>
  base64: string
  /** The rows are stored before it answers. */
  stores: boolean
}

/** A table as ours is, with a row as ours was; what has to differ in every row is counted. */
export interface BareTable {
  name: string
  schema: string
  row: Record<string, string | number | null>
  counted: string[]
}

/** What one address of ours answered, to be answered by a bare application. */
export async function bareRoute(
  origin: string,
  url: string,
  {
    method = 'GET',
    headers = {},
    body,
  }: { method?: 'GET' | 'POST'; headers?: Record<string, string>; body?: string } = {},
): Promise<BareRoute> {
  const { status, headers: sent, bytes } = await rawAnswer(origin, url, { method, headers, body })
  return { method, url, status, headers: sent, base64: bytes.toString('base64'), stores: false }
}

/** Of the connection and not of the page: whoever answers says it himself. */
const OF_THE_CONNECTION = new Set(['connection', 'keep-alive', 'date', 'content-length', 'transfer-encoding'])

async function rawAnswer(
  origin: string,
  path: string,
  {
    method,
    headers,
    body,
  }: { method: 'GET' | 'POST'; headers: Record<string, string>; body: string | undefined },
): Promise<{ status: number; headers: Record<string, string>; bytes: Buffer }> {
  const client = new Client(origin)
  const answer = await client.request({ method, path, headers, body: body ?? null })
  const bytes = Buffer.from(await answer.body.arrayBuffer())
  await client.close()
  const kept = Object.entries(answer.headers).filter(([name]) => !OF_THE_CONNECTION.has(name))
  return { status: answer.statusCode, headers: Object.fromEntries(kept) as Record<string, string>, bytes }
}

/** A process that answers so, ready. */
export async function startBare(site: Pick<BareSite, 'routes'> & { tables?: BareTable[] }): Promise<Program> {
  const folder = mkdtempSync(join(tmpdir(), 'kakuho-bare-'))
  const rows = site.tables ? { databasePath: join(folder, 'bare.db'), tables: site.tables } : null
  const file = join(folder, 'site.json')
  writeFileSync(file, JSON.stringify({ routes: site.routes, rows } satisfies BareSite))
  const program = await startScript('bare.ts', { args: [file], path: '/healthz' })
  return {
    ...program,
    async [Symbol.asyncDispose]() {
      await program[Symbol.asyncDispose]()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
