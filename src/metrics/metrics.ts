import { statfsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { FigureStore } from '../db/figures.ts'
import type { Counting } from '../web/counting.ts'
import { ANSWER_ACTS, LOGIN_ACTS, METHODS, REFUSALS } from './kinds.ts'

interface MetricsOptions {
  figures: FigureStore
  /** Throws where nothing can be written. */
  ping(): void
  databasePath: string
  version: string
  now: () => Date
}

/** Counts, beside what it counts, how long commits take. */
interface Metrics extends Counting {
  committed(seconds: number): void
}

const OF_REQUESTS = [0.01, 0.03, 0.1, 0.3, 1, 5]
const OF_COMMITS = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.03, 0.1, 0.5, 2]

/**
 * What is told to Prometheus. No label holds anything that came from outside: routes as they are registered, and kinds of a list.
 * What is in the database is read when it is asked for, so that it is right after a start and whoever else wrote it.
 */
export function openMetrics({ figures, ping, databasePath, version, now }: MetricsOptions): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({ name: `kakuho_${name}`, help, labelNames, registers })
  const counter = (name: string, help: string, labelNames: string[]) =>
    new Counter({ name: `kakuho_${name}`, help, labelNames, registers })

  const requests = new Histogram({
    name: 'kakuho_http_request_duration_seconds',
    help: 'From the request to the end of its answer, by route as it is registered',
    labelNames: ['method', 'route', 'status'],
    buckets: OF_REQUESTS,
    registers,
  })
  const refusals = counter('refusals_total', 'Requests and connections that were refused', ['kind'])
  const commits = new Histogram({
    name: 'kakuho_commit_seconds',
    help: 'From the end of a transaction’s work until it is on the disk',
    buckets: OF_COMMITS,
    registers,
  })
  const answers = counter('answers_total', 'Answers on the record', ['act'])
  const logins = counter('logins_total', 'Logins on the record', ['outcome'])
  const entries = gauge('record_entries', 'Entries of the record')
  const waiting = gauge('mail_waiting', 'Mails that have still to leave')
  const oldest = gauge('mail_oldest_seconds', 'How long the oldest of them has been waiting')
  const givenUp = gauge('mail_given_up', 'Mails that could not be sent and that nobody has looked after')
  const sessions = gauge('sessions', 'Officers’ sessions that last')
  const backup = gauge('last_backup_timestamp_seconds', 'When the newest backup was made')
  const writable = gauge('storage_writable', '1 where the database can be written')
  const bytes = gauge('database_bytes', 'Size of the files', ['file'])
  const free = gauge('storage_free_bytes', 'Room for the program where the database lies')
  gauge('info', 'Which program runs', ['version']).set({ version }, 1)
  for (const kind of new Set(Object.values(REFUSALS))) refusals.inc({ kind }, 0)
  for (const act of Object.values(ANSWER_ACTS)) answers.inc({ act }, 0)
  for (const outcome of Object.values(LOGIN_ACTS)) logins.inc({ outcome }, 0)
  let counted = 0

  function countActs(): void {
    const { last, acts } = figures.actsAfter(counted)
    counted = last
    entries.set(last)
    for (const { action, n } of acts) {
      if (Object.hasOwn(ANSWER_ACTS, action)) answers.inc({ act: ANSWER_ACTS[action]! }, n)
      if (Object.hasOwn(LOGIN_ACTS, action)) logins.inc({ outcome: LOGIN_ACTS[action]! }, n)
    }
  }

  function readFigures(): void {
    countActs()
    const mail = figures.mail()
    waiting.set(mail.waiting)
    oldest.set(mail.oldest ? Math.max(0, (now().getTime() - mail.oldest.getTime()) / 1000) : 0)
    givenUp.set(mail.givenUp)
    sessions.set(figures.sessions(now()))
    const made = figures.lastBackup()
    if (made) backup.set(made.getTime() / 1000)
  }

  function readFiles(): void {
    for (const [file, path] of FILES)
      bytes.set({ file }, statSync(databasePath + path, { throwIfNoEntry: false })?.size ?? 0)
    const { bavail, bsize } = statfsSync(dirname(databasePath))
    free.set(bavail * bsize)
  }

  return {
    answered({ method, route, status, seconds }) {
      requests.observe({ method: METHODS.has(method) ? method : 'other', route, status }, seconds)
      if (status >= 400) refusals.inc({ kind: kindOf(status) })
    },
    refused: (status) => refusals.inc({ kind: kindOf(status) }),
    committed: (seconds) => commits.observe(seconds),
    async exposition() {
      unlessItFails(readFigures, () => {
        for (const each of [waiting, oldest, givenUp, sessions, backup, entries]) each.remove()
      })
      if (databasePath !== ':memory:') unlessItFails(readFiles, () => free.remove())
      unlessItFails(
        () => {
          ping()
          writable.set(1)
        },
        () => writable.set(0),
      )
      return { type: registry.contentType, text: await registry.metrics() }
    },
  }
}

const FILES = [
  ['database', ''],
  ['wal', '-wal'],
] as const

/** What cannot be read is left out, and the rest is told. */
function unlessItFails(read: () => void, instead: () => void): void {
  try {
    read()
  } catch {
    instead()
  }
}

function kindOf(status: number): string {
  return REFUSALS[status] ?? (status < 500 ? 'other' : 'error')
}
