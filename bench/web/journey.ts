import Database from 'better-sqlite3'
import { TRAP_FIELD } from '../../src/survey/answer/answering.ts'
import { fieldsOf } from '../../test/support/forms.ts'
import { htmlOf } from '../../test/support/html.ts'
import { type BareTable, bareRoute, startBare } from './bare-site.ts'
import type { Job, Step } from './job.ts'
import { type Program, startServer } from './program.ts'
import type { Figure, Row } from './row.ts'
import { median, percentile } from './statistics.ts'
import { demoFile, type SurveyFile } from './survey-files.ts'
import { compared, inTurns, type Turn } from './turns.ts'

const CONNECTIONS = 20
const GOAL = 0.5
const GOAL_P95 = 60
const AGAINST =
  'a bare Fastify app: the same four answers from memory, the same three inserts at synchronous=FULL'
const ENCODINGS = ['identity', 'br'] as const

/** The form → 確認 → send → the receipt, each answer on the disk before its receipt is shown. */
export const journey: Row = {
  name: 'journey',
  lines: ENCODINGS.flatMap((encoding) => [lineOf(encoding), timeLineOf(encoding)]),
  async measure(measuring) {
    const figures: Figure[] = []
    for (const encoding of ENCODINGS) {
      using file = await demoFile()
      await using ours = await startServer(file.databasePath)
      const sample = await sampleJourney(ours.origin, file, encoding)
      await using bare = await startBare(sample.bare)
      const [mine, theirs] = await inTurns(measuring, [
        { name: lineOf(encoding), program: ours, job: sample.job },
        { name: 'bare', program: bare, job: sample.job },
      ])
      figures.push(...figuresOf(encoding, mine!, theirs!))
    }
    return figures
  },
}

function lineOf(encoding: string): string {
  return `durable journey, ${CONNECTIONS} connections, ${encoding}`
}

function timeLineOf(encoding: string): string {
  return `${lineOf(encoding)}: p95 of its four requests`
}

function figuresOf(encoding: string, ours: Turn[], theirs: Turn[]): Figure[] {
  const { ratio, words } = compared(ours, theirs)
  const slow = (turns: Turn[]) => median(turns.map(({ rounds }) => percentile(rounds, 0.95)))
  return [
    {
      what: lineOf(encoding),
      against: AGAINST,
      goal: `≥ ${GOAL}`,
      figure: words,
      isMet: ratio >= GOAL,
    },
    {
      what: timeLineOf(encoding),
      against: 'the same',
      goal: `< ${GOAL_P95} ms`,
      figure: `${slow(ours).toFixed(0)} ms (bare: ${slow(theirs).toFixed(0)} ms)`,
      isMet: slow(ours) < GOAL_P95,
    },
  ]
}

interface Journey {
  /** Whoever answers it. */
  job: Omit<Job, 'seconds' | 'origin'>
  bare: Parameters<typeof startBare>[0]
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }

/** Goes once through the pages as a browser would, and says how to go again, and what came back. */
export async function sampleJourney(
  origin: Program['origin'],
  file: SurveyFile,
  encoding: (typeof ENCODINGS)[number],
): Promise<Journey> {
  const headers = { 'accept-encoding': encoding }
  const hospitals = keysOf(file)
  const page = await fetch(`${origin}/survey`).then((reply) => reply.text())
  const typed = { ...fieldsOf(pageOf(page), '/survey/confirm'), ...TYPED, hospitalCode: hospitals[0]! }
  const posted = { method: 'POST', headers: FORM } as const
  const confirmed = await fetch(`${origin}/survey/confirm`, { ...posted, body: encoded(typed) })
  const sent = fieldsOf(pageOf(await confirmed.text()), '/survey')
  const confirmBody = template({ ...typed, submissionId: sent.submissionId! }, sent)
  const sendBody = template(sent, sent)
  const form = await bareRoute(origin, '/survey', { headers })
  const post = { method: 'POST', headers: { ...headers, ...FORM } } as const
  const confirm = await bareRoute(origin, '/survey/confirm', { ...post, body: encoded(typed) })
  const send = await bareRoute(origin, '/survey', { ...post, body: encoded(sent) })
  if (send.status !== 303) throw new Error(`the sample was not taken: ${send.status}`)
  const location = send.headers.location!
  const receipt = await bareRoute(origin, location, { headers })
  const size = ({ base64 }: { base64: string }) => Buffer.byteLength(base64, 'base64')
  // Receipts differ by a few bytes; what is refused is far smaller, or has another status.
  const steps: Step[] = [
    { method: 'GET', path: '/survey', headers, status: 200, atLeast: size(form) },
    { ...post, path: '/survey/confirm', body: confirmBody, status: 200, atLeast: size(confirm) * 0.8 },
    { ...post, path: '/survey', body: sendBody, status: 303, atLeast: 0 },
    { method: 'GET', path: null, headers, status: 200, atLeast: size(receipt) * 0.8 },
  ]
  return {
    job: { steps, connections: CONNECTIONS, hospitals },
    bare: {
      routes: [form, confirm, { ...send, stores: true }, receipt],
      tables: storedTables(file.databasePath),
    },
  }
}

const TYPED = {
  department: '医療情報管理室',
  contactName: '架空 花子',
  phone: '099-000-0000',
  email: 'somu@demo-1.example.jp',
  emr: 'full',
  intent: 'both',
  gmisConsent: 'yes',
  remarks: '診療への影響が少ない土曜日の午後を希望します。',
}

function pageOf(body: string) {
  return htmlOf({ body } as Parameters<typeof htmlOf>[0])
}

function encoded(fields: Record<string, string>): string {
  return new URLSearchParams({ [TRAP_FIELD]: '', ...fields }).toString()
}

function template(
  fields: Record<string, string>,
  { submissionId, hospitalCode }: Record<string, string>,
): string {
  return encoded(fields).replace(submissionId!, '{id}').replace(hospitalCode!, '{hospital}')
}

function keysOf({ databasePath }: SurveyFile): string[] {
  return reading(databasePath, (db) => db.prepare('SELECT code FROM hospitals').pluck().all() as string[])
}

export function hospitalNames({ databasePath }: SurveyFile): string[] {
  return reading(databasePath, (db) => db.prepare('SELECT name FROM hospitals').pluck().all() as string[])
}

/** What is unique in each of the three, and so cannot be stored twice. */
const COUNTED: Record<string, string[]> = {
  submissions: ['number', 'submission_id'],
  submission_versions: ['submission'],
  audit_log: [],
}

/** The rows that a sending has just stored, and their tables and indexes as they are. */
function storedTables(databasePath: string): BareTable[] {
  return reading(databasePath, (db) =>
    Object.entries(COUNTED).map(([name, counted]) => {
      const parts = db
        .prepare('SELECT sql FROM sqlite_master WHERE tbl_name = ? AND sql IS NOT NULL AND type IN (?, ?)')
        .pluck()
        .all(name, 'table', 'index') as string[]
      const row = db.prepare(`SELECT * FROM "${name}" ORDER BY rowid DESC LIMIT 1`).get() as BareTable['row']
      const { id: _id, seq: _seq, ...others } = row
      return {
        name,
        schema: parts
          .toSorted((a, b) => (a.startsWith('CREATE TABLE') ? -1 : b.startsWith('CREATE TABLE') ? 1 : 0))
          .join(';\n'),
        row: others,
        counted,
      }
    }),
  )
}

function reading<Found>(databasePath: string, look: (db: Database.Database) => Found): Found {
  const db = new Database(databasePath, { readonly: true })
  try {
    return look(db)
  } finally {
    db.close()
  }
}
